"""Telegram's HTML, parsed as strictly as its documentation asks.

https://core.telegram.org/bots/api#html-style: only these tags; every <, > and & that is not part
of one or of an entity must be escaped; only lt, gt, amp, quot and numeric entities. The real server
lets a bare & pass today; whoever relies on it breaks on the day it does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from tests.botapi.refusal import bad_request

MAX_UNITS = 4096

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ATTRIBUTES = {"a": {"href"}, "blockquote": {"expandable"}}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Zs"}


@dataclass
class Formatted:
    """A text as a client shows it, and where its formatting lies (UTF-16 units)."""

    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parsed(text: str, parse_mode: str | None) -> Formatted:
    """The message that the text makes. Raises Refusal in the words of the real server."""
    if not text:
        raise bad_request("message text is empty")
    if parse_mode in (None, ""):
        formatted = Formatted(_clean(text))
    elif str(parse_mode).lower() == "html":
        formatted = _Reader().read(text)
    else:
        raise bad_request("unsupported parse_mode")
    if units(formatted.text) > MAX_UNITS:
        raise bad_request("message is too long")
    if all(unicodedata.category(character) in INVISIBLE for character in formatted.text):
        raise bad_request("text must be non-empty")
    return _trimmed(formatted)


class _Reader(HTMLParser):
    """html.parser forgives; this does not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._formatted = Formatted("")
        self._open: list[tuple[str, dict[str, Any]]] = []
        self._tags_seen = 0

    def read(self, text: str) -> Formatted:
        if text.count("&") != len(ENTITY.findall(text)):
            raise _unparsable("a bare & or an unknown entity")
        self.feed(text)
        self.close()
        if text.count("<") != self._tags_seen or text.count(">") != self._tags_seen:
            raise _unparsable("a bare < or > or a broken tag")
        if self._open:
            raise _unparsable(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"'
            )
        return self._formatted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags_seen += 1
        if tag not in TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}"')
        given = dict(attrs)
        if given.keys() - ATTRIBUTES.get(tag, set()) or len(given) != len(attrs):
            raise _unparsable(f'Unsupported attribute of tag "{tag}"')
        if tag == "blockquote" and any(name == tag for name, _ in self._open):
            raise _unparsable("blockquotes can't be nested")
        entity: dict[str, Any] = {"type": TAGS[tag], "offset": units(self._formatted.text)}
        if tag == "a":
            if not re.match(r"(https?|tg|mailto)://?[^\s]+", given.get("href") or ""):
                raise _unparsable("a link without an address")
            entity["url"] = given["href"]
        if "expandable" in given:
            entity["type"] = "expandable_blockquote"
        self._open.append((tag, entity))

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        raise _unparsable(f'Unsupported start tag "{tag}/"')

    def handle_endtag(self, tag: str) -> None:
        self._tags_seen += 1
        if not self._open:
            raise _unparsable(f'Unexpected end tag "{tag}"')
        opened, entity = self._open.pop()
        if opened != tag:
            raise _unparsable(f'Unmatched end tag, expected "</{opened}>", found "</{tag}>"')
        entity["length"] = units(self._formatted.text) - entity["offset"]
        if entity["length"]:
            self._formatted.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self._formatted.text += _clean(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(unescape(f"&#{name};"))

    def handle_comment(self, data: str) -> None:
        raise _unparsable(f'Unsupported start tag "!--{data[:8]}"')

    def handle_decl(self, decl: str) -> None:
        raise _unparsable(f'Unsupported start tag "!{decl[:8]}"')

    def handle_pi(self, data: str) -> None:
        raise _unparsable(f'Unsupported start tag "?{data[:8]}"')


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")


def _clean(text: str) -> str:
    """Control characters become spaces, as TDLib's clean_input_string does."""
    return "".join(" " if each < " " and each != "\n" else each for each in text.replace("\r", ""))


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.strip()
    cut = units(formatted.text) - units(formatted.text.lstrip())
    end = units(text)
    entities = []
    for entity in sorted(formatted.entities, key=lambda each: (each["offset"], -each["length"])):
        start = max(0, entity["offset"] - cut)
        stop = min(end, entity["offset"] + entity["length"] - cut)
        if stop > start:
            entities.append({**entity, "offset": start, "length": stop - start})
    return Formatted(text, entities)
