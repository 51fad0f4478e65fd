"""Feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("intent", sa.Text, primary_key=True),
        sa.Column("helped", sa.BigInteger, nullable=False),
        sa.Column("not_helped", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("feedback")
