"""A message's features as numbers with weights.

Sublinear counts times the inverse class frequency: a feature weighs more the fewer intents have it
(TF-ICF, Wang and Zhang 2013; by phrases, as TF-IDF does, a word that every phrase of one intent has
would weigh little). Each view has length one at most, its intercept aside. In the views of Latin
words the length counts unknown features too, and some for each word that was repaired, so that a
message of strange words stays weak.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.matching.features import VIEWS, Features, spelt

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.uint16]  # the upper two bytes of each float32: see classifier.halved
Ints = npt.NDArray[np.int64]

# A feature that every message has, one a view: the intercept of the classifier. It is scaled with
# the others but is no part of the length, or a short message would be weak for being short. With
# more weight strangers are told a little better, ours a little worse (docs/decisions/0015).
ALWAYS = tuple(f"*{view}" for view in VIEWS)
_ALWAYS_WEIGHS = 7.0
_LEAST = 3.0  # a view that comes to less is left shorter than one: what all say says little
# Unknown features that a repaired word counts as: a stranger's words are put "right" into ours too.
# On CLINC150's validation split 6 to 14 tell strangers equally well.
_DOUBTED = 8
_REMEMBERED = 4096  # words; the same few thousand come again and again


def icf_of(havers: int, every: int) -> float:
    """What a feature weighs that ``havers`` intents have; ``every``: one more than all intents."""
    return math.log(every / (1 + havers)) + 1


class Spelling(NamedTuple):
    """A word spelt out: its known features, their weights, their mass and that of the unknown."""

    word: str
    ids: Ints
    icf: Floats
    mass: float
    lost: float


@dataclass(frozen=True, slots=True)
class Row:
    """A message's known features and their values, view by view; ``known``: their share of all.

    ``ends[v]`` is where view ``v`` ends in ``ids`` and ``values``; each view begins with its
    intercept (see ``ALWAYS``), which does not count in ``known``, 0 to 1; where no word, character
    or syllable is known, it is 0, whatever letters are. To the last view belong the spellings of
    the words too, in which ``scale`` times ``icf`` are the values.
    """

    ids: Ints
    values: Floats
    ends: tuple[int, ...]
    known: float
    spelt: tuple[Spelling, ...]
    scale: float

    def view(self, number: int) -> tuple[Ints, Floats]:
        """The features of one view and their values; a feature may stand there twice."""
        start, end = self.ends[number - 1] if number else 0, self.ends[number]
        ids, values = self.ids[start:end], self.values[start:end]
        if not self.spelt or number < len(self.ends) - 1:
            return ids, values
        letters = (one.icf * np.float32(self.scale) for one in self.spelt)
        return np.concatenate([ids, *(one.ids for one in self.spelt)]), np.concatenate(
            [values, *letters]
        )


class Vectoriser:
    """Turns features into rows; fitted on the phrases."""

    def __init__(self, ids: Mapping[str, int], icf: Floats) -> None:
        """``ids``: the features' numbers, ``ALWAYS`` first; ``icf``: their weights."""
        self.ids, self.icf = ids, icf
        self._unseen = float(icf.max(initial=1.0))
        self._weight = icf.data  # one by one, twice as fast as the array itself
        self._spelling = lru_cache(maxsize=_REMEMBERED)(self._spell)

    @classmethod
    def fit(cls, messages: Iterable[tuple[str, Features]]) -> Vectoriser:
        """``messages``: each phrase's intent and its features."""
        seen: Counter[str] = Counter()
        havers: dict[str, int] = defaultdict(int)  # a bit for each intent that has the feature
        bits: dict[str, int] = {}
        for intent, (views, words, _) in messages:
            bit = bits.setdefault(intent, 1 << len(bits))
            letters = chain.from_iterable(map(spelt, words))
            for feature in dict.fromkeys(chain(chain.from_iterable(views), letters)):
                seen[feature] += 1
                havers[feature] |= bit
        # a pair that one phrase has says nothing that its words do not, and half of all are such
        kept = [feature for feature, count in seen.items() if count > 1 or "&" not in feature]
        every = 1 + len(bits)
        icf = (icf_of(havers[feature].bit_count(), every) for feature in kept)
        ids = {feature: i for i, feature in enumerate((*ALWAYS, *kept))}
        return cls(ids, np.array([_ALWAYS_WEIGHS] * len(ALWAYS) + list(icf), np.float32))

    def without(self, gone: Ints) -> Vectoriser:
        """The same vectoriser, not knowing the features with these numbers."""
        lost = set(gone.tolist())
        return Vectoriser({f: i for f, i in self.ids.items() if i not in lost}, self.icf)

    def row(self, features: Features) -> Row:
        """The row of one message."""
        ids: list[int] = []
        weights: list[float] = []
        ends: list[int] = []
        squares: list[float] = []
        told = lost = 0.0
        get, weight_of, unseen = self.ids.get, self._weight, self._unseen**2
        for always, view in enumerate(features.views):
            ids.append(always)
            weights.append(_ALWAYS_WEIGHS)
            mass = strange = 0.0
            for feature, count in view.items():
                number = get(feature)
                often = 1.0 + math.log(count) if count > 1 else 1.0
                if number is None:
                    missing = often * often * unseen
                    lost += missing
                    # Chinese n-grams are mostly new in any new sentence: they do not count
                    if feature[0] < "\u3400" and feature[-1] != "~":
                        strange += missing
                else:
                    weight = often * weight_of[number]
                    ids.append(number)
                    weights.append(weight)
                    mass += weight * weight
            told += mass
            squares.append(mass + strange)
            ends.append(len(ids))
        worded = told > 0
        letters = tuple(self._spelling(word) for word in dict.fromkeys(features.words))
        for spelling in letters:
            told += spelling.mass
            lost += spelling.lost
            squares[-1] += spelling.mass + spelling.lost
        doubted = _DOUBTED * features.repaired * unseen
        lost += doubted
        squares[0] += doubted
        squares[-1] += doubted
        numbers, values = np.array(ids, np.int64), np.array(weights, np.float32)
        start, scale = 0, 1.0
        for end, square in zip(ends, squares, strict=True):
            scale = 1.0 / max(_LEAST, math.sqrt(square))
            values[start:end] *= scale
            start = end
        # "qwrtp zxcvb" has letters in common with our words, as anything has
        share = told / (told + lost) if worded else 0.0
        return Row(numbers, values, tuple(ends), share, letters, scale)

    def _spell(self, word: str) -> Spelling:
        found = [self.ids.get(feature, -1) for feature in spelt(word)]
        known = np.array([number for number in found if number >= 0], np.int64)
        icf = self.icf[known]
        lost = (len(found) - len(known)) * self._unseen**2
        return Spelling(word, known, icf, float((icf * icf).sum()), lost)
