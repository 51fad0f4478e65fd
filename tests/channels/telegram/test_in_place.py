"""Choices turn into what was chosen, in place; answers stay, to be scrolled back to."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.dialogue.turn import Incoming, Reply
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says

MENU = says("What is it about?", ("Cancelling", "g:cancellation:0"), ("The law", "g:law:0"))
PAGE = says("Cancelling:", ("Two cards", "a:two"), ("All topics", "menu"))
CHOICE = says("Which <one>?", ("Two cards", "a:two"), ("None of these", "none"))
ANSWER = replace(
    says("Keep one.", ("Someone else goes", "a:two:proxy"), ("Not what I meant", "not")),
    outcome="answered",
    intent="two",
)


def script(incoming: Incoming) -> Reply:
    """A desk in small."""
    match incoming.action:
        case "menu":
            return MENU
        case "g:cancellation:0":
            return PAGE
        case "a:two" | "a:two:proxy":
            return ANSWER
        case "none":
            return says("Say it otherwise.", ("Cancelling", "g:cancellation:0"))
        case "not":
            return CHOICE
    return {"choice": CHOICE, "menu": MENU}.get(incoming.text, ANSWER)


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk(script)


async def test_a_menu_turns_into_its_page_and_back_without_a_new_message(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    menu = await mei.asks("menu")
    for _ in range(2):  # the same key again, once the menu is back
        mei.taps("Cancelling")
        await bot_api.until(lambda: menu.labels == ["Two cards", "All topics"])
        assert menu.text == "Cancelling:"
        mei.taps("All topics")
        await bot_api.until(lambda: menu.text == "What is it about?")
    await mei.hears_nothing()


async def test_a_choice_shows_what_was_chosen_and_the_answer_is_a_new_message(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    choice = await mei.asks("choice")
    mei.taps("Two cards")
    assert (await mei.hears()).text == "Keep one."
    await bot_api.until(lambda: not choice.labels)
    assert choice.text == "Which <one>?\n\n✓ Two cards"


async def test_an_answer_keeps_its_text_and_its_other_keys_when_one_is_tapped(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    answer = await mei.asks("two cards")
    mei.taps("Someone else goes")
    await mei.hears()
    await bot_api.until(lambda: answer.labels[:2] == ["✓ Someone else goes", "Not what I meant"])
    assert answer.text == "Keep one."
    mei.taps("Not what I meant", under=answer)
    assert (await mei.hears()).text == "Which <one>?"


async def test_none_of_these_turns_the_choice_into_what_to_do_then(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    choice = await mei.asks("choice")
    mei.taps("None of these")
    await bot_api.until(lambda: choice.text == "Say it otherwise.")
    assert choice.labels == ["Cancelling"]
    await mei.hears_nothing()


async def test_a_second_tap_while_the_first_is_answered_sends_nothing_twice(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.takes_s = lambda incoming: 0.3 if incoming.action else 0.0
    await running_bot(desk)
    mei = bot_api.person()
    await mei.asks("choice")
    queries = [mei.taps("Two cards") for _ in range(5)]
    await mei.hears()
    await mei.hears_nothing()
    await bot_api.until(lambda: all(mei.answered(query) for query in queries))
    assert [bot_api.world.tap_texts[query] for query in queries] == ["", *["You have it."] * 4]


async def test_a_second_tap_long_after_the_first_says_where_the_answer_is(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person("zh")
    answer = await mei.asks("two cards")
    before = answer.as_it_is
    mei.taps("Someone else goes")
    await mei.hears()
    await bot_api.until(lambda: answer.labels[0] == "✓ Someone else goes")
    for query in (
        mei.taps("✓ Someone else goes"),
        mei.taps("Someone else goes", under=before),  # an app that has not seen the edit yet
    ):
        await bot_api.until(lambda query=query: mei.answered(query))  # type: ignore[misc]
        assert bot_api.world.tap_texts[query] == "You have it."
    await mei.hears_nothing()


async def test_a_ticked_key_is_known_as_such_after_a_restart(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    query = mei.taps_stale("=a:two")
    await bot_api.until(lambda: mei.answered(query))
    await mei.hears_nothing()
    assert desk.asked == []


async def test_a_chinese_key_that_is_ticked_says_so_in_its_script(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    reply = replace(says("有两张卡。", ("换新卡，繁體", "a:new")), outcome="answered")
    await running_bot(ScriptedDesk(lambda _: reply))
    mei = bot_api.person("en")
    shown = (await mei.asks("x")).as_it_is
    mei.taps("换新卡，繁體", under=shown)
    await mei.hears()
    query = mei.taps("换新卡，繁體", under=shown)
    await bot_api.until(lambda: mei.answered(query))
    assert bot_api.world.tap_texts[query] == "已經答過了。"


async def test_an_answer_that_broke_can_be_asked_for_again(
    bot_api: BotApi, running_bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.asking.AGAIN_S", ())
    broken = iter((True, False))

    def breaks(incoming: Incoming) -> Reply:
        if incoming.action and next(broken):
            raise LookupError
        return script(incoming)

    await running_bot(ScriptedDesk(breaks))
    mei = bot_api.person()
    await mei.asks("choice")
    mei.taps("Two cards")
    assert "not work" in (await mei.hears()).text
    mei.taps("Two cards")
    assert (await mei.hears()).text == "Keep one."


async def test_a_message_too_old_to_be_edited_is_followed_by_a_new_one(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    menu = await mei.asks("menu")
    mei.chat.frozen.add(menu.json["message_id"])
    mei.taps("Cancelling")
    assert (await mei.hears()).text == "Cancelling:"
    assert menu.text == "What is it about?"


async def test_a_message_that_was_deleted_meanwhile_is_followed_by_a_new_one(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    menu, choice = await mei.asks("menu"), await mei.asks("choice")
    for gone in (menu, choice):
        mei.deletes(gone)
    mei.taps("Cancelling", under=menu)
    assert (await mei.hears()).text == "Cancelling:"
    mei.taps("Two cards", under=choice)
    assert (await mei.hears()).text == "Keep one."


async def test_a_menu_that_shows_it_already_is_no_failure(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    menu = (await mei.asks("menu")).as_it_is
    with capture_logs() as logs:
        for _ in range(2):
            query = mei.taps("Cancelling", under=menu)
            await bot_api.until(lambda query=query: mei.answered(query))  # type: ignore[misc]
            await bot_api.until(lambda: not len(bot_api.pending))
    await mei.hears_nothing()
    assert "not modified" in bot_api.called("editMessageText")[-1].error
    assert [each["event"] for each in logs if each["log_level"] != "info"] == []


async def test_a_server_that_cannot_edit_gets_new_messages_and_one_line_a_method_in_the_log(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("editMessageText", "editMessageReplyMarkup")
    await running_bot(desk)
    mei = bot_api.person()
    with capture_logs() as logs:
        for _ in range(2):
            await mei.asks("menu")
            mei.taps("Cancelling")
            assert (await mei.hears()).text == "Cancelling:"
            mei.taps("Two cards")
            assert (await mei.hears()).text == "Keep one."
        await bot_api.until(lambda: len(bot_api.called("editMessageReplyMarkup")) == 2)
    unknown = [each["method"] for each in logs if each["event"] == "telegram_method_unknown"]
    assert sorted(unknown) == ["editMessageReplyMarkup", "editMessageText"]


async def test_a_server_that_breaks_at_every_edit_sends_a_new_message_soon(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.fail("editMessageText", status=501, times=float("inf"))
    mei = bot_api.person()
    await mei.asks("menu")
    mei.taps("Cancelling")
    assert (await mei.hears()).text == "Cancelling:"


async def test_a_flood_limit_on_the_edit_is_waited_out(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    menu = await mei.asks("menu")
    bot_api.faults.flood("editMessageText", retry_after_s=1)
    mei.taps("Cancelling")
    await bot_api.until(lambda: menu.text == "Cancelling:")
    await mei.hears_nothing()


async def test_a_tap_is_not_confirmed_before_its_edit_was_made(
    bot_api: BotApi, store: Store, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk, store=store)
    mei = bot_api.person()
    menu = await mei.asks("menu")
    await bot_api.until(lambda: not len(bot_api.pending))
    bot_api.faults.slow("editMessageText", 0.5, times=1)
    mei.taps("Cancelling")
    await asyncio.sleep(0.3)
    assert len(bot_api.pending) == 1
    await bot_api.until(lambda: not len(bot_api.pending))
    assert menu.text == "Cancelling:"
