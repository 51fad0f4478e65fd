"""An update in the desk's words: what was done, and where to answer it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from telegram import CallbackQuery, Chat, Message, User

from bot.channels.telegram.keys import rows_of
from bot.channels.telegram.taps import Tap
from bot.content.model import Lang
from bot.dialogue.turn import Incoming

MEDIA = "media"  # the action that stands for anything but text: the desk says that it reads text
_TRADITIONAL = re.compile(r"zh[-_].*(hant|tw|hk|mo)\b.*", re.IGNORECASE)
_COMMAND = re.compile(r"/\w+(@\w+)?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an answer goes: a chat, its topic, and in a group the message that it answers."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None

    @property
    def talk(self) -> str:
        """The conversation's id at the desk."""
        return f"telegram:{self.chat_id}"


def hint(user: User | None) -> Lang | None:
    """The language of a person's app, as far as the desk speaks it."""
    return lang_of(user.language_code) if user is not None else None


def lang_of(code: str | None) -> Lang | None:
    """The desk's language for an IETF tag of Telegram's."""
    if not code:
        return None
    return "zh" if code.lower().startswith("zh") else "en"


def traditional_hint(user: User | None) -> bool:
    """Whether a person's app is in traditional Chinese: zh-hant, zh-TW, zh-HK."""
    return user is not None and in_traditional(user.language_code)


def in_traditional(code: str | None) -> bool:
    """Whether an IETF tag of Telegram's is of traditional Chinese."""
    return code is not None and _TRADITIONAL.fullmatch(code) is not None


def address_of(message: Message) -> Address:
    """Where to answer a message; in a group the answer quotes it."""
    return Address(
        chat_id=message.chat.id,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        reply_to=None if message.chat.type == Chat.PRIVATE else message.message_id,
    )


def unwrapped(message: Message, me: User, today: date) -> Incoming | None:
    """What was said to the desk; None where it is none of its business.

    That is: a service message, a command to another bot, another bot's message, and in a group
    whatever neither names the bot, nor replies to it, nor is a command.
    """
    if message.from_user is not None and message.from_user.is_bot and message.sender_chat is None:
        return None
    text = message.text or message.caption or ""
    if not text and not message.effective_attachment:
        return None
    command = _COMMAND.match(text)
    if command and command[1] and not _is_name(command[1], me):
        return None
    if message.chat.type != Chat.PRIVATE and not (command or _addressed(message, text, me)):
        return None
    lang, script = hint(message.from_user), traditional_hint(message.from_user)
    if not text:
        return Incoming("", today, action=MEDIA, lang_hint=lang, traditional_hint=script)
    if command and command[1]:
        text = text[: command.start(1)] + text[command.end(1) :]
    said = _mention(me).sub("", text).strip()
    return Incoming(said, today, lang_hint=lang, traditional_hint=script)


def tapped(query: CallbackQuery, today: date) -> tuple[Address, Incoming, Tap]:
    """A tap, even on a message too old to be read, or not in a chat of ours at all."""
    message, action = query.message, query.data or ""
    if isinstance(message, Message):
        address = address_of(message)
        html, rows = message.text_html if message.text else "", rows_of(message.reply_markup)
    else:
        address = Address(message.chat.id if message is not None else query.from_user.id)
        html, rows = "", ()
    number = message.message_id if message is not None else None
    tap = Tap(query.id, address.chat_id, number, action, html, rows)
    incoming = Incoming(text="", today=today, action=action, lang_hint=hint(query.from_user))
    return address, incoming, tap


def replies_to(message: Message, me: User) -> bool:
    """Whether it answers a message of ours."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == me.id


def _addressed(message: Message, text: str, me: User) -> bool:
    return replies_to(message, me) or _mention(me).search(text) is not None


def _mention(me: User) -> re.Pattern[str]:
    # not after a letter or a dot: mail to someone@name is no mention
    return re.compile(rf"(?<![\w.@])@{re.escape(me.username or '')}(?!\w)[ \t]*", re.IGNORECASE)


def _is_name(name: str, me: User) -> bool:
    return name.lstrip("@").lower() == (me.username or "").lower()
