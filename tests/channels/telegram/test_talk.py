"""What one person sees in a private chat, over real HTTP."""

from __future__ import annotations

import pytest

from bot.dialogue.turn import Citation, Heading, Incoming, Listing, Paragraph, Reply
from tests.botapi import BotApi
from tests.botapi.fixtures import TODAY, RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says


async def test_a_question_reaches_the_desk_and_its_answer_comes_back(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person("zh-hans")
    assert (await mei.asks("社保卡丢了怎么办")).text == "社保卡丢了怎么办"
    expected = Incoming(text="社保卡丢了怎么办", today=TODAY, lang_hint="zh")
    assert desk.asked == [(f"telegram:{mei.chat.id}", expected)]


@pytest.mark.parametrize(
    ("language", "hint"),
    [("zh", "zh"), ("zh-hant", "zh"), ("ZH-CN", "zh"), ("en-GB", "en"), ("vi", "en"), (None, None)],
)
async def test_the_app_s_language_is_a_hint(
    bot_api: BotApi,
    running_bot: RunningBot,
    desk: ScriptedDesk,
    language: str | None,
    hint: str | None,
) -> None:
    await running_bot(desk)
    await bot_api.person(language).asks("hello")
    assert desk.asked[0][1].lang_hint == hint


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/start", "/start"),
        ("/start from_poster", "/start from_poster"),
        ("/help@ShebaoTestBot", "/help"),
        ("/law@shebaotestbot 26", "/law 26"),
        ("/law 26", "/law 26"),
        ("/cancel", "/cancel"),
        ("@ShebaoTestBot my card is lost", "my card is lost"),
        ("write to me@ShebaoTestBot.cn", "write to me@ShebaoTestBot.cn"),
        ("two  spaces stay", "two  spaces stay"),
    ],
)
async def test_commands_arrive_as_text_without_the_bot_s_name(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, typed: str, asked: str
) -> None:
    await running_bot(desk)
    await bot_api.person().asks(typed)
    assert desk.texts == [asked]


async def test_a_command_to_another_bot_is_left_to_it(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    mei.says("/help@WeatherBot")
    assert (await mei.asks("/help")).text == "/help"
    assert desk.texts == ["/help"]


async def test_a_tap_reaches_the_desk_and_stops_the_spinner(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    desk = ScriptedDesk(
        lambda incoming: says(incoming.action or "which?", ("By bank", "intent:bank"))
    )
    await running_bot(desk)
    mei = bot_api.person()
    assert (await mei.asks("cancel")).labels == ["By bank"]
    query = mei.taps("By bank")
    assert (await mei.hears()).text == "intent:bank"
    assert mei.answered(query)
    assert desk.asked[1][1] == Incoming(text="", today=TODAY, action="intent:bank", lang_hint="en")
    assert len(bot_api.called("answerCallbackQuery")) == 1


async def test_a_stale_tap_is_answered_once_and_still_reaches_the_desk(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    for with_message in (True, False):
        query = mei.taps_stale("intent:long_gone", with_message=with_message)
        assert (await mei.hears()).text == "[intent:long_gone]"
        assert mei.answered(query)
    assert len(bot_api.called("answerCallbackQuery")) == 2


async def test_a_tap_that_telegram_calls_too_old_is_answered_in_words(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    query = mei.taps_stale("intent:x")
    bot_api.world.taps[query] = True  # the server will say that the query is too old
    assert (await mei.hears()).text == "[intent:x]"
    assert [call.status for call in bot_api.called("answerCallbackQuery")] == [400]


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "document", "contact", "location"])
async def test_what_is_not_text_is_said_to_be_unread(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, kind: str
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    mei.shows(kind)
    assert (await mei.hears()).text == "[media]"
    assert desk.asked[0][1].text == ""


async def test_a_caption_is_text(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    mei.shows("photo", "is this card still good?")
    assert (await mei.hears()).text == "is this card still good?"


async def test_an_album_is_answered_once(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei, li = bot_api.person(), bot_api.person()
    mei.shows("photo", media_group_id="1")
    mei.shows("photo", media_group_id="1")
    li.shows("photo", "lost my card", media_group_id="2")
    li.shows("photo", media_group_id="2")
    assert (await mei.hears()).text == "[media]"
    assert (await li.hears()).text == "lost my card"
    await mei.hears_nothing()
    await li.hears_nothing(0)


async def test_channel_posts_and_service_messages_are_not_answered(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    mei, channel = bot_api.person(), bot_api.channel()
    assert channel.posts("news about cards") is not None
    await running_bot(desk)
    joined = bot_api.world.message(mei.chat, mei.user, new_chat_title="Cards")
    bot_api.pending.push("message", joined)
    assert (await mei.asks("hello")).text == "hello"
    assert desk.texts == ["hello"]


async def test_an_answer_is_formatted_and_shows_no_link_preview(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    reply = Reply(
        lang="en",
        blocks=(
            Heading("Two cards & you"),
            Paragraph("Keep the one <in use>."),
            Listing(("Go", "Sign"), "steps"),
            Citation("Article 24", "On records.", quote="第二十四条"),
        ),
    )
    await running_bot(ScriptedDesk(lambda _: reply))
    heard = await bot_api.person().asks("two cards")
    assert heard.text == (
        "Two cards & you\n\nKeep the one <in use>.\n\n1. Go\n2. Sign\n\n"
        "Article 24\nOn records.\n第二十四条"
    )
    assert [each["type"] for each in heard.entities] == ["bold", "bold", "expandable_blockquote"]
    assert (
        bot_api.called("sendMessage")[0].params["link_preview_options"] == '{"is_disabled": true}'
    )


async def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    long = "\n".join(f"Line {number}: what to bring." for number in range(400))
    await running_bot(ScriptedDesk(lambda _: says(long, ("More", "more"))))
    mei = bot_api.person()
    first, second, third = await mei.asks("all"), await mei.hears(), await mei.hears()
    assert [first.labels, second.labels, third.labels] == [[], [], ["More"]]
    assert "\n".join(part.text for part in (first, second, third)) == long
