"""The measures themselves, on plain arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = Sequence[float] | npt.NDArray[np.float64]

BINS = 10


def auroc(ours: Numbers, strangers: Numbers) -> float:
    """How often one of ``ours`` scores above one of ``strangers``, 0 to 1; a tie counts half."""
    inside, outside = np.asarray(ours, float), np.sort(np.asarray(strangers, float))
    below = np.searchsorted(outside, inside, "left")
    up_to = np.searchsorted(outside, inside, "right")
    return float((below + up_to).mean() / 2 / len(outside))


def refused_at(ours: Numbers, strangers: Numbers, kept: float = 0.95) -> float:
    """The share of ``strangers`` below the score that a share ``kept`` of ``ours`` reaches."""
    inside = np.sort(np.asarray(ours, float))
    floor = inside[int(np.floor((1 - kept) * len(inside)))]
    return float((np.asarray(strangers, float) < floor).mean())


def full_at(
    ours: Numbers, right: Sequence[bool], strangers: Numbers, let_in: float = 0.03
) -> tuple[float, float]:
    """Shares of ``ours`` answered right and answered wrong, at most ``let_in`` of strangers too.

    The threshold is picked on these very scores, the lowest that keeps the promise: what a matcher
    could do if its owner knew the future.
    """
    outside = np.sort(np.asarray(strangers, float))[::-1]
    floor = outside[int(np.floor(let_in * len(outside)))] if len(outside) else -np.inf
    answered = np.asarray(ours, float) > floor
    correct = np.asarray(right, bool)
    return float((answered & correct).mean()), float((answered & ~correct).mean())


def reliability(scores: Numbers, right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Mean score, share right and number of messages, for each tenth of the score that has any."""
    score, correct = np.asarray(scores, float), np.asarray(right, float)
    place = np.minimum((score * BINS).astype(int), BINS - 1)
    return [
        (float(score[place == i].mean()), float(correct[place == i].mean()), int(n))
        for i in range(BINS)
        if (n := (place == i).sum())
    ]


def calibration_error(bins: Sequence[tuple[float, float, int]]) -> float:
    """The mean gap between score and share right, weighted by messages (ECE, Naeini 2015)."""
    total = sum(count for _, _, count in bins)
    return sum(abs(score - right) * count for score, right, count in bins) / total


def percentile(values: Numbers, at: float) -> float:
    """The value that ``at`` per cent of ``values`` do not exceed."""
    return float(np.percentile(np.asarray(values, float), at))
