"""Dates as the house writes them: 29 December 2018, December 2018; 2018年12月29日, 2018年12月."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.content.model import Lang
from bot.content.problem import Problem, quoted
from bot.content.said import Said

_MONTHS = "January February March April May June July August September October November December"
_MONTH = f"(?:{_MONTHS.replace(' ', '|')})"
_SHORT = "(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_FIGURES = r"(?<![0-9./-])(?:19|20)[0-9]{2}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?(?![0-9])"
_OTHER: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(
        rf"{_FIGURES}|\b{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,? [0-9]{{4}})?"
        rf"|\b[0-9]{{1,2}}(?:st|nd|rd|th) (?:of )?{_MONTH}\b|\b0[1-9] {_MONTH}\b"
        rf"|\b[0-9]{{1,2}} {_SHORT}\b|\b{_SHORT}\.? [0-9]{{1,4}}\b"
    ),
    "zh": re.compile(rf"{_FIGURES}|[0-9]{{1,2}}月[0-9]{{1,2}}号|(?<![0-9])0[1-9][月日]"),
}
_WHOLE: dict[Lang, re.Pattern[str]] = {
    "en": re.compile(rf"\b(?P<day>[0-9]{{1,2}}) (?P<month>{_MONTH}) (?P<year>[0-9]{{4}})\b"),
    "zh": re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"),
}
_DIGIT = re.compile("[0-9]")
_LIKE: dict[Lang, str] = {"en": "29 December 2018", "zh": "2018年12月29日"}


def odd_dates(texts: Iterable[Said]) -> Iterator[Problem]:
    """Warnings: dates in another form, and dates that no calendar has."""
    for text in texts:
        for lang, other in _OTHER.items():
            words = text.in_(lang)
            if not _DIGIT.search(words):
                continue
            for found in other.finditer(words):
                what = f"{quoted(found[0])} is a date in another form"
                yield text.problem(lang, what, f"write it like {_LIKE[lang]}")
            for found in _WHOLE[lang].finditer(words):
                if not _is_a_day(**found.groupdict()):
                    what = f"{quoted(found[0])} is a day that no calendar has"
                    yield text.problem(lang, what, "look it up, and write it anew")


def _is_a_day(year: str, month: str, day: str) -> bool:
    number = int(month) if month.isdigit() else _MONTHS.split().index(month) + 1
    try:
        date(int(year), number, int(day))
    except ValueError:
        return False
    return True
