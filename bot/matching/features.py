"""What a message shows, in three views: how it is written, how it sounds, what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.matching.concepts import LATIN, Found
from bot.matching.tokens import Tokens, is_han, stem

VIEWS = ("written", "meant", "heard")
_PAIR_REACH = 8  # words or characters; further apart they say little and cost much in a long story
_PAIRED = 200  # characters of a message that are paired; what is longer is a pasted page
_CHARS = (2, 3, 4)  # lengths of character n-grams within a Latin word
# The stem of every number, beside the number itself: "multiply 7 by 42" is "multiply 3 by 9" again.
_NUMBER = "#"
_CONCEPTS = 24  # in one message; a longer story is no clearer, and its pairs would be thousands


class Features(NamedTuple):
    """``views``: features and their counts, view by view; ``words``: to be ``spelt`` in the last.

    Apart, because there are few words and many ways to spell one out: see ``Vectoriser``.
    ``repaired``: how many words stand for others that were typed.
    """

    views: tuple[Counter[str], ...]
    words: Sequence[str]
    repaired: int = 0


def features_of(tokens: Tokens, found: Sequence[Found], repaired: int = 0) -> Features:
    """The features of a message in which ``repaired`` words were put right."""
    views = (written(tokens), meant(tokens, found), heard(tokens))
    return Features(tuple(map(Counter, views)), tokens.latin, repaired)


def written(tokens: Tokens) -> list[str]:
    """Words, stems, neighbours and pairs of stems; Chinese characters and pairs of them."""
    features: list[str] = []
    room = _PAIRED
    for word in filter(is_han, tokens.words):
        features += word
        features += [f"{a}&{b}" for a, b in _pairs(word, room)]
        room -= len(word)
    stems = [_stem(word) for word in tokens.latin]
    features += tokens.latin
    features += [f"^{word}" for word in stems]
    features += [f"{a} {b}" for a, b in pairwise(stems)]
    for i, a in enumerate(stems):
        near = stems[i + 1 : i + 1 + _PAIR_REACH]
        features += [f"{a}&{b}" if a < b else f"{b}&{a}" for b in near]
    return features


def _stem(word: str) -> str:
    return _NUMBER if word.isdigit() else stem(word)


def _pairs(run: Sequence[str], room: int) -> list[tuple[str, str]]:
    """Pairs in order of the first ``room`` of a run, neighbours or not.

    注销 and 社保卡 are both in 注销一下我的社保卡, whatever stands between.
    """
    run = run[: max(0, room)]
    return [(a, b) for i, a in enumerate(run) for b in run[i + 1 : i + 1 + _PAIR_REACH]]


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
            features.append(f"^{_stem(word)}")
    return features


def heard(tokens: Tokens) -> list[str]:
    """Syllables and pairs of them; Latin words are ``spelt``."""
    features: list[str] = []
    room = _PAIRED
    for spoken in filter(None, tokens.spoken):
        features += [f"{syllable}~" for syllable in spoken]
        features += [f"{a}&{b}~" for a, b in _pairs(spoken, room)]
        room -= len(spoken)
    return features


def spelt(word: str) -> list[str]:
    """A Latin word's characters by two to four."""
    padded = f"_{word}_"
    return ["-" + padded[i : i + n] for n in _CHARS for i in range(len(padded) - n + 1)]
