"""One event opened: its fields, each telling with its origin, where they differ, and why they are one. No layout."""

from dragoman.answer.review import Decision, decisions
from dragoman.records import Event, Ingredient, Record, Telling
from dragoman.resolve import compare, keep
from dragoman.resolve.facets import facet
from dragoman.store import Store


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


class Opened(Record, frozen=True):
    """An event with its tellings in the order of publication, and what people decided on them."""

    event: Event
    told: tuple[Told, ...]
    decisions: tuple[Decision, ...]


def opened(store: Store, prefix: str) -> Opened:
    """Return the event of the mention whose id begins with `prefix`; StopRun where none or several do."""
    event = store.event(store.mention(prefix).id)
    with store.consulting() as shelf:
        tellings = {x.mention.id: x for x in shelf.tellings(event.mentions)}
        origins = keep.origins_of(shelf, tellings.values())
    ordered = [tellings[m] for m in event.mentions]
    ours = set(event.mentions)
    made = tuple(d for d in decisions(store) if {d.judgement.a, d.judgement.b} & ours)
    return Opened(event=event, told=tuple(_told(x, ordered, origins) for x in ordered), decisions=made)


def _told(x: Telling, others: list[Telling], origins: dict[str, str]) -> Told:
    own = facet(x)
    rest = [facet(o) for o in others if o.mention.id != own.id]
    nearest = max(rest, key=lambda f: compare.score(own, f), default=None)
    m = x.mention
    return Told(
        mention=m.id,
        published=x.published,
        publisher=x.publisher,
        origin=origins[m.id],
        says=tuple(v.source for v in m.attribution),
        status=m.status,
        certainty=m.certainty,
        historical=m.historical,
        said=x.said,
        nearest=nearest.id if nearest else None,
        score=round(compare.score(own, nearest), 4) if nearest else None,
        reasons=compare.reasons(own, nearest) if nearest else (),
    )
