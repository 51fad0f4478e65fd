"""Inline keyboards: the desk's buttons, links and texts to copy, as Telegram has them. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.dialogue.turn import Button


@dataclass(frozen=True, slots=True)
class Link:
    """A key that opens an address; the bot does not hear of it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A key that copies 1 to 256 characters; the bot does not hear of it. Bot API 7.11."""

    label: str
    text: str


Key = Button | Link | Copy
Rows = tuple[tuple[Key, ...], ...]


def markup(rows: Rows) -> dict[str, Any] | None:
    """As ``reply_markup`` takes it; None for no key at all."""
    keyboard = [[_as_json(key) for key in row] for row in rows if row]
    return {"inline_keyboard": keyboard} if keyboard else None


@lru_cache(maxsize=1024)
def as_json(rows: Rows) -> str | None:
    """The same as text: a keyboard is sent again and again, and to write it takes 20 µs."""
    keyboard = markup(rows)
    return json.dumps(keyboard, ensure_ascii=False) if keyboard else None


def plain(rows: Rows) -> Rows:
    """Only what every Bot API server knows."""
    kept = (tuple(key for key in row if isinstance(key, Button)) for row in rows)
    return tuple(row for row in kept if row)


def rows_of(keyboard: InlineKeyboardMarkup | None) -> Rows:
    """The keyboard under a message of ours; a key of a kind that we do not make is left out."""
    rows: list[tuple[Key, ...]] = []
    for row in keyboard.inline_keyboard if keyboard is not None else ():
        keys: list[Key] = []
        for key in row:
            if isinstance(key.callback_data, str):
                keys.append(Button(key.text, key.callback_data))
            elif key.url is not None:
                keys.append(Link(key.text, key.url))
            elif key.copy_text is not None:
                keys.append(Copy(key.text, key.copy_text.text))
        rows.append(tuple(keys))
    return tuple(rows)


def packed(rows: Rows) -> list[list[list[str]]]:
    """As JSON, for a reply that waits in the store."""
    return [[_packed(key) for key in row] for row in rows]


def unpacked(rows: list[list[list[str]]]) -> Rows:
    """The rows again; of a version that knew buttons only, too."""
    return tuple(tuple(_unpacked(*key) for key in row) for row in rows)


def _packed(key: Key) -> list[str]:
    match key:
        case Button(label, action):
            return [label, action]
        case Link(label, url):
            return [label, url, "url"]
        case Copy(label, text):
            return [label, text, "copy"]


def _unpacked(label: str, what: str, kind: str = "") -> Key:
    match kind:
        case "url":
            return Link(label, what)
        case "copy":
            return Copy(label, what)
        case _:
            return Button(label, what)


def _as_json(key: Key) -> dict[str, Any]:
    match key:
        case Button(label, action):
            return {"text": label, "callback_data": action}
        case Link(label, url):
            return {"text": label, "url": url}
        case Copy(label, text):
            return {"text": label, "copy_text": {"text": text}}
