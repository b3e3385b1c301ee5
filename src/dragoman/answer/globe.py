"""From places on the earth to points of a picture: projection, views, the outlines as SVG paths. Pure.

Equal Earth, for it keeps areas true and does not blow up the north: Šavrič, Patterson and Jenny, *The Equal Earth map
projection*, International Journal of Geographical Information Science, 2018.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import asin, cos, inf, radians, sin, sqrt

from dragoman.records import Record
from dragoman.scheme.outlines import Outline

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
MIDDLE = 11.0  # the meridian in the middle of the world: the cut on the other side runs through the Bering Strait
NORTH, SOUTH = 83.7, -56.0  # what the world shows: all land but Antarctica
MARGIN = 0.14  # of a region, on each side of its points
LEAST = 0.22  # the least width of a region, in radians: 13 degrees, below which the coarse coasts mislead
WORLD = 3.0  # a region as wide as this (170 degrees) is drawn as the world
FINE = 0.9  # pixels: a point that lies nearer to the one before is left out of a path
TENTHS = 10  # paths are in tenths of a pixel, so that their numbers are whole and short: draw them at `scale(.1)`
BLEED = 4.0  # pixels by which a path passes the edge, so that the cut is not seen


class View(Record, frozen=True):
    """A window on the earth, `width` by `height` pixels; `middle` is the meridian that runs straight up."""

    middle: float
    left: float  # of the projected plane, as `top`
    top: float
    scale: float  # pixels a radian
    width: float
    height: float

    def at(self, lat: float, lon: float) -> Point:
        """Return the pixel of a place; it may lie outside."""
        x, y = project(lat, (lon - self.middle + 180) % 360 - 180)
        return self._pixel(x, y)

    def _pixel(self, x: float, y: float) -> Point:
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def shows(self, lat: float, lon: float) -> bool:
        """Return whether a place lies inside."""
        x, y = self.at(lat, lon)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def path(self, outline: Outline) -> str:
        """Return what is seen of a country as the `d` of a path, in tenths of a pixel; "" where nothing is."""
        return "".join(_drawn(ring) for flat in outline.rings for ring in self._seen(flat))

    def _seen(self, flat: Sequence[float]) -> Iterator[list[Point]]:
        """Yield a ring as pixels, cut at the edges; twice where it runs over the meridian opposite the middle."""
        edges = (-BLEED, -BLEED, self.width + BLEED, self.height + BLEED)
        for turn in (-360.0, 0.0, 360.0):
            lons = [x + turn - self.middle for x in flat[::2]]
            if min(lons) < 180 and max(lons) > -180:
                ring = cut(list(zip(lons, flat[1::2], strict=True)), (-180, -inf, 180, inf))
                seen = cut([self._pixel(*project(lat, lon)) for lon, lat in ring], edges)
                if seen:
                    yield seen


def project(lat: float, lon: float) -> Point:
    """Return a place (degrees) on the plane, in radii of the sphere: x from the middle meridian, y from the equator."""
    t = asin(sqrt(3) / 2 * sin(radians(lat)))
    t2 = t * t
    t6 = t2**3
    y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    x = 2 * sqrt(3) * radians(lon) * cos(t) / (3 * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    return x, y


# ---------------------------------------------------------------- views
def whole(width: float) -> View:
    """Return the view of the world."""
    right, top = project(0, 180)[0], project(NORTH, 0)[1]
    scale = width / (2 * right)
    height = round((top - project(SOUTH, 0)[1]) * scale, 1)
    return View(middle=MIDDLE, left=-right, top=top, scale=scale, width=width, height=height)


def around(places: Sequence[Point], size: Point) -> View:
    """Return the view of the region that holds places (lat, lon); the world where they lie far apart, or are none."""
    middle = _middle([lon for _, lon in places])
    on_plane = [project(lat, (lon - middle + 180) % 360 - 180) for lat, lon in places]
    if not on_plane:
        return whole(size[0])
    xs, ys = [x for x, _ in on_plane], [y for _, y in on_plane]
    aspect = size[0] / size[1]
    wide = max((max(xs) - min(xs)) * (1 + 2 * MARGIN), (max(ys) - min(ys)) * (1 + 2 * MARGIN) * aspect, LEAST)
    if wide > WORLD:
        return whole(size[0])
    left, top = (max(xs) + min(xs) - wide) / 2, (max(ys) + min(ys) + wide / aspect) / 2
    return View(middle=middle, left=left, top=top, scale=size[0] / wide, width=size[0], height=size[1])


def centred(lat: float, lon: float, degrees: float, size: Point) -> View:
    """Return the view with a place in its middle, so many degrees of the equator wide; no nearer than a region."""
    wide = min(max(radians(degrees), LEAST), WORLD)
    x, y = project(lat, 0)
    top = y + wide * size[1] / size[0] / 2
    return View(middle=lon, left=x - wide / 2, top=top, scale=size[0] / wide, width=size[0], height=size[1])


def _middle(lons: Sequence[float]) -> float:
    """Return the middle of the shortest arc that holds all meridians."""
    found = sorted({lon % 360 for lon in lons})
    if not found:
        return MIDDLE
    gaps = [(after - before, after) for before, after in zip(found, [*found[1:], found[0] + 360], strict=True)]
    gap, start = max(gaps, key=lambda g: (g[0], -g[1]))
    return (start + (360 - gap) / 2 + 180) % 360 - 180


# ---------------------------------------------------------------- rings
def cut(ring: list[Point], box: Box) -> list[Point]:
    """Return the part of a ring inside a box (Sutherland and Hodgman, 1974); empty where none is."""
    left, top, right, bottom = box
    sides: tuple[tuple[int, float, Callable[[float], bool]], ...] = (
        (0, left, lambda v: v >= left),
        (0, right, lambda v: v <= right),
        (1, top, lambda v: v >= top),
        (1, bottom, lambda v: v <= bottom),
    )
    for axis, edge, inside in sides:
        if not all(inside(p[axis]) for p in ring):
            ring = list(_kept(ring, axis, edge, inside))
    return ring


def _kept(ring: Sequence[Point], axis: int, edge: float, inside: Callable[[float], bool]) -> Iterator[Point]:
    """Yield the points of a ring on one side of an edge, and where it crosses."""
    for before, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        if inside(before[axis]) != inside(here[axis]):
            share = (edge - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if inside(here[axis]):
            yield here


def _drawn(ring: Iterable[Point]) -> str:
    """Return a ring as a closed path in steps, without points that no eye tells apart; an islet stays as a dot."""
    thin: list[tuple[int, int]] = []
    for x, y in ring:
        p = round(x * TENTHS), round(y * TENTHS)
        if not thin or max(abs(p[0] - thin[-1][0]), abs(p[1] - thin[-1][1])) >= FINE * TENTHS:
            thin.append(p)
    (x0, y0), rest = thin[0], thin[1:]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(thin, rest, strict=False)]
    if len(steps) < 2:
        steps = [(TENTHS, 0), (0, TENTHS), (-TENTHS, 0)]
    return f"M{x0} {y0}l" + " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-") + "z"
