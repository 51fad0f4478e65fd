"""Long polling: an update is confirmed to Telegram once its reply is safe, and not before."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.ledger import WINDOW, Ledger
from bot.channels.telegram.running import persistently, signalled
from bot.channels.telegram.talk import Receipt

log: structlog.stdlib.BoundLogger = structlog.get_logger()

LONG_POLL_S = 30  # how long the server may hold a getUpdates with nothing to say
DRAIN_S = 8.0  # for what is in hand when told to stop; Docker kills after 10
CONFIRM_S = 1.5
MOST_IN_HAND = 2000  # parked ones too; about 20 MB, and a backlog can wait at Telegram
# With updates in hand the server does not hold a poll: it sends them again at once.
FIRST_STEP_S, LONGEST_STEP_S = 0.005, 0.2
PARK_S = 1.0  # a reply that waits longer, waits for a limit
PARK_FULL_S = 0.06  # nothing new can be fetched before one of the hundred is safe


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
        told = stop if stop is not None else stack.enter_context(signalled())
        polling = Polling(bot, long_poll_s)
        work = asyncio.create_task(polling.work(), name="telegram:polling")
        halt = asyncio.create_task(told.wait(), name="telegram:stop")
        try:
            await asyncio.wait((work, halt), return_when=asyncio.FIRST_COMPLETED)
        finally:
            work.cancel()
            halt.cancel()
            outcome, _ = await asyncio.gather(work, halt, return_exceptions=True)
            refused = isinstance(outcome, Exception)
            await bot.drain(0.0 if refused else drain_s)
            if not refused:
                await polling.confirm()
            await bot.close()
        if isinstance(outcome, Exception):
            raise outcome


class Polling:
    """One poller of one bot."""

    def __init__(self, bot: TelegramBot, long_poll_s: int) -> None:
        self._bot = bot
        self._long_poll_s = long_poll_s
        self._ledger = Ledger()
        self._moved = asyncio.Event()
        self._step_s = FIRST_STEP_S
        self._enough = 0
        self._refused = False

    async def work(self) -> None:
        """Polls until cancelled. Raises TelegramRefused."""
        await persistently(self._bot, "getMe", self._bot.start)
        await persistently(self._bot, "deleteWebhook", self._delete_webhook)
        await self._bot.resume()
        log.info("telegram_started", bot=self._bot.api.username)
        now = asyncio.get_running_loop().time
        profile = asyncio.create_task(self._bot.introduce(), name="telegram:profile")
        try:
            while True:
                began = now()
                updates = await persistently(self._bot, "getUpdates", self._fetch)
                self._bot.line.answered()
                news = [each for each in updates if self._ledger.fetched(each["update_id"])]
                for raw in news:
                    self._hand_over(raw)
                await self._breathe(took_s=now() - began, news=bool(news))
        finally:
            profile.cancel()
            await asyncio.gather(profile, return_exceptions=True)

    async def confirm(self) -> None:
        """Tells the server what need not be sent again, when no further poll will."""
        offset = self._ledger.offset
        if offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self._bot.api.raw_updates(offset, 0), CONFIRM_S)
            log.info("telegram_stopped", offset=offset)

    async def _fetch(self) -> list[dict[str, Any]]:
        return await self._bot.api.raw_updates(self._ledger.offset, self._long_poll_s)

    def _hand_over(self, raw: dict[str, Any]) -> None:
        number: int = raw["update_id"]

        def safe(receipt: Receipt) -> None:
            if receipt.cancelled():
                return
            if receipt.exception() is not None:
                self._refused = True
            else:
                self._ledger.handled(number)
            if self._refused or self._ledger.open <= self._enough:
                self._moved.set()

        self._bot.receive(raw).add_done_callback(safe)

    async def _breathe(self, *, took_s: float, news: bool) -> None:
        """Waits until another poll makes sense: all is confirmed, or something new may be there.

        What the last poll took counts: where the network is slow, the next one goes out at once.
        """
        now = asyncio.get_running_loop().time
        self._step_s = FIRST_STEP_S if news else min(self._step_s * 2, LONGEST_STEP_S)
        full = self._ledger.open >= WINDOW
        # where a poll takes long there must be something left to do meanwhile
        some = WINDOW // 2 if took_s > FIRST_STEP_S else WINDOW // 4
        self._enough = some if full else 0
        wait_s = PARK_FULL_S if full else max(0.0, self._step_s - took_s)
        end = now() + wait_s
        while not self._refused and (self._ledger.open > self._enough or self._too_many):
            if now() >= end and self._ledger.open < WINDOW and not self._too_many:
                break
            self._moved.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._moved.wait()
            await self._bot.park(PARK_FULL_S if full else PARK_S)
        if self._refused:
            raise self._bot.refused()

    @property
    def _too_many(self) -> bool:
        return self._bot.waiting >= MOST_IN_HAND

    async def _delete_webhook(self) -> None:
        """A webhook left from before would have every getUpdates refused."""
        try:
            await self._bot.api.delete_webhook(drop_pending_updates=False)
        except (BadRequest, InvalidToken) as error:  # 404: the server does not know the method
            log.warning("telegram_webhook_not_deleted", outcome=type(error).__name__)
