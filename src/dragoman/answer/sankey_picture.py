"""Flows as a Sankey in SVG: who gives, what, who takes; a panel for each unit, promises apart from deliveries. Pure."""

from collections.abc import Callable, Iterator, Sequence

from dragoman.answer.map_picture import halo
from dragoman.answer.sankey import Band, Panel, Sankey
from dragoman.answer.svg import INK, LINE, QUIET, length, line, link, rect, svg, text
from dragoman.answer.words import clip, count
from dragoman.records import Record
from dragoman.resolve.flows import amount_words

WIDTH, TOP, SIDE = 900.0, 66.0, 190.0  # SIDE: room for names left and right
BAR, GAP = 12.0, 26.0  # width of an end; room between two, for a name of two lines
TALL, LEAST = 96.0, 3.0  # of all that flows in the greatest panel of a unit; of the thinnest band
HEAD, FOOT = 40.0, 18.0  # above and below the ends of a panel
NAME, LONGEST = 24, 124
UNKNOWN = "not told"
# Commodity by commodity in the order of the alphabet: Okabe and Ito's colours, told apart by most eyes, and grey and
# brown; each has its name beside it too.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#8c6d1f")
TITLES = {
    "delivered": "Delivered", "committed": "Committed (agreed or signed)", "pledged": "Pledged",
    "planned": "Planned (announced for a day)",
}  # fmt: skip
Href = Callable[[Band, Panel], str | None]
Columns = tuple["_Column", "_Column", "_Column"]


class _Ink(Record, frozen=True):
    """The colour of each commodity, and where a band leads."""

    colours: dict[str, str]
    lead: Href


class _End(Record, frozen=True):
    """A bar: what it stands for and where."""

    name: str
    y: float
    tall: float


class _Column(Record, frozen=True):
    x: float
    ends: tuple[_End, ...]

    def at(self, name: str) -> _End:
        return next(e for e in self.ends if e.name == name)


def picture(answer: Sankey, *, href: Href | None = None) -> str:
    """Return the picture; `href` gives the address to which a band of a panel leads."""
    lead: Href = href or (lambda _, __: None)
    title = _title(answer)
    parts = [text(20, 30, title, size=16, weight="bold", anchor="start")]
    said = answer.only or "one scale a unit; each event once, without what is told again or called off"
    parts.append(text(20, 50, clip(said, LONGEST), size=12, fill=QUIET, anchor="start"))
    y = TOP
    colours = _colours(answer)
    for panel in answer.panels:
        tall, drawn = _panel(panel, y, _scale(answer, panel.unit), _Ink(colours=colours, lead=lead))
        parts += drawn
        y += tall
    if not answer.panels:
        parts.append(text(WIDTH / 2, y + 40, "nothing was moved", size=14, fill=QUIET, anchor="middle"))
        y += 80
    told = ". ".join(_band_words(b, p) for p in answer.panels for b in p.bands)
    return svg(title, (WIDTH, y), parts, described=told, linked=href is not None)


def _title(answer: Sankey) -> str:
    between = " and ".join(x for x in (answer.a, answer.b) if x)
    return f"Goods, money and arms moved{f' ({between})' if between else ''}"


def _colours(answer: Sankey) -> dict[str, str]:
    names = sorted({b.commodity or UNKNOWN for p in answer.panels for b in p.bands})
    return {n: COLOURS[i % len(COLOURS)] for i, n in enumerate(names)}


def _scale(answer: Sankey, unit: str | None) -> float:
    """Return the pixels a unit: the same for all panels of it, so that what is pledged compares with what came."""
    return TALL / max(sum(b.size(unit) for b in p.bands) for p in answer.panels if p.unit == unit)


def _band_words(b: Band, p: Panel) -> str:
    unmeasured = f", {count(b.unmeasured, 'flow')} without an amount" if p.unit and b.unmeasured else ""
    ends = f"{b.origin or UNKNOWN} → {b.target or UNKNOWN}: {b.commodity or UNKNOWN}"
    return f"{ends}, {p.of}, {_amount(b, p)}{unmeasured} ({count(len(b.events), 'event')})"


def _amount(b: Band, p: Panel) -> str:
    return amount_words(b.low, b.high, p.unit) if p.unit else count(b.flows, "flow")


# ---------------------------------------------------------------- a panel
def _panel(p: Panel, top: float, scale: float, ink: _Ink) -> tuple[float, list[str]]:
    """Return the height of a panel and its parts."""
    widths = [max(LEAST, b.size(p.unit) * scale) for b in p.bands]
    columns = _columns(p, widths, top + HEAD)
    foot = max(e.y + e.tall for c in columns for e in c.ends)
    unit = f"in {p.unit}" if p.unit else "no amount told: flows counted"
    parts = [
        line(20, top, WIDTH - 20, top, LINE),
        text(20, top + 22, f"{TITLES[p.of]}, {unit}", size=13, weight="bold", anchor="start"),
        *_bands(p, widths, columns, ink),
        *_ends(p, columns, ink),
    ]
    return foot + FOOT - top, parts


def _columns(p: Panel, widths: Sequence[float], top: float) -> Columns:
    left, middle, right = SIDE, WIDTH / 2 - BAR / 2, WIDTH - SIDE - BAR
    return (
        _column(left, [b.origin for b in p.bands], widths, top),
        _column(middle, [b.commodity for b in p.bands], widths, top),
        _column(right, [b.target for b in p.bands], widths, top),
    )


def _column(x: float, names: Sequence[str | None], widths: Sequence[float], top: float) -> _Column:
    """Return the ends of a column below each other, in the order of the bands."""
    tall: dict[str, float] = {}
    for name, wide in zip(names, widths, strict=True):
        tall[name or UNKNOWN] = tall.get(name or UNKNOWN, 0.0) + wide
    ends, y = [], top
    for name, high in tall.items():
        ends.append(_End(name=name, y=y, tall=high))
        y += max(high, 8.0) + GAP
    return _Column(x=x, ends=tuple(ends))


def _bands(p: Panel, widths: Sequence[float], columns: Columns, ink: _Ink) -> Iterator[str]:
    """Yield each band as two ribbons, from its giver to its commodity and on to its taker."""
    used: dict[tuple[int, str], float] = {}
    for b, wide in zip(p.bands, widths, strict=True):
        names = (b.origin or UNKNOWN, b.commodity or UNKNOWN, b.target or UNKNOWN)
        ys = []
        for i, name in enumerate(names):
            ys.append(columns[i].at(name).y + used.get((i, name), 0.0))
            used[i, name] = used.get((i, name), 0.0) + wide
        xs = [c.x for c in columns]
        style = _style(p, ink.colours[names[1]])
        drawn = [_ribbon((xs[i] + BAR, ys[i]), (xs[i + 1], ys[i + 1]), wide, style) for i in (0, 1)]
        yield link("".join(drawn), _band_words(b, p), ink.lead(b, p))


def _style(p: Panel, colour: str) -> str:
    """Return the style of a ribbon: what is not delivered is an outline, dashed and pale."""
    if p.of == "delivered":
        return f'fill="{colour}" fill-opacity="0.5"'
    return f'fill="{colour}" fill-opacity="0.16" stroke="{colour}" stroke-dasharray="4 3"'


def _ribbon(start: tuple[float, float], end: tuple[float, float], wide: float, style: str) -> str:
    """Return a band from one upper edge to another."""
    (x1, y1), (x2, y2) = start, end
    half = length((x1 + x2) / 2)
    a, b, c, d = (length(v) for v in (x1, y1, x2, y2))
    low_b, low_d = length(y1 + wide), length(y2 + wide)
    there = f"M{a} {b}C{half} {b} {half} {d} {c} {d}"
    return f'<path d="{there}L{c} {low_d}C{half} {low_d} {half} {low_b} {a} {low_b}Z" {style}/>'


def _ends(p: Panel, columns: Columns, ink: _Ink) -> Iterator[str]:
    """Yield the bars with their names and what each comes to."""
    for i, column in enumerate(columns):
        for e in column.ends:
            yield rect(column.x, e.y, BAR, max(e.tall, 1.0), fill=ink.colours[e.name] if i == 1 else INK)
            x, anchor = ((column.x - 8, "end"), (column.x + BAR / 2, "middle"), (column.x + BAR + 8, "start"))[i]
            y = e.y - 5 if i == 1 else e.y + e.tall / 2 + 4
            words = f"{clip(e.name, NAME)}{'' if i == 1 else ': ' + _sum_words(p, i, e.name)}"
            yield halo(x, y, words, anchor)


def _sum_words(p: Panel, column: int, name: str) -> str:
    """Return what a party gives or takes in all, in the unit of the panel."""
    some = [b for b in p.bands if (b.origin if column == 0 else b.target) == (None if name == UNKNOWN else name)]
    low, high = sum(b.low for b in some), sum(b.high for b in some)
    return amount_words(low, high, p.unit) if p.unit else count(sum(b.flows for b in some), "flow")
