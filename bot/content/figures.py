"""The figures in a text: numbers, dates, percentages, articles, alike in both languages."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from re import Match

from bot.content.model import Lang

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
# "May" begins sentences; beside a day or a year it is a month.
_DATED = re.compile(rf"([0-9]{{1,2}} )?\b({'|'.join(_MONTHS)})\b( [0-9]{{4}})?")
# The paragraphs of a statute are numbered (1) in English and （一） in Chinese.
_MARKER = re.compile(r"^\([0-9]{1,2}\)", re.MULTILINE)
_NUMBER = re.compile(
    r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:\s?(million|billion|万|亿))?(\s?%|\sper\s?cent\b)?"
)
_TIMES = {"": 1, "million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8}
_NUMERAL = "[零〇一二三四五六七八九十百]+"
_ARTICLE = re.compile(rf"第({_NUMERAL})(?=[条章款])")
_SHARE = re.compile(rf"(百分|千分|万分)之({_NUMERAL})")
_PER_CENT = {"百分": Decimal(1), "千分": Decimal("0.1"), "万分": Decimal("0.01")}
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0}


def figures(text: str, lang: Lang) -> Counter[str]:
    """The figures in ``text`` in plain digits, how often each: ``20``, ``0.05%``, ``10000``.

    Months are numbers, as in Chinese; 第二十六条 is 26, 万分之五 is 0.05%, 1万 is 10000. Other
    numbers in words (two, 两, twenty, 十五年) are words, in both languages: whoever writes digits
    in one writes them in the other.
    """
    if lang == "en":
        text = _DATED.sub(_month, _MARKER.sub("", text))
    else:
        text = _SHARE.sub(_percentage, _ARTICLE.sub(lambda found: str(_value(found[1])), text))
    return Counter(map(_plain, _NUMBER.finditer(text)))


def _plain(found: Match[str]) -> str:
    number = Decimal(found[1].replace(",", "")) * _TIMES[found[2] or ""]
    return f"{number.normalize():f}{'%' if found[3] else ''}"


def _month(found: Match[str]) -> str:
    day, year = found[1] or "", found[3] or ""
    alone = found[2] == "May" and not day and not year
    return found[0] if alone else f"{day}{_MONTHS.index(found[2]) + 1}{year}"


def _percentage(found: Match[str]) -> str:
    return f"{_value(found[2]) * _PER_CENT[found[1]]}%"


def _value(numeral: str) -> int:
    # The matcher's number_of is a layer above; it takes digits and 两 as well.
    total = digit = 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
