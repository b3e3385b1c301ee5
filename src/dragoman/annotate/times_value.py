"""Stretches of the calendar, day to century: shifting them, writing them as TIMEX3 and EDTF. No text is read."""

import calendar
from datetime import date, timedelta

from dragoman.records import Record
from dragoman.scheme.calendar import table

_MONTHS = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "season": 12,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
# "Payable Nov. 10" said on 27 October under a verb in the past: over this many days away the nearer reading is taken,
# whatever the tense (value F1 on TimeBank: .813 at 250 days, .818 at 300, .815 at 335).
_FAR_PAST = 300
# "Expects to report on the third quarter", said in October, is the one just over: plans reach two quarters ahead.
_FAR_QUARTER = 185
_DAYS = {"day": 1, "week": 7, "weekend": 7}


class Period(Record, frozen=True):
    """A stretch of the calendar: unit and first day; `part` is a TIMEX3 part of day or clock time ("TMO", "T17:00")."""

    unit: str
    start: date
    part: str = ""

    def value(self) -> str:
        """Return the TIMEX3 value."""
        s = self.start
        match self.unit:
            case "day":
                return f"{s.isoformat()}{self.part}"
            case "week" | "weekend":
                year, week, _ = s.isocalendar()
                return f"{year}-W{week:02d}" + ("-WE" if self.unit == "weekend" else "")
            case "month":
                return f"{s.year:04d}-{s.month:02d}"
            case "quarter":
                return f"{s.year:04d}-Q{(s.month + 2) // 3}"
            case "half":
                return f"{s.year:04d}-H{1 if s.month < 7 else 2}"
            case "season":
                return f"{s.year:04d}-{_season(s.month, 'timex')}"
            case "year":
                return f"{s.year:04d}"
            case "decade":
                return f"{s.year // 10:03d}"
            case _:
                return f"{s.year // 100:02d}"

    def edtf(self) -> str:
        """Return the EDTF date, or the interval where EDTF has no word for the unit (week, quarter, half)."""
        s = self.start
        match self.unit:
            case "day":
                return s.isoformat()
            case "week":
                return f"{s.isoformat()}/{self.last().isoformat()}"
            case "weekend":
                return f"{(s + timedelta(days=5)).isoformat()}/{self.last().isoformat()}"
            case "quarter" | "half":
                return f"{s.year:04d}-{s.month:02d}/{self.last().year:04d}-{self.last().month:02d}"
            case "season":
                return f"{s.year:04d}-{_season(s.month, 'edtf')}"
            case "decade":
                return f"{s.year // 10:03d}X"
            case "century":
                return f"{s.year // 100:02d}XX"
            case _:
                return self.value()

    def last(self) -> date:
        """Return the last day of the period."""
        if self.unit in _DAYS:
            return self.start + timedelta(days=_DAYS[self.unit] - 1)
        months = 3 if self.unit == "season" else _MONTHS[self.unit]
        return add_months(self.start, months) - timedelta(days=1)

    def shift(self, n: int) -> "Period":
        """Return the period `n` of its units later (a season: `n` years later), without its part of day."""
        if self.unit in _DAYS:
            return Period(unit=self.unit, start=self.start + timedelta(days=n * _DAYS[self.unit]))
        return Period(unit=self.unit, start=add_months(self.start, n * _MONTHS[self.unit]))


def _season(month: int, column: str) -> str:
    return next(row[column] for row in table("seasons") if int(row["month"]) == month)


def add_months(day: date, n: int) -> date:
    """Return the day `n` months later, at most the month's last; ValueError outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def containing(unit: str, day: date) -> Period:
    """Return the period of that unit that holds the day."""
    match unit:
        case "day":
            return Period(unit=unit, start=day)
        case "week" | "weekend":
            return Period(unit=unit, start=day - timedelta(days=day.weekday()))
        case "month":
            return Period(unit=unit, start=day.replace(day=1))
        case "quarter":
            return Period(unit=unit, start=date(day.year, (day.month - 1) // 3 * 3 + 1, 1))
        case "half":
            return Period(unit=unit, start=date(day.year, 1 if day.month < 7 else 7, 1))
        case "decade":
            return Period(unit=unit, start=date(max(day.year // 10 * 10, 1), 1, 1))
        case "century":
            return Period(unit=unit, start=date(max(day.year // 100 * 100, 1), 1, 1))
        case _:
            return Period(unit="year", start=date(day.year, 1, 1))


def nearest(candidates: list[Period], reference: date, direction: str) -> Period:
    """Return the candidate a reader takes: "past" the last begun, "future" the first not over, else the nearest."""
    past = [p for p in candidates if p.start <= reference]
    future = [p for p in candidates if p.last() >= reference]
    if direction == "past" and past and (reference - past[-1].last()).days < _FAR_PAST:
        return past[-1]
    far = _FAR_QUARTER if candidates[0].unit in {"quarter", "half"} else _FAR_PAST
    if direction == "future" and future and (future[0].start - reference).days < far:
        return future[0]
    return min(candidates, key=lambda p: abs((p.start - reference).days))


def easter(year: int, *, orthodox: bool = False) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus' algorithms; orthodox: good for 1900 to 2099)."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        return date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1) + timedelta(days=13)
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def holiday(rule: str, year: int) -> date:
    """Return the day of a holiday rule: MM-DD, MM-nth-weekday (L = last), easter+n, orthodox+n, or 11-election."""
    if rule.startswith(("easter", "orthodox")):
        base = easter(year, orthodox=rule.startswith("orthodox"))
        return base + timedelta(days=int(rule.removeprefix("easter").removeprefix("orthodox")))
    parts = rule.split("-")
    month = int(parts[0])
    if parts[1] == "election":  # the Tuesday after the first Monday
        return _nth(year, month, 1, 1) + timedelta(days=1)
    if len(parts) == 2:
        return date(year, month, int(parts[1]))
    if parts[1] == "L":
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - int(parts[2])) % 7)
    return _nth(year, month, int(parts[1]), int(parts[2]))


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def duration(code: str, amount: float | None, *, times: int = 1) -> str:
    """Return a TIMEX3 duration: code "D", "TH" ...; amount None is vague, written X."""
    clock, letter = ("T", code[1:]) if code.startswith("T") else ("", code)
    if amount is None:
        return f"P{clock}X{letter}"
    amount *= times
    whole = int(amount)
    rest = amount - whole
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(code)
    if rest and smaller:
        small = round(rest * smaller[1])
        return f"P{clock}" + (f"{whole}{letter}" if whole else "") + f"{small}{smaller[0]}"
    return f"P{clock}{whole if not rest else round(amount, 2):g}{letter}" if rest else f"P{clock}{whole}{letter}"
