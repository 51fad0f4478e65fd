"""From a reply that is ready to one that was sent: in the chat's order, or parked meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

from telegram.error import InvalidToken

from bot.channels.telegram.handled import Handled
from bot.channels.telegram.keys import packed, unpacked
from bot.channels.telegram.order import Turns
from bot.channels.telegram.outbox import Outbox, Sent
from bot.channels.telegram.render import Rendered
from bot.channels.telegram.unwrap import Address
from bot.dialogue.turn import Session

# Replies on their way at once. Telegram gives a hundred updates at most until some are confirmed;
# with a third of them on the network it would soon have nothing for us to do.
CROWD = 32

Outcome = Literal[Sent, "parked", "duplicate", "flooded", "malformed", "not_ours", "unfinished"]


@dataclass(eq=False, slots=True)
class Delivery:
    """One reply on its way. ``safe`` is done once Telegram may forget the update."""

    update_id: int
    address: Address
    rendered: Rendered
    session: Session | None
    safe: asyncio.Future[Outcome]
    ready_at: float
    parked: bool = False
    kept: bool = False  # the store has it, or will once it is back
    shown: list[int] = field(default_factory=list)  # see Outbox.send


class Courier:
    """Sends replies in each chat's order and settles their updates.

    What waits too long is parked: kept in the store, so that Telegram may forget the update. It
    gives no more than a hundred updates past the first that is not confirmed; a chat that may have
    one message a minute would hold up all the others behind it. In a crowd every reply is.
    """

    def __init__(self, outbox: Outbox, handled: Handled) -> None:
        self._outbox = outbox
        self._handled = handled
        self._turns = Turns()
        self._waiting: dict[int, Delivery] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """What is being sent, or waits to be."""
        return set(self._tasks)

    def waiting(self, chat_id: int) -> int:
        """How many replies this chat has still to get."""
        return self._turns.waiting(chat_id)

    def post(self, delivery: Delivery) -> None:
        """Sends it after whatever was posted for its chat before."""
        self._waiting[delivery.update_id] = delivery
        self._begin(self._deliver(delivery))
        if len(self._waiting) > CROWD and not delivery.parked and self._handled.lasts:
            self._begin(self._park(delivery))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def restore(self) -> int:
        """Posts what an earlier process has parked; how many."""
        parked = await self._handled.parked()
        for update_id, reply in parked.items():
            address, rendered, shown = _unpacked(reply)
            safe: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
            safe.set_result("parked")
            self.post(Delivery(update_id, address, rendered, None, safe, 0.0, True, True, shown))
        return len(parked)

    async def park(self, waited_s: float) -> None:
        """Parks what has been ready for ``waited_s`` and is not sent, as far as the store can."""
        if not self._handled.lasts:
            return
        until = asyncio.get_running_loop().time() - waited_s
        due = [each for each in self._waiting.values() if not each.parked and each.ready_at < until]
        await asyncio.gather(*(self._park(each) for each in due))

    async def _park(self, delivery: Delivery) -> None:
        if delivery.update_id not in self._waiting:
            return  # sent meanwhile
        delivery.parked = delivery.kept = True
        kept = await self._handled.park(
            delivery.address.talk, delivery.session, delivery.update_id, _packed(delivery)
        )
        if not kept:
            delivery.parked = False
        elif not delivery.safe.done():
            delivery.safe.set_result("parked")

    async def _deliver(self, delivery: Delivery) -> None:
        address, update_id = delivery.address, delivery.update_id
        try:
            async with self._turns.turn(address.chat_id):
                outcome: Outcome = await self._outbox.send(
                    address, delivery.rendered, delivery.shown, update_id=update_id
                )
            del self._waiting[update_id]  # before anything is awaited: too late to be parked
            if delivery.kept:
                await self._handled.unpark(update_id)
            if not delivery.parked:
                await self._handled.settle(address.talk, delivery.session, update_id)
        except InvalidToken as error:
            if not delivery.safe.done():
                delivery.safe.set_exception(error)
        else:
            if not delivery.safe.done():
                delivery.safe.set_result(outcome)
        finally:
            self._waiting.pop(update_id, None)


def _packed(delivery: Delivery) -> dict[str, Any]:
    address, rendered = delivery.address, delivery.rendered
    return {
        "chat": address.chat_id,
        "thread": address.thread_id,
        "reply_to": address.reply_to,
        "parts": list(rendered.parts),
        "rows": packed(rendered.rows),
        "shown": delivery.shown,
    }


def _unpacked(reply: dict[str, Any]) -> tuple[Address, Rendered, list[int]]:
    return (
        Address(reply["chat"], reply["thread"], reply["reply_to"]),
        Rendered(tuple(reply["parts"]), unpacked(reply["rows"])),
        reply.get("shown", []),
    )
