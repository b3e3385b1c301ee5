"""What changed between two parties since a day: events as the ledger had them then, beside those it has now."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dragoman.answer import asof
from dragoman.answer.conditions import first_day
from dragoman.answer.gather import Gathered
from dragoman.answer.lines import Line
from dragoman.errors import StopRun
from dragoman.records import Event, Record
from dragoman.store import Store

SPAN = 30  # days that count as new where no day is asked for: a brief is read about once a month


class Change(Record, frozen=True):
    """One thing that is new: `kind` new, status or disagreement; `was` and `now` are statuses, or the field."""

    kind: str
    number: int
    was: str
    now: str


def since_day(asked: str | None, last: str | None) -> str | None:
    """Return the day from which on things are new; `last` is the day of the brief. None where no day is known."""
    if asked is not None:
        day = first_day("--changed-since", asked)
        if last is not None and day > last:
            raise StopRun(f"--changed-since {asked}: lies after the day of the brief, {last}")
        return day
    return (date.fromisoformat(last) - timedelta(days=SPAN)).isoformat() if last else None


def changes(store: Store, g: Gathered, drawn: Sequence[Line], since: str | None) -> tuple[Change, ...]:
    """Return what the ledger of `since` did not have: new events, statuses that moved, fields newly in dispute.

    Background and what one of the two does by itself are left out, and events told in undated reports only: when
    these became known, nobody says.
    """
    if since is None:
        return ()
    news = [x for x in drawn if x.section not in ("background", "context") and x.published]
    known = {m for x in news for m in x.ids if (g.tellings[m].published or "9")[:10] <= since}
    before = {m: e for e in asof.events_with(store, known, since) for m in e.mentions}
    return tuple(change for x in news for change in _changes(x, before))


def _changes(x: Line, before: Mapping[str, Event]) -> list[Change]:
    """Return what is new of one event: that it is, its status, its disputes."""
    then = next((before[m] for m in x.ids if m in before), None)
    if then is None:
        return [Change(kind="new", number=x.number, was="", now=x.status)]
    moved = [Change(kind="status", number=x.number, was=then.status, now=x.status)] if then.status != x.status else []
    old = {d.field for d in then.disagreements}
    fields = [d.field for d in x.disagreements if d.field not in old]
    return moved + [Change(kind="disagreement", number=x.number, was="", now=f) for f in fields]
