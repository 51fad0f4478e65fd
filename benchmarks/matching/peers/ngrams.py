"""The features that the peers which count words and n-grams are given."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from pypinyin import Style, lazy_pinyin

from benchmarks.matching.peers.model import plain

_WORD = re.compile(r"[^\W_\u3400-\u9fff]+")
_RUN = re.compile(r"[^\W_]+")
_CHARS = (1, 2, 3, 4)
_RUNS = (1, 2, 3)


def words(text: str) -> list[str]:
    """Words one by one."""
    return _WORD.findall(plain(text))


def words_and_pairs(text: str) -> list[str]:
    """Words by one and two."""
    found = words(text)
    return found + [" ".join(pair) for pair in pairwise(found)]


def letters(text: str) -> list[str]:
    """Characters by one to four within each word, its borders counted."""
    return [
        padded[i : i + n]
        for word in _WORD.findall(plain(text))
        for padded in (f" {word} ",)
        for n in _CHARS
        for i in range(len(padded) - n + 1)
    ]


def characters(text: str, longest: int = 3) -> list[str]:
    """Characters of Chinese text by one to ``longest``; its digits and Latin letters too."""
    return [
        run[i : i + n]
        for run in _RUN.findall(plain(text))
        for n in range(1, longest + 1)
        for i in range(len(run) - n + 1)
    ]


def syllables(text: str) -> list[str]:
    """Pinyin syllables by one, two and three; digits and Latin letters stand for themselves."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        spoken = lazy_pinyin(run, style=Style.NORMAL, errors=_one_by_one)
        found += ["~".join(spoken[i : i + n]) for n in _RUNS for i in range(len(spoken) - n + 1)]
    return found


def _one_by_one(other: str) -> Any:
    return list(other)
