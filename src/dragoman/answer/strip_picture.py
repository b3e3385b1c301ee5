"""How much stands under each month as a strip of bars, to choose a stretch of time by. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from html import escape

from dragoman.answer.svg import BLUE, LINE, QUIET, length, line, rect, svg, text

WIDTH, LEFT, RIGHT, TOP, TALL = 860, 16, 16, 12, 44
DATES = 8  # dates named below
LEAST = 2  # pixels of a bar that is there at all
Month = tuple[str, int]


def picture(
    months: Sequence[Month],
    href: Callable[[str, str], str],
    since: str | None = None,
    until: str | None = None,
) -> str:
    """Return the strip of months (YYYY-MM, how many), each a link to what `href` gives for its first and last day.

    Its `data-` says which days lie where, for brushing; the stretch that is chosen has a ground of its own.
    """
    if not months:
        return ""
    first, last = date.fromisoformat(f"{months[0][0]}-01"), _after(months[-1][0])
    span = (last - first).days

    def x(day: date) -> float:
        return LEFT + min(max((day - first).days / span, 0), 1) * (WIDTH - LEFT - RIGHT)

    parts: list[str] = []
    if since or until:
        a, b = (date.fromisoformat(since) if since else first), (date.fromisoformat(until) if until else last)
        parts.append(rect(x(a), TOP, max(x(b) - x(a), LEAST), TALL, fill="#fff1b8"))
    parts.append(line(LEFT, TOP + TALL, WIDTH - RIGHT, TOP + TALL, LINE))
    parts += [p for m in months for p in _bar(m, max(n for _, n in months), x, href)]
    for k in range(DATES):
        day = first + timedelta(days=span * k // DATES)
        parts.append(text(x(day), TOP + TALL + 16, day.isoformat()[:7], size=11, fill=QUIET, anchor="start"))
    made = svg("Acts by month", (WIDTH, TOP + TALL + 26), parts)
    edges = f'data-left="{LEFT}" data-right="{WIDTH - RIGHT}" data-top="{TOP}" data-tall="{TALL}"'
    return made.replace('role="img"', f'role="group" data-first="{first}" data-last="{last}" {edges}', 1)


def _bar(of: Month, most: int, x: Callable[[date], float], href: Callable[[str, str], str]) -> Iterator[str]:
    name, n = of
    begin, end = date.fromisoformat(f"{name}-01"), _after(name)
    tall = max(n / most * TALL, LEAST)
    wide = max(x(end) - x(begin) - 1, 1)
    address = escape(href(begin.isoformat(), (end - timedelta(days=1)).isoformat()))
    ground = f'<rect x="{length(x(begin))}" y="{TOP}" width="{length(wide)}" height="{TALL}" fill-opacity="0"/>'
    said = f"{name}: {n}"
    yield f'<a href="{address}" aria-label="{said}"><title>{said}</title>{ground}'
    yield f"{rect(x(begin), TOP + TALL - tall, wide, tall, fill=BLUE)}</a>"


def _after(month: str) -> date:
    """Return the first day of the month that follows."""
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)
