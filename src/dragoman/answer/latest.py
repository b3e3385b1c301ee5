"""What an answer is drawn from where the ledger holds more than can be read at once. No wording."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import and_, bindparam, or_

from dragoman.answer.conditions import Condition, conditions, has_party, is_party
from dragoman.answer.filters import asked_for
from dragoman.answer.parties import Side, dyad_keys
from dragoman.records import Record
from dragoman.store import Store
from dragoman.store import tables as t

# By scripts/desk_bench.py. What goes on between two parties is read whole while few mentions name either; from there
# on only the latest of it, for reading takes time with every mention. A brief shows some sixty events.
WHOLE = 2_000  # times that mentions name one of the two
LATEST = 100  # events between the two
# By scripts/pages_bench.py. A page over all parties reads a ledger whole up to so many reports; of a larger one the
# latest: a thousand took the slowest of these pages a second of CPU and more.
WHOLE_REPORTS = 2_000
LATEST_REPORTS = 300


class Cut(Record, frozen=True):
    """To what a brief is cut: the reports that tell the `events` latest of all that is told between the two.

    What one of the two does with others is taken from these reports only. `of` counts all events between the two (None
    where filters were asked), `since` is the day of the earliest that is read.
    """

    events: int
    of: int | None
    since: str | None
    reports: int


class Reports(Record, frozen=True):
    """The documents to which a brief is cut, and what is said of it."""

    ids: tuple[str, ...]
    cut: Cut


def latest(store: Store, a: Side, b: Side, asked: Mapping[str, Any], sides: Callable[[str], Side]) -> Reports | None:
    """Return the reports to which a brief between two parties is cut; None where all that names them can be read."""
    if store.parties_up_to(WHOLE + 1, or_(is_party(a), is_party(b))) <= WHOLE:
        return None
    filters = conditions(asked, sides)
    pairs = _pairs(a, b)
    if pairs:
        rows = store.latest_between(LATEST, pairs, filters)
    else:
        either = ("actor", "recipient")
        rows = store.latest_told(LATEST, has_party(a, *either), has_party(b, *either), *filters)
    ids = tuple(store.reports_of([event for event, _ in rows]))
    of = store.count_between(pairs) if pairs and not asked_for(asked) else None
    since = rows[-1][1] if rows else None
    return Reports(ids=ids, cut=Cut(events=len(rows), of=of, since=since, reports=len(ids)))


def recent(store: Store, day: str | None) -> str | None:
    """Return the day since which the latest reports were published, known by `day`; None where all can be read."""
    if store.published_since(WHOLE_REPORTS, day) is None:
        return None
    return store.published_since(LATEST_REPORTS, day)


def published_since(day: str) -> list[Condition]:
    """Return the condition that the report of a mention was published on that day or later."""
    return [t.documents.c.published_day >= day]


def _pairs(a: Side, b: Side) -> list[Condition]:
    """Return the conditions on `dyad_day`, one a direction; none where one of the two goes by its name."""
    if not (a.country and b.country):
        return []
    d, one, other = t.dyad_day.c, dyad_keys(a), dyad_keys(b)
    return [and_(d.source.in_(x), d.target.in_(y)) for x, y in ((one, other), (other, one))]


def within(found: Reports | None) -> list[Condition]:
    """Return the condition that a mention stands in the reports to which a brief is cut; none where it is not cut."""
    if found is None:
        return []
    there: Any = bindparam(None, list(found.ids), expanding=True, literal_execute=True)
    return [t.mentions.c.document_id.in_(there)]
