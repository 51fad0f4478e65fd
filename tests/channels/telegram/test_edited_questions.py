"""A question that is edited is answered anew, where its answer stands."""

from __future__ import annotations

import pytest

from bot.channels.telegram.questions import REMEMBERED, Questions
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says

LONG = "\n".join(f"Line {number}: what to bring." for number in range(250))


async def test_an_edited_question_is_answered_by_editing_the_answer(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    answer = await mei.asks("lost crad")
    mei.edits("lost card")
    await bot_api.until(lambda: answer.text == "lost card")
    mei.edits("lost bank card")
    await bot_api.until(lambda: answer.text == "lost bank card")
    await mei.hears_nothing()


async def test_an_edit_that_changes_no_word_does_nothing(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    await mei.asks("lost card")
    mei.edits("lost card")
    assert (await mei.asks("next")).text == "next"
    assert desk.texts == ["lost card", "next"]
    assert not bot_api.called("editMessageText")


async def test_an_older_question_is_answered_where_it_stands_and_not_at_the_end(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    first = await mei.asks("one")
    question = mei.last
    second = await mei.asks("two")
    mei.edits("uno", question)
    await bot_api.until(lambda: first.text == "uno")
    assert second.text == "two"


async def test_an_edit_that_comes_before_the_answer_is_sent_finds_it_all_the_same(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.slow("sendMessage", 0.3, times=1)
    mei = bot_api.person()
    mei.says("lost crad")
    mei.edits("lost card")
    answer = await mei.hears()
    await bot_api.until(lambda: answer.text == "lost card")
    await mei.hears_nothing()


async def test_an_edit_of_before_a_restart_is_answered_by_a_message_that_quotes_it(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    mei = bot_api.person()
    await running_bot(desk)
    mei.last = bot_api.world.message(mei.chat, mei.user, text="lost crad")
    mei.edits("lost card")
    heard = await mei.hears()
    assert heard.text == "lost card"
    assert heard.json["reply_to_message"]["message_id"] == mei.last["message_id"]
    mei.edits("lost bank card")
    await bot_api.until(lambda: heard.text == "lost bank card")


async def test_an_answer_that_is_gone_or_too_old_is_followed_by_a_new_one(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei = bot_api.person()
    mei.deletes(await mei.asks("one"))
    mei.edits("two")
    heard = await mei.hears()
    assert heard.text == "two"
    mei.chat.frozen.add(heard.json["message_id"])
    mei.edits("three")
    assert (await mei.hears()).text == "three"


async def test_an_answer_of_several_parts_shrinks_and_grows_with_its_question(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    await running_bot(
        ScriptedDesk(lambda asked: says(LONG if asked.text == "long" else asked.text, ("Go", "go")))
    )
    mei = bot_api.person()
    first = await mei.asks("long")
    second = await mei.hears()
    assert (first.labels, second.labels) == ([], ["Go"])
    mei.edits("short")
    await bot_api.until(lambda: second.json["message_id"] not in mei.chat.messages)
    assert (first.text, first.labels) == ("short", ["Go"])
    mei.edits("long")
    third = await mei.hears()
    assert f"{first.text}\n{third.text}" == LONG
    assert (first.labels, third.labels) == ([], ["Go"])


async def test_keys_under_an_answer_that_was_edited_can_be_tapped_again(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    def script(asked: object) -> object:
        return says(getattr(asked, "text", "") or "chosen", ("Go", "go"))

    await running_bot(ScriptedDesk(script))  # type: ignore[arg-type]
    mei = bot_api.person()
    answer = await mei.asks("one")
    mei.taps("Go", under=answer)
    assert (await mei.hears()).text == "chosen"
    await bot_api.until(lambda: answer.labels == ["✓ Go"])
    mei.edits("two")
    await bot_api.until(lambda: answer.labels == ["Go"])
    mei.taps("Go", under=answer)
    assert (await mei.hears()).text == "chosen"


@pytest.mark.parametrize("kind", ["photo", "location"])
async def test_an_edit_with_nothing_to_read_is_not_answered(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, kind: str
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    mei.shows(kind)
    assert (await mei.hears()).text == "[media]"
    bot_api.pending.push("edited_message", mei.last)  # as a live location does when it moves
    assert (await mei.asks("next")).text == "next"


async def test_in_a_group_an_edit_that_names_the_bot_is_answered_and_another_is_not(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    wei = bot_api.group().member()
    wei.says("lost my card")
    wei.edits("I lost my card")
    await wei.hears_nothing()
    wei.edits("@ShebaoTestBot lost my card")
    assert (await wei.hears()).text == "lost my card"


async def test_what_was_typed_is_not_kept() -> None:
    questions = Questions()
    for number in range(REMEMBERED + 1):
        questions.asked((1, number), "a secret word")
    assert "secret" not in repr(questions._known)
    assert len(questions._known) == REMEMBERED
    assert not questions.known((1, 0))
