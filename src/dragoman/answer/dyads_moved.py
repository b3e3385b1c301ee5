"""The pairs whose relations moved most: a stretch of days beside the stretch of equal length before it. No layout."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from typing import Any

from sqlalchemy import ColumnElement

from dragoman.answer import asof
from dragoman.answer.dyads import PARTIES, window
from dragoman.answer.dyads_series import once, weigh
from dragoman.answer.filters import asked_for
from dragoman.answer.states import state
from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.store import Store
from dragoman.store import tables as t
from dragoman.store.dyads import DONE, DyadDay, dyad_days

MONTH = timedelta(days=30)  # the stretch where none is named


class Moved(Record, frozen=True):
    """A pair with its net score in the stretch and in the one before; `moved` is the difference."""

    a: str
    b: str
    before: float
    after: float
    moved: float
    cooperative: int  # events of the stretch
    conflictual: int
    events: tuple[str, ...]  # of the stretch
    earlier: tuple[str, ...]  # of the one before


class Movers(Record, frozen=True):
    """The pairs that moved most, the greatest movement first."""

    since: str
    until: str
    before: str  # the first day of the stretch before
    weight: str
    pairs: tuple[Moved, ...]


def moved(store: Store, asked: Mapping[str, Any], weight: str = "none", limit: int | None = 20) -> Movers | None:
    """Return the pairs that moved most between `since` and `until`; None where no event of the ledger has a day.

    Without `until` the stretch ends on the last day on which something was done, without `since` it is thirty days.
    Acts done count, each once; neither plans nor background. Raises StopRun as `dyad`.
    """
    if taken := [n for n in PARTIES if n in asked_for(asked)]:
        raise StopRun(f"{taken[0]}: no filter here; `dragoman dyad` shows two parties")
    since, until = window(asked)
    filters = {n: v for n, v in asked_for(asked).items() if n not in ("since", "until")}
    told = _told(store, filters) if filters else None
    last = until or (
        store.last_dyad_day(*_counted()) if told is None else max((r.day or "" for r in told), default=None)
    )
    if last is None:
        return None
    first, start = _stretch(since, last)
    d = t.dyad_day.c
    rows = store.dyad_days(*_counted(), d.day >= start, d.day <= last) if told is None else told
    pairs: dict[tuple[str, str], list[DyadDay]] = defaultdict(list)
    for r in rows:
        if r.day and start <= r.day <= last:
            pairs[min(r.source, r.target), max(r.source, r.target)].append(r)
    found = [_moved(pair, once(some), first, weight) for pair, some in pairs.items()]
    ordered = sorted((m for m in found if m.moved), key=lambda m: (-abs(m.moved), m.a, m.b))
    return Movers(since=first, until=last, before=start, weight=weight, pairs=tuple(ordered[:limit]))


def _counted() -> list[ColumnElement[bool]]:
    """Return the conditions on the rows of acts done, on a known day."""
    d = t.dyad_day.c
    return [d.status == DONE, d.historical.is_(False), d.day.is_not(None)]


def _told(store: Store, filters: Mapping[str, Any]) -> list[DyadDay]:
    """Return the same rows from the events that satisfy filters."""
    found = [r for e in asof.events(store, filters) for r in dyad_days(e)]
    return [r for r in found if r.status == DONE and not r.historical and r.day]


def _stretch(since: str | None, last: str) -> tuple[str, str]:
    """Return the first day of the stretch that ends with `last`, and of the one of equal length before it."""
    first = since or _shifted(last, -MONTH + timedelta(days=1))
    length = date.fromisoformat(last) - date.fromisoformat(first) + timedelta(days=1)
    return first, _shifted(first, -length)


def _shifted(day: str, by: timedelta) -> str:
    that = date.fromisoformat(day)
    return (that + by).isoformat() if that.toordinal() + by.days >= 1 else date.min.isoformat()


def _moved(pair: tuple[str, str], rows: Sequence[DyadDay], first: str, weight: str) -> Moved:
    new, old = [r for r in rows if (r.day or "") >= first], [r for r in rows if (r.day or "") < first]
    after, before = (fsum(r.score * weigh(r, weight) for r in some) for some in (new, old))
    a, b = map(_label, pair)
    return Moved(
        a=a,
        b=b,
        before=before,
        after=after,
        moved=after - before,
        cooperative=sum(r.quad <= 2 for r in new),
        conflictual=sum(r.quad > 2 for r in new),
        events=tuple(r.event for r in new),
        earlier=tuple(r.event for r in old),
    )


def _label(key: str) -> str:
    """Return the name of a state for its code; a folded name as it is."""
    found = state(key) if len(key) == 3 and key.isupper() else None
    return found.name if found else key
