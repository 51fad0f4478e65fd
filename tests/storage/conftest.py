"""Each test on SQLite, and on PostgreSQL where one answers."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.store import Store

POSTGRES = "postgresql+asyncpg://{user}@127.0.0.1:5432/test"


async def _postgres_user() -> str | None:
    """Who may enter, None where nobody is let in or nothing answers."""
    try:
        with socket.create_connection(("127.0.0.1", 5432), 0.5):
            pass
    except OSError:
        return None
    for user in ("root", "postgres"):
        engine = create_async_engine(POSTGRES.format(user=user))
        try:
            async with engine.connect():
                return user
        except Exception:  # noqa: S112 - the next one may be let in
            continue
        finally:
            await engine.dispose()
    return None


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: object) -> AsyncIterator[str]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new folder/desk.db"
        return
    pytest.importorskip("asyncpg", reason="the extra postgres is not installed")
    user = await _postgres_user()
    if user is None:
        pytest.skip("no PostgreSQL with a database 'test' lets us in on 127.0.0.1:5432")
    name = f"shebao_{uuid.uuid4().hex}"
    engine = create_async_engine(POSTGRES.format(user=user), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
    except ProgrammingError:
        pytest.skip(f"PostgreSQL does not let {user} create a database")
    yield f"postgresql://{user}@127.0.0.1:5432/{name}"
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await engine.dispose()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store."""
    store = Store(url)
    await store.open()
    yield store
    await store.close()
