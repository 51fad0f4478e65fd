"""Whether an answer helped: counted by question, thanked for in place, and nobody's name."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.storage.store import Store
from tests.botapi import BotApi, Heard
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.real import RealBot
from tests.channels.telegram.scripted import ScriptedDesk, says


def counted(folder: Path) -> list[tuple[str, int, int]]:
    with sqlite3.connect(folder / "desk.db") as database:
        return database.execute("SELECT * FROM feedback").fetchall()


async def test_helped_is_counted_once_and_thanked_for_where_it_was_tapped(
    bot_api: BotApi, real: RealBot, store: Store, tmp_path: Path
) -> None:
    await real()
    mei = bot_api.person()
    answer = await mei.asks("I lost my social security card, what now?")
    text, before = answer.text, answer.as_it_is
    queries = [mei.taps("This helped", under=before) for _ in range(3)]
    await bot_api.until(lambda: "✓ Thank you for telling me." in answer.labels)
    await bot_api.until(lambda: all(mei.answered(query) for query in queries))
    assert bot_api.world.tap_texts[queries[0]] == "Thank you for telling me."
    await mei.hears_nothing()
    assert (answer.text, "Did not help" in answer.labels) == (text, False)
    await store.close()
    assert counted(tmp_path) == [("report_loss", 1, 0)]


async def test_did_not_help_is_answered_with_whom_to_call_and_what_else_there_is(
    bot_api: BotApi, real: RealBot, store: Store, tmp_path: Path
) -> None:
    await real()
    mei = bot_api.person("zh-hans")
    answer = await mei.asks("社保卡丢了怎么办")
    mei.taps("没帮上")
    heard = await mei.hears()
    assert heard.text.startswith("抱歉没帮上忙，谢谢你告诉我。")
    assert "12333" in heard.text
    assert "都不是" in heard.labels
    assert "复制12333" in heard.labels
    await bot_api.until(lambda: "✓ 没帮上" in answer.labels)
    assert "有帮助" not in answer.labels
    await store.close()
    assert counted(tmp_path) == [("report_loss", 0, 1)]


async def test_a_rating_leaves_what_was_shown_last_to_be_typed(
    bot_api: BotApi, real: RealBot
) -> None:
    await real()
    mei = bot_api.person()
    answer = await mei.asks("I lost my social security card, what now?")
    first = answer.labels[0]
    query = mei.taps("This helped")
    await bot_api.until(lambda: mei.answered(query))
    assert (await mei.asks(first)).text != answer.text


async def test_a_rating_of_before_a_restart_is_counted_and_a_made_up_one_is_not(
    bot_api: BotApi, real: RealBot, store: Store, tmp_path: Path
) -> None:
    await real()
    mei = bot_api.person()
    mei.taps_stale("f:n:report_loss")
    await mei.hears()
    for made_up in ("f:n:no_such_thing", "f:x:report_loss"):
        mei.taps_stale(made_up)
        assert "older talk" in (await mei.hears()).text
    await store.close()
    assert counted(tmp_path) == [("report_loss", 0, 1)]


async def test_small_talk_and_choices_have_nothing_to_rate(bot_api: BotApi, real: RealBot) -> None:
    await real()
    mei = bot_api.person()
    for typed in ("/start", "hello", "/help", "/place", "qwrtp zxcvb"):
        assert "This helped" not in (await mei.asks(typed)).labels, typed


async def test_ratings_pile_up_while_the_database_is_away(tmp_path: Path) -> None:
    (tmp_path / "desk.db").mkdir()  # no file can be there
    store = Store(f"sqlite:///{tmp_path}/desk.db")
    await store.open()
    store.rate("report_loss", helped=True)
    assert store.trouble
    (tmp_path / "desk.db").rmdir()
    store.rate("report_loss", helped=True)
    store.rate("report_loss", helped=False)
    async with asyncio.timeout(5):
        await store.settle("telegram:1", None, (42, 1000))
    await store.close()
    assert counted(tmp_path) == [("report_loss", 2, 1)]


async def test_thanks_that_cannot_be_shown_in_place_cost_nothing(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.script = lambda _: says("Thank you.")
    await running_bot(desk)
    mei = bot_api.person()
    query = mei.taps_stale("f:y:report_loss")
    await bot_api.until(lambda: mei.answered(query))
    assert bot_api.world.tap_texts[query] == "Thank you."
    await mei.hears_nothing()
    await bot_api.until(lambda: not len(bot_api.pending))


def ratings(heard: Heard) -> list[str]:
    return [label for label in heard.labels if "help" in label]


@pytest.mark.parametrize("typed", ["I lost my social security card", "and what do I bring?"])
async def test_answers_and_checklists_can_be_rated(
    bot_api: BotApi, real: RealBot, typed: str
) -> None:
    await real()
    mei = bot_api.person()
    await mei.asks("How do I cancel my social security card?")
    assert ratings(await mei.asks(typed)) == ["This helped", "Did not help"]
