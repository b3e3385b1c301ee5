"""Which names are one actor's: names of persons and bodies compared, with reasons and vetoes. Lone surnames wait."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from dragoman.names import SAME_NAME, Match, compare, keys
from dragoman.records import Record
from dragoman.resolve.actors_names import BODY, PERSON, Named, initial_key, person_keys, person_words
from dragoman.resolve.cluster import Pair, pair
from dragoman.text import fold

# Below, two names are of two people and keep their groups apart ("Kim Jong Un", "Kim Jong-il": 0.58); between this and
# SAME_NAME a chain of spellings may still join them.
APART = 0.6
# One document spells one person in one way: nearer than this is a variant, farther two people of like names.
IN_ONE_DOCUMENT = 0.9
# Months in which one person may hold only one of two standings; an insurgent can be president half a year later.
TOGETHER = 4
# Months in which two ministers of one post and one full name, of two countries, are one whose country was read wrongly.
OFFICE_MONTHS = 12
ABROAD = "of two countries"
_JUNIORS = frozenset("jr junior sr senior ii iii iv".split())
# Sectors of standings that exclude each other at one time: who governs is no reporter, rebel, criminal or trader.
_RULES = frozenset("GOV MIL LEG JUD COP SPY".split())
_OPPOSES = frozenset("REB UAF CRM JRN BUS".split())


class Unit(Record, frozen=True):
    """A name with all that is known of its sightings: one name, country and standing (`side`: rules, opposes or "")."""

    id: str
    name: str  # its commonest writing
    named: Named
    side: str
    roles: frozenset[str]
    documents: frozenset[str]
    months: frozenset[int]  # in which it was told, counted from year 0
    holds: frozenset[str]  # offices that one person holds at a time
    written: frozenset[tuple[str, str | None]]  # its names and countries as the sightings have them


class Joined(Record, frozen=True):
    """Groups of units, why each pair was joined, and unit → the groups among which nothing decides."""

    groups: dict[str, tuple[str, ...]]
    why: dict[Pair, str]
    unsettled: dict[str, tuple[str, ...]]


def standing(sectors: Iterable[str | None]) -> str:
    """Return which standing sectors tell of: rules, opposes, or "" for neither."""
    found = set(sectors)
    return "rules" if found & _RULES else "opposes" if found & _OPPOSES else ""


def join(units: Sequence[Unit], ruled: Mapping[Pair, bool]) -> Joined:
    """Group units of persons and bodies. `ruled`: pairs that people judged, True for one actor."""
    known = {u.id: u for u in units}
    edges = _edges(known)
    strong = {p: m for p, m in edges.items() if not _weak(known[p[0]], known[p[1]], m)}
    groups = _Groups(known, ruled)
    for p in sorted(strong, key=lambda p: (-strong[p].score, p)):
        groups.join(*p, why=_said(strong[p]))
    unsettled = _between(groups, {p: m for p, m in edges.items() if p not in strong})
    for (a, b), one in sorted(ruled.items()):
        if one and a in known and b in known:
            groups.join(a, b, why="judged one by a person", forced=True)
            unsettled.pop(a, None)
            unsettled.pop(b, None)
    listed = groups.listed()
    at = {i: g for g, members in listed.items() for i in members}
    between = {i: tuple(sorted({at[x] for x in some})) for i, some in unsettled.items()}
    return Joined(groups=listed, why=groups.why, unsettled=between)


class _Groups:
    """Units in groups that grow; none joins against a veto."""

    def __init__(self, units: Mapping[str, Unit], ruled: Mapping[Pair, bool]) -> None:
        self.units = units
        self.ruled = ruled
        self.members = {i: [i] for i in units}
        self.at = {i: i for i in units}
        self.why: dict[Pair, str] = {}
        self._apart: dict[Pair, bool] = {}

    def join(self, a: str, b: str, *, why: str, forced: bool = False) -> bool:
        """Make one group of the two in which a and b are; return whether that could be."""
        one, other = sorted((self.at[a], self.at[b]))
        if one == other:
            return True
        if not forced and self.apart(one, other):
            return False
        self.members[one] += self.members.pop(other)
        self.at.update(dict.fromkeys(self.members[one], one))
        self.why[pair(a, b)] = why
        return True

    def apart(self, one: str, other: str) -> bool:
        """Return whether two groups can't be one actor."""
        return any(self._two(a, b) for a in self.members[one] for b in self.members[other])

    def listed(self) -> dict[str, tuple[str, ...]]:
        """Return the groups by their least member."""
        return {min(some): tuple(sorted(some)) for some in self.members.values()}

    def _two(self, a: str, b: str) -> bool:
        p = pair(a, b)
        if p not in self._apart:
            judged = self.ruled.get(p)
            self._apart[p] = not judged if judged is not None else self._vetoed(self.units[a], self.units[b])
        return self._apart[p]

    @staticmethod
    def _vetoed(a: Unit, b: Unit) -> bool:
        """Return whether two units can't be one; the country of a name without any role is a guess and parts none."""
        reason = veto(a, b)
        guessed = a.named.key == b.named.key and not (a.roles and b.roles)
        return reason != "" and not (reason == ABROAD and guessed)


# ---------------------------------------------------------------- pairs
def _edges(units: Mapping[str, Unit]) -> dict[Pair, Match]:
    """Return the pairs of units whose names are the same, or that our lists have as one, and no veto parts."""
    blocks: dict[str, list[str]] = defaultdict(list)
    initials: dict[str, list[str]] = defaultdict(list)
    for i, u in sorted(units.items()):
        for key in _keys(u):
            blocks[key].append(i)
        if u.named.kind == PERSON:
            initials[initial_key(u.named.core)].append(i)
    pairs = {pair(a, b) for block in blocks.values() for a, b in combinations(block, 2)}
    for some in initials.values():  # "A. Khamenei" has no other word in common with a full name
        short = [i for i in some if len(units[i].named.core[0]) == 1]
        pairs |= {pair(i, o) for i in short for o in some if i != o}
    found = {}
    for a, b in pairs:
        match = likeness(units[a], units[b])
        if match.score >= SAME_NAME and not veto(units[a], units[b], match):
            found[a, b] = match
    return found


def _keys(u: Unit) -> frozenset[str]:
    kind = u.named.kind
    listed = {f"listed {u.named.known}"} if u.named.known else set()
    if kind == PERSON:
        return frozenset(listed | {f"person {k}" for k in person_keys(u.named.core)})
    if u.named.core:
        return frozenset({f"state body {u.named.country} {u.named.core}"})
    return frozenset(listed | {f"body {k}" for k in keys(u.name, "Organization")})


def likeness(a: Unit, b: Unit) -> Match:
    """Return how like two units are by name; names of one entry of our lists, and one state body, are the same."""
    if a.named.known and a.named.known == b.named.known:
        return Match(score=1.0 if a.named.key == b.named.key else 0.99)
    if a.named.key == b.named.key:
        return Match(score=1.0)
    if a.named.kind != b.named.kind:
        return Match(score=0.0)
    if a.named.core and a.named.kind == BODY:
        return Match(score=float(a.named.core == b.named.core))
    return compare(a.name, b.name, "Person" if a.named.kind == PERSON else "Organization")


def _weak(a: Unit, b: Unit, match: Match) -> bool:
    """Return whether a pair wants company: a name told in part, an initial, or without its country."""
    listed = a.named.known and a.named.known == b.named.known
    partly = any(r.rule in ("told in part", "initial") for r in match.reasons)
    abroad = a.named.country != b.named.country and not (a.named.key == b.named.key and _one_office(a, b))
    return not listed and (partly or abroad or (a.side != b.side and "" in (a.side, b.side)))


def veto(a: Unit, b: Unit, match: Match | None = None) -> str:
    """Return why two units can't be one actor; "" where nothing speaks against it."""
    if a.named.kind != b.named.kind:
        return "a person and a body"
    if a.named.known and b.named.known and a.named.known != b.named.known:
        return "two entries of our lists"
    together = bool(a.documents & b.documents)
    abroad = None not in (a.named.country, b.named.country) and a.named.country != b.named.country
    if abroad and not (a.named.key == b.named.key and (together or _one_office(a, b))):
        return ABROAD
    if a.named.kind == BODY or (a.named.known and a.named.known == b.named.known):
        return ""
    match = match or likeness(a, b)
    if match.score < APART:
        return "two full names"
    if together and match.score < IN_ONE_DOCUMENT and not any(r.rule == "told in part" for r in match.reasons):
        return "two names in one document"
    if _generation(a.name) != _generation(b.name) and not a.roles & b.roles:
        return "of two generations"
    if _initials_differ(a.name, b.name):
        return "other middle initials"
    return _standings(a, b) if not together else ""


def _one_office(a: Unit, b: Unit) -> bool:
    """Return whether both are told as the same minister at one time: a host's country read for the guest's own."""
    return bool(a.holds & b.holds) and _at_one_time(a, b, OFFICE_MONTHS)


def _at_one_time(a: Unit, b: Unit, months: int) -> bool:
    """Return whether two units are told of within so many months; unknown days are."""
    return not a.months or not b.months or min(abs(x - y) for x in a.months for y in b.months) <= months


def _standings(a: Unit, b: Unit) -> str:
    """Return a veto where one governs and the other, at one time, reports, trades or fights."""
    if {a.side, b.side} != {"rules", "opposes"}:
        return ""
    return "standings that exclude each other" if _at_one_time(a, b, TOGETHER) else ""


def _generation(name: str) -> str:
    """Return junior, senior, a number, or "" as a name ends in one."""
    last = fold(name).split()[-1:]
    found = last[0] if last and last[0] in _JUNIORS else ""
    return {"junior": "jr", "senior": "sr"}.get(found, found)


def _initials_differ(a: str, b: str) -> bool:
    """Return whether both names have middle initials, and not the same first one ("George H. W.", "George W.")."""
    one, other = (["".join(w.text) for w in person_words(n)[1:-1] if len(w.text) == 1] for n in (a, b))
    return bool(one and other and one[0] != other[0])


def _said(match: Match) -> str:
    """Return the reason of a pair in words."""
    rules = [r.rule for r in match.reasons if r.rule not in ("same word", "same name", "only in one")]
    if not match.reasons:
        return "one name" if match.score == 1.0 else "one entry of our lists"
    return f"like names ({', '.join(dict.fromkeys(rules))})" if rules else "like names"


# ---------------------------------------------------------------- names that want company
def _between(groups: _Groups, weak: Mapping[Pair, Match]) -> dict[str, tuple[str, ...]]:
    """Join units by weak pairs where one group, or groups that are one actor, are all that they fit.

    Return unit → the groups between which nothing decides; it joins none of them.
    """
    fits: dict[str, dict[str, Match]] = defaultdict(dict)
    for (a, b), match in sorted(weak.items()):
        short, full = _shorter(groups.units[a], groups.units[b])
        fits[short.id][full.id] = match
    unsettled: dict[str, tuple[str, ...]] = {}
    for i in sorted(fits, key=lambda i: (-len(groups.units[i].named.core), i)):
        beside = [f for f in fits[i] if groups.units[f].documents & groups.units[i].documents]
        fitting = beside or list(fits[i])
        targets = sorted({groups.at[f] for f in fitting} - {groups.at[i]})
        if any(groups.apart(x, y) for x, y in combinations(targets, 2)):
            unsettled[i] = tuple(targets)
            continue
        for f in sorted(fitting, key=lambda f: (-fits[i][f].score, f)):
            near = "; in the same document" if f in beside else ""
            groups.join(i, f, why=_said(fits[i][f]) + near)
    return unsettled


def _shorter(a: Unit, b: Unit) -> tuple[Unit, Unit]:
    """Return the unit that says less of who is meant, and the other."""
    told = sorted((a, b), key=lambda u: (len(u.named.core), u.named.country is not None, u.side != "", u.id))
    return told[0], told[1]
