"""The list of events, with every filter."""

from dragoman.answer import tables
from dragoman.answer.filters import FILTERS, english
from dragoman.answer.ledger import Ledger
from dragoman.records import Event
from dragoman.web.asked import Asked
from dragoman.web.sheet import ALL_FILTERS, Param, Route, Sheet

SHOWN = 100  # events of one page


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of a list of events, the latest told first."""
    filters = asked.filters
    found = ledger.events(**filters)[::-1]
    shown = found[: asked.number("limit", SHOWN, most=1000)]
    return Sheet(
        title="Events",
        template="events.html",
        answer=shown,
        table=lambda: tables.events_table(shown),
        view=lambda: {"filters": FILTERS, "english": english(filters), "left": len(found) - len(shown)},
    )


ROUTES = (
    Route(
        "/events",
        "events",
        "What happened, with filters, the latest told first.",
        build,
        list[Event],
        ALL_FILTERS,
        (Param("limit", f"So many events, up to 1,000.  [default: {SHOWN}]", number=True),),
    ),
)
