"""The matcher of this project as a peer among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.matching.datasets import intent_set
from benchmarks.matching.peers.model import Guess, Model, Peer
from bot.content.library import IntentSet
from bot.matching.fit import fit
from bot.matching.matcher import Matcher, Verdict

NAME = "this matcher"


class Ours(Model):
    """A matcher of this project; the score is the one that decides about a full answer."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def guess(self, text: str) -> Guess:
        return guess_of(self.matcher.judge(text))


def guess_of(verdict: Verdict) -> Guess:
    """The best intent of a verdict and its score."""
    if not verdict.ranked:
        return Guess(None, 0.0)
    best = verdict.ranked[0]
    return Guess(best.intent, best.score)


def fit_ours(intents: IntentSet, acts: Mapping[str, Sequence[str]] | None = None) -> Ours:
    """The matcher for ``intents``, fitted afresh."""
    return Ours(Matcher(intents, fit(intents), acts or {}))


OURS = Peer(
    NAME,
    lambda phrases: fit_ours(intent_set(phrases)),
    ("rapidfuzz", "numpy", "pypinyin", "opencc", "pydantic"),
    100_000,
    probable=True,
)
