"""Sure, torn or lost: thresholds, derived when the matcher is fitted and kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.concepts import GROUNDS, Ground
from bot.matching.confidence import Confidence, Trial
from bot.matching.outcome import Candidate, Lost, Match, Reason, Sure, Torn

# The promise to the asker: of a hundred questions no more than three get a wrong full answer, and
# of a hundred about other things no more than three get any. Counted on phrases that were left
# out, which are harder than questions (written to be unlike each other), so it errs safely.
WRONG_AT_MOST = 0.03
KEPT_AT_LEAST = 0.975  # of the questions in scope: at least a choice
MOST_OFFERED = 4
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_WORTH_OFFERING = 0.005  # of the best one's score; a choice that nobody takes is noise


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lowest scores that are answered in full, and the lowest that is worth a choice.

    One for each ground that a message may stand on: see ``Ground``.
    """

    named: float
    vague: float
    bare: float
    torn: float

    def sure(self, ground: Ground) -> float:
        """The lowest score that is answered in full."""
        return {"named": self.named, "vague": self.vague, "bare": self.bare}[ground]


def derive(confidence: Confidence, trials: Sequence[Trial]) -> Thresholds:
    """Thresholds from held-out messages."""
    if not trials:
        return Thresholds(1.0, 1.0, 1.0, 0.0)  # nothing is known of how often it errs: ask, always
    score = np.asarray([confidence.judge(trial.evidence, trial.stranger)[0] for trial in trials])
    right = np.asarray([confidence.right(trial) for trial in trials])
    weight = np.asarray([trial.weight for trial in trials])
    ground = np.asarray([trial.evidence.ground for trial in trials])
    inside = np.asarray([trial.label is not None for trial in trials])
    foreign = np.asarray([trial.foreign for trial in trials])

    def lowest(among: Flags, may_let_in: float) -> tuple[float, float]:
        """The threshold of some trials, and the share of all strangers that it lets in."""
        order = np.flatnonzero(among)[np.argsort(-score[among], kind="stable")]
        # a question of ours that nobody wrote an intent for can only be answered wrongly
        wrong = _share((weight * (~foreign & ~right))[order], (weight * (inside & among)).sum())
        let_in = _share((weight * foreign)[order], (weight * foreign).sum())
        allowed = np.flatnonzero((wrong <= WRONG_AT_MOST) & (let_in <= may_let_in))
        last = allowed[-1] if len(allowed) else None
        return (1.0, 0.0) if last is None else (float(score[order[last]]), float(let_in[last]))

    sure: dict[Ground, float] = {}
    left = WRONG_AT_MOST
    for kind in GROUNDS:  # the surest ground first: what it leaves of the strangers is the next's
        part = left if kind == GROUNDS[-1] else left / 2
        threshold, used = lowest(ground == kind, part)
        # where there is less to stand on, less certainty is never enough
        sure[kind] = max(threshold, *sure.values(), 0.0)
        left -= used
    torn = float(np.quantile(score[inside], 1 - KEPT_AT_LEAST)) if inside.any() else 0.0
    return Thresholds(**sure, torn=min(torn, *sure.values()))


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
    ground: Ground,
    elsewhere: Elsewhere | None,
) -> Match:
    """The outcome for ``ranked`` intents, best first, their scores calibrated.

    ``ground``: what the message stands on; where an object of ours is named it is asked back rather
    than lost. ``elsewhere``: it names somebody else's object and none of ours.
    """
    best = ranked[0]
    if best.score >= thresholds.sure(ground):
        margin = best.score - (ranked[1].score if len(ranked) > 1 else 0.0)
        return Sure(best, margin)
    if elsewhere:
        return Lost(Reason.FOREIGN, best, elsewhere.refer)
    if best.score < thresholds.torn and ground != "named":
        return Lost(Reason.UNLIKE, best)
    offered = ranked[:MOST_OFFERED]
    return Torn(tuple(c for c in offered if c.score >= _WORTH_OFFERING * best.score))
