"""A message as weighted features in three views: how it is written, how it sounds, what it means.

TF-IDF with sublinear counts, each view of length one (Salton and Buckley 1988). In the views of
Latin words the length counts unknown features too, so that a message of strange words stays weak.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.matching.concepts import LATIN, Found
from bot.matching.tokens import Tokens, is_han, stem

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Ints = npt.NDArray[np.int64]

VIEWS = ("written", "heard", "meant")
_PAIR_REACH = 8  # words or characters; further apart they say little and cost much in a long story
_PAIRED = 160  # characters of a Chinese run that are paired; what is longer is a pasted page
_CHARS = (1, 2, 3, 4)  # lengths of character n-grams within a Latin word
_CONCEPTS = 24  # in one message; a longer story is no clearer, and its pairs would be thousands
_RUN = 3  # the longest n-gram of Chinese characters or syllables


def written(tokens: Tokens) -> list[str]:
    """Words, stems, neighbours and pairs of stems; characters by one to three, and their pairs."""
    features: list[str] = []
    latin: list[str] = []
    for word, spoken in zip(tokens.words, tokens.spoken, strict=True):
        if is_han(word):
            for n in range(1, _RUN + 1):
                features += [word[i : i + n] for i in range(len(word) - n + 1)]
            features += [f"{a}&{b}" for a, b in _apart(word)]
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


def _apart(run: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs in order that are no neighbours: 注销 and 社保卡 in 注销一下我的社保卡."""
    run = run[:_PAIRED]
    return [(a, b) for i, a in enumerate(run) for b in run[i + 2 : i + 2 + _PAIR_REACH]]


def heard(tokens: Tokens) -> list[str]:
    """Syllables by one to three, and their pairs; within Latin words, characters by one to four."""
    features: list[str] = []
    for word, spoken in zip(tokens.words, tokens.spoken, strict=True):
        if spoken:
            for n in range(1, _RUN + 1):
                features += ["~".join(spoken[i : i + n]) + "~" for i in range(len(spoken) - n + 1)]
            features += [f"{a}&{b}~" for a, b in _apart(spoken)]
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
    """Stems, and characters by two, outside every concept, named as in the written view.

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
            features += [word[i : i + 2] for i in range(len(word) - 1) if free[i] and free[i + 1]]
        elif not spoken and (LATIN, number) not in explained:
            features.append(f"^{stem(word)}")
    return features


@dataclass(frozen=True, slots=True)
class Row:
    """A message's known features and their values, view by view; ``known``: their share of all.

    ``ends[v]`` is where view ``v`` ends in ``ids`` and ``values``; ``known`` is 0 to 1.
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

    def __init__(self, ids: Mapping[str, int], idf: Floats) -> None:
        self.ids, self.idf = ids, idf
        self._unseen = float(idf.max(initial=1.0))

    @classmethod
    def fit(cls, messages: Iterable[Sequence[Mapping[str, int]]]) -> Vectoriser:
        """``messages``: for each phrase its features and their counts, view by view."""
        seen: Counter[str] = Counter()
        total = 0
        for views in messages:
            total += 1
            for view in views:
                seen.update(view.keys())
        # a pair that one phrase has says nothing that its words do not, and half of all are such
        seen = Counter({f: n for f, n in seen.items() if n > 1 or "&" not in f})
        idf = np.fromiter((math.log((1 + total) / (1 + n)) + 1 for n in seen.values()), np.float32)
        return cls({feature: i for i, feature in enumerate(seen)}, idf)

    def without(self, gone: Ints) -> Vectoriser:
        """The same vectoriser, not knowing the features with these numbers."""
        lost = set(gone.tolist())
        return Vectoriser({f: i for f, i in self.ids.items() if i not in lost}, self.idf)

    def row(self, views: Sequence[Mapping[str, int]]) -> Row:
        """The row of one message."""
        ids: list[int] = []
        values: list[Floats] = []
        ends: list[int] = []
        known = unknown = 0.0
        for view in views:
            numbers = list(map(self.ids.get, view))
            here = [number for number in numbers if number is not None]
            weights = self.idf[here]
            strange = 0.0
            if len(here) < len(numbers):
                lost, strange = self._lost(view, numbers)
                unknown += lost
            if max(view.values(), default=1) > 1:
                counts = [n for n, at in zip(view.values(), numbers, strict=True) if at is not None]
                weights = np.asarray(weights * (1.0 + np.log(counts)), np.float32)
            mass = float(weights @ weights)
            known += mass
            values.append(weights / np.float32(math.sqrt(mass + strange)) if mass else weights)
            ids += here
            ends.append(len(ids))
        share = known / (known + unknown) if known else 0.0
        return Row(np.array(ids, np.int64), np.concatenate(values), tuple(ends), share)

    def _lost(self, view: Mapping[str, int], numbers: Sequence[int | None]) -> tuple[float, float]:
        """The mass of a view's unknown features: of all, and of those that speak of scope.

        Chinese n-grams are mostly new in any new sentence: they do not.
        """
        lost = strange = 0.0
        for (feature, count), number in zip(view.items(), numbers, strict=True):
            if number is None:
                mass = (1.0 + math.log(count)) ** 2 if count > 1 else 1.0
                lost += mass
                if feature[0] < "\u3400" and feature[-1] != "~":
                    strange += mass
        return lost * self._unseen**2, strange * self._unseen**2
