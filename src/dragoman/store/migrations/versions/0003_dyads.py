"""The derived table of dyads. `open_store` fills it from the events after the last migration."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "dyad_day",
        sa.Column(
            "event_id", sa.String(64), sa.ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, nullable=False
        ),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("target", sa.Text(), primary_key=True),
        sa.Column("day", sa.String(10)),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("quad", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("certainty", sa.String(16), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
    )
    op.create_index("dyad_day_by_pair", "dyad_day", ["source", "target", "day"])
    op.create_index("dyad_day_by_day", "dyad_day", ["day"])
