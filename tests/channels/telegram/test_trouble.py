"""Floods, broken connections, blocked bots, malformed updates, a desk that breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.dialogue.cards import Card
from bot.dialogue.turn import Incoming, Paragraph, Reply
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.botapi.fixtures import RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says


def logged(logs: Sequence[Mapping[str, Any]], event: str) -> list[Mapping[str, Any]]:
    """The entries of one event."""
    return [each for each in logs if each["event"] == event]


async def test_a_flooded_answer_arrives_after_the_wait(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.flood("sendMessage", retry_after_s=1)
    mei, li = bot_api.person(), bot_api.person()
    mei.says("slow")
    await bot_api.until(lambda: bot_api.called("sendMessage"))
    assert (await li.asks("quick", timeout_s=0.5)).text == "quick"  # others need not wait
    assert (await mei.hears()).text == "slow"


async def test_a_chat_that_may_not_be_written_to_for_hours_holds_up_no_other(
    bot_api: BotApi, store: Store, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    """Although getUpdates gives no more than a hundred past the one that waits."""
    await running_bot(desk, store=store)
    bot_api.faults.flood("sendMessage", retry_after_s=7200)
    mei, li = bot_api.person(), bot_api.person()
    mei.says("waits")
    await bot_api.until(lambda: bot_api.called("sendMessage"))
    for number in range(250):
        li.says(f"{number}")
    for number in range(250):
        assert (await li.hears()).text == f"{number}"
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    await asyncio.sleep(0.1)  # what was parked for a moment is written off
    assert list(await store.parked(int(bot_api.token.partition(":")[0]))) == [1000]


async def test_a_message_that_telegram_calls_wrong_is_not_sent_again(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.refuse("sendMessage", status=400)
    mei = bot_api.person()
    mei.says("wrong")
    assert (await mei.asks("right")).text == "right"
    assert len(bot_api.called("sendMessage")) == 2


@pytest.mark.parametrize("trouble", ["502", "reset", "500"])
async def test_an_answer_survives_a_server_that_stumbles(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, trouble: str
) -> None:
    await running_bot(desk)
    if trouble == "reset":
        bot_api.faults.reset("sendMessage")
    else:
        bot_api.faults.fail("sendMessage", status=int(trouble))
    mei = bot_api.person()
    assert (await mei.asks("still there?", timeout_s=5)).text == "still there?"
    await mei.hears_nothing()


async def test_polling_survives_a_server_that_stumbles(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    await mei.asks("before")
    bot_api.faults.fail("getUpdates", status=502)
    bot_api.faults.garble("getUpdates", b"<html>hotel wifi: please log in</html>")
    mei.says("during")  # ends the poll that is open; the next two fail
    assert (await mei.hears()).text == "during"
    with capture_logs() as logs:
        assert (await mei.asks("after", timeout_s=6)).text == "after"
    assert [each["event"] for each in logs].count("telegram_reached") <= 1
    assert desk.texts == ["before", "during", "after"]


async def test_trouble_is_logged_once_while_it_lasts(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    with capture_logs() as logs:
        bot_api.faults.fail("deleteWebhook", status=502, times=2)
        await running_bot(desk)
    seen = [each["event"] for each in logs]
    assert seen == ["telegram_unreachable", "telegram_reached", "telegram_started"]


async def test_a_second_poller_does_not_end_the_first(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    with capture_logs() as logs:
        await running_bot(desk)
        await bot_api.until(lambda: logged(logs, "telegram_unreachable"))
        assert (await bot_api.person().asks("who answers?", timeout_s=5)).text == "who answers?"
    assert logged(logs, "telegram_unreachable")[0]["outcome"] == "Conflict"


async def test_a_person_who_blocked_the_bot_stops_nobody_else(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    await running_bot(desk)
    mei, li = bot_api.person(), bot_api.person()
    mei.blocks_the_bot()
    with capture_logs() as logs:
        mei.says("my secret number is 42")
        assert (await li.asks("hello")).text == "hello"
        await bot_api.until(lambda: logged(logs, "telegram_not_sent"))
    (refused,) = logged(logs, "telegram_not_sent")
    assert (refused["chat"], refused["outcome"]) == (mei.chat.id, "Forbidden")
    assert refused["reason"] == "bot was blocked by the user"
    assert "secret" not in str(logs)


@pytest.mark.parametrize("by", ["message", "tap"])
async def test_a_desk_that_breaks_is_apologised_for_and_the_talk_goes_on(
    bot_api: BotApi, running_bot: RunningBot, by: str
) -> None:
    def script(incoming: Incoming) -> Reply:
        if incoming.text == "fine":
            return says("fine")
        raise LookupError(f"no idea what {incoming.text or incoming.action} is")

    await running_bot(ScriptedDesk(script))
    mei, li = bot_api.person("zh-hans"), bot_api.person("en")
    with capture_logs() as logs:
        for each in (mei, li):
            if by == "message":
                each.says("110101199003070000")
            else:
                each.taps_stale("my number is 110101199003070000")
        assert (await mei.hears()).text == "抱歉，出了点问题。"
        assert (await li.hears()).text == "Sorry, that <did> not work."
        assert (await mei.asks("fine")).text == "fine"
    failed = logged(logs, "telegram_update_failed")
    assert [each["outcome"] for each in failed] == ["LookupError", "LookupError"]
    assert all(each["update"] >= 1000 for each in failed)
    assert "test_trouble.py" in failed[0]["where"][-1]
    assert "110101199003070000" not in str(logs)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(lang="en", blocks=(Paragraph(" \n "),)),
        says("tap", ("Too much", "x" * 65)),
        says("tap", ("Nothing", "")),
    ],
)
async def test_a_reply_that_telegram_would_refuse_is_never_sent(
    bot_api: BotApi, running_bot: RunningBot, reply: Reply
) -> None:
    await running_bot(ScriptedDesk(lambda _: reply))
    assert (await bot_api.person().asks("hello")).text.startswith("Sorry")


async def test_one_malformed_update_costs_only_itself(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    mei = bot_api.person()
    mei.says("first")
    bot_api.pending.push_raw({"update_id": 1500, "message": {"text": "no id, no chat"}})
    bot_api.pending.push_raw({"update_id": 1501, "message": "not even an object"})
    mei.says("second")
    with capture_logs() as logs:
        await running_bot(desk)
        assert [(await mei.hears()).text, (await mei.hears()).text] == ["first", "second"]
    malformed = logged(logs, "telegram_update_malformed")
    assert [each["update"] for each in malformed] == [1500, 1501]
    await bot_api.until(lambda: len(bot_api.pending) == 0)


async def test_an_update_of_a_kind_that_is_not_known_yet_is_passed_over(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.pending.push_raw({"update_id": 1500, "telepathy": {"from": 1}})
    await running_bot(desk)
    assert (await bot_api.person().asks("hello")).text == "hello"


async def test_the_start_outlasts_a_server_that_is_down(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    port = int(bot_api.url.rpartition(":")[2])
    await bot_api.stop()
    starting = asyncio.create_task(running_bot(desk))
    await asyncio.sleep(0.2)
    assert not starting.done()
    await bot_api.start(port)
    await starting
    assert (await bot_api.person().asks("hello")).text == "hello"


async def test_what_was_said_while_the_server_was_away_is_answered(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    mei = bot_api.person()
    await mei.asks("before")
    port = int(bot_api.url.rpartition(":")[2])
    await bot_api.stop()
    mei.says("meanwhile")
    await asyncio.sleep(0.2)
    await bot_api.start(port)
    assert (await mei.hears(timeout_s=5)).text == "meanwhile"


async def test_a_search_that_breaks_holds_up_no_other_update(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.cards = broken  # type: ignore[method-assign]
    await running_bot(desk)
    mei = bot_api.person()
    with capture_logs() as logs:
        mei.searches("a secret word")
        assert (await mei.asks("hello")).text == "hello"
        await bot_api.until(lambda: not len(bot_api.pending))
    (failed,) = logged(logs, "telegram_update_failed")
    assert failed["outcome"] == "LookupError"
    assert "secret" not in str(logs)


async def test_what_breaks_on_the_way_into_the_private_chat_is_apologised_for(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    desk.cards = broken  # type: ignore[method-assign]
    await running_bot(desk)
    wei = bot_api.group().member()
    assert "not work" in (await wei.asks("@ShebaoTestBot 11010519491231002X is mine")).text


def broken(incoming: Incoming) -> tuple[Card, ...]:
    """A desk that cannot search."""
    raise LookupError(incoming.text)
