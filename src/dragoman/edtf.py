"""The first and last day that an EDTF expression (ISO 8601-2 levels 0 and 1) can mean. No words are read here."""

import re
from calendar import monthrange
from functools import lru_cache

_OPEN = ("", "..")
_DAY = re.compile(r"^(?P<year>-?(?:\d{4}|\d{3}X|\d\dXX|\dXXX)|X{4})(-(?P<month>\d\d|XX)(-(?P<day>\d\d|XX))?)?(T.*)?$")
_QUALIFIERS = re.compile(r"[~?%]")
# EDTF: 21-24 seasons (taken as northern), 25-28 northern, 29-32 southern, 33-36 quarters, 37-39 thirds, 40-41 halves:
# first and last month; a month over 12 is one of the next year.
_PARTS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


@lru_cache(maxsize=1 << 14)  # forty years of days: every mention asks, and the news asks for few days at a time
def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """Return the first and last ISO day of `edtf`; None for an open end, an unknown one, or what is no EDTF."""
    if not edtf:
        return None, None
    first, slash, last = edtf.strip().partition("/")
    if not slash:
        return _edges(first)
    return _edges(first)[0], _edges(last)[1]


def _edges(one: str) -> tuple[str | None, str | None]:
    """Return the first and last day of one date without a slash."""
    found = None if one in _OPEN else _DAY.match(_QUALIFIERS.sub("", one))
    if not found:
        return None, None
    year, month, day = found["year"], found["month"], found["day"]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in (None, "XX"):
        return _iso(low, 1, 1), _iso(high, 12, 31)
    number = int(month)
    if number in _PARTS:
        opens, closes = _PARTS[number]
        return _iso(low, opens, 1), _month_end(high, closes)
    if not 1 <= number <= 12:
        return None, None
    if day in (None, "XX"):
        return _iso(low, number, 1), _month_end(high, number)
    if not 1 <= int(day) <= monthrange(max(low, 1), number)[1]:
        return None, None
    return _iso(low, number, int(day)), _iso(high, number, int(day))


def _month_end(year: int, month: int) -> str | None:
    """Return the last day of a month; months over 12 fall into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return _iso(year, month, monthrange(max(year, 1), month)[1])


def _iso(year: int, month: int, day: int) -> str | None:
    """Return the ISO day; None before the year 0, which no ledger of news needs."""
    return f"{year:04}-{month:02}-{day:02}" if year >= 0 else None
