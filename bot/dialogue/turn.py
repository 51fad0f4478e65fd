"""One turn of talk: what comes in, what goes out, and what is remembered between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.content.model import Lang
from bot.matching.outcome import Candidate

Outcome = Literal["answered", "asked", "declined", "chat"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person did: typed ``text`` (commands too: ``/law 26``), or tapped a button.

    ``action`` is the tapped button's action and ``text`` is empty then. ``lang_hint`` is what the
    channel knows of the person's language, ``traditional_hint`` of the script; what is typed wins
    over both. ``today`` is the
    day on which the question is asked, for review dates.
    """

    text: str
    today: date
    action: str | None = None
    lang_hint: Lang | None = None
    traditional_hint: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply. ``action`` is at most 64 bytes of ASCII, the same after a restart."""

    label: str
    action: str


# A reply is a list of blocks; each channel renders them its own way. All texts are plain: no
# markup, nothing escaped.


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: what is local, when it was reviewed."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines under an optional ``title``: steps have numbers, checklists boxes, facts bullets."""

    items: tuple[str, ...]
    style: Literal["steps", "checklist", "bullets"]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A law article: ``title`` names it, ``text`` explains it, ``quote`` has its own words.

    ``translation`` is the unofficial English of the quote (empty in a Chinese reply), ``note`` says
    so, or says what has changed since.
    """

    title: str
    text: str
    quote: str = ""
    translation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in words: title, publisher, date; ``link`` may be empty."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    title: str
    lines: tuple[SourceLine, ...]


Block = Heading | Paragraph | Note | Listing | Citation | Sources


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk says: at least one block; ``buttons`` in the order in which they are shown.

    ``outcome`` and ``candidates`` are what ``ask --json`` prints; ``chat`` is a reply that answers
    no question (a greeting, a language switch), printed as answered.
    """

    lang: Lang
    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    outcome: Outcome = "chat"
    intent: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    traditional: bool = False  # the script of its Chinese


@dataclass(frozen=True, slots=True)
class Session:
    """What is remembered of one talk; plain values only, so that any store can keep it.

    Never the person's words: an intent's id, the buttons last shown, a count.
    """

    lang: Lang = "en"
    lang_chosen: bool = False  # by /language, rather than followed
    topic: str | None = None  # the intent last answered
    case: str | None = None
    buttons: tuple[Button, ...] = field(default=())
    others: tuple[str, ...] = ()  # intents that came next, for "not what I meant"
    misses: int = 0  # in a row
    traditional: bool = False  # the script last typed
    script_chosen: bool = False  # by /settings, rather than followed
    place: str | None = None  # the region last named, whose rules are told as well
