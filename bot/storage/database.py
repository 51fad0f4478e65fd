"""Opening the database: which driver, how it is set up, and the migrations at the start."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.threads import Connections

WAIT_S = 1.0  # for a lock or an answer: a person waits behind it
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


class StorageError(Exception):
    """The address of the database is of no use; the text is one line."""


def database_url(given: str) -> URL:
    """The address with the driver that we use. Raises StorageError."""
    try:
        url = make_url(given)
    except ArgumentError:
        raise StorageError(_wrong()) from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StorageError(_wrong())
    return url.set(drivername=driver)


def open_engine(url: URL, connections: Connections) -> AsyncEngine:
    """An engine that has not connected yet. Raises StorageError where its driver is missing.

    For SQLite it gets its connections from ``connections``.
    """
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            with contextlib.suppress(OSError):  # the first connection will say so
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(
            url, connect_args={"timeout": WAIT_S, "async_creator_fn": connections.open}
        )
        event.listen(engine.sync_engine, "connect", _prepare)
        return engine
    try:
        return create_async_engine(
            url, pool_pre_ping=True, connect_args={"timeout": WAIT_S, "command_timeout": 5.0}
        )
    except ModuleNotFoundError:
        raise StorageError(
            "SHEBAO_DATABASE_URL names PostgreSQL, whose driver is missing: "
            "pip install 'shebao-desk[postgres]'"
        ) from None


def open_writer(url: URL) -> Engine | None:
    """For SQLite an engine that a thread of ours drives, None for others.

    aiosqlite crosses to its thread and back for each step of a transaction, some twenty times:
    40 ms while the loop is busy, and what was answered meanwhile is answered again if the process
    is killed. This crosses once, and takes 5 ms.
    """
    if url.get_backend_name() != "sqlite":
        return None
    engine = create_engine(url.set(drivername="sqlite"), connect_args={"timeout": WAIT_S})
    event.listen(engine, "connect", _prepare)
    return engine


async def migrate(engine: AsyncEngine) -> None:
    """Brings the tables up to date. Raises what the driver raises."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare(connection: Any, _: object) -> None:
    try:
        cursor = connection.cursor()
        # WAL: who reads does not wait for who writes. NORMAL: no fsync at each commit; a commit
        # survives the end of the process, and the last ones may be lost when the power fails.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()  # the pool has not got it yet, and would leave it to the collector
        raise


def _wrong() -> str:
    return (
        "SHEBAO_DATABASE_URL is wrong; it takes an address like sqlite:////srv/shebao/desk.db"
        " or postgresql://user@host/name"
    )
