"""Words for the people of a place and for what is theirs ("Syrian", "Parisians"), with the places. No texts here."""

import functools
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.scheme.actors import listed, nationals, rows
from dragoman.scheme.gazetteer import Gazetteer, Place, gazetteer, place_key

_AREAS = frozenset({"country", "admin1", "region", "island"})


@functools.cache
def demonyms() -> dict[str, tuple[Place, ...]]:
    """Return the places by the key of the word (`place_key`); none for a phrase that only looks like one.

    The states' words are those of the actor lexicon; data/lexicon/demonyms.tsv adds areas and towns, and wins.
    """
    own = _gathered(_own(gazetteer()))
    return _gathered(_states(gazetteer())) | own


@functools.cache
def demonym_openings() -> frozenset[str]:
    """Return the first words of all of them: a text is searched from these alone."""
    return frozenset(key.split()[0] for key in demonyms())


def _gathered(pairs: Iterator[tuple[str, Place | None]]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for word, place in pairs:
        same = found[place_key(word)]
        if place is not None and place not in same:
            same.append(place)
    return {key: tuple(places) for key, places in found.items()}


def _states(known: Gazetteer) -> Iterator[tuple[str, Place]]:
    """Yield the adjectives and nouns of states; a word in capitals is a name ("the US", "the UN"), no demonym."""
    for _, row in rows("countries.tsv", "code", "name", "adjectives", "people"):
        adjectives = [w for w in listed(row["adjectives"]) if "." not in w and not w.isupper() and w != row["name"]]
        if row["code"] in known.manifest.countries:
            state = known.place(known.manifest.countries.index(row["code"]))
            for word in (*adjectives, *nationals(adjectives, listed(row["people"]))):
                yield word, state


def _own(known: Gazetteer) -> Iterator[tuple[str, Place | None]]:
    path = files("dragoman") / "data" / "lexicon" / "demonyms.tsv"
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 4:
            raise StopRun(f"{path}:{number}: expected word, place, kind, country")
        word, name, kind, country = cells
        place = _place(known, name, kind, country) if name else None
        if name and place is None:
            raise StopRun(f"{path}:{number}: the gazetteer has no {kind} {name}")
        yield from ((w, place) for w in (word, *nationals([word], [])))


def _place(known: Gazetteer, name: str, kind: str, country: str) -> Place | None:
    """Return the state of the code, else the listed or largest place of the name, kind and country."""
    if kind == "country":
        codes = known.manifest.countries
        return known.place(codes.index(country)) if country in codes else None
    kinds = _AREAS if kind == "area" else {kind}
    found = [p for p in known.lookup(place_key(name)) if p.kind in kinds and country in ("", p.country)]
    return max(found, key=lambda p: (p.listed, p.population, -p.row), default=None)
