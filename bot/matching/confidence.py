"""How probable it is that the best intent is right, learnt from phrases that were held out.

A classifier's own probabilities are too sure of strangers and too modest about neighbours. They are
cooled by a temperature (Guo et al. 2017), and a small logistic model over a few signs (Platt 1999,
with more than one sign) says how often the best was right when the signs looked so. Phrases left
out of training and whole intents left out teach both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.classifier import softmax
from bot.matching.features import VIEWS, Floats

SIGNS = ("odds", "lead", "stranger", *VIEWS, "known", "foreign")
_RIDGE = 1.0
_ROUNDS = 25
_TINY = 1e-6
_TEMPERATURES = np.geomspace(0.5, 8.0, 33)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a message when it is judged.

    ``by_view``: the classes' scores ``(views, classes)``; ``known``: the share of the message that
    was known, 0 to 1; ``foreign``: an object of somebody else's stands in it, and none of ours.
    """

    by_view: Floats
    known: float
    foreign: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A held-out message: its evidence and the class that was right, None where none was.

    ``weight``: how many messages it stands for; ``stranger``: the class of what is out of scope.
    """

    evidence: Evidence
    label: int | None
    stranger: int | None
    weight: float = 1.0

    @property
    def right(self) -> bool:
        """Whether the best class was the right one."""
        return self.label is not None and _best(self.evidence, self.stranger) == self.label


def _pooled(evidence: Evidence, temperature: float) -> Floats:
    return softmax(evidence.by_view.sum(axis=0) / np.float32(temperature))


def _best(evidence: Evidence, stranger: int | None) -> int:
    pooled = evidence.by_view.sum(axis=0)
    if stranger is not None:
        pooled[stranger] = -np.inf
    return int(pooled.argmax())


@dataclass(frozen=True, slots=True)
class Confidence:
    """A temperature for the pooled scores, and a logistic model of the signs.

    ``mean`` and ``spread`` scale the signs, ``slopes`` weigh them; the last slope is the intercept.
    """

    temperature: float
    mean: Floats
    spread: Floats
    slopes: Floats

    def judge(self, evidence: Evidence, stranger: int | None) -> tuple[float, Floats]:
        """The probability that the best class is right, and the chance of each, 0 to 1."""
        seen = (_signs(evidence, self.temperature, stranger) - self.mean) / self.spread
        score = 1.0 / (1.0 + np.exp(-(seen @ self.slopes[:-1] + self.slopes[-1])))
        return float(score), _pooled(evidence, self.temperature)


def _signs(evidence: Evidence, temperature: float, stranger: int | None) -> Floats:
    """What tells a sure answer from a lucky one, ``(signs,)``."""
    chances = _pooled(evidence, temperature)
    apart = float(chances[stranger]) if stranger is not None else 0.0
    first = _best(evidence, stranger)
    best = float(chances[first])
    others = np.delete(chances, first if stranger is None else [first, stranger])
    second = float(others.max(initial=0.0))
    return np.array(
        [
            np.log((best + _TINY) / (1 - best + _TINY)),
            np.log((best + _TINY) / (second + _TINY)),
            np.log((apart + _TINY) / (best + _TINY)),
            # what each view alone makes of the pool's best: where they agree it can be trusted
            *np.log(softmax(evidence.by_view)[:, first] + _TINY),
            evidence.known,
            float(evidence.foreign),
        ],
        np.float32,
    )


def learn(trials: Sequence[Trial]) -> Confidence:
    """The confidence that the trials teach: temperature by likelihood, slopes by Newton."""
    temperature = _temperature(trials)
    if not trials:  # a handful of phrases: no fold has both something to keep and to leave
        flat = np.zeros(len(SIGNS), np.float32)
        return Confidence(1.0, flat, flat + 1, np.zeros(len(SIGNS) + 1, np.float32))
    table = np.stack([_signs(t.evidence, temperature, t.stranger) for t in trials]).astype(float)
    wanted = np.asarray([trial.right for trial in trials], np.float64)
    weight = np.asarray([trial.weight for trial in trials], np.float64)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    scaled = np.hstack([(table - mean) / spread, np.ones((len(table), 1))])
    penalty = np.diag([_RIDGE] * (scaled.shape[1] - 1) + [1e-9])
    slopes = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ slopes))
        slope = scaled.T @ (weight * (chance - wanted)) + penalty @ slopes
        curve = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + penalty
        slopes -= np.linalg.solve(curve, slope)
    return Confidence(
        temperature,
        mean.astype(np.float32),
        spread.astype(np.float32),
        slopes.astype(np.float32),
    )


def _temperature(trials: Sequence[Trial]) -> float:
    """The temperature at which the right classes of the trials in scope are likeliest."""
    inside = [(trial.evidence, trial.label) for trial in trials if trial.label is not None]
    if not inside:
        return 1.0

    def surprise(temperature: float) -> float:
        chances = [float(_pooled(seen, temperature)[label]) for seen, label in inside]
        return -float(np.log(np.asarray(chances) + _TINY).mean())

    return float(min(_TEMPERATURES, key=surprise))
