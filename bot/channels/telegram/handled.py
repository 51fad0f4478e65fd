"""Which updates this bot has answered: in memory, and in the store where there is one."""

from __future__ import annotations

from typing import Any

from bot.dialogue.turn import Session
from bot.storage.store import Store

REMEMBERED = 50_000  # what the store keeps of them too


class Handled:
    """Without a store a restart forgets, and Telegram's own offset is all that tells."""

    def __init__(self, bot_id: int, store: Store | None) -> None:
        self._bot_id = bot_id
        self._store = store
        self._known: dict[int, None] = {}  # a set that keeps its order

    @property
    def lasts(self) -> bool:
        """Whether it outlives this process."""
        return self._store is not None and not self._store.trouble

    async def open(self) -> None:
        """Reads what earlier processes have handled."""
        if self._store is not None:
            await self._store.open()
            self._known.update(dict.fromkeys(await self._store.handled(self._bot_id)))

    def __contains__(self, update_id: int) -> bool:
        return update_id in self._known

    def lift(self, talk: str) -> Session | None:
        """What the talk's last turn left, to be settled together with its reply."""
        return self._store.lift(talk) if self._store is not None else None

    async def settle(self, talk: str, session: Session | None, update_id: int) -> None:
        """Notes that the update's reply was sent, or never will be."""
        self._know(update_id)
        if self._store is not None:
            await self._store.settle(talk, session, (self._bot_id, update_id))

    def rate(self, intent: str, *, helped: bool) -> None:
        """Counts whether an answer helped."""
        if self._store is not None:
            self._store.rate(intent, helped=helped)

    async def park(
        self, talk: str, session: Session | None, update_id: int, reply: dict[str, Any]
    ) -> bool:
        """Keeps the reply, to be sent after a restart too; whether that could be done."""
        if self._store is None or self._store.trouble:
            return False
        kept = await self._store.park(talk, session, (self._bot_id, update_id), reply)
        if kept:
            self._know(update_id)
        return kept

    async def unpark(self, update_id: int) -> None:
        """Notes that a parked reply was sent."""
        if self._store is not None:
            await self._store.unpark((self._bot_id, update_id))

    async def parked(self) -> dict[int, dict[str, Any]]:
        """The replies that an earlier process kept and did not send."""
        return await self._store.parked(self._bot_id) if self._store is not None else {}

    def _know(self, update_id: int) -> None:
        self._known[update_id] = None
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
