"""Fixtures for any test that talks to the bot over Telegram.

In a conftest.py: ``from tests.botapi.fixtures import bot_api, running_bot, words``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any, Protocol

import pytest

from bot.channels.answers import Offers
from bot.channels.telegram import TelegramBot, run_polling
from bot.channels.telegram.limits import Limits
from bot.content.model import Text
from tests.botapi.server import BotApi

TODAY = date(2026, 11, 23)


class RunningBot(Protocol):
    """Starts a bot that asks ``desk``; ready when it is returned, stopped with the test."""

    async def __call__(
        self, desk: Offers, *, words: Mapping[str, Text] | None = None, **options: Any
    ) -> TelegramBot: ...


@pytest.fixture
def words() -> dict[str, Text]:
    """Stand-ins for knowledge/phrases.yaml."""
    keys = (
        "command_start",
        "command_help",
        "command_language",
        "command_law",
        "command_cancel",
        "command_place",
        "command_settings",
        "telegram_name",
        "telegram_description",
        "telegram_short_description",
    )
    sorry = Text(en="Sorry, that <did> not work.", zh="抱歉，出了点问题。")
    flood = Text(en="Slow down & wait.", zh="太快了，请等一会儿。")
    already = Text(en="You have it.", zh="已经答过了。")
    below = {
        "helped": Text(en="This helped", zh="有帮助"),
        "not_helped": Text(en="Did not help", zh="没帮上"),
        "personal_matter": Text(en="Let us go on in private.", zh="我们私下说。"),
        "private": Text(en="Delete that message.", zh="请删掉那条消息。"),
        "ask_in_private": Text(en="Ask me", zh="问我"),
        "share": Text(en="Share", zh="转给别人"),
        "copy_phone": Text(en="Copy {number}", zh="复制{number}"),
    }
    known = {key: Text(en=f"{key} in English", zh=f"{key} 中文") for key in keys}
    return {**known, **below, "sorry": sorry, "flood": flood, "already": already}


@pytest.fixture
async def bot_api() -> AsyncIterator[BotApi]:
    """The server. A test in which it refuses a call fails, unless it sets ``lenient``."""
    async with BotApi() as api:
        yield api
    assert api.lenient or not api.refused, api.refused


@pytest.fixture
async def running_bot(
    bot_api: BotApi, words: dict[str, Text], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningBot]:
    """``bot = await running_bot(desk)``: the real channel, polling ``bot_api``."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    stop = asyncio.Event()
    running: list[asyncio.Task[None]] = []
    said = words

    async def run(
        desk: Offers, *, words: Mapping[str, Text] | None = None, **options: Any
    ) -> TelegramBot:
        options = {
            "token": bot_api.token,
            "api_url": bot_api.url,
            "today": lambda: TODAY,
            "limits": Limits(overall_per_s=None),
            **options,
        }
        bot = TelegramBot(desk, words or said, **options)
        task = asyncio.create_task(run_polling(bot, stop, long_poll_s=5))
        running.append(task)
        started = asyncio.create_task(
            bot_api.until(lambda: bot_api.pending.polled >= len(running), timeout_s=10)
        )
        await asyncio.wait((task, started), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            started.cancel()
            task.result()
        await started
        return bot

    yield run
    stop.set()
    async with asyncio.timeout(15):
        await asyncio.gather(*running)
