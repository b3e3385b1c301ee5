"""Readings of quarters and of the periods that reports on business compare: Q3, the latest quarter, a year earlier."""

from datetime import date, timedelta

from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_reading import Context, Reading, day_of, named, on_year, unresolved
from dragoman.annotate.times_value import Period, containing
from dragoman.scheme.calendar import integers

_NTH = {"first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
_YEAR_BEFORE = ("year-ago", "year-earlier", "a year ago", "a year earlier")
_HALF_A_QUARTER = timedelta(days=45)
_MONTHS = frozenset(["months-first", "duration-the", "duration-ended"])  # "in the nine months": the year so far
_COMPARED = (*_YEAR_BEFORE, "last year", "comparable", "corresponding", "same")


def read_quarter(c: Candidate, context: Context) -> Reading | None:
    """Read the third quarter, Q3 2019, this year's third quarter."""
    said = c.text_lower
    nth = int(c.parts["q"]) if "q" in c.parts else _NTH.get(c.parts["nth"].lower(), 4)
    parts = dict(c.parts)
    det = parts.get("det", "").lower()
    if det.endswith("year's"):
        parts["yrel"] = det.split()[0]
    if c.name == "quarter-adjective" and context.direction == "future":
        context.direction = ""  # "expects to report third-quarter earnings": the verb is about the report
    found = on_year(parts, context, lambda y: Period(unit="quarter", start=date(y, 3 * nth - 2, 1)))
    compared = "year" not in parts and any(w in said for w in _YEAR_BEFORE)
    if found and found.period and compared and context.published and found.period.start.year == context.published.year:
        return named(found.period.shift(-4), "publication")
    return found or unresolved(f"XXXX-Q{nth}")


def _ended(c: Candidate, context: Context) -> Reading | None:
    """Read "the quarter" of "the quarter ended July 31": that of the calendar which holds most of it."""
    month, day = integers("months", "word", "month")[c.parts["month"].lower()], int(c.parts["day"])

    def make(year: int) -> Period | None:
        last = day_of(year, month, day)
        return containing("quarter", last.start - _HALF_A_QUARTER) if last else None

    return on_year({}, context, make)


def read_quarter_context(c: Candidate, context: Context) -> Reading | None:
    """Read "the latest quarter", "the year-ago period": the quarter in hand, or the one before a year ago."""
    said = c.text_lower
    if context.published is None:
        return unresolved()
    if c.name == "quarter-at-day":
        return _ended(c, context)
    here = containing("quarter", context.published)
    if "current" in said or "this" in said.split():
        return named(here, "publication")
    if "next" in said:
        return named(here.shift(1), "publication")
    told = [p for p in context.told if p.unit == "quarter" or "quarter" not in said]
    if "latest" in said:  # the last one that is over, not the one that the next sentence plans for
        told = [p for p in told if p.last() < context.published]
    hand = told[-1] if told else context.anchor("quarter") if "latest" not in said else None
    if "year" in c.parts:
        period = hand or here.shift(-1)
        return named(Period(unit=period.unit, start=period.start.replace(year=int(c.parts["year"]))), "event-before")
    recent = hand if hand and abs((hand.start - here.start).days) < 300 else here.shift(-1)
    if _compares(c):
        return named(years_off(recent, -1), "event-before" if hand else "publication")
    if "following" in said or "previous" in said or "prior" in said:
        return named(recent.shift(1 if "following" in said else -1), "event-before")
    return named(recent, "event-before" if hand else "publication")


# ---------------------------------------------------------------- what a report is about
def reported_on(c: Candidate, reading: Reading, context: Context) -> Period | None:
    """Return the quarter or year that the text now reports on, if the expression sets one; a comparison sets none."""
    if c.kind in {"quarter", "period"} and reading.period is not None:
        return None if _compares(c) else reading.period
    months = c.name in _MONTHS or c.parts.get("rel", "").lower() in {"first", "latest", "final"}
    whole = c.kind == "duration" and months and c.parts.get("unit", "").lower() in {"months", "year"}
    return containing("year", context.published) if whole and context.published else None


def years_off(period: Period, n: int) -> Period:
    """Return the same quarter or year, `n` years later."""
    return period.shift(4 * n if period.unit == "quarter" else n)


def _compares(c: Candidate) -> bool:
    return any(w in c.text_lower for w in _COMPARED)
