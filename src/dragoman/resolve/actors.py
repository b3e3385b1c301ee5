"""Who is who across documents: sightings of parties become actors, with their names, offices over time and reasons.

Pure, and whatever the order of the sightings. What a single name is, `actors_names` reads; which names are one
actor's, `actors_join` decides; lone surnames and bare offices are placed document by document in `actors_place`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from dragoman.records import Judgement, Record
from dragoman.resolve.actors_join import Joined, Unit, join, standing
from dragoman.resolve.actors_names import BODY, OFFICE, PERSON, SURNAME, Named, named, sole_office
from dragoman.resolve.actors_place import NOWHERE, Place, Scene, Telling, month
from dragoman.resolve.cluster import Pair, pair
from dragoman.text import digest, fold

NAME = "name"
KIND = "actor"  # of the judgements of people on two names


class Sighting(Record, frozen=True):
    """A party as one mention names it. `side`: actor or recipient; `published` an ISO date, None where unknown."""

    name: str
    document: str
    mention: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    side: str = "actor"
    event: str | None = None
    published: str | None = None
    publisher: str | None = None


class Spelling(Record, frozen=True):
    """A name that an actor goes by: as written, the country read with it, how often, first and last told."""

    name: str
    country: str | None
    sightings: int
    first_told: str | None
    last_told: str | None


class Tenure(Record, frozen=True):
    """An office as the reports tell it: from the first to the last day on which it was told, and by whom."""

    role: str
    first_told: str | None
    last_told: str | None
    documents: int
    sources: tuple[str, ...]  # outlets, by name


class Actor(Record, frozen=True):
    """One person, state, body or group over all its names.

    `id` is that of the earliest sighting's name and country; `why` says what joined the names; `unsettled` has the
    ids of the actors between which nothing decides, where the name fits several.
    """

    id: str
    name: str
    kind: str  # state, person, office (nobody's so far), body, name (a person's, ship's or town's), other
    country: str | None
    sectors: tuple[str, ...]
    names: tuple[Spelling, ...]  # the commonest first
    offices: tuple[Tenure, ...]  # in the order in which they were first told
    why: tuple[str, ...]
    unsettled: tuple[str, ...]
    acts: int
    receives: int
    documents: int
    events: int
    first_told: str | None
    last_told: str | None

    @property
    def roles(self) -> tuple[str, ...]:
        """The names of the offices."""
        return tuple(o.role for o in self.offices)


class Identity(Record, frozen=True):
    """The sightings that are one actor's, in order of time, with what joined them."""

    id: str
    kind: str
    sightings: tuple[Sighting, ...]
    why: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()


def identities(sightings: Iterable[Sighting], judged: Iterable[Judgement] = ()) -> list[Actor]:
    """Return the actors of all sightings, the most frequent first; `judged` is what people decided on names."""
    return [actor(i) for i in identify(sightings, judged)]


def identify(sightings: Iterable[Sighting], judged: Iterable[Judgement] = ()) -> list[Identity]:
    """Group sightings by who is meant, the groups with most mentions first."""
    ordered = sorted(sightings, key=_order)
    at, units = _units(ordered)
    ruled = _ruled(judged, units)
    joined = join([u for u in units.values() if u.named.kind in (PERSON, BODY)], ruled)
    group_of = {i: g for g, members in joined.groups.items() for i in members}
    told = _tellings(ordered, at, units)
    scene = Scene(units, group_of, [x for x in told if x.unit in group_of])
    placed = {(x.unit, x.document): _judged(x, scene, ruled) for x in told if x.unit not in group_of}
    members: dict[str, list[Sighting]] = defaultdict(list)
    for s, i in zip(ordered, at, strict=True):
        members[placed.get((i, s.document), NOWHERE).group or group_of.get(i, i)].append(s)
    return _made(members, _reasons(joined, placed, units), _unsettled(joined, placed, group_of), units)


# ---------------------------------------------------------------- sightings to units
def name_key(name: str, country: str | None) -> str:
    """Return the id of a name in a country: of the actor whose earliest sighting has it, and of people's judgements."""
    return digest("actor", fold(name), country or "")


def _order(s: Sighting) -> tuple[object, ...]:
    return s.published is None, s.published or "", s.document, s.mention, s.side, s.name, s.country or ""


def _units(ordered: Sequence[Sighting]) -> tuple[list[str], dict[str, Unit]]:
    """Return the unit of each sighting, and the units by id."""
    readings = _readings(ordered)
    at, of = [], defaultdict(list)
    for s in ordered:
        n = readings[s.name, s.country]
        side = standing((s.sector,)) if n.kind == PERSON else ""
        i = " ".join((n.kind, *n.key, "in", n.country or "?", side)).strip()
        at.append(i)
        of[i].append(s)
    return at, {i: _unit(i, some, readings) for i, some in of.items()}


def _readings(ordered: Sequence[Sighting]) -> dict[tuple[str, str | None], Named]:
    """Read each name in a country once, beside all that its sightings say."""
    said: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    titled: set[tuple[str, str | None]] = set()
    for s in ordered:
        said[s.name, s.country][s.sector or ""] += 1
        if s.role:
            titled.add((s.name, s.country))
    return {
        key: named(*key, min(sectors, key=lambda x: (-sectors[x], x)) or None, titled=key in titled)
        for key, sectors in said.items()
    }


def _unit(i: str, told: Sequence[Sighting], readings: Mapping[tuple[str, str | None], Named]) -> Unit:
    names = Counter(s.name for s in told)
    roles = frozenset(s.role for s in told if s.role)
    return Unit(
        id=i,
        name=min(names, key=lambda n: (-names[n], n)),
        named=readings[told[0].name, told[0].country],
        side=standing(s.sector for s in told),
        roles=roles,
        documents=frozenset(s.document for s in told),
        months=frozenset(month(s.published) for s in told if s.published),
        holds=frozenset(filter(None, map(sole_office, roles))),
        written=frozenset((s.name, s.country) for s in told),
    )


def _ruled(judged: Iterable[Judgement], units: Mapping[str, Unit]) -> dict[Pair, bool]:
    """Return the pairs of units that people judged, True for one actor; the last word counts."""
    found: dict[Pair, bool] = {}
    bearing: dict[str, list[str]] = defaultdict(list)
    ordered = sorted((j for j in judged if j.verdict != "unsure"), key=lambda j: (j.at, j.by))
    for i, u in sorted(units.items()) if ordered else ():
        for key in {name_key(*written) for written in u.written}:
            bearing[key].append(i)
    for j in ordered:
        found |= {pair(a, b): j.verdict == "same" for a in bearing[j.a] for b in bearing[j.b] if a != b}
    return found


# ---------------------------------------------------------------- names that need their document
def _tellings(ordered: Sequence[Sighting], at: Sequence[str], units: Mapping[str, Unit]) -> list[Telling]:
    """Return what each document says of each person, once."""
    offices: dict[tuple[str, str], set[str]] = defaultdict(set)
    days: dict[str, str | None] = {}
    for s, i in zip(ordered, at, strict=True):
        if units[i].named.kind in (PERSON, SURNAME, OFFICE):
            offices[i, s.document].add(sole_office(s.role or ""))
            days[s.document] = s.published
    return [
        Telling(unit=i, document=d, day=days[d], offices=frozenset(some - {""})) for (i, d), some in offices.items()
    ]


def _judged(x: Telling, scene: Scene, ruled: Mapping[Pair, bool]) -> Place:
    """Return the place of a name in a document, as people judged it where they did."""
    theirs = {scene.group_of[b if a == x.unit else a]: one for (a, b), one in ruled.items()
              if x.unit in (a, b) and (b if a == x.unit else a) in scene.group_of}  # fmt: skip
    for group, one in sorted(theirs.items()):
        if one:
            return Place(group=group, why="judged one by a person")
    found = scene.place(x)
    return Place() if theirs.get(found.group) is False else found


def _reasons(joined: Joined, placed: Mapping[tuple[str, str], Place], units: Mapping[str, Unit]) -> dict[str, set[str]]:
    """Return group → the reasons for which it is one."""
    at = {i: g for g, members in joined.groups.items() for i in members}
    found: dict[str, set[str]] = defaultdict(set)
    for (a, _), why in joined.why.items():
        found[at[a]].add(why)
    for i, u in units.items():
        if len({fold(name) for name, _ in u.written}) > 1:
            found[at.get(i, i)].add("the same words")
    for place in placed.values():
        if place.group:
            found[place.group].add(place.why)
    return found


def _unsettled(
    joined: Joined, placed: Mapping[tuple[str, str], Place], group_of: Mapping[str, str]
) -> dict[str, set[str]]:
    """Return group → the groups with which it may be one."""
    found: dict[str, set[str]] = defaultdict(set)
    for i, groups in joined.unsettled.items():
        found[group_of[i]] |= set(groups)
    for (i, _), place in placed.items():
        if place.between:
            found[i] |= set(place.between)
    return found


# ---------------------------------------------------------------- what comes out
def _made(
    members: Mapping[str, list[Sighting]],
    why: Mapping[str, set[str]],
    unsettled: Mapping[str, set[str]],
    units: Mapping[str, Unit],
) -> list[Identity]:
    """Return the identities, with ids by their earliest sightings; of two that have one name, the later hashes more."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for g in sorted(members, key=lambda g: (_order(members[g][0]), g)):
        first = members[g][0]
        key = name_key(first.name, first.country)
        ids[g] = key if key not in taken else digest("actor", key, g)
        taken.add(key)
    made = [
        Identity(
            id=ids[g],
            kind=units[g].named.kind if g in units else PERSON,
            sightings=tuple(told),
            why=tuple(sorted(why.get(g, ()))),
            unsettled=tuple(sorted(ids[o] for o in unsettled.get(g, ()) if o in ids)),
        )
        for g, told in members.items()
    ]
    return sorted(made, key=lambda i: (-len({s.mention for s in i.sightings}), i.sightings[0].name, i.id))


def actor(i: Identity, chosen: Collection[str] | None = None) -> Actor:
    """Return what an identity amounts to; acts, events, documents over the `chosen` mentions where they are given."""
    told = i.sightings
    counted = told if chosen is None else [s for s in told if s.mention in chosen]
    days = [s.published for s in told if s.published]
    sectors = Counter(s.sector for s in told if s.sector)
    return Actor(
        id=i.id,
        name=_name(i),
        kind=_kind(i),
        country=_commonest(s.country for s in told),
        sectors=tuple(sorted(sectors, key=lambda x: (-sectors[x], x))),
        names=_spellings(told),
        offices=_offices(told),
        why=i.why,
        unsettled=i.unsettled,
        acts=len({s.mention for s in counted if s.side == "actor"}),
        receives=len({s.mention for s in counted if s.side == "recipient"}),
        documents=len({s.document for s in counted}),
        events=len({s.event or s.mention for s in counted}),
        first_told=min(days, default=None),
        last_told=max(days, default=None),
    )


def _kind(i: Identity) -> str:
    """Return the kind; a name that no report gives a role or our lists know may be a ship's or a town's."""
    if i.kind not in (PERSON, SURNAME):
        return i.kind
    sure = any(s.role or named(s.name, s.country, s.sector).known for s in i.sightings)
    return PERSON if sure else NAME


def _name(i: Identity) -> str:
    """Return the commonest full name, of equals the one last told."""
    full = [s for s in i.sightings if named(s.name, s.country, titled=bool(s.role)).kind == i.kind] or i.sightings
    counts, last = Counter(s.name for s in full), {s.name: n for n, s in enumerate(full)}
    return max(counts, key=lambda name: (counts[name], last[name]))


def _commonest(values: Iterable[str | None]) -> str | None:
    """Return the value that is most frequent, of equals the first in the alphabet; None where there is none."""
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], v), default=None)


def _spellings(told: Sequence[Sighting]) -> tuple[Spelling, ...]:
    by: dict[tuple[str, str | None], list[Sighting]] = defaultdict(list)
    for s in told:
        by[s.name, s.country].append(s)
    found = [
        Spelling(name=name, country=country, sightings=len(some), first_told=first, last_told=last)
        for (name, country), some in by.items()
        for first, last in [_span(some)]
    ]
    return tuple(sorted(found, key=lambda x: (-x.sightings, x.name, x.country or "")))


def _offices(told: Sequence[Sighting]) -> tuple[Tenure, ...]:
    by: dict[str, list[Sighting]] = defaultdict(list)
    for s in told:
        if s.role:
            by[s.role].append(s)
    found = [
        Tenure(
            role=role,
            first_told=first,
            last_told=last,
            documents=len({s.document for s in some}),
            sources=tuple(sorted({s.publisher for s in some if s.publisher})),
        )
        for role, some in by.items()
        for first, last in [_span(some)]
    ]
    return tuple(sorted(found, key=lambda x: (x.first_told is None, x.first_told or "", x.role)))


def _span(told: Sequence[Sighting]) -> tuple[str | None, str | None]:
    """Return the first and the last day on which something was told."""
    days = [s.published for s in told if s.published]
    return min(days, default=None), max(days, default=None)
