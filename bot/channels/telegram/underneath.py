"""What Telegram has under an answer besides the desk's own buttons: rate, share, copy a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from bot.channels.telegram.keys import Copy, Link, Rows
from bot.channels.telegram.render import ANSWERS
from bot.content.model import Lang, Text
from bot.content.phones import dialled
from bot.dialogue.actions import NotMeant, Rate, pack
from bot.dialogue.script import traditional
from bot.dialogue.turn import Block, Button, Heading, Listing, Note, Paragraph, Reply

HELPED, NOT_HELPED, SHARE, COPY = "helped", "not_helped", "share", "copy_phone"
IN_PRIVATE = "ask_in_private"
KEYS = (HELPED, NOT_HELPED, SHARE, COPY, IN_PRIVATE)

_NUMBERS = 2  # beside "Share" in one row; an answer names the right one first
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what t.me/<bot>?start= takes


def deep_link(username: str, payload: str) -> str:
    """The address that opens the private chat and says ``/start payload`` there."""
    if not is_payload(payload):
        raise ValueError(f"a start payload has 1 to 64 of A-Z, a-z, 0-9, _ and -, not {payload!r}")
    return f"https://t.me/{username}?start={payload}"


def is_payload(text: str) -> bool:
    """Whether Telegram takes it behind ``?start=``."""
    return _PAYLOAD.fullmatch(text) is not None


class Underneath:
    """``words`` are the bot's own texts; ``username`` is known once the bot has started."""

    def __init__(self, words: Mapping[str, Text], username: Callable[[], str]) -> None:
        self._words = words
        self._username = username
        self._known = lru_cache(maxsize=ANSWERS)(self._rows)  # 100 µs, and most are asked again

    def rows(self, reply: Reply) -> Rows:
        """The rows that go below those of the desk."""
        # what can be "not what I meant" is an answer to a question, and no small talk
        answers = any(button.action == pack(NotMeant()) for button in reply.buttons)
        intent = reply.intent if answers else None
        return self._known(reply.lang, reply.traditional, intent, reply.blocks)

    def link(self, payload: str) -> str:
        """The deep link into our private chat."""
        return deep_link(self._username(), payload)

    def _rows(
        self, lang: Lang, in_traditional: bool, intent: str | None, blocks: tuple[Block, ...]
    ) -> Rows:
        def word(key: str, **blanks: str) -> str:
            text = self._words[key].in_(lang).format(**blanks)
            return traditional(text) if in_traditional else text

        rating: tuple[Button, ...] = ()
        sharing: tuple[Link, ...] = ()
        if intent is not None:
            rating = (
                Button(word(HELPED), pack(Rate(intent, helped=True))),
                Button(word(NOT_HELPED), pack(Rate(intent, helped=False))),
            )
            if self._username() and is_payload(intent):
                sharing = (Link(word(SHARE), self._share(intent, blocks)),)
        numbers = dict.fromkeys(number for text in _texts(blocks) for number in dialled(text))
        copying = tuple(
            Copy(word(COPY, number=number), number) for number in list(numbers)[:_NUMBERS]
        )
        rows: Rows = (rating, (*copying, *sharing))
        return tuple(row for row in rows if row)

    def _share(self, intent: str, blocks: tuple[Block, ...]) -> str:
        """A link to the answer, not the answer: whoever opens it reads what is true then.

        By t.me/share and not by switch_inline_query: that one is refused until the operator has
        turned on inline mode, and with it the whole message.
        """
        title = next((each.text for each in blocks if isinstance(each, Heading)), "")
        url = quote(self.link(intent), safe="")
        return f"https://t.me/share/url?url={url}&text={quote(title, safe='')}"


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text) | Note(text):
                yield text
            case Listing(items):
                yield from items
