"""What every channel needs of the desk."""

from __future__ import annotations

from typing import Protocol

from bot.dialogue.turn import Incoming, Reply


class Answers(Protocol):
    """The desk as a channel sees it."""

    async def answer(self, talk: str, incoming: Incoming, /) -> Reply:
        """What to say. ``talk`` is one conversation's stable id, such as ``telegram:12345``."""
        ...
