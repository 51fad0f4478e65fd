"""The nearest phrase by a score of rapidfuzz."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from benchmarks.matching.datasets import Said
from benchmarks.matching.peers.model import Guess, Model, Peer, plain

Scorer = Callable[..., float]
_BLOCK = 500  # messages compared at once: 30 MB of scores beside 15,000 phrases


class Nearest(Model):
    """The phrase that scores highest; the first one of several."""

    def __init__(self, phrases: Sequence[Said], scorer: Scorer) -> None:
        self._texts = [_clean(one.text) for one in phrases]
        self._intents = [one.intent for one in phrases]
        self._scorer = scorer

    def guess(self, text: str) -> Guess:
        found = process.extractOne(_clean(text), self._texts, scorer=self._scorer)
        if found is None:
            return Guess(None, 0.0)
        return Guess(self._intents[found[2]], found[1] / 100)

    def guess_all(self, texts: Sequence[str]) -> list[Guess]:
        guesses: list[Guess] = []
        for start in range(0, len(texts), _BLOCK):
            asked = [_clean(text) for text in texts[start : start + _BLOCK]]
            table = process.cdist(asked, self._texts, scorer=self._scorer, workers=-1)
            best = np.asarray(table).argmax(axis=1)
            guesses += [
                Guess(self._intents[i], float(row[i]) / 100)
                for i, row in zip(best, table, strict=True)
            ]
        return guesses


def _clean(text: str) -> str:
    return default_process(plain(text))


def _peer(scorer: Scorer) -> Peer:
    name = f"rapidfuzz {scorer.__name__}"
    return Peer(name, lambda phrases: Nearest(phrases, scorer), ("rapidfuzz",), 100_000)


PEERS = [_peer(scorer) for scorer in (fuzz.WRatio, fuzz.token_set_ratio, fuzz.QRatio)]
