"""The tools that open one thing: event, explain, actor, and the course between two parties (dyad)."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dragoman.answer import asof, dyads_tables, identities, markdown
from dragoman.answer import event as opening
from dragoman.answer.dyads import Dyad
from dragoman.answer.dyads_series import Point, Series, period
from dragoman.answer.event import Opened, Told
from dragoman.answer.identities import OpenedActor
from dragoman.answer.ledger import Ledger
from dragoman.answer.references import Citation, of_mentions
from dragoman.mcp import text
from dragoman.mcp.lists import CITED, ONE, cited_events, filters_of
from dragoman.mcp.replies import Answer, Page, Reply, page
from dragoman.records import Record
from dragoman.resolve.actors import Identity

Asked = Mapping[str, Any]
Cited = Mapping[str, tuple[Citation, ...]]
NAMES = 30  # spellings and offices of an actor: more are misspellings
BREAKS = 6  # the latest of a dyad
NAMED = 40  # events of a point: with their sentences they fill a third of the budget
WEEKS = 120  # of the trend
LISTED = 20  # events that a dyad leaves uncounted, by id


# ---------------------------------------------------------------- event
def event(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with one event and a page of its tellings."""
    answer = opening.opened(ledger.store, asked["id"])
    firsts = [v.mentions[0] for d in answer.event.disagreements for v in d.versions]
    cited = of_mentions(ledger.store, [*(x.mention for x in answer.told), *firsts])

    def cite(some: Sequence[Told]) -> list[tuple[Citation, ...]]:
        return [(cited[x.mention],) if x.mention in cited else () for x in some]

    made = page(answer.told, cite, limit=asked["limit"], cursor=asked.get("cursor"))
    rests = tuple(dict.fromkeys([*made.references, *(cited[m] for m in firsts if m in cited)]))
    left = made.left_out("telling")
    shown = msgspec.structs.replace(answer, told=made.items)
    body = markdown.event(_numbered(shown, made, rests))
    return Reply(
        answer=Answer(answer=shown, left_out=left, cursor=made.cursor, references=rests),
        text=text.whole(body, left, made.cursor, rests),
    )


def _numbered(shown: Opened, made: Page[Told], rests: Sequence[Citation]) -> Opened:
    """Return the event with the number of its reference for the words of each telling."""
    at = {c: i for i, c in enumerate(rests, 1)}
    told = [
        msgspec.structs.replace(x, said="".join(f"[{at[c]}]" for c in some))
        for x, some in zip(made.items, made.cited, strict=True)
    ]
    return msgspec.structs.replace(shown, told=tuple(told))


# ---------------------------------------------------------------- explain
def explain(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with one mention, down to its words."""
    answer = ledger.explain(asked["id"])
    rests = tuple(of_mentions(ledger.store, [answer.id]).values())
    return Reply(
        answer=Answer(answer=answer, left_out=(), cursor=None, references=rests),
        text=text.whole(markdown.explanation(answer), (), None, rests),
    )


# ---------------------------------------------------------------- actor
def actor(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with one actor; each name and office with the sentence in which it was first told."""
    filters = filters_of(asked, ("as_of",))
    one, every = identities.meant(ledger.store, asked["name"], filters)
    day = asof.day_of(filters)
    whole = identities.opening(ledger.store, one, every, day)
    a = whole.actor
    shown = msgspec.structs.replace(
        whole, actor=msgspec.structs.replace(a, names=a.names[:NAMES], offices=a.offices[:NAMES])
    )
    more = (("names", len(a.names)), ("offices", len(a.offices)))
    left = tuple(f"{n - NAMES} of {n} {noun}" for noun, n in more if n > NAMES)
    first = of_mentions(ledger.store, _first_told(one, shown), day=day).values()
    events = cited_events(ledger, [e.id for e in whole.events], CITED, day)
    rests = tuple(dict.fromkeys([*first, *(c for e in whole.events for c in events.get(e.id, ()))]))
    return Reply(
        answer=Answer(answer=shown, left_out=left, cursor=None, references=rests),
        text=text.whole(markdown.actor(shown), left, None, rests),
    )


def _first_told(one: Identity, shown: OpenedActor) -> list[str]:
    """Return the mentions that first tell each name and office of an actor."""
    names = {(x.name, x.country) for x in shown.actor.names}
    roles = {x.role for x in shown.actor.offices}
    found: dict[object, str] = {}
    for s in one.sightings:
        if (s.name, s.country) in names:
            found.setdefault((s.name, s.country), s.mention)
        if s.role in roles:
            found.setdefault(s.role, s.mention)
    return list(dict.fromkeys(found.values()))


# ---------------------------------------------------------------- dyad
class Period(Record, frozen=True):
    """What stands in one period: the points of all directions, done and planned, each with its series."""

    start: str
    points: tuple[tuple[str, str, Point], ...]  # direction, status, point

    @property
    def events(self) -> tuple[str, ...]:
        """Return the ids of the events, each once."""
        return tuple(dict.fromkeys(i for _, _, p in self.points for i in p.events))


def dyad(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with the course between two parties, a page of periods at a time, the latest first."""
    filters, by = filters_of(asked, ("since", "until", "as_of")), asked["by"]
    found = ledger.dyad(asked["a"], asked["b"], **filters)
    whole = msgspec.structs.replace(found, breaks=found.breaks[-BREAKS:])
    series = [s for s in whole.series if s.by == by]
    every = _periods(series)
    makers = [m.event for b in whole.breaks for m in b.makers]
    ids = [*(i for p in every for i in p.events), *makers]
    cited = cited_events(ledger, ids, ONE, asof.day_of(filters))

    def cite(some: Sequence[Period]) -> list[tuple[Citation, ...]]:
        return [_of(p.events, cited) for p in some]

    made = page(every, cite, limit=asked["limit"], cursor=asked.get("cursor"))
    rests = tuple(dict.fromkeys([*made.references, *_of(makers, cited)]))
    left = (*made.left_out(by), *_uncounted(whole, series))
    return Reply(
        answer=Answer(answer=_stretch(whole, series, made), left_out=left, cursor=made.cursor, references=rests),
        text=text.whole(_course(whole, made, cited, rests), left, made.cursor, rests),
    )


def _periods(series: Sequence[Series]) -> list[Period]:
    """Return the periods with their points, the latest first; of each point the first events only."""
    by_start: dict[str, list[tuple[str, str, Point]]] = {}
    for s in series:
        for p in s.points:
            short = msgspec.structs.replace(p, events=p.events[:NAMED])
            by_start.setdefault(p.start, []).append((s.direction, s.status, short))
    return [Period(start=start, points=tuple(by_start[start])) for start in sorted(by_start, reverse=True)]


def _of(ids: Sequence[str], cited: Cited) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c for i in ids for c in cited.get(i, ())))


def _stretch(whole: Dyad, series: Sequence[Series], made: Page[Period]) -> Dyad:
    """Return the dyad over the periods that are shown, the trend from their first week on, lists of ids cut short."""
    points = {(d, status, p.start): p for period_ in made.items for d, status, p in period_.points}
    first = period(made.items[-1].start, "week") if made.items else ""
    return msgspec.structs.replace(
        whole,
        series=tuple(
            msgspec.structs.replace(
                s,
                points=tuple(
                    points[s.direction, s.status, p.start]
                    for p in s.points
                    if (s.direction, s.status, p.start) in points
                ),
            )
            for s in series
        ),
        trend=tuple(x for x in whole.trend if first <= x.week)[:WEEKS],
        background=whole.background[:LISTED],
        undone=whole.undone[:LISTED],
        unplaced=whole.unplaced[:LISTED],
    )


def _course(whole: Dyad, made: Page[Period], cited: Cited, rests: Sequence[Citation]) -> str:
    """Return what was counted of the whole, and one line a period and direction of what is shown."""
    lines = [
        f"- **{p.start}** {text.point(direction, status, p)} {text.marks(_of(p.events, cited), rests)}"
        for found in made.items
        for direction, status, p in found.points
        if direction != "both"
    ]
    return "\n".join([*dyads_tables.course(whole), "", *lines])


def _uncounted(whole: Dyad, series: Sequence[Series]) -> list[str]:
    """Return what of the lists of ids is left out."""
    lists = (("background", whole.background), ("undone", whole.undone), ("unplaced", whole.unplaced))
    left = [f"{len(some) - LISTED} of {len(some)} ids in `{name}`" for name, some in lists if len(some) > LISTED]
    crowded = any(len(p.events) > NAMED for s in series for p in s.points)
    return left + ([f"events of a period beyond {NAMED} in one direction"] if crowded else [])
