"""What Telegram shows around the talk: the menu of commands, and the two descriptions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.content.model import LANGS, Lang, Text

log: structlog.stdlib.BoundLogger = structlog.get_logger()

COMMANDS = ("start", "help", "language", "law", "cancel")
DESCRIPTION = "telegram_description"
SHORT_DESCRIPTION = "telegram_short_description"
KEYS = (*(f"command_{name}" for name in COMMANDS), DESCRIPTION, SHORT_DESCRIPTION)

# English for whoever uses neither language.
CODES: dict[Lang, str | None] = {"en": None, "zh": "zh"}


async def introduce(api: Api, words: Mapping[str, Text]) -> None:
    """Sets all three in each language. A server that refuses one is logged once and let be."""

    def commands(lang: Lang) -> Awaitable[bool]:
        menu = [BotCommand(name, words[f"command_{name}"].in_(lang)) for name in COMMANDS]
        return api.set_my_commands(menu, language_code=CODES[lang])

    def description(lang: Lang) -> Awaitable[bool]:
        return api.set_my_description(words[DESCRIPTION].in_(lang), language_code=CODES[lang])

    def short_description(lang: Lang) -> Awaitable[bool]:
        text = words[SHORT_DESCRIPTION].in_(lang)
        return api.set_my_short_description(text, language_code=CODES[lang])

    await _set("setMyCommands", commands)
    await _set("setMyDescription", description)
    await _set("setMyShortDescription", short_description)


async def _set(method: str, call: Callable[[Lang], Awaitable[bool]]) -> None:
    try:
        for lang in LANGS:
            await call(lang)
    except TelegramError as error:
        log.warning("telegram_profile_not_set", method=method, outcome=type(error).__name__)
