"""Telegram as a service: the bot over the desk, until it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.polling import run_polling
from bot.desk import Desk
from bot.settings import Settings


def serve(desk: Desk, settings: Settings, today: Callable[[], date]) -> None:
    """Answers until SIGINT or SIGTERM. Raises TelegramRefused for a bad token."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    api_url = str(settings.telegram_api_url).rstrip("/")

    async def work() -> None:
        bot = TelegramBot(desk, desk.library.phrases, token=token, today=today, api_url=api_url)
        await run_polling(bot)

    try:
        import uvloop
    except ImportError:  # not on Windows
        asyncio.run(work())
    else:
        uvloop.run(work())
