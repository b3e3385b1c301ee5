"""EDTF level 0 and 1: the calendar days that a string spans. It reads; who writes EDTF strings is times_value."""

import calendar
import re
from datetime import date

_PART = re.compile(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T[\d:.Z+-]+)?[~?%]?")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Return the first and last day of an EDTF date or interval: None for an open end, ValueError for no EDTF."""
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return (None if first in {"..", ""} else _days(first)[0]), (None if last in {"..", ""} else _days(last)[1])
    return _days(edtf)


def _days(text: str) -> tuple[date, date]:
    m = _PART.fullmatch(text)
    if m is None:
        raise ValueError(f"{text!r} is no EDTF date of level 0 or 1")
    first_year, last_year = int(m[1].replace("X", "0")), int(m[1].replace("X", "9"))
    if not m[2] or m[2] == "XX":
        return date(first_year, 1, 1), date(last_year, 12, 31)
    month = int(m[2])
    if month in _SEASONS:
        start = date(first_year, _SEASONS[month], 1)
        end_year, end_month = (first_year + 1, 2) if month == 24 else (first_year, _SEASONS[month] + 2)
        return start, date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    if not m[3] or m[3] == "XX":
        return date(first_year, month, 1), date(last_year, month, calendar.monthrange(last_year, month)[1])
    return date(first_year, month, int(m[3])), date(first_year, month, int(m[3]))
