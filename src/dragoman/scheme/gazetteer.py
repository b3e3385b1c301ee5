"""The gazetteer: names to places, mapped from what scripts/gazetteer.py packs. No choice among namesakes."""

import functools
import hashlib
import mmap
import re
import struct
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import marisa_trie
import msgspec

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.text import fold

KINDS = ("country", "admin1", "admin2", "city", "region", "water", "island", "facility")
# geonameid, lat, lon, population, rows of country, province and district, kind, offset of the name
ROW = struct.Struct("<IffIHHHBI")
CAPITAL = 0x80  # set in the kind of a national capital
LISTED = 0x40  # set in the kind of what the hand-made table names, and of continents
NONE = 0xFFFF  # no country, province or district: their rows come first, so that two bytes hold the numbers
_QUOTES = re.compile("[’‘ʻʼ'`´]")
_REMEMBERED = 5_000  # names kept unpacked: about 5 MB
_FILES = ("names.marisa", "rows.bin", "labels.bin")


class Place(Record, frozen=True):
    """One entry; `country` is ISO alpha-3 (Kosovo KOS); `admin1`, `admin2`: the rows of its province and district."""

    row: int
    name: str
    kind: str
    lat: float
    lon: float
    geonameid: int | None = None
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    capital: bool = False  # the seat of a state
    listed: bool = False  # in the hand-made table of what world news names


class Manifest(Record, frozen=True):
    """What the packed files hold: their hashes, the hash of the sorted rows (the identity), the sources' versions."""

    rows: int
    names: int
    rows_sha256: str
    files: dict[str, str]
    sources: dict[str, str]
    countries: list[str]  # alpha-3 codes, in the order of the country rows


def place_key(name: str) -> str:
    """Return the form under which `name` is stored and sought: folded, apostrophes dropped (Sana'a is sanaa)."""
    return fold(_QUOTES.sub("", name))


class Gazetteer:
    """The mapped files; reading a place copies one row."""

    def __init__(self, folder: Path) -> None:
        self.manifest = _manifest(folder)
        for name in _FILES:
            _verify(folder / name, self.manifest.files.get(name, ""))
        self._names = marisa_trie.RecordTrie("<I")
        self._names.mmap(str(folder / "names.marisa"))
        self._rows = _map(folder / "rows.bin")
        self._labels = _map(folder / "labels.bin")
        self._known: dict[str, tuple[Place, ...]] = {}

    def lookup(self, key: str) -> tuple[Place, ...]:
        """Return every place whose name folds to `key` (see `place_key`), in the order of the rows."""
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = tuple(self.place(i) for (i,) in self._names.get(key, ()))
        return self._known[key]

    def has(self, key: str) -> bool:
        """Return whether a place has the name that folds to `key`."""
        return key in self._names

    def place(self, row: int) -> Place:
        """Return the place of a row number."""
        cells = ROW.unpack_from(self._rows, row * ROW.size)
        geonameid, lat, lon, population, country, admin1, admin2, kind, offset = cells
        end = self._labels.find(b"\n", offset)
        return Place(
            row=row,
            name=self._labels[offset:end].decode(),
            kind=KINDS[kind & ~(CAPITAL | LISTED)],
            lat=round(lat, 5),
            lon=round(lon, 5),
            geonameid=geonameid or None,
            country=None if country == NONE else self.manifest.countries[country],
            admin1=None if admin1 == NONE else admin1,
            admin2=None if admin2 == NONE else admin2,
            population=population,
            capital=bool(kind & CAPITAL),
            listed=bool(kind & LISTED),
        )

    def places(self) -> Iterator[Place]:
        """Yield every place, in the order of the rows."""
        return (self.place(i) for i in range(self.manifest.rows))


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, verified and mapped once."""
    with as_file(files("dragoman") / "data" / "gazetteer") as folder:
        return Gazetteer(folder)


def gazetteer_hash() -> str:
    """Return the gazetteer's identity: the SHA-256 of its sorted rows."""
    return gazetteer().manifest.rows_sha256


def _manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as fault:
        message = f"the gazetteer in {folder} has no readable manifest.json ({fault}): install dragoman again"
        raise StopRun(message) from fault


def _verify(path: Path, expected: str) -> None:
    """Stop the run where the file is missing or is not the one that the manifest names."""
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as fault:
        raise StopRun(f"the gazetteer file {path} can't be read ({fault}): install dragoman again") from fault
    if found != expected:
        raise StopRun(f"the gazetteer file {path} is damaged (SHA-256 {found[:12]}…): install dragoman again")


def _map(path: Path) -> mmap.mmap:
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


@functools.cache
def place_words() -> dict[str, frozenset[str]]:
    """Return the words that betray a toponym or speak against one, by class (locative, unit, street, title ...)."""
    path = files("dragoman") / "data" / "lexicon" / "place_words.tsv"
    found: dict[str, set[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines()[1:], 2):
        kind, tab, word = line.partition("\t")
        if not tab or not kind or not word:
            raise StopRun(f"{path}:{number}: expected class, tab, word")
        found.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in found.items()}


@functools.cache
def country_cues() -> dict[str, tuple[str, ...]]:
    """Return the states, by ISO alpha-3 code, whose reports use a word or two, by these in lower case."""
    path = files("dragoman") / "data" / "lexicon" / "country_cues.tsv"
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines()[1:], 2):
        country, tab, cue = line.partition("\t")
        if not tab or not re.fullmatch("[A-Z]{3}", country) or not cue:
            raise StopRun(f"{path}:{number}: expected country, tab, cue")
        found[cue] = (*found.get(cue, ()), country)
    return found


@functools.cache
def place_weights() -> dict[str, float]:
    """Return the weight of each feature of a toponym, in log-odds, with the intercept under "bias"."""
    path = files("dragoman") / "data" / "lexicon" / "place_weights.tsv"
    found: dict[str, float] = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines()[1:], 2):
        try:
            feature, weight = line.split("\t")
            found[feature] = float(weight)
        except ValueError as fault:
            raise StopRun(f"{path}:{number}: expected feature, tab, number") from fault
    if "bias" not in found:
        raise StopRun(f"{path}: no row for the bias")
    return found
