"""Whether a message is ours at all, and how probable it is that the best intent is right.

Two questions, and what answers one misleads about the other: a stranger may point at one intent
without a doubt, a question of ours at two. So each has a small logistic model over a few signs
(Platt 1999, with more than one sign), and the score of an answer is the product. A classifier's
own probabilities are too sure of strangers and too modest about neighbours; they are cooled by a
temperature (Guo et al. 2017) before they are a sign. Phrases left out of training and whole intents
left out teach all three.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.classifier import softmax
from bot.matching.concepts import GROUNDS
from bot.matching.evidence import Evidence
from bot.matching.features import VIEWS
from bot.matching.vectoriser import Floats, Ints

# How much speaks for any class at all tells ours from a stranger better than for which.
SCOPE_SIGNS = ("said", "stranger", *GROUNDS, "foreign")
CHOICE_SIGNS = ("odds", "lead", *VIEWS, "known", "raw", "told", GROUNDS[0])
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


class Signs(NamedTuple):
    """``order``: the classes that may be answered, best first; ``chances`` of all, 0 to 1.

    ``scope`` and ``choice``: the values of ``SCOPE_SIGNS`` and ``CHOICE_SIGNS``.
    """

    order: Ints
    chances: Floats
    scope: list[float]
    choice: list[float]


class Judgement(NamedTuple):
    """``score``: the probability that the best class is right; ``inside``: that any class is.

    ``order`` and ``chances`` as in ``Signs``.
    """

    score: float
    inside: float
    order: Ints
    chances: Floats


@dataclass(frozen=True, slots=True)
class Confidence:
    """The sharpness of the pooled scores (the inverse temperature), and two models of signs.

    ``inside`` weighs ``SCOPE_SIGNS``, ``right`` weighs ``CHOICE_SIGNS`` for what is inside; the
    last number of each is the intercept.
    """

    sharpness: float
    inside: Floats
    right: Floats

    def judge(self, evidence: Evidence, stranger: int | None) -> Judgement:
        """What the evidence says; ``stranger``: the class of what is out of scope."""
        signs = signs_of(evidence, self.sharpness, stranger)
        inside = _chance(signs.scope, self.inside)
        score = inside * _chance(signs.choice, self.right)
        return Judgement(score, inside, signs.order, signs.chances)


def signs_of(evidence: Evidence, sharpness: float, stranger: int | None) -> Signs:
    """What tells ours from a stranger's, and a sure answer from a lucky one."""
    total = evidence.by_view.sum(axis=0)
    chances = softmax(total * np.float32(sharpness))
    order = (-chances).argsort(kind="stable")
    apart = 0.0
    if stranger is not None:
        order = order[order != stranger]
        apart = float(chances[stranger])
    first = int(order[0])
    best = float(chances[first])
    second = float(chances[order[1]]) if len(order) > 1 else 0.0
    most = evidence.by_view.max(axis=1, keepdims=True)
    views = evidence.by_view[:, first] - most[:, 0] - np.log(np.exp(evidence.by_view - most).sum(1))
    top = float(total.max())
    grounds = [float(evidence.ground == ground) for ground in GROUNDS]
    scope = [
        top + math.log(float(np.exp(total - top).sum())),
        math.log((apart + _TINY) / (best + _TINY)) if stranger is not None else 0.0,
        *grounds,
        float(evidence.foreign),
    ]
    choice = [
        math.log((best + _TINY) / (1 - best + _TINY)),
        math.log((best + _TINY) / (second + _TINY)),
        # what each view alone makes of the pool's best: where they agree it can be trusted
        *views.tolist(),
        evidence.known,
        # the score itself: a probability says how much better than the others, not how good
        float(total[first]),
        float(evidence.told),
        grounds[0],
    ]
    return Signs(order, chances, scope, choice)


def _chance(signs: Sequence[float], slopes: Floats) -> float:
    *weights, height = slopes.tolist()
    height += sum(map(float.__mul__, signs, weights))
    return 1.0 / (1.0 + math.exp(-max(-500.0, height)))


def learn(trials: Sequence[Trial]) -> Confidence:
    """The confidence that the trials teach."""
    sharpness = _sharpness(trials)
    if not trials:  # a handful of phrases: no fold has both something to keep and to leave
        blank = (np.zeros(1 + len(signs), np.float32) for signs in (SCOPE_SIGNS, CHOICE_SIGNS))
        return Confidence(sharpness, *blank)
    seen = [signs_of(trial.evidence, sharpness, trial.stranger) for trial in trials]
    weight = np.asarray([trial.weight for trial in trials])
    inside = np.asarray([trial.label is not None for trial in trials])
    right = np.asarray([s.order[0] == t.label for s, t in zip(seen, trials, strict=True)])
    scope, choice = (
        np.asarray(part) for part in zip(*((s.scope, s.choice) for s in seen), strict=True)
    )
    return Confidence(
        sharpness,
        _logistic(scope, inside, weight),
        _logistic(choice[inside], right[inside], weight[inside]),
    )


def _logistic(
    signs: npt.NDArray[np.float64], wanted: npt.NDArray[np.bool_], weight: npt.NDArray[np.float64]
) -> Floats:
    """The slopes of a logistic model and its intercept, by Newton's method with a ridge."""
    if not len(signs):
        return np.zeros(signs.shape[1] + 1, np.float32)
    mean, spread = signs.mean(axis=0), signs.std(axis=0) + _TINY
    scaled = np.hstack([(signs - mean) / spread, np.ones((len(signs), 1))])
    penalty = np.diag([_RIDGE] * signs.shape[1] + [1e-9])
    slopes = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ slopes))
        slope = scaled.T @ (weight * (chance - wanted)) + penalty @ slopes
        curve = (scaled * (weight * chance * (1 - chance))[:, None]).T @ scaled + penalty
        slopes -= np.linalg.solve(curve, slope)
    weights = slopes[:-1] / spread
    return np.asarray([*weights, slopes[-1] - weights @ mean], np.float32)


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
