"""Neither the token nor a word of what was typed is in any log, at any level."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.channels.telegram import TelegramBot, TelegramRefused, run_polling
from bot.content.model import Text
from bot.dialogue.turn import Incoming, Reply
from tests.botapi import TOKEN, BotApi
from tests.botapi.fixtures import TODAY, RunningBot
from tests.channels.telegram.scripted import ScriptedDesk, echo

SECRET = "my PIN is 271828"


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """All levels of every library, and structlog to the standard output."""
    for name in ("", "telegram", "telegram.ext.ExtBot", "telegram.Bot", "aiohttp", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    before = structlog.get_config()
    structlog.reset_defaults()
    yield
    structlog.configure(**before)


def script(incoming: Incoming) -> Reply:
    if incoming.text.startswith("break"):
        raise LookupError(incoming.text)
    return echo(incoming)


async def test_a_lively_talk_leaves_no_token_and_no_word_behind(
    bot_api: BotApi,
    running_bot: RunningBot,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    bot_api.lenient = True
    bot_api.faults.fail("deleteWebhook", status=502)
    bot_api.faults.garble("getUpdates", b'{"ok": true, "result": [{"text": "' + SECRET.encode())
    bot_api.faults.reset("getUpdates")
    bot_api.faults.forget("setMyCommands")
    await running_bot(ScriptedDesk(script))
    mei, li = bot_api.person(), bot_api.person()
    assert (await mei.asks(SECRET, timeout_s=6)).text == SECRET
    assert (await mei.asks(f"break {SECRET}")).text.startswith("Sorry")
    mei.edits(SECRET)
    mei.shows("photo", SECRET)
    mei.taps_stale(SECRET)
    await mei.hears()
    li.blocks_the_bot()
    li.says(SECRET)
    bot_api.pending.push_raw({"update_id": 5000, "message": {"text": SECRET}})
    assert (await mei.asks("done")).text
    printed = capfd.readouterr()
    for said in (caplog.text, printed.out, printed.err):
        assert TOKEN not in said
        assert TOKEN.partition(":")[2] not in said
        assert "271828" not in said
    assert "telegram_update_failed" in printed.out  # structlog's default: it is being watched


async def test_a_refused_token_is_not_repeated(
    bot_api: BotApi, words: dict[str, Text], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "42:AAnot-the-one-that-the-server-knows0"
    bot = TelegramBot(ScriptedDesk(), words, token=wrong, api_url=bot_api.url, today=lambda: TODAY)
    with pytest.raises(TelegramRefused) as caught:
        await run_polling(bot, asyncio.Event())
    structlog.stdlib.get_logger().error("start", exc_info=caught.value)
    logging.getLogger("cli").error("start", exc_info=caught.value)
    assert wrong not in caplog.text
    assert "TelegramRefused" in caplog.text


async def test_ptb_logs_its_warnings_still(
    bot_api: BotApi, running_bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    await running_bot(ScriptedDesk())
    assert bot_api.url
    logging.getLogger("telegram.ext.Application").warning("something is off")
    assert "something is off" in caplog.text
