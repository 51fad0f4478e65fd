"""Inline mode: cards of answers in any chat, and a way into the private one."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import flood
from bot.channels.telegram.limits import Limits
from bot.content.library import Library
from tests.botapi import USERNAME, BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.real import RealBot
from tests.channels.telegram.scripted import ScriptedDesk


async def test_the_best_answer_is_the_first_card_and_is_sent_whole(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person()
    found = await mei.finds("I lost my social security card")
    card = found["results"][0]
    answer = await mei.asks("I lost my social security card")
    assert card["text"] == answer.text
    assert answer.text.startswith(card["title"])
    assert card["description"][:40] in answer.text
    (((key,),),) = (card["reply_markup"]["inline_keyboard"],)
    mei.opens(key["url"])
    assert (await mei.hears()).text == answer.text


async def test_two_that_are_close_are_both_offered(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person()
    choice = await mei.asks("card")
    offered = [card["id"] for card in (await mei.finds("card"))["results"]]
    chosen = [
        key["callback_data"].removeprefix("a:")
        for row in choice.buttons
        for key in row
        if key.get("callback_data", "").startswith("a:")
    ]
    assert offered[: len(chosen)] == chosen


@pytest.mark.parametrize(
    ("typed", "word"),
    [("社保卡丢了", "挂失"), ("社保卡丟了", "掛失"), ("lost my social security card", "loss")],
)
async def test_cards_are_in_the_language_and_script_typed(
    bot_api: BotApi, real: RealBot, typed: str, word: str
) -> None:
    await real()
    found = await bot_api.person("de").finds(typed)
    assert word in found["results"][0]["text"]


async def test_with_nothing_typed_the_first_questions_are_offered_in_the_app_s_language(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    english = await bot_api.person("en").finds("")
    chinese = await bot_api.person("zh-hant").finds(" ")
    assert [card["id"] for card in english["results"]][:1] == ["cancel_howto"]
    assert chinese["results"][0]["title"] == "社保卡怎麼註銷"


async def test_an_article_of_the_law_is_a_card(bot_api: BotApi, real: RealBot) -> None:
    await real()
    found = await bot_api.person().finds("Social Insurance Law Article 60")
    assert found["results"][0]["id"] == "social_insurance_law/60"


@pytest.mark.parametrize("typed", ["qwrtp zxcvb", "how do I get a driving licence", "hello"])
async def test_what_the_desk_does_not_answer_has_no_card_but_a_way_to_ask(
    bot_api: BotApi, real: RealBot, typed: str
) -> None:
    await real()
    mei = bot_api.person()
    found = await mei.finds(typed)
    assert found["results"] == []
    assert found["button"]["text"] == "Ask me in private"
    mei.opens(f"https://t.me/{USERNAME}?start={found['button']['start_parameter']}")
    assert (await mei.hears()).text.startswith("Hello")


async def test_results_are_kept_a_few_minutes_and_for_this_person_only(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    found = await bot_api.person().finds("lost card")
    assert 60 <= found["cache_time"] <= 600
    assert found["is_personal"]


async def test_a_personal_number_is_masked_and_no_word_is_logged(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person()
    with capture_logs() as logs:
        found = await mei.finds("I lost my social security card 11010519491231002X wallet")
    assert found["results"][0]["id"] == "report_loss"
    assert "11010519491231002X" not in str(found)
    assert "wallet" not in str(logs)
    assert "11010519491231002X" not in str(logs)


async def test_every_answer_is_a_card_that_telegram_takes(
    bot_api: BotApi, real: RealBot, library: Library
) -> None:
    await real()
    mei = bot_api.person()
    for intent in library.intent_set.intents.values():
        found = await mei.finds(intent.phrases.zh[0])
        assert len(found["results"]) <= 5
    assert not bot_api.refused


async def test_a_second_page_is_empty(bot_api: BotApi, real: RealBot) -> None:
    await real()
    query = bot_api.person().searches("lost card", offset="5")
    await bot_api.until(lambda: bot_api.world.searches[query] is not None)
    assert (bot_api.world.searches[query] or {})["results"] == []


async def test_a_query_that_came_too_late_is_no_trouble(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    query = mei.searches("lost card")
    bot_api.world.searches[query] = {}
    with capture_logs() as logs:
        assert (await mei.asks("hello")).text == "hello"
        await bot_api.until(lambda: not len(bot_api.pending))
    assert [each["event"] for each in logs if each["log_level"] == "warning"] == []


async def test_a_server_without_inline_mode_is_logged_once_and_the_talk_goes_on(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("answerInlineQuery")
    await running_bot(desk)
    mei = bot_api.person()
    with capture_logs() as logs:
        for number in range(3):
            mei.searches(f"{number}")
        assert (await mei.asks("hello")).text == "hello"
        await bot_api.until(lambda: not len(bot_api.pending))
    unknown = [each["method"] for each in logs if each["event"] == "telegram_method_unknown"]
    assert unknown == ["answerInlineQuery"]


async def test_a_search_is_no_flood_in_the_talk_and_a_flood_of_searches_is_ignored(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk, limits=Limits(overall_per_s=1000))
    mei = bot_api.person()
    for number in range(flood.TYPED_BURST + 50):
        mei.searches(f"{number}")
    assert (await mei.asks("hello")).text == "hello"
    await bot_api.until(lambda: not len(bot_api.pending))
    answered = len(bot_api.called("answerInlineQuery"))
    assert flood.TYPED_BURST <= answered < flood.TYPED_BURST + 25
