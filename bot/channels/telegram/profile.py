"""What Telegram shows around the talk: the menu of commands, the name, the descriptions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.content.model import Lang, Text

log: structlog.stdlib.BoundLogger = structlog.get_logger()

COMMANDS = ("start", "help", "law", "place", "settings", "language", "cancel")
DESCRIPTION = "telegram_description"
SHORT_DESCRIPTION = "telegram_short_description"
NAME = "telegram_name"
KEYS = (*(f"command_{name}" for name in COMMANDS), NAME, DESCRIPTION, SHORT_DESCRIPTION)

# None: whoever uses neither language.
CODES: tuple[tuple[str | None, Lang], ...] = ((None, "en"), ("en", "en"), ("zh", "zh"))


async def introduce(api: Api, words: Mapping[str, Text]) -> None:
    """Sets all four in each language. A server that refuses one is logged once and let be."""

    async def commands(code: str | None, lang: Lang) -> None:
        menu = [BotCommand(name, words[f"command_{name}"].in_(lang)) for name in COMMANDS]
        await api.set_my_commands(menu, language_code=code)

    async def description(code: str | None, lang: Lang) -> None:
        await api.set_my_description(words[DESCRIPTION].in_(lang), language_code=code)

    async def short_description(code: str | None, lang: Lang) -> None:
        text = words[SHORT_DESCRIPTION].in_(lang)
        await api.set_my_short_description(text, language_code=code)

    async def name(code: str | None, lang: Lang) -> None:
        wanted = words[NAME].in_(lang)
        # For neither language it stays what the operator called it. And Telegram allows but a few
        # changes a day, so what is so already is not set again.
        if code and (await api.get_my_name(language_code=code)).name != wanted:
            await api.set_my_name(wanted, language_code=code)

    await _set("setMyCommands", commands)
    await _set("setMyDescription", description)
    await _set("setMyShortDescription", short_description)
    await _set("setMyName", name)


async def _set(method: str, call: Callable[[str | None, Lang], Awaitable[None]]) -> None:
    try:
        for code, lang in CODES:
            await call(code, lang)
    except TelegramError as error:
        log.warning("telegram_profile_not_set", method=method, outcome=type(error).__name__)
