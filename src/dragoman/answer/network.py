"""Who acts towards whom in a period: the most active parties and what stands between each two. No drawing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from sqlalchemy import ColumnElement

from dragoman.answer import asof
from dragoman.answer.dyads import window
from dragoman.answer.filters import asked_for, english
from dragoman.answer.states import state
from dragoman.errors import StopRun
from dragoman.records import Event, Record
from dragoman.store import Store
from dragoman.store import tables as t
from dragoman.store.dyads import DONE, DyadDay, PairSum, dyad_days
from dragoman.text import fold

NODES = 30  # parties shown where no number is asked for: more than that no picture of 900 pixels can name
LISTED = 50  # ids of events kept with an edge; `total` has the number
CODE = 3  # letters of a code
Counts = tuple[int, int, int, int]
Scores = tuple[float, float, float, float]
Pair = tuple[str, str]


class Node(Record, frozen=True):
    """A party. `key` is a state's code or a folded name, `label` its name; `counts` by quad class over all its pairs.

    An event with three parties stands between each two of them, hence counts for each pair. `pairs` says with how
    many others the party has to do, shown or not.
    """

    key: str
    label: str
    is_state: bool
    counts: Counts
    total: int
    pairs: int


class Edge(Record, frozen=True):
    """What stands between two parties, by their keys, `a` < `b`; an event counts once, whichever way it goes.

    `counts` and `scores` are by quad class, verbal cooperation first; `forth` counts the events from a to b, `back`
    those from b to a (one that goes both ways in both); `origins` adds up those of its events. `events` are ids, the
    newest first, at most LISTED of `total`.
    """

    a: str
    b: str
    counts: Counts
    scores: Scores
    total: int
    net: float
    origins: int
    forth: int
    back: int
    events: tuple[str, ...]


class Network(Record, frozen=True):
    """The most active parties of a period, the most active first, and all edges between them, the strongest first.

    Acts done count, neither plans nor background, on the day under which they stand, as in `dyad`.
    """

    as_of: str | None
    since: str | None
    until: str | None
    only: str  # the other filters in English, "" where none were used
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_nodes: int  # parties that are not shown
    left_edges: int  # pairs of which one party or both are not shown

    def node(self, key: str) -> Node:
        """Return the party of a key."""
        return next(n for n in self.nodes if n.key == key)


def network(store: Store, asked: Mapping[str, Any], limit: int = NODES) -> Network:
    """Return the `limit` most active parties between `since` and `until` and what stands between them.

    Without other filters it is summed in `dyad_day`, otherwise from the events, by the same rows. Raises StopRun for
    a bad filter.
    """
    if limit < 1:
        raise StopRun(f"--limit {limit}: wants a number from 1 on")
    since, until = window(asked)
    found = asked_for(asked)
    ledger = _Table(store, since, until) if set(found) <= {"since", "until"} else _Events(store, asked, since, until)
    sums = ledger.sums()
    nodes = _nodes(sums)
    shown = [n.key for n in nodes[:limit]]
    edges = _edges(sums, ledger.ids({(s.a, s.b) for s in sums if {s.a, s.b} <= set(shown)}), set(shown))
    named = _names(ledger.events(e.events[0] for e in edges if e.events))
    return Network(
        as_of=max(found.get("as_of", ()), default=None),
        since=since,
        until=until,
        only=english({n: v for n, v in asked.items() if n not in ("as_of", "since", "until")}),
        nodes=tuple(_labelled(n, named) for n in nodes[:limit]),
        edges=edges,
        left_nodes=max(0, len(nodes) - limit),
        left_edges=len({(s.a, s.b) for s in sums}) - len(edges),
    )


# ---------------------------------------------------------------- where the rows are
class _Table:
    """Sums out of `dyad_day`."""

    def __init__(self, store: Store, since: str | None, until: str | None) -> None:
        d = t.dyad_day.c
        self._store = store
        self._only: list[ColumnElement[bool]] = [d.status == DONE, d.historical.is_(False), d.day.is_not(None)]
        self._only += ([d.day >= since] if since else []) + ([d.day <= until] if until else [])

    def sums(self) -> list[PairSum]:
        return self._store.pair_sums(*self._only)

    def ids(self, pairs: Collection[Pair]) -> Mapping[Pair, Sequence[str]]:
        return self._store.pair_events(pairs, LISTED, *self._only)

    def events(self, ids: Iterable[str]) -> list[Event]:
        return list(self._store.events_by_id(list(ids)).values())


class _Events:
    """The same sums from the events that satisfy filters."""

    def __init__(self, store: Store, asked: Mapping[str, Any], since: str | None, until: str | None) -> None:
        rest = {n: v for n, v in asked.items() if n not in ("since", "until")}
        self._events = {e.id: e for e in asof.events(store, rest)}
        rows = [r for e in self._events.values() for r in dyad_days(e) if r.status == DONE and not r.historical]
        self._rows = [r for r in rows if r.day and (not since or r.day >= since) and (not until or r.day <= until)]

    def sums(self) -> list[PairSum]:
        return summed(self._rows)

    def ids(self, pairs: Collection[Pair]) -> Mapping[Pair, Sequence[str]]:
        found: dict[Pair, dict[str, str]] = defaultdict(dict)
        for r in self._rows:
            if _pair(r) in pairs:
                found[_pair(r)][r.event] = r.day or ""
        return {pair: sorted(sorted(days), key=days.__getitem__, reverse=True)[:LISTED] for pair, days in found.items()}

    def events(self, ids: Iterable[str]) -> list[Event]:
        return [self._events[i] for i in ids]


def summed(rows: Iterable[DyadDay]) -> list[PairSum]:
    """Return rows summed by pair and quad class: what `pair_sums` of a store says, for rows that are at hand."""
    groups: dict[tuple[str, str, int], list[DyadDay]] = defaultdict(list)
    for r in rows:
        groups[*_pair(r), r.quad].append(r)
    return [_sum(key, some) for key, some in groups.items()]


def _sum(key: tuple[str, str, int], some: Sequence[DyadDay]) -> PairSum:
    a, b, quad = key
    once = {r.event: r for r in some}.values()
    return PairSum(
        a=a,
        b=b,
        quad=quad,
        events=len(once),
        score=round(fsum(r.score for r in once), 6),
        origins=sum(r.origins for r in once),
        forth=sum(r.source == a for r in some),
        back=sum(r.source == b for r in some),
    )


def _pair(r: DyadDay) -> Pair:
    return min(r.source, r.target), max(r.source, r.target)


# ---------------------------------------------------------------- nodes and edges
def _nodes(sums: Iterable[PairSum]) -> list[Node]:
    """Return all parties, the most active first, labelled by their keys."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    others: dict[str, set[str]] = defaultdict(set)
    for s in sums:
        for key, other in ((s.a, s.b), (s.b, s.a)):
            counts[key][s.quad] += s.events
            others[key].add(other)
    found = [
        Node(key=k, label=k, is_state=False, counts=_four(c), total=c.total(), pairs=len(others[k]))
        for k, c in counts.items()
    ]
    return sorted(found, key=lambda n: (-n.total, n.key))


def _four(c: Counter[int]) -> Counts:
    return c[1], c[2], c[3], c[4]


def _edges(sums: Iterable[PairSum], ids: Mapping[Pair, Sequence[str]], shown: set[str]) -> tuple[Edge, ...]:
    pairs: dict[Pair, dict[int, PairSum]] = defaultdict(dict)
    for s in sums:
        if {s.a, s.b} <= shown:
            pairs[s.a, s.b][s.quad] = s
    found = [_edge(pair, some, ids.get(pair, ())) for pair, some in pairs.items()]
    return tuple(sorted(found, key=lambda e: (-e.total, e.a, e.b)))


def _edge(pair: Pair, some: Mapping[int, PairSum], ids: Sequence[str]) -> Edge:
    total = Counter({q: s.events for q, s in some.items()})
    one, two, three, four = (round(some[q].score, 3) if q in some else 0.0 for q in (1, 2, 3, 4))
    return Edge(
        a=pair[0],
        b=pair[1],
        counts=_four(total),
        scores=(one, two, three, four),
        total=total.total(),
        net=round(fsum((one, two, three, four)), 3),
        origins=sum(s.origins for s in some.values()),
        forth=sum(s.forth for s in some.values()),
        back=sum(s.back for s in some.values()),
        events=tuple(ids),
    )


def _names(events: Iterable[Event]) -> dict[str, str]:
    """Return folded name → a name as it was written, the first by the alphabet."""
    found = sorted((fold(p.name), p.name) for e in events for p in (*e.actors, *e.recipients))
    return dict(reversed(found))


def _labelled(n: Node, named: Mapping[str, str]) -> Node:
    known = state(n.key) if len(n.key) == CODE and n.key.isupper() else None
    label = known.name if known else named.get(n.key, n.key)
    return Node(key=n.key, label=label, is_state=known is not None, counts=n.counts, total=n.total, pairs=n.pairs)
