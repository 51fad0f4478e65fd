"""What every matcher is here: something that learns phrases and guesses a message's intent."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.matching.datasets import Said


class Guess(NamedTuple):
    """The best intent, None when nothing is alike, and a score: higher is surer."""

    intent: str | None
    score: float


class Model:
    """A matcher that has learnt its phrases."""

    def guess(self, text: str) -> Guess:
        """The best intent for one message, as a bot asks for it."""
        raise NotImplementedError

    def guess_all(self, texts: Sequence[str]) -> list[Guess]:
        """The best intents for many messages, the same ones as one by one."""
        return [self.guess(text) for text in texts]

    def close(self) -> None:
        """Frees what outlives the object, such as another process."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A matcher to be measured.

    ``fit`` learns phrases; ``needs`` names the distributions that must be installed; ``most`` is
    the number of phrases above which fitting takes longer than the rest of the benchmark together;
    ``probable``: its score is meant as a probability.
    """

    name: str
    fit: Callable[[Sequence[Said]], Model]
    needs: tuple[str, ...]
    most: int
    probable: bool = False


def plain(text: str) -> str:
    """What every peer is given: one width, one case. rapidfuzz 3 does neither by itself."""
    return unicodedata.normalize("NFKC", text).casefold()
