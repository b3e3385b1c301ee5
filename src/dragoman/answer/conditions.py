"""From filters to SQL conditions over the tables of the store. Nothing is executed here."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select

from dragoman.answer.filters import BY_NAME, Filter, asked_for
from dragoman.answer.parties import Side, Spelling, side
from dragoman.edtf import bounds
from dragoman.errors import StopRun
from dragoman.scheme import plover
from dragoman.store import tables as t
from dragoman.text import fold

Condition = ColumnElement[bool]
Sides = Callable[[str], Side]
SHORT = 100  # days in which few things happen: looking at each is quicker than finding all of a party (desk_bench)
_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")


def conditions(asked: Mapping[str, Any], sides: Sides = side) -> list[Condition]:
    """Return one condition a filter; the values of a filter are alternatives. Raises StopRun for a bad value.

    `sides` says which party a name means: by default what the name says; `identities.sides` knows a ledger's actors.
    """
    chosen = asked_for(asked)
    few = _checked_range(chosen) or "document" in chosen
    return [or_(*(_condition(BY_NAME[n], v, sides, few=few) for v in values)) for n, values in chosen.items()]


def _checked_range(chosen: Mapping[str, tuple[Any, ...]]) -> bool:
    """Return whether a short stretch is asked for; StopRun for one that ends before it begins: nothing lies in it."""
    firsts = [_bounded("--since", v)[0] for v in chosen.get("since", ())]
    lasts = [_bounded("--until", v)[1] for v in chosen.get("until", ())]
    if not firsts or not lasts:
        return False
    first, last = min(firsts), max(lasts)
    if first > last:
        raise StopRun(f"--since {first} lies after --until {last}; give the earlier day first")
    return (date.fromisoformat(last) - date.fromisoformat(first)).days <= SHORT


def _condition(f: Filter, value: Any, sides: Sides, *, few: bool) -> Condition:
    sided = _SIDED.get(f.operator)
    return sided(f, value, sides, few) if sided else _HOW[f.operator](f, value)


def has_party(one: Side, *sides: str, few: bool = False) -> Condition:
    """Return the condition that the side is among the actors, the recipients or (both named) either.

    `few`: other conditions leave few mentions, so that each is looked at; otherwise all of the party are found once.
    """
    with_ = _each_with if few else _with_actor
    found = [with_(is_party(one), sides)] if one.country or one.spellings or one.literal else []
    return or_(false(), *found, *_there(one, sides))


def _each_with(who: Condition, sides: tuple[str, ...]) -> Condition:
    a = t.actors.c
    return exists().where(a.mention_id == t.mentions.c.id, a.side.in_(sides), who)


def is_party(one: Side) -> Condition:
    """Return the condition over `actors` alone that a party is the side, by what it is called in any document."""
    if one.country:
        return _of_country(one)
    a, found = t.actors.c, [_spelt(s) for s in sorted(one.spellings, key=str)]
    if one.literal:
        found.append(a.key.in_(_names_with("party", one.words[0])))
    return or_(false(), *found)


def _names_with(kind: str, words: str) -> Select[Any]:
    """Return the question for the folded names with these words in a row: few beside the rows that have them."""
    n = t.names.c
    return select(n.key).where(n.kind == kind, n.key.contains(f" {words} ", autoescape=True))


def _with_actor(who: Condition, sides: tuple[str, ...]) -> Condition:
    """Return the condition that a mention has such an actor: found once, not mention by mention."""
    a = t.actors.c
    return t.mentions.c.id.in_(select(a.mention_id).where(a.side.in_(sides), who))


def _of_country(one: Side) -> Condition:
    a = t.actors.c
    return or_(a.country == one.country, and_(a.country.is_(None), a.key == f" {fold(one.label)} "))


def _there(one: Side, sides: tuple[str, ...]) -> list[Condition]:
    """Return the conditions of names that are the side's in some documents only."""
    documents: dict[Spelling, list[str]] = {}
    for document, some in sorted(one.within.items()):
        for spelling in some:
            documents.setdefault(spelling, []).append(document)
    found: list[Condition] = []
    for spelling, ids in sorted(documents.items(), key=str):  # written out: an engine takes few parameters
        there: Any = bindparam(None, ids, expanding=True, literal_execute=True)
        found.append(and_(t.mentions.c.document_id.in_(there), _with_actor(_spelt(spelling), sides)))
    return found


def _spelt(spelling: Spelling) -> Condition:
    name, country = spelling
    a = t.actors.c
    return and_(a.key == f" {name} ", a.country.is_(None) if country is None else a.country == country)


def happens_in(one: Side) -> Condition:
    """Return the condition that the place lies in the side's country, or bears the name."""
    if one.country:
        return t.mentions.c.place_country == one.country
    return t.mentions.c.place_key.in_(_names_with("place", one.words[0]))


def _column(f: Filter) -> ColumnElement[Any]:
    return t.documents.c[f.column] if f.column in t.documents.c else t.mentions.c[f.column]


def _party(f: Filter, value: str, sides: Sides, few: bool) -> Condition:  # noqa: FBT001 - one of a table of functions
    either = ("actor", "recipient") if f.column == "either" else (f.column,)
    return has_party(sides(value), *either, few=few)


def _between(_: Filter, pair: tuple[str, str], sides: Sides, few: bool) -> Condition:  # noqa: FBT001
    a, b = map(sides, pair)
    either = ("actor", "recipient")
    return or_(
        and_(has_party(a, "actor", few=few), has_party(b, *either, few=few)),
        and_(has_party(b, "actor", few=few), has_party(a, *either, few=few)),
    )


def _plover(f: Filter, value: str) -> Condition:
    names = [kind.type for kind in plover.types()]
    if value.upper() not in names:
        raise StopRun(f"{f.flag} {value}: no such type; one of {', '.join(names)}")
    return _column(f) == value.upper()


def _since(f: Filter, value: str) -> Condition:
    first, m = _days(f, value)[0], t.mentions.c
    return or_(m.last_day >= first, and_(m.last_day.is_(None), m.first_day.is_not(None)))


def _until(f: Filter, value: str) -> Condition:
    last, m = _days(f, value)[1], t.mentions.c
    return or_(m.first_day <= last, and_(m.first_day.is_(None), m.last_day.is_not(None)))


def _days(f: Filter, value: str) -> tuple[str, str]:
    """Return the first and last day of what the user wrote."""
    return _bounded(f.flag, value)


def _bounded(flag: str, value: str) -> tuple[str, str]:
    first, last = bounds(value) if _DATE.match(value) else (None, None)
    if first is None or last is None or first < date.min.isoformat():  # no calendar of ours has a year 0000
        raise StopRun(f"{flag} {value}: is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return first, last


def first_day(flag: str, value: str) -> str:
    """Return the first ISO day of a year, month or day as the user wrote it; StopRun, naming `flag`, for others."""
    return _bounded(flag, value)[0]


def last_day(flag: str, value: str) -> str:
    """Return the last ISO day of a year, month or day as the user wrote it; StopRun, naming `flag`, for others."""
    return _bounded(flag, value)[1]


def _voice(_: Filter, value: str) -> Condition:
    v = t.voices.c
    return exists().where(v.mention_id == t.mentions.c.id, v.key.contains(f" {fold(value)} ", autoescape=True))


def _words(f: Filter, value: str) -> Condition:
    return func.lower(_column(f)).contains(value.lower(), autoescape=True)


def _number(f: Filter, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise StopRun(f"{f.flag} {value}: is no number") from None
    if not math.isfinite(number) or (f.operator == "at_least" and not 0 <= number <= 1):
        raise StopRun(f"{f.flag} {value}: wants a number{' from 0 to 1' if f.operator == 'at_least' else ''}")
    return number


def _place(_: Filter, value: str) -> Condition:
    return happens_in(side(value)) if fold(value) else false()


_SIDED: dict[str, Callable[[Filter, Any, Sides, bool], Condition]] = {"party": _party, "between": _between}
_HOW: dict[str, Callable[[Filter, Any], Condition]] = {
    "plover": _plover,
    "is": lambda f, v: _column(f) == v,
    "number": lambda f, v: _column(f) == _number(f, v),
    "flag": lambda f, v: _column(f).is_(v == "yes"),
    "since": _since,
    "until": _until,
    "as_of": lambda f, v: t.documents.c.published_day <= _days(f, v)[1],
    "place": _place,
    "voice": _voice,
    "words": _words,
    "prefix": lambda f, v: _column(f).startswith(v.lower(), autoescape=True),
    "at_least": lambda f, v: _column(f) >= _number(f, v),
}
