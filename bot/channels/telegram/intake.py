"""An update as a question: who asks, where to answer, what. New kinds of update begin here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from telegram import Chat, InlineQuery, Message, Update, User

from bot.channels.telegram.personal import is_personal
from bot.channels.telegram.taps import Tap
from bot.channels.telegram.unwrap import Address, address_of, hint, replies_to, tapped, unwrapped
from bot.content.model import Lang
from bot.dialogue.turn import Incoming

ALBUMS = 256  # remembered, so that ten photos sent together are answered once


@dataclass(frozen=True, slots=True)
class Asked:
    """``tap`` is the one whose spinner is to stop; a tap without an action asks nothing.

    ``message_id`` is the message in which it was asked, None for a tap; ``edited``, that it was
    asked before in other words; ``personal``, that a group should not hear the answer.
    """

    person: int
    lang: Lang | None
    address: Address
    incoming: Incoming
    tap: Tap | None = None
    message_id: int | None = None
    edited: bool = False
    personal: bool = False


class Intake:
    """Remembers the albums that it has seen, nothing else."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def asked(self, update: Update, me: User) -> Asked | InlineQuery | None:
        """What is asked, None where it is none of the desk's business."""
        if update.inline_query is not None:
            return update.inline_query
        if update.message is not None:
            return self._said(update.message, me)
        if update.edited_message is not None:
            message = update.edited_message
            # a live location moves by edits, with nothing to read in them
            asked = self._said(message, me) if message.text or message.caption else None
            return replace(asked, edited=True) if asked is not None else None
        if update.callback_query is not None:
            query = update.callback_query
            address, incoming, tap = tapped(query, self._today())
            return Asked(query.from_user.id, hint(query.from_user), address, incoming, tap)
        return None

    def _said(self, message: Message, me: User) -> Asked | None:
        if self._is_more_of_an_album(message):
            return None
        incoming = unwrapped(message, me, self._today())
        if incoming is None:
            return None
        sender = message.from_user
        person = sender.id if sender is not None else message.chat.id
        return Asked(
            person,
            hint(sender),
            address_of(message),
            incoming,
            message_id=message.message_id,
            personal=message.chat.type != Chat.PRIVATE
            and is_personal(incoming.text, follows=replies_to(message, me)),
        )

    def _is_more_of_an_album(self, message: Message) -> bool:
        album = message.media_group_id
        if album is None:
            return False
        seen = album in self._albums
        if not seen:
            self._albums.append(album)
        return seen and not message.caption
