"""What is known of a message when it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from bot.matching.concepts import ConceptFinder, Ground
from bot.matching.reading import Reading
from bot.matching.vectoriser import Floats, Row
from bot.matching.weights import Weights

MOST_TOLD = 8  # concepts; a story that has more is no clearer for it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    ``by_view``: the classes' scores ``(views, classes)``; ``known``: the share of the message that
    was known, 0 to 1; ``told``: how many different concepts stand in it; ``ground``: whether any of
    them is ours; ``foreign``: an object of somebody else's and none of ours.
    """

    by_view: Floats
    known: float
    told: int
    ground: Ground
    foreign: bool


def gather(reading: Reading, row: Row, weights: Weights, concepts: ConceptFinder) -> Evidence:
    """The evidence of a message."""
    found = reading.found
    foreign, _ = concepts.foreign(found)
    return Evidence(
        by_view=weights.scores(row),
        known=row.known,
        told=min(MOST_TOLD, len({hit.concept for hit in found})),
        ground=concepts.ground(found),
        foreign=foreign and not concepts.ours(found),
    )
