"""Where the projects and assets of a ledger lie, as far as what they are called says so. No drawing here.

The place of a project is not that of its events: talks on a harbour are held in a capital.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from dragoman.answer.following import dossiers
from dragoman.records import Dossier, Event, Record
from dragoman.scheme.gazetteer import Place, gazetteer, place_key
from dragoman.scheme.states import state_name
from dragoman.store import Store

KINDS = ("project", "asset")
POINTS = ("city", "facility", "island")
# One of these words, then a name: "bases in Tartous", "drone base at Agadez". A name alone may be a person.
_NAMED = re.compile(r"\b(?:in|at|near|outside)\s+((?:[A-Z][\w'’-]*)(?:\s+[A-Z][\w'’-]*){0,2})")
# A town counts where it has so many times the people of its namesakes in the same country; a listed place always does.
CLEAR = 5
LARGE = 50_000  # people of a town outside the parties' countries: smaller ones share their names with much else


class Project(Record, frozen=True):
    """A project or asset: id, title, kind and state of its dossier, and where it lies; None where no name says it."""

    dossier: str
    title: str
    kind: str
    state: str
    parties: tuple[str, ...]
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None


def projects(store: Store, asked: Mapping[str, Any], events: Mapping[str, Event]) -> tuple[Project, ...]:
    """Return the projects and assets of which one of these events tells, in the order in which they were first told."""
    found = dossiers(store, None, None, None, asked)
    return tuple(_project(d, events) for d in found if d.kind in KINDS and any(e in events for e in d.events))


def _project(d: Dossier, events: Mapping[str, Event]) -> Project:
    told = [events[e].theme for e in d.events if e in events]
    codes = {p.country for p in d.parties if p.country}
    site = next((s for text in (d.title, *(x.text for x in told if x)) for s in _sites(text, codes)), None)
    return Project(
        dossier=d.id,
        title=d.title,
        kind=d.kind,
        state=d.state,
        parties=tuple(dict.fromkeys(state_name(p.country) if p.country else p.name for p in d.parties)),
        place=site.name if site else None,
        country=site.country if site else None,
        lat=site.lat if site else None,
        lon=site.lon if site else None,
    )


def _sites(text: str, codes: Collection[str]) -> Iterator[Place]:
    """Yield the places that a text names, in these countries or well known, the longest name first."""
    for match in _NAMED.finditer(text):
        parts = match[1].split()
        for k in range(len(parts), 0, -1):
            if site := site_of(" ".join(parts[:k]), codes):
                yield site
                break


def site_of(name: str, codes: Collection[str]) -> Place | None:
    """Return the one town, facility or island of this name in these countries, else the one large town in the world.

    None where none or several may be it.
    """
    named = [p for p in gazetteer().lookup(place_key(name)) if p.kind in POINTS]
    near = [p for p in named if p.country in codes]
    found = _clear(near or named)
    return found if near or (found and (found.listed or found.population >= LARGE)) else None


def _clear(found: Sequence[Place]) -> Place | None:
    """Return the place that is meant where no other of the name comes near it."""
    ordered = sorted(found, key=lambda p: (not (p.listed or p.capital), -p.population, p.row))
    clear = ordered and (
        len(ordered) == 1
        or (ordered[0].listed or ordered[0].capital)
        or ordered[0].population >= CLEAR * max(1, ordered[1].population)
    )
    return ordered[0] if clear else None
