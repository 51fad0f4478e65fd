"""Where the desk keeps its sessions: the protocol, and the one that forgets at the end."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from bot.dialogue.turn import Session


class Sessions(Protocol):
    """A session a talk. Neither method raises: a store in trouble costs memory, never a reply."""

    async def get(self, talk: str, /) -> Session:
        """The talk's session, a fresh one for a talk that is not known."""
        ...

    async def put(self, talk: str, session: Session, /) -> None:
        """Remembers the talk's session."""
        ...


class MemorySessions:
    """Sessions of this process; of more than ``most`` talks the longest silent are forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    async def get(self, talk: str, /) -> Session:
        return self.known(talk) or Session()

    async def put(self, talk: str, session: Session, /) -> None:
        self._sessions[talk] = session
        self._sessions.move_to_end(talk)
        while len(self._sessions) > self._most:
            self._sessions.popitem(last=False)

    def __len__(self) -> int:
        return len(self._sessions)

    def known(self, talk: str) -> Session | None:
        """The talk's session where it is remembered."""
        return self._sessions.get(talk)
