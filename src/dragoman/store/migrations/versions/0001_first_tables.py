"""The first tables: runs, documents, mentions with their actors and voices, events, rejected items."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "events",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("published", sa.Text()),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "rejected",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text()),
    )
    op.create_index("rejected_by_where", "rejected", ["where"])
    op.create_table(
        "runs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("published_day", sa.String(10)),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.String(64)),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("documents_by_day", "documents", ["published_day"])
    op.create_index("documents_by_url", "documents", ["url"])
    op.create_table(
        "mentions",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("document_id", sa.String(64), sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("quad", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("certainty", sa.String(16), nullable=False),
        sa.Column("edtf", sa.Text()),
        sa.Column("first_day", sa.String(10)),
        sa.Column("last_day", sa.String(10)),
        sa.Column("place", sa.Text()),
        sa.Column("place_key", sa.Text()),
        sa.Column("place_country", sa.String(3)),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("mentions_by_day", "mentions", ["last_day"])
    op.create_index("mentions_by_document", "mentions", ["document_id", "start"])
    op.create_index("mentions_by_type", "mentions", ["type", "status"])
    op.create_table(
        "actors",
        sa.Column("mention_id", sa.String(64), sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("side", sa.String(9), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("sector", sa.String(3)),
        sa.Column("role", sa.Text()),
    )
    op.create_index("actors_by_country", "actors", ["country", "side"])
    op.create_table(
        "event_mentions",
        sa.Column("mention_id", sa.String(64), sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("event_mentions_by_event", "event_mentions", ["event_id"])
    op.create_table(
        "voices",
        sa.Column("mention_id", sa.String(64), sa.ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
    )
