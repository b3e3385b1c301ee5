"""The actor lexicon: states, bodies, office-holders and agent nouns, loaded from data/actors. No text is read here."""

import csv
import functools
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.text import fold

_SECTORS = frozenset(
    "GOV MIL LEG JUD COP SPY PTY OPP REB PRM UAF UNK BUS CRM CVL EDU ELI JRN LAB AGR MED REF REL SOC PRE".split()
)
_BLOCS = frozenset(("KOS", "EUR", "UNO", "IGO", "NGO", "ISM", "IMG", "MNC"))
_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")


class Tenure(Record, frozen=True):
    """One office of a person, or one standing of an organisation: `since` and `until` are ISO dates, "" where open."""

    role: str
    sectors: tuple[str, ...]
    since: str
    until: str


class Entry(Record, frozen=True):
    """A known party. `kind`: state, demonym, nationals, capital, seat, region, organisation, group, person or none.

    `category` is finer: igo, ngo, agency, parliament, court, armed, party, media, company, airline, city ...
    """

    name: str
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    category: str = ""
    gender: str = ""
    tenures: tuple[Tenure, ...] = ()


Key = tuple[str, ...]


class Lexicon(Record, frozen=True):
    """Names by their folded pieces: `entries[key]` with the spellings seen, `longest[first piece]` in pieces."""

    entries: dict[Key, tuple[Entry, ...]]
    spellings: dict[Key, tuple[str, ...]]
    longest: dict[str, int]
    surnames: dict[Key, tuple[Entry, ...]]
    agents: dict[Key, Entry]
    states: dict[str, str]  # code -> name
    endings: dict[str, tuple[str, ...]]  # last word of an organisation's name -> sectors


def pieces(name: str) -> Key:
    """Return the folded letter and digit runs of `name`: the key that the lexicon is asked with."""
    return tuple(fold(name).split())


def rows(name: str, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row of a table in data/actors; a table without `columns` stops the run."""
    path = files("dragoman") / "data" / "actors" / name
    with path.open("r", encoding="utf8") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise StopRun(f"data/actors/{name}: column {missing[0]} is missing")
        for n, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise StopRun(f"data/actors/{name}:{n}: the line has the wrong number of columns")
            yield n, row


def listed(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that "|" separates."""
    return tuple(p for p in cell.split("|") if p)


def _sectors(cell: str, where: str) -> tuple[str, ...]:
    found = listed(cell)
    for s in found:
        if s not in _SECTORS:
            raise StopRun(f"{where}: {s} is no sector")
    return found


def _country(code: str, where: str) -> str:
    if code not in _BLOCS and not re.fullmatch(r"[A-Z]{3}", code):
        raise StopRun(f"{where}: {code!r} is no country code")
    return code


def _tenure(row: dict[str, str], role: str, where: str) -> Tenure:
    for column in ("from", "to"):
        if not _DATE.fullmatch(row[column]):
            raise StopRun(f"{where}: {row[column]!r} is no date")
    return Tenure(role=role, sectors=_sectors(row["sectors"], where), since=row["from"], until=row["to"])


def _countries() -> Iterator[tuple[str, Entry]]:
    for n, row in rows("countries.tsv", "code", "name", "aliases", "adjectives", "people", "capitals", "seats"):
        code, name = _country(row["code"], f"data/actors/countries.tsv:{n}"), row["name"]
        for alias in (name, *listed(row["aliases"])):
            yield alias, Entry(name=name, kind="state", country=code)
        for word in listed(row["adjectives"]):
            yield word, Entry(name=name, kind="demonym", country=code)
        for word in nationals(listed(row["adjectives"]), listed(row["people"])):
            yield word, Entry(name=name, kind="nationals", country=code)
        for word in listed(row["capitals"]):
            yield word, Entry(name=word, kind="capital", country=code, sectors=("GOV",))
        for word in listed(row["seats"]):
            yield word, Entry(name=word.removeprefix("the "), kind="seat", country=code, sectors=("GOV",))


def nationals(adjectives: Iterable[str], people: Iterable[str]) -> Iterator[str]:
    """Yield the nouns for the people: those given, and the plurals of adjectives that make one with -s."""
    yield from people
    for word in adjectives:
        if not word.endswith(("sh", "ch", "ese", "s", "S", ".")):
            yield word + "s"


def _regions() -> Iterator[tuple[str, Entry]]:
    for n, row in rows("regions.tsv", "name", "country", "sectors", "adjectives", "kind"):
        where = f"data/actors/regions.tsv:{n}"
        code, sectors = (_country(row["country"], where) if row["country"] else None), _sectors(row["sectors"], where)
        yield row["name"], Entry(name=row["name"], kind="region", country=code, sectors=sectors, category=row["kind"])
        for word in listed(row["adjectives"]):
            yield word, Entry(name=row["name"], kind="demonym", country=code, sectors=sectors, category=row["kind"])
            yield word + "s", Entry(name=row["name"], kind="nationals", country=code, category=row["kind"])


_GROUPS = frozenset(("armed", "party"))


def _organisations() -> Iterator[tuple[str, Entry]]:
    standing: dict[str, list[tuple[dict[str, str], Tenure]]] = {}
    for n, row in rows("organisations.tsv", "name", "aliases", "country", "sectors", "class", "from", "to"):
        where = f"data/actors/organisations.tsv:{n}"
        _country(row["country"], where)
        standing.setdefault(row["name"], []).append((row, _tenure(row, "", where)))
    for name, found in standing.items():
        row, tenure = found[0]
        short = re.sub(r" \([^)]*\)$", "", name)
        entry = Entry(
            name=short,
            kind="group" if row["class"] in _GROUPS else "organisation",
            country=row["country"],
            sectors=tenure.sectors,
            category=row["class"],
            tenures=tuple(t for _, t in found) if len(found) > 1 else (),
        )
        for alias in dict.fromkeys(
            (*([name] if short == name else []), *(a for r, _ in found for a in listed(r["aliases"])))
        ):
            yield alias, entry


def _holders() -> list[tuple[Entry, tuple[str, ...]]]:
    offices: dict[tuple[str, str], list[tuple[dict[str, str], Tenure]]] = {}
    for n, row in rows(
        "officeholders.tsv", "name", "aliases", "country", "gender", "office", "sectors", "from", "to", "origin"
    ):
        where = f"data/actors/officeholders.tsv:{n}"
        _country(row["country"], where)
        offices.setdefault((row["name"], row["country"]), []).append((row, _tenure(row, row["office"], where)))
    found = []
    for (name, country), held in offices.items():
        tenures = tuple(sorted((t for _, t in held if t.role), key=lambda t: (t.since, t.until)))
        entry = Entry(name=name, kind="person", country=country, gender=held[0][0]["gender"], tenures=tenures)
        found.append((entry, tuple(dict.fromkeys((name, *(a for r, _ in held for a in listed(r["aliases"])))))))
    return found


_TITLES = frozenset(
    ("king", "queen", "pope", "emperor", "sheikh", "mullah", "ayatollah", "prince", "sultan", "emir", "patriarch")
)
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "vi", "xiv", "xvi"))
_FAMILY_FIRST = frozenset(("CHN", "TWN", "PRK", "KOR", "VNM", "KHM", "HKG", "MMR"))


def surname(name: str, country: str | None) -> Key:
    """Return the folded pieces by which later mentions name the person; () where there are none of use."""
    words = [w for w in pieces(name) if w not in _SUFFIXES]
    if len(words) < 2 or words[0] in _TITLES:
        return ()
    if country in _FAMILY_FIRST and len(words) == 3 and words[0] not in ("carrie", "joshua", "nathan", "jimmy"):
        return (words[0],)
    if country in _FAMILY_FIRST and len(words) == 2 and country == "CHN":
        return (words[0],)
    return (words[-1],)


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon; a fault in the data stops the run and says where it is."""
    entries: dict[Key, list[Entry]] = {}
    spellings: dict[Key, list[str]] = {}
    surnames: dict[Key, list[Entry]] = {}
    pairs = [*_countries(), *_regions(), *_organisations()]
    pairs += [(name, Entry(name=name, kind="none")) for name in sorted(words("no_party"))]
    for entry, names in _holders():
        pairs += [(n, entry) for n in names]
        for key in dict.fromkeys(surname(n, entry.country) for n in names):
            if key:
                surnames.setdefault(key, []).append(entry)
    for alias, entry in pairs:
        key = pieces(alias)
        if entry not in entries.setdefault(key, []):
            entries[key].append(entry)
        spellings.setdefault(key, []).append(alias)
    longest: dict[str, int] = {}
    for key in entries:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Lexicon(
        entries={k: tuple(v) for k, v in entries.items()},
        spellings={k: tuple(v) for k, v in spellings.items()},
        longest=longest,
        surnames={k: tuple(v) for k, v in surnames.items()},
        agents=_agents(),
        states={e.country: e.name for _, e in pairs if e.kind == "state" and e.country},
        endings=_endings(),
    )


def _agents() -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for n, row in rows("agents.tsv", "term", "sectors", "kind"):
        sectors = _sectors(row["sectors"], f"data/actors/agents.tsv:{n}")
        entry = Entry(name=row["term"], kind="agent", sectors=sectors, category=row["kind"])
        for key in dict.fromkeys((pieces(row["term"]), pieces(plural(row["term"])))):
            found.setdefault(key, entry)
    return found


def _words() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for n, row in rows("words.tsv", "list", "word", "sectors"):
        yield row["list"], row["word"], _sectors(row["sectors"], f"data/actors/words.tsv:{n}")


def _endings() -> dict[str, tuple[str, ...]]:
    return {word: sectors for kind, word, sectors in _words() if kind == "ending"}


@functools.cache
def words(kind: str) -> frozenset[str]:
    """Return one list of words.tsv; a list that is not there stops the run."""
    found = frozenset(word for k, word, _ in _words() if k == kind)
    if not found:
        raise StopRun(f"data/actors/words.tsv: no list {kind}")
    return found


def plural(term: str) -> str:
    """Return the regular English plural of the last word of `term`."""
    if term.endswith(("s", "x", "ch", "sh")):
        return term + "es"
    if term.endswith("y") and term[-2:-1] not in "aeiou":
        return term[:-1] + "ies"
    return term + "s"


def standing(entry: Entry, on: str | None) -> Tenure | None:
    """Return the office of `entry` on the day `on`, else the last begun by then; the last of all without a day."""
    if not entry.tenures:
        return None
    if on is None:
        return entry.tenures[-1]
    day = on[:10]
    held = [t for t in entry.tenures if (not t.since or t.since <= day) and (not t.until or day <= _last(t.until))]
    begun = [t for t in entry.tenures if not t.since or t.since <= day]
    return (held or begun or [None])[-1]  # type: ignore[list-item]


def in_office(tenure: Tenure, on: str | None) -> bool:
    """Return whether the office is held on `on` (without a date: whether it has no end)."""
    if on is None:
        return not tenure.until
    return (not tenure.since or tenure.since <= on[:10]) and (not tenure.until or on[:10] <= _last(tenure.until))


def _last(day: str) -> str:
    """Return the last ISO day that a year or month covers, for comparing as text."""
    return day + "-12-31"[(len(day) - 4) :] if len(day) in (4, 7) else day
