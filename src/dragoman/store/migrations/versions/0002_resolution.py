"""Tables of resolution: bands, copies, blocks, judgements; documents wait until they are resolved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _of(table: str, name: str) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(64), sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True, nullable=False
    )


def upgrade() -> None:
    """Create the tables; every document that is there waits for its first resolution.

    Columns are added in place: a batch would make the tables anew, and dropping the old ones would take all rows that
    refer to them along.
    """
    op.add_column("documents", sa.Column("resolved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("documents_unresolved", "documents", ["resolved", "published", "id"])
    op.create_index("documents_by_superseded", "documents", ["supersedes"])
    op.add_column("events", sa.Column("component", sa.String(64), nullable=False, server_default=""))
    op.execute("UPDATE events SET component = id")
    op.create_index("events_by_component", "events", ["component"])
    op.create_table("bands", sa.Column("band", sa.String(40), primary_key=True), _of("documents", "document_id"))
    op.create_index("bands_by_document", "bands", ["document_id"])
    op.create_table(
        "copies",
        _of("documents", "a"),
        _of("documents", "b"),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_index("copies_by_b", "copies", ["b"])
    op.create_table("blocks", sa.Column("key", sa.String(80), primary_key=True), _of("mentions", "mention_id"))
    op.create_index("blocks_by_mention", "blocks", ["mention_id"])
    op.create_table(
        "judgements",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("a", sa.String(64), primary_key=True),
        sa.Column("b", sa.String(64), primary_key=True),
        sa.Column("by", sa.String(64), primary_key=True),
        sa.Column("at", sa.Text(), primary_key=True),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text()),
    )
    op.create_index("judgements_by_b", "judgements", ["kind", "b"])
