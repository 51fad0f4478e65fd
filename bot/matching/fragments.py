"""Phrases without what is telling in them: what is left says nothing.

"I want to check my …" is ours and anybody's, yet every class that has a phrase of the kind learns
to like it. Shown as examples of no class, such fragments teach the classes to stand on the rest.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.matching.examples import NOTHING, Example
from bot.matching.normalise import normalise
from bot.matching.tokens import is_han, stem, words_of
from bot.matching.vectoriser import icf_of

_EVERY = 2  # one phrase in two: all of them bring no more and take twice as long to learn from
_TOLD = 0.4  # the share that is taken away, in squared weights; with 0.5 half of the gain is gone
_SHORTEST = 3  # words or characters; of less, nothing would be left


def fragments(phrases: Sequence[Example]) -> Iterator[Example]:
    """The fragments of ``phrases``, each with the key of the phrase it was made from.

    What is telling is what few intents have, weighed as the vectoriser weighs it.
    """
    cut = [_pieces(one.text) for one in phrases]
    havers: dict[str, set[str]] = defaultdict(set)
    for one, pieces in zip(phrases, cut, strict=True):
        for piece in pieces:
            havers[stem(piece)].add(one.label)
    every = 1 + len({one.label for one in phrases})
    for one, pieces in zip(phrases, cut, strict=True):
        # a hash, not a random number: the same content gives the same model
        if len(pieces) >= _SHORTEST and zlib.crc32(one.text.encode()) % _EVERY == 0:
            icf = [icf_of(len(havers[stem(piece)]), every) for piece in pieces]
            yield Example(_joined(_untold(pieces, icf)), NOTHING, one.key)


def _untold(pieces: Sequence[str], icf: Sequence[float]) -> list[str]:
    """``pieces`` without the most telling ones."""
    left = _TOLD * sum(weight * weight for weight in icf)
    gone: set[int] = set()
    for at in sorted(range(len(pieces)), key=lambda i: -icf[i]):
        if left <= 0:
            break
        left -= icf[at] ** 2
        gone.add(at)
    return [piece for at, piece in enumerate(pieces) if at not in gone]


def _pieces(text: str) -> list[str]:
    """Words, and Chinese characters one by one."""
    words = words_of(normalise(text))
    return [piece for word in words for piece in (word if is_han(word) else (word,))]


def _joined(pieces: Sequence[str]) -> str:
    return "".join(piece if is_han(piece) else f" {piece} " for piece in pieces)
