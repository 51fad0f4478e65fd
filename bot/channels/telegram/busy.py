"""Telegram's "typing …", for whoever has to wait longer than a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.unwrap import Address

AFTER_S = 0.7  # sooner it flickers: most answers take a few milliseconds
AGAIN_S = 4.5  # the server takes it away after five seconds


class Busy:
    """Best effort: a server that cannot show it costs nothing."""

    def __init__(self, api: Api) -> None:
        self._api = api

    @contextmanager
    def shown(self, address: Address) -> Iterator[None]:
        """Shows it in this chat from 0.7 s on, until the block ends."""
        shown: list[asyncio.Task[None]] = []

        def show() -> None:
            shown.append(asyncio.create_task(self._show(address)))

        timer = asyncio.get_running_loop().call_later(AFTER_S, show)
        try:
            yield
        finally:
            timer.cancel()
            for task in shown:
                task.cancel()

    async def _show(self, address: Address) -> None:
        action = {
            "chat_id": address.chat_id,
            "message_thread_id": address.thread_id,
            "action": "typing",
        }
        try:
            while True:
                await self._api.do("sendChatAction", action)
                await asyncio.sleep(AGAIN_S)
        except TelegramError:
            return
