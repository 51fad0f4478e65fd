"""Which language, and which script, a message is in."""

from __future__ import annotations

import re

from bot.content.model import Lang
from bot.dialogue.script import traditional
from bot.matching.normalise import has_han, simplified

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2,}")


def language_of(text: str, typed_in_pinyin: bool) -> Lang | None:
    """The language of ``text``, or None when it has no words; pinyin is Chinese.

    A Chinese sentence with foreign names in it is Chinese: one Latin word weighs two characters,
    and less when it is all there is (PIN忘了).
    """
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if not han and not latin:
        return None
    return "zh" if typed_in_pinyin or (han and han >= 2 * latin) else "en"


def is_traditional(text: str) -> bool | None:
    """Whether ``text`` is in traditional script; None when it may be either, like 你好."""
    if not has_han(text):
        return None
    if simplified(text) != text:
        return True
    return False if traditional(text) != text else None
