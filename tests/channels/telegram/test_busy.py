""" "typing …" is shown to whoever waits, and to nobody else."""

from __future__ import annotations

import asyncio

from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk


async def test_who_waits_longer_than_a_moment_sees_that_it_is_typing(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.takes_s = lambda _: 1.0
    await running_bot(desk)
    mei = bot_api.group().member()
    mei.says("/start", message_thread_id=7, is_topic_message=True)
    await bot_api.until(lambda: bot_api.called("sendChatAction"))
    (call,) = bot_api.called("sendChatAction")
    assert (str(call.params["chat_id"]), str(call.params["message_thread_id"])) == (
        str(mei.chat.id),
        "7",
    )
    assert (await mei.hears()).text == "/start"
    await asyncio.sleep(0.2)
    assert len(bot_api.called("sendChatAction")) == 1


async def test_who_is_answered_at_once_does_not(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.takes_s = lambda _: 0.3
    await running_bot(desk)
    mei = bot_api.person()
    await mei.asks("hello")
    await asyncio.sleep(0.8)
    assert bot_api.called("sendChatAction") == []


async def test_a_server_that_cannot_show_it_costs_nothing(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("sendChatAction")
    desk.takes_s = lambda _: 0.9
    await running_bot(desk)
    assert (await bot_api.person().asks("hello")).text == "hello"
