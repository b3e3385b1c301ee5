"""From a match of the grammar to a value: what each kind of time expression means on its date. Finding them is times_grammar's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_value import Period, add_months, containing, duration, holiday, nearest
from dragoman.records import Record
from dragoman.scheme.calendar import integers, number, table, units, words

_BACK = frozenset("last past previous preceding prior".split())
_ON = frozenset("next coming following".split())


class Reading(Record, frozen=True):
    """What an expression means: a TIMEX3 type and value, the period it names where it names one, EDTF and basis."""

    type: str
    value: str | None = None
    edtf: str | None = None
    basis: str | None = None
    period: Period | None = None


@dataclass
class Context:
    """What a reading may lean on: the day of publication, the periods named so far, and the tense around the expression."""

    published: date | None
    direction: str = ""
    anchors: list[Period] = field(default_factory=list)
    near: list[Period] = field(default_factory=list)  # anchors of this sentence and of the two before it

    def anchor(self, *unit: str) -> Period | None:
        """Return the nearest earlier period, of one of the units where given."""
        return next((a for a in reversed(self.anchors) if not unit or a.unit in unit), None)


def named(period: Period, basis: str, *, part: str = "") -> Reading:
    """Return the reading of a period; with a part of day or a clock time it is a TIME."""
    whole = Period(unit=period.unit, start=period.start, part=part) if part and period.unit == "day" else period
    kind = "TIME" if whole.part else "DATE"
    return Reading(type=kind, value=whole.value(), edtf=whole.edtf(), basis=basis, period=whole)


def unresolved(value: str | None = None, kind: str = "DATE") -> Reading:
    """Return the reading of an expression that nothing given here can tie to the calendar."""
    return Reading(type=kind, value=value, basis="unresolved")


# ---------------------------------------------------------------- pieces
def part_code(parts: dict[str, str]) -> str:
    """Return the TIMEX3 part of day ("TMO") that the match names, or ""."""
    said = parts.get("part") or parts.get("part2")
    return f"T{words('parts', 'word', 'timex')[said.lower()]}" if said else ""


def year_of(parts: dict[str, str], context: Context) -> tuple[int | None, str]:
    """Return the year that the match names, in digits, in words or relative, and on what basis."""
    if "year" in parts:
        return int(parts["year"]), "absolute"
    if "yearwords" in parts:
        return spoken_year(parts["yearwords"]), "absolute"
    said = parts.get("yrel", "").lower().removeprefix("the ")
    if said in {"last", "this", "next"} and context.published:
        return context.published.year + {"last": -1, "this": 0, "next": 1}[said], "publication"
    anchor = context.anchor()
    if said in {"that", "same", "following", "previous"} and anchor:
        return anchor.start.year + {"previous": -1, "following": 1}.get(said, 0), "event-before"
    return None, "unresolved"


def spoken_year(said: str) -> int | None:
    """Return the year of "nineteen ninety-six", "two thousand one", "nineteen hundred"."""
    first, _, rest = said.lower().replace("-", " ").partition(" ")
    if first == "two":
        value = number(said)
        return int(value) if value else None
    century = {"eighteen": 18, "nineteen": 19, "twenty": 20}[first]
    value = number(rest.replace("oh ", "")) if rest != "hundred" else 0.0
    return None if value is None or value > 99 else century * 100 + int(value)


def on_year(parts: dict[str, str], context: Context, make: Callable[[int], Period | None]) -> Reading | None:
    """Return the period that `make` gives for the year named, else for the year that tense and publication make likely."""
    year, basis = year_of(parts, context)
    if year is not None:
        period = make(year)
        return named(period, basis) if period else None
    if context.published is None or "yrel" in parts:
        return None
    here = context.published.year
    choices = [p for y in (here - 1, here, here + 1) if (p := make(y))]
    if not choices:
        return None
    return named(nearest(choices, context.published, context.direction), "tense" if context.direction else "publication")


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return that day, None where the calendar has none (30 February)."""
    try:
        return Period(unit="day", start=date(year, month, day))
    except ValueError:
        return None


# ---------------------------------------------------------------- dates
def read_date(c: Candidate, context: Context) -> Reading | None:
    month = integers("months", "word", "month")[c.parts["month"].lower()]
    if "ordday" in c.parts:
        day = integers("ordinals", "word", "value")[c.parts["ordday"].lower()]
    else:
        day = int(c.parts["day"])
    found = on_year(c.parts, context, lambda y: day_of(y, month, day))
    if found is None or found.period is None:
        return unresolved(f"XXXX-{month:02d}-{day:02d}") if context.published is None else None
    if "day2" in c.parts and (last := day_of(found.period.start.year, month, int(c.parts["day2"]))) and last.start > found.period.start:
        return Reading(type="DATE", value=found.value, edtf=f"{found.edtf}/{last.edtf()}", basis=found.basis, period=found.period)
    return found


def read_iso(c: Candidate, _context: Context) -> Reading | None:
    try:
        day = date.fromisoformat(c.parts["iso"])
    except ValueError:
        return None
    return named(Period(unit="day", start=day), "absolute", part=f"T{c.parts['isotime']}" if "isotime" in c.parts else "")


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
    month = integers("months", "word", "month")[c.parts["month"].lower()]
    rel = c.parts.get("rel", "").lower().split()[-1:]
    make = lambda y: Period(unit="month", start=date(y, month, 1))  # noqa: E731 - a closure over one number
    if rel and rel[0] in _BACK | _ON and context.published and not year_of(c.parts, context)[0]:
        return named(_beside(make, context.published, back=rel[0] in _BACK), "publication")
    if rel and rel[0] in {"this", "that", "same"} and context.published:
        year = context.published.year if rel[0] == "this" else (context.anchor() or containing("year", context.published)).start.year
        return named(make(year), "publication" if rel[0] == "this" else "event-before")
    return on_year(c.parts, context, make) or unresolved(f"XXXX-{month:02d}")


def _beside(make: Callable[[int], Period], day: date, *, back: bool) -> Period:
    """Return the last such period wholly before the day, or the first wholly after it."""
    around = [make(y) for y in (day.year - 1, day.year, day.year + 1)]
    if back:
        return [p for p in around if p.last() < day][-1]
    return next((p for p in around if p.start > day), around[-1])


def read_month_range(c: Candidate, context: Context) -> Reading | None:
    months = integers("months", "word", "month")
    first = read_month(c, context)
    if first is None or first.period is None:
        return first
    start = first.period
    last = Period(unit="month", start=date(start.start.year, months[c.parts["month2"].lower()], 1))
    if last.start <= start.start:
        last = last.shift(12)
    return Reading(type="DATE", value=first.value, edtf=f"{start.edtf()}/{last.edtf()}", basis=first.basis, period=start)


def read_year(c: Candidate, context: Context) -> Reading | None:
    year, basis = year_of(c.parts, context)
    return named(Period(unit="year", start=date(year, 1, 1)), basis) if year else None


def read_year_range(c: Candidate, _context: Context) -> Reading | None:
    first, tail = int(c.parts["year"]), c.parts["year2"]
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if not first < last <= first + 200:
        return None
    period = Period(unit="year", start=date(first, 1, 1))
    return Reading(type="DATE", value=f"{first}", edtf=f"{first}/{last}", basis="absolute", period=period)


def read_decade(c: Candidate, context: Context) -> Reading | None:
    if "decade" in c.parts:
        return named(Period(unit="decade", start=date(int(c.parts["decade"]), 1, 1)), "absolute")
    said = c.parts["short"] if "short" in c.parts else f"{words('decades', 'word', 'decade')[c.parts['decadeword'].lower()]}0"
    year = 1900 + int(said)  # the century of the reader's living memory: '20s said after 2020 is the present decade
    if context.published and context.published.year >= year + 100:
        year += 100
    return named(Period(unit="decade", start=date(year, 1, 1)), "publication" if context.published else "absolute")


def read_century(c: Candidate, _context: Context) -> Reading | None:
    said = c.parts["century"].lower()
    nth = integers("ordinals", "word", "value").get(said) or int(said[:-2])
    if "bc" in c.parts:
        return Reading(type="DATE", value=f"BC{nth - 1:02d}", basis="absolute")
    if not 1 < nth <= 30:
        return None
    return named(Period(unit="century", start=date((nth - 1) * 100, 1, 1)), "absolute")


def read_half(c: Candidate, context: Context) -> Reading | None:
    start = 1 if c.parts["nth"].lower() == "first" else 7
    found = on_year(c.parts, context, lambda y: Period(unit="half", start=date(y, start, 1)))
    return found or unresolved(f"XXXX-H{1 if start == 1 else 2}")


def read_season(c: Candidate, context: Context) -> Reading | None:
    row = next(r for r in table("seasons") if r["word"] == c.parts["season"].lower())
    make = lambda y: Period(unit="season", start=date(y, int(row["month"]), 1))  # noqa: E731 - a closure over one row
    rel = c.parts.get("rel", "").lower().split()
    if rel and context.published and "year" not in c.parts:
        if rel[-1] in {"this", "coming"} and rel[0] == "this":
            return named(make(context.published.year), "publication")
        if rel[-1] in _BACK | _ON:
            return named(_beside(make, context.published, back=rel[-1] in _BACK), "publication")
    return on_year(c.parts, context, make) or unresolved(f"XXXX-{row['timex']}")


def read_holiday(c: Candidate, context: Context) -> Reading | None:
    rule = words("holidays", "word", "rule")[c.parts["holiday"].lower()]
    make = lambda y: Period(unit="day", start=holiday(rule, y))  # noqa: E731 - a closure over one rule
    rel = c.parts.get("rel", "").lower().split()
    if rel and rel[-1] in _BACK | _ON and context.published:
        return named(_beside(make, context.published, back=rel[-1] in _BACK), "publication")
    return on_year(c.parts, context, make) or unresolved()


# ---------------------------------------------------------------- days and weeks by publication
def read_relative_day(c: Candidate, context: Context) -> Reading | None:
    said = c.parts["relday"].lower()
    part = part_code(c.parts)
    if said == "tonight":
        part = "TNI"
    if context.published is None:
        return unresolved(f"XXXX-XX-XX{part}" if part else None, "TIME" if part else "DATE")
    offset = {"the day before yesterday": -2, "the day after tomorrow": 2}.get(said)
    if offset is None:
        offset = -1 if said.startswith(("yesterday", "last")) else 1 if said.startswith("tomorrow") else 0
    return named(Period(unit="day", start=context.published + timedelta(days=offset)), "publication", part=part)


def read_weekday(c: Candidate, context: Context) -> Reading | None:
    weekday, part = integers("weekdays", "word", "weekday")[c.parts["weekday"].lower()], part_code(c.parts)
    rel = (c.parts.get("rel") or "").lower().split()
    anchor = context.anchor("day")
    if rel[:1] == ["the"] and rel[-1] not in {"next", "last", "coming", "past"} or rel == ["that"]:
        if anchor is None:
            return unresolved(f"XXXX-WXX-{weekday}{part}")
        way = -1 if rel[-1] in _BACK else 1 if rel[-1] in _ON else 0
        return named(_weekday(anchor.start, weekday, way), "event-before", part=part)
    if context.published is None:
        return unresolved(f"XXXX-WXX-{weekday}{part}", "TIME" if part else "DATE")
    if "weekrel" in c.parts:
        week = containing("week", context.published).shift({"last": -1, "this": 0, "next": 1}[c.parts["weekrel"].lower()])
        return named(Period(unit="day", start=week.start + timedelta(days=weekday - 1)), "publication")
    if rel and rel[-1] in _BACK | _ON:
        return named(_weekday(context.published, weekday, -1 if rel[-1] in _BACK else 1), "publication", part=part)
    future = context.direction == "future" or (rel == ["this"] and context.direction != "past")
    day = _weekday(context.published, weekday, 0)
    if not future and day.start > context.published:
        day = day.shift(-1) if False else _weekday(context.published, weekday, -1)
    if future and day.start < context.published:
        day = _weekday(context.published, weekday, 1)
    return named(day, "tense" if context.direction else "publication", part=part)


def _weekday(day: date, weekday: int, way: int) -> Period:
    """Return that weekday before (-1) or after (1) the day; 0: the day itself or the last one before it."""
    back = (day.isoweekday() - weekday) % 7
    if way < 0:
        return Period(unit="day", start=day - timedelta(days=back or 7))
    if way > 0:
        return Period(unit="day", start=day + timedelta(days=7 - back))
    return Period(unit="day", start=day - timedelta(days=back))


def read_relative_unit(c: Candidate, context: Context) -> Reading | None:
    unit = units()[c.parts["unit"].lower()]
    rel = c.parts["rel"].lower().split()
    definite = rel[0] == "the" and rel[-1] in {"previous", "preceding", "prior", "following", "same", "very"}
    if definite or rel[0] == "that" or (rel == ["the", "next"] and unit.name == "day"):
        return _by_anchor(unit.name, rel[-1], context)
    if unit.name in {"hour", "minute", "second"}:
        return Reading(type="DURATION", value=duration(unit.code, 1))
    if context.published is None:
        return unresolved()
    if unit.name == "quarter":
        return read_quarter_context(c, context)
    way = -1 if rel[-1] in _BACK and rel != ["this", "past"] else 1 if rel[-1] in _ON and rel[0] != "this" else 0
    here = containing(unit.name, context.published)
    if unit.name == "weekend" and way == 0 and context.direction != "future" and context.published.weekday() < 5:
        way = -1  # said on a working day in the past tense, the weekend is the one just over
    return named(here.shift(way), "publication")


def _by_anchor(unit: str, rel: str, context: Context) -> Reading:
    finer = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}.get(unit, ())
    anchor = context.anchor(*finer)
    if anchor is None:
        return unresolved()
    way = -1 if rel in _BACK else 1 if rel in _ON else 0
    return named(containing(unit, anchor.start).shift(way), "event-before")


def read_year_end(c: Candidate, context: Context) -> Reading | None:
    if context.published is None:
        return unresolved("XXXX-12-31" if c.parts["yearend"].lower() == "year" else None)
    last = containing(c.parts["yearend"].lower(), context.published).last()
    return named(Period(unit="day", start=last), "publication")


def read_week_of(c: Candidate, context: Context) -> Reading | None:
    day = read_date(c, context)
    return named(containing("week", day.period.start), day.basis or "") if day and day.period else day


# ---------------------------------------------------------------- quarters
def read_quarter(c: Candidate, context: Context) -> Reading | None:
    nth = int(c.parts["q"]) if "q" in c.parts else {"f": 1, "s": 2, "t": 3}.get(c.parts["nth"][0].lower(), 4)
    if c.parts.get("nth", "")[:1].isdigit():
        nth = int(c.parts["nth"][0])
    if c.parts.get("nth", "").lower().startswith("fo"):
        nth = 4
    said = c.text_lower
    parts = dict(c.parts)
    det = parts.get("det", "").lower()
    if det.endswith("year's"):
        parts["yrel"] = det.split()[0]
    found = on_year(parts, context, lambda y: Period(unit="quarter", start=date(y, 3 * nth - 2, 1)))
    if found and found.period and "year" not in parts and any(w in said for w in ("year-ago", "year-earlier", "a year ago", "a year earlier")):
        if found.period.start.year == (context.published or found.period.start).year:
            return named(found.period.shift(-4), "publication")
    return found or unresolved(f"XXXX-Q{nth}")


def read_quarter_context(c: Candidate, context: Context) -> Reading | None:
    """Read "the latest quarter", "the year-ago period": the quarter in hand, or the one before a year ago."""
    said = c.text_lower
    if context.published is None:
        return unresolved()
    here = containing("quarter", context.published)
    if "current" in said or "this" in said.split():
        return named(here, "publication")
    if "next" in said:
        return named(here.shift(1), "publication")
    hand = next((a for a in reversed(context.near) if a.unit == "quarter"), None) or context.anchor("quarter")
    if "year" in c.parts:
        period = hand or here.shift(-1)
        return named(Period(unit="quarter", start=period.start.replace(year=int(c.parts["year"]))), "event-before")
    recent = hand if hand and abs((hand.start - here.start).days) < 200 else here.shift(-1)
    if "year-" in said or "last year" in said or "a year" in said or any(w in said for w in ("comparable", "corresponding", "same")):
        return named(recent.shift(-4), "event-before" if hand else "publication")
    if "following" in said or "previous" in said or "prior" in said:
        return named(recent.shift(1 if "following" in said else -1), "event-before")
    return named(recent, "event-before" if hand else "publication")


# ---------------------------------------------------------------- shifts
def read_shift(c: Candidate, context: Context) -> Reading | None:
    way = c.parts["way"].lower()
    back = way in {"ago", "earlier", "before", "previously", "beforehand", "previous"}
    if "part" in c.parts:
        anchor = context.anchor("day")
        move = 0 if way == "same" else -1 if back else 1
        return named(anchor.shift(move), "event-before", part=part_code(c.parts)) if anchor else unresolved(None, "TIME")
    if "vague" in c.parts:
        return Reading(type="DATE", value="PAST_REF" if back else "FUTURE_REF")
    unit = units()[c.parts["unit"].lower()]
    amount = 1.0 if "num" not in c.parts else _amount(c.parts["num"])
    from_now = way in {"ago", "hence", "from now"}
    base = _base(context, unit.name, from_now=from_now)
    if unit.code.startswith("T") or amount is None:
        return Reading(type="DURATION", value=duration(unit.code, amount))
    if base is None:
        return unresolved()
    return shifted(base, unit.name, -amount if back else amount, context, from_now=from_now, hedged="approx" in c.parts)


def _amount(said: str) -> float | None:
    low = said.lower()
    return 2.0 if "couple" in low or "pair" in low else number(low)


def _base(context: Context, unit: str, *, from_now: bool) -> Period | None:
    if from_now:
        return Period(unit="day", start=context.published) if context.published else None
    finer = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month", "quarter")}.get(unit, ())
    return context.anchor(*finer)


def shifted(base: Period, unit: str, amount: float, context: Context, *, from_now: bool, hedged: bool) -> Reading:
    """Return the period `amount` units from the base: as fine as the unit, or as the base where days and weeks are counted."""
    basis = "publication" if from_now else "event-before"
    if unit == "year" and abs(amount) == 1 and (hand := _in_hand(context)):
        return named(hand.shift(int(amount) * (4 if hand.unit == "quarter" else 12)), "event-before")
    try:
        if unit in {"day", "week"}:
            day = base.start + timedelta(days=round(amount * (7 if unit == "week" else 1)))
        else:
            day = add_months(base.start, round(amount * {"month": 1, "quarter": 3, "decade": 120, "century": 1200}.get(unit, 12)))
    except (ValueError, OverflowError):
        return unresolved()
    fine = containing("day", day)
    if unit == "week" and from_now:
        week = containing("week", day)
        return Reading(type="DATE", value=week.value(), edtf=f"{fine.edtf()}~", basis=basis, period=week)
    grain = {"decade": "year", "century": "year", "weekend": "week"}.get(unit, unit)
    found = named(fine if unit in {"day", "week"} else containing(grain, day), basis)
    hedge = "~" if hedged and found.edtf and "/" not in found.edtf else ""
    return Reading(type="DATE", value=found.value, edtf=f"{found.edtf}{hedge}", basis=basis, period=found.period)


def _in_hand(context: Context) -> Period | None:
    """Return the quarter or month that "a year earlier" compares with, where one was just named."""
    last = context.near[-1] if context.near else None
    return last if last and last.unit in {"quarter"} else None


def read_shift_clause(c: Candidate, context: Context) -> Reading | None:
    """Read "one week after X": a length; its EDTF is the day of X where the clause is dated by the event before."""
    unit = units()[c.parts["unit"].lower()]
    amount = 1.0 if "num" not in c.parts else _amount(c.parts["num"])
    return Reading(type="DURATION", value=duration(unit.code, amount, times=unit.times))


# ---------------------------------------------------------------- durations and sets
def read_duration(c: Candidate, context: Context) -> Reading | None:
    said = c.parts.get("unit") or c.parts["units"]
    unit = units()[said.lower()]
    if "num" in c.parts:
        amount = _amount(c.parts["num"])
    else:
        amount = None if "vague" in c.parts or ("units" in c.parts and unit.many) else 0.5 if "half" in c.parts and "one" not in c.parts else 1.0
    if amount is not None and ("one" in c.parts and "half" in c.parts or c.text_lower.endswith("and a half")):
        amount += 0.5
    if amount == 24 and unit.name == "hour":
        return Reading(type="DURATION", value="P1D")
    value = duration(unit.code, amount, times=unit.times)
    if "unit2" in c.parts and amount is not None:
        second = duration(units()[c.parts["unit2"].lower()].code, number(c.parts["num2"]))
        value += second.removeprefix("PT") if "T" in value else second.removeprefix("P")
    return Reading(type="DURATION", value=value, edtf=_reach(c, unit.name, amount, context), basis="publication" if "rel" in c.parts else None)


def _reach(c: Candidate, unit: str, amount: float | None, context: Context) -> str | None:
    """Return the interval of "the last four years", "the next two weeks": from or to the day of publication."""
    rel = c.parts.get("rel", "").lower()
    grain = {"decade": "year", "century": "year"}.get(unit, unit)
    if rel not in {"last", "past", "next", "coming"} or amount is None or not context.published or unit in {"hour", "minute", "second"}:
        return None
    times = int(amount) * {"decade": 10, "century": 100}.get(unit, 1)
    here = containing("day" if grain == "week" else grain, context.published)
    far = here.shift((-times if rel in {"last", "past"} else times) * (7 if grain == "week" else 1))
    first, last = (far, here) if far.start <= here.start else (here, far)
    return f"{_grain(first)}/{_grain(last)}" if first != last else None


def _grain(period: Period) -> str:
    return period.edtf().partition("/")[0]


def read_duration_plural(c: Candidate, _context: Context) -> Reading | None:
    unit = units()[c.parts["units"].lower()]
    if unit.name in {"decade", "century"}:
        return Reading(type="DURATION", value="PXE" if unit.name == "decade" else "PXC")
    return Reading(type="DURATION", value=duration(unit.code, None))


def read_duration_vague(_c: Candidate, _context: Context) -> Reading | None:
    return Reading(type="DURATION", value="PXX")


def read_set(c: Candidate, _context: Context) -> Reading | None:
    if "frequency" in c.parts:
        return Reading(type="SET", value=words("frequencies", "word", "value")[c.parts["frequency"].lower()])
    part = part_code(c.parts)
    if "weekday" in c.parts:
        weekday = integers("weekdays", "word", "weekday")[c.parts["weekday"].lower()]
        return Reading(type="SET", value=f"XXXX-WXX-{weekday}{part}")
    if "month" in c.parts:
        return Reading(type="SET", value=f"XXXX-{integers('months', 'word', 'month')[c.parts['month'].lower()]:02d}")
    if "season" in c.parts:
        return Reading(type="SET", value=f"XXXX-{words('seasons', 'word', 'timex')[c.parts['season'].lower()]}")
    if part:
        return Reading(type="SET", value=f"XXXX-XX-XX{part}")
    unit = units()[(c.parts.get("unit") or c.parts["perunit"]).lower()]
    amount = _amount(c.parts["num"]) if "num" in c.parts else 2.0 if c.parts.get("other", "").lower() == "other" else 1.0
    if "nth" in c.parts:
        amount = float(integers("ordinals", "word", "value")[c.parts["nth"].lower()])
    return Reading(type="SET", value=duration(unit.code, amount, times=unit.times))


# ---------------------------------------------------------------- clock and references
def read_clock(c: Candidate, context: Context) -> Reading | None:
    said = clock_code(c)
    if said is None:
        return None
    base = context.anchor("day")
    day = base if base and context.near and base in context.near else None
    if day is None and context.published:
        day = Period(unit="day", start=context.published)
    if day is None:
        return unresolved(f"XXXX-XX-XX{said}", "TIME")
    return named(Period(unit="day", start=day.start), "publication" if base is not day else "event-before", part=said)


def clock_code(c: Candidate) -> str | None:
    """Return the clock time of a match as "T17:00", None for an hour that no clock has."""
    if "word" in c.parts:
        return {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}[c.parts["word"].lower()]
    raw = c.parts.get("hour") or c.parts.get("hourword", "")
    value = number(raw)
    if value is None or value > 23:
        return None
    hour, minute = int(value), int(c.parts.get("minute", "0"))
    late = c.parts.get("half", "").lower() == "p" or part_code(c.parts) in {"TAF", "TEV", "TNI"}
    if late and hour < 12:
        hour += 12
    elif c.parts.get("half", "").lower() == "a" and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}"


def read_part(c: Candidate, context: Context) -> Reading | None:
    part = part_code(c.parts) or "TNI"
    base = context.anchor("day") or (Period(unit="day", start=context.published) if context.published else None)
    if base is None:
        return unresolved(f"XXXX-XX-XX{part}", "TIME")
    return named(Period(unit="day", start=base.start), "event-before", part=part)


def read_reference(c: Candidate, _context: Context) -> Reading | None:
    said = c.parts["reference"].lower()
    return Reading(type=words("references", "word", "type")[said], value=words("references", "word", "value")[said])


READERS: dict[str, Callable[[Candidate, Context], Reading | None]] = {
    "date": read_date, "iso": read_iso, "slash": read_slash, "month": read_month, "monthrange": read_month_range,
    "year": read_year, "yearrange": read_year_range, "decade": read_decade, "century": read_century, "half": read_half,
    "season": read_season, "holiday": read_holiday, "relday": read_relative_day, "weekday": read_weekday,
    "relunit": read_relative_unit, "yearend": read_year_end, "weekof": read_week_of, "quarter": read_quarter,
    "period": read_quarter_context, "shift": read_shift, "shiftclause": read_shift_clause, "duration": read_duration,
    "durationplural": read_duration_plural, "durationvague": read_duration_vague, "set": read_set, "clock": read_clock,
    "part": read_part, "reference": read_reference,
}


def read(c: Candidate, context: Context) -> Reading | None:
    """Return what the candidate means; None where it turns out to be no time after all."""
    return READERS[c.kind](c, context)
