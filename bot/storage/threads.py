"""SQLite's connections for a loop: each is a thread, and all of them end before the loop does."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import aiosqlite


class Connections:
    """Opens connections of aiosqlite and knows which of their threads have yet to end.

    aiosqlite waits for the thread of a connection that was closed, not for that of one that could
    not be opened or was given up. Such a thread reports to the loop later on, and breaks where that
    is closed.
    """

    def __init__(self) -> None:
        self._ending: list[asyncio.Future[Any]] = []

    def open(self, *where: Any, **how: Any) -> aiosqlite.Connection:
        """As ``aiosqlite.connect``; to be awaited."""
        return _Connection(self._ending, *where, **how)

    async def ended(self) -> None:
        """Returns when every thread that was told to end has ended."""
        ending, self._ending[:] = list(self._ending), []
        await asyncio.gather(*ending, return_exceptions=True)


class _Connection(aiosqlite.Connection):
    def __init__(self, ending: list[asyncio.Future[Any]], *where: Any, **how: Any) -> None:
        super().__init__(lambda: sqlite3.connect(*where, **how), iter_chunk_size=64)
        self._ending = ending

    def stop(self) -> asyncio.Future[Any] | None:
        """Tells the thread to end."""
        end = super().stop()
        self._ending[:] = [each for each in self._ending if not each.done()]
        if end is not None:
            self._ending.append(end)
        return end
