"""Both languages state the same figures: 30 working days in one and 20 in the other is a lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.content.figures import figures
from bot.content.problem import Problem
from bot.content.said import Said


def unequal(texts: Iterable[Said]) -> Iterator[Problem]:
    """Warnings: figures that stand in one language and not, or less often, in the other."""
    for text in texts:
        en, zh = figures(text.en, "en"), figures(text.zh, "zh")
        if en == zh:
            continue
        lacking = [f"{_shown(only)} in {lang} only" for lang, only in _only(en, zh) if only]
        mend = "write the same figures in both, as digits in both or as words in both"
        yield text.problem("zh", f"the figures differ: {', '.join(lacking)}", mend)


def _only(en: Counter[str], zh: Counter[str]) -> tuple[tuple[str, Counter[str]], ...]:
    return ("en", en - zh), ("zh", zh - en)


def _shown(only: Counter[str]) -> str:
    return " ".join(sorted(only.elements(), key=lambda figure: (len(figure), figure)))
