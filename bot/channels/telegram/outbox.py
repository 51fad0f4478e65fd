"""Sending that outlasts a flood limit, a broken connection and a server that is down."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
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
from bot.channels.telegram.keys import Rows, as_json, plain
from bot.channels.telegram.limits import Limits, Pace
from bot.channels.telegram.line import Line
from bot.channels.telegram.render import Rendered
from bot.channels.telegram.request import FloodWait, MethodUnknown
from bot.channels.telegram.taps import Edit
from bot.channels.telegram.unwrap import Address

log: structlog.stdlib.BoundLogger = structlog.get_logger()

AT_ONCE = 256  # requests side by side; measured in docs/benchmarks-telegram.md
# Before each repetition of a message that fails while others do not. While all fail, it goes on.
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)

EDIT_STRIKES = 1  # before a message is sent in its place

SEND, EDIT = "sendMessage", "editMessageText"

Sent = Literal["answered", "refused", "put_aside"]


class Outbox:
    """Sends rendered replies; an answer that came twice is better than one that never came."""

    def __init__(self, api: Api, limits: Limits, line: Line) -> None:
        self._api = api
        self._pace = Pace(limits)
        self._line = line
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._plain = False  # whether it was said that the server refuses some keys

    async def send(
        self, address: Address, rendered: Rendered, shown: list[int], *, update_id: int
    ) -> Sent:
        """How it ended; what stopped it is logged. Raises InvalidToken for a revoked token.

        ``shown`` has the messages that are to show the reply from now on, as far as they can still
        be edited, and afterwards those that do show it.
        """
        last = len(rendered.parts) - 1
        # ``shown`` itself stays as it was until the end: the reply may be parked meanwhile.
        before, now = list(shown), list[int]()
        for index, part in enumerate(rendered.parts):
            try:
                rows = rendered.rows if index == last else ()
                old = before.pop(0) if before else None
                if old is not None and await self._edited(address, old, part, rows):
                    now.append(old)
                    continue
                before.clear()  # what follows a new message must not stand above it
                sent = await self._send_part(address, part, rows)
                if isinstance(sent, dict) and "message_id" in sent:
                    now.append(sent["message_id"])
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
        for left in before:
            await self.delete(address.chat_id, left)
        shown[:] = now
        return "answered"

    async def edit(self, edit: Edit) -> None:
        """Shows what was chosen, where that can be done; the answer itself has been sent."""
        method = EDIT if edit.html is not None else "editMessageReplyMarkup"
        message = {"chat_id": edit.chat_id, "message_id": edit.message_id}
        if edit.html is not None:
            message |= said_in_html(edit.html)
        with contextlib.suppress(TelegramError):
            await self._with_keys(method, message, edit.rows)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Takes back a message of ours, where that can be done."""
        with contextlib.suppress(TelegramError):
            await self._patiently("deleteMessage", {"chat_id": chat_id, "message_id": message_id})

    async def _edited(self, address: Address, message_id: int, part: str, rows: Rows) -> bool:
        """Whether the message shows it now. If not (too old, gone, unknown): send another."""
        message = {"chat_id": address.chat_id, "message_id": message_id, **said_in_html(part)}
        try:
            await self._with_keys(EDIT, message, rows)
        except BadRequest as refused:
            return "message is not modified" in refused.message.lower()
        except (NetworkError, MethodUnknown, ChatMigrated):
            return False
        return True

    async def _send_part(self, address: Address, part: str, rows: Rows) -> Any:
        message = {
            "chat_id": address.chat_id,
            **said_in_html(part),
            "message_thread_id": address.thread_id,
            "reply_parameters": _quoting(address),
        }
        try:
            return await self._with_keys(SEND, message, rows)
        except ChatMigrated as moved:
            return await self._with_keys(SEND, {**message, "chat_id": moved.new_chat_id}, rows)

    async def _with_keys(self, method: str, message: dict[str, Any], rows: Rows) -> Any:
        """With links and texts to copy; without them where the server is too old to know them."""
        try:
            return await self._patiently(method, {**message, "reply_markup": as_json(rows)})
        except BadRequest as refused:
            if "button" not in refused.message.lower() or plain(rows) == rows:
                raise
            if not self._plain:
                self._plain = True
                log.warning("telegram_keys_refused", method=method, reason=_reason(refused))
            return await self._patiently(method, {**message, "reply_markup": as_json(plain(rows))})

    async def _patiently(self, method: str, message: dict[str, Any]) -> Any:
        now = asyncio.get_running_loop().time
        strikes, answers = 0, self._line.answers
        if method == SEND:  # an edit is no message; where it is too much all the same, 429 says so
            await _sleep(self._pace.chat_wait(message["chat_id"], now()))
        while True:
            await _sleep(self._pace.overall_wait(now()))
            try:
                return await self._try(lambda: self._api.do(method, message))
            except FloodWait as flood:
                await asyncio.sleep(flood.seconds)
            except BadRequest:
                raise
            except (NetworkError, MethodUnknown) as error:
                if isinstance(error, MethodUnknown) and method != SEND:
                    raise
                pause_s = PAUSES_S[min(strikes, len(PAUSES_S) - 1)]
                # Not its fault while nothing else gets through either. But instead of an edit a
                # message can be sent, and who tapped a menu waits for it.
                strikes += method != SEND or self._line.answers != answers
                answers = self._line.answers
                if strikes > (len(PAUSES_S) if method == SEND else EDIT_STRIKES):
                    raise
                await asyncio.sleep(pause_s)

    async def _try(self, send: Callable[[], Awaitable[Any]]) -> Any:
        async with self._slots:
            return await self._line.call(send)


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


def said_in_html(html: str) -> dict[str, Any]:
    """A text as the API takes it, for messages and edits."""
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _quoting(address: Address) -> dict[str, Any] | None:
    if address.reply_to is None:
        return None
    return {"message_id": address.reply_to, "allow_sending_without_reply": True}


def _reason(error: TelegramError) -> str:
    """Telegram's own words up to where it may quote the message: "can't parse entities"."""
    if not isinstance(error, BadRequest | Forbidden):
        return ""
    return error.message.removeprefix("Forbidden: ").partition(":")[0]
