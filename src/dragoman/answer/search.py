"""Search over a ledger: actors, places, dossiers, events and documents with the words that are looked for. No SQL."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from dragoman.answer import asof
from dragoman.answer.conditions import last_day
from dragoman.answer.states import state
from dragoman.answer.words import names
from dragoman.errors import StopRun
from dragoman.records import Document, Dossier, Event, EventMention, Party, Record, Telling
from dragoman.resolve import dossiers as following
from dragoman.resolve.actors import name_key
from dragoman.resolve.actors_names import STATE, named
from dragoman.store import Store
from dragoman.store.names import PARTY, PLACE
from dragoman.store.query import Query, Range, fits, marks, query
from dragoman.store.search import FoundName
from dragoman.text import digest, fold

DEEPEST = 500  # hits of a kind that paging reaches: who has not found it by then needs other words
STEP = 50  # mentions whose events are read at once
TOLD = 100  # mentions that dossiers are looked for in: the best there are; as of a day 100 take 100 ms
SNIPPET = 200  # characters of a document around its first hit, as of a sentence


class ActorHit(Record, frozen=True):
    """A party whose name has the words. `id` opens it: a state's code, or the id of the name in its country.

    `also` are other writings that were found; `sightings` how often the ledger has them, None as of a day.
    """

    id: str
    name: str
    kind: str  # as of `resolve.actors.Actor`
    country: str | None
    also: tuple[str, ...]
    sightings: int | None


class PlaceHit(Record, frozen=True):
    """A place of events whose name has the words; `--place NAME` filters by it. `sightings` is None as of a day."""

    id: str
    name: str
    country: str | None
    sightings: int | None


class DossierHit(Record, frozen=True):
    """A matter in whose title or parties the words stand, as far as the sentences with the words tell of it.

    `id` is that of one of its events: `dossier` opens the whole by it. `marks` are offsets in `title`.
    """

    id: str
    kind: str
    title: str
    marks: tuple[Range, ...]
    parties: tuple[Party, ...]
    first_told: str | None
    last_told: str | None


class EventHit(Record, frozen=True):
    """An event with the sentence that has the words: `text[start : start + len(sentence)]` of the document.

    `marks` are offsets in the text of the document, as `start` is.
    """

    id: str
    type: str
    act: str
    date: str | None  # EDTF
    published: str | None  # of the earliest report
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: str
    certainty: str
    historical: bool
    mention: str
    document: str
    sentence: str
    start: int
    marks: tuple[Range, ...]


class DocumentHit(Record, frozen=True):
    """A document with a piece of it around the first hit: `text[start : start + len(snippet)]` is `snippet`.

    `marks` are offsets in the text, `title_marks` in the title.
    """

    id: str
    title: str | None
    title_marks: tuple[Range, ...]
    published: str | None
    publisher: str | None
    url: str | None
    snippet: str
    start: int
    marks: tuple[Range, ...]


class Found(Record, frozen=True):
    """What was found, each kind in its own order. `next` asks for more of every kind; None where all are told."""

    words: str
    as_of: str | None  # ISO day
    actors: tuple[ActorHit, ...]
    places: tuple[PlaceHit, ...]
    dossiers: tuple[DossierHit, ...]
    events: tuple[EventHit, ...]
    documents: tuple[DocumentHit, ...]
    next: str | None


def search(store: Store, words: str, limit: int = 10, *, as_of: str | None = None, cursor: str | None = None) -> Found:
    """Return up to `limit` hits of each kind that have all the words, the weightiest first, then the latest.

    Words in double quotes stand in a row; the last word may be the beginning of a longer one. `as_of` (YYYY, YYYY-MM or
    YYYY-MM-DD) keeps to what had been published by then; `cursor` is `next` of the answer before. StopRun for a bad
    limit, date or cursor, and for too many words. Names are the commonest first, dossiers those that were told last.
    """
    if limit < 1:
        raise StopRun(f"--limit {limit}: wants a number from 1 up")
    day = last_day("--as-of", as_of) if as_of else None
    first, asked = _first(cursor), query(words)
    mentions = store.mentions_with(asked, day)
    page = slice(first, first + limit + 1)
    actors = _actors(store, asked, words, day)[page]
    places = _places(store, asked, day)[page]
    dossiers = _dossiers(store, asked, mentions, day)[page]
    events = _events(store, asked, mentions, day, page)
    documents = _documents(store, asked, store.documents_with(asked, day)[page])
    more = any(len(kind) > limit for kind in (actors, places, dossiers, events, documents))
    return Found(
        words=words,
        as_of=day,
        actors=tuple(actors[:limit]),
        places=tuple(places[:limit]),
        dossiers=tuple(dossiers[:limit]),
        events=tuple(events[:limit]),
        documents=tuple(documents[:limit]),
        next=str(first + limit) if more and first + limit <= DEEPEST else None,
    )


def _first(cursor: str | None) -> int:
    """Return how many hits of each kind have been told before."""
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(DEEPEST)) and int(cursor) <= DEEPEST):
        raise StopRun(f"cursor {cursor!r}: is none that an answer gave as `next`")
    return int(cursor)


# ---------------------------------------------------------------- names
def _actors(store: Store, asked: Query, words: str, day: str | None) -> list[ActorHit]:
    """Return the parties with the words, those of one state or one way of writing together, the commonest first."""
    found = store.names_with(PARTY, asked, day)
    meant = state(" ".join(words.replace('"', " ").split()))
    if meant:  # by code or alias: RUS
        found = list(dict.fromkeys([*store.names_with(PARTY, query(f'"{meant.name}"'), day), *found]))
    together: dict[tuple[object, ...], list[FoundName]] = {}
    for n in found:
        read = named(n.name, n.country)
        together.setdefault((read.kind, read.known or read.key, read.country), []).append(n)
    hits = [_actor(some, day) for some in together.values()]
    return hits if day else sorted(hits, key=lambda h: (-(h.sightings or 0), h.name, h.id))


def _actor(some: Sequence[FoundName], day: str | None) -> ActorHit:
    first = some[0]
    read = named(first.name, first.country)
    code = read.country if read.kind == STATE else None
    return ActorHit(
        id=code or name_key(first.name, first.country),
        name=first.name,
        kind=read.kind,
        country=first.country or read.country,
        also=tuple(dict.fromkeys(n.name for n in some if n.name != first.name)),
        sightings=None if day else sum(n.sightings for n in some),
    )


def _places(store: Store, asked: Query, day: str | None) -> list[PlaceHit]:
    return [
        PlaceHit(
            id=digest("place", fold(n.name), n.country or ""),
            name=n.name,
            country=n.country,
            sightings=None if day else n.sightings,
        )
        for n in store.names_with(PLACE, asked, day)
    ]


# ---------------------------------------------------------------- events and dossiers
def _events(store: Store, asked: Query, mentions: Sequence[str], day: str | None, page: slice) -> list[EventHit]:
    """Return the events of these mentions, each with the first of them, in their order."""
    chosen: dict[str, tuple[Event, str]] = {}
    for some in _slices(mentions):
        by_mention = {m: e for e in asof.events_with(store, some, day) for m in e.mentions}
        for m in some:
            if m in by_mention:  # a person may have rejected it
                chosen.setdefault(by_mention[m].id, (by_mention[m], m))
        if len(chosen) >= page.stop:
            break
    kept = list(chosen.values())[page]
    told = _tellings(store, [m for _, m in kept])
    return [_event(asked, e, told[m]) for e, m in kept]


def _event(asked: Query, e: Event, of: Telling) -> EventHit:
    m: EventMention = of.mention
    return EventHit(
        id=e.id,
        type=e.type,
        act=e.act,
        date=e.when.edtf if e.when else None,
        published=e.published,
        actors=e.actors,
        recipients=e.recipients,
        status=e.status,
        certainty=e.certainty,
        historical=e.historical,
        mention=m.id,
        document=m.document_id,
        sentence=of.said,
        start=m.sentence.start,
        marks=marks(asked, of.said, m.sentence.start),
    )


def _dossiers(store: Store, asked: Query, mentions: Sequence[str], day: str | None) -> list[DossierHit]:
    """Return the matters that the first of these mentions tell of, with the words in title or parties."""
    chosen = set(mentions[:TOLD])
    events = [
        msgspec.structs.replace(e, mentions=tuple(m for m in e.mentions if m in chosen))
        for e in asof.events_with(store, chosen, day)
    ]
    told = _tellings(store, chosen)
    found = [d for d in following.dossiers(events, told) if _speaks_of(asked, d)]
    by_event = {e.id: [x for m in e.mentions if (x := told[m].published)] for e in events}
    hits = [_dossier(asked, d, sorted(day for e in d.events for day in by_event[e])) for d in found]
    return sorted(sorted(hits, key=lambda d: d.id), key=lambda d: d.last_told or "", reverse=True)


def _speaks_of(asked: Query, d: Dossier) -> bool:
    return fits(asked, d.title, *names(d.parties), *(p.country or "" for p in d.parties))


def _dossier(asked: Query, d: Dossier, told: Sequence[str]) -> DossierHit:
    return DossierHit(
        id=d.id,
        kind=d.kind,
        title=d.title,
        marks=marks(asked, d.title),
        parties=d.parties,
        first_told=told[0] if told else None,
        last_told=told[-1] if told else None,
    )


def _tellings(store: Store, mentions: Collection[str]) -> dict[str, Telling]:
    with store.consulting() as shelf:
        return {x.mention.id: x for x in shelf.tellings(mentions)}


def _slices(mentions: Sequence[str]) -> Iterator[Sequence[str]]:
    return (mentions[n : n + STEP] for n in range(0, len(mentions), STEP))


# ---------------------------------------------------------------- documents
def _documents(store: Store, asked: Query, ids: Sequence[str]) -> list[DocumentHit]:
    known = store.documents_by_id(set(ids))
    return [_document(asked, known[i]) for i in ids]


def _document(asked: Query, d: Document) -> DocumentHit:
    every = marks(asked, d.text)
    start, end = _piece(d.text, every)
    return DocumentHit(
        id=d.id,
        title=d.title,
        title_marks=marks(asked, d.title or ""),
        published=d.published,
        publisher=d.publisher,
        url=d.url,
        snippet=d.text[start:end],
        start=start,
        marks=tuple((a, b) for a, b in every if start <= a and b <= end),
    )


def _piece(text: str, every: Sequence[Range]) -> Range:
    """Return where the piece of a text lies that is shown: whole words, with as many marks as it can hold."""
    held = {
        a: sum(a <= x and y <= a + SNIPPET // 2 for x, y in every[i : i + SNIPPET]) for i, (a, _) in enumerate(every)
    }
    first = max(held, key=lambda a: (held[a], -a), default=0)
    start = max(0, first - SNIPPET // 4)
    end = min(len(text), start + SNIPPET)
    if start:
        start = next((i + 1 for i in range(start, first) if text[i].isspace()), first)
    if end < len(text):
        last = max((b for _, b in every if b <= end), default=start)
        end = next((i for i in range(end, last, -1) if text[i].isspace()), end)
    return start, end
