"""Every phone number that the desk names is one that a source or a referral vouches for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pydantic import BaseModel
from rapidfuzz.distance import OSA

from bot.content.draft import Draft, Entry
from bot.content.model import LANGS
from bot.content.problem import Problem, quoted
from bot.content.said import Said
from bot.content.source import Node

# Behind these a number is one to dial: "call 120", "call the police on 110", 打120.
_CALLED = re.compile(
    r"(?:\b(?:call|dial|ring|phone)(?: [a-z]+){0,3} |[打拨] ?)([0-9]{3,}(?:-[0-9]+)*)",
    re.IGNORECASE,
)
# What is dialled in China: 12333 and the like, 95588, 020-…, 400-…, 138 and eight more; neither
# part of an address (si.12333.gov.cn) nor an amount.
_DIALLED = re.compile(
    r"(?<![0-9.,-])"
    r"(1[12][0-9]{3}|9[56][0-9]{3,4}|0[0-9]{2,3}-[0-9]{5,8}|[48]00-?[0-9]{3}-?[0-9]{4}|1[3-9][0-9]{9})"
    r"(?![0-9-]|[.,][0-9]|\.gov)(?!\s?(?:%|元|万|人|yuan|people))"
)
_DIGIT = re.compile("[0-9]")
_DIGITS = re.compile(r"(?<![0-9.,-])([0-9]{4,6})(?![0-9-]|[.,][0-9])")
_AREA = re.compile(r"0[0-9]{2,3}-([0-9]{5})")  # the hotline of another place


def dialled(words: str) -> list[str]:
    """What can be dialled in ``words``, in order: 12333, 0756-12345678; no year and no amount."""
    return _DIALLED.findall(words)


def unknown_phones(draft: Draft, texts: Iterable[Said]) -> Iterator[Problem]:
    """Phone numbers that nobody vouches for: a slip of one digit sends people to a stranger."""
    if draft.sources is None or draft.referrals is None:
        return
    known = set(_listed((*draft.sources, *draft.referrals)))
    for text in texts:
        for lang in LANGS:
            words = text.in_(lang)
            for phone in _phones(words, known) if _DIGIT.search(words) else ():
                area = _AREA.fullmatch(phone)
                if phone not in known and not (area and area[1] in known):
                    what = f"{quoted(phone)} is no phone number that a source vouches for"
                    yield text.problem(lang, what, _mend(phone, known), "error")


def _listed(entries: Iterable[Entry[BaseModel]]) -> Iterator[str]:
    # As typed, so that another mistake in a source makes no number a wrong one.
    for entry in entries:
        for node in entry.node.inside.get("phones", Node(1)).inside.values():
            yield str(node.plain)


def _phones(words: str, known: Collection[str]) -> dict[str, None]:
    """What looks like a phone number in ``words``, each once, in order."""
    found = [*_CALLED.findall(words), *_DIALLED.findall(words)]
    found += [number for number in _DIGITS.findall(words) if _nearest(number, known)]
    return dict.fromkeys(found)


def _nearest(number: str, known: Collection[str]) -> str | None:
    """The known number that ``number`` is a slip of: one digit wrong, missing, twice or swapped.

    Short ones (110, 120) are left out: too many numbers are near them.
    """
    long = (phone for phone in sorted(known) if len(phone) >= 5)
    return next((phone for phone in long if OSA.distance(number, phone) == 1), None)


def _mend(phone: str, known: Collection[str]) -> str:
    if near := _nearest(phone, known):
        return f"did you mean {near}?"
    return "mend it, or write it under phones: of its source in sources.yaml"
