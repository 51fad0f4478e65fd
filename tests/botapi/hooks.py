"""Webhooks as the real server calls them: side by side, a chat's updates one by one, until 2xx."""

from __future__ import annotations

import asyncio
import functools
from typing import Any

import aiohttp

from tests.botapi.pending import Pending

RETRY_S = 0.1  # the real one waits longer, and ever longer
TIMEOUT_S = 60.0


class Hooks:
    """Pushes what is pending while a webhook is set."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._task: asyncio.Task[None] | None = None
        self.secret = ""
        self.connections = 40
        self.latency_s = 0.0  # before each call, as a network has it
        self.statuses: list[int] = []  # what the bot said, 0 where it said nothing

    def begin(self) -> None:
        """To be called whenever a webhook may have been set."""
        if self._task is None and self._pending.webhook:
            self._task = asyncio.create_task(self._push_on(), name="botapi:hooks")

    async def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _push_on(self) -> None:
        chats: dict[Any, asyncio.Task[None]] = {}
        connector = aiohttp.TCPConnector(limit=0)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as client:
            try:
                while True:
                    self._pending.moved.clear()
                    for update in self._pending.waiting():
                        if len(chats) >= self.connections:
                            break
                        chat = _chat(update)
                        if chat not in chats:
                            task = asyncio.create_task(self._push(client, update))
                            chats[chat] = task
                            task.add_done_callback(functools.partial(self._over, chats, chat))
                    await self._pending.moved.wait()
            finally:
                for task in chats.values():
                    task.cancel()

    def _over(self, chats: dict[Any, asyncio.Task[None]], chat: Any, _: object) -> None:
        del chats[chat]
        self._pending.moved.set()

    async def _push(self, client: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        await asyncio.sleep(self.latency_s)
        try:
            async with client.post(self._pending.webhook, json=update, headers=headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            status = 0
        self.statuses.append(status)
        if 200 <= status < 300:
            self._pending.done(update["update_id"])
        else:
            await asyncio.sleep(RETRY_S)


def _chat(update: dict[str, Any]) -> Any:
    kinds = ("message", "edited_message", "callback_query", "inline_query")
    content: Any = next((update[kind] for kind in kinds if update.get(kind)), {})
    if not isinstance(content, dict):
        return update["update_id"]
    chat = content.get("chat") or (content.get("message") or {}).get("chat") or content.get("from")
    return chat["id"] if chat else update["update_id"]
