"""Every text that the desk can say, in both languages, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.draft import Draft
from bot.content.model import Lang
from bot.content.problem import Problem, Severity
from bot.content.source import Node

QUOTE = "quote"  # the key of a statute's own words, which nobody may put otherwise


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages as it was typed; ``key`` is the key or index it stands at."""

    file: str
    key: str
    en: str
    zh: str
    en_line: int
    zh_line: int

    def in_(self, lang: Lang) -> str:
        """The words in ``lang``."""
        return self.en if lang == "en" else self.zh

    def problem(self, lang: Lang, what: str, mend: str, severity: Severity = "warning") -> Problem:
        """A problem of the words in ``lang``."""
        line = self.en_line if lang == "en" else self.zh_line
        return Problem(self.file, line, what, mend, severity)


def said(draft: Draft) -> Iterator[Said]:
    """The texts of every entry: all that has ``en`` and ``zh`` as texts side by side.

    Phrases and names are lists under these keys: they are what people type, and nobody says them.
    """
    for entry in draft.entries():
        if entry is not draft.lexicon:
            yield from _below(entry.file, entry.name, entry.node)


def _below(file: str, key: str, node: Node) -> Iterator[Said]:
    en, zh = node.inside.get("en"), node.inside.get("zh")
    if en and zh and isinstance(en.plain, str) and isinstance(zh.plain, str):
        yield Said(file, key, en.plain, zh.plain, en.line, zh.line)
        return
    for name, child in node.inside.items():
        yield from _below(file, str(name), child)
