"""What the server knows: chats, messages, taps, and what the bot set about itself."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.entities import Formatted
from tests.botapi.refusal import Refusal, bad_request

Json = dict[str, Any]
NOW = 1_795_400_000  # dates grow by a second a message; nothing reads the real clock


@dataclass
class Chat:
    """A chat that the bot has been told of; ``blocked`` once the person has blocked it."""

    json: Json
    blocked: bool = False
    migrated_to: int | None = None
    frozen: set[int] = field(default_factory=set)  # too old to be edited
    messages: dict[int, Json] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def id(self) -> int:
        return int(self.json["id"])


class World:
    """One bot's world."""

    def __init__(self, me: Json) -> None:
        self.me = me
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, bool] = {}  # whether it has been answered
        self.searches: dict[str, Json | None] = {}  # inline queries, and how they were answered
        self.tap_texts: dict[str, str] = {}
        self.commands: dict[str, list[Json]] = {}
        self.names: dict[str, str] = {"": str(me["first_name"])}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.unknown_keys: set[str] = set()  # kinds of keys of a later Bot API
        self._seconds = itertools.count(NOW)

    def add(self, chat: Json) -> Chat:
        """A new chat; the bot can write to it from now on."""
        return self.chats.setdefault(int(chat["id"]), Chat(chat))

    def chat(self, chat_id: Any) -> Chat:
        """The chat to write to. Raises Refusal for one the bot cannot."""
        try:
            chat = self.chats[int(chat_id)]
        except (ValueError, TypeError):
            raise bad_request("chat_id is empty" if not chat_id else "chat not found") from None
        except KeyError:
            raise bad_request("chat not found") from None
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        return chat

    def message(self, chat: Chat, sender: Json | None, **content: Any) -> Json:
        """A full Message, kept in its chat."""
        message: Json = {
            "message_id": next(chat.numbers),
            "date": next(self._seconds),
            "chat": chat.json,
            **({"from": sender} if sender else {}),
            **{name: value for name, value in content.items() if value is not None},
        }
        chat.messages[message["message_id"]] = message
        return message

    def say(self, chat: Chat, formatted: Formatted, **content: Any) -> Json:
        """A message of the bot's."""
        return self.message(
            chat,
            self.me,
            text=formatted.text,
            entities=formatted.entities or None,
            **content,
        )

    def own(self, chat_id: Any, message_id: Any) -> Json:
        """A message that the bot may edit."""
        chat = self.chat(chat_id)
        message = chat.messages.get(int(message_id or 0))
        if message is None:
            raise bad_request("message to edit not found")
        if message.get("from", {}).get("id") != self.me["id"]:
            raise bad_request("message can't be edited")
        if message["message_id"] in chat.frozen:
            raise bad_request("message can't be edited")
        return message
