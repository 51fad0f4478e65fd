"""Sure, torn or lost: thresholds, derived when the matcher is fitted and kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.confidence import Confidence, Trial
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure, Torn

WRONG_AT_MOST = 0.03  # of the messages answered in full: the promise to the asker
KEPT_AT_LEAST = 0.975  # of the questions in scope: at least a choice
MOST_OFFERED = 4
_WORTH_OFFERING = 0.02  # of the best one's score; a choice that nobody takes is noise


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``sure``: the lowest score answered in full; ``torn``: the lowest worth a choice."""

    sure: float
    torn: float


def derive(confidence: Confidence, trials: Sequence[Trial]) -> Thresholds:
    """Thresholds from held-out messages."""
    if not trials:
        return Thresholds(1.0, 0.0)  # nothing is known of how often it errs: ask, always
    score = np.asarray([confidence.judge(trial.evidence, trial.stranger)[0] for trial in trials])
    right = np.asarray([confidence.right(trial) for trial in trials])
    ours = np.asarray([trial.label is not None for trial in trials])
    weight = np.asarray([trial.weight for trial in trials])
    order = np.argsort(-score, kind="stable")
    answered = np.cumsum(weight[order])
    wrong = np.cumsum(weight[order] * ~right[order]) / answered
    strangers = np.cumsum((weight * ~ours)[order]) / max(1e-9, float((weight * ~ours).sum()))
    allowed = np.flatnonzero((wrong <= WRONG_AT_MOST) & (strangers <= WRONG_AT_MOST))
    sure = float(score[order[allowed[-1]]]) if len(allowed) else 1.0
    torn = float(np.quantile(score[ours], 1 - KEPT_AT_LEAST)) if ours.any() else 0.0
    return Thresholds(sure, min(torn, sure))


def decide(
    ranked: Sequence[Candidate],
    thresholds: Thresholds,
    *,
    ours: bool,
    foreign: str | None,
    is_foreign: bool,
) -> Match:
    """The outcome for ``ranked`` intents, best first, their scores calibrated.

    ``ours``: an object of ours stands in the message; ``is_foreign``: only somebody else's does,
    and ``foreign`` is whose, where known. A message with an object of ours is never lost.
    """
    best = ranked[0]
    if best.score >= thresholds.sure:
        margin = best.score - (ranked[1].score if len(ranked) > 1 else 0.0)
        return Sure(best, margin)
    if is_foreign:
        return Lost(Reason.FOREIGN, best, foreign)
    if best.score < thresholds.torn and not ours:
        return Lost(Reason.UNLIKE, best)
    worth = [c for c in ranked if c.score >= _WORTH_OFFERING * best.score]
    return Torn(tuple(worth[:MOST_OFFERED]))
