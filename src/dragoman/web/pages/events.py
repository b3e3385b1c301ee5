"""The list of events, with every filter."""

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.answer import tables
from dragoman.answer.filters import FILTERS, english
from dragoman.answer.ledger import Ledger
from dragoman.records import Event
from dragoman.web import paging
from dragoman.web.asked import Asked
from dragoman.web.sheet import ALL_FILTERS, Route, Sheet


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of a list of events, the latest told first."""
    filters = asked.filters
    found = ledger.latest_events(paging.limit(asked) + 1, asked.one("cursor"), **filters)
    shown, cursor = paging.cut(found, asked, lambda e: e.id)
    return Sheet(
        title="Events",
        template="events.html",
        answer=shown,
        table=lambda: tables.events_table(shown),
        view=lambda: {"filters": FILTERS, "english": english(filters)},
        cursor=cursor,
        batches=lambda: _batches(ledger, filters),
    )


def _batches(ledger: Ledger, filters: dict[str, Any]) -> Iterator[tuple[Sequence[Event], tables.Table]]:
    """Yield all events a page at a time; one page at least, for the columns."""
    after: str | None = None
    while True:
        found = ledger.latest_events(paging.MOST, after, **filters)
        yield found, tables.events_table(found)
        if len(found) < paging.MOST:
            return
        after = found[-1].id


ROUTES = (
    Route(
        "/events", "events", "What happened, with filters, the latest told first.", build, list[Event], ALL_FILTERS,
        paging.PAGED,
    ),
)  # fmt: skip
