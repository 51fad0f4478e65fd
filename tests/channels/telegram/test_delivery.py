"""Nothing is confirmed before its reply is safe, and what was answered stays answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramBot, run_polling
from bot.channels.telegram.flood import BURST
from bot.channels.telegram.limits import Limits
from bot.content.model import Text
from bot.dialogue.turn import Incoming, Reply
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.botapi.fixtures import TODAY, RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, says


def bot(
    api: BotApi, words: Mapping[str, Text], desk: ScriptedDesk, store: Store | None = None
) -> TelegramBot:
    return TelegramBot(
        desk,
        words,
        token=api.token,
        api_url=api.url,
        today=lambda: TODAY,
        store=store,
        limits=Limits(None),
    )


async def killed(running: asyncio.Task[None], bot: TelegramBot) -> None:
    """As near to SIGKILL as a task can come; tests/delivery kills processes."""
    for task in bot._tasks | bot._courier.tasks:
        task.cancel()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_an_update_is_not_confirmed_while_its_reply_is_on_the_way(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk)
    bot_api.faults.slow("sendMessage", 0.6, times=1)
    mei, li = bot_api.person(), bot_api.person()
    mei.says("slow")
    assert (await li.asks("quick", timeout_s=0.5)).text == "quick"
    await asyncio.sleep(0.2)
    assert len(bot_api.pending) == 2
    assert (await mei.hears()).text == "slow"
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    assert desk.texts == ["slow", "quick"]


async def test_what_was_in_hand_when_it_died_is_answered_by_the_next(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    bot_api.faults.slow("sendMessage", 5, times=3)
    people = [bot_api.person() for _ in range(3)]
    for number, person in enumerate(people):
        person.says(f"{number}")
    first = bot(bot_api, words, ScriptedDesk(), store)
    running = asyncio.create_task(run_polling(first, asyncio.Event(), drain_s=0))
    await bot_api.until(lambda: len(bot_api.faults._faults) == 0)
    await killed(running, first)
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api, words, ScriptedDesk(), store), stop))
    for number, person in enumerate(people):
        assert (await person.hears()).text == f"{number}"
    stop.set()
    await running
    for person in people:
        await person.hears_nothing(0)


async def test_what_the_store_knows_to_be_answered_is_not_answered_again(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    mei = bot_api.person()
    answered = mei.says("answered")
    assert answered is not None
    await store.open()
    await store.settle("telegram:1", None, (int(bot_api.token.partition(":")[0]), answered))
    stop = asyncio.Event()
    desk = ScriptedDesk()
    running = asyncio.create_task(run_polling(bot(bot_api, words, desk, store), stop))
    assert (await mei.asks("new")).text == "new"
    stop.set()
    await running
    assert desk.texts == ["new"]


async def test_another_bot_s_marks_are_not_taken_for_ours(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    mei = bot_api.person()
    number = mei.says("hello")
    assert number is not None
    await store.open()
    await store.settle("telegram:1", None, (7, number))
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api, words, ScriptedDesk(), store), stop))
    assert (await mei.hears()).text == "hello"
    stop.set()
    await running


async def test_a_parked_reply_is_sent_by_the_next_process_in_its_place(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    bot_api.faults.flood("sendMessage", retry_after_s=3600)
    mei = bot_api.person()
    mei.says("parked")
    first = bot(bot_api, words, ScriptedDesk(), store)
    running = asyncio.create_task(run_polling(first, asyncio.Event(), drain_s=0))
    await bot_api.until(lambda: len(bot_api.pending) == 0)  # confirmed, although not sent
    await killed(running, first)
    mei.says("later")
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api, words, ScriptedDesk(), store), stop))
    assert [(await mei.hears()).text, (await mei.hears()).text] == ["parked", "later"]
    stop.set()
    await running
    assert await store.parked(int(bot_api.token.partition(":")[0])) == {}
    await mei.hears_nothing(0)


async def test_what_breaks_for_a_moment_is_tried_again(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    broken = iter((True, False))

    def script(incoming: Incoming) -> Reply:
        if next(broken):
            raise LookupError
        return Reply(lang="en", blocks=ScriptedDesk().script(incoming).blocks)

    await running_bot(ScriptedDesk(script))
    with capture_logs() as logs:
        assert (await bot_api.person().asks("hello")).text == "hello"
    assert "telegram_update_failed" not in [each["event"] for each in logs]


async def test_a_message_that_always_fails_is_put_aside_while_others_get_through(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.outbox.PAUSES_S", (0.05, 0.05, 0.05))
    await running_bot(desk)
    mei, li = bot_api.person(), bot_api.person()
    bot_api.faults.poison(mei.chat.id)
    number = mei.says("my secret number is 42")
    with capture_logs() as logs:
        for word in range(30):
            assert (await li.asks(f"{word}")).text == f"{word}"
            await asyncio.sleep(0.02)
        await bot_api.until(lambda: len(bot_api.pending) == 0)
    (aside,) = [each for each in logs if each["event"] == "telegram_put_aside"]
    assert aside["update"] == number
    assert "secret" not in str(logs)


async def test_a_flood_gets_one_notice_and_costs_nobody_else(
    bot_api: BotApi, store: Store, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk, limits=Limits(overall_per_s=1000), store=store)
    loud, quiet = bot_api.person(), bot_api.person()
    for number in range(300):
        loud.says(f"{number}")
    assert (await quiet.asks("hello", timeout_s=1.5)).text == "hello"
    await bot_api.until(lambda: len(desk.texts) == BURST + 1)
    assert (await quiet.asks("still there?", timeout_s=0.5)).text == "still there?"
    assert len(desk.texts) == BURST + 2


async def test_the_limit_of_a_chat_is_kept_and_others_do_not_wait_for_it(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    await running_bot(desk, limits=Limits())
    mei, li = bot_api.person(), bot_api.person()
    for number in range(5):
        mei.says(f"{number}")
    began = asyncio.get_running_loop().time()
    assert (await li.asks("hello", timeout_s=0.5)).text == "hello"
    for number in range(5):
        assert (await mei.hears()).text == f"{number}"
    assert 1.8 < asyncio.get_running_loop().time() - began < 3


async def test_a_server_that_is_down_costs_no_reply_and_is_tried_ever_more_rarely(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    desk = ScriptedDesk(takes_s=lambda _: 0.3)
    await running_bot(desk)
    people = [bot_api.person() for _ in range(20)]
    for person in people:
        person.says("hello")
    await bot_api.until(lambda: len(desk.asked) == 20)
    port = int(bot_api.url.rpartition(":")[2])
    await bot_api.stop()
    await asyncio.sleep(1.5)
    await bot_api.start(port)
    for person in people:
        assert (await person.hears(timeout_s=5)).text == "hello"
    for person in people:
        await person.hears_nothing(0)


async def test_a_server_that_only_knows_the_least_is_talked_to(
    bot_api: BotApi, running_bot: RunningBot
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget(
        "setMyCommands", "setMyDescription", "setMyShortDescription", "deleteWebhook",
        "answerCallbackQuery",
    )  # fmt: skip
    with capture_logs() as logs:
        await running_bot(ScriptedDesk())
        mei = bot_api.person()
        for number in range(3):
            mei.taps_stale(f"x:{number}")
            assert (await mei.hears()).text == f"[x:{number}]"
    unknown = [each["method"] for each in logs if each["event"] == "telegram_method_unknown"]
    assert unknown == ["answerCallbackQuery"]


async def test_a_menu_that_could_not_be_edited_in_time_is_edited_by_the_next_process(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    def script(incoming: Incoming) -> Reply:
        return says("the page" if incoming.action else "the menu", ("Cancelling", "g:x:0"))

    first = bot(bot_api, words, ScriptedDesk(script), store)
    running = asyncio.create_task(run_polling(first, asyncio.Event(), drain_s=0))
    mei = bot_api.person()
    menu = await mei.asks("menu")
    bot_api.faults.flood("editMessageText", retry_after_s=3600)
    mei.taps("Cancelling")
    await bot_api.until(lambda: bot_api.called("editMessageText"))
    await bot_api.until(lambda: len(bot_api.pending) == 0)  # parked
    await killed(running, first)
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api, words, ScriptedDesk(), store), stop))
    await bot_api.until(lambda: menu.text == "the page")
    stop.set()
    await running
    await mei.hears_nothing(0)


async def test_a_tap_that_was_in_hand_when_it_died_is_answered_by_the_next(
    bot_api: BotApi, words: dict[str, Text], store: Store
) -> None:
    bot_api.lenient = True  # the second process stops a spinner that the first has stopped
    desk = ScriptedDesk(lambda asked: says(asked.action or "which?", ("Two cards", "a:two")))
    first = bot(bot_api, words, desk, store)
    running = asyncio.create_task(run_polling(first, asyncio.Event(), drain_s=0))
    mei = bot_api.person()
    choice = await mei.asks("cards")
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    bot_api.faults.slow("sendMessage", 5, times=1)
    mei.taps("Two cards")
    await bot_api.until(lambda: not bot_api.faults._faults)
    await killed(running, first)
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api, words, desk, store), stop))
    assert (await mei.hears()).text == "a:two"
    await bot_api.until(lambda: choice.labels == ["✓ Two cards"])
    stop.set()
    await running
    await mei.hears_nothing(0)
