"""Stopping the spinner of a tapped key, with a word of ours where there is one to say."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.own import like
from bot.channels.telegram.request import MethodUnknown
from bot.channels.telegram.taps import Tap
from bot.content.model import Lang, Text

log: structlog.stdlib.BoundLogger = structlog.get_logger()

ALREADY = "already"
TOAST_LENGTH = 200  # Telegram's limit


class Spinner:
    """Answers callback queries; ``words`` are the bot's own texts."""

    def __init__(self, api: Api, words: Mapping[str, Text]) -> None:
        self._api = api
        self._words = words

    async def stop(self, update_id: int, tap: Tap, toast: str = "") -> None:
        """Too old a query cannot be answered; what was tapped is answered all the same."""
        said = {"text": toast[:TOAST_LENGTH]} if toast else {}
        try:
            await self._api.do("answerCallbackQuery", {"callback_query_id": tap.query_id, **said})
        except BadRequest:
            log.info("telegram_tap_too_old", update=update_id)
        except MethodUnknown:
            pass  # said once, by the API itself
        except TelegramError as error:
            log.warning("telegram_tap_unseen", update=update_id, outcome=type(error).__name__)

    async def stop_again(self, update_id: int, tap: Tap, lang: Lang | None) -> None:
        """For a key that was answered before: says so, in the language of the key."""
        await self.stop(update_id, tap, like(self._words[ALREADY], tap.label, lang))
