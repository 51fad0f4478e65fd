"""How probable it is that the best intent is right, learnt from phrases that were held out.

A classifier's own probabilities are too sure of strangers and too modest about neighbours. A small
logistic model over a few signs (Platt 1999, with more than one sign) says how often the best was
right when the signs looked so; phrases left out of training and whole intents left out teach it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.features import Floats

SIGNS = ("odds", "lead", "known", "stranger", "ours", "foreign", "length")
_RIDGE = 1.0
_ROUNDS = 25


def signs(
    chances: Floats, known: float, ours: bool, foreign: bool, words: int, stranger: int | None
) -> Floats:
    """What tells a sure answer from a lucky one, ``(signs,)``.

    ``chances``: probability of each class; ``known``: share of the message that was known; ``ours``
    and ``foreign``: whether an object of ours, or of somebody else's, stands in it; ``stranger``:
    the class of what is out of scope.
    """
    apart = float(chances[stranger]) if stranger is not None else 0.0
    inside = np.delete(chances, stranger) if stranger is not None else chances
    second, best = np.sort(inside)[-2:] if len(inside) > 1 else (0.0, inside[0])
    tiny = 1e-6
    return np.array(
        [
            np.log((best + tiny) / (1 - best + tiny)),
            np.log((best + tiny) / (second + tiny)),
            known,
            np.log((apart + tiny) / (best + tiny)),
            float(ours),
            float(foreign and not ours),
            np.log1p(words),
        ],
        np.float32,
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of the signs: ``mean`` and ``spread`` scale them, ``slopes`` weigh them."""

    mean: Floats
    spread: Floats
    slopes: Floats  # the last is the intercept

    def score(self, seen: Floats) -> float:
        """The probability that the best intent is right, 0 to 1."""
        scaled = (seen - self.mean) / self.spread
        return float(1.0 / (1.0 + np.exp(-(scaled @ self.slopes[:-1] + self.slopes[-1]))))


@dataclass(frozen=True, slots=True)
class Trial:
    """A held-out message: its signs, whether the best intent was ``right``, whether it had one.

    ``weight``: how many messages it stands for.
    """

    signs: Floats
    right: bool
    in_scope: bool
    weight: float = 1.0


def calibrate(trials: Sequence[Trial]) -> Calibration:
    """Fitted by Newton's method with a small ridge."""
    seen = [trial.signs for trial in trials]
    right = [trial.right for trial in trials]
    weight = np.asarray([trial.weight for trial in trials], np.float64)
    table = np.asarray(seen, np.float64)
    wanted = np.asarray(right, np.float64)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    scaled = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    penalty = np.diag([_RIDGE] * (scaled.shape[1] - 1) + [0.0])
    slopes = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ slopes))
        slope = scaled.T @ (weight * (chance - wanted)) + penalty @ slopes
        curve = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + penalty
        slopes -= np.linalg.solve(curve + 1e-9 * np.eye(len(slopes)), slope)
    return Calibration(
        mean.astype(np.float32), spread.astype(np.float32), slopes.astype(np.float32)
    )
