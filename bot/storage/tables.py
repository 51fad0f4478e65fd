"""The tables. A change needs a migration beside it: migrations/versions/."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Index, MetaData, Table, Text

tables = MetaData()

# ``talk`` is the channel and its chat's number, so that an operator can delete a person's talk who
# asks for it. ``session`` has what bot/dialogue/turn.py names there: ids, buttons, counts.
sessions = Table(
    "sessions",
    tables,
    Column("talk", Text, primary_key=True),
    Column("session", JSON, nullable=False),
    Column("updated_at", BigInteger, nullable=False),  # seconds since 1970, as the others
)

# A token names a bot by the number before its colon; two bots may share a database.
handled_updates = Table(
    "handled_updates",
    tables,
    Column("bot_id", BigInteger, primary_key=True),
    Column("update_id", BigInteger, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Index("handled_updates_newest", "bot_id", "at"),
)

# How often an answer helped, and how often not; who said so is not kept.
feedback = Table(
    "feedback",
    tables,
    Column("intent", Text, primary_key=True),
    Column("helped", BigInteger, nullable=False),
    Column("not_helped", BigInteger, nullable=False),
)

# Replies that wait for Telegram longer than the update that asked may wait for them: our own words,
# each until it has been sent.
unsent_replies = Table(
    "unsent_replies",
    tables,
    Column("bot_id", BigInteger, primary_key=True),
    Column("update_id", BigInteger, primary_key=True),
    Column("reply", JSON, nullable=False),
)
