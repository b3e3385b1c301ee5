"""What a reading of a time expression is and what it may lean on: publication, earlier times, tense, the year."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import msgspec

from dragoman.annotate.times_value import Period, nearest
from dragoman.records import Record
from dragoman.scheme.calendar import number, words

BACK = frozenset("last past previous preceding prior".split())
_EDGES = {"early": ("01", "03"), "late": ("10", "12")}  # the months that an annotator of reports puts there
ON = frozenset("next coming following".split())


class Reading(Record, frozen=True):
    """What an expression means: a TIMEX3 type and value, the period it names where it names one, EDTF and basis."""

    type: str
    value: str | None = None
    edtf: str | None = None
    basis: str | None = None
    period: Period | None = None


@dataclass
class Context:
    """What a reading may lean on: the day of publication, the periods named so far, the tense around it."""

    published: date | None
    direction: str = ""
    anchors: list[Period] = field(default_factory=list)
    here: list[Period] = field(default_factory=list)  # anchors of this sentence
    near: list[Period] = field(default_factory=list)  # anchors of this sentence and of the two before it
    told: list[Period] = field(default_factory=list)  # the quarters and years that these sentences report on
    lead: str = ""  # the word before, in lower case
    planned: bool = False  # it only tells of a quarter to come, to which nothing after it will refer
    term: str = ""  # "in" or "within" before a length by which something will be
    comes: bool = False  # the governing verb says that an event came then, so that its complement can be dated

    def anchor(self, *unit: str) -> Period | None:
        """Return the nearest earlier period, of one of the units where given; the past passes over earlier plans."""
        return next((a for a in reversed(self.anchors) if (not unit or a.unit in unit) and not self._ahead(a)), None)

    def _ahead(self, period: Period) -> bool:
        planned = self.published is not None and period.start > self.published
        return planned and self.direction == "past" and period not in self.here


def named(period: Period, basis: str, *, part: str = "") -> Reading:
    """Return the reading of a period; with a part of day or a clock time it is a TIME."""
    whole = Period(unit=period.unit, start=period.start, part=part) if part and period.unit == "day" else period
    kind = "TIME" if whole.part else "DATE"
    return Reading(type=kind, value=whole.value(), edtf=whole.edtf(), basis=basis, period=whole)


def narrowed(parts: dict[str, str], reading: Reading) -> Reading:
    """Return the reading with an EDTF of three months for "early 2018", "late last year"; the value is the year's."""
    said = parts.get("pm", "").lower().split()[:1]
    months = _EDGES.get(said[0]) if said and reading.period is not None and reading.period.unit == "year" else None
    if months is None or not reading.value or not reading.value.isdigit():
        return reading
    return msgspec.structs.replace(reading, edtf="/".join(f"{reading.value}-{m}" for m in months))


def unresolved(value: str | None = None, kind: str = "DATE") -> Reading:
    """Return the reading of an expression that nothing given here can tie to the calendar."""
    return Reading(type=kind, value=value, basis="unresolved")


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
    """Return what `make` gives for the year named, else for the year that tense and publication make likely."""
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
    return named(
        nearest(choices, context.published, context.direction), "tense" if context.direction else "publication"
    )


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return that day, None where the calendar has none (30 February)."""
    try:
        return Period(unit="day", start=date(year, month, day))
    except ValueError:
        return None


def amount_of(said: str) -> float | None:
    """Return the number that "two", "2 1/2" or "a couple of" stands for."""
    low = said.lower()
    return 2.0 if "couple" in low or "pair" in low else number(low)
