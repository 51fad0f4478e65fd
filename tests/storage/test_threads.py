"""No thread of the database outlives the loop that it reports to."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.storage.store import Store


class Slow(sqlite3.Connection):
    """As on a disk that is busy."""

    def __init__(self, *where: Any, **how: Any) -> None:
        time.sleep(0.4)
        super().__init__(*where, **how)


def test_a_connection_that_is_given_up_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", broken.append)
    before = set(threading.enumerate())

    async def given_up() -> None:
        store = Store(f"sqlite:///{tmp_path}/desk.db")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await store._connections.open(tmp_path / "desk.db", factory=Slow)
        await store.close()

    asyncio.run(given_up())
    for thread in set(threading.enumerate()) - before:
        thread.join(3)
    assert broken == []
