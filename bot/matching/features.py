"""A message as weighted features in three views: how it is written, how it sounds, what it means.

Sublinear counts times the inverse class frequency: a feature weighs more the fewer intents have it
(TF-ICF, Wang and Zhang 2013; by phrases, as TF-IDF does, a word that every phrase of one intent has
would weigh little). Each view has length one. In the views of Latin words the length counts
unknown features too, so that a message of strange words stays weak.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise, repeat

import numpy as np
import numpy.typing as npt

from bot.matching.concepts import LATIN, Found
from bot.matching.tokens import Tokens, is_han, stem

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Halves = npt.NDArray[np.uint16]  # the upper two bytes of each float32: see classifier.halved
Ints = npt.NDArray[np.int64]

VIEWS = ("written", "heard", "meant")
# A feature that every message has, one a view: the intercept of the classifier. Beside it, few
# known words weigh little: a message of which hardly anything is known leans on no single word.
# Its weight is the best on what few10 leaves of the training splits, and flat from 3 to 6.
ALWAYS = tuple(f"*{view}" for view in VIEWS)
_ALWAYS_WEIGHS = 4.0
_NONE = repeat(-1)  # the number of a feature that is not known
_TINY = 1e-3  # of mass: what is left of an intercept when rounded
_PAIR_REACH = 8  # words or characters; further apart they say little and cost much in a long story
_PAIRED = 200  # characters of a message that are paired; what is longer is a pasted page
_CHARS = (1, 2, 3, 4)  # lengths of character n-grams within a Latin word
_CONCEPTS = 24  # in one message; a longer story is no clearer, and its pairs would be thousands


def written(tokens: Tokens) -> list[str]:
    """Words, stems, neighbours and pairs of stems; Chinese characters and pairs of them."""
    features: list[str] = []
    latin: list[str] = []
    room = _PAIRED
    for word, spoken in zip(tokens.words, tokens.spoken, strict=True):
        if is_han(word):
            features += word
            features += [f"{a}&{b}" for a, b in _pairs(word, room)]
            room -= len(word)
        elif not spoken:
            latin.append(word)
    stems = [stem(word) for word in latin]
    features += latin
    features += [f"^{word}" for word in stems]
    features += [f"{a} {b}" for a, b in pairwise(stems)]
    for i, a in enumerate(stems):
        near = stems[i + 1 : i + 1 + _PAIR_REACH]
        features += [f"{a}&{b}" if a < b else f"{b}&{a}" for b in near]
    return features


def _pairs(run: Sequence[str], room: int) -> list[tuple[str, str]]:
    """Pairs in order of the first ``room`` of a run, neighbours or not.

    注销 and 社保卡 are both in 注销一下我的社保卡, whatever stands between.
    """
    run = run[: max(0, room)]
    return [(a, b) for i, a in enumerate(run) for b in run[i + 1 : i + 1 + _PAIR_REACH]]


def heard(tokens: Tokens) -> list[str]:
    """Syllables and pairs of them; within Latin words, characters by one to four."""
    features: list[str] = []
    room = _PAIRED
    for word, spoken in zip(tokens.words, tokens.spoken, strict=True):
        if spoken:
            features += [f"{syllable}~" for syllable in spoken]
            features += [f"{a}&{b}~" for a, b in _pairs(spoken, room)]
            room -= len(spoken)
        else:
            features += _spelt(word)
    return features


@lru_cache(maxsize=4096)  # words; 5 MB, and a third of the time that a message takes to be heard
def _spelt(word: str) -> tuple[str, ...]:
    padded = f"_{word}_"
    return tuple("-" + padded[i : i + n] for n in _CHARS for i in range(len(padded) - n + 1))


def meant(tokens: Tokens, found: Sequence[Found]) -> list[str]:
    """Concepts, unordered pairs of them (action with object …), and what no concept explains."""
    names = sorted({("!" if hit.negated else "") + "@" + hit.concept for hit in found})[:_CONCEPTS]
    pairs = [f"{a}+{b}" for i, a in enumerate(names) for b in names[i + 1 :]]
    return [*names, *pairs, *_unexplained(tokens, found)]


def _unexplained(tokens: Tokens, found: Sequence[Found]) -> list[str]:
    """Stems, and neighbouring characters, outside every concept, named as in the written view.

    The two views share the weights of these: "tax" in "tax deregistration documents" must speak
    against a meaning that is otherwise all ours.
    """
    if not found:
        return []  # nothing was meant that it could speak against
    explained = {(hit.token, at) for hit in found for at in range(hit.start, hit.end)}
    features: list[str] = []
    for number, (word, spoken) in enumerate(zip(tokens.words, tokens.spoken, strict=True)):
        if is_han(word):
            free = [(number, at) not in explained for at in range(len(word))]
            at = [i for i in range(len(word) - 1) if free[i] and free[i + 1]]
            features += [f"{word[i]}&{word[i + 1]}" for i in at]
        elif not spoken and (LATIN, number) not in explained:
            features.append(f"^{stem(word)}")
    return features


@dataclass(frozen=True, slots=True)
class Row:
    """A message's known features and their values, view by view; ``known``: their share of all.

    ``ends[v]`` is where view ``v`` ends in ``ids`` and ``values``; each view begins with its
    intercept (see ``ALWAYS``), which does not count in ``known``, 0 to 1.
    """

    ids: Ints
    values: Floats
    ends: tuple[int, ...]
    known: float

    def view(self, number: int) -> tuple[Ints, Floats]:
        """The features of one view."""
        start = self.ends[number - 1] if number else 0
        return self.ids[start : self.ends[number]], self.values[start : self.ends[number]]


class Vectoriser:
    """Turns features into rows; fitted on the phrases."""

    def __init__(self, ids: Mapping[str, int], icf: Floats) -> None:
        """``ids``: the features' numbers, ``ALWAYS`` first; ``icf``: their weights."""
        self.ids, self.icf = ids, icf
        self._unseen = float(icf.max(initial=1.0))

    @classmethod
    def fit(cls, messages: Iterable[tuple[str, Sequence[Mapping[str, int]]]]) -> Vectoriser:
        """``messages``: each phrase's intent, its features and their counts, view by view."""
        seen: Counter[str] = Counter()
        havers: dict[str, int] = defaultdict(int)  # a bit for each intent that has the feature
        bits: dict[str, int] = {}
        for intent, views in messages:
            bit = bits.setdefault(intent, 1 << len(bits))
            for view in views:
                seen.update(view.keys())
                for feature in view:
                    havers[feature] |= bit
        # a pair that one phrase has says nothing that its words do not, and half of all are such
        kept = [feature for feature, count in seen.items() if count > 1 or "&" not in feature]
        every = 1 + len(bits)
        icf = (math.log(every / (1 + havers[feature].bit_count())) + 1 for feature in kept)
        ids = {feature: i for i, feature in enumerate((*ALWAYS, *kept))}
        return cls(ids, np.array([_ALWAYS_WEIGHS] * len(ALWAYS) + list(icf), np.float32))

    def without(self, gone: Ints) -> Vectoriser:
        """The same vectoriser, not knowing the features with these numbers."""
        lost = set(gone.tolist())
        return Vectoriser({f: i for f, i in self.ids.items() if i not in lost}, self.icf)

    def row(self, views: Sequence[dict[str, int]]) -> Row:
        """The row of one message."""
        # All views at once: an array operation costs the same for three as for one.
        get, numbered = self.ids.get, enumerate(views)
        found = (chain((always,), map(get, view, _NONE)) for always, view in numbered)
        numbers = np.fromiter(chain.from_iterable(found), np.int64)
        lengths = [1 + len(view) for view in views]
        starts = [0, *accumulate(lengths[:-1])]
        weights = self.icf[numbers]
        if sum(map(sum, map(dict.values, views))) > sum(map(len, views)):
            counts = chain.from_iterable(chain((1,), view.values()) for view in views)
            times = 1.0 + np.log(np.fromiter(counts, np.float32))
            weights = np.asarray(weights * times, np.float32)
        here = numbers >= 0
        kept, lost, strange = lengths, 0.0, np.zeros(len(views))
        if not here.all():
            lost, strange = self._lost(views, (numbers < 0).nonzero()[0].tolist())
            kept = np.add.reduceat(here, starts, dtype=np.int64).tolist()
            numbers, weights = numbers[here], weights[here]
            starts = [0, *accumulate(kept[:-1])]
        mass = np.add.reduceat(weights * weights, starts)
        values = weights / np.sqrt(mass + strange).repeat(kept)
        known = float(mass.sum()) - len(views) * _ALWAYS_WEIGHS**2
        share = known / (known + lost) if known > _TINY else 0.0
        return Row(numbers, values.astype(np.float32), tuple(accumulate(kept)), share)

    def _lost(
        self, views: Sequence[dict[str, int]], places: Sequence[int]
    ) -> tuple[float, Doubles]:
        """The mass of the unknown features at ``places``: of all, and of what speaks of scope.

        The second by view. Chinese n-grams are mostly new in any new sentence: they do not.
        """
        features = [*chain.from_iterable(chain(("",), view) for view in views)]
        ends = [*accumulate(1 + len(view) for view in views)]
        lost, strange = 0.0, np.zeros(len(views))
        for place in places:
            feature, number = features[place], bisect(ends, place)
            mass = ((1.0 + math.log(views[number][feature])) * self._unseen) ** 2
            lost += mass
            if feature[0] < "\u3400" and feature[-1] != "~":
                strange[number] += mass
        return lost, strange
