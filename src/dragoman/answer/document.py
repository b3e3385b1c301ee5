"""One document opened: whose words it prints, what is related to it, what it says. The list of documents. No layout."""

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.answer import asof
from dragoman.answer.conditions import conditions
from dragoman.answer.words import act_words, parties_words
from dragoman.errors import NotFound
from dragoman.records import CopyJudgement, Document, DocumentOrigin, EventMention, Record
from dragoman.resolve.copies import origin_groups
from dragoman.store import Listed, Store
from dragoman.store import tables as t


class Said(Record, frozen=True):
    """One mention of a document; `event` is None where a person rejected it."""

    mention: str
    event: str | None
    what: str
    start: int  # of the words that tell it
    end: int
    status: str
    certainty: str


class Related(Record, frozen=True):
    """Another document that has words of this one, or is a version of it."""

    document: str
    publisher: str | None
    title: str | None
    published: str | None
    relation: str  # later version, earlier version, copy, shared passages
    contained: float  # the share of this document's own words that stand in the other
    passages: tuple[str, ...]  # as they stand here


class OpenDocument(Record, frozen=True):
    """A document with all that the ledger knows of it."""

    document: Document
    read_at: str
    run: str
    origin: DocumentOrigin
    related: tuple[Related, ...]
    mentions: tuple[Said, ...]


def opened(store: Store, prefix: str, asked: Mapping[str, Any]) -> OpenDocument:
    """Return the document whose id begins with `prefix`; with `as_of`, beside those of that day.

    Raises NotFound where it is not there or was published later, StopRun where several ids begin so.
    """
    kept, day = store.document(prefix), asof.day_of(asked)
    own = kept.document
    check_known(own, day)
    with store.consulting() as shelf:
        group = shelf.copy_group({own.id})
        documents = {d.id: d for d in shelf.documents(group) if d.id == own.id or known(d, day)}
        judged = [j for j in shelf.copies_of(group) if j.a in documents and j.b in documents]
    ours = [j for j in judged if own.id in (j.a, j.b)]
    return OpenDocument(
        document=own,
        read_at=kept.read_at,
        run=kept.run,
        origin=origin_groups(documents.values(), judged)[own.id],
        related=tuple(_related(own, documents[j.b if j.a == own.id else j.a], j) for j in ours),
        mentions=tuple(_said(store, own.id)),
    )


def known(document: Document, day: str | None) -> bool:
    """Return whether a document had been published by a day; one without a date had not."""
    return day is None or (document.published or "9")[:10] <= day


def check_known(document: Document, day: str | None) -> None:
    """Raise NotFound for a document that a day does not know yet."""
    if not known(document, day):
        raise NotFound(f"{document.id}: was not published by {day}")


def _related(own: Document, other: Document, j: CopyJudgement) -> Related:
    first = j.a == own.id
    copied = "copy" if j.verdict == "same-wire" else "shared passages"
    versions = {None: copied, own.id: "earlier version"}
    return Related(
        document=other.id,
        publisher=other.publisher,
        title=other.title,
        published=other.published,
        relation=versions.get(j.newer, "later version"),
        contained=j.contained[0 if first else 1],
        passages=tuple((p.a if first else p.b).quote for p in j.passages),
    )


def _said(store: Store, document: str) -> list[Said]:
    """Return what a document says, in the order of its text, each with its event."""
    mentions = store.mentions(t.mentions.c.document_id == document)
    events = {m: e.id for e in store.events_holding([m.id for m in mentions]) for m in e.mentions}
    return [_one(m, events.get(m.id)) for m in sorted(mentions, key=lambda m: (m.predicate.start, m.id))]


def _one(m: EventMention, event: str | None) -> Said:
    return Said(
        mention=m.id,
        event=event,
        what=f"{act_words(m)}: {parties_words(m.actors, m.recipients)}",
        start=m.predicate.start,
        end=m.predicate.end,
        status=m.status,
        certainty=m.certainty,
    )


# ---------------------------------------------------------------- many
class Outlet(Record, frozen=True):
    """One outlet: what of it is in the ledger. `own` and `printed` part its documents, later versions counted apart."""

    outlet: str
    documents: int
    mentions: int
    own: int
    printed: int  # the same text, or passages of it, had come out elsewhere before
    versions: int  # later versions of its own documents
    first: str | None
    last: str | None


def latest(store: Store, asked: Mapping[str, Any], limit: int, after: str | None = None) -> list[Listed]:
    """Return at most `limit` documents, without their texts, the latest first, from the one after `after` on."""
    return store.latest_documents(limit, after, *conditions(asked))


def _listed(store: Store, asked: Mapping[str, Any]) -> list[Listed]:
    """Return the documents, without their texts, by publication (unknown last) and id."""
    return store.listed(*conditions(asked))


def outlets(store: Store, asked: Mapping[str, Any]) -> list[Outlet]:
    """Return the outlets by the number of their documents and by name."""
    found = _listed(store, asked)
    rank = {d.id: i for i, d in enumerate(found)}
    outlet_of = {d.id: d.publisher for d in found}
    judged = [p for p in store.copy_pairs() if p.a in rank and p.b in rank]
    pairs = [(*sorted((p.a, p.b), key=rank.__getitem__), p.verdict) for p in judged]
    inside = {(a, b) for a, b, _ in pairs if outlet_of[a] and outlet_of[a] == outlet_of[b]}
    printed = {b for a, b, verdict in pairs if (a, b) not in inside and verdict != "different"}
    versions = {b for a, b, verdict in pairs if (a, b) in inside and verdict == "same-wire"} - printed
    groups: dict[str, list[Listed]] = {}
    for d in found:
        groups.setdefault(d.publisher or "unnamed outlet", []).append(d)
    made = [_outlet(name, some, printed, versions) for name, some in groups.items()]
    return sorted(made, key=lambda o: (-o.documents, o.outlet))


def _outlet(name: str, found: Sequence[Listed], printed: set[str], versions: set[str]) -> Outlet:
    days = [d.published[:10] for d in found if d.published]
    copied, newer = (sum(d.id in some for d in found) for some in (printed, versions))
    return Outlet(
        outlet=name,
        documents=len(found),
        mentions=sum(d.mentions for d in found),
        own=len(found) - copied - newer,
        printed=copied,
        versions=newer,
        first=min(days, default=None),
        last=max(days, default=None),
    )
