"""A dossier as a picture in SVG: its stages on a line of time, what was planned above, what was done below. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape

from dragoman.answer.svg import BLUE, INK, LINE, ORANGE, QUIET, length, line, svg, text
from dragoman.answer.words import clip, stage_words
from dragoman.edtf import bounds
from dragoman.records import Dossier, Record, Stage

WIDTH, LEFT, RIGHT, TOP = 860, 90, 30, 48
ROW = 20  # height of a row of names
APART = 150  # pixels that a name takes: the next one nearer than this goes to another row
UNDONE = ("suspended", "refused", "cancelled", "ended")


class _Mark(Record, frozen=True):
    """A stage with its place on the line; `row` counts from the line outwards."""

    stage: Stage
    x: float
    row: int


def picture(dossier: Dossier, href: Callable[[str], str] | None = None) -> str:
    """Return the picture of a dossier; with `href` each stage links to the address of its event.

    A stage without a date of its own stands, hollow, on the day on which it was first told; one without either is
    left out and counted.
    """
    placed = [(s, day) for s in dossier.stages if (day := _day(s))]
    days = [date.fromisoformat(day).toordinal() for _, day in placed]
    title = f"{dossier.kind}: {clip(dossier.title, 90)}"
    above = _rows([(s, d) for (s, _), d in zip(placed, days, strict=True) if s.planned], days)
    below = _rows([(s, d) for (s, _), d in zip(placed, days, strict=True) if not s.planned], days)
    high = ROW * (1 + max((m.row for m in above), default=0))
    deep = ROW * (1 + max((m.row for m in below), default=0))
    at = TOP + high + 16
    parts = [text(20, 28, title, size=15, weight="bold", anchor="start"), line(LEFT, at, WIDTH - RIGHT, at, INK)]
    parts += [text(20, at - 14, "planned", size=12, fill=QUIET, anchor="start")]
    parts += [text(20, at + 22, "done", size=12, fill=QUIET, anchor="start")]
    parts += [p for m in above for p in _stage(m, at, -1, href)] + [p for m in below for p in _stage(m, at, 1, href)]
    left = len(dossier.stages) - len(placed)
    foot = at + deep + 34
    if left:
        parts.append(text(20, foot, f"{left} without a day", size=12, fill=QUIET, anchor="start"))
    made = svg(title, (WIDTH, foot + 14), parts)
    return made.replace('role="img"', 'role="group"', 1) if href else made


def _day(s: Stage) -> str | None:
    """Return the day at which a stage stands: the first of its date, else that of its first telling."""
    first, last = bounds(s.date) if s.date else (None, None)
    return first or last or (s.told[:10] if s.told else None)


def _rows(stages: Sequence[tuple[Stage, int]], days: Sequence[int]) -> list[_Mark]:
    """Return marks whose names do not run into each other."""
    found: list[_Mark] = []
    ends: list[float] = []
    span = max(days, default=0) - min(days, default=0) or 1
    for s, day in sorted(stages, key=lambda x: x[1]):
        x = LEFT + (day - min(days)) / span * (WIDTH - LEFT - RIGHT - APART)
        row = next((i for i, end in enumerate(ends) if end <= x), len(ends))
        ends[row : row + 1] = [x + APART]
        found.append(_Mark(stage=s, x=x, row=row))
    return found


def _stage(m: _Mark, at: float, way: int, href: Callable[[str], str] | None) -> Iterator[str]:
    """Yield a stage: a dot on the line, its name in its row; a link where the page gives an address."""
    s = m.stage
    ink = ORANGE if s.stage in UNDONE else BLUE
    y = at + way * (14 + ROW * m.row) + (6 if way > 0 else -4)
    name = clip(stage_words(s).replace(" (planned)", ""), 26)
    said = f"{stage_words(s)}{f', first told {s.told[:10]}' if s.told else ''}, {s.certainty}"
    fill = "#ffffff" if s.planned or not s.date else ink
    dot = f'<circle cx="{length(m.x)}" cy="{length(at)}" r="6" fill="{fill}" stroke="{ink}" stroke-width="2"/>'
    parts = [line(m.x, at, m.x, y, LINE), dot, text(m.x + 8, y + 4, name, size=12, fill=ink, anchor="start")]
    if href:
        yield f'<a href="{escape(href(s.event))}" aria-label="{escape(said)}"><title>{escape(said)}</title>'
    yield from parts
    if href:
        yield "</a>"
