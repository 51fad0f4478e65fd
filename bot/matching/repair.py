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
MOST_REPAIRED = 24  # words of a message; one with more that are unknown is in no language of ours


class Speller:
    """The known words, most frequent first; ``repair`` puts an unknown one right."""

    def __init__(self, words: Iterable[str]) -> None:
        counted = Counter(word for word in words if is_latin(word))
        self.words = tuple(word for word, _ in counted.most_common(MOST_WORDS))
        self.known = frozenset(counted)
        self._stems = frozenset(map(stem, counted))
        self._targets: dict[int, list[str]] = {}  # by the length of the word that is unknown
        self._memory: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands as it is: known, a form of a known one, or too short to tell."""
        if word in self.known or len(word) < SHORTEST or not is_latin(word):
            return True
        return stem(word) in self._stems  # "losed" is a form of "lose", not a misspelt "closed"

    def repair(self, word: str) -> str:
        """The known word nearest to ``word``, or ``word`` itself where none is near."""
        if self.knows(word):
            return word
        if word not in self._memory:
            if len(self._memory) > 10_000:
                self._memory.clear()
            found = process.extractOne(
                word,
                self._near(len(word)),
                scorer=OSA.normalized_similarity,
                score_cutoff=CLOSE_ENOUGH,
            )
            self._memory[word] = found[0] if found else word
        return self._memory[word]

    def _near(self, length: int) -> list[str]:
        """The words whose length alone does not make them too unlike, most frequent first."""
        if length not in self._targets:
            least = max(SHORTEST, CLOSE_ENOUGH * length)
            self._targets[length] = [
                word for word in self.words if least <= len(word) <= length / CLOSE_ENOUGH
            ]
        return self._targets[length]
