"""The bot's own words from ``knowledge/phrases.yaml``, filled in."""

from __future__ import annotations

from functools import reduce

from bot.content.library import Library
from bot.content.model import Lang, Text


class Words:
    """Speaks one language: ``words("torn")``, ``words.of(answer.title)``."""

    def __init__(self, library: Library, lang: Lang) -> None:
        self._phrases = library.phrases
        self.lang = lang

    def __call__(self, key: str, **fields: object) -> str:
        """The phrase ``key`` with its {braces} filled in."""
        return self._phrases[key].in_(self.lang).format(**fields)

    def of(self, text: Text) -> str:
        """``text`` in this language."""
        return text.in_(self.lang)

    def listed(self, items: list[str]) -> str:
        """Items in a row, separated as the language does it."""
        return reduce(lambda one, two: self("pair", one=one, two=two), items)
