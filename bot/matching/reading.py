"""A message as the matcher reads it: normalised, repaired, heard, with its concepts found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from bot.content.model import Lexicon
from bot.matching.concepts import ConceptFinder, Found
from bot.matching.features import Features, features_of
from bot.matching.normalise import normalise
from bot.matching.pinyin import Syllables
from bot.matching.repair import MOST_REPAIRED, Speller
from bot.matching.tokens import Tokens, is_han, sounds, words_of


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` normalised; ``repairs``: (typed, read as); ``found``: concepts in order."""

    text: str
    tokens: Tokens
    repairs: tuple[tuple[str, str], ...]
    found: tuple[Found, ...]

    def features(self) -> Features:
        """What the classifier sees of it."""
        return features_of(self.tokens, self.found, len(self.repairs))

    @property
    def length(self) -> int:
        """How much was said: words, and two for every three Chinese characters."""
        return sum(
            max(1, len(word) * 2 // 3) if is_han(word) else max(1, len(spoken))
            for word, spoken in zip(self.tokens.words, self.tokens.spoken, strict=True)
        )


class Reader:
    """Reads messages with the ears, the spelling and the lexicon that it was given."""

    def __init__(self, syllables: Syllables, known: Sequence[str], lexicon: Lexicon) -> None:
        self._syllables = syllables
        self._speller = Speller(known)
        self.concepts = ConceptFinder(lexicon, syllables.of)

    def read(self, text: str) -> Reading:
        """``text`` as typed, read."""
        normal = normalise(text)
        typed = words_of(normal)
        heard_as = sounds(typed, self._syllables.of, self._syllables.cut, self._speller.known)
        spelt = list(heard_as.words)
        unknown = (
            at
            for at, (word, spoken) in enumerate(zip(spelt, heard_as.spoken, strict=True))
            if not spoken and not self._speller.knows(word)
        )
        for at in islice(unknown, MOST_REPAIRED):
            spelt[at] = self._speller.repair(spelt[at])
        repairs = tuple(
            (was, now) for was, now in zip(heard_as.words, spelt, strict=True) if was != now
        )
        tokens = Tokens(tuple(spelt), heard_as.spoken)
        return Reading(normal, tokens, repairs, self.concepts.find(tokens))
