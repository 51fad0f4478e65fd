"""The line to Telegram: while nothing answers, one message at a time tries it, ever more rarely."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram.request import Unreachable

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0  # a try costs a millisecond; a person waits up to this much longer

T = TypeVar("T")


class Line:
    """Shared by all who send: a thousand replies that wait for Telegram cost what one does."""

    def __init__(self) -> None:
        self.answers = 0  # so far: whoever fails can tell whether others did not
        self._down = False
        self._pause_s = FIRST_PAUSE_S
        self._trying = asyncio.Lock()

    async def call(self, send: Callable[[], Awaitable[T]]) -> T:
        """The call's result, once the line is up. Raises what it raises, but not Unreachable."""
        while True:
            try:
                if not self._down:
                    return await self._tried(send)
                async with self._trying:
                    if self._down:
                        await asyncio.sleep(self._pause_s)
                        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
                        return await self._tried(send)
            except Unreachable:
                self._down = True

    def answered(self) -> None:
        """Telegram has said something, be it no."""
        self.answers += 1
        self._down = False
        self._pause_s = FIRST_PAUSE_S

    async def _tried(self, send: Callable[[], Awaitable[T]]) -> T:
        try:
            result = await send()
        except TelegramError as error:
            if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
                self.answered()
            raise
        self.answered()
        return result
