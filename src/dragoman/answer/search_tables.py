"""What a search found as one flat table and as Markdown. Nothing is chosen here."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.answer.search import Found
from dragoman.answer.tables import Column, Table, table
from dragoman.answer.words import names, parties_words
from dragoman.store.query import Range


class Line(NamedTuple):
    """One hit in the words of a list: what it is called, what is known of it, the words that were found in it."""

    kind: str
    id: str
    date: str | None
    name: str
    about: str
    words: str
    marks: tuple[Range, ...]  # in `words`


LINES: tuple[Column, ...] = (
    ("kind", "text", lambda x: x.kind),
    ("id", "text", lambda x: x.id),
    ("date", "text", lambda x: x.date),
    ("name", "text", lambda x: x.name),
    ("about", "text", lambda x: x.about),
    ("words", "text", lambda x: x.words),
    ("marks", "list", lambda x: [f"{a}-{b}" for a, b in x.marks]),
)
TITLES = {"actor": "actors", "place": "places", "dossier": "dossiers", "event": "events", "document": "documents"}


def search_table(found: Found) -> Table:
    """Return one row a hit, the kinds in the order of the answer; `marks` are offsets in `words`."""
    return table(LINES, list(lines(found)))


def lines(found: Found) -> Iterator[Line]:
    """Yield all hits in the order of the answer."""
    for a in found.actors:
        yield Line("actor", a.id, None, a.name, _about(a.kind, a.country, *a.also, _times(a.sightings)), "", ())
    for p in found.places:
        yield Line("place", p.id, None, p.name, _about(p.country, _times(p.sightings)), "", ())
    for d in found.dossiers:
        day = (d.last_told or "")[:10] or None
        yield Line("dossier", d.id, day, d.title, _about(d.kind, " – ".join(names(d.parties))), d.title, d.marks)
    for e in found.events:
        about = _about(e.act, e.status, "" if e.certainty == "stated" else e.certainty)
        who = parties_words(e.actors, e.recipients)
        yield Line("event", e.id, e.date, who, about, e.sentence, _within(e.marks, e.start))
    for x in found.documents:
        day = (x.published or "")[:10] or None
        about = _about(x.publisher)
        yield Line("document", x.id, day, x.title or "untitled", about, x.snippet, _within(x.marks, x.start))


def _within(marks: Sequence[Range], start: int) -> tuple[Range, ...]:
    return tuple((a - start, b - start) for a, b in marks)


def _about(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _times(sightings: int | None) -> str:
    return "" if sightings is None else f"told {sightings} time{'' if sightings == 1 else 's'}"
