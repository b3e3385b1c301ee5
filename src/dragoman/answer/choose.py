"""Which mentions a brief between two parties rests on, and how near each stands to the two. No wording."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import or_

from dragoman.answer.conditions import Condition, happens_in, has_party
from dragoman.answer.parties import Side, among, touches
from dragoman.records import Document, EventMention, Record
from dragoman.store import Store
from dragoman.store import tables as t

MAIN, UNNAMED, CONTEXT = "main", "unnamed", "context"
MAINLY = 2  # a report is mainly about the two where they are its two most frequent parties


class Chosen(Record, frozen=True):
    """A mention with its document. `place`: main (both parties), unnamed (the other is not named), context."""

    mention: EventMention
    document: Document
    place: str


def choose(store: Store, a: Side, b: Side, filters: Sequence[Condition], *, few: bool = False) -> list[Chosen]:
    """Return the mentions of a brief, of those (`few`?) that `filters` let through, in the order of the store."""
    near = or_(with_either(a, b, few=few), happens_in(a), happens_in(b))
    found = store.mentions(near, *filters)
    documents = store.documents_by_id({m.document_id for m in found})
    mainly = _mainly_of_two(store, set(documents), a, b)
    placed = ((m, _placed(m, a, b, mainly=m.document_id in mainly)) for m in found)
    return [Chosen(mention=m, document=documents[m.document_id], place=place) for m, place in placed if place]


def with_either(a: Side, b: Side, *, few: bool = False) -> Condition:
    """Return the condition that one of the two is a party."""
    return or_(*(has_party(one, "actor", "recipient", few=few) for one in (a, b)))


def _placed(m: EventMention, a: Side, b: Side, *, mainly: bool) -> str | None:
    """Return how near the mention stands to the two; None where it does not belong in their brief."""
    if _between(m, a, b) or _about_the_other(m, a, b):
        return MAIN
    if _strangers(m, a, b) or not mainly:
        return None
    parties = (*m.actors, *m.recipients)
    theirs = all(among(a, [p], m.document_id) or among(b, [p], m.document_id) for p in parties)
    if theirs and (_moves(m) or (parties and _addressed(m))):
        return UNNAMED
    return CONTEXT if among(a, parties, m.document_id) or among(b, parties, m.document_id) else None


def _moves(m: EventMention) -> bool:
    """Return whether something is given or exchanged: who gives or receives it may be left to the reader."""
    goods = m.theme is not None and bool(m.theme.goods or m.theme.money)
    return m.act in ("AID", "COOPERATE") and bool(goods or m.actors or m.recipients)


def _addressed(m: EventMention) -> bool:
    """Return whether the act has an addressee even where the sentence leaves it to the reader: a demand, an offer."""
    return m.act in ("REQUEST", "REJECT") or m.status in ("requested", "refused", "negotiating", "hypothetical")


def _between(m: EventMention, a: Side, b: Side) -> bool:
    """Return whether one acts towards the other, or both act."""
    a_acts, b_acts = among(a, m.actors, m.document_id), among(b, m.actors, m.document_id)
    return (a_acts and (b_acts or among(b, m.recipients, m.document_id))) or (
        b_acts and among(a, m.recipients, m.document_id)
    )


def _about_the_other(m: EventMention, a: Side, b: Side) -> bool:
    """Return whether one is a party and the theme or place is the other's, with no third party."""
    parties = (*m.actors, *m.recipients)
    one_sided = (among(a, parties, m.document_id) and touches(b, m)) or (
        among(b, parties, m.document_id) and touches(a, m)
    )
    return one_sided and not _strangers(m, a, b)


def _strangers(m: EventMention, a: Side, b: Side) -> bool:
    """Return whether a state other than the two is a party."""
    d = m.document_id
    return any(p.country and not among(a, [p], d) and not among(b, [p], d) for p in (*m.actors, *m.recipients))


def _mainly_of_two(store: Store, ids: set[str], a: Side, b: Side) -> set[str]:
    """Return the documents in which the two are the most frequent parties."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions_of(store, sorted(ids)):
        for p in (*m.actors, *m.recipients):
            who = "a" if among(a, [p], m.document_id) else "b" if among(b, [p], m.document_id) else p.country
            if who:
                counts[m.document_id][who] += 1
    return {i for i, seen in counts.items() if _leads(seen)}


def _leads(seen: Counter[str]) -> bool:
    """Return whether both are named, and no third party more often than either."""
    third = max((n for who, n in seen.items() if who not in ("a", "b")), default=0)
    return len({"a", "b"} & set(seen)) == MAINLY and min(seen["a"], seen["b"]) >= third


def mentions_of(store: Store, ids: Sequence[str], step: int = 500) -> list[EventMention]:
    """Return the mentions of these documents, in slices that every engine takes."""
    slices = (ids[i : i + step] for i in range(0, len(ids), step))
    return [m for some in slices for m in store.mentions(t.mentions.c.document_id.in_(some))]
