"""How far reading has come: items that need not be looked into again, feeds and the articles that they announced."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make three tables; nothing of an older ledger belongs in them."""
    op.create_table(
        "items",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("document_id", sa.String(64), sa.ForeignKey("documents.id", ondelete="CASCADE")),
        sa.Column("rejected_id", sa.String(64), sa.ForeignKey("rejected.id", ondelete="CASCADE")),
    )
    op.create_index("items_by_document", "items", ["document_id"])
    op.create_index("items_by_rejected", "items", ["rejected_id"])
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("next_at", sa.Float, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("feeds_by_next", "feeds", ["next_at"])
    op.create_table(
        "articles",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_at", sa.Float, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("articles_by_state", "articles", ["state", "next_at"])
