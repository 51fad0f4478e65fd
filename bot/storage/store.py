"""The store: sessions at hand in memory, written behind the replies, a batch at a time."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue.turn import Session
from bot.storage import tables
from bot.storage.batch import Batch, Mark, forget_older, write
from bot.storage.database import WAIT_S, database_url, migrate, open_engine, open_writer
from bot.storage.packed import unpacked
from bot.storage.sessions import MemorySessions
from bot.storage.threads import Connections

log: structlog.stdlib.BoundLogger = structlog.get_logger()

TALKS = 20_000  # at hand; a session is about 1 KB
LINGER_S = 0.004  # after each commit, which costs 0.5 ms of CPU whatever is in it
MARKS = 50_000  # Telegram sends again what it has no answer to: minutes, at any rate that we reach
LONGEST_PAUSE_S = 10.0
READ_AT_ONCE = 500  # SQLite takes no more than 32,766 parameters, older ones 999


class Store:
    """Sessions and handled updates in a database; no method raises once it is made.

    An update's session is held until its reply was sent, then written with the update's mark in one
    transaction: whoever is killed in between answers the update again from the session of before.
    While the database is in trouble, memory has to do: the log and ``trouble`` say so, replies go
    on, and what piles up is written once it is back. Raises StorageError for a wrong address.
    """

    def __init__(self, url: str) -> None:
        address = database_url(url)
        self._connections = Connections()
        self._engine: AsyncEngine = open_engine(address, self._connections)
        self._writing: Engine | None = open_writer(address)
        self._at_hand = MemorySessions(TALKS)
        self._held: dict[str, Session] = {}
        self._batch = Batch()
        self._work = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._wanted: dict[str, asyncio.Future[Session | None]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._ready = False
        self._complete = False  # whether every session is at hand
        self._closed = asyncio.Event()
        self.trouble = ""  # the kind of error, "" while all is well

    async def open(self) -> None:
        """Brings the tables up to date and begins to write."""
        if self._writer is None:
            with self._noting("open"):
                await self._prepare()
            self._writer = asyncio.create_task(self._write_on(), name="storage:writer")

    async def close(self) -> None:
        """Writes what is left, as far as the database takes it."""
        self._closed.set()
        self._work.set()
        if self._writer is not None:
            await asyncio.gather(self._writer, return_exceptions=True)
            self._writer = None
        if self._reader is not None:
            await asyncio.gather(self._reader, return_exceptions=True)
        await self._engine.dispose()
        if self._writing is not None:
            self._writing.dispose()
        await self._connections.ended()

    async def get(self, talk: str, /) -> Session:
        """The talk's session. See Sessions."""
        known = self._at_hand.known(talk)
        if known is not None or self._complete or self.trouble or not self._ready:
            return known or Session()
        wanted = self._wanted.get(talk)
        if wanted is None:
            wanted = self._wanted[talk] = asyncio.get_running_loop().create_future()
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._read_on(), name="storage:reader")
        return await wanted or Session()

    async def put(self, talk: str, session: Session, /) -> None:
        """Holds the session until it is lifted and settled; ``get`` knows it at once."""
        self._held[talk] = session
        self._complete = self._complete and len(self._at_hand) < TALKS
        await self._at_hand.put(talk, session)

    def lift(self, talk: str) -> Session | None:
        """The session that the talk's last turn left, to be settled with that turn's reply."""
        return self._held.pop(talk, None)

    async def settle(self, talk: str, session: Session | None, mark: Mark) -> None:
        """Writes the session with its update's mark; returns once that is done or given up.

        To be called when the reply was sent.
        """
        if session is not None:
            self._batch.sessions[talk] = session
        self._batch.marks[mark] = None
        await self._written()

    def rate(self, intent: str, *, helped: bool) -> None:
        """Counts that an answer helped, or did not; written with the next batch."""
        self._batch.ratings[intent, helped] += 1
        self._work.set()

    async def park(
        self, talk: str, session: Session | None, mark: Mark, reply: dict[str, Any]
    ) -> bool:
        """Settles an update whose reply has yet to be sent; whether the reply is safe now."""
        batch = self._batch
        batch.unsent[mark] = reply
        await self.settle(talk, session, mark)
        return batch.kept

    async def unpark(self, mark: Mark) -> None:
        """Forgets a parked reply, sent at last."""
        self._batch.sent[mark] = None
        await self._written()

    async def handled(self, bot_id: int) -> list[int]:
        """The updates that this bot has handled, as far as they are remembered."""
        table = tables.handled_updates.c
        newest = select(table.update_id).where(table.bot_id == bot_id).order_by(table.at.desc())
        with self._noting("handled"):
            async with self._engine.connect() as connection:
                await forget_older(connection, bot_id, MARKS)
                return list(await connection.scalars(newest.limit(MARKS)))
        return []

    async def parked(self, bot_id: int) -> dict[int, dict[str, Any]]:
        """The replies that are still to be sent, by update, oldest first."""
        table = tables.unsent_replies.c
        rows = select(table.update_id, table.reply).where(table.bot_id == bot_id)
        with self._noting("parked"):
            async with self._engine.connect() as connection:
                found = await connection.execute(rows.order_by(table.update_id))
                return {row.update_id: row.reply for row in found}
        return {}

    async def _written(self) -> None:
        batch = self._batch
        self._work.set()
        if self._writer is None or self.trouble:
            return
        await batch.written.wait()

    async def _read_on(self) -> None:
        """A query costs 1 ms of CPU, however many talks it asks for: after a pause, hundreds."""
        table = tables.sessions.c
        while self._wanted:
            wanted = dict(itertools.islice(self._wanted.items(), READ_AT_ONCE))
            found: dict[str, Session | None] = {}
            with self._noting("get"):
                rows = select(table.talk, table.session).where(table.talk.in_(wanted))
                async with asyncio.timeout(2 * WAIT_S), self._engine.connect() as connection:
                    for row in await connection.execute(rows):
                        found[row.talk] = unpacked(row.session)
            for talk, waiting in wanted.items():
                del self._wanted[talk]
                if not waiting.done():
                    waiting.set_result(found.get(talk))

    async def _write_on(self) -> None:
        pause_s, failed_s = LINGER_S, 0.0
        while True:
            await self._work.wait()
            closing, batch = self._closed.is_set(), self._batch
            self._work.clear()
            self._batch = Batch()
            with self._noting("write"):
                if not self._ready:
                    await self._prepare()
                async with asyncio.timeout(10 * WAIT_S):
                    await self._write(batch)
                batch.kept = True
                self._recovered()
            batch.written.set()
            pause_s = LINGER_S
            if not batch.kept:
                batch.before(self._batch)
                self._work.set()
                pause_s = min(max(failed_s * 2, 0.5), LONGEST_PAUSE_S)
            failed_s = 0.0 if batch.kept else pause_s
            if closing and (not batch.kept or not self._batch):
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause_s):
                    await self._closed.wait()

    async def _write(self, batch: Batch) -> None:
        if self._writing is not None:
            await asyncio.to_thread(_write, self._writing, batch)
        else:
            async with self._engine.connect() as connection:
                await connection.run_sync(write, batch)

    async def _prepare(self) -> None:
        await migrate(self._engine)
        await self._warm()
        self._ready = True

    async def _warm(self) -> None:
        """Takes the newest sessions to hand: all there are, as a rule; then none is looked for."""
        table = tables.sessions.c
        newest = select(table.talk, table.session).order_by(table.updated_at.desc()).limit(TALKS)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(newest)).all()
        for row in reversed(rows):
            session = unpacked(row.session)
            if session is not None and self._at_hand.known(row.talk) is None:
                await self._at_hand.put(row.talk, session)
        # a server may have others who write, a file has us
        self._complete = self._engine.dialect.name == "sqlite" and len(rows) < TALKS

    def _recovered(self) -> None:
        if self.trouble:
            log.info("storage_recovered")
            self.trouble = ""

    @contextlib.contextmanager
    def _noting(self, doing: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # of any kind: each driver has its own, and a reply waits
            cause = getattr(error, "orig", None) or error
            # "SQLITE_FULL"; never the error's text, which quotes the statement
            kind: str = getattr(cause, "sqlite_errorname", type(cause).__name__)
            if self.trouble != kind:
                self.trouble = kind
                log.warning("storage_failing", doing=doing, outcome=kind)
            self._work.set()  # the writer goes on trying until it is over


def _write(engine: Engine, batch: Batch) -> None:
    with engine.connect() as connection:
        write(connection, batch)
