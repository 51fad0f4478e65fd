"""What every way of running needs: a server that may be away, and a signal to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.request import FloodWait

log: structlog.stdlib.BoundLogger = structlog.get_logger()

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0  # a try costs a millisecond

T = TypeVar("T")


async def persistently(bot: TelegramBot, method: str, call: Callable[[], Awaitable[T]]) -> T:
    """The call's result, however long the server is down; each new trouble is logged once.

    Raises TelegramRefused for a bad token.
    """
    pause_s, trouble = FIRST_PAUSE_S, ""
    while True:
        try:
            result = await call()
        except InvalidToken:
            raise bot.refused() from None
        except TelegramError as error:
            if trouble != type(error).__name__:
                trouble = type(error).__name__
                log.warning("telegram_unreachable", method=method, outcome=trouble)
            flood_s = error.seconds if isinstance(error, FloodWait) else 0.0
            await asyncio.sleep(max(pause_s, flood_s))
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
        else:
            if trouble:
                log.info("telegram_reached", method=method)
            return result


@contextlib.contextmanager
def signalled() -> Iterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C cancels instead
        for number in signals:
            loop.add_signal_handler(number, told.set)
    try:
        yield told
    finally:
        with contextlib.suppress(NotImplementedError):
            for number in signals:
                loop.remove_signal_handler(number)
