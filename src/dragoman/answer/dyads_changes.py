"""What changed between two parties since a day: the ledger of that day beside the one of now. No layout, no wording."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from dragoman.answer.asof import events_with
from dragoman.answer.conditions import conditions, last_day
from dragoman.answer.dyads import called, rows_of, two_sides
from dragoman.answer.filters import asked_for
from dragoman.answer.parties import Side
from dragoman.errors import StopRun
from dragoman.records import Event, Record
from dragoman.store import Store
from dragoman.store import tables as t
from dragoman.store.dyads import status_class

OPEN_END = "9999-12-31"


class NewEvent(Record, frozen=True):
    """An event of which nothing had been told."""

    event: str
    told: str
    when: str | None
    what: str
    quad: int
    score: float
    status: str
    status_class: str  # done, planned, undone


class Change(Record, frozen=True):
    """What became of an event that was known: `kind` is status, disagreement or origins."""

    event: str
    kind: str
    what: str
    before: str
    after: str


class Changed(Record, frozen=True):
    """What the reports after `since`, up to `until`, brought. Background counts as nothing new."""

    a: str
    b: str
    since: str
    until: str | None
    new: tuple[NewEvent, ...]  # by quad class, then by telling
    known: tuple[Change, ...]


def changed(store: Store, a: str, b: str, since: str, asked: Mapping[str, Any]) -> Changed:
    """Return what changed between two parties since a day; `asked` may hold `as_of`, the end. StopRun as `dyad`."""
    one, other = two_sides(store, a, b)
    day = last_day("--changed-since", since)
    until = max((last_day("--as-of", d) for d in asked_for(asked).get("as_of", ())), default=None)
    if until and until < day:
        raise StopRun(f"--changed-since {day} comes after --as-of {until}; swap them")
    mentions = store.mention_ids(*conditions({"party": (one.asked, other.asked)}), _touched_after(day, until))
    then, now = (_between(events_with(store, mentions, d), one, other) for d in (day, until or OPEN_END))
    fresh = [e for e in now if not _known(e, then)]
    new = sorted((e for e in fresh if not e.historical), key=lambda e: (e.quad, e.published or "", e.id))
    return Changed(
        a=one.label,
        b=other.label,
        since=day,
        until=until,
        new=tuple(map(_new, new)),
        known=tuple(c for e in now if (old := _known(e, then)) for c in _changes(old, e)),
    )


def _touched_after(day: str, until: str | None) -> ColumnElement[bool]:
    """Return the condition that a mention hangs together with one published after `day`."""
    e, em, m, d = t.events.c, t.event_mentions.c, t.mentions.c, t.documents.c
    late = d.published_day > day if until is None else and_(d.published_day > day, d.published_day <= until)
    later = select(m.id).join(t.documents, d.id == m.document_id).where(late)
    whole = select(e.component).join(t.event_mentions, em.event_id == e.id).where(em.mention_id.in_(later))
    together = select(em.mention_id).join(t.events, e.id == em.event_id).where(e.component.in_(whole))
    return or_(m.id.in_(later), m.id.in_(together))


def _between(events: Sequence[Event], a: Side, b: Side) -> list[Event]:
    return [e for e in events if rows_of(e, a, b)]


def _known(event: Event, then: Sequence[Event]) -> list[Event]:
    """Return the events of the earlier ledger that share a mention with this one."""
    mine = set(event.mentions)
    return [e for e in then if mine.intersection(e.mentions)]


def _new(e: Event) -> NewEvent:
    return NewEvent(
        event=e.id,
        told=(e.published or "")[:10],
        when=e.when.edtf if e.when else None,
        what=called(e),
        quad=e.quad,
        score=e.score,
        status=e.status,
        status_class=status_class(e),
    )


def _changes(old: Sequence[Event], new: Event) -> list[Change]:
    """Return how an event differs from what was known of it; of several that it joins, the one first told speaks."""
    first = min(old, key=lambda e: (e.published or "", e.id))
    fields = {d.field for e in old for d in e.disagreements}
    differing = [d.field for d in new.disagreements if d.field not in fields]
    origins = max(e.origins for e in old)
    found = [
        ("status", first.status, new.status, first.status != new.status),
        ("disagreement", "", ", ".join(differing), bool(differing)),
        ("origins", str(origins), str(new.origins), new.origins > origins),
    ]
    return [
        Change(event=new.id, kind=kind, what=called(new), before=before, after=after)
        for kind, before, after, differs in found
        if differs
    ]
