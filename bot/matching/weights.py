"""The weight of each feature in each class, and what a message comes to by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.vectoriser import Floats, Halves, Ints, Row, Spelling

_REMEMBERED = 4096  # words: 1 MB with 60 classes


class Weights:
    """A table ``(features, classes)``, and what the spelling of each word comes to in it.

    The words of a message are remembered, the ways to spell them would be most of its features.
    """

    def __init__(self, table: Floats | Halves) -> None:
        """``table`` may be ``halved``."""
        self._table = table
        self._words: dict[str, Floats] = {}

    def of(self, ids: Ints) -> Floats:
        """The weights of some features, ``(ids, classes)``."""
        return widened(self._table[ids])

    def scores(self, row: Row) -> Floats:
        """The score of each class by each view for one message, ``(views, classes)``."""
        told = self.of(row.ids)
        by_view = np.empty((len(row.ends), told.shape[1]), np.float32)
        start = 0
        for view, end in enumerate(row.ends):
            np.dot(row.values[start:end], told[start:end], out=by_view[view])
            start = end
        if row.spelt:
            by_view[-1] += sum(map(self._word, row.spelt)) * np.float32(row.scale)
        return by_view

    def _word(self, spelling: Spelling) -> Floats:
        if (known := self._words.get(spelling.word)) is not None:
            return known
        if len(self._words) >= _REMEMBERED:
            self._words.clear()
        self._words[spelling.word] = spelling.icf @ self.of(spelling.ids)
        return self._words[spelling.word]


def weigh(rows: Sequence[Row], shares: Sequence[Floats], features: int) -> Floats:
    """The weight of each feature in each class, ``(features, classes)``; ``shares`` by view."""
    table = np.zeros((features, shares[0].shape[1]), np.float32)
    for number, of_view in enumerate(shares):
        for row, share in zip(rows, of_view, strict=True):
            ids, values = row.view(number)
            np.add.at(table, ids, np.outer(values, share))  # an id may come twice
    return table


def halved(table: Floats) -> Halves:
    """``table`` in half the memory: the upper two bytes of each number, rounded.

    Each is off by a five-hundredth at most, and numpy widens them five times as fast as its
    float16.
    """
    return ((table.view(np.uint32) + np.uint32(0x8000)) >> np.uint32(16)).astype(np.uint16)


def widened(part: Floats | Halves) -> Floats:
    """Numbers that may have been ``halved``, as float32."""
    if part.dtype != np.uint16:
        return np.asarray(part, np.float32)
    return np.left_shift(part, 16, dtype=np.uint32).view(np.float32)
