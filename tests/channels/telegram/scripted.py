"""A desk with a script: it stands in for what is said, never for how it gets there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.dialogue.cards import Card
from bot.dialogue.turn import Button, Incoming, Paragraph, Reply


def says(text: str, *buttons: tuple[str, str]) -> Reply:
    """A reply of one paragraph, and buttons as (label, action)."""
    shown = tuple(Button(label, action) for label, action in buttons)
    return Reply(lang="en", blocks=(Paragraph(text),), buttons=shown)


def echo(incoming: Incoming) -> Reply:
    """What was typed, or the tapped action in brackets."""
    return says(incoming.text or f"[{incoming.action}]")


@dataclass
class ScriptedDesk:
    """Answers by its script after ``takes_s`` seconds, and remembers what it was asked."""

    script: Callable[[Incoming], Reply] = echo
    takes_s: Callable[[Incoming], float] = lambda _: 0.0
    asked: list[tuple[str, Incoming]] = field(default_factory=list)

    async def answer(self, talk: str, incoming: Incoming, /) -> Reply:
        self.asked.append((talk, incoming))
        await asyncio.sleep(self.takes_s(incoming))
        return self.script(incoming)

    def cards(self, _: Incoming, /) -> tuple[Card, ...]:
        return ()

    @property
    def texts(self) -> list[str]:
        return [incoming.text for _, incoming in self.asked]
