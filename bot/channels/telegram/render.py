"""A Reply as Telegram shows it: parts in HTML, and the keyboard under the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from bot.channels.telegram.keys import Rows
from bot.channels.telegram.spans import Line, Span, escaped, html, parted, visible
from bot.content.model import Lang
from bot.dialogue.turn import (
    Block,
    Button,
    Citation,
    Heading,
    Listing,
    Note,
    Paragraph,
    Reply,
    Sources,
)

ANSWERS = 1024  # kept rendered: there are some hundred, and to render one takes 0.3 ms; 8 MB
PART_UNITS = 4096  # Telegram's limit for a message, counted once its markup is parsed
ACTION_BYTES = 64  # Telegram's limit for callback_data
LABEL_LENGTH = 64  # more than two lines on a phone are not read
SHORT: dict[Lang, int] = {"en": 14, "zh": 8}  # half the width of a small phone
MARKS = {"checklist": "☐ ", "bullets": "• "}

BOLD = ("b",)
ITALIC = ("i",)
QUOTE = ("blockquote expandable",)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Messages in the order in which they are sent; ``rows`` go under the last."""

    parts: tuple[str, ...]
    rows: Rows = ()


def render(reply: Reply) -> Rendered:
    """What to send. Raises ValueError where Telegram would refuse: nothing to see, a long action.

    A heading stays with the block below it.
    """
    try:
        return _rendered(reply.lang, reply.blocks, reply.buttons)
    except Nothing:
        what = reply.intent or reply.outcome
        raise ValueError(f"a reply with nothing to see: {what}") from None


class Nothing(ValueError):  # noqa: N818
    """No block has anything that can be seen."""


@lru_cache(maxsize=ANSWERS)
def _rendered(lang: Lang, said: tuple[Block, ...], buttons: tuple[Button, ...]) -> Rendered:
    blocks: list[list[Line]] = []
    heading: list[Line] = []
    for block in said:
        lines = [line for line in _lines(block) if line]
        if isinstance(block, Heading):
            heading = [*heading, *lines]
        elif lines:
            blocks.append([*heading, (Span(""),), *lines] if heading else lines)
            heading = []
    if heading:
        blocks.append(heading)
    parts = tuple(html(part) for part in parted(blocks, PART_UNITS))
    if not parts:
        raise Nothing
    return Rendered(parts, _rows(buttons, SHORT[lang]))


def _lines(block: Block) -> list[Line]:
    match block:
        case Heading(text):
            return [_line(text, BOLD)]
        case Paragraph(text):
            return [_line(text)]
        case Note(text):
            return [_line(text, ITALIC)]
        case Listing(items, style, title):
            return [_line(title, BOLD), *_items(items, style)]
        case Citation():
            return _citation(block)
        case Sources(title, sources):
            return [
                _line(title, ITALIC),
                *(
                    (Span("• "), Span(source.text, _anchor(source.link)))
                    for source in sources
                    if visible(source.text)
                ),
            ]
        case _:
            assert_never(block)


def _line(text: str, tags: tuple[str, ...] = ()) -> Line:
    return (Span(text, tags),) if visible(text) else ()


def _items(items: Sequence[str], style: str) -> list[Line]:
    shown = [item for item in items if visible(item)]
    return [
        (Span(MARKS.get(style, f"{number}. ")), Span(item))
        for number, item in enumerate(shown, start=1)
    ]


def _citation(citation: Citation) -> list[Line]:
    """The title and what it means, then the statute's own words, folded up until tapped."""
    folded = [
        line
        for line in (
            _line(citation.quote, QUOTE),
            _line(citation.translation, QUOTE),
            _line(citation.note, (*QUOTE, *ITALIC) if citation.quote else ITALIC),
        )
        if line
    ]
    spaced = [line for each in folded for line in ((Span("", each[0].tags[:1]),), each)]
    return [_line(citation.title, BOLD), _line(citation.text), *spaced[1:]]


def _anchor(link: str) -> tuple[str, ...]:
    return (f'a href="{escaped(link)}"',) if link else ()


def _rows(buttons: Sequence[Button], short: int) -> Rows:
    """Two short labels share a row; a longer one has its own."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        if not 1 <= len(button.action.encode()) <= ACTION_BYTES:
            raise ValueError(f"an action of 1 to {ACTION_BYTES} bytes, not {button.action!r}")
        last = rows[-1] if rows else ()
        if len(last) == 1 and max(len(last[0].label), len(button.label)) <= short:
            rows[-1] = (*last, button)
        else:
            rows.append((button,))
    return tuple(tuple(Button(_label(each.label), each.action) for each in row) for row in rows)


def _label(label: str) -> str:
    """At most LABEL_LENGTH characters, cut after a word where there is one."""
    if len(label) <= LABEL_LENGTH:
        return label
    words, space, _ = label[:LABEL_LENGTH].rpartition(" ")
    head = words if space and len(words) > LABEL_LENGTH // 2 else label[: LABEL_LENGTH - 1]
    return f"{head.rstrip(' ,;:，、')}…"
