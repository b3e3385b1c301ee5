"""Whom a lone surname or a bare office means in one document: the document's own names first, then the ledger's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from dragoman.records import Record
from dragoman.resolve.actors_join import Unit
from dragoman.resolve.actors_names import OFFICE, PERSON, bears, listed_bearers

# A surname means somebody whom the ledger tells of within this many months; before and after, it may be a namesake.
SURNAME_MONTHS = 24
# An office means the one told as its holder so many days before or after, if nobody else is within the wider span.
OFFICE_NEAR, OFFICE_WIDE = 60, 180


class Place(Record, frozen=True):
    """Where a sighting belongs: a group with the reason, or the groups among which nothing decides; else neither."""

    group: str = ""
    why: str = ""
    between: tuple[str, ...] = ()


NOWHERE = Place()


class Telling(Record, frozen=True):
    """A unit in a document of a day, with the offices that the document gives it."""

    unit: str
    document: str
    day: str | None
    offices: frozenset[str]


class Scene:
    """The persons of a ledger as grouped, by document, by surname and by office."""

    def __init__(self, units: Mapping[str, Unit], group_of: Mapping[str, str], tellings: Sequence[Telling]) -> None:
        self.units = units
        self.group_of = group_of
        self.members: dict[str, list[Unit]] = defaultdict(list)
        self.known: dict[str, str] = {}
        for i, g in sorted(group_of.items()):
            self.members[g].append(units[i])
            if units[i].named.known:
                self.known.setdefault(units[i].named.known, g)
        self.by_document: dict[str, set[str]] = defaultdict(set)
        self.by_country: dict[str | None, set[str]] = defaultdict(set)
        self.holders: dict[tuple[str | None, str], list[tuple[str, str, str]]] = defaultdict(list)
        for x in tellings:
            self._note(x)

    def _note(self, x: Telling) -> None:
        unit = self.units[x.unit]
        if unit.named.kind != PERSON:
            return
        group = self.group_of[x.unit]
        self.by_document[x.document].add(group)
        self.by_country[unit.named.country].add(group)
        for office in x.offices:
            self.holders[unit.named.country, office].append((x.day or "", x.document, group))

    def place(self, x: Telling) -> Place:
        """Return where a lone surname or a bare office of one document belongs."""
        return self._office(x) if self.units[x.unit].named.kind == OFFICE else self._surname(x)

    # ------------------------------------------------------------ surnames
    def _surname(self, x: Telling) -> Place:
        lone = self.units[x.unit]
        here = [g for g in sorted(self.by_document[x.document]) if self._may_be(lone, g)]
        if here:
            return _settled(here, "the full name stands in the same document")
        found = {g for g in self._of(lone.named.country) if self._may_be(lone, g) and self._near(g, x.day)}
        fitting = {g for g in found if not x.offices or self._offices(g) & x.offices} or found
        listed = {self.known.get(k, f"listed {k}") for k in listed_bearers(lone.named, x.day)}
        if lone.named.country is None and not listed & fitting and not x.offices:
            listed |= {g for g in fitting if len(fitting) > 1}
            return Place(between=tuple(sorted(fitting | listed))) if fitting else Place()
        return _settled(sorted(fitting | listed), "nobody else of that name is told of")

    def _of(self, country: str | None) -> set[str]:
        if country is None:
            return set().union(*self.by_country.values()) if self.by_country else set()
        return self.by_country[country] | self.by_country[None]

    def _may_be(self, lone: Unit, group: str) -> bool:
        told = [u for u in self.members[group] if u.named.kind == PERSON]
        fits = any(None in (lone.named.country, u.named.country) or u.named.country == lone.named.country for u in told)
        return fits and any(bears(lone.named, u.named) for u in told)

    def _offices(self, group: str) -> frozenset[str]:
        return frozenset().union(*(u.holds for u in self.members[group]))

    def _near(self, group: str, day: str | None) -> bool:
        if day is None:
            return True
        months = {m for u in self.members[group] for m in u.months}
        return not months or min(abs(m - month(day)) for m in months) <= SURNAME_MONTHS

    # ------------------------------------------------------------ offices
    def _office(self, x: Telling) -> Place:
        unit = self.units[x.unit]
        told = self.holders[unit.named.country, unit.named.core[0]]
        here = sorted({g for _, document, g in told if document == x.document})
        if here:
            return _settled(here, "the holder is named in the same document")
        if not x.day:
            return Place()
        days = [(abs(_days(day) - _days(x.day)), g) for day, _, g in told if day]
        wide = sorted({g for d, g in days if d <= OFFICE_WIDE})
        if not any(d <= OFFICE_NEAR for d, _ in days) or len(wide) > 1:
            return Place(between=tuple(wide))
        return _settled(wide, f"nobody else is told as {unit.named.core[0]} at that time")


def _settled(groups: Sequence[str], why: str) -> Place:
    if len(groups) == 1:
        return Place(group=groups[0], why=why)
    return Place(between=tuple(groups))


def month(day: str) -> int:
    """Return the month of an ISO date, counted from the year 0."""
    return int(day[:4]) * 12 + int(day[5:7] or 1)


def _days(day: str) -> int:
    return date.fromisoformat((day + "-01-01")[:10] if len(day) < 10 else day[:10]).toordinal()
