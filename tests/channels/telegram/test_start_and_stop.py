"""The bot starts once it is let in, and stops without dropping what it has in hand."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import API_URL, TelegramBot, TelegramRefused, run_polling
from bot.content.model import Text
from bot.dialogue.turn import Incoming, Reply
from tests.botapi import TOKEN, BotApi
from tests.botapi.fixtures import TODAY, RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, echo


def bot(api_url: str, words: Mapping[str, Text], token: str = TOKEN, **options: Any) -> TelegramBot:
    desk = options.pop("desk", None) or ScriptedDesk()
    return TelegramBot(desk, words, token=token, api_url=api_url, today=lambda: TODAY, **options)


def others() -> set[asyncio.Task[Any]]:
    """The tasks that run besides the test itself."""
    current = asyncio.current_task()
    return {task for task in asyncio.all_tasks() if task is not current}


@pytest.mark.parametrize("token", ["", "42:AAnot-the-one-that-the-server-knows0", "nonsense"])
async def test_a_token_that_is_not_taken_ends_the_start_and_names_the_variable(
    bot_api: BotApi, words: dict[str, Text], token: str
) -> None:
    with pytest.raises(TelegramRefused, match="SHEBAO_TELEGRAM_TOKEN") as caught:
        await run_polling(bot(bot_api.url, words, token), asyncio.Event())
    assert "SHEBAO_TELEGRAM_API_URL" in str(caught.value)
    assert not token or token not in str(caught.value)
    assert not bot_api.called("getUpdates")


def test_a_token_refused_by_telegram_itself_blames_no_other_variable(
    words: dict[str, Text],
) -> None:
    with pytest.raises(TelegramRefused) as caught:
        bot(API_URL, words, token="")
    assert "API_URL" not in str(caught.value)


async def test_a_token_revoked_while_it_runs_ends_the_run(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    bot_api.faults.refuse("getUpdates", status=401)
    with pytest.raises(TelegramRefused):
        await run_polling(bot(bot_api.url, words), asyncio.Event())


def test_a_text_that_is_missing_is_named_before_anything_starts(words: dict[str, Text]) -> None:
    del words["command_law"], words["sorry"]
    with pytest.raises(ValueError, match="command_law, sorry"):
        bot(API_URL, words)


async def test_a_stop_leaves_no_task_and_no_connection(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    before = others()
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api.url, words), stop))
    mei = bot_api.person()
    assert (await mei.asks("hello")).text == "hello"
    stop.set()
    begun = time.monotonic()
    await running
    assert time.monotonic() - begun < 2  # although a long poll was open
    await bot_api.stop()  # waits for the server's side of what the bot had open
    assert not others() - before


async def test_a_stop_finishes_what_is_in_hand_and_tells_the_server_so(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    desk = ScriptedDesk(takes_s=lambda _: 0.3)
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api.url, words, desk=desk), stop))
    mei = bot_api.person()
    mei.says("one")
    mei.says("two")
    await bot_api.until(lambda: desk.asked)
    stop.set()
    await running
    assert [(await mei.hears()).text, (await mei.hears()).text] == ["one", "two"]
    assert len(bot_api.pending) == 0


async def test_what_was_answered_just_before_a_stop_is_not_sent_again(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    def script(incoming: Incoming) -> Reply:
        stop.set()  # before the next poll has told the server
        return echo(incoming)

    stop = asyncio.Event()
    bot_api.faults.slow("getUpdates", 0.2)
    mei = bot_api.person()
    mei.says("last")
    await run_polling(bot(bot_api.url, words, desk=ScriptedDesk(script)), stop)
    assert (await mei.hears()).text == "last"
    assert len(bot_api.pending) == 0


async def test_what_takes_too_long_is_left_and_logged_by_its_id(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    stop = asyncio.Event()
    stuck = ScriptedDesk(takes_s=lambda _: 60)
    running = asyncio.create_task(
        run_polling(bot(bot_api.url, words, desk=stuck), stop, drain_s=0.1)
    )
    mei = bot_api.person()
    numbers = [mei.says("stuck"), mei.says("waits for its turn")]
    await bot_api.until(lambda: stuck.asked)
    stop.set()
    with capture_logs() as logs:
        await running
    unfinished = [each["updates"] for each in logs if each["event"] == "telegram_unfinished"]
    assert unfinished == [numbers]


async def test_what_waited_at_the_server_before_the_start_is_answered(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    mei = bot_api.person()
    for number in range(250):  # more than one batch
        mei.says(f"{number}")
    await running_bot(desk)
    for number in range(250):
        assert (await mei.hears()).text == f"{number}"


async def test_a_webhook_left_from_before_is_taken_down(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.pending.webhook = "https://desk.example/hook"
    mei = bot_api.person()
    mei.says("waiting")
    await running_bot(desk)
    assert (await mei.hears()).text == "waiting"
    assert bot_api.called("deleteWebhook")[0].params["drop_pending_updates"] == "false"


async def test_a_server_without_webhooks_is_polled_all_the_same(
    bot_api: BotApi, running_bot: RunningBot, desk: ScriptedDesk
) -> None:
    bot_api.lenient = True
    bot_api.faults.forget("deleteWebhook")
    await running_bot(desk)
    assert (await bot_api.person().asks("hello")).text == "hello"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_run_when_no_one_else_does(
    bot_api: BotApi, words: dict[str, Text], number: signal.Signals
) -> None:
    running = asyncio.create_task(run_polling(bot(bot_api.url, words)))
    assert (await bot_api.person().asks("hello")).text == "hello"
    os.kill(os.getpid(), number)
    async with asyncio.timeout(3):
        await running
    assert signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler)


async def test_a_stop_while_the_server_is_down_does_not_wait_for_it(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    await bot_api.stop()
    stop = asyncio.Event()
    running = asyncio.create_task(run_polling(bot(bot_api.url, words), stop))
    await asyncio.sleep(0.1)
    stop.set()
    async with asyncio.timeout(1):
        await running


async def test_a_cancelled_run_closes_its_connections(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    running = asyncio.create_task(run_polling(bot(bot_api.url, words), asyncio.Event()))
    assert (await bot_api.person().asks("hello")).text == "hello"
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_same_bot_runs_again_after_a_stop(
    bot_api: BotApi, words: dict[str, Text]
) -> None:
    one = bot(bot_api.url, words)
    for word in ("first", "second"):
        stop = asyncio.Event()
        running = asyncio.create_task(run_polling(one, stop))
        assert (await bot_api.person().asks(word)).text == word
        stop.set()
        await running
