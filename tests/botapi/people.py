"""The other side of the chat: people who write, tap, and read what the bot says."""

from __future__ import annotations

import asyncio
import copy
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.botapi.entities import units
from tests.botapi.world import Chat, Json

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

_IDS = itertools.count(500_001)
ATTACHMENTS: dict[str, Any] = {
    "sticker": {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 60}],
    "voice": {"file_id": "v", "file_unique_id": "v", "duration": 3},
    "document": {"file_id": "d", "file_unique_id": "d"},
    "contact": {"phone_number": "+8613800000000", "first_name": "Li"},
    "location": {"latitude": 23.1, "longitude": 113.3},
}


@dataclass(frozen=True)
class Heard:
    """A message of the bot's as a person sees it."""

    json: Json

    @property
    def text(self) -> str:
        return str(self.json["text"])

    @property
    def entities(self) -> list[Json]:
        return list(self.json.get("entities", []))

    @property
    def buttons(self) -> list[list[Json]]:
        return list(self.json.get("reply_markup", {}).get("inline_keyboard", []))

    def key(self, label: str) -> Json:
        """The key with this label. Raises StopIteration."""
        return next(key for row in self.buttons for key in row if key["text"] == label)

    @property
    def as_it_is(self) -> Heard:
        """A copy that no edit changes."""
        return Heard(copy.deepcopy(self.json))

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for row in self.buttons for button in row]


class Person:
    """Someone in a chat with the bot. ``says`` and the like return the update's id."""

    def __init__(self, api: BotApi, chat: Chat, user: Json) -> None:
        self._api = api
        self._heard_to = max(chat.messages, default=0)
        self.chat = chat
        self.user = user
        self.last: Json = {}

    @classmethod
    def new(cls, api: BotApi, language: str | None, name: str) -> Person:
        number = next(_IDS)
        user: Json = {"id": number, "is_bot": False, "first_name": name}
        if language:
            user["language_code"] = language
        chat = api.world.add({"id": number, "type": "private", "first_name": name})
        return cls(api, chat, user)

    def says(self, text: str, **fields: Any) -> int | None:
        """Types; commands and mentions get the entities that an app gives them."""
        return self._sends(text=text, entities=_entities(text) or None, **fields)

    def shows(self, kind: str, caption: str | None = None, **fields: Any) -> int | None:
        """Sends a sticker, a photo, …; see ATTACHMENTS."""
        entities = _entities(caption or "") or None
        return self._sends(
            **{kind: ATTACHMENTS[kind]}, caption=caption, caption_entities=entities, **fields
        )

    def edits(self, text: str, message: Json | None = None) -> int | None:
        """Changes what was said last, or another message of ours."""
        message = message or self.last
        message.update(text=text, edit_date=message["date"])
        message.pop("entities", None)
        if entities := _entities(text):
            message["entities"] = entities
        return self._api.pending.push("edited_message", message)

    def opens(self, url: str) -> int | None:
        """Follows a deep link into the private chat. Raises AssertionError where it is none."""
        link = re.fullmatch(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]{1,64})", url)
        assert link, f"no deep link: {url}"
        assert link[1] == self._api.world.me["username"]
        return self.says(f"/start {link[2]}")

    def deletes(self, heard: Heard) -> None:
        """Deletes a message of the bot's, for both sides."""
        del self.chat.messages[heard.json["message_id"]]

    def taps(self, label: str, under: Heard | None = None) -> str:
        """Taps the newest button of that label that the bot has sent here; the query's id.

        ``under``: the message as it was seen, however it looks by now.
        """
        if under is not None:
            for key in (key for row in under.buttons for key in row if key["text"] == label):
                return self._taps(key["callback_data"], message=under.json)
        for message in sorted(self.chat.messages.values(), key=lambda each: -each["message_id"]):
            for row in Heard(message).buttons if "reply_markup" in message else ():
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return self._taps(button["callback_data"], message=message)
        seen = [label for each in self._from_bot(0) for label in Heard(each).labels]
        raise AssertionError(f"no button {label!r}; there are {seen}")

    def taps_stale(self, data: str, *, with_message: bool = True) -> str:
        """Taps a button on a message that is too old to be shown, or that has no chat at all."""
        gone = {"chat": self.chat.json, "message_id": 1, "date": 0}
        return self._taps(data, **({"message": gone} if with_message else {}))

    def searches(self, text: str, **fields: Any) -> str:
        """Types ``@bot text`` in some chat; the query's id."""
        query = str(next(_IDS))
        self._api.world.searches[query] = None
        asked = {"id": query, "from": self.user, "query": text, "offset": "", **fields}
        self._api.pending.push("inline_query", asked)
        return query

    async def finds(self, text: str, timeout_s: float = 3.0) -> Json:
        """Types it and sees what is offered: results, button, cache_time."""
        query = self.searches(text)
        await self._api.until(lambda: self._api.world.searches[query] is not None, timeout_s)
        found = self._api.world.searches[query]
        assert found is not None
        return found

    def blocks_the_bot(self) -> None:
        self.chat.blocked = True

    async def hears(self, timeout_s: float = 3.0) -> Heard:
        """The next message of the bot's. Raises TimeoutError."""
        await self._api.until(lambda: self._from_bot(self._heard_to), timeout_s)
        message = self._from_bot(self._heard_to)[0]
        self._heard_to = message["message_id"]
        return Heard(message)

    async def asks(self, text: str, timeout_s: float = 3.0) -> Heard:
        """Says something and reads the answer, the first part of it."""
        self.says(text)
        return await self.hears(timeout_s)

    async def hears_nothing(self, for_s: float = 0.3) -> None:
        """Raises AssertionError where the bot says something all the same."""
        await asyncio.sleep(for_s)
        said = [message["text"] for message in self._from_bot(self._heard_to)]
        assert not said, f"the bot said {said}"

    def answered(self, query: str) -> bool:
        """Whether a tap's spinner has stopped."""
        return self._api.world.taps[query]

    def _from_bot(self, after: int) -> list[Json]:
        return [
            message
            for number, message in sorted(self.chat.messages.items())
            if number > after and message.get("from") == self._api.world.me
        ]

    def _sends(self, **content: Any) -> int | None:
        self.last = self._api.world.message(self.chat, self.user, **content)
        return self._api.pending.push("message", self.last)

    def _taps(self, data: str, **fields: Any) -> str:
        query = str(next(_IDS))
        self._api.world.taps[query] = False
        tap = {"id": query, "from": self.user, "chat_instance": "1", "data": data, **fields}
        self._api.pending.push("callback_query", tap)
        return query


class Group:
    """A group; ``member`` gives a new person in it."""

    def __init__(self, api: BotApi, title: str) -> None:
        self._api = api
        self.chat = api.world.add({"id": -1000 - next(_IDS), "type": "supergroup", "title": title})

    def member(self, language: str | None = "en", name: str = "Wei") -> Person:
        user = Person.new(self._api, language, name).user
        return Person(self._api, self.chat, user)


class Channel:
    """A channel; only posts."""

    def __init__(self, api: BotApi, title: str) -> None:
        self._api = api
        self.chat = api.world.add({"id": -1000 - next(_IDS), "type": "channel", "title": title})

    def posts(self, text: str) -> int | None:
        post = self._api.world.message(self.chat, None, text=text)
        return self._api.pending.push("channel_post", post)


def _entities(text: str) -> list[Json]:
    kinds = (("bot_command", r"(?<!\S)/\w{1,32}(@\w+)?"), ("mention", r"(?<![\w/@])@\w{4,32}"))
    return [
        {
            "type": kind,
            "offset": units(text[: found.start()]),
            "length": units(found.group()),
        }
        for kind, pattern in kinds
        for found in re.finditer(pattern, text)
    ]
