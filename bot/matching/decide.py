"""Sure, torn or lost: thresholds, derived when the matcher is fitted and kept with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.concepts import Ground
from bot.matching.confidence import Confidence, Trial
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure, Torn

# The promise to the asker: of a hundred questions no more than three get a wrong full answer, and
# of a hundred about other things no more than three get any. Counted on phrases that were left
# out; on real questions that no phrase was written for it held within a tenth (decision 16).
WRONG_AT_MOST = 0.03
KEPT_AT_LEAST = 0.975  # of the questions in scope: at least a choice
MOST_OFFERED = 4
Doubles = npt.NDArray[np.float64]
_WORTH_OFFERING = 0.005  # of the best one's score; a choice that nobody takes is noise


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``sure``: the lowest score that is answered in full, 0 to 1.

    ``torn``: the lowest probability of being ours at all that is worth a choice.
    """

    sure: float
    torn: float


def derive(confidence: Confidence, trials: Sequence[Trial]) -> Thresholds:
    """Thresholds from held-out messages."""
    if not trials:
        return Thresholds(1.0, 0.0)  # nothing is known of how often it errs: ask, always
    judged = [confidence.judge(trial.evidence, trial.stranger) for trial in trials]
    score = np.asarray([one.score for one in judged])
    right = np.asarray([j.order[0] == t.label for j, t in zip(judged, trials, strict=True)])
    weight = np.asarray([trial.weight for trial in trials])
    inside = np.asarray([trial.label is not None for trial in trials])
    foreign = np.asarray([trial.foreign for trial in trials])
    order = np.argsort(-score, kind="stable")
    # a question of ours that nobody wrote an intent for can only be answered wrongly
    wrong = _share((weight * (~foreign & ~right))[order], (weight * inside).sum())
    let_in = _share((weight * foreign)[order], (weight * foreign).sum())
    allowed = np.flatnonzero((wrong <= WRONG_AT_MOST) & (let_in <= WRONG_AT_MOST))
    sure = float(score[order[allowed[-1]]]) if len(allowed) else 1.0
    ours = np.asarray([one.inside for one in judged])[inside]
    torn = float(np.quantile(ours, 1 - KEPT_AT_LEAST)) if len(ours) else 0.0
    return Thresholds(sure, torn)


def _share(counted: Doubles, total: np.float64) -> Doubles:
    """How much of ``total`` has been counted up to each place, 0 to 1."""
    return np.asarray(np.cumsum(counted) / max(1e-9, float(total)), np.float64)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A message about somebody else's thing; ``refer``: whose, an id in referrals, where known."""

    refer: str | None


def decide(
    ranked: Sequence[Candidate],
    thresholds: Thresholds,
    *,
    inside: float,
    ground: Ground,
    brief: bool,
    talk: Collection[str],
    elsewhere: Elsewhere | None,
) -> Match:
    """The outcome for ``ranked`` intents, best first, their scores calibrated.

    ``inside``: how probable it is that any of them is right; ``ground``: what the message stands
    on; where an object of ours is named it is asked back rather than lost. ``brief``: it is an
    action and hardly anything else, which a help desk asks back too, but not whether it was one of
    the intents of ``talk``, if anything else is worth offering. ``elsewhere``: it names somebody
    else's object and none of ours.
    """
    best = ranked[0]
    if best.score >= thresholds.sure:
        margin = best.score - (ranked[1].score if len(ranked) > 1 else 0.0)
        return Sure(best, margin)
    if elsewhere:
        return Lost(Reason.FOREIGN, best, elsewhere.refer)
    worth = [one for one in ranked if one.score >= _WORTH_OFFERING * best.score]
    serious = [one for one in worth if one.intent not in talk] if brief else []
    if inside < thresholds.torn and ground != "named" and not serious:
        return Lost(Reason.UNLIKE, best)
    return Torn(tuple((serious or worth)[:MOST_OFFERED]))
