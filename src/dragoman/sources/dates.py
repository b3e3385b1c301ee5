"""Publication dates: checking a given one, finding one that a page states. Dates in sentences are not read here."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from dragoman.errors import SkipItem

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:1[6-9]|20|21)\d\d)"
_WRITTEN = (
    rf"{_WEEKDAY}(?:{_MONTH.format('m1')}\s+{_DAY.format('d1')},?\s+{_YEAR.format('y1')}"
    rf"|{_DAY.format('d2')}\s+(?:of\s+)?{_MONTH.format('m2')},?\s+{_YEAR.format('y2')}"
    rf"|{_YEAR.format('y3')}[-/](?P<m3>[01]\d)[-/](?P<d3>[0-3]\d)(?!\d))"
)
_FULL = re.compile(rf"\b{_WRITTEN}", re.IGNORECASE)
# A clock time, a zone and dashes may stand beside the date on its line.
_CLOCK = (
    r"(?:[\s,|·•–—-]*(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*"
    r"(?:\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?)?)?"
)
_DATE_LINE = re.compile(rf"{_WRITTEN}{_CLOCK}\W*", re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:first\s+)?(?:published|posted|issued|date)(?:\s+(?:on|at))?\s*:?\s*{_WRITTEN}.{{0,80}}", re.IGNORECASE
)
# "DAMASCUS, March 7, 2025 (Agency) -": a place in capitals, the full date, then a dash.
_CITY_LINE = re.compile(rf"[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]{{2,60}},?\s+(?i:{_WRITTEN})\s*(?:\([^()]{{2,40}}\)\s*)?(?:--|[-–—])")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
)
_EARLIEST, _LATEST = 1600, 2199  # a newspaper's first and last thinkable year: outside, the digits are no year


def parse_published(value: str | dt.date, where: str = "--published") -> str:
    """Return a publication date as ISO 8601: "2025-03-07", or with its time and zone where given.

    Takes ISO 8601 with or without time, RFC 2822 ("Fri, 07 Mar 2025 10:00:00 +0000") and dates written out
    ("March 7, 2025"). Raises SkipItem for anything else: a day that is not in the calendar, a month alone, "7/3/2025",
    which may be March or July.
    """
    if isinstance(value, dt.date):
        return _iso(value)
    text = value.strip() if isinstance(value, str) else ""
    try:
        found = _from_iso(text) or _from_mail(text) or (written(m) if (m := _DATE_LINE.fullmatch(text)) else None)
    except ValueError as e:
        raise SkipItem(f"{value!r} is not in the calendar ({e}): write it as 2025-03-07", where) from e
    if found is None:
        raise SkipItem(f"{value!r} is no date: write it as 2025-03-07 or 2025-03-07T10:00:00Z", where)
    return found


def _from_iso(text: str) -> str | None:
    m = _ISO.fullmatch(text)
    if not m:
        return None
    year, month, day, hour, minute, second, zone = m.groups()
    _checked_year(int(year))
    if hour is None:
        return dt.date(int(year), int(month), int(day)).isoformat()
    moment = dt.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001 - zone below
    return moment.isoformat() + _zone(zone)


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-" or zone[1:].strip("0:") == "":
        return "Z"
    hours, minutes = zone[1:3], zone[3:].lstrip(":") or "00"
    dt.timezone(dt.timedelta(hours=int(hours), minutes=int(minutes)))
    return f"{zone[0]}{hours}:{minutes}"


def _from_mail(text: str) -> str | None:
    """Read RFC 2822, whose names and order no other form shares: "Fri, 07 Mar 2025 10:00:00 +0000"."""
    if not re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d", text):
        return None
    moment = parsedate_to_datetime(text)
    _checked_year(moment.year)
    return _iso(moment)


def _iso(moment: dt.date) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _checked_year(year: int) -> None:
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"the year {year} is out of range")


def written(m: re.Match[str]) -> str:
    """Return the ISO date of a match of a written-out date; ValueError where the calendar has no such day."""
    for n in "123":
        if m[f"y{n}"]:
            month = m[f"m{n}"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            return dt.date(int(m[f"y{n}"]), number, int(m[f"d{n}"])).isoformat()
    raise ValueError("no year")


def is_date_line(line: str) -> bool:
    """Say whether a line holds a full date, a clock time at most, and nothing else: "Wednesday, January 23, 2019"."""
    return _valid(_DATE_LINE.fullmatch(line.strip())) is not None


def stated(line: str) -> str | None:
    """Return the publication date that a line at the head of a report states in full, None where it states none."""
    line = line.strip()
    return _valid(_DATE_LINE.fullmatch(line)) or _valid(_LABELLED.fullmatch(line)) or _valid(_CITY_LINE.match(line))


def full_dates(text: str) -> list[str]:
    """Return the ISO dates of all dates written in full in `text`, in order."""
    return [found for m in _FULL.finditer(text) if (found := _valid(m))]


def _valid(m: re.Match[str] | None) -> str | None:
    try:
        return written(m) if m else None
    except ValueError:
        return None
