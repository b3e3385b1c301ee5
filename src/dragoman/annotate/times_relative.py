"""Readings that lean on publication or an earlier time: yesterday, Monday, two days later, the latest quarter."""

from datetime import date, timedelta

import msgspec

from dragoman.annotate.times_dates import read_date, read_holiday
from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_quarters import read_quarter_context, years_off
from dragoman.annotate.times_reading import BACK, ON, Context, Reading, amount_of, named, part_code, unresolved
from dragoman.annotate.times_shift import shifted
from dragoman.annotate.times_value import Period, containing, duration
from dragoman.scheme.calendar import integers, units


# ---------------------------------------------------------------- days and weeks by publication
def read_relative_day(c: Candidate, context: Context) -> Reading | None:
    """Read yesterday, today, tomorrow, with the part of the day."""
    said = c.parts["relday"].lower()
    part = part_code(c.parts)
    if said.endswith("night"):
        part = "TNI"
    if context.published is None:
        return unresolved(f"XXXX-XX-XX{part}" if part else None, "TIME" if part else "DATE")
    offset = {"the day before yesterday": -2, "the day after tomorrow": 2}.get(said)
    if offset is None:
        offset = -1 if said.startswith(("yesterday", "last")) else 1 if said.startswith("tomorrow") else 0
    return named(Period(unit="day", start=context.published + timedelta(days=offset)), "publication", part=part)


def read_weekday(c: Candidate, context: Context) -> Reading | None:
    """Read Monday by tense, last Monday, the previous Friday, Tuesday of last week."""
    weekday, part = integers("weekdays", "word", "weekday")[c.parts["weekday"].lower()], part_code(c.parts)
    rel = (c.parts.get("rel") or "").lower().split()
    anchor = context.anchor("day")
    narrated = rel[:1] == ["the"] and rel[-1] not in {"next", "last", "coming", "past"}
    if narrated or rel == ["that"]:
        if anchor is None:
            return unresolved(f"XXXX-WXX-{weekday}{part}")
        way = -1 if rel[-1] in BACK else 1 if rel[-1] in ON else 0
        return named(_weekday(anchor.start, weekday, way), "event-before", part=part)
    if context.published is None:
        return unresolved(f"XXXX-WXX-{weekday}{part}", "TIME" if part else "DATE")
    if "weekrel" in c.parts:
        week = containing("week", context.published).shift(
            {"last": -1, "this": 0, "next": 1}[c.parts["weekrel"].lower()]
        )
        return named(Period(unit="day", start=week.start + timedelta(days=weekday - 1)), "publication")
    if rel and rel[-1] in BACK | ON:
        return named(_weekday(context.published, weekday, -1 if rel[-1] in BACK else 1), "publication", part=part)
    future = context.direction == "future" or (rel == ["this"] and context.direction != "past")
    day = _weekday(context.published, weekday, 0)
    if future and day.start < context.published:
        day = _weekday(context.published, weekday, 1)
    since = context.here[-1] if context.here and context.lead in {"to", "through", "until", "till"} else None
    if since is not None and since.unit == "day" and day.start < since.start:  # "from Monday to Friday"
        day = _weekday(since.start, weekday, 1)
    return named(day, "tense" if context.direction else "publication", part=part)


def _weekday(day: date, weekday: int, way: int) -> Period:
    """Return that weekday before (-1) or after (1) the day; 0: the day itself or the last one before it."""
    back = (day.isoweekday() - weekday) % 7
    if way < 0:
        return Period(unit="day", start=day - timedelta(days=back or 7))
    if way > 0:
        return Period(unit="day", start=day + timedelta(days=7 - back))
    return Period(unit="day", start=day - timedelta(days=back))


def read_weekday_ago(c: Candidate, context: Context) -> Reading | None:
    """Read two Sundays ago."""
    amount = amount_of(c.parts["num"])
    weekday = integers("weekdays", "word", "weekday")[c.parts["weekday"].lower()]
    if context.published is None or amount is None:
        return unresolved(f"XXXX-WXX-{weekday}")
    last = _weekday(context.published, weekday, -1)
    return named(last.shift(-7 * (int(amount) - 1)), "publication")


def read_relative_unit(c: Candidate, context: Context) -> Reading | None:
    """Read last week, this year, that month, the following day."""
    unit = units()[c.parts["unit"].lower()]
    rel = c.parts["rel"].lower().split()
    definite = rel[0] == "the" and rel[-1] in {"previous", "preceding", "prior", "following", "same", "very"}
    if definite or rel[0] == "that" or (unit.name == "day" and rel in (["the"], ["the", "next"])):
        return _by_anchor(unit.name, rel[-1], context)
    if unit.name in {"hour", "minute", "second"}:
        return Reading(type="DURATION", value=duration(unit.code, 1))
    if context.published is None:
        return unresolved()
    if unit.name == "quarter":
        return read_quarter_context(c, context)
    if rel == ["this", "past"]:
        return named(_just_over(unit.name, context.published), "publication")
    way = -1 if rel[-1] in BACK else 1 if rel[-1] in ON and rel[0] != "this" else 0
    here = containing(unit.name, context.published)
    if unit.name == "weekend" and way == 0 and context.direction != "future" and context.published.weekday() < 5:
        way = -1  # said on a working day in the past tense, the weekend is the one just over
    return named(here.shift(way), "publication")


def _just_over(unit: str, day: date) -> Period:
    """Return "this past week": the unit that most of the days just past lie in, be it over or not."""
    if unit == "weekend":
        return containing(unit, day if day.weekday() > 4 else day - timedelta(days=7))
    here = containing(unit, day)
    return here if (day - here.start) * 2 >= here.last() - here.start else here.shift(-1)


def _by_anchor(unit: str, rel: str, context: Context) -> Reading:
    finer = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}.get(unit, ())
    anchor = context.anchor(*finer)
    if anchor is None:
        return unresolved()
    way = -1 if rel in BACK else 1 if rel in ON else 0
    return named(containing(unit, anchor.start).shift(way), "event-before")


def read_year_end(c: Candidate, context: Context) -> Reading | None:
    """Read year-end: the last day of the year, month or week; "the year's end" has the value of the year.

    "Since year-end" means the last one that is over.
    """
    if context.published is None:
        return unresolved("XXXX-12-31" if c.parts["yearend"].lower() == "year" else None)
    whole = containing(c.parts["yearend"].lower(), context.published)
    whole = whole.shift(-1) if context.lead == "since" else whole
    day = named(Period(unit="day", start=whole.last()), "publication")
    return day if c.parts["joint"] == "-" else msgspec.structs.replace(day, value=whole.value())


def read_holiday_week(c: Candidate, context: Context) -> Reading | None:
    """Read Easter week, Labor Day weekend: the week of that day; the weekend before where it opens the week."""
    day = read_holiday(c, context)
    if day is None or day.period is None:
        return day
    start = day.period.start
    opens = c.parts["unit"].lower() == "weekend" and start.weekday() < 2
    return named(containing(c.parts["unit"].lower(), start - timedelta(days=7 if opens else 0)), day.basis or "")


def read_day_beside(c: Candidate, context: Context) -> Reading | None:
    """Read the day before last Tuesday, the day after Christmas."""
    read = read_weekday if "weekday" in c.parts else read_holiday if "holiday" in c.parts else read_date
    day = read(c, context)
    if day is None or day.period is None:
        return day
    return named(day.period.shift(-1 if c.parts["way"].lower() == "before" else 1), day.basis or "")


def read_week_of(c: Candidate, context: Context) -> Reading | None:
    """Read the week of March 6."""
    day = read_date(c, context)
    return named(containing("week", day.period.start), day.basis or "") if day and day.period else day


# ---------------------------------------------------------------- shifts
def read_shift(c: Candidate, context: Context) -> Reading | None:
    """Read two days later, six weeks ago, the next morning."""
    way = c.parts["way"].lower()
    back = way in {"ago", "earlier", "before", "previously", "beforehand", "previous"}
    if "part" in c.parts:
        anchor = context.anchor("day")
        move = 0 if way == "same" else -1 if back else 1
        return (
            named(anchor.shift(move), "event-before", part=part_code(c.parts)) if anchor else unresolved(None, "TIME")
        )
    if "unit" not in c.parts:  # "months ago"
        return Reading(type="DATE", value="PAST_REF")
    unit = units()[c.parts["unit"].lower()]
    if "vague" in c.parts:  # "a few days later" counts from the event before, it says nothing of now
        told = way in {"ago", "from now", "hence"}
        value = ("PAST_REF" if back else "FUTURE_REF") if told else duration(unit.code, None)
        return Reading(type="DATE" if told else "DURATION", value=value)
    amount = 1.0 if "num" not in c.parts else amount_of(c.parts["num"])
    from_now = way in {"ago", "hence", "from now"}
    base = _base(context, unit.name, from_now=from_now)
    if unit.code.startswith("T") or amount is None:
        return Reading(type="DURATION", value=duration(unit.code, amount))
    if base is None:
        return unresolved()
    if unit.name == "year" and amount == 1 and context.told:
        return named(years_off(context.told[-1], -1 if back else 1), "event-before")
    return shifted(base, unit.name, -amount if back else amount, from_now=from_now, hedged="approx" in c.parts)


def _base(context: Context, unit: str, *, from_now: bool) -> Period | None:
    if from_now:
        return Period(unit="day", start=context.published) if context.published else None
    finer = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month", "quarter")}.get(unit, ())
    return context.anchor(*finer)


def read_shift_clause(c: Candidate, context: Context) -> Reading | None:
    """Read "one week after X": a length; its EDTF is the day of X where the clause is dated by the event before."""
    unit = units()[c.parts["unit"].lower()]
    amount = 1.0 if "num" not in c.parts else amount_of(c.parts["num"])
    value = duration(unit.code, amount, times=unit.times)
    base = context.anchor("day")
    if not context.comes or amount is None or base is None or unit.name not in {"day", "week", "month", "year"}:
        return Reading(type="DURATION", value=value)
    back = c.parts["way"].lower() in {"after", "following"}  # the event came a week after X: X was a week earlier
    found = shifted(base, unit.name, -amount if back else amount, from_now=False, hedged=True)
    return Reading(type="DURATION", value=value, edtf=found.edtf, basis="event-before")
