"""The transport tells one trouble from another, and never tells the token."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.form import Form, quoted
from bot.channels.telegram.request import (
    AiohttpRequest,
    FloodWait,
    MethodUnknown,
    Unreachable,
)
from tests.botapi import TOKEN, BotApi
from tests.botapi.fixtures import bot_api

__all__ = ["bot_api"]


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    request = AiohttpRequest(connect_timeout_s=0.2, pool_timeout_s=0.1, write_timeout_s=0.2)
    async with request:
        yield request


def url(base: str, method: str = "getMe") -> str:
    return f"{base}/bot{TOKEN}/{method}"


async def fails(request: AiohttpRequest, address: str, kind: type[TelegramError]) -> TelegramError:
    """The error that a call ends with; exactly of that kind, and without the token."""
    with pytest.raises(TelegramError) as caught:
        await request.post(address, read_timeout=0.2)
    assert type(caught.value) is kind
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert TOKEN not in shown.replace(f'"{address}"', "")
    return caught.value


async def test_an_answer_is_its_result(bot_api: BotApi, request_: AiohttpRequest) -> None:
    me = await request_.post(url(bot_api.url))
    assert isinstance(me, dict)
    assert me["username"] == "ShebaoTestBot"


async def test_parameters_and_files_arrive_as_multipart(
    bot_api: BotApi, request_: AiohttpRequest
) -> None:
    mei = bot_api.person()
    given = {
        "chat_id": mei.chat.id,
        "text": "看 & <look>",
        "sticker": InputFile(b"\x00\xff", "a.webp"),
    }
    data = RequestData([RequestParameter.from_input(name, value) for name, value in given.items()])
    await request_.post(url(bot_api.url, "sendMessage"), data)
    assert (await mei.hears()).text == "看 & <look>"
    sticker = bot_api.called("sendMessage")[0].params["sticker"]
    assert (sticker.filename, sticker.content_type) == ("a.webp", "image/webp")


async def test_a_server_that_takes_too_long_to_answer_is_timed_out(bot_api: BotApi) -> None:
    bot_api.faults.slow("getMe", 60)
    async with AiohttpRequest(write_timeout_s=60) as request, asyncio.timeout(5):
        await fails(request, url(bot_api.url), TimedOut)


async def test_a_server_that_never_takes_the_connection_is_timed_out() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:  # fills the queue, so that the next connection hangs
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        address = url(f"http://127.0.0.1:{listener.getsockname()[1]}")
        async with AiohttpRequest(connect_timeout_s=0.2, pool_timeout_s=60) as request:
            async with asyncio.timeout(5):
                await fails(request, address, TimedOut)
        for each in waiting:
            each.close()


async def test_no_free_connection_is_timed_out(bot_api: BotApi) -> None:
    bot_api.faults.slow("getMe", 0.6, times=1)
    async with AiohttpRequest(pool_size=1, connect_timeout_s=0.1, pool_timeout_s=0.1) as request:
        slow = asyncio.create_task(request.post(url(bot_api.url)))
        await asyncio.sleep(0.05)
        await fails(request, url(bot_api.url), TimedOut)
        await slow


async def test_a_server_that_stops_reading_is_timed_out(request_: AiohttpRequest) -> None:
    async def ignore(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)
        writer.close()

    server = await asyncio.start_server(ignore, "127.0.0.1", 0, limit=1024)
    port = server.sockets[0].getsockname()[1]
    file = InputFile(b"x" * 30_000_000, "big.bin")
    data = RequestData([RequestParameter.from_input("document", file)])
    with pytest.raises(TimedOut):
        await request_.post(url(f"http://127.0.0.1:{port}", "sendDocument"), data, read_timeout=0.2)
    server.close()
    await asyncio.sleep(1)
    await server.wait_closed()


async def test_a_refused_connection_is_a_network_error_and_no_timeout(
    request_: AiohttpRequest,
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = await fails(request_, url(f"http://127.0.0.1:{port}"), Unreachable)
    assert "Connection refused" in error.message


@pytest.mark.parametrize(
    ("base", "kind"),
    [
        ("http://no.such.host.invalid", Unreachable),
        ("http://", NetworkError),
        ("not a url", NetworkError),
        ("ftp://x", NetworkError),
    ],
)
async def test_an_address_that_leads_nowhere_is_a_network_error(
    request_: AiohttpRequest, base: str, kind: type[NetworkError]
) -> None:
    await fails(request_, url(base), kind)


async def test_a_connection_cut_is_a_network_error(
    bot_api: BotApi, request_: AiohttpRequest
) -> None:
    bot_api.faults.reset("getMe")
    await fails(request_, url(bot_api.url), NetworkError)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (404, MethodUnknown)],
)
async def test_refusals_keep_the_kind_that_ptb_gives_them(
    bot_api: BotApi, request_: AiohttpRequest, status: int, kind: type[TelegramError]
) -> None:
    bot_api.faults.refuse("getMe", status=status)
    await fails(request_, url(bot_api.url), kind)


async def test_a_flood_says_how_long_to_wait(bot_api: BotApi, request_: AiohttpRequest) -> None:
    bot_api.faults.flood("getMe", retry_after_s=37)
    error = await fails(request_, url(bot_api.url), FloodWait)
    assert isinstance(error, FloodWait)
    assert error.seconds == 37
    bot_api.faults.fail("getMe", status=429)  # a proxy's, without a word on how long
    error = await fails(request_, url(bot_api.url), FloodWait)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>log in</html>", b"[]", b'"no"', b'{"ok": true}', b'{"ok": true, "result": [{"te'],
)
@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_that_is_not_the_api_s_is_a_network_error_and_not_logged(
    bot_api: BotApi,
    request_: AiohttpRequest,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    status: int,
) -> None:
    bot_api.faults.garble("getMe", body, status=status)
    caplog.set_level("DEBUG")
    await fails(request_, url(bot_api.url), NetworkError)
    assert "log in" not in caplog.text


async def test_a_proxy_that_quotes_the_address_gives_no_token_away(
    bot_api: BotApi, request_: AiohttpRequest
) -> None:
    page = f"Cannot POST /bot{TOKEN}/getMe".encode()
    bot_api.faults.garble("getMe", page, status=404)
    error = await fails(request_, url(bot_api.url), MethodUnknown)
    assert "Cannot POST /bot***/getMe" in error.message


@pytest.mark.parametrize("exempt", ["", "example.cn,api.telegram.invalid"])
async def test_the_proxy_of_the_environment_is_used_unless_the_server_is_exempt(
    bot_api: BotApi,
    request_: AiohttpRequest,
    monkeypatch: pytest.MonkeyPatch,
    exempt: str,
) -> None:
    monkeypatch.setenv("http_proxy", bot_api.url)
    monkeypatch.setenv("no_proxy", exempt)
    address = url("http://api.telegram.invalid")
    if exempt:
        await fails(request_, address, Unreachable)
    else:
        await request_.post(address)
    assert bool(bot_api.called("getMe")) is not bool(exempt)


async def test_after_the_shutdown_no_connection_is_opened_until_it_is_started_again(
    bot_api: BotApi,
) -> None:
    request = AiohttpRequest()
    await fails(request, url(bot_api.url), NetworkError)
    for _ in range(2):
        await request.initialize()
        await request.post(url(bot_api.url))
        await request.shutdown()
        await request.shutdown()
    await fails(request, url(bot_api.url), NetworkError)
    assert len(bot_api.called("getMe")) == 2


async def test_ptb_runs_on_it(bot_api: BotApi) -> None:
    bot: ExtBot[None] = ExtBot(
        TOKEN,
        base_url=f"{bot_api.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    mei = bot_api.person()
    mei.says("hello")
    async with bot:
        (update,) = await bot.get_updates(timeout=1)
        assert update.message is not None
        await update.message.reply_text("hi")
    assert (await mei.hears()).text == "hi"


@given(st.text())
def test_what_is_sent_reads_as_it_was_written(text: str) -> None:
    written = text.encode("utf-8", "replace").decode()
    assert unquote_plus(quoted(text).decode("ascii")) == written


def test_a_form_has_each_value_as_the_bot_api_reads_it() -> None:
    form = Form(
        {"chat_id": -1, "text": "看 & 100 %", "nothing": None, "quiet": True, "list": ["é"]}
    )
    assert dict(parse_qsl(form.body.decode("ascii"), strict_parsing=True)) == {
        "chat_id": "-1",
        "text": "看 & 100 %",
        "quiet": "true",
        "list": '["\\u00e9"]',
    }
