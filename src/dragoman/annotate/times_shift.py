"""Moving a period by an amount of units: two weeks from a day, a decade before a year. No words are read here."""

from datetime import date, timedelta

from dragoman.annotate.times_reading import Reading, named, unresolved
from dragoman.annotate.times_value import Period, add_months, containing


def shifted(base: Period, unit: str, amount: float, *, from_now: bool, hedged: bool) -> Reading:
    """Return the period `amount` units from the base: as fine as the unit; where days or weeks are counted, a day."""
    basis = "publication" if from_now else "event-before"
    try:
        day = _moved(base.start, unit, amount)
    except (ValueError, OverflowError):  # "two thousand years ago" is before the calendar of `date`
        return unresolved()
    fine = containing("day", day)
    if unit == "week" and from_now:
        week = containing("week", day)
        return Reading(type="DATE", value=week.value(), edtf=f"{fine.edtf()}~", basis=basis, period=week)
    grain = {"decade": "year", "century": "year", "weekend": "week"}.get(unit, unit)
    found = named(fine if unit in {"day", "week"} else containing(grain, day), basis)
    hedge = "~" if hedged and found.edtf and "/" not in found.edtf else ""
    return Reading(type="DATE", value=found.value, edtf=f"{found.edtf}{hedge}", basis=basis, period=found.period)


def _moved(day: date, unit: str, amount: float) -> date:
    days = {"day": 1, "week": 7, "weekend": 7}.get(unit)
    if days:
        return day + timedelta(days=round(amount * days))
    months = {"month": 1, "quarter": 3, "decade": 120, "century": 1200, "millennium": 12000}.get(unit, 12)
    return add_months(day, round(amount * months))
