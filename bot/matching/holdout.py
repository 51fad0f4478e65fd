"""Trials: examples and whole intents that were left out, judged by what the others taught."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.concepts import ConceptFinder
from bot.matching.confidence import Trial
from bot.matching.evidence import gather
from bot.matching.examples import NOTHING
from bot.matching.features import VIEWS
from bot.matching.fitted import STRANGER
from bot.matching.lesson import Lesson, Shares
from bot.matching.vectoriser import Ints
from bot.matching.weights import Weights

FOLDS = 4

# For every hundred questions of ours a help desk gets this many about other things, and this many
# about things of ours that nobody wrote an intent for.
_STRANGERS, _UNFORESEEN = 0.25, 0.04


@dataclass(frozen=True, slots=True)
class Fold:
    """Which examples are kept and which left out, and the intents that are away altogether."""

    kept: Ints
    left: Ints
    away: frozenset[str]


def folds(lesson: Lesson, intents: Iterable[str]) -> list[Fold]:
    """``FOLDS`` ways to leave out one example in ``FOLDS``, and one intent in ``FOLDS`` whole."""
    names = frozenset(intents)
    made = []
    for number in range(FOLDS):
        away = frozenset(name for name in names if _share(name) == number)
        if away == names:
            away = frozenset()
        out = np.array(
            [
                one.example.label in away or _share(one.example.key) == number
                for one in lesson.shown
            ],
            bool,
        )
        kept, left = np.flatnonzero(~out), np.flatnonzero(out)
        if len(kept) and len(left):
            made.append(Fold(kept, left, away))
    return made


def try_out(lesson: Lesson, shares: Shares, fold: Fold, concepts: ConceptFinder) -> list[Trial]:
    """The trials of a fold, judged by ``shares``, what its kept examples taught.

    The phrases of intents that are away come back as strangers.
    """
    table = lesson.table(shares, fold.kept)
    seen = np.zeros(len(table), bool)
    for i in fold.kept:
        for view in range(len(VIEWS)):
            seen[lesson.rows[int(i)].view(view)[0]] = True
    vectoriser = lesson.vectoriser.without(np.flatnonzero(~seen))
    # A class whose examples are all gone is not there to be chosen.
    counts = np.bincount(lesson.labels[fold.kept], minlength=len(lesson.classes))
    there = np.flatnonzero(counts[: len(lesson.classes)])
    classes = [lesson.classes[i] for i in there]
    weights = Weights(table[:, there])
    stranger = classes.index(STRANGER) if STRANGER in classes else None
    trials = []
    for i in fold.left:
        one = lesson.shown[int(i)]
        if one.example.label == NOTHING:
            continue
        row = vectoriser.row(one.reading.features())
        evidence = gather(one.reading, row, weights, concepts)
        label = one.example.label
        inside = label in classes and label != STRANGER
        right = classes.index(label) if inside else None
        trials.append(Trial(evidence, right, stranger, label == STRANGER))
    return _weighed(trials)


def _weighed(trials: Sequence[Trial]) -> list[Trial]:
    """``trials`` with strangers weighed to the share in which they come to a help desk."""
    ours = sum(trial.label is not None for trial in trials)
    near = sum(trial.foreign for trial in trials)
    lost = len(trials) - ours - near  # phrases of intents that were left out altogether
    share = {
        True: _STRANGERS * ours / max(1, near),
        # where nothing is known of strangers they are given as much weight as all questions
        False: (_UNFORESEEN if near else 1.0) * ours / max(1, lost),
    }
    return [
        trial if trial.label is not None else replace(trial, weight=share[trial.foreign])
        for trial in trials
    ]


def _share(name: str) -> int:
    return zlib.crc32(name.encode()) % FOLDS
