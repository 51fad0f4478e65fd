"""The server refuses what Telegram refuses: what passes here, passes there."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.botapi import TOKEN, BotApi


class Client:
    """Calls the server as any client would."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        self._api = api
        self._session = session

    async def __call__(self, method: str, /, token: str = TOKEN, **params: Any) -> tuple[int, Any]:
        """The status, and the result or the description."""
        url = f"{self._api.url}/bot{token}/{method}"
        async with self._session.post(url, json=params) as response:
            body = await response.json()
        assert body["ok"] is (response.status == 200)
        assert response.status == body.get("error_code", 200)
        return response.status, body["result"] if body["ok"] else body["description"]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


def keyboard(data: str, text: str = "Go") -> str:
    return json.dumps({"inline_keyboard": [[{"text": text, "callback_data": data}]]})


async def test_get_me_knows_who_it_is(call: Client) -> None:
    status, me = await call("getMe")
    assert (status, me["is_bot"], me["username"]) == (200, True, "ShebaoTestBot")
    assert (await call("GETME"))[0] == 200


@pytest.mark.parametrize(
    ("token", "status"), [("42:AAwell-formed-and-still-not-right-00", 401), ("nonsense", 404)]
)
async def test_a_wrong_token_is_refused(call: Client, token: str, status: int) -> None:
    assert (await call("getMe", token=token))[0] == status


async def test_an_unknown_method_is_not_found(call: Client) -> None:
    assert await call("sendMassage") == (404, "Not Found")


@pytest.mark.parametrize("how", ["json", "form", "multipart", "query"])
async def test_every_kind_of_body_is_read(api: BotApi, how: str) -> None:
    mei = api.person()
    params = {"chat_id": str(mei.chat.id), "text": "看 & <look>", "reply_markup": keyboard("a")}
    multipart = aiohttp.FormData(params, default_to_multipart=True)
    bodies: dict[str, Any] = {
        "json": {"json": {**params, "reply_markup": json.loads(params["reply_markup"])}},
        "form": {"data": params},
        "multipart": {"data": multipart},
        "query": {"params": params},
    }
    async with aiohttp.ClientSession() as session:
        await session.post(f"{api.url}/bot{TOKEN}/sendMessage", **bodies[how])
    heard = await mei.hears()
    assert (heard.text, heard.labels) == ("看 & <look>", ["Go"])


async def test_a_sent_message_is_returned_in_full(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.says("hello")
    status, message = await call(
        "sendMessage", chat_id=mei.chat.id, text="<b>Hi</b>", parse_mode="HTML",
        reply_markup=keyboard("a"), reply_parameters={"message_id": 1},
    )  # fmt: skip
    assert status == 200
    assert message["message_id"] == 2
    assert message["from"]["is_bot"]
    assert message["chat"] == mei.chat.json
    assert message["date"] > 1_700_000_000
    assert message["text"] == "Hi"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Go"
    assert message["reply_to_message"]["text"] == "hello"


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "reply_markup": keyboard("x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard("社" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard("")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard("a", text=" ")}, "inline keyboard button"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "Text buttons"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [{}]}}, "Array of Arrays"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "to be replied not found"),
    ],
)
async def test_a_wrong_message_is_refused(
    api: BotApi, call: Client, params: dict[str, Any], why: str
) -> None:
    status, description = await call("sendMessage", chat_id=api.person().chat.id, **params)
    assert status == 400
    assert description.startswith("Bad Request: ")
    assert why in description
    assert [each.error for each in api.refused] == [description]


async def test_callback_data_of_64_bytes_is_taken(api: BotApi, call: Client) -> None:
    mei = api.person()
    assert (
        await call("sendMessage", chat_id=mei.chat.id, text="x", reply_markup=keyboard("x" * 64))
    )[0] == 200


@pytest.mark.parametrize("chat_id", [987654, "nobody", ""])
async def test_a_chat_that_never_wrote_cannot_be_written_to(call: Client, chat_id: object) -> None:
    status, description = await call("sendMessage", chat_id=chat_id, text="hello")
    assert status == 400
    assert "chat" in description


async def test_a_blocked_bot_is_forbidden(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.blocks_the_bot()
    assert await call("sendMessage", chat_id=mei.chat.id, text="hello") == (
        403,
        "Forbidden: bot was blocked by the user",
    )


async def test_an_edit_that_changes_nothing_is_refused(api: BotApi, call: Client) -> None:
    mei = api.person()
    at: dict[str, Any] = {"chat_id": mei.chat.id, "message_id": 1}
    await call("sendMessage", chat_id=mei.chat.id, text="one", reply_markup=keyboard("a"))
    status, description = await call(
        "editMessageText", **at, text="<i></i>one", parse_mode="HTML", reply_markup=keyboard("a")
    )
    assert status == 400
    assert description.startswith("Bad Request: message is not modified: specified new message")
    assert (await call("editMessageReplyMarkup", **at, reply_markup=keyboard("a")))[0] == 400
    status, message = await call("editMessageReplyMarkup", **at, reply_markup=keyboard("b"))
    assert (status, message["text"]) == (200, "one")
    status, message = await call("editMessageText", **at, text="two")
    assert (status, message["text"], "reply_markup" in message) == (200, "two", False)
    assert message["edit_date"]


async def test_only_its_own_messages_are_the_bot_s_to_edit(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.says("mine")
    status, description = await call(
        "editMessageText", chat_id=mei.chat.id, message_id=1, text="yours"
    )
    assert (status, description) == (400, "Bad Request: message can't be edited")
    assert (await call("editMessageText", chat_id=mei.chat.id, message_id=9, text="x"))[0] == 400


async def test_a_tap_is_answered_once(api: BotApi, call: Client) -> None:
    mei = api.person()
    await call("sendMessage", chat_id=mei.chat.id, text="one", reply_markup=keyboard("act:1"))
    query = mei.taps("Go")
    _, (update,) = await call("getUpdates")
    assert update["callback_query"]["data"] == "act:1"
    assert update["callback_query"]["message"]["text"] == "one"
    assert (await call("answerCallbackQuery", callback_query_id=query))[0] == 200
    for stale in (query, "not-a-query"):
        status, description = await call("answerCallbackQuery", callback_query_id=stale)
        assert status == 400
        assert "query is too old" in description


async def test_only_a_button_that_was_sent_can_be_tapped(api: BotApi) -> None:
    with pytest.raises(AssertionError, match="no button 'Go'"):
        api.person().taps("Go")


async def test_updates_stay_until_the_offset_passes_them(api: BotApi, call: Client) -> None:
    mei = api.person()
    first, second = mei.says("one"), mei.says("two")
    for _ in range(2):
        _, updates = await call("getUpdates")
        assert [each["update_id"] for each in updates] == [first, second]
    _, updates = await call("getUpdates", limit=1)
    assert [each["update_id"] for each in updates] == [first]
    _, updates = await call("getUpdates", offset=second)
    assert [each["update_id"] for each in updates] == [second]
    assert await call("getUpdates", offset=-1) == (200, updates)
    assert second is not None
    assert await call("getUpdates", offset=second + 1) == (200, [])


async def test_a_long_poll_waits_for_the_next_update(api: BotApi, call: Client) -> None:
    polling = asyncio.create_task(call("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    assert not polling.done()
    api.person().says("hello")
    _, (update,) = await polling
    assert update["message"]["text"] == "hello"


async def test_a_long_poll_ends_empty_after_its_time(call: Client) -> None:
    begun = time.monotonic()
    assert await call("getUpdates", timeout=1) == (200, [])
    assert 0.9 < time.monotonic() - begun < 2


async def test_a_second_poller_ends_the_first_with_409(call: Client) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=5))
    await asyncio.sleep(0.1)
    assert await call("getUpdates", timeout=0) == (200, [])
    status, description = await first
    assert status == 409
    assert description.startswith("Conflict: terminated by other getUpdates request")


async def test_polling_beside_a_webhook_is_a_conflict(call: Client) -> None:
    await call("setWebhook", url="https://desk.example/hook")
    status, description = await call("getUpdates")
    assert (status, "deleteWebhook" in description) == (409, True)
    await call("deleteWebhook")
    assert (await call("getUpdates"))[0] == 200


async def test_only_allowed_updates_are_queued_from_then_on(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.says("one")
    assert mei.edits("two") is not None
    await call("getUpdates", allowed_updates=["message"])
    assert mei.edits("three") is None
    assert api.channel().posts("news") is None
    _, updates = await call("getUpdates")
    assert [set(each) - {"update_id"} for each in updates] == [{"message"}, {"edited_message"}]
    assert updates[0]["message"]["text"] == "one"  # an edit does not change what was queued


async def test_commands_and_mentions_get_entities(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.says("🪪 /law@ShebaoTestBot 26 @ShebaoTestBot a@b.cn")
    _, (update,) = await call("getUpdates")
    assert update["message"]["entities"] == [
        {"type": "bot_command", "offset": 3, "length": 18},
        {"type": "mention", "offset": 25, "length": 14},
    ]


@pytest.mark.parametrize(
    ("method", "params", "status"),
    [
        ("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]}, 200),
        ("setMyCommands", {"commands": [{"command": "Hilfe!", "description": "x"}]}, 400),
        ("setMyCommands", {"commands": [{"command": "help", "description": ""}]}, 400),
        ("setMyDescription", {"description": "x" * 512, "language_code": "zh"}, 200),
        ("setMyDescription", {"description": "x" * 513}, 400),
        ("setMyDescription", {"description": "x", "language_code": "zh-hans"}, 400),
        ("setMyShortDescription", {"short_description": "x" * 121}, 400),
        ("getUpdates", {"limit": 101}, 400),
        ("getUpdates", {"offset": "soon"}, 400),
    ],
)
async def test_limits_are_kept(
    call: Client, method: str, params: dict[str, Any], status: int
) -> None:
    assert (await call(method, **params))[0] == status


async def test_a_chat_action_is_one_of_those_there_are(api: BotApi, call: Client) -> None:
    chat_id = api.person().chat.id
    assert await call("sendChatAction", chat_id=chat_id, action="typing") == (200, True)
    assert (await call("sendChatAction", chat_id=chat_id, action="thinking"))[0] == 400


async def test_a_flood_names_its_seconds_and_is_over_when_it_is_over(
    api: BotApi, call: Client
) -> None:
    api.faults.flood("getMe", retry_after_s=3, times=2)
    url = f"{api.url}/bot{TOKEN}/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        body = await response.json()
    assert (response.status, body["parameters"]) == (429, {"retry_after": 3})
    assert await call("getMe") == (429, "Too Many Requests: retry after 3")
    assert (await call("getMe"))[0] == 200
    assert api.refused == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_can_be_cut_before_or_after_the_deed(
    api: BotApi, call: Client, after: bool
) -> None:
    mei = api.person()
    api.faults.reset("sendMessage", after=after)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await call("sendMessage", chat_id=mei.chat.id, text="hello")
    assert len(mei.chat.messages) == int(after)


async def test_an_answer_can_be_slow_until_it_is_healed(api: BotApi, call: Client) -> None:
    api.faults.slow("getMe", 0.2)
    begun = time.monotonic()
    await call("getMe")
    assert time.monotonic() - begun >= 0.2
    api.faults.heal()
    begun = time.monotonic()
    await call("getMe")
    assert time.monotonic() - begun < 0.2


async def test_every_call_is_recorded_with_what_came_of_it(api: BotApi, call: Client) -> None:
    await call("getMe")
    await call("sendMessage", chat_id=1, text="x")
    assert [(each.method, each.status, each.error) for each in api.calls] == [
        ("getMe", 200, ""),
        ("sendMessage", 400, "Bad Request: chat not found"),
    ]
    assert api.called("sendmessage")[0].params == {"chat_id": 1, "text": "x"}


async def test_waiting_for_an_answer_that_does_not_come_ends(api: BotApi) -> None:
    with pytest.raises(TimeoutError):
        await api.person().hears(timeout_s=0.1)
