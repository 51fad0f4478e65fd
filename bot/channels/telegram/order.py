"""Many chats side by side; within one chat, one turn after the other; thoughts one by one."""

from __future__ import annotations

import asyncio
from collections import deque
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


class Queue:
    """Lets those who wait go on one by one, the loop's other work in between.

    A hundred updates come in one answer. Were all begun at once, nothing would be sent, noted or
    fetched before the last of them was thought about.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def wait(self) -> None:
        """Returns when it is one's turn: first come, first served."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._next)
        self._waiting.append(mine)
        await mine

    def _next(self) -> None:
        first = self._waiting.popleft()
        if not first.done():
            first.set_result(None)
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)
