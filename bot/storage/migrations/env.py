"""Run by Alembic: on the connection that bot/storage/database.py hands over."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables)
with context.begin_transaction():
    context.run_migrations()
