"""Dyads as flat tables, as Markdown and as a chart of blocks. What they say is decided in `dyads` and its like."""

from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.answer.dyads import Dyad
from dragoman.answer.dyads_changes import Changed
from dragoman.answer.dyads_moved import Movers
from dragoman.answer.dyads_series import Point, period
from dragoman.answer.markdown import plain
from dragoman.answer.tables import Column, Table, table, to_markdown
from dragoman.records import Record

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
UP, DOWN = ("▄", "█"), ("▀", "█")
ROWS = 4  # of the chart above the line, and below it: eight steps each


class _Row(Record, frozen=True):
    direction: str
    by: str
    status: str
    point: Point


def series_table(answer: Dyad, by: str) -> Table:
    """Return one row a direction, status and period: counts and scores by quad class, net score, ids of the events."""
    rows = [
        _Row(direction=s.direction, by=s.by, status=s.status, point=p)
        for s in answer.series
        if s.by == by
        for p in s.points
    ]
    columns: tuple[Column, ...] = (
        ("direction", "text", lambda r: r.direction),
        ("by", "text", lambda r: r.by),
        ("status", "text", lambda r: r.status),
        ("start", "text", lambda r: r.point.start),
        *((name, "number", lambda r, i=i: r.point.counts[i]) for i, name in enumerate(QUADS)),
        *((f"score_{name}", "number", lambda r, i=i: r.point.scores[i]) for i, name in enumerate(QUADS)),
        ("net", "number", lambda r: r.point.net),
        ("undated", "integer", lambda r: r.point.undated),
        ("events", "list", lambda r: list(r.point.events)),
    )
    return table(columns, rows)


CHANGED: tuple[Column, ...] = (
    ("id", "text", lambda x: x[0]),
    ("kind", "text", lambda x: x[1]),
    ("quad", "integer", lambda x: x[2]),
    ("what", "text", lambda x: x[3]),
    ("before", "text", lambda x: x[4]),
    ("after", "text", lambda x: x[5]),
)
MOVED: tuple[Column, ...] = (
    ("a", "text", lambda m: m.a),
    ("b", "text", lambda m: m.b),
    ("before", "number", lambda m: m.before),
    ("after", "number", lambda m: m.after),
    ("moved", "number", lambda m: m.moved),
    ("cooperative", "integer", lambda m: m.cooperative),
    ("conflictual", "integer", lambda m: m.conflictual),
    ("events", "list", lambda m: list(m.events)),
    ("earlier", "list", lambda m: list(m.earlier)),
)


def changed_table(answer: Changed) -> Table:
    """Return one row a new event, then one row a change of a known one."""
    new = [(x.event, "new", x.quad, x.what, None, x.status) for x in answer.new]
    return table(CHANGED, [*new, *((c.event, c.kind, None, c.what, c.before or None, c.after) for c in answer.known)])


def moved_table(answer: Movers | None) -> Table:
    """Return one row a pair."""
    return table(MOVED, answer.pairs if answer else ())


# ---------------------------------------------------------------- Markdown
def markdown(answer: Dyad, by: str) -> str:
    """Return a dyad as Markdown: what was counted, the breaks with their events, the table of both directions."""
    return "\n".join([*course(answer), "", to_markdown(series_table(answer, by))])


def course(answer: Dyad) -> list[str]:
    """Return the lines of Markdown above the table: what was counted, the breaks with their events."""
    parts = [f"# {plain(answer.a)} – {plain(answer.b)}", "", f"{counted(answer)}.", ""]
    for b in answer.breaks:
        parts += [f"- **{b.week}**: from {b.before:+.1f} to {b.after:+.1f} a week"]
        parts += [f"  - {m.day} {plain(m.what)} ({m.share:+.2f}) `{m.event}`" for m in b.makers]
    return parts


def counted(answer: Dyad) -> str:
    """Return what the series hold and what they leave out, in a sentence."""
    done, planned = (_events(answer.one("both", "month", status).points) for status in ("done", "planned"))
    out = (
        (len(answer.background), "background"),
        (len(answer.undone), "not done"),
        (len(answer.unplaced), "on no day"),
    )
    left = ", ".join(f"{n} {name}" for n, name in out if n)
    weight = f", weighted by {answer.weight}" if answer.weight != "none" else ""
    return f"{done} acts done, {planned} planned{weight}" + (f"; not counted: {left}" if left else "")


def _events(points: Sequence[Point]) -> int:
    return sum(len(p.events) for p in points)


# ---------------------------------------------------------------- a chart of blocks
class Chart(Record, frozen=True):
    """Lines of equal width above and below the line of zero; `each` periods stand in one column."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    first: str
    last: str
    each: int
    most: float


def chart(points: Sequence[Point], by: str, width: int) -> Chart | None:
    """Return the sums of cooperation and conflict by period, in no more than `width` columns; None without points."""
    if not points:
        return None
    known = {p.start: p for p in points}
    starts = _periods(points[0].start, points[-1].start, by)
    each = -(-len(starts) // max(1, width))
    columns = [[known[s] for s in starts[i : i + each] if s in known] for i in range(0, len(starts), each)]
    up = [sum(max(0.0, x) for p in some for x in p.scores[:2]) for some in columns]
    down = [-sum(min(0.0, x) for p in some for x in p.scores[2:]) for some in columns]
    most = max([*up, *down, 0.5])
    return Chart(
        above=tuple(_row(up, most, row, UP) for row in range(ROWS - 1, -1, -1)),
        below=tuple(_row(down, most, row, DOWN) for row in range(ROWS)),
        first=starts[0],
        last=starts[-1],
        each=each,
        most=most,
    )


def _row(values: Sequence[float], most: float, row: int, blocks: tuple[str, str]) -> str:
    """Return one line of the chart: nothing, a half or a whole block where a value reaches this far."""
    half, whole = blocks
    steps = [max(1, round(v / most * 2 * ROWS)) if v else 0 for v in values]
    return "".join(whole if s >= 2 * row + 2 else half if s == 2 * row + 1 else " " for s in steps)


def _periods(first: str, last: str, by: str) -> list[str]:
    """Return the first day of every period from one to the other."""
    found, at = [first], date.fromisoformat(first)
    while found[-1] < last:
        at += timedelta(days={"day": 1, "week": 7}.get(by, 31))
        start = period(at.isoformat(), by)
        at = date.fromisoformat(start)
        found.append(start)
    return found
