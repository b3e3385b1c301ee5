"""Dossiers, flows and contacts of a ledger, between two parties or all: which events are asked for, what is kept.

Each takes conditions (`only`) on the mentions that it is read from: a page over a large ledger reads the latest.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.answer import asof
from dragoman.answer.conditions import Condition
from dragoman.answer.parties import Side, among, side
from dragoman.errors import NotFound, StopRun
from dragoman.records import Contact, Document, Dossier, Event, Flow, Party, Record, Telling
from dragoman.resolve import contacts as meeting
from dragoman.resolve import dossiers as following
from dragoman.resolve import flows as moving
from dragoman.resolve.facets import content
from dragoman.resolve.flows import FlowSum
from dragoman.store import Store

OWN = ("party", "actor", "recipient", "between")  # filters that the parties A and B stand for


class Told(Record, frozen=True):
    """One telling of a dossier: the event and mention, the sentence, who printed it when."""

    event: str
    mention: str
    said: str
    published: str | None
    publisher: str | None
    document: str
    title: str | None


class OpenDossier(Record, frozen=True):
    """A dossier with all that it rests on, in the order of publication."""

    dossier: Dossier
    told: tuple[Told, ...]


def dossiers(  # noqa: PLR0913 - the theme goes with the two parties, as on the command line
    store: Store,
    a: str | None,
    b: str | None,
    theme: str | None,
    asked: Mapping[str, Any],
    *,
    only: Sequence[Condition] = (),
) -> list[Dossier]:
    """Return the dossiers of A and B, of one of them, or all, in the order in which they were first told.

    Of a matter of the two both must be parties; it is read with all that each does with others, since a report of a
    step often names but one. `theme` keeps the matters whose title, or a theme of whose events, has its words.
    """
    events, tellings = _asked(store, a, b, asked, only)
    by_id = {e.id: e for e in events}
    found = [d for d in following.dossiers(events, tellings) if _of(d.parties, a, b)]
    return [d for d in found if not theme or _speaks_of(theme, d, by_id, tellings)]


def dossier(store: Store, prefix: str, asked: Mapping[str, Any]) -> OpenDossier:
    """Return one dossier, opened, by the first characters of the id of any of its events; StopRun where it is none."""
    mention = store.mention(prefix)
    parties = list(dict.fromkeys(p.country or p.name for p in (*mention.actors, *mention.recipients)))
    events, tellings = _events(store, {**asked, **({"party": parties} if parties else {})})
    mine = {e.id for e in events if mention.id in e.mentions}
    found = next((d for d in following.dossiers(events, tellings) if mine & set(d.events)), None)
    if found is None:
        raise NotFound(
            f"{prefix}: belongs to no dossier; `dragoman dossiers` lists them, `dragoman explain` opens an entry"
        )
    told = [(e, tellings[i]) for e in events if e.id in found.events for i in e.mentions]
    documents = store.documents_by_id({t.mention.document_id for _, t in told})
    rows = [_told(e, t, documents[t.mention.document_id]) for e, t in told]
    return OpenDossier(
        dossier=found, told=tuple(sorted(rows, key=lambda r: (r.published or "9", r.document, r.mention)))
    )


def flows(
    store: Store, a: str | None, b: str | None, asked: Mapping[str, Any], *, only: Sequence[Condition] = ()
) -> list[Flow]:
    """Return the flows between A and B in both directions, of one of them, or all, in the order of their telling."""
    found = moving.flows(*_asked(store, a, b, asked, only))
    return [f for f in found if _of([p for p in (f.origin, f.target) if p], a, b)]


def flow_sums(store: Store, a: str | None, b: str | None, asked: Mapping[str, Any]) -> list[FlowSum]:
    """Return the sums by month of the same flows."""
    return moving.sums(flows(store, a, b, asked))


def contacts(
    store: Store, a: str | None, b: str | None, asked: Mapping[str, Any], *, only: Sequence[Condition] = ()
) -> list[Contact]:
    """Return who met, visited or phoned whom, of A and B, of one of them, or all, in the order of their telling."""
    return [c for c in meeting.contacts(*_asked(store, a, b, asked, only)) if _of(c.parties, a, b)]


# ---------------------------------------------------------------- what is asked for
def _asked(
    store: Store, a: str | None, b: str | None, asked: Mapping[str, Any], only: Sequence[Condition]
) -> tuple[list[Event], dict[str, Telling]]:
    """Return the events with A or B as a party that the filters let through, and what they rest on."""
    named = [x for x in (a, b) if x]
    twice = next((name for name in OWN if named and asked.get(name)), None)
    if twice:
        raise StopRun(f"{twice}: the parties are named as A and B already; leave one of the two out")
    return _events(store, {**asked, **({"party": named} if named else {})}, only)


def _events(
    store: Store, asked: Mapping[str, Any], only: Sequence[Condition] = ()
) -> tuple[list[Event], dict[str, Telling]]:
    events = asof.events(store, asked, only)
    with store.consulting() as shelf:
        told = shelf.tellings({m for e in events for m in e.mentions})
    return events, {t.mention.id: t for t in told}


def _of(parties: Sequence[Party], *asked: str | None) -> bool:
    """Return whether each party asked for is among these."""
    sides: list[Side] = [side(x) for x in asked if x]
    return all(among(one, parties) for one in sides)


def _speaks_of(theme: str, d: Dossier, events: Mapping[str, Event], tellings: Mapping[str, Telling]) -> bool:
    """Return whether the title or one theme has all words asked for, whatever their endings."""
    wanted = set(content(theme))
    themes = [t.mention.theme for i in d.events for m in events[i].mentions if (t := tellings[m])]
    return any(wanted <= set(content(text)) for text in (d.title, *(x.text for x in themes if x)))


def _told(e: Event, t: Telling, of: Document) -> Told:
    return Told(
        event=e.id,
        mention=t.mention.id,
        said=" ".join(t.said.split()),
        published=t.published,
        publisher=t.publisher,
        document=of.id,
        title=of.title,
    )
