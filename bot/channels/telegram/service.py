"""Telegram as a service: the bot over the desk, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from datetime import date

from bot.channels.telegram.bot import TelegramBot
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.polling import run_polling
from bot.desk import Desk
from bot.settings import Settings
from bot.storage.store import Store


class Unserved(Exception):  # noqa: N818
    """It cannot begin; the text is one line and says what to do."""


def serve(desk: Desk, settings: Settings, store: Store, today: Callable[[], date]) -> None:
    """Answers until SIGINT or SIGTERM. Raises TelegramRefused for a bad token, and Unserved."""
    webhook = settings.mode == "webhook"
    if webhook:
        try:
            from bot.channels.telegram.metrics import Metrics
            from bot.channels.telegram.webhook import Hook, run_webhook
        except ModuleNotFoundError as missing:
            raise Unserved(
                f"SHEBAO_MODE=webhook needs {missing.name}: pip install 'shebao-desk[webhook]'"
            ) from None
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""

    gc.collect()
    gc.freeze()  # the content and the matcher stay: to look through them again costs 10 ms a time
    gc.set_threshold(20_000, 20, 50)  # an update leaves some hundred objects, hardly any in a ring

    async def work() -> None:
        metrics = Metrics(store) if webhook else None
        bot = TelegramBot(
            desk,
            desk.library.phrases,
            token=token,
            today=today,
            api_url=str(settings.telegram_api_url).rstrip("/"),
            store=store,
            limits=Limits(settings.rate_limit or None),
            meter=metrics,
        )
        try:
            if metrics is not None:
                await run_webhook(bot, Hook.of(settings, token), metrics, store)
            else:
                await run_polling(bot)
        finally:
            await store.close()

    try:
        import uvloop
    except ImportError:  # not on Windows
        asyncio.run(work())
    else:
        uvloop.run(work())
