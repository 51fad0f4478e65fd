"""Sending that outlasts a flood limit and a broken connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.render import Rendered
from bot.channels.telegram.request import FloodWait
from bot.channels.telegram.unwrap import Address
from bot.dialogue.turn import Button

log: structlog.stdlib.BoundLogger = structlog.get_logger()

PAUSES_S = (0.5, 1.0, 2.0, 4.0)  # before each repetition; after these the person has gone
LONGEST_FLOOD_S = 60.0  # a longer one is for hours, and would hold the chat's next question


class Outbox:
    """Sends rendered replies; an answer that came twice is better than one that never came."""

    def __init__(self, api: Api, pauses_s: Sequence[float] = PAUSES_S) -> None:
        self._api = api
        self._pauses_s = tuple(pauses_s)

    async def send(self, address: Address, rendered: Rendered, *, update_id: int) -> bool:
        """Whether all parts arrived. What stopped them is logged, and nothing is raised."""
        last = len(rendered.parts) - 1
        for index, part in enumerate(rendered.parts):
            keyboard = _keyboard(rendered.rows) if index == last else None
            try:
                await self._send_part(address, part, keyboard)
            except TelegramError as error:
                log.warning(
                    "telegram_not_sent",
                    update=update_id,
                    chat=address.chat_id,
                    part=index,
                    outcome=type(error).__name__,
                    reason=_reason(error),
                )
                return False
        return True

    async def _send_part(
        self, address: Address, part: str, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        def to(chat_id: int) -> Callable[[], Awaitable[Any]]:
            return lambda: self._api.send_message(
                chat_id=chat_id,
                text=part,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                message_thread_id=address.thread_id,
                reply_parameters=_quoting(address),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            await self._patiently(to(address.chat_id))
        except ChatMigrated as moved:
            await self._patiently(to(moved.new_chat_id))

    async def _patiently(self, send: Callable[[], Awaitable[Any]]) -> None:
        for pause_s in self._pauses_s:
            try:
                await send()
            except FloodWait as flood:
                if flood.seconds > LONGEST_FLOOD_S:
                    raise
                await asyncio.sleep(flood.seconds)
            except BadRequest:
                raise
            except NetworkError:
                await asyncio.sleep(pause_s)
            else:
                return
        await send()


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(each.label, callback_data=each.action) for each in row]
            for row in rows
        ]
    )


def _quoting(address: Address) -> ReplyParameters | None:
    if address.reply_to is None:
        return None
    return ReplyParameters(address.reply_to, allow_sending_without_reply=True)


def _reason(error: TelegramError) -> str:
    """Telegram's own words up to where it may quote the message: "can't parse entities"."""
    if not isinstance(error, BadRequest | Forbidden):
        return ""
    return error.message.removeprefix("Forbidden: ").partition(":")[0]
