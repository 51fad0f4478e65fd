"""What Telegram has under an answer besides the desk's own buttons: rate, share, copy a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from bot.channels.telegram.keys import Copy, Link, Rows
from bot.content.model import Text
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

    def rows(self, reply: Reply) -> Rows:
        """The rows that go below those of the desk."""
        # what can be "not what I meant" is an answer to a question, and no small talk
        answers = any(button.action == pack(NotMeant()) for button in reply.buttons)
        rating = self._rating(reply) if answers and reply.intent else ()
        sharing = self._sharing(reply) if answers and reply.intent else ()
        copying = tuple(
            Copy(self.word(COPY, reply, number=number), number)
            for number in _phones(reply.blocks)[:_NUMBERS]
        )
        rows: Rows = (rating, (*copying, *sharing))
        return tuple(row for row in rows if row)

    def link(self, payload: str) -> str:
        """The deep link into our private chat."""
        return deep_link(self._username(), payload)

    def word(self, key: str, reply: Reply, **blanks: str) -> str:
        """A text of ours in the language and script of the reply."""
        text = self._words[key].in_(reply.lang).format(**blanks)
        return traditional(text) if reply.traditional else text

    def _rating(self, reply: Reply) -> tuple[Button, ...]:
        intent = reply.intent or ""
        return (
            Button(self.word(HELPED, reply), pack(Rate(intent, helped=True))),
            Button(self.word(NOT_HELPED, reply), pack(Rate(intent, helped=False))),
        )

    def _sharing(self, reply: Reply) -> tuple[Link, ...]:
        """A link to the answer, not the answer: whoever opens it reads what is true then.

        By t.me/share and not by switch_inline_query: that one is refused until the operator has
        turned on inline mode, and with it the whole message.
        """
        username, intent = self._username(), reply.intent or ""
        if not username or not is_payload(intent):
            return ()
        title = next((each.text for each in reply.blocks if isinstance(each, Heading)), "")
        url = quote(deep_link(username, intent), safe="")
        link = f"https://t.me/share/url?url={url}&text={quote(title, safe='')}"
        return (Link(self.word(SHARE, reply), link),)


@lru_cache(maxsize=1024)
def _phones(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The numbers that the blocks tell people to dial, each once, in order."""
    return tuple(dict.fromkeys(number for text in _texts(blocks) for number in dialled(text)))


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text) | Note(text):
                yield text
            case Listing(items):
                yield from items
