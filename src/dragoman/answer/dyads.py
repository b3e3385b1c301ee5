"""Two parties and the course of their relations: series, trend, breaks, each figure with its events. No layout.

What changed since a day is in `dyads_changes`, the pairs that moved most in `dyads_moved`.
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, or_

from dragoman.answer import asof
from dragoman.answer.conditions import first_day, last_day
from dragoman.answer.dyads_series import WEIGHTS, Series, once, period, points, series, weigh
from dragoman.answer.dyads_trend import Level, breaks, trend, weekly
from dragoman.answer.filters import asked_for, english
from dragoman.answer.identities import must_know
from dragoman.answer.parties import Side, dyad_keys, is_of, side
from dragoman.answer.words import ACT, act_words, clip, parties_words
from dragoman.errors import StopRun
from dragoman.records import Event, Party, Record
from dragoman.store import Store
from dragoman.store import tables as t
from dragoman.store.dyads import DONE, UNDONE, DyadDay, dyad_days, party_key

MAKERS = 5  # events named of a break: enough to see what it was, few enough to read
PARTIES = ("actor", "recipient", "party", "between")  # the filters that a dyad can't take
Find = Callable[[Sequence[str]], dict[str, Event]]
Weeks = Sequence[tuple[str, float]]


class Maker(Record, frozen=True):
    """An event that makes a break: one that came with the new level, or one whose like no longer comes.

    `share` is what it adds to the difference between the two levels, in score a week.
    """

    event: str
    day: str
    what: str
    score: float
    share: float


class Break(Record, frozen=True):
    """The first week of a new level; `before` and `after` are mean net scores a week, down to the next break."""

    week: str
    before: float
    after: float
    makers: tuple[Maker, ...]


class Dyad(Record, frozen=True):
    """The course between two parties. `series` has every direction and step; trend and breaks are of both directions.

    Left out of the series, and listed: background, what was not done, and events that stand on no day.
    """

    a: str
    b: str
    as_of: str | None
    since: str | None
    until: str | None
    only: str  # the other filters in English, "" where none were used
    weight: str
    series: tuple[Series, ...]
    trend: tuple[Level, ...]
    breaks: tuple[Break, ...]
    background: tuple[str, ...]
    undone: tuple[str, ...]
    unplaced: tuple[str, ...]

    def one(self, direction: str, by: str, status: str = DONE) -> Series:
        """Return one of the series; `direction` is as in its record."""
        return next(s for s in self.series if (s.direction, s.by, s.status) == (direction, by, status))

    @property
    def directions(self) -> tuple[str, str, str]:
        """Return the names of the directions: a→b, b→a, both."""
        return f"{self.a}→{self.b}", f"{self.b}→{self.a}", "both"


def dyad(store: Store, a: str, b: str, asked: Mapping[str, Any], weight: str = "none") -> Dyad:
    """Return the course between the parties that `a` and `b` name; `asked` are filters, `since` and `until` of the day.

    Raises StopRun for one party twice, one that the ledger does not know, a bad date or weight.
    """
    one, other = two_sides(store, a, b)
    if weight not in WEIGHTS:
        raise StopRun(f"--weight {weight}: one of {', '.join(WEIGHTS)}")
    if taken := [n for n in PARTIES if n in asked_for(asked)]:
        raise StopRun(f"{taken[0]}: no filter of a dyad, which has its two parties")
    since, until = window(asked)
    rows, find = between(store, one, other, asked)
    rows = [r for r in rows if (not since or (r.day or "") >= since) and (not until or (r.day or "9") <= until)]
    days = asked_for(asked).get("as_of", ())
    rest = {name: value for name, value in asked.items() if name not in ("as_of", "since", "until")}
    counted = once(r for r in rows if r.day and not r.historical and r.status == DONE)
    weeks = weekly(points(counted, "week", weight))
    return Dyad(
        a=one.label,
        b=other.label,
        as_of=max(days, default=None),
        since=since,
        until=until,
        only=english(rest),
        weight=weight,
        series=tuple(series(rows, one.label, other.label, weight)),
        trend=trend(weeks),
        breaks=tuple(broken(weeks, counted, weight, find)),
        background=_ids(r for r in rows if r.historical),
        undone=_ids(r for r in rows if r.status == UNDONE and not r.historical),
        unplaced=_ids(r for r in rows if r.day is None and not r.historical),
    )


def _ids(rows: Any) -> tuple[str, ...]:
    return tuple(r.event for r in once(rows))


# ---------------------------------------------------------------- what was asked
def two_sides(store: Store, a: str, b: str) -> tuple[Side, Side]:
    """Return the two parties; StopRun where they are one, or where the ledger knows no such name."""
    one, other = side(a), side(b)
    if one.words == other.words:
        raise StopRun(f"{a} and {b} are the same party; name two")
    must_know(store, one, other)
    return one, other


def window(asked: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the first and last day asked for; None where that end is open."""
    found = asked_for(asked)
    since = [first_day("--since", v) for v in found.get("since", ())]
    until = [last_day("--until", v) for v in found.get("until", ())]
    first, last = min(since, default=None), max(until, default=None)
    if first and last and first > last:
        raise StopRun(f"--since {first} comes after --until {last}; swap them")
    return first, last


# ---------------------------------------------------------------- rows
def between(store: Store, a: Side, b: Side, asked: Mapping[str, Any]) -> tuple[list[DyadDay], Find]:
    """Return the rows between two parties, named by their labels, and how to find the events behind them.

    Two states and no filter but the days: from `dyad_day`. Otherwise from the events, by the same function.
    """
    if _all_stored(a, b, asked):
        return _named(store.dyad_days(*_stored(a, b, *window(asked))), a, b), store.events_by_id
    filters = {n: v for n, v in asked_for(asked).items() if n not in ("since", "until")}
    events = {e.id: e for e in events_of(store, a, b, filters)}
    rows = [r for e in events.values() for r in rows_of(e, a, b)]
    return in_order(rows), lambda ids: {i: events[i] for i in ids}


def _all_stored(a: Side, b: Side, asked: Mapping[str, Any]) -> bool:
    """Return whether `dyad_day` has all that is asked: two states, no filter but the days."""
    return bool(a.country and b.country) and set(asked_for(asked)) <= {"since", "until"}


def _stored(a: Side, b: Side, since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions on `dyad_day`; an event without a day has no place in a window."""
    d = t.dyad_day.c
    one, other = dyad_keys(a), dyad_keys(b)
    found: list[ColumnElement[bool]] = [
        or_(and_(d.source.in_(one), d.target.in_(other)), and_(d.source.in_(other), d.target.in_(one)))
    ]
    return found + ([d.day >= since] if since else []) + ([d.day <= until] if until else [])


def events_behind(store: Store, a: str, b: str, asked: Mapping[str, Any], ids: Sequence[str]) -> list[Event]:
    """Return the events behind figures of `dyad`, asked with the same filters, in the order of `ids`."""
    one, other = two_sides(store, a, b)
    find = store.events_by_id if _all_stored(one, other, asked) else between(store, one, other, asked)[1]
    found = find(ids)
    return [found[i] for i in ids]


def events_of(store: Store, a: Side, b: Side, filters: Mapping[str, Any]) -> list[Event]:
    """Return the events between the two of which a mention names either and satisfies the filters."""
    found = asof.events(store, {**filters, "party": (a.asked, b.asked)})
    return [e for e in found if rows_of(e, a, b)]


def rows_of(event: Event, a: Side, b: Side) -> list[DyadDay]:
    """Return the rows of one event between two parties, named by their labels; a person goes before a state."""
    named = [s for s in (a, b) if s.country is None]

    def key(party: Party) -> str | None:
        return next((f"\0{s.label}" for s in named if is_of(s, party)), None) or party_key(party)

    return _named(dyad_days(event, key), a, b)


def _named(rows: Sequence[DyadDay], a: Side, b: Side) -> list[DyadDay]:
    """Return the rows between the two, each event once a direction, with labels for keys."""
    labels = {k: s.label for s in (a, b) for k in ([f"\0{s.label}"] if s.country is None else dyad_keys(s))}
    found: dict[tuple[str, str], DyadDay] = {}
    for r in rows:
        source, target = labels.get(r.source), labels.get(r.target)
        if source and target and source != target:
            found.setdefault((r.event, source), msgspec.structs.replace(r, source=source, target=target))
    return in_order(found.values())


def in_order(rows: Any) -> list[DyadDay]:
    """Return rows by day (unknown last), event and direction."""
    return sorted(rows, key=lambda r: (r.day is None, r.day or "", r.event, r.source))


# ---------------------------------------------------------------- breaks with their events
def broken(weeks: Sequence[tuple[str, float]], rows: Sequence[DyadDay], weight: str, find: Find) -> list[Break]:
    """Return the breaks of a weekly series, each with the events that add most to the difference of the levels."""
    at = breaks(weeks)
    ends = [0, *at, len(weeks)]
    starts = [w for w, _ in weeks]
    return [
        _break(starts[i], (weeks[ends[k] : i], weeks[i : ends[k + 2]]), rows, weight, find) for k, i in enumerate(at)
    ]


def _break(week: str, levels: tuple[Weeks, Weeks], rows: Sequence[DyadDay], weight: str, find: Find) -> Break:
    old, new = levels
    before, after = (fsum(net for _, net in some) / len(some) for some in levels)
    shares = {**_shares(rows, old, weight, -1.0 / len(old)), **_shares(rows, new, weight, 1.0 / len(new))}
    sign = 1.0 if after > before else -1.0
    pushing = [r for r in rows if sign * shares.get(r.event, 0) > 0]
    main = sorted(pushing, key=lambda r: (-sign * shares[r.event], r.day or "", r.event))[:MAKERS]
    events = find([r.event for r in main])
    makers = [
        Maker(event=r.event, day=r.day or "", what=called(events[r.event]), score=r.score, share=shares[r.event])
        for r in main
    ]
    return Break(week=week, before=round(before, 3), after=round(after, 3), makers=tuple(makers))


def _shares(rows: Sequence[DyadDay], weeks: Weeks, weight: str, a_week: float) -> dict[str, float]:
    """Return event → what it adds to the difference of the levels, of those from the first week to the last."""
    first, last = weeks[0][0], weeks[-1][0]
    return {r.event: r.score * weigh(r, weight) * a_week for r in rows if first <= period(r.day or "", "week") <= last}


def called(event: Event) -> str:
    """Return an event in a few words: what was done, between whom, about what."""
    act = act_words(event) if event.type == event.act else f"{ACT[event.type]} ({act_words(event)})"
    what = f"{act}, {parties_words(event.actors, event.recipients)}"
    return f"{what}: {clip(event.theme.text, 60)}" if event.theme else what
