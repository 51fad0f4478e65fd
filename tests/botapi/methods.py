"""The methods of the Bot API that the desk uses, with the refusals of the real server."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.botapi.entities import parsed
from tests.botapi.hooks import Hooks
from tests.botapi.inline import answer_to_inline
from tests.botapi.markup import from_json, keyboard
from tests.botapi.pending import Pending
from tests.botapi.refusal import Refusal, bad_request
from tests.botapi.world import Json, World

Method = Callable[[Json], Awaitable[Any]]

CHAT_ACTIONS = {"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


class Methods:
    """Looked up without regard to case, as the real server does."""

    def __init__(self, world: World, pending: Pending, hooks: Hooks) -> None:
        self._world = world
        self._hooks = hooks
        self._pending = pending
        self._methods: dict[str, Method] = {
            "getme": self.get_me,
            "getupdates": self.get_updates,
            "deletewebhook": self.delete_webhook,
            "setwebhook": self.set_webhook,
            "sendmessage": self.send_message,
            "editmessagetext": self.edit_message_text,
            "editmessagereplymarkup": self.edit_message_reply_markup,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_callback_query,
            "answerinlinequery": self.answer_inline_query,
            "sendchataction": self.send_chat_action,
            "setmycommands": self.set_my_commands,
            "getmyname": self.get_my_name,
            "setmyname": self.set_my_name,
            "setmydescription": self.set_my_description,
            "setmyshortdescription": self.set_my_short_description,
        }

    async def call(self, name: str, params: Json) -> Any:
        """The method's result. Raises Refusal."""
        method = self._methods.get(name.lower())
        if method is None:
            raise Refusal(404, "Not Found")
        return await method(params)

    async def get_me(self, _: Json) -> Json:
        return self._world.me

    async def get_updates(self, params: Json) -> list[Json]:
        return await self._pending.get(
            offset=_whole(params, "offset", 0),
            limit=_whole(params, "limit", 100),
            timeout_s=_whole(params, "timeout", 0),
            allowed=from_json(params.get("allowed_updates"), "allowed_updates"),
        )

    async def delete_webhook(self, _: Json) -> bool:
        self._pending.webhook = ""
        return True

    async def set_webhook(self, params: Json) -> bool:
        url = str(params.get("url", ""))
        if url and not re.match(r"https?://", url):  # the real one takes https only
            raise bad_request("bad webhook: invalid webhook URL specified")
        secret = str(params.get("secret_token", ""))
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad_request("secret token contains unallowed characters")
        self._hooks.secret = secret
        self._hooks.connections = _whole(params, "max_connections", 40)
        if not 1 <= self._hooks.connections <= 100:
            raise bad_request("max_connections must be between 1 and 100")
        allowed = from_json(params.get("allowed_updates"), "allowed_updates")
        if allowed is not None:
            self._pending.allow(allowed)
        self._pending.webhook = url
        self._hooks.begin()
        return True

    async def send_message(self, params: Json) -> Json:
        chat = self._world.chat(params.get("chat_id"))
        formatted = parsed(str(params.get("text", "")), params.get("parse_mode"))
        markup = keyboard(params.get("reply_markup"), self._world.unknown_keys)
        reply = from_json(params.get("reply_parameters"), "reply parameters") or {}
        replied = chat.messages.get(int(reply.get("message_id", 0)))
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        thread = _whole(params, "message_thread_id", 0)
        return self._world.say(
            chat,
            formatted,
            reply_markup=markup,
            reply_to_message=replied,
            message_thread_id=thread or None,
            is_topic_message=True if thread else None,
        )

    async def edit_message_text(self, params: Json) -> Json:
        message = self._world.own(params.get("chat_id"), params.get("message_id"))
        formatted = parsed(str(params.get("text", "")), params.get("parse_mode"))
        return self._edit(
            message,
            text=formatted.text,
            entities=formatted.entities or None,
            reply_markup=keyboard(params.get("reply_markup"), self._world.unknown_keys),
        )

    async def edit_message_reply_markup(self, params: Json) -> Json:
        message = self._world.own(params.get("chat_id"), params.get("message_id"))
        return self._edit(
            message, reply_markup=keyboard(params.get("reply_markup"), self._world.unknown_keys)
        )

    async def delete_message(self, params: Json) -> bool:
        chat = self._world.chat(params.get("chat_id"))
        message = chat.messages.get(_whole(params, "message_id", 0))
        if message is None:
            raise bad_request("message to delete not found")
        if message.get("from", {}).get("id") != self._world.me["id"]:
            raise bad_request("message can't be deleted")
        del chat.messages[message["message_id"]]
        return True

    def _edit(self, message: Json, **content: Any) -> Json:
        if all(message.get(name) == value for name, value in content.items()):
            raise bad_request(NOT_MODIFIED)
        for name, value in content.items():
            message.pop(name, None)
            if value is not None:
                message[name] = value
        message["edit_date"] = message["date"]
        return message

    async def answer_callback_query(self, params: Json) -> bool:
        query = str(params.get("callback_query_id", ""))
        if self._world.taps.get(query, True):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if len(str(params.get("text", ""))) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        self._world.taps[query] = True
        self._world.tap_texts[query] = str(params.get("text", ""))
        return True

    async def answer_inline_query(self, params: Json) -> bool:
        query = str(params.get("inline_query_id", ""))
        if self._world.searches.get(query, ()) is not None:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self._world.searches[query] = answer_to_inline(params, self._world.unknown_keys)
        return True

    async def send_chat_action(self, params: Json) -> bool:
        self._world.chat(params.get("chat_id"))
        if params.get("action") not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    async def set_my_commands(self, params: Json) -> bool:
        commands = from_json(params.get("commands"), "list of bot commands")
        if not isinstance(commands, list) or len(commands) > 100:
            raise bad_request("can't parse list of bot commands")
        for command in commands:
            if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands[_language(params)] = commands
        return True

    async def get_my_name(self, params: Json) -> Json:
        names, code = self._world.names, _language(params)
        return {"name": names.get(code) or names[""]}

    async def set_my_name(self, params: Json) -> bool:
        name, code = _text(params, "name", 64), _language(params)
        if not name and not code:
            raise bad_request("name must be non-empty")
        self._world.names[code] = name
        return True

    async def set_my_description(self, params: Json) -> bool:
        self._world.descriptions[_language(params)] = _text(params, "description", 512)
        return True

    async def set_my_short_description(self, params: Json) -> bool:
        text = _text(params, "short_description", 120)
        self._world.short_descriptions[_language(params)] = text
        return True


def _whole(params: Json, name: str, default: int) -> int:
    try:
        return int(params.get(name, default))
    except (ValueError, TypeError):
        raise bad_request(f"parameter {name} must be an integer") from None


def _text(params: Json, name: str, most: int) -> str:
    text = str(params.get(name, ""))
    if len(text) > most:
        raise bad_request(f"{name} is too long")
    return text


def _language(params: Json) -> str:
    code = str(params.get("language_code", ""))
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
