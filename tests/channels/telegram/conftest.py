"""The transport is real; only the desk's words are scripted."""

from __future__ import annotations

import pytest

from tests.botapi.fixtures import bot_api, running_bot, words
from tests.channels.telegram.scripted import ScriptedDesk

__all__ = ["bot_api", "running_bot", "words"]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk()
