"""The bot: takes updates as they come, asks the desk, and has the replies sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from typing import Any

import structlog
from telegram import InlineQuery, Update
from telegram.error import InvalidToken

from bot.channels.answers import Offers
from bot.channels.telegram import profile
from bot.channels.telegram.api import Api
from bot.channels.telegram.asking import SPOKEN, Asking
from bot.channels.telegram.busy import Busy
from bot.channels.telegram.delivery import Courier, Outcome
from bot.channels.telegram.flood import TYPED_BURST, TYPED_PER_S, FloodGuard
from bot.channels.telegram.handled import Handled
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.intake import Asked, Intake
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.line import Line
from bot.channels.telegram.meter import Meter, NoMeter
from bot.channels.telegram.order import Queue
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.plain import plainly
from bot.channels.telegram.refused import TelegramRefused
from bot.channels.telegram.spinner import ALREADY, Spinner
from bot.channels.telegram.talk import Receipt, Talk
from bot.channels.telegram.underneath import KEYS, Underneath
from bot.content.model import Text
from bot.storage.store import Store

log: structlog.stdlib.BoundLogger = structlog.get_logger()

API_URL = "https://api.telegram.org"
PATIENCE = 60  # replies that a chat may have waiting: three minutes of a group's limit


class TelegramBot:
    """One bot at one Bot API server; ``run_polling`` or a webhook gives it its updates.

    ``words`` are the bot's own texts from knowledge/phrases.yaml, ``today`` the clock, ``store``
    what outlives a restart. Raises TelegramRefused without a token, ValueError when a text is
    missing.
    """

    def __init__(
        self,
        desk: Offers,
        words: Mapping[str, Text],
        *,
        token: str,
        today: Callable[[], date],
        api_url: str = API_URL,
        store: Store | None = None,
        limits: Limits | None = None,
        meter: Meter | None = None,
    ) -> None:
        missing = [key for key in (*profile.KEYS, *KEYS, *SPOKEN, ALREADY) if key not in words]
        if missing:
            raise ValueError(f"knowledge/phrases.yaml lacks {', '.join(missing)}")
        self._words = words
        self._own_server = api_url.rstrip("/") != API_URL
        try:
            self.api = Api(token, api_url)
            number = int(token.partition(":")[0])
        except (InvalidToken, ValueError):
            raise self.refused() from None
        limits = limits or Limits()
        self.line = Line()
        self._meter = meter or NoMeter()
        self._handled = Handled(number, store)
        outbox = Outbox(self.api, limits, self.line)
        self._courier = Courier(outbox, self._handled)
        underneath = Underneath(words, lambda: self.api.bot.username or "")
        self._asking = asking = Asking(desk, words, underneath, self._meter)
        spinner = Spinner(self.api, words)
        self._talk = Talk(
            asking, self._courier, outbox, self._handled, spinner, Busy(self.api), self._begin
        )
        self._today = today
        self._intake = Intake(today)
        self._inline = Inline(desk, self.api, words, today)
        self._typing = FloodGuard(TYPED_PER_S, TYPED_BURST) if limits.overall_per_s else None
        self._guard = FloodGuard() if limits.overall_per_s else None
        self._queue = Queue()
        self._in_hand: dict[int, Receipt] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def refused(self) -> TelegramRefused:
        """What to raise when the server does not take the token."""
        return TelegramRefused(own_server=self._own_server)

    @property
    def in_hand(self) -> Mapping[int, Receipt]:
        """The updates that Telegram may not forget yet."""
        return self._in_hand

    @property
    def waiting(self) -> int:
        """How many updates and replies are in memory."""
        return len(self._tasks | self._courier.tasks)

    @property
    def chats_in_hand(self) -> int:
        """How many chats have a message that waits for its answer."""
        return len(self._talk)

    async def start(self) -> None:
        """Asks the server who we are. Raises TelegramError; may be called again after one."""
        await self.api.initialize()

    async def resume(self) -> None:
        """Learns what earlier processes have answered, and sends what they could not."""
        await self._handled.open()
        waiting = await self._courier.restore()
        if waiting:
            log.info("telegram_resumed", replies=waiting)

    async def introduce(self) -> None:
        """Sets the menu and the descriptions."""
        await profile.introduce(self.api, self._words)

    async def park(self, waited_s: float) -> None:
        """Has Telegram forget updates whose replies have waited so long. See Courier."""
        await self._courier.park(waited_s)

    async def drain(self, within_s: float) -> None:
        """Finishes what is in hand; what takes longer is left to the next start, and logged."""
        end = asyncio.get_running_loop().time() + within_s
        while tasks := self._tasks | self._courier.tasks:
            left_s = end - asyncio.get_running_loop().time()
            done, late = await asyncio.wait(tasks, timeout=max(0.0, left_s))
            if not done and late:
                unfinished = sorted(self._in_hand)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
                for receipt in list(self._in_hand.values()):
                    receipt.cancel()
                if unfinished:
                    log.warning("telegram_unfinished", updates=unfinished)

    async def close(self) -> None:
        """Closes the connections, also those of a start that failed."""
        await self.api.shutdown()

    def receive(self, raw: Mapping[str, Any]) -> Receipt:
        """Takes an update as it came; the receipt is done once Telegram may forget it.

        Updates of one chat are answered in the order in which they are received. The receipt
        raises InvalidToken when the token was revoked meanwhile, and nothing else.
        """
        loop = asyncio.get_running_loop()
        update_id: int = raw["update_id"]
        if update_id in self._in_hand:
            return self._in_hand[update_id]
        receipt: Receipt = loop.create_future()
        if update_id in self._handled:
            receipt.set_result("duplicate")
            self._meter.update("duplicate", 0.0)
            log.info("telegram_duplicate", update=update_id)
            return receipt
        self._in_hand[update_id] = receipt
        began = loop.time()

        def done(_: Receipt) -> None:
            del self._in_hand[update_id]
            if not receipt.cancelled() and receipt.exception() is None:
                self._meter.update(receipt.result(), loop.time() - began)

        receipt.add_done_callback(done)
        self._begin(self._take(raw, receipt))
        return receipt

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, raw: Mapping[str, Any], receipt: Receipt) -> None:
        update_id: int = raw["update_id"]
        await self._queue.wait()
        try:
            asked: Asked | InlineQuery | None = plainly(raw, self._today())
            if asked is None:
                update = Update.de_json(dict(raw), self.api)
                asked = self._intake.asked(update, self.api.bot)
        except Exception as error:
            kind = type(error).__name__
            self._meter.failure(kind)
            log.warning("telegram_update_malformed", update=update_id, outcome=kind)
            receipt.set_result("malformed")
            return
        try:
            await self._dispatch(update_id, asked, receipt)
        except Exception as error:  # a defect of ours; the updates behind it are not to wait for it
            self._asking.failed(update_id, error, last=True)
            if not receipt.done():
                receipt.set_result("put_aside")

    async def _dispatch(
        self, update_id: int, asked: Asked | InlineQuery | None, receipt: Receipt
    ) -> None:
        if asked is None:
            receipt.set_result("not_ours")
            return
        if isinstance(asked, InlineQuery):
            receipt.set_result(await self._searched(update_id, asked))
            return
        now = asyncio.get_running_loop().time()
        verdict = self._guard.judge(asked.person, now) if self._guard is not None else "answer"
        full = self._guard is not None and self._courier.waiting(asked.address.chat_id) >= PATIENCE
        if verdict == "ignore" or full:
            receipt.set_result("flooded")
            return
        await self._talk.take(update_id, asked, receipt, flooding=verdict == "notice")

    async def _searched(self, update_id: int, query: InlineQuery) -> Outcome:
        now = asyncio.get_running_loop().time()
        guard = self._typing
        if guard is not None and guard.judge(query.from_user.id, now) != "answer":
            return "flooded"
        await self._inline.answer(update_id, query)
        return "answered"
