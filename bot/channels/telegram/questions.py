"""Which messages of ours answer which message of a person's, for the day when that is edited.

In memory, like what was typed: of that only a hash is kept, which differs from process to process.
After a restart an edited question is answered by a new message that quotes it. To ignore it would
leave somebody who mended a word without an answer; the worst of the other is the same answer twice.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

REMEMBERED = 10_000  # questions; some 300 bytes each


@dataclass(slots=True)
class Question:
    """``shown``: the messages that answer it, filled in once they are sent."""

    hashed: int
    shown: list[int] = field(default_factory=list)


class Questions:
    """The newest questions, by chat and message."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, int], Question] = OrderedDict()

    def known(self, place: tuple[int, int]) -> bool:
        """Whether it is remembered how the question was answered."""
        return place in self._known

    def asked(self, place: tuple[int, int], text: str) -> list[int] | None:
        """The messages that are to show its answer, as one list for all its wordings.

        None where the question says what it said before: a preview that was added is an edit too.
        """
        hashed = hash(text)
        question = self._known.pop(place, None)
        changed = question is None or question.hashed != hashed
        question = question or Question(hashed)
        question.hashed = hashed
        self._known[place] = question
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return question.shown if changed else None
