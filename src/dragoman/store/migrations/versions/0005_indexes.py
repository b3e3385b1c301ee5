"""Indexes that a ledger of a million mentions asks for: whole answers from an index, states of places found by one."""

from alembic import op

revision = "0005"
down_revision = "0004"

INDEXES = {  # name → table, columns
    "actors_by_country": ("actors", ["country", "side", "mention_id"]),
    "mentions_by_day": ("mentions", ["last_day", "first_day"]),
    "mentions_by_state": ("mentions", ["place_country"]),
    "dyad_day_by_pair": ("dyad_day", ["source", "target", "day", "event_id"]),
}


def upgrade() -> None:
    """Widen three indexes and add one; an index holds nothing of its own, so one that is there is made anew."""
    for name, (table, columns) in INDEXES.items():
        op.drop_index(name, table, if_exists=True)
        op.create_index(name, table, columns)
