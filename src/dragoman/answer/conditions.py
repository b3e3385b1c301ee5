"""From filters to SQL conditions over the tables of the store. Nothing is executed here."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_

from dragoman.answer.filters import BY_NAME, Filter, asked_for
from dragoman.answer.parties import Side, side
from dragoman.edtf import bounds
from dragoman.errors import StopRun
from dragoman.scheme import plover
from dragoman.store import tables as t
from dragoman.text import fold

Condition = ColumnElement[bool]
_DATE = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")


def conditions(asked: Mapping[str, Any]) -> list[Condition]:
    """Return one condition a filter; the values of a filter are alternatives. Raises StopRun for a bad value."""
    return [or_(*(_HOW[BY_NAME[n].operator](BY_NAME[n], v) for v in values)) for n, values in asked_for(asked).items()]


def has_party(one: Side, *sides: str) -> Condition:
    """Return the condition that the side is among the actors, the recipients or (both named) either."""
    a = t.actors.c
    if one.country:
        named = and_(a.country.is_(None), a.key == f" {fold(one.label)} ")
        who: Condition = or_(a.country == one.country, named)
    else:
        who = a.key.contains(f" {one.words[0]} ", autoescape=True)
    return exists().where(a.mention_id == t.mentions.c.id, a.side.in_(sides), who)


def happens_in(one: Side) -> Condition:
    """Return the condition that the place lies in the side's country, or bears the name."""
    if one.country:
        return t.mentions.c.place_country == one.country
    return t.mentions.c.place_key.contains(f" {one.words[0]} ", autoescape=True)


def _column(f: Filter) -> ColumnElement[Any]:
    return t.documents.c[f.column] if f.column in t.documents.c else t.mentions.c[f.column]


def _party(f: Filter, value: str) -> Condition:
    sides = ("actor", "recipient") if f.column == "either" else (f.column,)
    return has_party(side(value), *sides)


def _between(_: Filter, pair: tuple[str, str]) -> Condition:
    a, b = map(side, pair)
    either = ("actor", "recipient")
    return or_(
        and_(has_party(a, "actor"), has_party(b, *either)),
        and_(has_party(b, "actor"), has_party(a, *either)),
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
    if first is None or last is None:
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


_HOW: dict[str, Callable[[Filter, Any], Condition]] = {
    "party": _party,
    "between": _between,
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
