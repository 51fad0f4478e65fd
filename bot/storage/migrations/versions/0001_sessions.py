"""Sessions, handled updates, unsent replies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("talk", sa.Text, primary_key=True),
        sa.Column("session", sa.JSON, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "handled_updates",
        sa.Column("bot_id", sa.BigInteger, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("handled_updates_newest", "handled_updates", ["bot_id", "at"])
    op.create_table(
        "unsent_replies",
        sa.Column("bot_id", sa.BigInteger, primary_key=True),
        sa.Column("update_id", sa.BigInteger, primary_key=True),
        sa.Column("reply", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    for name in ("unsent_replies", "handled_updates", "sessions"):
        op.drop_table(name)
