"""A dyad as a picture in SVG: cooperation above the line, conflict below, the level, breaks named. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape

from dragoman.answer.dyads import Break, Dyad
from dragoman.answer.dyads_series import Point
from dragoman.answer.dyads_trend import Level
from dragoman.answer.svg import BLUE, INK, LINE, ORANGE, QUIET, length, line, path, rect, svg, text
from dragoman.answer.words import clip, count
from dragoman.records import Record

WIDTH, LEFT, RIGHT, TOP, TALL = 860, 62, 24, 84, 300
NAMED = 3  # events named under the picture for each break
LONGEST = 112  # characters of a line under the picture
DATES = 6  # dates named along the line


class _Frame(Record, frozen=True):
    """Where things stand: the first and last day, the greatest and least score."""

    first: int
    last: int
    most: float
    least: float

    def x(self, day: str, after: float = 0.0) -> float:
        """Return the place of a day, and of as many days after it."""
        at = date.fromisoformat(day).toordinal() + after - self.first
        return LEFT + at / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, score: float) -> float:
        """Return the height of a score."""
        return TOP + (self.most - score) / (self.most - self.least) * TALL


class OnPage(Record, frozen=True):
    """What a page adds to the picture: the address of the events between two days, and the stretch that is chosen."""

    href: Callable[[str, str], str]
    since: str | None = None
    until: str | None = None


def picture(answer: Dyad, page: OnPage | None = None) -> str:
    """Return the picture of a dyad by week, both directions.

    On a page each week is a link to its events, and the picture says in `data-` which days lie where, for brushing.
    """
    title = f"{answer.a} – {answer.b}: PLOVER score a week"
    points = answer.one("both", "week").points
    named = [part for i, b in enumerate(answer.breaks, 1) for part in _told(i, b)]
    parts = [text(20, 30, title, size=16, weight="bold", anchor="start"), *_legend(answer)]
    foot = TOP + TALL + 44
    if points:
        frame = _frame(points, answer.trend)
        weeks = _links(frame, points, page) if page else _bars(frame, points)
        parts += [*_grid(frame), *_chosen(frame, page), *_band(frame, answer.trend)]
        parts += [*weeks, *_level(frame, answer.trend)]
        parts += [part for i, b in enumerate(answer.breaks, 1) for part in _break(frame, i, b)]
    else:
        parts.append(
            text(WIDTH / 2, TOP + TALL / 2, "nothing done on a known day", size=14, fill=QUIET, anchor="middle")
        )
    parts += [
        text(20, foot + 20 * i, words, size=12, anchor="start", fill=fill) for i, (words, fill) in enumerate(named)
    ]
    made = svg(title, (WIDTH, foot + 20 * len(named) + 6), parts)
    return _brushed(made, _frame(points, answer.trend)) if page and points else made


def _legend(answer: Dyad) -> Iterator[str]:
    span = " to ".join(d for d in (answer.since, answer.until) if d)
    as_of = f"as of {answer.as_of}" if answer.as_of else ""
    weight = f"weighted by {answer.weight}" if answer.weight != "none" else "each event once"
    said = " · ".join(part for part in (span, as_of, answer.only, weight, "acts done, no background") if part)
    yield text(20, 50, clip(said, LONGEST), size=12, fill=QUIET, anchor="start")
    yield rect(LEFT, 62, 10, 10, fill=BLUE)
    yield text(LEFT + 16, 71, "cooperation", size=12, anchor="start")
    yield rect(LEFT + 104, 62, 10, 10, fill=ORANGE)
    yield text(LEFT + 120, 71, "conflict", size=12, anchor="start")
    yield line(LEFT + 184, 67, LEFT + 204, 67, INK, width=2)
    yield text(LEFT + 210, 71, "net, smoothed, with its 95 % band", size=12, anchor="start")


def _frame(points: Sequence[Point], levels: Sequence[Level]) -> _Frame:
    """Return the frame that holds all bars and the band where it is no wider than twice the bars."""
    up = max(sum(p.scores[:2]) for p in points)
    down = min(min(0.0, *p.scores[2:], p.scores[2] + p.scores[3]) for p in points)
    reach = 2 * max(up, -down, 1.0)
    most = max([up, 1.0, *(min(x.high, reach) for x in levels)])
    least = min([down, -1.0, *(max(x.low, -reach) for x in levels)])
    days = [date.fromisoformat(p.start).toordinal() for p in points]
    return _Frame(first=days[0], last=days[-1] + 7, most=most, least=least)


def _grid(frame: _Frame) -> Iterator[str]:
    """Yield the line of zero, the scores beside it and the dates below."""
    for score in _ticks(frame.least, frame.most):
        yield line(LEFT, frame.y(score), WIDTH - RIGHT, frame.y(score), QUIET if score == 0 else LINE)
        yield text(LEFT - 8, frame.y(score) + 4, f"{score:+g}" if score else "0", size=12, fill=QUIET)
    weeks = (frame.last - frame.first) // 7
    for k in range(0, weeks, max(1, -(-weeks // DATES))):
        day = date.fromordinal(frame.first + 7 * k).isoformat()
        yield text(frame.x(day), TOP + TALL + 18, day, size=12, fill=QUIET, anchor="start")


def _ticks(least: float, most: float) -> list[float]:
    """Return round scores between the two, about six."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if (most - least) / s <= 7)
    first = -(-int(least) // step) if least < 0 else 0
    return [float(k * step) for k in range(min(0, first), int(most // step) + 1) if least <= k * step <= most]


def _bars(frame: _Frame, points: Sequence[Point]) -> Iterator[str]:
    """Yield two bars a week; what is asked for counts nothing or little and may stand above the line."""
    wide = max(1.0, (frame.x(points[0].start, 7) - frame.x(points[0].start)) * 0.8)
    for p in points:
        up, down = sum(p.scores[:2]), sum(p.scores[2:])
        x = frame.x(p.start)
        if up > 0:
            yield rect(x, frame.y(up), wide, frame.y(0) - frame.y(up), fill=BLUE)
        if down:
            yield rect(x, frame.y(max(0.0, down)), wide, abs(frame.y(down) - frame.y(0)), fill=ORANGE)


def _links(frame: _Frame, points: Sequence[Point], page: OnPage) -> Iterator[str]:
    """Yield the bars, those of one week in a link that says what they are."""
    for p in points:
        last = date.fromordinal(date.fromisoformat(p.start).toordinal() + 6).isoformat()
        said = f"week of {p.start}: {count(len(p.events), 'event')}, net {p.net:+g}"
        tall = f'y="{length(TOP)}" width="{length(frame.x(p.start, 7) - frame.x(p.start))}" height="{length(TALL)}"'
        ground = f'<rect x="{length(frame.x(p.start))}" {tall} fill="#ffffff" fill-opacity="0"/>'  # a mark easy to hit
        bars = "".join(_bars(frame, [p]))
        href = escape(page.href(p.start, last))
        yield f'<a href="{href}" aria-label="{said}"><title>{said}</title>{ground}{bars}</a>'


def _chosen(frame: _Frame, page: OnPage | None) -> Iterator[str]:
    """Yield the ground of the stretch that is chosen."""
    if page and (page.since or page.until):
        left = max(LEFT, frame.x(page.since) if page.since else LEFT)
        right = min(WIDTH - RIGHT, frame.x(page.until, 1) if page.until else WIDTH - RIGHT)
        if right > left:
            yield rect(left, TOP, right - left, TALL, fill="#fff1b8")


def _brushed(made: str, frame: _Frame) -> str:
    """Return the picture with the days at its edges, in its own units."""
    days = f'data-first="{date.fromordinal(frame.first)}" data-last="{date.fromordinal(frame.last)}"'
    edges = f'data-left="{LEFT}" data-right="{WIDTH - RIGHT}" data-top="{TOP}" data-tall="{TALL}"'
    # An image has no parts for a reader of the screen; a group has links in it.
    return made.replace('role="img"', f'role="group" {days} {edges}', 1)


def _band(frame: _Frame, levels: Sequence[Level]) -> Iterator[str]:
    if levels:
        edge = [(frame.x(x.week, 3), frame.y(min(x.high, frame.most))) for x in levels]
        edge += [(frame.x(x.week, 3), frame.y(max(x.low, frame.least))) for x in reversed(levels)]
        yield path(edge, fill=QUIET, fill_opacity="0.18", stroke="none")


def _level(frame: _Frame, levels: Sequence[Level]) -> Iterator[str]:
    if levels:
        points = [(frame.x(x.week, 3), frame.y(x.level)) for x in levels]
        yield path(points, fill="none", stroke=INK, stroke_width="2")


def _break(frame: _Frame, number: int, b: Break) -> Iterator[str]:
    x = frame.x(b.week)
    yield line(x, TOP, x, TOP + TALL, INK, dash="4 4")
    yield text(x + 4, TOP + 12, str(number), size=13, weight="bold", anchor="start")


def _told(number: int, b: Break) -> Iterator[tuple[str, str]]:
    """Yield the lines under the picture for a break, each with its ink."""
    yield f"{number}  week of {b.week}: from {b.before:+.1f} to {b.after:+.1f} a week", INK
    for m in b.makers[:NAMED]:
        yield clip(f"      {m.day} · {m.what} ({m.share:+.2f}) · {m.event[:8]}", LONGEST), QUIET
