"""Messages as people mistype them: typos in Latin letters, homophones in Chinese."""

from __future__ import annotations

import random
import string
from collections import defaultdict
from functools import lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin

from bot.content.model import Lang

LEVELS = (0, 1, 2)  # how many mistakes a message


def mistyped(text: str, lang: Lang, mistakes: int, seed: int) -> str:
    """``text`` with ``mistakes`` in it, the same ones for the same ``seed``."""
    dice = random.Random(f"{seed}:{mistakes}:{text}")
    return _homophones(text, mistakes, dice) if lang == "zh" else _typos(text, mistakes, dice)


def _typos(text: str, mistakes: int, dice: random.Random) -> str:
    for _ in range(mistakes):
        changed = text
        while changed == text:  # swapping two equal letters is no mistake
            changed = _edited(text, dice)
        text = changed
    return text


def _edited(text: str, dice: random.Random) -> str:
    letter = dice.choice(string.ascii_lowercase)
    at = dice.randrange(len(text)) if text else 0
    match dice.choice(("insert", "delete", "substitute", "swap")):
        case "insert":
            at = dice.randint(0, len(text))
            return text[:at] + letter + text[at:]
        case "delete" if len(text) > 1:
            return text[:at] + text[at + 1 :]
        case "swap" if len(text) > 1:
            at = min(at, len(text) - 2)
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case _:
            return text[:at] + letter + text[at + 1 :]


def _homophones(text: str, mistakes: int, dice: random.Random) -> str:
    # The sound in its context (长 of 长城 is chang), as a person types it and as no table of
    # single characters has it: the matcher's own table must not mark its own homework.
    sounds = lazy_pinyin(text, style=Style.NORMAL, errors=_one_by_one)
    if len(sounds) != len(text):
        sounds = [lazy_pinyin(char, style=Style.NORMAL, errors=_one_by_one)[0] for char in text]
    others = _by_sound()
    choices = [
        (at, [char for char in others[sound] if char != text[at]])
        for at, sound in enumerate(sounds)
        if text[at] in _characters()
    ]
    choices = [(at, chars) for at, chars in choices if chars]
    changed = list(text)
    for at, chars in dice.sample(choices, min(mistakes, len(choices))):
        changed[at] = dice.choice(chars)
    return "".join(changed)


def _one_by_one(other: str) -> Any:
    """What is not Chinese, a character each, so that sounds stay in step with the text."""
    return list(other)


@lru_cache(maxsize=1)
def _characters() -> frozenset[str]:
    """The 6,763 Chinese characters of GB2312: rows 16 to 87."""
    codes = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(16, 88) for cell in range(1, 95))
    return frozenset("".join(code.decode("gb2312", errors="ignore") for code in codes))


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    """The characters of GB2312 by syllable, tones left out as in typing."""
    heard: dict[str, list[str]] = defaultdict(list)
    for char in sorted(_characters()):
        heard[lazy_pinyin(char, style=Style.NORMAL)[0]].append(char)
    return heard
