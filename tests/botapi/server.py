"""The server: real HTTP on 127.0.0.1, one bot, every call recorded."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi.faults import Faults, answer_for, cut
from tests.botapi.hooks import Hooks
from tests.botapi.markup import from_json
from tests.botapi.methods import Methods
from tests.botapi.pending import Pending
from tests.botapi.people import Channel, Group, Person
from tests.botapi.refusal import Refusal
from tests.botapi.world import Json, World

TOKEN = "4242424242:AAtest-token_that-is-nowhere-valid0"
TOKEN_SHAPE = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
USERNAME = "ShebaoTestBot"


@dataclass(frozen=True)
class Call:
    """One request: what was asked, and what came of it (``error`` is empty when it was done)."""

    method: str
    params: Json
    status: int
    error: str = ""


class BotApi:
    """A strict Bot API server. ``async with BotApi() as api: … api.url, api.token``."""

    def __init__(self, token: str = TOKEN, username: str = USERNAME) -> None:
        self.token = token
        self.url = ""
        self.faults = Faults()
        self.calls: list[Call] = []
        self.pending = Pending()
        self.world = World(
            {
                "id": int(token.partition(":")[0]),
                "is_bot": True,
                "first_name": "Shebao",
                "username": username,
                "can_join_groups": True,
                "can_read_all_group_messages": True,
                "supports_inline_queries": False,
            }
        )
        self.lenient = False  # whether a test goes on to pass when a call has been refused
        self.hooks = Hooks(self.pending)
        self._methods = Methods(self.world, self.pending, self.hooks)
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> BotApi:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listens on a free port, or on the one that it had before it was stopped."""
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._on_request)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.hooks.begin()

    async def stop(self) -> None:
        """Stops listening and cuts what is open; what it knows, it keeps."""
        await self.hooks.end()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def refused(self) -> list[Call]:
        """The calls that were wrong in themselves: 400, 403, 404, 409; not faults on demand."""
        return [call for call in self.calls if call.error and call.status != 429]

    def called(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def until(self, holds: Callable[[], object], timeout_s: float = 3.0) -> None:
        """Waits for something to become true. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while not holds():
                self._changed.clear()
                with contextlib.suppress(TimeoutError):  # it may also become true without a call
                    await asyncio.wait_for(self._changed.wait(), 0.02)

    def person(self, language: str | None = "en", *, name: str = "Mei") -> Person:
        """Someone new, in a private chat with the bot."""
        return Person.new(self, language, name)

    def group(self, title: str = "Family") -> Group:
        """A new group that the bot is in."""
        return Group(self, title)

    def channel(self, title: str = "News") -> Channel:
        """A new channel that the bot is in."""
        return Channel(self, title)

    async def _on_request(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if not TOKEN_SHAPE.fullmatch(token):
            return _refused(Refusal(404, "Not Found"))
        if token != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        params = await _params(request)
        fault = self.faults.next(method, params)
        if fault is not None:
            await asyncio.sleep(fault.delay_s)
            if fault.status or (fault.reset and not fault.after):
                self._record(Call(method, params, fault.status))
                if fault.status:
                    return answer_for(fault)
                cut(request)
                return web.Response()
        try:
            if not self.faults.knows(method):
                raise Refusal(404, "Not Found")
            result = await self._methods.call(method, params)
        except Refusal as refusal:
            self._record(Call(method, params, refusal.code, refusal.description))
            return _refused(refusal)
        self._record(Call(method, params, 200))
        if fault is not None and fault.reset:
            cut(request)
        return web.json_response({"ok": True, "result": result})

    def _record(self, call: Call) -> None:
        self.calls.append(call)
        self._changed.set()


def _refused(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.body, status=refusal.code)


async def _params(request: web.Request) -> Json:
    """From the query and the body: JSON, urlencoded or multipart, as the real one takes them."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        params.update(from_json(await request.text() or "{}", "request") or {})
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form: Any = await request.post()
        params.update(form)
    return params
