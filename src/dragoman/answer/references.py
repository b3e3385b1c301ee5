"""The exact words that events rest on, as somebody may cite them: which tellings of an event, and where they stand."""

from collections.abc import Collection, Mapping, Sequence

from dragoman.answer import asof
from dragoman.answer.gather import corrected
from dragoman.records import Document, Event, Record, Telling
from dragoman.store import Store


class Citation(Record, frozen=True):
    """A sentence that an event rests on; `start` and `end` index the document: `text[start:end] == quote`."""

    event: str | None  # None where a person took the mention out of all events
    mention: str | None  # None for a piece of a text of which no mention is made
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str
    says: tuple[str, ...]  # the attribution chain, the nearest first; empty: the outlet itself
    corrected: bool  # a later version of the report no longer has the sentence


def citations(
    store: Store, events: Sequence[Event], most: int, *, day: str | None = None
) -> dict[str, tuple[Citation, ...]]:
    """Return event → at most `most` of its sentences, each once however many print it.

    What nobody corrected goes first, then what tells the event's own act and status, the earliest told before the
    later. `day` is the day as of which the ledger is asked.
    """
    with store.consulting() as shelf:
        tellings = {x.mention.id: x for x in shelf.tellings({m for e in events for m in e.mentions})}
        gone = corrected(shelf, tellings.values(), day)
    chosen = {e.id: _chosen(e, tellings, gone)[:most] for e in events}
    documents = store.documents_by_id({x.mention.document_id for some in chosen.values() for x in some})
    return {i: tuple(_citation(i, x, documents, gone) for x in some) for i, some in chosen.items()}


def of_mentions(store: Store, ids: Sequence[str], *, day: str | None = None) -> dict[str, Citation]:
    """Return mention → its sentence; `day` is the day as of which the ledger is asked."""
    events = {m: e.id for e in asof.events_with(store, set(ids), day) for m in e.mentions}
    with store.consulting() as shelf:
        told = shelf.tellings(set(ids))
        gone = corrected(shelf, told, day)
    documents = store.documents_by_id({x.mention.document_id for x in told})
    made = {x.mention.id: _citation(events.get(x.mention.id), x, documents, gone) for x in told}
    return {i: made[i] for i in ids if i in made}


def _chosen(e: Event, tellings: Mapping[str, Telling], gone: Collection[str]) -> list[Telling]:
    """Return the tellings of an event that differ in their words, the best to cite first."""
    told = sorted(
        (tellings[m] for m in e.mentions if m in tellings),  # a writer may have taken one out meanwhile
        key=lambda x: (x.mention.id in gone, (x.mention.act, x.mention.status) != (e.act, e.status)),
    )
    by_words: dict[str, Telling] = {}
    for x in told:
        by_words.setdefault(" ".join(x.said.split()), x)
    return list(by_words.values())


def _citation(event: str | None, x: Telling, documents: Mapping[str, Document], gone: Collection[str]) -> Citation:
    d, at = documents[x.mention.document_id], x.mention.sentence
    return Citation(
        event=event,
        mention=x.mention.id,
        document=d.id,
        title=d.title,
        publisher=d.publisher,
        published=d.published,
        url=d.url,
        start=at.start,
        end=at.end,
        quote=d.text[at.start : at.end],
        says=tuple(v.source for v in x.mention.attribution),
        corrected=x.mention.id in gone,
    )
