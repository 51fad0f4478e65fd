"""In a group the bot speaks when it is spoken to."""

from __future__ import annotations

import pytest

from bot.storage.store import Store
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.real import RealBot
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


async def test_a_personal_number_is_not_answered_in_front_of_all_but_in_private(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    group = bot_api.group()
    wei = group.member()
    heard = await wei.asks("@ShebaoTestBot I lost my social security card 11010519491231002X")
    assert heard.text.startswith("Your message has what looks like a personal number.")
    assert heard.text.endswith("Let us go on in private.")
    assert heard.labels == ["Ask me in private"]
    alone = bot_api.person()
    alone.opens(heard.key("Ask me in private")["url"])
    assert "loss" in (await alone.hears()).text


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("my father had two of them, which one do I cancel?", "Ask me in private"),
        ("我妈有两张社保卡怎么办", "单独问我"),
        ("我媽有兩張社保卡怎麼辦", "單獨問我"),
    ],
)
async def test_a_follow_up_about_oneself_is_moved_into_the_private_chat(
    bot_api: BotApi, real: RealBot, typed: str, label: str
) -> None:
    await real()
    wei = bot_api.group().member()
    answer = await wei.asks("@ShebaoTestBot I lost my social security card")
    assert "This helped" in answer.labels
    wei.says(typed, reply_to_message=answer.json)
    heard = await wei.hears()
    assert heard.labels == [label]
    alone = bot_api.person()
    alone.opens(heard.key(label)["url"])
    await alone.hears()


@pytest.mark.parametrize("typed", ["what do I bring?", "我要带什么", "how long does it take?"])
async def test_a_follow_up_that_asks_for_a_rule_is_answered_in_the_group(
    bot_api: BotApi, real: RealBot, typed: str
) -> None:
    await real()
    wei = bot_api.group().member()
    answer = await wei.asks("@ShebaoTestBot I lost my social security card")
    wei.says(typed, reply_to_message=answer.json)
    assert "Ask me in private" not in (await wei.hears()).labels


async def test_what_was_moved_leaves_no_trace_in_the_group_s_talk(
    bot_api: BotApi, real: RealBot, store: Store
) -> None:
    await real()
    wei = bot_api.group().member()
    await wei.asks("@ShebaoTestBot I lost my social security card")
    before = await store.get(f"telegram:{wei.chat.id}")
    await wei.asks("@ShebaoTestBot I lost my social security card 11010519491231002X")
    assert await store.get(f"telegram:{wei.chat.id}") == before


async def test_in_private_nothing_is_moved(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person()
    answer = await mei.asks("I lost my social security card")
    mei.says("my father had two of them, which one goes?", reply_to_message=answer.json)
    assert "Ask me in private" not in (await mei.hears()).labels
