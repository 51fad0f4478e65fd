"""Long polling: fetch, hand over, fetch again; a stop finishes what was fetched.

In this version the next getUpdates confirms what the last one fetched, answered or not: a process
that is killed loses what it has in hand. A later one confirms what has been answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.request import FloodWait

log: structlog.stdlib.BoundLogger = structlog.get_logger()

LONG_POLL_S = 30  # how long the server may hold a getUpdates with nothing to say
DRAIN_S = 8.0  # for what is in hand when told to stop; Docker kills after 10
CONFIRM_S = 1.5
IN_HAND = 2000  # about 10 MB; a longer backlog waits at Telegram, which keeps it for 24 hours
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0

T = TypeVar("T")


async def run_polling(
    bot: TelegramBot,
    stop: asyncio.Event | None = None,
    *,
    long_poll_s: int = LONG_POLL_S,
    drain_s: float = DRAIN_S,
) -> None:
    """Answers until ``stop`` is set; without one, until SIGINT or SIGTERM.

    Waits for a server that is down, at the start too. Raises TelegramRefused for a bad token.
    """
    with contextlib.ExitStack() as stack:
        told = stop if stop is not None else stack.enter_context(_signalled())
        polling = Polling(bot, long_poll_s)
        work = asyncio.create_task(polling.work(), name="telegram:polling")
        halt = asyncio.create_task(told.wait(), name="telegram:stop")
        try:
            await asyncio.wait((work, halt), return_when=asyncio.FIRST_COMPLETED)
        finally:
            work.cancel()
            halt.cancel()
            outcome, _ = await asyncio.gather(work, halt, return_exceptions=True)
            await polling.drain(drain_s)
            await bot.close()
        if isinstance(outcome, Exception):
            raise outcome


class Polling:
    """One poller of one bot. Updates are handed over in the order in which they arrived."""

    def __init__(self, bot: TelegramBot, long_poll_s: int) -> None:
        self._bot = bot
        self._long_poll_s = long_poll_s
        self._offset: int | None = None  # the first update that has not been fetched
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def work(self) -> None:
        """Polls until cancelled. Raises TelegramRefused."""
        await self._persistently("getMe", self._bot.start)
        await self._persistently("deleteWebhook", self._delete_webhook)
        log.info("telegram_started", bot=self._bot.api.username)
        profile = asyncio.create_task(self._bot.introduce(), name="telegram:profile")
        try:
            while True:
                for raw in await self._persistently("getUpdates", self._fetch):
                    self._hand_over(raw)
                while len(self._in_hand) >= IN_HAND:
                    await asyncio.wait(self._in_hand.values(), return_when=asyncio.FIRST_COMPLETED)
        finally:
            profile.cancel()
            await asyncio.gather(profile, return_exceptions=True)

    async def drain(self, drain_s: float) -> None:
        """Finishes what is in hand, and tells the server that it need not be sent again."""
        if self._in_hand:
            tasks = dict(self._in_hand)
            _, late = await asyncio.wait(tasks.values(), timeout=drain_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            if late:
                lost = sorted(number for number, task in tasks.items() if task in late)
                log.warning("telegram_unfinished", updates=lost)
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self._bot.api.raw_updates(self._offset, 0), CONFIRM_S)
            log.info("telegram_stopped", offset=self._offset)

    async def _fetch(self) -> list[dict[str, Any]]:
        return await self._bot.api.raw_updates(self._offset, self._long_poll_s)

    def _hand_over(self, raw: dict[str, Any]) -> None:
        number: int = raw["update_id"]
        self._offset = number + 1  # not the highest ever: after a quiet week ids start anywhere
        task = asyncio.create_task(self._bot.take(raw), name=f"telegram:update:{number}")
        self._in_hand[number] = task
        task.add_done_callback(lambda _: self._in_hand.pop(number, None))

    async def _delete_webhook(self) -> None:
        """A webhook left from before would have every getUpdates refused."""
        try:
            await self._bot.api.delete_webhook(drop_pending_updates=False)
        except (BadRequest, InvalidToken) as error:  # 404: the server does not know the method
            log.warning("telegram_webhook_not_deleted", outcome=type(error).__name__)

    async def _persistently(self, method: str, call: Callable[[], Awaitable[T]]) -> T:
        """The call's result, however long the server is down; each new trouble is logged once."""
        pause_s, trouble = FIRST_PAUSE_S, ""
        while True:
            try:
                result = await call()
            except InvalidToken:
                raise self._bot.refused() from None
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
def _signalled() -> Iterator[asyncio.Event]:
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
