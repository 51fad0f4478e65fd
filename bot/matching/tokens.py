"""A normalised text cut into what the features are made of: words, numbers, Chinese runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[a-zà-öø-ÿ]+(?:'[a-z]+)?|[0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORT = re.compile("[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tvz]")  # los(ing), mov(ed): lose, move
_HAN_FIRST = "\u3400"
_CONTRACTED = {"can't": "cannot", "won't": "will not", "shan't": "shall not"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """``words``: Latin words, numbers and Chinese runs in order; ``spoken``: the same in sounds.

    ``spoken[i]`` has the syllables of a Chinese run or of pinyin, and is empty for any other word.
    """

    words: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def latin(self) -> list[str]:
        """The words that are neither Chinese nor pinyin."""
        return [word for word, spoken in zip(self.words, self.spoken, strict=True) if not spoken]


def is_han(word: str) -> bool:
    """Whether a token is a Chinese run."""
    return word[0] >= _HAN_FIRST


def is_latin(word: str) -> bool:
    """Whether a token is a word in Latin letters."""
    return word[0].isalpha() and word[0] < _HAN_FIRST


def words_of(text: str) -> list[str]:
    """The tokens of a normalised text, in order; ``don't`` becomes ``do not``."""
    found: list[str] = []
    for word in _TOKEN.findall(text):
        if "'" in word:
            found += _uncontracted(word)
        else:
            found.append(word)
    return found


def _uncontracted(word: str) -> list[str]:
    word = _CONTRACTED.get(word, word)
    if word.endswith("n't"):
        return [word[:-3], "not"]
    return word.split("'")[0].split() if "'" in word else word.split()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """An English word without its inflection, roughly: cards, card; cancelling, cancelled, cancel.

    Only what lets an editor list a verb once; nothing that merges two words of different meaning.
    """
    if len(word) <= 3 or not word.isascii() or word.isdigit():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(v in base for v in "aeiouy"):
            if base[-1] == base[-2] and base[-1] not in "sz":
                return base[:-1]
            return base + "e" if _SHORT.fullmatch(base) else base.removesuffix("e")
    if word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word.replace("ll", "l")


def sounds(
    words: list[str],
    syllable: Callable[[str], str],
    cut: Callable[[str], Sequence[str]],
    known: frozenset[str] | set[str],
) -> Tokens:
    """``words`` with their sounds; Latin words count as pinyin when the message looks typed so.

    ``syllable`` gives a character's syllable, ``cut`` a Latin word's, ``known`` the Latin words of
    the phrases. A message is typed in pinyin when the unknown words that cut into syllables are at
    least two syllables in all and outnumber the other words: "can you change" is not.
    """
    cuts: dict[str, Sequence[str]] = {}
    pinyin = others = 0
    for word in words:
        if is_latin(word) and word not in cuts:
            cuts[word] = cut(word)
            if word not in known and cuts[word]:
                pinyin += len(cuts[word])
            elif not cuts[word]:
                others += 1
    typed = pinyin >= 2 and pinyin > 2 * others
    merged: list[str] = []
    spoken: list[tuple[str, ...]] = []
    for word in words:
        if is_han(word):
            merged.append(word)
            spoken.append(tuple(map(syllable, word)))
        elif typed and cuts.get(word):
            if spoken and spoken[-1] and not is_han(merged[-1]):
                # "she bao ka" and "shebao ka" are one run, as 社保卡 is
                merged[-1] += word
                spoken[-1] += tuple(cuts[word])
            else:
                merged.append(word)
                spoken.append(tuple(cuts[word]))
        else:
            merged.append(word)
            spoken.append(())
    return Tokens(tuple(merged), tuple(spoken))
