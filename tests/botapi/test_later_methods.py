"""Keys with links and texts to copy, inline mode, names, deleting: refused as Telegram refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.botapi import BotApi
from tests.botapi.test_server import Client

CARD = {
    "type": "article",
    "id": "1",
    "title": "Lost",
    "input_message_content": {"message_text": "x"},
}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(api, session)


def key(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **fields}]]}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"copy_text": {"text": "12333"}}, ""),
        ({"copy_text": {"text": "x" * 256}}, ""),
        ({"copy_text": {"text": ""}}, "COPY_TEXT_INVALID"),
        ({"copy_text": {"text": "x" * 257}}, "COPY_TEXT_INVALID"),
        ({"copy_text": "12333"}, "COPY_TEXT_INVALID"),
        ({"url": "https://t.me/ShebaoTestBot?start=x"}, ""),
        ({"url": "tg://resolve?domain=x"}, ""),
        ({"url": "somewhere"}, "URL_INVALID"),
        ({"url": "http://localhost"}, "URL_INVALID"),
        ({"url": "https://t.me/x", "callback_data": "a"}, "Text buttons are unallowed"),
        ({}, "Text buttons are unallowed"),
    ],
)
async def test_a_key_does_one_thing_and_does_it_right(
    api: BotApi, call: Client, fields: dict[str, Any], why: str
) -> None:
    chat = api.person().chat.id
    status, said = await call("sendMessage", chat_id=chat, text="x", reply_markup=key(**fields))
    assert (status, why in str(said)) == (400 if why else 200, True)


async def test_an_older_server_does_not_know_the_newer_keys(api: BotApi, call: Client) -> None:
    api.world.unknown_keys = {"copy_text"}
    chat = api.person().chat.id
    markup = key(copy_text={"text": "12333"})
    assert (await call("sendMessage", chat_id=chat, text="x", reply_markup=markup))[0] == 400


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"results": [CARD]}, ""),
        ({"results": []}, ""),
        ({"results": [{**CARD, "id": str(n)} for n in range(50)]}, ""),
        ({"results": [{**CARD, "id": str(n)} for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [CARD, CARD]}, "RESULT_ID_DUPLICATE"),
        ({"results": [{**CARD, "id": ""}]}, "RESULT_ID_INVALID"),
        ({"results": [{**CARD, "id": "x" * 65}]}, "RESULT_ID_INVALID"),
        ({"results": [{**CARD, "title": " "}]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [{**CARD, "type": "poem"}]}, "unsupported type"),
        ({"results": [{**CARD, "titel": "x"}]}, "unknown field"),
        ({"results": [{**CARD, "input_message_content": None}]}, "MESSAGE_CONTENT_EMPTY"),
        (
            {"results": [{**CARD, "input_message_content": {"message_text": "x" * 4097}}]},
            "too long",
        ),
        ({"results": [{**CARD, "reply_markup": key(url="nowhere")}]}, "URL_INVALID"),
        ({"results": [], "button": {"text": "", "start_parameter": "x"}}, "PM_TEXT_EMPTY"),
        ({"results": [], "button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM"),
        ({"results": [], "button": {"text": "x", "start_parameter": "x" * 65}}, "START_PARAM"),
        ({"results": "many"}, "can't parse"),
    ],
)
async def test_what_answers_an_inline_query_keeps_its_limits(
    api: BotApi, call: Client, answer: dict[str, Any], why: str
) -> None:
    await call("getUpdates", allowed_updates=["inline_query"])
    query = api.person().searches("lost")
    status, said = await call("answerInlineQuery", inline_query_id=query, **answer)
    assert (status, why in str(said)) == (400 if why else 200, True)


async def test_an_inline_query_is_asked_for_by_name_and_answered_once(
    api: BotApi, call: Client
) -> None:
    mei = api.person()
    mei.searches("lost")
    assert await call("getUpdates") == (200, [])  # not among what is sent unasked
    await call("getUpdates", allowed_updates=["inline_query"])
    query = mei.searches("lost")
    (update,) = (await call("getUpdates"))[1]
    assert update["inline_query"]["query"] == "lost"
    assert (await call("answerInlineQuery", inline_query_id=query, results=[]))[0] == 200
    for unknown in (query, "1"):
        status, why = await call("answerInlineQuery", inline_query_id=unknown, results=[])
        assert (status, "too old" in why) == (400, True)


async def test_only_its_own_messages_are_the_bot_s_to_delete(api: BotApi, call: Client) -> None:
    mei = api.person()
    mei.says("hello")
    _, own = await call("sendMessage", chat_id=mei.chat.id, text="x")
    for number, status in (
        (own["message_id"], 200),
        (own["message_id"], 400),
        (mei.last["message_id"], 400),
    ):
        answer = await call("deleteMessage", chat_id=mei.chat.id, message_id=number)
        assert answer[0] == status


async def test_a_message_too_old_to_edit_is_refused(api: BotApi, call: Client) -> None:
    mei = api.person()
    _, own = await call("sendMessage", chat_id=mei.chat.id, text="x")
    mei.chat.frozen.add(own["message_id"])
    edit = {"chat_id": mei.chat.id, "message_id": own["message_id"], "text": "y"}
    status, why = await call("editMessageText", **edit)
    assert (status, why) == (400, "Bad Request: message can't be edited")


async def test_a_name_has_64_characters_and_is_there_in_every_language(call: Client) -> None:
    assert (await call("setMyName", name="x" * 65))[0] == 400
    assert (await call("setMyName", name=""))[0] == 400
    assert (await call("setMyName", name="社保卡", language_code="zh"))[0] == 200
    assert (await call("getMyName", language_code="zh"))[1] == {"name": "社保卡"}
    assert (await call("getMyName", language_code="de"))[1] == {"name": "Shebao"}


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/ShebaoTestBot?start=",
        "https://t.me/ShebaoTestBot?start=two words",
        f"https://t.me/ShebaoTestBot?start={'x' * 65}",
        "https://t.me/AnotherBot?start=x",
        "https://example.org/ShebaoTestBot?start=x",
    ],
)
async def test_what_is_no_deep_link_cannot_be_opened(api: BotApi, url: str) -> None:
    with pytest.raises(AssertionError):
        api.person().opens(url)
