"""How much stands under each day, week or month as a strip of bars, to choose a stretch of time by. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from html import escape

from dragoman.answer.dyads_series import period
from dragoman.answer.svg import BLUE, LINE, QUIET, length, line, rect, svg, text

WIDTH, LEFT, RIGHT, TOP, TALL = 860, 16, 16, 12, 44
DATES = 8  # dates named below
LEAST = 2  # pixels of a bar that is there at all
DAYS, WEEKS = 62, 500  # spans up to which bars of a day, of a week are wide enough to hit
Address = Callable[[str, str], str]


def picture(days: Sequence[tuple[str, int]], href: Address, since: str | None = None, until: str | None = None) -> str:
    """Return the strip of days (ISO, how many), each bar a link to what `href` gives for its first and last day.

    Its `data-` says which days lie where, for brushing; the stretch that is chosen has a ground of its own.
    """
    if not days:
        return ""
    by = _step(days)
    counted: Counter[str] = Counter()
    for told, n in days:
        counted[period(told, by)] += n
    bars = [(date.fromisoformat(start), _after(start, by), n) for start, n in sorted(counted.items())]
    first, last = bars[0][0], bars[-1][1]
    span = (last - first).days

    def x(day: date, after: int = 0) -> float:
        return LEFT + min(max(((day - first).days + after) / span, 0), 1) * (WIDTH - LEFT - RIGHT)

    parts: list[str] = []
    if since or until:
        a = x(date.fromisoformat(since)) if since else LEFT
        b = x(date.fromisoformat(until), 1) if until else WIDTH - RIGHT
        parts.append(rect(a, TOP, max(b - a, LEAST), TALL, fill="#fff1b8"))
    parts.append(line(LEFT, TOP + TALL, WIDTH - RIGHT, TOP + TALL, LINE))
    most = max(n for *_, n in bars)
    parts += [p for a, b, n in bars for p in _bar((x(a), x(b)), n / most, f"{by} of {a}: {n}", href(*_ends(a, b)))]
    for k in range(DATES):
        day = first + timedelta(days=span * k // DATES)
        named = day.isoformat()[: 7 if by == "month" else 10]
        parts.append(text(x(day), TOP + TALL + 16, named, size=11, fill=QUIET, anchor="start"))
    made = svg(f"Acts by {by}", (WIDTH, TOP + TALL + 26), parts)
    edges = f'data-left="{LEFT}" data-right="{WIDTH - RIGHT}" data-top="{TOP}" data-tall="{TALL}"'
    return made.replace('role="img"', f'role="group" data-first="{first}" data-last="{last}" {edges}', 1)


def _step(days: Sequence[tuple[str, int]]) -> str:
    span = (date.fromisoformat(days[-1][0]) - date.fromisoformat(days[0][0])).days
    return "day" if span <= DAYS else "week" if span <= WEEKS else "month"


def _bar(edges: tuple[float, float], share: float, said: str, address: str) -> Iterator[str]:
    """Yield a bar in a link, with a ground as tall as the strip that is easy to hit."""
    left, wide = edges[0], max(edges[1] - edges[0] - 1, 1)
    tall = max(share * TALL, LEAST)
    ground = f'<rect x="{length(left)}" y="{TOP}" width="{length(wide)}" height="{TALL}" fill-opacity="0"/>'
    yield f'<a href="{escape(address)}" aria-label="{said}"><title>{said}</title>{ground}'
    yield f"{rect(left, TOP + TALL - tall, wide, tall, fill=BLUE)}</a>"


def _ends(begin: date, after: date) -> tuple[str, str]:
    return begin.isoformat(), (after - timedelta(days=1)).isoformat()


def _after(start: str, by: str) -> date:
    """Return the first day of the period that follows."""
    day = date.fromisoformat(start)
    if by == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(days=7 if by == "week" else 1)
