"""Marked-up text that can be cut anywhere: plain spans first, HTML last.

A tag cannot be broken, nor an entity, because neither exists until a part has its final text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Where a text may be cut, best first: after a line, after a sentence, after a word.
_BORDERS = (
    re.compile(r"\n"),
    re.compile(r"[。！？；…]|[.!?;](?=\s)"),
    re.compile(r"\s|[，、：]"),
)
_INVISIBLE = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))


@dataclass(frozen=True, slots=True)
class Span:
    """Plain text inside ``tags``, outermost first, each as it opens: ``b``, ``a href="…"``."""

    text: str
    tags: tuple[str, ...] = ()


Line = tuple[Span, ...]


def escaped(text: str) -> str:
    """``text`` as HTML, in an attribute too. The channel's only escaping."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def html(line: Line) -> str:
    """The line with each tag opened where it starts and closed where it ends."""
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for span in (*(span for span in line if span.text), Span("")):
        kept = len(_shared(opened, span.tags))
        out.extend(f"</{tag.partition(' ')[0]}>" for tag in reversed(opened[kept:]))
        out.extend(f"<{tag}>" for tag in span.tags[kept:])
        out.append(escaped(span.text))
        opened = span.tags
    return "".join(out)


def plain(line: Line) -> str:
    """What is left of the line once Telegram has parsed it."""
    return "".join(span.text for span in line)


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units, two for most emoji."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(text: str) -> bool:
    """Whether there is anything to see; Telegram refuses a message without."""
    return any(unicodedata.category(character) not in _INVISIBLE for character in text)


def joined(lines: Sequence[Line]) -> Line:
    """The lines one below the other; a break inside a quotation stays inside it."""
    line: Line = ()
    for following in lines:
        line = _followed(line, "\n", following) if line else following
    return line


def parted(blocks: Sequence[Sequence[Line]], limit: int) -> list[Line]:
    """The blocks, an empty line between two, as few parts of at most ``limit`` units.

    A part ends between blocks where it can; a block that is longer than a part ends between its
    lines; a line that is longer, after a sentence, a word, a character.
    """
    parts: list[Line] = []
    page: Line = ()
    full = 0
    for block in blocks:
        pieces = _pieces(block, limit)
        if len(pieces) > 1 and page:
            parts.append(page)
            page, full = (), 0
        for border, piece in pieces:
            more = units(plain(piece))
            if not page:
                page, full = piece, more
            elif full + len(border) + more <= limit:
                page, full = _followed(page, border, piece), full + len(border) + more
            else:
                parts.append(page)
                page, full = piece, more
    return [part for part in (*parts, page) if visible(plain(part))]


def _pieces(block: Sequence[Line], limit: int) -> list[tuple[str, Line]]:
    """The block in pieces that fit, each with what stands before it in the same part."""
    whole = joined(block)
    if units(plain(whole)) <= limit:
        return [("\n\n", whole)]
    pieces: list[tuple[str, Line]] = []
    for line in block:
        border, rest = "\n", line
        while units(plain(rest)) > limit:
            head, rest = _cut(rest, limit)
            pieces.append((border, head))
            border = ""
        pieces.append((border, rest))
    return pieces


def _followed(line: Line, border: str, following: Line) -> Line:
    tags = _shared(line[-1].tags, following[0].tags) if border != "\n\n" else ()
    return (*line, Span(border, tags), *following)


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return left[:count]


def _cut(line: Line, limit: int) -> tuple[Line, Line]:
    """The line's longest head that fits and ends well, and the rest."""
    room = _end(plain(line), limit)
    head: list[Span] = []
    rest: list[Span] = []
    for span in line:
        if span.text[:room]:
            head.append(Span(span.text[:room], span.tags))
        if span.text[room:]:
            rest.append(Span(span.text[room:], span.tags))
        room = max(0, room - len(span.text))
    return tuple(head), tuple(rest)


def _end(text: str, limit: int) -> int:
    """Where to cut: the last good border in the second half of what fits, else where it is full."""
    full = counted = 0
    for character in text:
        counted += units(character)
        if counted > limit:
            break
        full += 1
    for border in _BORDERS:
        end = max((found.end() for found in border.finditer(text, 0, full)), default=0)
        if end > full // 2:
            return end
    return full
