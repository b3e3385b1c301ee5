"""Where things happened: the places of events with what was done there, and what has no place. No drawing here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from dragoman.answer import asof
from dragoman.answer.conditions import conditions
from dragoman.answer.dyads import window
from dragoman.answer.filters import asked_for, english
from dragoman.answer.globe import Point, View
from dragoman.answer.identities import sides
from dragoman.answer.map_projects import Project, projects
from dragoman.records import Event, Record, Where
from dragoman.scheme.gazetteer import gazetteer, place_key
from dragoman.scheme.states import state_name
from dragoman.store import Store
from dragoman.store import tables as t
from dragoman.store.dyads import DONE, PLANNED, day_of, status_class

LISTED = 50  # ids of events kept with a place: enough to open it; `total` has the number
NEAR = 24.0  # pixels: places nearer than this are one circle, for two of its least size would touch
AREAS = ("admin1", "admin2", "region", "water")  # kinds whose point only stands for an area
Counts = tuple[int, int, int, int]


class Place(Record, frozen=True):
    """A named place with its events; of a country and of an unresolved name `lat` and `lon` are None.

    `kind` is that of the gazetteer (city, facility, island, admin1, admin2, region, water, country), "" where it has
    none; of an area the point is only its middle. `counts` are by quad class, verbal cooperation first. `events` are
    ids, the newest first, at most LISTED of `total`.
    """

    name: str
    country: str | None
    kind: str
    lat: float | None
    lon: float | None
    counts: Counts
    total: int
    events: tuple[str, ...]


class Map(Record, frozen=True):
    """Events by place, the most frequent first. Three lists, for only the first has points.

    Events count once, by the day under which they stand. Unless a filter asks for them, what is planned, what was not
    done and background are left out, and counted here.
    """

    as_of: str | None
    since: str | None
    until: str | None
    only: str  # the other filters in English, "" where none were used
    places: tuple[Place, ...]
    countries: tuple[Place, ...]  # located by no more than the country
    unresolved: tuple[Place, ...]  # named, but found nowhere
    nowhere: int  # events whose reports name no place
    planned: int
    undone: int
    background: int
    projects: tuple[Project, ...] = ()  # where asked for: those of which an event shown or planned tells

    @property
    def total(self) -> int:
        """Return how many events are counted, with a place or without."""
        return self.nowhere + sum(p.total for some in (self.places, self.countries, self.unresolved) for p in some)


class Cluster(Record, frozen=True):
    """Places that a picture shows as one circle, at the point of the most frequent; `events` as in Place."""

    name: str
    country: str | None
    lat: float
    lon: float
    places: tuple[Place, ...]
    counts: Counts
    total: int
    events: tuple[str, ...]


# ---------------------------------------------------------------- what is asked for
def world(store: Store, asked: Mapping[str, Any], *, with_projects: bool = False) -> Map:
    """Return where the events happened that the filters let through; `since` and `until` are of the day, as in `dyad`.

    `with_projects` adds the projects and assets of these events, which takes longer: dossiers are made of them all.
    Raises StopRun for a bad filter.
    """
    since, until = window(asked)
    found = asked_for(asked)
    events = in_window(store, asked)
    every = "status" in found or "historical" in found
    shown = [e for e in events if every or (not e.historical and status_class(e) == DONE)]
    left = [e for e in events if not e.historical and not every]
    return Map(
        as_of=max(found.get("as_of", ()), default=None),
        since=since,
        until=until,
        only=english({n: v for n, v in asked.items() if n not in ("as_of", "since", "until")}),
        **_by_place(shown),
        nowhere=sum(e.where is None for e in shown),
        planned=sum(status_class(e) == PLANNED for e in left),
        undone=sum(status_class(e) not in (DONE, PLANNED) for e in left),
        background=0 if every else sum(e.historical for e in events),
        projects=projects(store, _rest(asked), {e.id: e for e in events}) if with_projects else (),
    )


def in_window(store: Store, asked: Mapping[str, Any]) -> list[Event]:
    """Return the events that the filters let through and that stand on a day between `since` and `until`."""
    since, until = window(asked)
    rest = _rest(asked)
    # With other filters it could be another mention that satisfies these.
    wanted = conditions(rest, sides(store, rest)) if asked_for(rest) else _maybe(since, until)
    day = asof.day_of(asked)
    found = store.events(*wanted) if day is None else asof.events_with(store, store.mention_ids(*wanted), day)
    if since or until:
        return [e for e in found if (d := day_of(e)[0]) and (not since or d >= since) and (not until or d <= until)]
    return found


def _rest(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in asked.items() if n not in ("since", "until")}


def _maybe(since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Return the conditions on mentions of events that may stand in a window, which spare reading the others.

    The time of such a mention meets the window, or it was told in it.
    """
    m, told = t.mentions.c, t.documents.c.published_day
    own = [*([m.last_day >= since] if since else []), *([m.first_day <= until] if until else [])]
    published = [*([told >= since] if since else []), *([told <= until] if until else [])]
    then = select(t.documents.c.id).where(*published)  # asked apart: each side of the "or" has its index
    return [or_(and_(*own), m.document_id.in_(then))] if own else []


# ---------------------------------------------------------------- places
def _by_place(events: Iterable[Event]) -> dict[str, tuple[Place, ...]]:
    """Return the three lists of a map."""
    groups: dict[tuple[Any, ...], list[Event]] = defaultdict(list)
    for e in events:
        if e.where:
            groups[_key(e.where)].append(e)
    found = [_place(some) for some in groups.values()]
    return {
        "places": _ordered(p for p in found if p.kind != "country" and p.lat is not None),
        "countries": _ordered(p for p in found if p.kind == "country"),
        "unresolved": _ordered(p for p in found if p.kind != "country" and p.lat is None),
    }


def _key(where: Where) -> tuple[Any, ...]:
    """Return by what events are of one place: the country itself, the point, or the name alone."""
    if kind_of(where) == "country":
        return "country", where.country or where.name
    return where.name, where.country, where.lat, where.lon


def _place(some: Sequence[Event]) -> Place:
    where = some[0].where
    assert where is not None
    kind = kind_of(where)
    country = kind == "country"
    return Place(
        name=state_name(where.country) if country and where.country else where.name,
        country=where.country,
        kind=kind,
        lat=None if country else where.lat,
        lon=None if country else where.lon,
        **_counted(some),
    )


def kind_of(where: Where) -> str:
    """Return what the gazetteer has at the name and point of a place; "" where it has nothing there."""
    if where.lat is None or where.lon is None:
        return ""
    named = gazetteer().lookup(place_key(where.name))
    here = [p for p in named if (p.geonameid, p.lat, p.lon) == (where.geonameid, where.lat, where.lon)]
    return next((p.kind for p in sorted(here, key=lambda p: p.kind in AREAS)), "")


def _counted(some: Sequence[Event]) -> dict[str, Any]:
    quads = Counter(e.quad for e in some)
    newest = sorted(some, key=lambda e: e.id)
    newest.sort(key=lambda e: day_of(e)[0] or "", reverse=True)
    return {
        "counts": tuple(quads[q] for q in (1, 2, 3, 4)),
        "total": len(some),
        "events": tuple(e.id for e in newest[:LISTED]),
    }


def _ordered(found: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(found, key=lambda p: (-p.total, p.name, p.country or "", p.lat or 0.0, p.lon or 0.0)))


# ---------------------------------------------------------------- clusters
def clusters(places: Sequence[Place], view: View, near: float = NEAR) -> tuple[Cluster, ...]:
    """Return the circles of a view: each place joins the nearest circle within `near` pixels, the most frequent first.

    Places without a point and those outside the view are left out.
    """
    groups: list[list[Place]] = []
    at: list[Point] = []
    for p in places:
        if p.lat is None or p.lon is None or not view.shows(p.lat, p.lon):
            continue
        x, y = view.at(p.lat, p.lon)
        close = [((x - a) ** 2 + (y - b) ** 2, i) for i, (a, b) in enumerate(at)]
        far, i = min(close, default=(near**2 + 1, 0))
        if far <= near**2:
            groups[i].append(p)
        else:
            groups.append([p])
            at.append((x, y))
    return tuple(_cluster(some) for some in groups)


def _cluster(some: Sequence[Place]) -> Cluster:
    main = some[0]
    one, two, three, four = (sum(p.counts[i] for p in some) for i in range(4))
    return Cluster(
        name=main.name,
        country=main.country,
        lat=main.lat or 0.0,
        lon=main.lon or 0.0,
        places=tuple(some),
        counts=(one, two, three, four),
        total=sum(p.total for p in some),
        events=tuple(e for p in some for e in p.events)[:LISTED],
    )
