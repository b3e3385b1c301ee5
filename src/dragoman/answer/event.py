"""One event opened: its fields, each telling with its origin, where they differ, and why they are one. No layout."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.answer import asof
from dragoman.answer.review import Decision, decisions
from dragoman.errors import NotFound
from dragoman.records import CopyJudgement, Document, Event, Ingredient, Record, Telling, Voice
from dragoman.resolve import compare, keep
from dragoman.resolve.facets import Facet, facet
from dragoman.resolve.shelf import Shelf
from dragoman.store import Store

BESIDE = 50  # tellings on each side among which the most like one is sought: an event of 1,000 opens in seconds


class Told(Record, frozen=True):
    """One telling of an event. `reasons` say why it is one with `nearest`, the telling that is most like it."""

    mention: str
    published: str | None
    publisher: str | None
    origin: str
    says: tuple[str, ...]  # the attribution chain, the nearest first; empty: the outlet itself
    status: str
    certainty: str
    historical: bool
    said: str
    nearest: str | None
    score: float | None  # log-odds of being one event with the nearest
    reasons: tuple[Ingredient, ...]
    document: str
    title: str | None
    url: str | None
    voices: tuple[Voice, ...]  # the same chain with its words
    confidence: float


class Origin(Record, frozen=True):
    """Tellings that are one and the same origin: those of one wire or outlet, and all that print them."""

    name: str
    outlets: tuple[str, ...]
    mentions: tuple[str, ...]
    documents: tuple[str, ...]
    copies: tuple[CopyJudgement, ...]  # between these documents, with the passages that they share


class Opened(Record, frozen=True):
    """An event with its tellings in the order of publication, and what people decided on them."""

    event: Event
    told: tuple[Told, ...]
    decisions: tuple[Decision, ...]
    origins: tuple[Origin, ...]  # in the order of their first telling


def opened(store: Store, prefix: str, asked: Mapping[str, Any] | None = None) -> Opened:
    """Return the event of the mention whose id begins with `prefix`, with `as_of` as it stood on that day.

    Raises StopRun where no mention or several begin so, NotFound where no report had told it by that day.
    """
    day = asof.day_of(asked or {})
    event = _event(store, store.mention(prefix).id, day)
    with store.consulting() as shelf:
        tellings = {x.mention.id: x for x in shelf.tellings(event.mentions)}
        origins = keep.origins_of(shelf, tellings.values(), day)
        ordered = [tellings[m] for m in event.mentions]
        grouped = _origins(shelf, ordered, origins)
    documents = store.documents_by_id({x.mention.document_id for x in ordered})
    ours = set(event.mentions)
    made = tuple(d for d in decisions(store) if {d.judgement.a, d.judgement.b} & ours)
    facets = [facet(x) for x in ordered]
    told = tuple(
        _told(x, _nearest(facets, i), origins[x.mention.id], documents[x.mention.document_id])
        for i, x in enumerate(ordered)
    )
    return Opened(event=event, told=told, decisions=made, origins=grouped)


def _event(store: Store, mention: str, day: str | None) -> Event:
    if day is None:
        return store.event(mention)
    found = asof.events_with(store, [mention], day)
    if not found:
        raise NotFound(f"{mention}: no report published by {day} tells it")
    return found[0]


def _origins(shelf: Shelf, told: Sequence[Telling], origins: Mapping[str, str]) -> tuple[Origin, ...]:
    """Return the tellings by origin, with the judgements on copies that tie the documents of one origin."""
    groups: dict[str, list[Telling]] = {}
    for x in told:
        groups.setdefault(origins[x.mention.id], []).append(x)
    several = {x.mention.document_id for some in groups.values() if len(some) > 1 for x in some}
    judged = shelf.copies_of(several)
    return tuple(_origin(name, some, judged) for name, some in groups.items())


def _origin(name: str, told: Sequence[Telling], judged: Iterable[CopyJudgement]) -> Origin:
    documents = tuple(dict.fromkeys(x.mention.document_id for x in told))
    return Origin(
        name=name,
        outlets=tuple(dict.fromkeys(x.publisher or "unnamed outlet" for x in told)),
        mentions=tuple(x.mention.id for x in told),
        documents=documents,
        copies=tuple(j for j in judged if j.a in documents and j.b in documents),
    )


def _nearest(facets: Sequence[Facet], i: int) -> tuple[Facet, Facet] | None:
    """Return the facet at a place with the one that is most like it, of those told just before and after it."""
    beside = [*facets[max(0, i - BESIDE) : i], *facets[i + 1 : i + 1 + BESIDE]]
    found = max(beside, key=lambda f: compare.score(facets[i], f), default=None)
    return (facets[i], found) if found else None


def _told(x: Telling, nearest: tuple[Facet, Facet] | None, origin: str, d: Document) -> Told:
    m = x.mention
    return Told(
        mention=m.id,
        published=x.published,
        publisher=x.publisher,
        origin=origin,
        says=tuple(v.source for v in m.attribution),
        status=m.status,
        certainty=m.certainty,
        historical=m.historical,
        said=x.said,
        nearest=nearest[1].id if nearest else None,
        score=round(compare.score(*nearest), 4) if nearest else None,
        reasons=compare.reasons(*nearest) if nearest else (),
        document=d.id,
        title=d.title,
        url=d.url,
        voices=m.attribution,
        confidence=m.confidence,
    )
