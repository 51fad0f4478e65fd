"""What becomes of a message whose keyboard was tapped. Pure but for the taps it remembers.

A choice turns into the next choice, in place. An answer stays as it is, to be scrolled back to:
what is asked from it comes as a new message, and the key is ticked.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from bot.channels.telegram.keys import Copy, Key, Rows
from bot.channels.telegram.spans import escaped
from bot.dialogue.actions import (
    Adjust,
    Elsewhere,
    NoneOfThese,
    Rate,
    SetLanguage,
    SetPlace,
    ShowGroup,
    ShowMenu,
    unpack,
)
from bot.dialogue.turn import Button, Paragraph, Reply

REMEMBERED = 10_000  # messages that were tapped; of an older one the ticks on it tell
TICK = "✓"
DONE = "="  # before the action of a key that has been answered; it means so after a restart too
ACTION_BYTES, LABEL_LENGTH = 64, 64


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped key and the message under which it is, as far as Telegram still shows it."""

    query_id: str
    chat_id: int
    message_id: int | None  # None: sent by somebody else, or in a chat that is not ours
    action: str
    html: str = ""
    rows: Rows = ()

    @property
    def label(self) -> str:
        """What stood on the key, "" where that cannot be seen."""
        key = next((key for row in self.rows for key in row if _has(key, self.action)), None)
        return key.label if key is not None else ""

    @property
    def done(self) -> bool:
        """Whether the key was ticked when it was tapped."""
        return self.action.startswith(DONE)


@dataclass(frozen=True, slots=True)
class Edit:
    """How a message of ours is to look from now on; its text stays where ``html`` is None."""

    chat_id: int
    message_id: int
    html: str | None
    rows: Rows


class Taps:
    """Which keys are answered, or about to be: a second tap does not send the answer again."""

    def __init__(self) -> None:
        self._claimed: OrderedDict[tuple[int, int], set[str]] = OrderedDict()

    def claim(self, tap: Tap) -> bool:
        """Whether this tap is the first on its key."""
        if tap.done:
            return False
        if tap.message_id is None:
            return True
        actions = self._claimed.setdefault((tap.chat_id, tap.message_id), set())
        if tap.action in actions:
            return False
        actions.add(tap.action)
        self._claimed.move_to_end((tap.chat_id, tap.message_id))
        if len(self._claimed) > REMEMBERED:
            self._claimed.popitem(last=False)
        return True

    def renewed(self, chat_id: int, message_id: int) -> None:
        """The message shows something else now, or its answer never came: tap it as you like."""
        self._claimed.pop((chat_id, message_id), None)


def turns_into(tap: Tap, reply: Reply) -> bool:
    """Whether the tapped message is to show the reply: from one choice to the next."""
    return tap.message_id is not None and reply.outcome != "answered" and _is_choice(tap.rows)


def ticked(tap: Tap, reply: Reply) -> Edit | None:
    """The tapped message with what was chosen; None where Telegram does not show it any more."""
    if tap.message_id is None or not tap.label:
        return None
    if tap.html and _asks(tap.rows):
        html = f"{tap.html}\n\n{TICK} {escaped(tap.label)}"
        return Edit(tap.chat_id, tap.message_id, html, ())
    thanks = said(reply) if is_thanks(tap) else ""
    rows = tuple(
        tuple(
            _tick(key, tap.action, thanks) for key in row if not _is_other_rating(key, tap.action)
        )
        for row in tap.rows
    )
    return Edit(tap.chat_id, tap.message_id, None, rows)


def is_thanks(tap: Tap) -> bool:
    """Whether the reply is but a word of thanks, shown where it was tapped."""
    rated = unpack(tap.action)
    return isinstance(rated, Rate) and rated.helped


def said(reply: Reply) -> str:
    """A reply of one sentence, as a key or a passing note shows it."""
    return next((each.text for each in reply.blocks if isinstance(each, Paragraph)), "")


def _is_other_rating(key: Key, action: str) -> bool:
    rated, other = unpack(action), unpack(key.action) if isinstance(key, Button) else None
    return isinstance(rated, Rate) and isinstance(other, Rate) and other != rated


def _tick(key: Key, action: str, thanks: str) -> Key:
    if not _has(key, action):
        return key
    done = f"{DONE}{action}"
    label = f"{TICK} {thanks or key.label}"[:LABEL_LENGTH]
    return Button(label, done if len(done.encode()) <= ACTION_BYTES else DONE)


def _has(key: Key, action: str) -> bool:
    return isinstance(key, Button) and key.action == action


def _is_choice(rows: Rows) -> bool:
    """A question of the desk's, or a menu; what names a phone number is worth keeping."""
    keys = [key for row in rows for key in row]
    leads = Adjust | ShowGroup | ShowMenu | SetPlace | SetLanguage | Elsewhere | NoneOfThese
    return not any(isinstance(key, Copy) for key in keys) and any(
        isinstance(unpack(key.action), leads) for key in keys if isinstance(key, Button)
    )


def _asks(rows: Rows) -> bool:
    """Whether one of the keys is the answer to a question, so that the others fall away."""
    return any(
        isinstance(unpack(key.action), NoneOfThese | Elsewhere)
        for row in rows
        for key in row
        if isinstance(key, Button)
    )
