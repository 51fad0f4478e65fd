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
from bot.matching.evidence import Evidence
from bot.matching.features import VIEWS, Floats

SIGNS = ("odds", "lead", "stranger", *VIEWS, "known", "raw", "told", "named", "foreign")
_RIDGE = 1.0
_ROUNDS = 25
_TINY = 1e-6
_SHARPNESSES = np.geomspace(0.2, 3.0, 28)


@dataclass(frozen=True, slots=True)
class Trial:
    """A held-out message: its evidence and the class that was right, None where none was.

    ``stranger``: the class of what is out of scope; ``foreign``: whether the message was;
    ``weight``: how many messages it stands for.
    """

    evidence: Evidence
    label: int | None
    stranger: int | None
    foreign: bool = False
    weight: float = 1.0


def _pooled(evidence: Evidence, sharpness: float) -> Floats:
    return np.asarray(evidence.by_view.sum(axis=0) * np.float32(sharpness), np.float32)


def _best(pooled: Floats, stranger: int | None) -> int:
    if stranger is None:
        return int(pooled.argmax())
    inside = pooled.copy()
    inside[stranger] = -np.inf
    return int(inside.argmax())


@dataclass(frozen=True, slots=True)
class Confidence:
    """The sharpness of the pooled scores (the inverse temperature), and a model of the signs.

    ``mean`` and ``spread`` scale the signs, ``slopes`` weigh them; the last slope is the intercept.
    """

    sharpness: float
    mean: Floats
    spread: Floats
    slopes: Floats

    def judge(self, evidence: Evidence, stranger: int | None) -> tuple[float, Floats]:
        """The probability that the best class is right, and the chance of each, 0 to 1."""
        chances = softmax(_pooled(evidence, self.sharpness))
        seen = (_signs(evidence, chances, stranger) - self.mean) / self.spread
        score = 1.0 / (1.0 + np.exp(-(seen @ self.slopes[:-1] + self.slopes[-1])))
        return float(score), chances

    def right(self, trial: Trial) -> bool:
        """Whether the best class of a trial was the right one."""
        return trial.label == _best(_pooled(trial.evidence, self.sharpness), trial.stranger)


def _signs(evidence: Evidence, chances: Floats, stranger: int | None) -> Floats:
    """What tells a sure answer from a lucky one, ``(signs,)``; ``chances`` of all views pooled."""
    apart = float(chances[stranger]) if stranger is not None else 0.0
    first = _best(chances, stranger)
    best = float(chances[first])
    others = chances.copy()
    others[first] = 0.0
    if stranger is not None:
        others[stranger] = 0.0
    second = float(others.max())
    return np.array(
        [
            np.log((best + _TINY) / (1 - best + _TINY)),
            np.log((best + _TINY) / (second + _TINY)),
            np.log((apart + _TINY) / (best + _TINY)),
            # what each view alone makes of the pool's best: where they agree it can be trusted
            *np.log(softmax(evidence.by_view)[:, first] + _TINY),
            evidence.known,
            # the score itself: a probability says how much better than the others, not how good
            float(evidence.by_view[:, first].sum()),
            float(evidence.told),
            float(evidence.ground == "named"),
            float(evidence.foreign),
        ],
        np.float32,
    )


def learn(trials: Sequence[Trial]) -> Confidence:
    """The confidence that the trials teach."""
    sharpness = _sharpness(trials)
    if not trials:  # a handful of phrases: no fold has both something to keep and to leave
        flat = np.zeros(len(SIGNS), np.float32)
        return Confidence(sharpness, flat, flat + 1, np.zeros(len(SIGNS) + 1, np.float32))
    scores = [_pooled(trial.evidence, sharpness) for trial in trials]
    best = [_best(score, trial.stranger) for score, trial in zip(scores, trials, strict=True)]
    wanted = np.asarray([b == t.label for b, t in zip(best, trials, strict=True)], np.float64)
    signs = [
        _signs(t.evidence, softmax(s), t.stranger) for s, t in zip(scores, trials, strict=True)
    ]
    table = np.stack(signs).astype(np.float64)
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
    as_floats = (np.asarray(part, np.float32) for part in (mean, spread, slopes))
    return Confidence(sharpness, *as_floats)


def _sharpness(trials: Sequence[Trial]) -> float:
    """The inverse temperature at which the right classes of the trials in scope are likeliest.

    One for all views: a lexicon that was made with these phrases in mind would outweigh the others.
    """
    inside = [
        (trial.evidence.by_view.sum(axis=0), trial.label)
        for trial in trials
        if trial.label is not None
    ]
    if not inside:
        return 1.0

    def surprise(sharpness: float) -> float:
        chances = [softmax(np.float32(sharpness) * pooled)[label] for pooled, label in inside]
        return -float(np.log(np.asarray(chances) + _TINY).mean())

    return float(min(_SHARPNESSES, key=surprise))
