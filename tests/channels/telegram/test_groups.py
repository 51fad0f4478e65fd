"""In a group the bot speaks when it is spoken to."""

from __future__ import annotations

import pytest

from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("@ShebaoTestBot lost my card", "lost my card"),
        ("lost my card, @shebaotestbot?", "lost my card, ?"),
        ("/law 26", "/law 26"),
        ("/law@ShebaoTestBot 26", "/law 26"),
    ],
)
async def test_a_mention_or_a_command_is_answered_under_the_message(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, typed: str, asked: str
) -> None:
    await running_bot(desk)
    wei = bot_api.group().member()
    heard = await wei.asks(typed)
    assert heard.text == asked
    assert heard.json["reply_to_message"]["message_id"] == wei.last["message_id"]
    assert desk.asked[0][0] == f"telegram:{wei.chat.id}"


async def test_talk_among_people_is_left_alone(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    wei = bot_api.group().member()
    wei.says("did you lose your card?")
    wei.says("/roll@DiceBot 6")
    wei.says("write to me@ShebaoTestBot.cn")
    wei.says("@ShebaoTestBotOfficial is another one")
    wei.shows("photo")
    wei.shows("photo", "my new card")
    assert (await wei.asks("@ShebaoTestBot hi")).text == "hi"
    assert desk.texts == ["hi"]


async def test_a_reply_to_the_bot_is_meant_for_it(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    wei = bot_api.group().member()
    heard = await wei.asks("/start")
    wei.says("and then?", reply_to_message=heard.json)
    assert (await wei.hears()).text == "and then?"
    wei.shows("photo", reply_to_message=heard.json)
    assert (await wei.hears()).text == "[media]"


async def test_the_caption_of_a_photo_may_name_the_bot(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    wei = bot_api.group().member()
    wei.shows("photo", "@ShebaoTestBot is this one valid?")
    assert (await wei.hears()).text == "is this one valid?"


async def test_a_tap_in_a_topic_is_answered_in_that_topic(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    await running_bot(ScriptedDesk(lambda incoming: says(incoming.action or "hi", ("Go", "go"))))
    wei = bot_api.group().member()
    wei.says("/start", message_thread_id=7, is_topic_message=True)
    assert (await wei.hears()).json["message_thread_id"] == 7
    wei.taps("Go")
    heard = await wei.hears()
    assert (heard.text, heard.json["message_thread_id"]) == ("go", 7)


async def test_other_bots_are_not_talked_to(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    group = bot_api.group()
    robot, wei = group.member(name="Robot"), group.member()
    robot.user["is_bot"] = True
    robot.says("@ShebaoTestBot loop with me")
    assert (await wei.asks("@ShebaoTestBot hi")).text == "hi"
    assert desk.texts == ["hi"]


async def test_a_group_that_became_a_supergroup_is_answered_where_it_is_now(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    old, new = bot_api.group(), bot_api.group()
    old.chat.migrated_to = new.chat.id
    reader = new.member()
    old.member().says("/start")
    assert (await reader.hears()).text == "/start"
