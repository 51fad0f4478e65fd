"""Traditional in, traditional out, down to the last key; what nobody typed follows the app."""

from __future__ import annotations

import pytest

from bot.dialogue.language import is_traditional
from bot.dialogue.script import traditional
from tests.botapi import BotApi, Heard
from tests.channels.telegram.real import RealBot


def words_of(heard: Heard) -> str:
    """All that a person reads of a message."""
    return "\n".join([heard.text, *heard.labels])


def is_in_traditional(text: str) -> bool:
    """Whether no character of it could be written in a more traditional way."""
    return is_traditional(text) is True


@pytest.mark.parametrize("app", ["en", "zh-hans", "zh-hant"])
async def test_who_types_traditional_reads_traditional_and_who_types_simplified_simplified(
    bot_api: BotApi, real: RealBot, app: str
) -> None:
    await real()
    mei = bot_api.person(app)
    assert is_in_traditional(words_of(await mei.asks("社保卡丟了怎麼辦")))
    assert is_traditional(words_of(await mei.asks("社保卡丢了怎么办"))) is False
    assert is_in_traditional(words_of(await mei.asks("社會保障卡怎麼補辦")))


async def test_what_is_tapped_stays_in_the_script_that_was_typed(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person("en")
    answer = await mei.asks("社保卡丟了怎麼辦")
    mei.taps("不是這個")
    other = await mei.hears()
    assert is_in_traditional(words_of(other))
    await bot_api.until(lambda: "✓ 不是這個" in answer.labels)
    query = mei.taps("有幫助")
    await bot_api.until(lambda: mei.answered(query))
    assert bot_api.world.tap_texts[query] == "謝謝你告訴我。"
    await bot_api.until(lambda: "✓ 謝謝你告訴我。" in answer.labels)
    mei.says("/help")
    menu = await mei.hears()
    mei.taps("註銷")
    await bot_api.until(lambda: "想問哪個" in menu.text)
    assert is_in_traditional(words_of(menu))


async def test_a_choice_in_traditional_can_be_typed_as_well_as_tapped(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person()
    await mei.asks("社保卡丟了怎麼辦")
    menu = await mei.asks("/help")
    assert "註銷" in menu.labels
    assert "想問哪個" in (await mei.asks("註銷")).text


@pytest.mark.parametrize(
    ("app", "traditional"),
    [("zh-hant", True), ("zh-TW", True), ("zh-HK", True), ("zh-hans", False), ("zh", False)],
)
async def test_a_first_greeting_follows_the_app(
    bot_api: BotApi, real: RealBot, app: str, traditional: bool
) -> None:
    await real()
    heard = await bot_api.person(app).asks("/start")
    assert "社保卡" in heard.text
    assert is_in_traditional(words_of(heard)) is traditional


async def test_an_edited_question_is_answered_in_its_new_script(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person()
    answer = await mei.asks("社保卡丢了怎么办")
    before = answer.text
    mei.edits("社保卡丟了怎麼辦")
    await bot_api.until(lambda: answer.text != before)
    assert is_in_traditional(words_of(answer))
    assert answer.text == traditional(before)
