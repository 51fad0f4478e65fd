"""The examples as rows, and what a classifier learns from all of them or from some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.classifier import gram, train
from bot.matching.examples import NOTHING, Example
from bot.matching.features import VIEWS
from bot.matching.reading import Reader, Reading
from bot.matching.vectoriser import Floats, Ints, Vectoriser
from bot.matching.weights import weigh

# Training compares every example with every other. More of them than this learn from a sample
# (each intent gives its share), so that 100,000 phrases do not need 40 GB; the vocabulary is whole.
MOST_COMPARED = 12_000

Shares = list[Floats]  # each example's share in each class, view by view


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as it was read; its features are counted when they are needed: they are large."""

    example: Example
    reading: Reading


def show(reader: Reader, example: Example) -> Shown:
    """``example`` read."""
    reading = reader.read(example.text)
    if example.unforeseen:
        kinds = reader.concepts.kinds
        found = tuple(hit for hit in reading.found if not kinds[hit.concept].foreign)
        reading = replace(reading, found=found)
    return Shown(example, reading)


class Lesson:
    """Examples with their rows; learns from subsets of them.

    ``labels``: each example's class, its place in ``classes``; ``NOTHING`` comes behind them all.
    """

    def __init__(self, shown: Sequence[Shown]) -> None:
        self.vectoriser = Vectoriser.fit(
            (one.example.label, one.reading.features()) for one in shown
        )
        self.shown = _sample(shown)
        self.classes = tuple(sorted({one.example.label for one in self.shown} - {NOTHING}))
        number = {name: i for i, name in enumerate((*self.classes, NOTHING))}
        self.labels = np.array([number[one.example.label] for one in self.shown])
        self.rows = [self.vectoriser.row(one.reading.features()) for one in self.shown]

    def learn(self, subsets: Sequence[Ints], news: Callable[[], None]) -> list[Shares]:
        """What is learnt from each of the ``subsets`` of examples.

        View by view, so that one matrix of all pairs is in memory at a time. ``news`` is called
        after each piece of work, ``len(VIEWS) * len(subsets)`` times.
        """
        learnt: list[Shares] = [[] for _ in subsets]
        for view in range(len(VIEWS)):
            kernel = gram([row.view(view) for row in self.rows], len(self.vectoriser.ids))
            for shares, kept in zip(learnt, subsets, strict=True):
                shares.append(self._train(kernel, kept))
                news()
        return learnt

    def _train(self, kernel: Floats, kept: Ints) -> Floats:
        labels = self.labels[kept]
        # a long list must not outvote a short one: each class weighs the root of its number
        counts = np.bincount(labels, minlength=len(self.classes) + 1)
        weights = np.sqrt(counts[counts > 0].mean() / counts[labels]).astype(np.float32)
        part = kernel if len(kept) == len(kernel) else kernel[np.ix_(kept, kept)]
        # what says nothing is learnt from and never answered
        return train(part, labels, weights, len(counts))[:, : len(self.classes)]

    def table(self, shares: Shares, kept: Ints) -> Floats:
        """The weights of features that the shares of the ``kept`` examples come to."""
        return weigh([self.rows[int(i)] for i in kept], shares, len(self.vectoriser.ids))


def _sample(shown: Sequence[Shown]) -> Sequence[Shown]:
    if len(shown) <= MOST_COMPARED:
        return shown
    turn: Counter[str] = Counter()
    turns = []
    for one in shown:
        turns.append(turn[one.example.label])
        turn[one.example.label] += 1
    # the first of every intent, then the second of every intent, until there is no more room
    order = sorted(range(len(shown)), key=lambda i: (turns[i], i))
    return [shown[i] for i in sorted(order[:MOST_COMPARED])]
