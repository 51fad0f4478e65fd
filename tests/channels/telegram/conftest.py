"""The transport is real; only the desk's words are scripted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.matching.matcher import Matcher
from bot.storage.store import Store
from tests.botapi.fixtures import RunningBot, bot_api, running_bot, words
from tests.channels.telegram.real import RealBot, real_bot
from tests.channels.telegram.scripted import ScriptedDesk

__all__ = ["bot_api", "running_bot", "words"]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """To be named before ``running_bot``, so that it is closed after the bot has stopped."""
    store = Store(f"sqlite:///{tmp_path}/desk.db")
    yield store
    await store.close()


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture
def real(store: Store, running_bot: RunningBot, library: Library, matcher: Matcher) -> RealBot:
    """``await real()``: the bot with the real desk."""
    return real_bot(running_bot, library, matcher, store)
