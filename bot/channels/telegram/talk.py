"""One turn after the other in each chat: the desk is asked, and its reply is posted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog

from bot.channels.telegram.asking import FLOOD, Asking
from bot.channels.telegram.busy import Busy
from bot.channels.telegram.delivery import Courier, Delivery, Outcome
from bot.channels.telegram.handled import Handled
from bot.channels.telegram.intake import Asked
from bot.channels.telegram.order import Turns
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.questions import Questions
from bot.channels.telegram.render import Rendered
from bot.channels.telegram.spinner import Spinner
from bot.channels.telegram.taps import Tap, Taps, is_thanks, said, ticked, turns_into
from bot.content.model import Lang
from bot.dialogue.actions import Rate, unpack
from bot.dialogue.turn import Reply

log: structlog.stdlib.BoundLogger = structlog.get_logger()

Receipt = asyncio.Future[Outcome]
Begin = Callable[[Coroutine[Any, Any, None]], None]


class Talk:
    """``begin`` runs what nobody has to wait for, and is waited for at the end."""

    def __init__(
        self,
        asking: Asking,
        courier: Courier,
        outbox: Outbox,
        handled: Handled,
        spinner: Spinner,
        busy: Busy,
        begin: Begin,
    ) -> None:
        self._asking = asking
        self._courier = courier
        self._outbox = outbox
        self._handled = handled
        self._spinner = spinner
        self._busy = busy
        self._begin = begin
        self._turns = Turns()
        self._taps = Taps()
        self._questions = Questions()

    def __len__(self) -> int:
        """How many chats have a message that waits for its answer."""
        return len(self._turns)

    async def take(
        self, update_id: int, asked: Asked, receipt: Receipt, *, flooding: bool = False
    ) -> None:
        """Answers it in its turn, or says once that it was too much."""
        tap = asked.tap
        if tap is not None and not self._takes(update_id, tap, asked.lang, receipt):
            return
        shown: list[int] | None = []
        if asked.message_id is not None and not flooding:
            asked, shown = self._placed(asked, asked.message_id)
        if shown is None:
            receipt.set_result("not_ours")
            return
        with self._busy.shown(asked.address):
            async with self._turns.turn(asked.address.chat_id):
                rendered, reply = await self._reply(update_id, asked, flooding=flooding)
                self._post(update_id, asked, rendered, reply, receipt, shown)

    def _placed(self, asked: Asked, message_id: int) -> tuple[Asked, list[int] | None]:
        """The messages that are to show the answer, see Questions; an old question is quoted."""
        place = (asked.address.chat_id, message_id)
        if asked.edited and not self._questions.known(place):
            asked = replace(asked, address=replace(asked.address, reply_to=message_id))
        return asked, self._questions.asked(place, asked.incoming.text)

    async def _reply(
        self, update_id: int, asked: Asked, *, flooding: bool
    ) -> tuple[Rendered, Reply | None]:
        if flooding:
            log.info("telegram_flood", update=update_id, chat=asked.address.chat_id)
            return self._asking.own(FLOOD, asked), None
        rendered, reply = await self._asking.answered(update_id, asked)
        if asked.tap is not None and is_thanks(asked.tap):
            thanks = said(reply) if reply is not None else ""
            self._begin(self._spinner.stop(update_id, asked.tap, thanks))
            rendered = Rendered(()) if reply is not None else rendered
        return rendered, reply

    def _post(
        self,
        update_id: int,
        asked: Asked,
        rendered: Rendered,
        reply: Reply | None,
        receipt: Receipt,
        shown: list[int],
    ) -> None:
        session = self._handled.lift(asked.address.talk)
        ready_at = asyncio.get_running_loop().time()
        delivery = Delivery(
            update_id, asked.address, rendered, session, receipt, ready_at, shown=shown
        )
        for number in shown:
            self._taps.renewed(asked.address.chat_id, number)
        if asked.tap is not None:
            self._follow(asked.tap, reply, delivery)
        self._courier.post(delivery)

    def _takes(self, update_id: int, tap: Tap, lang: Lang | None, receipt: Receipt) -> bool:
        """Stops the spinner, and lets the first tap on a key through."""
        first = self._taps.claim(tap)
        if not first:
            self._begin(self._spinner.stop_again(update_id, tap, lang))
            receipt.set_result("duplicate")
        elif not tap.action:
            receipt.set_result("not_ours")
        if first and not is_thanks(tap):  # which are said by stopping it
            self._begin(self._spinner.stop(update_id, tap))
        return not receipt.done()

    def _follow(self, tap: Tap, reply: Reply | None, delivery: Delivery) -> None:
        """Has the tapped message turn into the reply, or say what was chosen once that is safe."""
        number = tap.message_id
        if number is None:
            return
        if reply is None:  # an apology: tap it again
            self._taps.renewed(tap.chat_id, number)
            return
        if turns_into(tap, reply):
            delivery.shown.append(number)
            self._taps.renewed(tap.chat_id, number)
            return

        def answered(receipt: Receipt) -> None:
            if receipt.cancelled() or receipt.exception() is not None:
                return
            if receipt.result() not in ("answered", "parked"):
                self._taps.renewed(tap.chat_id, number)
                return
            rated = unpack(tap.action)
            if isinstance(rated, Rate) and rated.intent == reply.intent:
                self._handled.rate(rated.intent, helped=rated.helped)
            if edit := ticked(tap, reply):
                self._begin(self._outbox.edit(edit))

        delivery.safe.add_done_callback(answered)
