"""The real desk over Telegram: the content, the matcher, the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.channels.telegram import TelegramBot
from bot.content.library import Library
from bot.desk import Desk
from bot.matching.matcher import Matcher
from bot.storage.store import Store
from tests.botapi.fixtures import RunningBot

RealBot = Callable[[], Awaitable[TelegramBot]]


def real_bot(running: RunningBot, library: Library, matcher: Matcher, store: Store) -> RealBot:
    """Starts the bot as the program does, but for the limits."""

    async def start() -> TelegramBot:
        desk = Desk(library, matcher, store)
        return await running(desk, words=library.phrases, store=store)

    return start
