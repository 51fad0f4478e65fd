"""Personal numbers are taken out before anything else sees the message."""

from __future__ import annotations

import re
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric

# Digits as people type them: full width, in groups, with the X of an identity number at the end.
_DIGITS = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[\s\-.]?[0-9]){5,20}(?:[\s\-.]?[xX])?(?![0-9A-Za-z])"
)
_DOCUMENT = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2}[0-9]{7,9}(?![0-9A-Za-z])")
_PIN = re.compile(
    r"(?P<before>(?:密码|口令|pin|password|passcode)(?:\s*(?:是|为|:|：|=|is|code is|code|号))*\s*)"
    r"[0-9]{4,8}(?![0-9])",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:0?0?86)?1[3-9][0-9]{9}")
_IDENTITY, _CARD, _PHONE = "身份证号", "卡号", "手机号"
_WORDS = {"en": {_IDENTITY: "id number", _CARD: "card number", _PHONE: "phone number"}}


class Masked(NamedTuple):
    """``text`` with each personal number replaced by the name of its kind; whether ``any`` was."""

    text: str
    any: bool


def mask(text: str) -> Masked:
    """``text`` without identity, card, passport and phone numbers and PINs.

    A number counts as an identity number when its check digit holds (GB 11643, python-stdnum) or
    when it has the length of one; as a card number when it has 15 to 19 digits or passes Luhn.
    Telephone hotlines (five digits), years, dates and sums stay.
    """
    chinese = any("\u4e00" <= char <= "\u9fff" for char in text)
    found = False

    def name(kind: str) -> str:
        nonlocal found
        found = True
        return f" {kind} " if chinese else f" {_WORDS['en'][kind]} "

    def number(match: re.Match[str]) -> str:
        digits = re.sub(r"[^0-9xX]", "", match[0])
        if _MOBILE.fullmatch(digits):
            return name(_PHONE)
        if ric.is_valid(digits.upper()) or re.fullmatch(r"[0-9]{17}[0-9xX]|[0-9]{15}", digits):
            return name(_IDENTITY)
        if len(digits) >= 15 or (len(digits) >= 12 and luhn.is_valid(digits)):
            return name(_CARD)
        if re.fullmatch(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", match[0].strip()) or len(digits) >= 9:
            return name(_CARD)
        return match[0]

    def pin(match: re.Match[str]) -> str:
        nonlocal found
        found = True
        return match["before"]

    narrow = text.translate(_NARROW)
    masked = _PIN.sub(pin, _DOCUMENT.sub(lambda _: name(_CARD), _DIGITS.sub(number, narrow)))
    return Masked(masked if found else text, found)


_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)}
