"""A reply in traditional script, for those who type it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import TypeVar

from bot.dialogue.turn import Reply

T = TypeVar("T")
# What a program reads, not a person.
_NOT_WORDS = {"action", "link", "style", "intent", "outcome", "lang", "candidates"}


@lru_cache(maxsize=1)
def _convert():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # 40 ms that English-only talks never pay

    # not s2t, which writes the old forms that nobody types: 纔 for 才, 爲 for 為, 羣衆 for 群眾
    return OpenCC("s2hk").convert


def traditional(text: str) -> str:
    """``text`` in traditional characters."""
    return str(_convert()(text))


def in_traditional(reply: Reply) -> Reply:
    """``reply`` with every Chinese word that a person reads in traditional characters."""
    return _converted(reply)


def _converted(value: T) -> T:
    if isinstance(value, str):
        return traditional(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(map(_converted, value))  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _converted(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _NOT_WORDS
        }
        return replace(value, **changed)
    return value
