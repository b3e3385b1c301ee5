"""From the rows of a dyad to series by day, week and month, each event once, every figure with its events. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from math import fsum
from operator import attrgetter

from dragoman.records import Record
from dragoman.store.dyads import DONE, PLANNED, DyadDay

STEPS = ("day", "week", "month")
WEIGHTS = ("none", "origins", "certainty")
# What is neither affirmed nor ruled out counts half: a convention, not a measurement.
CERTAINTY = {"stated": 1.0, "hedged": 0.5, "disputed": 0.5}
_WEIGH: dict[str, Callable[[DyadDay], float]] = {
    "none": lambda _: 1.0,
    "origins": lambda r: float(r.origins),
    "certainty": lambda r: CERTAINTY[r.certainty],
}
Four = tuple[float, float, float, float]


class Point(Record, frozen=True):
    """What stands in one day, week (Monday first) or month; a period without events has no point.

    `counts` and `scores` are by quad class 1 to 4 (verbal and material cooperation, verbal and material conflict),
    weighted as asked. `undated` of the events stand here by the day on which they were told.
    """

    start: str
    counts: Four
    scores: Four
    net: float
    undated: int
    events: tuple[str, ...]


class Series(Record, frozen=True):
    """The points of one direction (a→b, b→a, both) in one step, of what was done or of what is planned."""

    direction: str
    by: str
    status: str
    points: tuple[Point, ...]


def series(rows: Sequence[DyadDay], a: str, b: str, weight: str) -> list[Series]:
    """Return the series of rows whose parties are named `a` and `b`: three directions, three steps, done and planned.

    Rows of background, without a day, or on what was not done are left out.
    """
    told = [r for r in rows if r.day and not r.historical]
    directions = {f"{a}→{b}": (a,), f"{b}→{a}": (b,), "both": (a, b)}
    return [
        Series(direction=name, by=by, status=status, points=tuple(points(mine, by, weight)))
        for status in (DONE, PLANNED)
        for name, sources in directions.items()
        for mine in [once(r for r in told if r.status == status and r.source in sources)]
        for by in STEPS
    ]


def once(rows: Iterable[DyadDay]) -> list[DyadDay]:
    """Return the first row of each event: one that goes in both directions counts once."""
    found: dict[str, DyadDay] = {}
    for r in rows:
        found.setdefault(r.event, r)
    return list(found.values())


def points(rows: Iterable[DyadDay], by: str, weight: str) -> list[Point]:
    """Return the points of rows that have a day, in order of time."""
    ordered = sorted(rows, key=attrgetter("day", "event"))  # no period begins before that of an earlier day
    return [
        _point(start, list(some), weight) for start, some in groupby(ordered, key=lambda r: period(r.day or "", by))
    ]


def _point(start: str, rows: Sequence[DyadDay], weight: str) -> Point:
    counted: tuple[list[float], ...] = ([], [], [], [])
    scored: tuple[list[float], ...] = ([], [], [], [])
    of = _WEIGH[weight]
    for r in rows:
        counts = of(r)
        counted[r.quad - 1].append(counts)
        scored[r.quad - 1].append(r.score * counts)
    scores = _sums(scored)
    return Point(
        start=start,
        counts=_sums(counted),
        scores=scores,
        net=fsum(scores),
        undated=len(rows) - sum([r.dated for r in rows]),
        events=tuple([r.event for r in rows]),
    )


def _sums(by_quad: tuple[list[float], ...]) -> Four:
    first, second, third, fourth = by_quad
    return fsum(first), fsum(second), fsum(third), fsum(fourth)


def weigh(row: DyadDay, weight: str) -> float:
    """Return what an event counts: one; its independent origins; half where it is hedged or disputed."""
    return _WEIGH[weight](row)


@lru_cache(maxsize=1 << 14)  # the days of ten years, by each step: a busy pair has many rows a day
def period(day: str, by: str) -> str:
    """Return the first day of the day, week or month that holds an ISO day."""
    if by == "month":
        return f"{day[:7]}-01"
    if by == "week":
        that = date.fromisoformat(day)
        return (that - timedelta(days=that.weekday())).isoformat() if that.toordinal() > that.weekday() else day
    return day
