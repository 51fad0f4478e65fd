"""Utterances that are equal or nearly equal, among thousands, in a fraction of a second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bot.content.model import Lang
from bot.content.words import compared

# One word of thirteen, or one character of a dozen: at 0.9 "e social security card" and "sell
# social security card" come together, which two people ask for two things.
ALIKE = 0.92
_FEWEST_WORDS, _FEWEST_CHARACTERS = 4, 8  # below, one letter more is another question
_AT_ONCE = 128  # rows compared with one window of lengths
_MARKS = re.compile(r"\W+")


def plain(text: str, lang: Lang) -> str:
    """``text`` as two utterances are compared: no case, no width, no punctuation."""
    return _MARKS.sub(" " if lang == "en" else "", compared(text)).strip()


def is_long(text: str, lang: Lang) -> bool:
    """Whether a plain text says enough to be nearly equal to another."""
    if lang == "en":
        return len(text.split()) >= _FEWEST_WORDS
    return len(text) >= _FEWEST_CHARACTERS


def alike(ones: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every pair of indexes, of ``ones`` and of ``others``, whose plain texts are nearly equal.

    Nearly: 1 - (letters to insert and delete) / (letters of both) is at least ``ALIKE``. Only texts
    of similar length are compared, for no others can reach it.
    """
    rows = sorted(range(len(ones)), key=lambda i: len(ones[i]))
    columns = sorted(range(len(others)), key=lambda i: len(others[i]))
    lengths = np.array([len(others[i]) for i in columns])
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        first = np.searchsorted(lengths, len(ones[some[0]]) * ALIKE / (2 - ALIKE))
        last = np.searchsorted(lengths, len(ones[some[-1]]) * (2 - ALIKE) / ALIKE, "right")
        near = columns[first:last]
        scores = process.cdist(
            [ones[i] for i in some],
            [others[i] for i in near],
            scorer=Indel.normalized_similarity,
            score_cutoff=ALIKE,
            dtype=np.float32,
        )
        for row, column in np.argwhere(scores):
            yield some[row], near[column]
