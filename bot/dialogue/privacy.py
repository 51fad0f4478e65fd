"""Personal numbers are taken out before anything else sees the message."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from stdnum.cn import ric

# Digits as people type them: in groups, with dashes and brackets, with spaces that nobody sees,
# glued to words, with the X of an identity number at the end.
_GAP = r"[\s\-.()（）－\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]"
_DIGITS = re.compile(rf"[0-9](?:{_GAP}{{0,3}}[0-9]){{5,}}(?:[\s\-.]?[xX](?![A-Za-z]))?")
_DOCUMENT = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2}[0-9]{7,9}(?![0-9])")
_PIN = re.compile(
    r"(?P<before>(?:密码|密碼|口令|(?<![a-z])pin|password|passcode)"
    r"(?:\s|[是为為就改成设設置的了:：=,，]|'s|is|was|to|code|number|no\.?)*)"
    # not five digits, a hotline's, and no year
    r"(?:[0-9]{6,8}|[0-9]{4}(?!年))(?![0-9])",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:0?0?86)?1[3-9][0-9]{9}")
_IDENTITY, _CARD, _PHONE = "身份证号", "卡号", "手机号"
_WORDS = {"en": {_IDENTITY: "id number", _CARD: "card number", _PHONE: "phone number"}}

# Nobody's number: days, periods and hotlines, one after another, with or without an area code.
_DAY = (
    r"(?:19|20)[0-9]{2}"
    r"(?:-?(?:0?[1-9]|1[0-2])(?:-?(?:0?[1-9]|[12][0-9]|3[01])(?:-(?:[01]?[0-9]|2[0-4]))?)?)?"
)
_HOTLINE = (
    r"(?:12[0-9]{3}|95[0-9]{3}|96[0-9]{3,4}|100[0-9]{2}"
    r"|(?:010|02[0-9]|0[3-9][0-9]{2})-?12(?:333|393|329|345|366))"
)
_NOBODYS = re.compile(rf"(?:{_DAY}|{_HOTLINE})(?:-(?:{_DAY}|{_HOTLINE}))*")
_SUM = re.compile(r"[0-9]{1,9}\.[0-9]{1,2}")


class Masked(NamedTuple):
    """``text`` with each personal number replaced by the name of its kind; whether ``any`` was."""

    text: str
    any: bool


def mask(text: str) -> Masked:
    """``text`` without identity, card, passport and phone numbers and PINs.

    A number counts as an identity number when its check digit holds (GB 11643, python-stdnum) or
    when it has the length of one; as a card number when it has nine digits or more.
    Telephone hotlines, years, dates and sums stay.
    """
    chinese = any("\u4e00" <= char <= "\u9fff" for char in text)
    found = False

    def name(kind: str) -> str:
        nonlocal found
        found = True
        return f" {kind} " if chinese else f" {_WORDS['en'][kind]} "

    def number(match: re.Match[str]) -> str:
        if _NOBODYS.fullmatch(re.sub(f"{_GAP}+", "-", match[0])) or _SUM.fullmatch(match[0]):
            return match[0]
        digits = re.sub(r"[^0-9xX]", "", match[0])
        if _MOBILE.fullmatch(digits):
            return name(_PHONE)
        if ric.is_valid(digits.upper()) or re.fullmatch(r"[0-9]{17}[0-9xX]|[0-9]{15}", digits):
            return name(_IDENTITY)
        return name(_CARD) if len(digits) >= 9 else match[0]

    def pin(match: re.Match[str]) -> str:
        nonlocal found
        found = True
        return match["before"]

    narrow = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    masked = _PIN.sub(pin, _DOCUMENT.sub(lambda _: name(_CARD), _DIGITS.sub(number, narrow)))
    return Masked(masked if found else text, found)
