"""Indexes in the order of telling, publication and reading: what came last is found without sorting a whole ledger."""

from alembic import op

revision = "0007"
down_revision = "0006"

INDEXES = {  # name → table, columns
    "events_by_telling": ("events", ["published", "document_id", "start", "id"]),
    "documents_by_publication": ("documents", ["published", "id"]),
    "documents_by_reading": ("documents", ["read_at"]),
}


def upgrade() -> None:
    """Create the indexes; an index holds nothing of its own, so one that is there is made anew."""
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table, if_exists=True)
        op.create_index(name, table, columns)
