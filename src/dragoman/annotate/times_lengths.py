"""Readings of lengths, repetitions, clock times and vague references: two weeks, every Monday, 10 p.m., recently."""

from dragoman.annotate.times_grammar import Candidate
from dragoman.annotate.times_reading import Context, Reading, amount_of, named, part_code, unresolved
from dragoman.annotate.times_shift import shifted
from dragoman.annotate.times_value import Period, containing, duration
from dragoman.scheme.calendar import integers, number, units, words


# ---------------------------------------------------------------- durations and sets
def read_duration(c: Candidate, context: Context) -> Reading | None:
    """Read two weeks, half an hour, the last four years; what is tied to publication gets an interval."""
    said = c.parts.get("unit") or c.parts["units"]
    unit = units()[said.lower()]
    if "num" in c.parts:
        amount = amount_of(c.parts["num"])
    else:
        amount = (
            None
            if "vague" in c.parts or ("units" in c.parts and unit.many)
            else 0.5
            if "half" in c.parts and "one" not in c.parts
            else 1.0
        )
    whole = "one" in c.parts or "num" in c.parts
    if amount is not None and ((whole and "half" in c.parts) or c.text_lower.endswith("and a half")):
        amount += 0.5
    value = "P1D" if amount == 24 and unit.name == "hour" else duration(unit.code, amount, times=unit.times)
    if "unit2" in c.parts and amount is not None:
        second = duration(units()[c.parts["unit2"].lower()].code, number(c.parts["num2"]))
        value += second.removeprefix("PT") if "T" in value else second.removeprefix("P")
    term = _term(unit.name, amount, context) if "rel" not in c.parts else None
    edtf = term or _reach(c, unit.name, amount, context)
    return Reading(type="DURATION", value=value, edtf=edtf, basis="publication" if edtf or "rel" in c.parts else None)


def _term(unit: str, amount: float | None, context: Context) -> str | None:
    """Return about when "will leave in two weeks" is, and until when "within two weeks".

    It counts from the day that the sentence names, else from publication.
    """
    if not context.term or amount is None or context.published is None:
        return None
    start = context.here[-1] if context.here else Period(unit="day", start=context.published)
    if unit not in {"day", "week", "month", "year"} or start.unit != "day" or start.start > context.published:
        return None
    found = shifted(start, unit, amount, from_now=True, hedged=True).edtf
    return found and (f"../{found.rstrip('~')}" if context.term == "within" else f"{found.rstrip('~')}~")


def _reach(c: Candidate, unit: str, amount: float | None, context: Context) -> str | None:
    """Return the interval of "the last four years", "the next two weeks": from or to the day of publication."""
    rel = c.parts.get("rel", "").lower()
    grain = {"decade": "year", "century": "year"}.get(unit, unit)
    if unit == "hour" and amount is not None and amount >= 24:
        grain, amount = "day", amount // 24
    if (
        rel not in {"last", "past", "next", "coming"}
        or amount is None
        or not context.published
        or grain in {"hour", "minute", "second"}
    ):
        return None
    times = int(amount) * {"decade": 10, "century": 100}.get(unit, 1)
    here = containing("day" if grain == "week" else grain, context.published)
    try:
        far = here.shift((-times if rel in {"last", "past"} else times) * (7 if grain == "week" else 1))
    except (ValueError, OverflowError):  # "the next 10,000 years" leave the calendar
        return None
    first, last = (far, here) if far.start <= here.start else (here, far)
    return f"{_grain(first)}/{_grain(last)}" if first != last else None


def _grain(period: Period) -> str:
    return period.edtf().partition("/")[0]


def read_duration_plural(c: Candidate, _context: Context) -> Reading | None:
    """Read months, recent years: a length without a number."""
    unit = units()[c.parts["units"].lower()]
    if unit.name in {"decade", "century"}:
        return Reading(type="DURATION", value="PXE" if unit.name == "decade" else "PXC")
    return Reading(type="DURATION", value=duration(unit.code, None))


def read_duration_vague(_c: Candidate, _context: Context) -> Reading | None:
    """Read some time, a while."""
    return Reading(type="DURATION", value="PXX")


def read_set(c: Candidate, _context: Context) -> Reading | None:
    """Read daily, every two weeks, Mondays, twice a week."""
    if c.name == "set-weekends":
        return Reading(type="SET", value="XXXX-WXX-WE")
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
    amount = (
        amount_of(c.parts["num"]) if "num" in c.parts else 2.0 if c.parts.get("other", "").lower() == "other" else 1.0
    )
    if "nth" in c.parts:
        amount = float(integers("ordinals", "word", "value")[c.parts["nth"].lower()])
    return Reading(type="SET", value=duration(unit.code, amount, times=unit.times))


# ---------------------------------------------------------------- clock and references
def read_clock(c: Candidate, context: Context) -> Reading | None:
    """Read a clock time, on the day last named nearby; else the day is open, and never that of publication."""
    said = clock_code(c)
    if said is None:
        return None
    base = context.anchor("day")
    if base is None or base not in context.near:
        return unresolved(f"XXXX-XX-XX{said}", "TIME")
    return named(Period(unit="day", start=base.start), "event-before", part=said)


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
    """Read in the morning, overnight: on the day last named."""
    part = part_code(c.parts) or "TNI"
    base = context.anchor("day")
    if base is None:
        return unresolved(f"XXXX-XX-XX{part}", "TIME")
    return named(Period(unit="day", start=base.start), "event-before", part=part)


def read_reference(c: Candidate, _context: Context) -> Reading | None:
    """Read now, recently, soon."""
    said = c.parts["reference"].lower()
    return Reading(type=words("references", "word", "type")[said], value=words("references", "word", "value")[said])
