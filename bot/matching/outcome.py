"""What the matcher says: sure, torn between a few, or lost and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Candidate(NamedTuple):
    """An intent and how probable it is that it is the right one, 0 to 1."""

    intent: str
    score: float


class Reason(Enum):
    """Why nothing is offered."""

    FOREIGN = "foreign"  # it is about somebody else's thing: a bank card, a visa
    UNLIKE = "unlike"  # words, but none of ours
    EMPTY = "empty"  # no letters at all
    OTHER_LANGUAGE = "other_language"  # a script that the desk does not speak


@dataclass(frozen=True, slots=True)
class Sure:
    """One intent, probable enough and far enough ahead; ``margin`` is its lead over the next.

    ``article`` is an article's id (``social_insurance_law/26``) where the question named one.
    """

    best: Candidate
    margin: float
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Torn:
    """Two to four intents worth offering, best first; one when it is only a maybe."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing to offer. ``best`` is the nearest intent all the same, for measuring.

    ``refer`` is the id of the body that the foreign thing belongs to, where that is known.
    """

    reason: Reason
    best: Candidate | None = None
    refer: str | None = None


Match = Sure | Torn | Lost
