"""The exact words that events rest on, as somebody may cite them: which tellings of an event, and where they stand."""

from collections.abc import Collection, Mapping, Sequence

from dragoman.answer.gather import corrected
from dragoman.records import Document, Event, Record, Telling
from dragoman.store import Store


class Citation(Record, frozen=True):
    """A sentence that an event rests on; `start` and `end` index the document: `text[start:end] == quote`."""

    event: str
    mention: str
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
    store: Store, events: Sequence[Event], most: int, *, day: str | None = None, first: Collection[str] = ()
) -> dict[str, tuple[Citation, ...]]:
    """Return event → at most `most` of its sentences, each once however many print it.

    The mentions in `first` go before the others; then comes what nobody corrected, then what tells the event's own act
    and status, the earliest told before the later. `day` is the day as of which the ledger is asked.
    """
    with store.consulting() as shelf:
        tellings = {x.mention.id: x for x in shelf.tellings({m for e in events for m in e.mentions})}
        gone = corrected(shelf, tellings.values(), day)
    chosen = {e.id: _chosen(e, tellings, gone, first)[:most] for e in events}
    documents = store.documents_by_id({x.mention.document_id for some in chosen.values() for x in some})
    return {i: tuple(_citation(i, x, documents, gone) for x in some) for i, some in chosen.items()}


def _chosen(e: Event, tellings: Mapping[str, Telling], gone: Collection[str], first: Collection[str]) -> list[Telling]:
    """Return the tellings of an event that differ in their words, the best to cite first."""
    told = sorted(
        (tellings[m] for m in e.mentions),
        key=lambda x: (
            x.mention.id not in first,
            x.mention.id in gone,
            (x.mention.act, x.mention.status) != (e.act, e.status),
        ),
    )
    by_words: dict[str, Telling] = {}
    for x in told:
        by_words.setdefault(x.mention.id if x.mention.id in first else " ".join(x.said.split()), x)
    return list(by_words.values())


def _citation(event: str, x: Telling, documents: Mapping[str, Document], gone: Collection[str]) -> Citation:
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
