"""Many chats side by side; within one chat, one turn after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Chat:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)  # first come, first served
    waiting: int = 0


class Turns:
    """A queue a chat. PTB's ``concurrent_updates(256)`` sent 393 of 1,000 replies out of order."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}

    def __len__(self) -> int:
        """How many chats have somebody waiting or in turn."""
        return len(self._chats)

    def waiting(self, chat_id: int) -> int:
        """How many are in this chat's queue."""
        return self._chats[chat_id].waiting if chat_id in self._chats else 0

    @asynccontextmanager
    async def turn(self, chat_id: int) -> AsyncIterator[None]:
        """Waits until all who asked before for this chat are done."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.waiting += 1
        try:
            async with chat.lock:
                yield
        finally:
            chat.waiting -= 1
            if not chat.waiting:
                del self._chats[chat_id]
