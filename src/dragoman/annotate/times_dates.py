"""Readings of calendar dates: days, months, years, decades, seasons, holidays; not of what leans on earlier times."""

from collections.abc import Callable
from datetime import date, timedelta

from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_reading import BACK, ON, Context, Reading, day_of, named, on_year, unresolved, year_of
from dragoman.annotate.times_value import Period, containing, holiday
from dragoman.scheme.calendar import integers, table, words


def read_date(c: Candidate, context: Context) -> Reading | None:
    """Read a day of a month, with or without a year, or a range of days."""
    month = integers("months", "word", "month")[c.parts["month"].lower()]
    if "ordday" in c.parts:
        day = integers("ordinals", "word", "value")[c.parts["ordday"].lower()]
    else:
        day = int(c.parts["day"])
    found = on_year(c.parts, context, lambda y: day_of(y, month, day))
    if found is None or found.period is None:
        return unresolved(f"XXXX-{month:02d}-{day:02d}") if context.published is None else None
    if (
        "day2" in c.parts
        and (last := day_of(found.period.start.year, month, int(c.parts["day2"])))
        and last.start > found.period.start
    ):
        return Reading(
            type="DATE", value=found.value, edtf=f"{found.edtf}/{last.edtf()}", basis=found.basis, period=found.period
        )
    return found


def read_iso(c: Candidate, _context: Context) -> Reading | None:
    """Read 2019-03-04, with or without a time."""
    try:
        day = date.fromisoformat(c.parts["iso"])
    except ValueError:
        return None
    return named(
        Period(unit="day", start=day), "absolute", part=f"T{c.parts['isotime']}" if "isotime" in c.parts else ""
    )


def read_slash(c: Candidate, _context: Context) -> Reading | None:
    """Read 12/31/1999 month first (American agencies), 31/12/1999 and 31.12.1999 day first."""
    a, b, year = int(c.parts["a"]), int(c.parts["b"]), int(c.parts["year"])
    if len(c.parts["year"]) == 2:
        if c.parts["sep"] == ".":
            return None
        year += 1900 if year > 50 else 2000
    month, day = (b, a) if c.parts["sep"] == "." or a > 12 else (a, b)
    period = day_of(year, month, day)
    return named(period, "absolute") if period else None


def read_month(c: Candidate, context: Context) -> Reading | None:
    """Read a month, with a year, with last, this or next, or alone."""
    month = integers("months", "word", "month")[c.parts["month"].lower()]
    rel = c.parts.get("rel", "").lower().split()[-1:]

    def make(year: int) -> Period:
        return Period(unit="month", start=date(year, month, 1))

    if rel and rel[0] in BACK | ON and context.published and not year_of(c.parts, context)[0]:
        back = rel[0] in BACK
        before = context.published.replace(day=1) - timedelta(days=1)  # the month just over is called "last month"
        return named(_beside(make, before if back else context.published, back=back), "publication")
    if rel and rel[0] in {"this", "that", "same"} and context.published:
        here = (
            context.published.year
            if rel[0] == "this"
            else (context.anchor() or containing("year", context.published)).start.year
        )
        return named(make(here), "publication" if rel[0] == "this" else "event-before")
    return on_year(c.parts, context, make) or unresolved(f"XXXX-{month:02d}")


def _beside(make: Callable[[int], Period], day: date, *, back: bool) -> Period:
    """Return the last such period wholly before the day, or the first wholly after it."""
    # a winter begins in December of its year: the last whole one may be that of two years ago
    around = [make(y) for y in range(day.year - 2, day.year + 2)]
    if back:
        return [p for p in around if p.last() < day][-1]
    return next((p for p in around if p.start > day), around[-1])


def read_month_range(c: Candidate, context: Context) -> Reading | None:
    """Read March-May 2019: the first month, with the interval in EDTF."""
    months = integers("months", "word", "month")
    first = read_month(c, context)
    if first is None or first.period is None:
        return first
    start = first.period
    last = Period(unit="month", start=date(start.start.year, months[c.parts["month2"].lower()], 1))
    if last.start <= start.start:
        last = last.shift(12)
    return Reading(
        type="DATE", value=first.value, edtf=f"{start.edtf()}/{last.edtf()}", basis=first.basis, period=start
    )


def read_year(c: Candidate, context: Context) -> Reading | None:
    """Read a year in digits or words."""
    year, basis = year_of(c.parts, context)
    return named(Period(unit="year", start=date(year, 1, 1)), basis) if year else None


def read_year_range(c: Candidate, _context: Context) -> Reading | None:
    """Read 2011-2015: the first year, with the interval in EDTF."""
    first, tail = int(c.parts["year"]), c.parts["year2"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first < last <= first + 200:
        return None
    period = Period(unit="year", start=date(first, 1, 1))
    return Reading(type="DATE", value=f"{first}", edtf=f"{first}/{last}", basis="absolute", period=period)


def read_decade(c: Candidate, context: Context) -> Reading | None:
    """Read the 1980s, the '80s, the eighties."""
    if "decade" in c.parts:
        return named(Period(unit="decade", start=date(int(c.parts["decade"]), 1, 1)), "absolute")
    said = (
        c.parts["short"]
        if "short" in c.parts
        else f"{words('decades', 'word', 'decade')[c.parts['decadeword'].lower()]}0"
    )
    year = 1900 + int(said)  # the century of the reader's living memory: '20s said after 2020 is the present decade
    if context.published and context.published.year >= year + 100:
        year += 100
    return named(Period(unit="decade", start=date(year, 1, 1)), "publication" if context.published else "absolute")


def read_century(c: Candidate, _context: Context) -> Reading | None:
    """Read the 19th century; before Christ it has no EDTF."""
    said = c.parts["century"].lower()
    nth = integers("ordinals", "word", "value").get(said) or int(said[:-2])
    if "bc" in c.parts:
        return Reading(type="DATE", value=f"BC{nth - 1:02d}", basis="absolute")
    if not 1 < nth <= 30:
        return None
    return named(Period(unit="century", start=date((nth - 1) * 100, 1, 1)), "absolute")


def read_half(c: Candidate, context: Context) -> Reading | None:
    """Read the first half of 2019."""
    start = 1 if c.parts["nth"].lower() == "first" else 7
    found = on_year(c.parts, context, lambda y: Period(unit="half", start=date(y, start, 1)))
    return found or unresolved(f"XXXX-H{1 if start == 1 else 2}")


def read_season(c: Candidate, context: Context) -> Reading | None:
    """Read last summer, the winter of 1994."""
    row = next(r for r in table("seasons") if r["word"] == c.parts["season"].lower())

    def make(year: int) -> Period:
        return Period(unit="season", start=date(year, int(row["month"]), 1))

    rel = c.parts.get("rel", "").lower().split()
    if rel and context.published and "year" not in c.parts:
        if rel[-1] in {"this", "coming"} and rel[0] == "this":
            return named(make(context.published.year), "publication")
        if rel[-1] in BACK | ON:
            return named(_beside(make, context.published, back=rel[-1] in BACK), "publication")
    return on_year(c.parts, context, make) or unresolved(f"XXXX-{row['timex']}")


def read_holiday(c: Candidate, context: Context) -> Reading | None:
    """Read Christmas Eve, last Thanksgiving."""
    rule = words("holidays", "word", "rule")[c.parts["holiday"].lower()]

    def make(year: int) -> Period:
        return Period(unit="day", start=holiday(rule, year))

    rel = c.parts.get("rel", "").lower().split()
    if rel and rel[-1] in BACK | ON and context.published:
        return named(_beside(make, context.published, back=rel[-1] in BACK), "publication")
    return on_year(c.parts, context, make) or unresolved()


def read_named_day(c: Candidate, context: Context) -> Reading | None:
    """Read 9/11, "the Sept. 11 attacks": the one day that the world calls so; before it, any day of that date."""
    day = date.fromisoformat(words("named_days", "word", "day")[c.parts["namedday"].lower()])
    if context.published and context.published < day:
        return on_year({}, context, lambda y: day_of(y, day.month, day.day))
    return named(Period(unit="day", start=day), "absolute")
