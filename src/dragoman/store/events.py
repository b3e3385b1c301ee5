"""Events derived from mentions: pure, rebuildable. Until it is compared each mention is an event of its own."""

from collections.abc import Iterable, Mapping

from dragoman.records import Document, Event, EventMention


def order(mention: EventMention, documents: Mapping[str, Document]) -> tuple[bool, str, str, int, str]:
    """Return the key of the one order used everywhere: publication (unknown last), document, predicate, id."""
    published = documents[mention.document_id].published
    return published is None, published or "", mention.document_id, mention.predicate.start, mention.id


def events_of(mentions: Iterable[EventMention], documents: Mapping[str, Document]) -> list[Event]:
    """Return the events that `mentions` amount to, in order; the coder has merged what one document tells twice."""
    ordered = sorted(mentions, key=lambda m: order(m, documents))
    return [alone(m, documents[m.document_id].published) for m in ordered]


def alone(m: EventMention, published: str | None) -> Event:
    """Return the event that rests on this one mention, published then."""
    return Event(
        id=m.id,
        type=m.type,
        act=m.act,
        modes=m.modes,
        quad=m.quad,
        score=m.score,
        actors=m.actors,
        recipients=m.recipients,
        theme=m.theme,
        when=m.when,
        where=m.where,
        status=m.status,
        historical=m.historical,
        certainty=m.certainty,
        attribution=m.attribution,
        published=published,
        mentions=(m.id,),
        origins=1,
    )
