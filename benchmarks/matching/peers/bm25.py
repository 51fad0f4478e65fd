"""BM25 over the phrases: the intent of the phrase that ranks first."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s

from benchmarks.matching.datasets import Said
from benchmarks.matching.peers.model import Guess, Model, Peer
from benchmarks.matching.peers.ngrams import characters, words
from bot.matching.normalise import has_han


class Ranked(Model):
    """An index of words, and of Chinese characters by one and two."""

    def __init__(self, phrases: Sequence[Said]) -> None:
        self._intents = [one.intent for one in phrases]
        self._index = bm25s.BM25()
        self._index.index([_terms(one.text) for one in phrases], show_progress=False)

    def guess(self, text: str) -> Guess:
        terms = _terms(text)
        if not terms:
            return Guess(None, 0.0)
        scores = self._index.get_scores(terms)
        best = int(scores.argmax())
        if scores[best] <= 0:
            return Guess(None, 0.0)
        return Guess(self._intents[best], float(scores[best]))


def _terms(text: str) -> list[str]:
    # pairs of English words lose 8 points of accuracy, Chinese triples 1.4; k1 and b move nothing
    return characters(text, 2) if has_han(text) else words(text)


PEERS = [Peer("BM25", Ranked, ("bm25s",), 100_000)]
