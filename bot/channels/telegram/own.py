"""The channel's own words in the language and script of what they answer. Pure."""

from __future__ import annotations

import re

from bot.content.model import Lang, Text
from bot.dialogue.language import is_traditional
from bot.dialogue.script import traditional
from bot.matching.normalise import has_han

_LETTERS = re.compile("[A-Za-z]{2,}")


def like(text: Text, shown: str, otherwise: Lang | None) -> str:
    """``text`` as ``shown`` is written; ``otherwise`` decides where there is no word in it."""
    if has_han(shown):
        return traditional(text.zh) if is_traditional(shown) else text.zh
    return text.in_("en" if _LETTERS.search(shown) else otherwise or "en")
