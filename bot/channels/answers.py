"""What every channel needs of the desk."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.cards import Card
from bot.dialogue.turn import Incoming, Reply


class Answers(Protocol):
    """The desk as a channel sees it."""

    async def answer(self, talk: str, incoming: Incoming, /) -> Reply:
        """What to say. ``talk`` is one conversation's stable id, such as ``telegram:12345``."""
        ...


class Offers(Answers, Protocol):
    """The desk as a channel sees it in which one can search while one types."""

    def cards(self, incoming: Incoming, /) -> tuple[Card, ...]:
        """Answers to choose from while one types, best first; none is remembered."""
        ...
