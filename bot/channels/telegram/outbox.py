"""Sending that outlasts a flood limit, a broken connection and a server that is down."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any, Literal

import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.channels.telegram.api import Api
from bot.channels.telegram.limits import Limits, Pace
from bot.channels.telegram.line import Line
from bot.channels.telegram.render import ANSWERS, Rendered
from bot.channels.telegram.request import FloodWait, MethodUnknown
from bot.channels.telegram.unwrap import Address
from bot.dialogue.turn import Button

log: structlog.stdlib.BoundLogger = structlog.get_logger()

AT_ONCE = 256  # requests side by side; measured in docs/benchmarks-telegram.md
# Before each repetition of a message that fails while others do not. While all fail, it goes on.
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)

Sent = Literal["answered", "refused", "put_aside"]


class Outbox:
    """Sends rendered replies; an answer that came twice is better than one that never came."""

    def __init__(self, api: Api, limits: Limits, line: Line) -> None:
        self._api = api
        self._pace = Pace(limits)
        self._line = line
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def send(self, address: Address, rendered: Rendered, *, update_id: int) -> Sent:
        """How it ended; what stopped it is logged. Raises InvalidToken for a revoked token."""
        last = len(rendered.parts) - 1
        for index, part in enumerate(rendered.parts):
            try:
                await self._send_part(address, part, rendered.rows if index == last else ())
            except TelegramError as error:
                if isinstance(error, InvalidToken) and not isinstance(error, MethodUnknown):
                    raise
                good = isinstance(error, BadRequest | Forbidden | ChatMigrated)
                log.warning(
                    "telegram_not_sent" if good else "telegram_put_aside",
                    update=update_id,
                    chat=address.chat_id,
                    part=index,
                    outcome=type(error).__name__,
                    reason=_reason(error),
                )
                return "refused" if good else "put_aside"
        return "answered"

    async def _send_part(
        self, address: Address, part: str, rows: tuple[tuple[Button, ...], ...]
    ) -> None:
        message = {
            "chat_id": address.chat_id,
            "text": part,
            "parse_mode": "HTML",
            "reply_markup": _keyboard(rows),
            "message_thread_id": address.thread_id,
            "reply_parameters": _quoting(address),
            "link_preview_options": {"is_disabled": True},
        }
        try:
            await self._patiently(message)
        except ChatMigrated as moved:
            await self._patiently({**message, "chat_id": moved.new_chat_id})

    async def _patiently(self, message: dict[str, Any]) -> None:
        now = asyncio.get_running_loop().time
        strikes, answers = 0, self._line.answers
        await _sleep(self._pace.chat_wait(message["chat_id"], now()))
        while True:
            await _sleep(self._pace.overall_wait(now()))
            try:
                await self._try(lambda: self._api.do("sendMessage", message))
            except FloodWait as flood:
                await asyncio.sleep(flood.seconds)
            except BadRequest:
                raise
            except (NetworkError, MethodUnknown):
                pause_s = PAUSES_S[min(strikes, len(PAUSES_S) - 1)]
                # not its fault while nothing else gets through either
                strikes += self._line.answers != answers
                answers = self._line.answers
                if strikes > len(PAUSES_S):
                    raise
                await asyncio.sleep(pause_s)
            else:
                return

    async def _try(self, send: Callable[[], Awaitable[Any]]) -> None:
        async with self._slots:
            await self._line.call(send)


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


@lru_cache(maxsize=ANSWERS)
def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> str | None:
    if not rows:
        return None
    keys = [[{"text": each.label, "callback_data": each.action} for each in row] for row in rows]
    return json.dumps({"inline_keyboard": keys}, ensure_ascii=False)


def _quoting(address: Address) -> dict[str, Any] | None:
    if address.reply_to is None:
        return None
    return {"message_id": address.reply_to, "allow_sending_without_reply": True}


def _reason(error: TelegramError) -> str:
    """Telegram's own words up to where it may quote the message: "can't parse entities"."""
    if not isinstance(error, BadRequest | Forbidden):
        return ""
    return error.message.removeprefix("Forbidden: ").partition(":")[0]
