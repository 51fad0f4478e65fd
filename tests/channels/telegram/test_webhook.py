"""The webhook says 200 once the reply is safe, and lets nobody in but Telegram."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramBot, TelegramRefused
from bot.channels.telegram.delivery import CROWD
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.webhook import LARGEST_BODY, Hook, run_webhook
from bot.content.model import Text
from bot.storage.store import Store
from tests.botapi import BotApi
from tests.botapi.fixtures import TODAY
from tests.channels.telegram.scripted import ScriptedDesk
from tests.delivery.killing import free_port

SECRET = "only-Telegram_knows"
Run = Callable[[ScriptedDesk], Awaitable[Hook]]


@pytest.fixture
async def run(bot_api: BotApi, store: Store, words: dict[str, Text]) -> AsyncIterator[Run]:
    """``hook = await run(desk)``: the real webhook, set and served."""
    stop, running = asyncio.Event(), []

    async def begin(desk: ScriptedDesk) -> Hook:
        port = free_port()
        hook = Hook(f"http://127.0.0.1:{port}/telegram", SECRET, "127.0.0.1", port)
        metrics = Metrics(store)
        bot = TelegramBot(
            desk,
            words,
            token=bot_api.token,
            api_url=bot_api.url,
            today=lambda: TODAY,
            store=store,
            limits=Limits(None),
            meter=metrics,
        )
        running.append(asyncio.create_task(run_webhook(bot, hook, metrics, store, stop)))
        started = asyncio.create_task(bot_api.until(lambda: bot_api.pending.webhook, 5))
        await asyncio.wait((running[0], started), return_when=asyncio.FIRST_COMPLETED)
        if running[0].done():
            started.cancel()
            running[0].result()
        await started
        return hook

    yield begin
    stop.set()
    async with asyncio.timeout(10):
        await asyncio.gather(*running, return_exceptions=True)


async def post(hook: Hook, body: Any, secret: str = SECRET) -> tuple[int, str]:
    """What is said to a caller."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    async with (
        aiohttp.ClientSession() as client,
        client.post(hook.url, data=data, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def get(hook: Hook, path: str) -> tuple[int, str]:
    address = hook.url.replace("/telegram", path)
    async with aiohttp.ClientSession() as client, client.get(address) as answer:
        return answer.status, await answer.text()


async def test_a_talk_by_webhook_is_like_any(bot_api: BotApi, run: Run, desk: ScriptedDesk) -> None:
    await run(desk)
    mei, li = bot_api.person(), bot_api.person()
    for number in range(20):
        mei.says(f"{number}")
    assert (await li.asks("hello")).text == "hello"
    assert [(await mei.hears()).text for _ in range(20)] == [str(each) for each in range(20)]
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    given = bot_api.called("setWebhook")[0].params
    assert given["secret_token"] == SECRET
    assert set(bot_api.hooks.statuses) == {200}


async def test_200_is_said_only_after_the_reply_was_sent(
    bot_api: BotApi, run: Run, desk: ScriptedDesk
) -> None:
    await run(desk)
    bot_api.faults.slow("sendMessage", 0.4, times=1)
    mei = bot_api.person()
    mei.says("hello")
    await asyncio.sleep(0.3)
    assert bot_api.hooks.statuses == []
    await mei.hears()
    await bot_api.until(lambda: bot_api.hooks.statuses == [200])


async def test_in_a_crowd_200_is_said_once_the_reply_is_stored(
    bot_api: BotApi,
    run: Run,
    desk: ScriptedDesk,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook.PARK_S", 3600.0)
    monkeypatch.setattr("bot.channels.telegram.webhook.DRAIN_S", 0.0)
    bot_api.faults.flood("sendMessage", retry_after_s=3600, times=150)
    await run(desk)
    for number in range(150):
        bot_api.person().says(f"{number}")
    await bot_api.until(lambda: len(bot_api.hooks.statuses) == 150 - CROWD, timeout_s=20)
    assert len(desk.asked) == 150
    assert set(bot_api.hooks.statuses) == {200}
    assert len(await store.parked(int(bot_api.token.partition(":")[0]))) == 150 - CROWD


async def test_the_same_update_twice_is_answered_once(
    bot_api: BotApi, run: Run, desk: ScriptedDesk
) -> None:
    hook = await run(desk)
    mei = bot_api.person()
    bot_api.faults.slow("sendMessage", 0.2, times=1)
    message = bot_api.world.message(mei.chat, mei.user, text="hello")
    update = {"update_id": 77, "message": message}
    side_by_side = await asyncio.gather(post(hook, update), post(hook, update))
    afterwards = await post(hook, update)
    assert [status for status, _ in (*side_by_side, afterwards)] == [200, 200, 200]
    assert desk.texts == ["hello"]


@pytest.mark.parametrize("secret", ["", "wrong", f"{SECRET}x", "错"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    bot_api: BotApi, run: Run, desk: ScriptedDesk, secret: str
) -> None:
    hook = await run(desk)
    mei = bot_api.person()
    message = bot_api.world.message(mei.chat, mei.user, text="hello")
    assert (await post(hook, {"update_id": 77, "message": message}, secret))[0] == 403
    assert desk.texts == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * (LARGEST_BODY + 1), 413),
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        ([], 400),
        ({}, 400),
        ({"update_id": "1"}, 400),
        ({"update_id": True}, 400),
        ({"update_id": 1, "message": {"text": "no chat"}}, 200),  # sent again, it would be the same
    ],
)
async def test_what_is_no_update_is_refused_without_a_traceback(
    run: Run, desk: ScriptedDesk, body: Any, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    hook = await run(desk)
    assert (await post(hook, body))[0] == status
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err


async def test_what_cannot_be_answered_in_time_is_asked_for_again(
    bot_api: BotApi, run: Run, desk: ScriptedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook.PARK_S", 0.1)
    monkeypatch.setattr("bot.channels.telegram.webhook.GIVE_UP_S", 0.2)
    desk.takes_s = lambda _: 0.4
    await run(desk)
    mei = bot_api.person()
    assert (await mei.asks("hello")).text == "hello"
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    assert bot_api.hooks.statuses[0] == 500
    assert bot_api.hooks.statuses[-1] == 200
    assert desk.texts == ["hello"]


async def test_the_pages_for_operators_tell_figures_and_nothing_of_anybody(
    bot_api: BotApi, run: Run, store: Store
) -> None:
    hook = await run(ScriptedDesk())
    mei = bot_api.person()
    await mei.asks("my PIN is 271828")
    await bot_api.until(lambda: len(bot_api.pending) == 0)
    assert await get(hook, "/healthz") == (200, "ok")
    assert await get(hook, "/readyz") == (200, "ok")
    status, figures = await get(hook, "/metrics")
    assert status == 200
    assert 'shebao_updates_total{outcome="answered"} 1.0' in figures
    assert "shebao_replies_total 1.0" in figures
    assert "shebao_update_seconds_bucket" in figures
    assert "271828" not in figures
    assert str(mei.chat.id) not in figures
    store.trouble = "SQLITE_FULL"
    assert await get(hook, "/readyz") == (503, "storage: SQLITE_FULL")
    store.trouble = ""


async def test_a_stop_finishes_what_is_in_hand(
    bot_api: BotApi, store: Store, words: dict[str, Text]
) -> None:
    desk, stop, port = ScriptedDesk(takes_s=lambda _: 0.3), asyncio.Event(), free_port()
    hook = Hook(f"http://127.0.0.1:{port}/hook/x", SECRET, "127.0.0.1", port)
    bot = TelegramBot(
        desk, words, token=bot_api.token, api_url=bot_api.url, today=lambda: TODAY, store=store
    )
    running = asyncio.create_task(run_webhook(bot, hook, Metrics(store), store, stop))
    mei = bot_api.person()
    mei.says("last")
    await bot_api.until(lambda: desk.asked)
    stop.set()
    async with asyncio.timeout(5):
        await running
    assert (await mei.hears()).text == "last"
    await bot_api.until(lambda: bot_api.hooks.statuses == [200])


async def test_a_token_that_is_not_taken_ends_the_start(
    bot_api: BotApi, store: Store, words: dict[str, Text]
) -> None:
    port = free_port()
    hook = Hook(f"http://127.0.0.1:{port}/", SECRET, "127.0.0.1", port)
    bot = TelegramBot(
        ScriptedDesk(), words, token="42:AAwrong-wrong-wrong-wrong-wrong-00",
        api_url=bot_api.url, today=lambda: TODAY, store=store,
    )  # fmt: skip
    with pytest.raises(TelegramRefused), capture_logs():
        await run_webhook(bot, hook, Metrics(store), store, asyncio.Event())
