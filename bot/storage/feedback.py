"""How often an answer helped and how often not: counts by intent, and nothing about who said so."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import feedback

Ratings = Counter[tuple[str, bool]]  # (intent, whether it helped): how often


def add(connection: Connection, ratings: Ratings) -> None:
    """Adds to the counts. Written twice it counts twice, so it belongs into a transaction."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(feedback)
    columns, more = feedback.c, insert.excluded
    added = {
        "helped": columns.helped + more.helped,
        "not_helped": columns.not_helped + more.not_helped,
    }
    intents = sorted({intent for intent, _ in ratings})
    rows = [
        {
            "intent": intent,
            "helped": ratings[intent, True],
            "not_helped": ratings[intent, False],
        }
        for intent in intents
    ]
    statement = insert.on_conflict_do_update(index_elements=("intent",), set_=added)
    connection.execute(statement, rows)
