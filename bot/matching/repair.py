"""Misspelt words put right, from the words that the phrases and the lexicon know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.tokens import is_latin, stem

# The lowest that gains at two typos and loses nothing on clean text (docs/benchmarks.md).
CLOSE_ENOUGH = 0.72
SHORTEST = 3  # a repaired two-letter word is a guess
# Rare words are the misspelt ones and the names; a long list of them costs time and finds little.
MOST_WORDS = 6000


class Speller:
    """The known words, most frequent first; ``repair`` puts an unknown one right."""

    def __init__(self, words: Iterable[str]) -> None:
        counted = Counter(word for word in words if is_latin(word))
        self.words = tuple(word for word, _ in counted.most_common(MOST_WORDS))
        self.known = frozenset(counted)
        self._stems = frozenset(map(stem, counted))
        self._targets = [word for word in self.words if len(word) >= SHORTEST]
        self._memory: dict[str, str] = {}

    def repair(self, word: str) -> str:
        """The known word nearest to ``word``, or ``word`` itself where none is near."""
        if word in self.known or len(word) < SHORTEST or not is_latin(word):
            return word
        if stem(word) in self._stems:
            return word  # "losed" is a wrong form of "lose", not a misspelt "closed"
        if word not in self._memory:
            if len(self._memory) > 10_000:
                self._memory.clear()
            found = process.extractOne(
                word, self._targets, scorer=OSA.normalized_similarity, score_cutoff=CLOSE_ENOUGH
            )
            self._memory[word] = found[0] if found else word
        return self._memory[word]
