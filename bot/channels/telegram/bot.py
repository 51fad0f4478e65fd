"""The bot: handlers that unwrap an update, call the desk and send what it says."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.channels.answers import Answers
from bot.channels.telegram import profile
from bot.channels.telegram.api import Api
from bot.channels.telegram.order import OrderedByChat
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.refused import TelegramRefused
from bot.channels.telegram.render import Rendered, render
from bot.channels.telegram.spans import escaped
from bot.channels.telegram.unwrap import Address, address_of, hint, tapped, unwrapped
from bot.content.model import Text
from bot.dialogue.turn import Incoming

log: structlog.stdlib.BoundLogger = structlog.get_logger()

API_URL = "https://api.telegram.org"
AT_ONCE = 256  # chats side by side; measured in docs/benchmarks.md
ALBUMS = 256  # remembered, so that ten photos sent together are answered once
SORRY = "sorry"


class TelegramBot:
    """One bot at one Bot API server; ``run_polling`` gives it its updates.

    ``words`` are the bot's own texts from knowledge/phrases.yaml, ``today`` the clock. Raises
    TelegramRefused without a token, ValueError when a text is missing.
    """

    def __init__(
        self,
        desk: Answers,
        words: Mapping[str, Text],
        *,
        token: str,
        today: Callable[[], date],
        api_url: str = API_URL,
        at_once: int = AT_ONCE,
    ) -> None:
        missing = [key for key in (*profile.KEYS, SORRY) if key not in words]
        if missing:
            raise ValueError(f"knowledge/phrases.yaml lacks {', '.join(missing)}")
        self._desk = desk
        self._words = words
        self._today = today
        self._own_server = api_url.rstrip("/") != API_URL
        try:
            self.api = Api(token, api_url)
        except InvalidToken:
            raise self.refused() from None
        self._outbox = Outbox(self.api)
        self._albums: deque[str] = deque(maxlen=ALBUMS)
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            Application.builder()
            .bot(self.api)
            .updater(None)  # ours keeps what it fetched when it is told to stop
            .job_queue(None)
            .concurrent_updates(OrderedByChat(at_once))
            .build()
        )
        self.application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, self._on_message))
        self.application.add_handler(CallbackQueryHandler(self._on_tap))
        self.application.add_error_handler(self._on_error)

    def refused(self) -> TelegramRefused:
        """What to raise when the server does not take the token."""
        return TelegramRefused(own_server=self._own_server)

    async def start(self) -> None:
        """Asks the server who we are. Raises TelegramError; may be called again after one."""
        await self.application.initialize()

    async def introduce(self) -> None:
        """Sets the menu and the descriptions."""
        await profile.introduce(self.api, self._words)

    async def close(self) -> None:
        """Closes the connections, also those of a start that failed."""
        await self.application.shutdown()
        await self.api.shutdown()

    async def take(self, raw: Mapping[str, Any]) -> None:
        """Handles one update as it arrived, to its end, after the chat's earlier ones.

        Nothing is raised: what went wrong is logged under the update's id.
        """
        try:
            update = Update.de_json(dict(raw), self.api)
        except Exception as error:
            log.warning(
                "telegram_update_malformed",
                update=raw.get("update_id"),
                outcome=type(error).__name__,
            )
            return
        processor = self.application.update_processor
        await processor.process_update(update, self.application.process_update(update))

    async def _on_message(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None or self._is_more_of_an_album(message):
            return
        incoming = unwrapped(message, self.api.bot, self._today())
        if incoming is not None:
            await self._answer(update.update_id, address_of(message), incoming)

    async def _on_tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        await self._acknowledge(update.update_id, query)
        address, incoming = tapped(query, self._today())
        if incoming.action:
            await self._answer(update.update_id, address, incoming)

    async def _answer(self, update_id: int, address: Address, incoming: Incoming) -> None:
        reply = await self._desk.answer(address.talk, incoming)
        sent = await self._outbox.send(address, render(reply), update_id=update_id)
        log.info(
            "telegram_answered",
            update=update_id,
            chat=address.chat_id,
            outcome=reply.outcome,
            intent=reply.intent,
            sent=sent,
        )

    async def _acknowledge(self, update_id: int, query: CallbackQuery) -> None:
        """Stops the button's spinner; too old a query cannot be, and is answered all the same."""
        try:
            await query.answer()
        except BadRequest:
            log.info("telegram_tap_too_old", update=update_id)
        except TelegramError as error:
            log.warning("telegram_tap_unseen", update=update_id, outcome=type(error).__name__)

    async def _on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Says sorry, and logs where it broke: not the error's text, which may quote a person."""
        update_id = update.update_id if isinstance(update, Update) else 0
        log.error(
            "telegram_update_failed",
            update=update_id,
            outcome=type(context.error).__name__,
            where=_where(context.error),
        )
        if not isinstance(update, Update) or update.effective_user is None:
            return
        if update.message is not None:
            address = address_of(update.message)
        elif update.callback_query is not None:
            address, _ = tapped(update.callback_query, self._today())
        else:
            return
        sorry = self._words[SORRY].in_(hint(update.effective_user) or "en")
        await self._outbox.send(address, Rendered((escaped(sorry),)), update_id=update_id)

    def _is_more_of_an_album(self, message: Message) -> bool:
        album = message.media_group_id
        if album is None:
            return False
        seen = album in self._albums
        if not seen:
            self._albums.append(album)
        return seen and not message.caption


def _where(error: BaseException | None) -> list[str]:
    """The last calls before it broke, outermost first, as ``file:line function``."""
    frames = traceback.extract_tb(error.__traceback__)[-6:] if error is not None else []
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
