"""Where names stand in a picture so that they hide neither each other nor what they name. Pure; drawn by `svg`."""

from collections.abc import Iterable, Iterator, Sequence

from dragoman.records import Record

Box = tuple[float, float, float, float]  # left, top, right, bottom
SIZE = 12  # of the letters, in pixels
# Mean width of a letter of the fonts of `svg`, in heights: measured over names of states and towns in DejaVu Sans
# (the widest of them) 0.60; capitals and wide scripts take more.
LETTER, WIDE = 0.6, 1.0
GAP = 3.0  # between a disc and its name


class Spot(Record, frozen=True):
    """A disc with a name; names of the first spots are placed first."""

    x: float
    y: float
    radius: float
    name: str


class Label(Record, frozen=True):
    """A name with its place; `spot` is the index of the disc, `anchor` start, middle or end."""

    spot: int
    x: float
    y: float
    anchor: str
    name: str


def wide(name: str, size: float = SIZE) -> float:
    """Return about how wide a name is, in pixels."""
    return sum(WIDE if c > "\u2e80" else LETTER for c in name) * size


def labels(
    spots: Sequence[Spot], size: tuple[float, float], *, lines: Sequence[Box] = (), every: bool = False
) -> list[Label]:
    """Return the names that find room within a picture of this size: right, left, above or below of their discs.

    Where several sides have room, the one with the fewest `lines` (from x, y to x, y) is taken. A name that finds no
    room is left out, or, where `every` one is wanted, stands where it hides least.
    """
    taken = [_around(s) for s in spots]
    found = []
    for i, spot in enumerate(spots):
        choices = sorted(_choices(i, spot), key=lambda c: _crossed(c[1], lines))
        fits = [c for c in choices if _inside(c[1], size) and not _hits(c[1], taken, i)]
        if fits or every:
            label, box = (
                fits[0] if fits else min(choices, key=lambda c: (not _inside(c[1], size), _hits(c[1], taken, i)))
            )
            found.append(label)
            taken.append(box)
    return found


def _around(s: Spot) -> Box:
    return s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius


def _choices(i: int, s: Spot) -> Iterator[tuple[Label, Box]]:
    """Yield where the name could stand, the best first, with the room that it takes."""
    long, off = wide(s.name), s.radius + GAP
    for x, y, anchor in (
        (s.x + off, s.y + 4, "start"),
        (s.x - off, s.y + 4, "end"),
        (s.x, s.y - off - 2, "middle"),
        (s.x, s.y + off + SIZE - 2, "middle"),
    ):
        left = x - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        yield Label(spot=i, x=x, y=y, anchor=anchor, name=s.name), (left, y - SIZE + 1, left + long, y + 3)


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]


def _hits(box: Box, taken: Iterable[Box], own: int) -> int:
    """Return how many others a box meets, but for the disc of its own spot."""
    return sum(
        box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for j, t in enumerate(taken) if j != own
    )


def _crossed(box: Box, lines: Iterable[Box]) -> int:
    """Return how many lines run through a box."""
    return sum(_crosses(box, line) for line in lines)


def _crosses(box: Box, line: Box) -> bool:
    """Return whether a line meets a box: whether a piece of it is left when it is cut at the four sides."""
    (x, y), (dx, dy) = line[:2], (line[2] - line[0], line[3] - line[1])
    first, last = 0.0, 1.0
    for at, step, low, high in ((x, dx, box[0], box[2]), (y, dy, box[1], box[3])):
        if step == 0:
            if not low <= at <= high:
                return False
        else:
            near, far = sorted(((low - at) / step, (high - at) / step))
            first, last = max(first, near), min(last, far)
    return first <= last
