"""Dyads drawn for the terminal with rich. What they say is decided by `answer`."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.dyads import Break, Dyad
from dragoman.answer.dyads_changes import Changed, NewEvent
from dragoman.answer.dyads_moved import Movers
from dragoman.answer.dyads_series import Point
from dragoman.answer.dyads_tables import Chart, chart, counted
from dragoman.answer.words import count
from dragoman.cli.show import ID, STATUS

QUAD = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
LAST = 12  # periods shown under the chart: the other forms have all
PLURAL = {"day": "days", "week": "weeks", "month": "months"}


def dyad(answer: Dyad, by: str, width: int) -> RenderableType:
    """Return a dyad: counts by direction, the chart, the level, the breaks, the last periods."""
    points = answer.one("both", by).points
    parts: list[RenderableType] = [_head(answer), Text(), _directions(answer)]
    if drawn := chart(points, by, width - 2):
        parts += [Text(), _chart(drawn, by)]
    if answer.trend:
        last = answer.trend[-1]
        band = f"{last.low:+.1f} to {last.high:+.1f}"
        parts += [Text(), Text(f"net score a week, smoothed: {last.level:+.1f} ({band}) in the week of {last.week}")]
    if answer.breaks:
        parts += [Text(), Text("BREAKS", style="bold"), *map(_break, answer.breaks)]
    return Group(*parts, *([Text(), _periods(points, by)] if points else []))


def _head(answer: Dyad) -> RenderableType:
    span = " to ".join(d for d in (answer.since, answer.until) if d)
    as_of = f"as of {answer.as_of}" if answer.as_of else ""
    said = " · ".join(part for part in (counted(answer), span, as_of, answer.only) if part)
    return Group(Text(f"{answer.a} – {answer.b}".upper(), style="bold"), Text(said))


def _directions(answer: Dyad) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    drawn.add_column("done: events (score)")
    for name in QUAD.values():
        drawn.add_column(name.replace(" ", "\n"), justify="right")
    drawn.add_column("net", justify="right")
    for name in answer.directions:
        points = answer.one(name, "month").points
        cells = [_cell(sum(p.counts[i] for p in points), sum(p.scores[i] for p in points)) for i in range(4)]
        drawn.add_row(Text(name), *cells, f"{sum(p.net for p in points):+g}")
    return drawn


def _cell(number: float, score: float) -> str:
    return f"{number:g} ({score:+g})" if number else "–"


def _chart(drawn: Chart, by: str) -> RenderableType:
    wide = len(drawn.above[0])
    each = f"one column: {count(drawn.each, by)}" if drawn.each > 1 else f"one column: a {by}"
    foot = f"{drawn.first} to {drawn.last} · {each} · full height: {drawn.most:g}"
    above = [Text(line, style="blue") for line in drawn.above]
    below = [Text(line, style="yellow") for line in drawn.below]
    said = (Text("cooperation", style="dim"), Text("─" * wide), Text("conflict", style="dim"))
    return Padding(Group(said[0], *above, said[1], *below, said[2], Text(foot, style="dim")), (0, 0, 0, 1))


def _break(b: Break) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True, style="dim")
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    drawn.add_column(justify="right", no_wrap=True)
    for m in b.makers:
        drawn.add_row(m.event[:ID], m.day, Text(m.what), f"{m.share:+.2f}")
    head = f"week of {b.week}: from {b.before:+.1f} to {b.after:+.1f} a week; most of it by"
    return Group(Text(head), Padding(drawn, (0, 0, 0, 2)))


def _periods(points: Sequence[Point], by: str) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name, justify in ((f"{by} from", "left"), ("events", "right"), ("net", "right")):
        drawn.add_column(name, justify="left" if justify == "left" else "right", no_wrap=True)
    drawn.add_column("ids", overflow="fold", style="dim")
    for p in points[-LAST:]:
        drawn.add_row(p.start, str(len(p.events)), f"{p.net:+g}", " ".join(e[:ID] for e in p.events))
    left = len(points) - LAST
    return Group(drawn, *([Text(f"… and {left} earlier {PLURAL[by]}: --format csv", style="dim")] if left > 0 else []))


# ---------------------------------------------------------------- what changed
def changed(answer: Changed) -> RenderableType:
    """Return what changed since a day: new events by quad class, then what became of known ones."""
    until = f" to {answer.until}" if answer.until else ""
    counts = Counter(x.quad for x in answer.new)
    said = ", ".join(f"{counts[q]} {name}" for q, name in QUAD.items() if counts[q]) or "nothing new"
    parts: list[RenderableType] = [
        Text(f"{answer.a} – {answer.b} since {answer.since}{until}".upper(), style="bold"),
        Text(f"new: {said}; {count(len(answer.known), 'change')} of known events"),
    ]
    for quad, name in QUAD.items():
        if some := [x for x in answer.new if x.quad == quad]:
            parts += [Text(), Text(f"NEW: {name.upper()}", style="bold"), _new(some)]
    if answer.known:
        parts += [Text(), Text("KNOWN, CHANGED", style="bold"), _known(answer)]
    return Group(*parts)


def _new(found: Sequence[NewEvent]) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True, style="dim")
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    drawn.add_column(no_wrap=True)
    for x in found:
        when = x.when or f"told {x.told}"
        drawn.add_row(x.event[:ID], when, Text(x.what), Text(x.status, style=STATUS.get(x.status, "")))
    return drawn


def _known(answer: Changed) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True, style="dim")
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    drawn.add_column(overflow="fold")
    for c in answer.known:
        drawn.add_row(c.event[:ID], c.kind, Text(c.what), Text(f"{c.before} → {c.after}" if c.before else c.after))
    return drawn


# ---------------------------------------------------------------- the pairs that moved most
def moved(answer: Movers) -> RenderableType:
    """Return the pairs that moved most."""
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    drawn.add_column("pair", overflow="fold")
    for name in ("before", "after", "moved", "cooperative", "conflictual"):
        drawn.add_column(name, justify="right", no_wrap=True)
    for m in answer.pairs:
        figures = (f"{m.before:+g}", f"{m.after:+g}", f"{m.moved:+g}", str(m.cooperative), str(m.conflictual))
        drawn.add_row(Text(f"{m.a} – {m.b}"), *figures)
    head = f"net score from {answer.since} to {answer.until}, beside that from {answer.before} on"
    return Group(Text(head), Text(), drawn)
