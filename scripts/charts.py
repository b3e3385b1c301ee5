"""Two pictures as SVG text: a matrix of confusion, a diagram of calibration. What they show is counted elsewhere. Pure.

No script, no font from elsewhere, the same bytes for the same counts; a white ground, for a dark page shows them too.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dragoman.answer.svg import LINE, QUIET, length, line, rect, svg, text

WIDTH = 640
BINS = 10
PLOT_WIDTH, PLOT_HEIGHT, BARS, FOOT = 520, 320, 84, 512  # of the diagram of calibration; FOOT is where the bars stand
RIGHT, WRONG = (8, 81, 156), (179, 60, 0)  # blue and a burnt orange: told apart by readers who see no red or green
MIDDLE = 0.179  # luminance at which black and white writing stand out alike, 4.6 to 1 (WCAG 2)
Colour = tuple[int, int, int]
Counts = Mapping[str, Mapping[str, int]]


class Bin(NamedTuple):
    """The records of one tenth of confidence; the means are None where there are none."""

    records: int
    claimed: float | None
    right: float | None


# ---------------------------------------------------------------- confusion
def matrix(title: str, counts: Counts, groups: Sequence[Sequence[str]], *, left: int = 106, top: int = 128) -> str:
    """Return the picture of counts[gold][got]; names in the order of the groups, between which stands a line.

    A cell is shaded by its share of the row: blue where gold and got agree, orange where they do not.
    """
    names = [n for g in groups for n in g]
    side = (WIDTH - left - 54) // max(1, len(names))
    edge = side * len(names)
    parts = [
        text(20, 30, title, size=15, weight="bold", anchor="start"),
        text(left - 10, top - 30, "read as →", size=12, fill=QUIET),
        text(left - 10, top - 12, "labelled ↓", size=12, fill=QUIET),
        text(left + edge + 42, top - 12, "acts", size=12, fill=QUIET),
        *(_slanted(left + (i + 0.5) * side, top - 8, name) for i, name in enumerate(names)),
    ]
    for i, name in enumerate(names):
        parts += _row(i, name, counts.get(name, {}), names, (left, top, side))
    ends = [sum(len(g) for g in groups[:k]) * side for k in range(len(groups) + 1)]
    parts += [line(left, top + e, left + edge, top + e, QUIET) for e in ends]
    parts += [line(left + e, top, left + e, top + edge, QUIET) for e in ends]
    return _svg(title, top + edge + 22, parts)


def _row(i: int, name: str, row: Mapping[str, int], names: Sequence[str], where: tuple[int, int, int]) -> Iterator[str]:
    """Yield the label, the cells and the sum of one row of a matrix."""
    left, top, side = where
    total, y = sum(row.values()), top + i * side
    yield text(left - 10, y + side / 2 + 4, name, size=12)
    for j, got in enumerate(names):
        n, x = row.get(got, 0), left + j * side
        ground = _shade(n / max(1, total), RIGHT if i == j else WRONG)
        yield rect(x, y, side, side, fill=_hex(ground), stroke=LINE)
        if n:
            size, weight = (12 if side > 36 or n < 100 else 11), ("bold" if i == j else "")
            middle = (x + side / 2, y + side / 2 + 4)
            yield text(*middle, str(n), size=size, fill=_ink(ground), anchor="middle", weight=weight)
    yield text(left + len(names) * side + 42, y + side / 2 + 4, str(total), size=12, fill=QUIET)


def _shade(share: float, full: Colour) -> Colour:
    """Return the colour between white and full."""
    red, green, blue = (round(255 + (c - 255) * share) for c in full)
    return red, green, blue


def _ink(ground: Colour) -> str:
    """Return black or white, whichever stands out more."""
    light = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in ground]
    return "#000000" if 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > MIDDLE else "#ffffff"


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{c:02x}" for c in colour)


# ---------------------------------------------------------------- calibration
def bins(claims: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Return ten equal bins of confidence from what records claim and whether they are right."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in claims:
        held[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [
        Bin(len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b)) if b else Bin(0, None, None)
        for b in held
    ]


def reliability(title: str, found: Sequence[Bin]) -> str:
    """Return the picture of claimed against true shares, and below it how many records each bin holds."""
    dots = [(_x(b.claimed), _y(b.right)) for b in found if b.claimed is not None and b.right is not None]
    parts = [
        text(20, 30, title, size=15, weight="bold", anchor="start"),
        *_grid(),
        *(line(*one, *two, _hex(RIGHT), width=2) for one, two in pairwise(dots)),
        *(f'<circle cx="{length(x)}" cy="{length(y)}" r="5" fill="{_hex(RIGHT)}"/>' for x, y in dots),
        *_bars([b.records for b in found]),
    ]
    return _svg(title, FOOT + 62, parts)


def _grid() -> Iterator[str]:
    """Yield what stands behind the points: lines at each fifth, the diagonal, the names of the axes."""
    for v in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield line(_x(0), _y(v), _x(1), _y(v), LINE)
        yield line(_x(v), _y(1), _x(v), _y(0), LINE)
        yield text(_x(0) - 10, _y(v) + 4, f"{v:.1f}", size=12, fill=QUIET)
        yield text(_x(v), FOOT + 20, f"{v:.1f}", size=12, fill=QUIET, anchor="middle")
    yield line(_x(0), _y(0), _x(1), _y(1), QUIET, dash="6 5")
    yield _upright(28, _y(0.5), "share that is right")
    yield _upright(28, FOOT - BARS / 2, "records")
    yield text(_x(0.5), FOOT + 44, "confidence of the record", size=13, anchor="middle")


def _bars(records: Sequence[int]) -> Iterator[str]:
    """Yield a bar for each bin, with its number above."""
    step, most = PLOT_WIDTH / max(1, len(records)), max([1, *records])
    for i, n in enumerate(records):
        x, tall = _x(0) + i * step, BARS * n / most
        yield rect(x + 2, FOOT - tall, step - 4, tall, fill=_hex(_shade(0.45, RIGHT)))
        yield text(x + step / 2, FOOT - tall - 4, str(n), size=12, anchor="middle")
    yield line(_x(0), FOOT, _x(1), FOOT, QUIET)


def _x(share: float) -> float:
    return 78 + share * PLOT_WIDTH


def _y(share: float) -> float:
    return 58 + (1 - share) * PLOT_HEIGHT


# ---------------------------------------------------------------- SVG
def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return svg(title, (WIDTH, height), parts)


def _slanted(x: float, y: float, words: str) -> str:
    return text(x + 4, y, words, size=12, anchor="start", turn=f"rotate(-60 {length(x + 4)} {length(y)})")


def _upright(x: float, y: float, words: str) -> str:
    return text(x, y, words, size=13, anchor="middle", turn=f"rotate(-90 {length(x)} {length(y)})")
