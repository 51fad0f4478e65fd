"""A Bot API that costs as little as possible, so that the bots are what is measured.

tests/botapi checks everything and keeps everything; that takes longer than some of the bots.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import time
from collections import deque
from typing import Any
from urllib.parse import unquote

import aiohttp
from aiohttp import web

TOKEN = "4242424242:AAbenchmark_token_that_is_nowhere"  # noqa: S105
CHAT = re.compile(rb'(?:chat_id=|name="chat_id"\r\n(?:[^\r]*\r\n)*\r\n|"chat_id": ?)"?(-?\d+)')
OFFSET = re.compile(rb"(?<![a-z])offset=(-?\d+)")
TIMEOUT = re.compile(rb"(?<![a-z_])timeout=(\d+)")
ME = {"id": 4242424242, "is_bot": True, "first_name": "Bench", "username": "BenchBot"}


class Api:
    """Each call takes ``latency_s``; a message of a chat is answered by the chat's next reply."""

    def __init__(self, latency_s: float = 0.0) -> None:
        self.latency_s = latency_s
        self.waits_s: list[float] = []  # from a message to its reply
        self.answered: list[tuple[float, float]] = []  # when it was asked, and that
        self._asked: dict[int, deque[float]] = {}
        self._ids = itertools.count(1)
        self._updates: deque[tuple[int, str]] = deque()
        self._arrived = asyncio.Event()
        self._hook = ""
        self._secret = ""
        self._pushing: set[asyncio.Task[None]] = set()
        self._client: aiohttp.ClientSession | None = None
        self._up = asyncio.Event()
        self._slots = asyncio.Semaphore(100)
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.connected = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._on_request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        self._up.set()

    async def end(self) -> None:
        """Stops for good."""
        for task in self._pushing:
            task.cancel()
        await self.stop()

    async def stop(self) -> None:
        """Neither answers nor calls; what was not taken is sent again after the next start."""
        self._up.clear()
        if self._client is not None:
            await self._client.close()
            self._client = None
        if self._runner is not None:
            await self._runner.cleanup()

    def says(self, chat: int, text: str) -> None:
        """A message of someone in a private chat."""
        number = next(self._ids)
        person = {"id": chat, "is_bot": False, "first_name": "Mei", "language_code": "en"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Mei"},
            "from": person,
            "text": text,
        }
        update = json.dumps({"update_id": number, "message": message})
        self._asked.setdefault(chat, deque()).append(time.perf_counter())
        if self._hook:
            self._push(update)
        else:
            self._updates.append((number, update))
            self._arrived.set()

    def _push(self, update: str) -> None:
        task = asyncio.create_task(self._pushed(update))
        self._pushing.add(task)
        task.add_done_callback(self._pushing.discard)

    async def _pushed(self, update: str) -> None:
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": self._secret,
            "Content-Type": "application/json",
        }
        async with self._slots:
            while True:
                await self._up.wait()
                await asyncio.sleep(self.latency_s / 2)  # one way
                if self._client is None:
                    connector = aiohttp.TCPConnector(limit=0)
                    self._client = aiohttp.ClientSession(connector=connector)
                with contextlib.suppress(aiohttp.ClientError):  # it is killed at the end
                    async with self._client.post(self._hook, data=update, headers=headers) as said:
                        if said.status < 300:
                            return
                await asyncio.sleep(0.2)

    async def _on_request(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        body = await request.read()
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if method == "getupdates":
            return await self._get_updates(body)
        result: Any = True
        if method == "sendmessage":
            result = self._sent(body)
        elif method == "getme":
            result = ME
        elif method == "setwebhook":
            self._secret = unquote(re.search(rb"secret_token=([^&]*)", body)[1].decode())  # type: ignore[index]
            self._hook = unquote(re.search(rb"url=([^&]*)", body)[1].decode())  # type: ignore[index]
            self.connected.set()
            while self._updates:
                self._push(self._updates.popleft()[1])
        return web.json_response({"ok": True, "result": result})

    def _sent(self, body: bytes) -> dict[str, Any]:
        found = CHAT.search(body)
        chat = int(found[1]) if found else 0
        asked = self._asked.get(chat)
        if asked:
            at = asked.popleft()
            self.waits_s.append(time.perf_counter() - at)
            self.answered.append((at, self.waits_s[-1]))
        where = {"id": chat, "type": "private", "first_name": "Mei"}
        return {"message_id": 1, "date": 1, "chat": where, "from": ME, "text": "x"}

    async def _get_updates(self, body: bytes) -> web.Response:
        self.connected.set()
        found, wait = OFFSET.search(body), TIMEOUT.search(body)
        offset = int(found[1]) if found else 0
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if not self._updates and wait and int(wait[1]):
            self._arrived.clear()
            try:
                async with asyncio.timeout(int(wait[1])):
                    await self._arrived.wait()
            except TimeoutError:
                pass
        batch = ",".join(update for _, update in itertools.islice(self._updates, 100))
        text = f'{{"ok":true,"result":[{batch}]}}'
        return web.Response(text=text, content_type="application/json")
