"""What is written together: one transaction for all that was settled within a few milliseconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dialogue.turn import Session
from bot.storage import feedback
from bot.storage.feedback import Ratings
from bot.storage.packed import packed
from bot.storage.tables import handled_updates, sessions, unsent_replies

Mark = tuple[int, int]  # the bot's number, the update's
MOST_WAITING = 20_000  # while the database is away; what is older is let go


@dataclass
class Batch:
    """What is to be written. A mark and the session that its update left go together."""

    sessions: dict[str, Session] = field(default_factory=dict)
    marks: dict[Mark, None] = field(default_factory=dict)
    unsent: dict[Mark, dict[str, Any]] = field(default_factory=dict)
    sent: dict[Mark, None] = field(default_factory=dict)
    ratings: Ratings = field(default_factory=Ratings)
    written: asyncio.Event = field(default_factory=asyncio.Event)
    kept: bool = False  # in the database, once ``written`` is set

    def __bool__(self) -> bool:
        return bool(self.sessions or self.marks or self.unsent or self.sent or self.ratings)

    def before(self, later: Batch) -> None:
        """Puts what could not be written in front of what came since."""
        for name in ("sessions", "marks", "unsent", "sent"):
            both = {**getattr(self, name), **getattr(later, name)}
            for key in list(both)[: len(both) - MOST_WAITING]:
                del both[key]
            setattr(later, name, both)
        later.ratings.update(self.ratings)  # a counter adds


def write(connection: Connection, batch: Batch) -> None:
    """One transaction; writing the same twice does no harm. Raises what the driver raises."""
    now = int(time.time())
    with connection.begin():
        if not batch:  # asks whether the database is back
            connection.execute(select(sessions.c.talk).limit(1))
        if batch.sessions:
            rows = [
                {"talk": talk, "session": packed(session), "updated_at": now}
                for talk, session in batch.sessions.items()
            ]
            _upsert(connection, sessions, ("talk",), rows, ("session", "updated_at"))
        if batch.marks:
            marks = [{**_key(mark), "at": now} for mark in batch.marks]
            _upsert(connection, handled_updates, ("bot_id", "update_id"), marks)
        if batch.unsent:
            rows = [{**_key(mark), "reply": reply} for mark, reply in batch.unsent.items()]
            _upsert(connection, unsent_replies, ("bot_id", "update_id"), rows)
        if batch.ratings:
            feedback.add(connection, batch.ratings)
        gone = list(batch.sent)
        for begin in range(0, len(gone), 500):
            table = unsent_replies.c
            some = tuple_(table.bot_id, table.update_id).in_(gone[begin : begin + 500])
            connection.execute(delete(unsent_replies).where(some))


async def forget_older(connection: AsyncConnection, bot_id: int, keep: int) -> None:
    """Leaves the newest ``keep`` marks of a bot. Raises what the driver raises."""
    table = handled_updates.c
    newest = select(table.at).where(table.bot_id == bot_id).order_by(table.at.desc())
    async with connection.begin():
        oldest = await connection.scalar(newest.offset(keep).limit(1))
        if oldest is not None:
            await connection.execute(
                delete(handled_updates).where(table.bot_id == bot_id, table.at <= oldest)
            )


def _key(mark: Mark) -> dict[str, int]:
    return {"bot_id": mark[0], "update_id": mark[1]}


def _upsert(
    connection: Connection,
    table: Table,
    keys: Sequence[str],
    rows: list[dict[str, Any]],
    changed: Iterable[str] = (),
) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    renewed = {name: statement.excluded[name] for name in changed}
    if renewed:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=renewed)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, rows)
