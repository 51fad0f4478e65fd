"""Article numbers are a rule, not a similarity: 第二十六条, article 26, art. 26, 26条."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NUMBER = r"([0-9]{1,3}|[零〇一二两三四五六七八九十百]{1,6})"
# Without 第 only digits count, and nothing that is counted may follow: 哪一条 asks which article,
# 3条狗 are dogs.
_ZH = re.compile(
    rf"第\s*{_NUMBER}\s*条|(?<![0-9.])([0-9]{{1,3}})\s*条(?=$|[\s的是讲说规内写怎呢吗啊里中有,，。.?？!！:：]|什么)"
)
_EN = re.compile(
    r"\b(?:articles?|arts?|section|clause)\b[\s.]*(?:no\b[\s.]*|number\s+)?([0-9]{1,3})\b"
)
_OTHER_ACT = re.compile(r"([\u4e00-\u9fff]{2,}?(?:法|条例|办法|规定))[》」]?\s*第")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number_of(written: str) -> int:
    """A number in digits or Chinese numerals up to 999: ``二十六`` is 26."""
    if not {"十", "百"} & set(written):  # 26, 二六
        return int("".join(str(_DIGITS.get(char, char)) for char in written))
    total, digit = 0, 0
    for char in written:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def article_in(text: str, acts: Mapping[str, Sequence[str]], main: str) -> str | None:
    """The id of the article that a normalised text names (``social_insurance_law/26``), or None.

    ``acts``: each act's id and its names, normalised; ``main``: the act that is meant when none is
    named. None also when the article belongs to an act that is not among them.
    """
    named = _EN.search(text) or _ZH.search(text)
    if not named:
        return None
    number = number_of(next(filter(None, named.groups())))
    found = [(len(name), act) for act, names in acts.items() for name in names if name in text]
    if found:
        return f"{max(found)[1]}/{number}"
    return None if _OTHER_ACT.search(text) else f"{main}/{number}"
