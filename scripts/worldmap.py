"""Make src/dragoman/data/map/world.json: the outlines of the countries, from Natural Earth as packed by world-atlas.

    python scripts/worldmap.py                          fetch the pinned package with npm and write the file anew
    python scripts/worldmap.py countries-50m.json       from a file that is there already

Only the standard library and Babel (codes of states). The same input gives the same bytes.
"""

import argparse
import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.core import get_global

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-50m.json"
SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
TARGET = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "map" / "world.json"
# Degrees by which a line may stray: 5 km, an eighth of a pixel of the world at 900 pixels, and of the smallest region,
# 1,400 km wide, three and a half. At 0.08 the file is a quarter smaller and the coast of the Levant a straight line.
TOLERANCE = 0.05
ISLET = 0.03  # square degrees (300 km² at 35°): smaller rings are left out, but for the largest of a country
LEFT_OUT = ("010",)  # Antarctica: below the lower edge of every picture
OWN = {"Kosovo": "KOS"}  # codes of ours that ISO does not give
# Rings that go to another country, so that map and gazetteer say the same: (from, to, west, south, east, north).
MOVED = [
    ("RUS", "UKR", 32.0, 44.0, 37.0, 46.5)
]  # Crimea, which GeoNames (and the UN General Assembly) has with Ukraine
Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("file", nargs="?", type=Path, help="countries-50m.json of the pinned package")
    given = asked.parse_args().file
    raw = given.read_bytes() if given else fetched()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit(f"worldmap: this is not {MEMBER} of {PACKAGE}: SHA-256 {hashlib.sha256(raw).hexdigest()}")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(packed(countries(json.loads(raw))), encoding="utf8", newline="")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


def fetched() -> bytes:
    """Return the file out of the package, which npm fetches from its registry."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed_:
            found = packed_.extractfile(MEMBER)
            assert found is not None
            return found.read()


# ---------------------------------------------------------------- TopoJSON
def countries(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Return code, name and rings of each country, by code and name; borders are simplified once for both sides."""
    arcs = [simplified(unwrapped(line)) for line in decoded(topology)]
    found = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name, number = shape["properties"]["name"], shape.get("id")
        if number not in LEFT_OUT:
            rings = kept([unwrapped(closed(arcs, indexes)) for indexes in ring_indexes(shape)])
            found.append({"code": alpha3(number) or OWN.get(name), "name": name, "rings": rings})
    return sorted(moved(found), key=lambda c: (c["code"] or "~", c["name"]))


def moved(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the countries with the rings of MOVED where they belong."""
    by_code = {c["code"]: c for c in found}
    for origin, target, *box in MOVED:
        there = [ring for ring in by_code[origin]["rings"] if within(ring, box)]
        by_code[origin]["rings"] = [ring for ring in by_code[origin]["rings"] if ring not in there]
        by_code[target]["rings"] = by_code[target]["rings"] + there
    return found


def within(ring: Ring, box: Sequence[float]) -> bool:
    """Return whether a ring lies in a box: west, south, east, north."""
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in ring)


def decoded(topology: dict[str, Any]) -> Iterator[Ring]:
    """Yield each arc in degrees: TopoJSON keeps integers, each as the step from the one before."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def ring_indexes(shape: dict[str, Any]) -> Iterator[Sequence[int]]:
    """Yield the arcs of each ring of a shape, holes (enclaves) among them."""
    polygons = {"Polygon": [shape["arcs"]], "MultiPolygon": shape["arcs"]}[shape["type"]]
    for polygon in polygons:
        yield from polygon


def closed(arcs: Sequence[Ring], indexes: Sequence[int]) -> Ring:
    """Return a ring of arcs; index ~i is arc i backwards. The last point, which is the first again, is left out."""
    ring: Ring = []
    for i in indexes:
        line = arcs[i] if i >= 0 else arcs[~i][::-1]
        ring += line[1:] if ring else line
    return ring[:-1]


def unwrapped(line: Ring) -> Ring:
    """Return a line without the jump where it crosses the meridian of 180 degrees: the longitude goes on past it."""
    found = line[:1]
    for x, y in line[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    return found


# ---------------------------------------------------------------- simplifying
def simplified(line: Ring) -> Ring:
    """Return a line without the points that lie within TOLERANCE of it (Douglas and Peucker, 1973)."""
    keep = {0, len(line) - 1}
    open_ = [(0, len(line) - 1)]
    while open_:
        first, last = open_.pop()
        far, at = max(((away(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if far > TOLERANCE:
            keep.add(at)
            open_ += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def away(p: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from a stretch."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
    along = min(1.0, max(0.0, along))
    return float(((p[0] - a[0] - along * dx) ** 2 + (p[1] - a[1] - along * dy) ** 2) ** 0.5)


def kept(rings: Sequence[Ring]) -> list[Ring]:
    """Return the rings that are large enough, the largest in any case, with two decimals."""
    ordered = sorted(rings, key=lambda r: (-area(r), r))
    large = [r for i, r in enumerate(ordered) if len(r) > 2 and (i == 0 or area(r) >= ISLET)]
    return [[(round(x, 2), round(y, 2)) for x, y in r] for r in large or ordered[:1]]


def area(ring: Ring) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))) / 2


# ---------------------------------------------------------------- codes and the file
def alpha3(number: str | None) -> str | None:
    """Return the alpha-3 code of a state by its number; None where it has none."""
    aliases = get_global("territory_aliases")
    two = aliases.get(number, [None])[0] if number else None
    found = sorted(k for k, v in aliases.items() if two and v == [two] and len(k) == len("RUS") and k.isalpha())
    return next((k for k in found if aliases.get(k) == [two] and k not in OLD), None)


OLD = frozenset("BUR DDR FXX NTZ SUN TMP YMD YUG ZAR SCG ANT QUU".split())  # codes of states that are no more


def packed(found: Sequence[dict[str, Any]]) -> str:
    """Return the file: a line for each country; a ring is one flat list of longitude, latitude, and so on."""
    lines = [
        json.dumps({**c, "rings": [[n for p in ring for n in p] for ring in c["rings"]]}, ensure_ascii=False,
                   separators=(",", ":"))
        for c in found
    ]  # fmt: skip
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    main()
