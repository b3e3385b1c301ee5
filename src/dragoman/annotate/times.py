"""The time expressions of a text, with TIMEX3 value and EDTF: match (grammar), sift (filter), read (resolve)."""

import re
from datetime import date

from dragoman.annotate.syntax import parse_text
from dragoman.annotate.times_extent import days_after, trimmed
from dragoman.annotate.times_filter import stands
from dragoman.annotate.times_grammar import Candidate, candidates
from dragoman.annotate.times_lengths import clock_code
from dragoman.annotate.times_quarters import reported_on
from dragoman.annotate.times_reading import Context, Reading, named, narrowed, part_code
from dragoman.annotate.times_resolve import read
from dragoman.annotate.times_tense import comes, direction, term
from dragoman.annotate.times_value import Period
from dragoman.records import Parse, TimeExpression
from dragoman.tree import tokens_between

_JOIN = re.compile(r",?\s+(?:on\s+)?")
_ZONED = re.compile(r"(?:\s*\([^()\n]{1,20})?\)\s*,?\s*(?:on\s+)?")
_SINCE = re.compile(
    r"\b(?:since|starting|beginning|effective|as of|from)\s+(?:at least\s+|about\s+|around\s+|the\s+)?$", re.IGNORECASE
)
_UNTIL = re.compile(
    r"\b(?:until|till|by|through|up to|no later than)\s+(?:about\s+|around\s+|at least\s+|the\s+)?$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:around|about|approximately|circa|roughly)\s+$", re.IGNORECASE)
_TENSED = frozenset(
    "date month monthrange weekday season quarter period half holiday namedday holidayweek daybeside relunit "
    "weekof clock part shift".split()
)
_DAYS = frozenset("date weekday holiday namedday daybeside".split())
_NEAR = 3  # sentences back in which a quarter is still the one in hand


def times_of_text(text: str, published: str | None = None) -> list[TimeExpression]:
    """Return the time expressions of a bare text."""
    return find_times(parse_text(text), published)


def find_times(parse: Parse, published: str | None) -> list[TimeExpression]:
    """Return the time expressions in order, none overlapping.

    `published` is an ISO date, with or without a time; with None, or with less than a full date, what is relative to it
    stays without EDTF (basis "unresolved"). The machine's clock is never asked.
    """
    course = _Course(parse, Context(published=publication_day(published)))
    groups = _joined(_chosen(parse), parse.text)
    found = []
    for n, group in enumerate(groups):
        day = next((g for g in groups[n + 1 : n + 3] if _is_clock_of(group, g, parse.text)), None)
        reading = course.read([*group, *day]) if day else course.read(group)
        if reading is not None:
            course.keep(group[-1], reading)
            found.append(_expression(parse.text, group[0].start, _end(group[-1], reading), reading))
    return found


class _Course:
    """The reading of one text from its beginning: what each expression can lean on when its turn comes."""

    def __init__(self, parse: Parse, context: Context) -> None:
        self.parse = parse
        self.context = context
        self._where: list[tuple[int, Period]] = []
        self._told: list[tuple[int, Period]] = []

    def read(self, group: list[Candidate]) -> Reading | None:
        """Return what a group means, with the clock time that it may begin with; None where it is no time."""
        parse, context, main, start = self.parse, self.context, group[-1], group[0].start
        sentence = _sentence(parse, start)
        context.here = [p for s, p in self._where if sentence == s]
        context.near = [p for s, p in self._where if sentence - s < _NEAR]
        context.told = [p for s, p in self._told if sentence - s < _NEAR]
        context.lead = (parse.text[max(0, start - 24) : start].split() or [""])[-1].lower()
        tensed = main.kind in _TENSED
        context.direction = direction(parse, start, main.end, day=main.kind in _DAYS) if tensed else ""
        context.planned = main.kind == "quarter" and context.direction == "future"
        context.term = term(parse, start, main.end) if main.kind == "duration" else ""
        context.comes = main.kind == "shiftclause" and comes(parse, main.start, main.end)
        reading = read(main, context)
        if reading is None:
            return None
        return _with_clock(group[0], main, reading) if len(group) > 1 else narrowed(main.parts, reading)

    def keep(self, main: Candidate, reading: Reading) -> None:
        """Keep what was read for the expressions that follow."""
        if self.context.planned:
            return
        sentence = _sentence(self.parse, main.start)
        if reading.period is not None and not _compares(main):
            self.context.anchors.append(reading.period)
            self._where.append((sentence, reading.period))
        if reported := reported_on(main, reading, self.context):
            self._told.append((sentence, reported))


def _end(c: Candidate, reading: Reading) -> int:
    """Return where the expression ends: "a few hours later" is a length, and that is without "later"."""
    if c.name != "shift" or reading.type != "DURATION":
        return c.end
    return c.start + len(c.text_lower[: c.text_lower.rindex(c.parts["way"].lower())].rstrip())


def _is_clock_of(group: list[Candidate], day: list[Candidate], text: str) -> bool:
    """Return whether a clock time and a day stand apart only by the clock of another zone in brackets.

    In "at 10:35 a.m. (0735 GMT) Friday" both clock times are those of Friday.
    """
    if group[-1].kind != "clock" or day[0].kind not in {"date", "weekday", "relday"}:
        return False
    return _ZONED.fullmatch(text, group[-1].end, day[0].start) is not None


def _compares(c: Candidate) -> bool:
    """Return whether the expression only compares ("from 12 million a year earlier"): no later date hangs on it."""
    return c.kind == "shift" and c.parts.get("unit", "").lower() == "year" and "num" not in c.parts


def publication_day(published: str | None) -> date | None:
    """Return the day of an ISO date or date-time, None where there is no full date."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _chosen(parse: Parse) -> list[Candidate]:
    """Return the matches that stand, leftmost and longest first, none overlapping."""
    found: list[Candidate] = []
    for c in candidates(parse.text):
        if (not found or c.start >= found[-1].end) and stands(c, parse):
            found.extend(days_after(trimmed(c, parse), parse))
    return found


def _joined(found: list[Candidate], text: str) -> list[list[Candidate]]:
    """Return the matches in groups: a clock time and the day after it ("10 p.m. Wednesday") are one expression."""
    groups: list[list[Candidate]] = []
    for c in found:
        last = groups[-1][-1] if groups else None
        if (
            last
            and last.kind in {"clock", "part"}
            and c.kind in {"date", "weekday", "relday"}
            and _JOIN.fullmatch(text, last.end, c.start)
        ):
            groups[-1].append(c)
        else:
            groups.append([c])
    return groups


def _with_clock(clock: Candidate, day: Candidate, reading: Reading) -> Reading:
    """Return the reading of a day with its clock time; "8 o'clock on Monday night" is 20:00."""
    if "part" in day.parts and not {"half", "part"} & clock.parts.keys():
        clock = clock._replace(parts=clock.parts | {"part": day.parts["part"]})
    part = clock_code(clock) if clock.kind == "clock" else part_code(clock.parts)
    if reading.period is None or reading.period.unit != "day" or not part:
        return reading
    return named(Period(unit="day", start=reading.period.start), reading.basis or "", part=part)


def _sentence(parse: Parse, start: int) -> int:
    here = tokens_between(parse, start, start + 1)
    return here[0].sentence if here else 0


def _expression(text: str, start: int, end: int, reading: Reading) -> TimeExpression:
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        type=reading.type,
        value=reading.value,
        edtf=_bounded(text, start, end, reading),
        basis=reading.basis,
    )


def _bounded(text: str, start: int, end: int, reading: Reading) -> str | None:
    """Return the EDTF with the word before it heard: since = open end, until = open start, about = approximate."""
    edtf = reading.edtf
    if edtf is None or reading.type not in {"DATE", "TIME"} or reading.period is None:
        return edtf
    said, before = text[start:end].lower(), text[max(0, start - 24) : start]
    if said.endswith((" or later", " and beyond")):
        return f"{edtf}/.."
    if said.endswith(" or earlier"):
        return f"../{edtf}"
    if (said.startswith("later this ") and "/" not in edtf) or (reading.period.unit == "day" and "/" in edtf):
        return edtf  # "from Feb. 1-7" has its end
    if _SINCE.search(before) and not re.match(r"\s*(?:to|until|through|till|-|–)\s", text[end : end + 9]):
        return f"{edtf.partition('/')[0]}/.."
    if _UNTIL.search(before):
        return f"../{edtf.rpartition('/')[2]}"
    return (
        f"{edtf}~"
        if (_ABOUT.search(before) or said.startswith(("around", "about"))) and "/" not in edtf and edtf[-1] != "~"
        else edtf
    )
