"""Keeps the events of a ledger up to date: new documents are compared with their candidates only. No SQL here.

What comes out depends on the documents that are there, not on the order in which they came: every judgement is a
function of two records, every cluster one of the judgements among its members.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from dragoman.edtf import bounds
from dragoman.records import CopyJudgement, Document, Event, Judgement, Record, Telling
from dragoman.resolve import blocks, compare
from dragoman.resolve.cluster import Pair, clusters, components, pair
from dragoman.resolve.consensus import event_of
from dragoman.resolve.copies import bands, compare_copies, lead_source, origin_at, origin_groups, signature
from dragoman.resolve.corrections import FIELD, REJECT, corrected
from dragoman.resolve.facets import Facet, facet, ordinal
from dragoman.resolve.shelf import Shelf
from dragoman.text import fold

BATCH = 200  # documents of one transaction: a second or two, so that other writers wait little
COPIED = 30  # days within which a text is printed again; stock sentences recur for ever, and are no copies
RECENT = 4  # days: what is older is no longer what the agency named in the first lines reports
RULE = "rule"
DIFFERENT = "different"


class Resolved(Record, frozen=True):
    """What a resolution came to."""

    documents: int = 0
    compared: int = 0
    events: int = 0


def resolve(
    batch: Callable[[], AbstractContextManager[Shelf]], progress: Callable[[int], None] | None = None, size: int = BATCH
) -> Resolved:
    """Resolve every document that waits, `size` at a time, each batch in a transaction that `batch` opens."""
    done = Resolved()
    while True:
        with batch() as shelf:
            documents = shelf.waiting(size)
            if not documents:
                return done
            compared, events = take(shelf, documents)
            shelf.settle([d.id for d in documents])
        done = Resolved(
            documents=done.documents + len(documents), compared=done.compared + compared, events=done.events + events
        )
        if progress is not None:
            progress(done.documents)


def take(shelf: Shelf, documents: Sequence[Document]) -> tuple[int, int]:
    """Compare new documents and their mentions with their candidates; write the events that change."""
    related = _copies(shelf, documents)
    new = shelf.tellings_in([d.id for d in documents])
    compared = _judge(shelf, new)
    touched = {x.mention.id for x in new} | {x.mention.id for x in shelf.tellings_in(related)}
    return compared, rebuild(shelf, touched)


# ---------------------------------------------------------------- copies
def _copies(shelf: Shelf, documents: Sequence[Document]) -> set[str]:
    """Judge new documents against candidates; return the ids of all older ones whose origins may change by it."""
    keys = {d.id: bands(signature(d.text)) for d in documents}
    shelf.put_bands(keys)
    pairs = _candidates(shelf, documents, keys)
    known = {d.id: d for d in shelf.documents({i for p in pairs for i in p})}
    judged = [compare_copies(known[a], known[b]) for a, b in sorted(pairs)]
    found = [j for j in judged if j.verdict != DIFFERENT or j.newer]
    shelf.put_copies(found)
    tied = {i for j in found for i in (j.a, j.b)}
    return shelf.copy_group(tied) - {d.id for d in documents}


def _candidates(shelf: Shelf, documents: Sequence[Document], keys: Mapping[str, Sequence[str]]) -> set[Pair]:
    """Return the pairs of a new document with one that shares a band or an address, or that it replaces."""
    mates = shelf.band_mates({b for d in documents for b in keys[d.id]})
    told = shelf.days({i for some in mates.values() for i in some})
    alike = {pair(d.id, other) for d in documents for b in keys[d.id] for other in mates[b]}
    found = {(a, b) for a, b in alike if _near(told[a], told[b])}
    addresses = shelf.at_addresses({d.url for d in documents if d.url})
    found |= {pair(d.id, other) for d in documents if d.url for other in addresses[d.url]}
    there = {d.id for d in shelf.documents({d.supersedes for d in documents if d.supersedes})}
    found |= {pair(d.id, d.supersedes) for d in documents if d.supersedes in there}
    found |= {pair(old, new) for old, many in shelf.replacing([d.id for d in documents]).items() for new in many}
    return {(a, b) for a, b in found if a != b}


def _near(a: str | None, b: str | None) -> bool:
    """Return whether two reports came out near enough for one to print the other; undated ones may."""
    one, other = ordinal(a), ordinal(b)
    return one is None or other is None or abs(one - other) <= COPIED


# ---------------------------------------------------------------- mentions
def _judge(shelf: Shelf, new: Sequence[Telling]) -> int:
    """Compare new mentions with those of their blocks; keep what is the same or unsure. Return the number of pairs."""
    facets = {x.mention.id: facet(x) for x in new}
    keys = {i: blocks.keys(f) for i, f in facets.items()}
    shelf.put_blocks(keys)
    mates = shelf.block_mates({k for some in keys.values() for k in some})
    pairs = {pair(i, other) for i, some in keys.items() for k in some for other in mates[k] if other != i}
    facets |= {x.mention.id: facet(x) for x in shelf.tellings({i for p in pairs for i in p} - set(facets))}
    found = []
    for a, b in sorted(pairs):
        total = compare.score(facets[a], facets[b])
        verdict = compare.verdict(total)
        if verdict != DIFFERENT:
            found.append(judgement(a, b, verdict, total))
    shelf.put_judgements(found)
    return len(pairs)


def judgement(a: str, b: str, verdict: str, total: float) -> Judgement:
    """Return the rule's judgement on two mentions; its reasons are made again where they are asked for."""
    return Judgement(kind="event", a=a, b=b, verdict=verdict, score=round(total, 4), reasons=(), by=RULE)


# ---------------------------------------------------------------- events
def rebuild(shelf: Shelf, touched: Collection[str]) -> int:
    """Make the events of all mentions that hang together with `touched` anew; return their number."""
    tellings = {x.mention.id: x for x in shelf.tellings(_together(shelf, touched))}
    made = events_of(tellings, standing(shelf, tellings), origins_of(shelf, tellings.values()))
    where = {i: (x.mention.document_id, x.mention.predicate.start) for i, x in tellings.items()}
    shelf.put_events(made, where)
    return sum(map(len, made.values()))


def _together(shelf: Shelf, touched: Collection[str]) -> set[str]:
    """Return every mention that judgements tie to `touched`, directly or through others."""
    members, frontier = set(touched), set(touched)
    while frontier:
        found = shelf.judgements("event", frontier)
        frontier = {i for j in found if j.verdict == "same" for i in (j.a, j.b)} - members
        members |= frontier
    return members


def standing(shelf: Shelf, mentions: Collection[str]) -> list[Judgement]:
    """Return the standing judgements among these mentions, and what people rejected or set of them."""
    among = [j for j in shelf.judgements("event", mentions) if j.a in mentions and j.b in mentions]
    return [*among, *shelf.judgements(REJECT, mentions), *shelf.judgements(FIELD, mentions)]


def events_of(
    tellings: Mapping[str, Telling], found: Sequence[Judgement], origins: Mapping[str, str]
) -> dict[str, list[Event]]:
    """Return component → its events, from mentions and the standing judgements on them. Pure.

    A rejected mention belongs to no event.
    """
    rejected = {j.a for j in found if j.kind == REJECT}
    edges = [j for j in found if j.kind == "event" and not {j.a, j.b} & rejected]
    decided = sorted((j for j in edges if j.by != RULE and j.verdict != "unsure"), key=lambda j: (j.at, j.by))
    people = {(j.a, j.b): j.verdict == "same" for j in decided}  # of several on one pair the last stands
    joined = [j for j in edges if j.verdict == "same" and people.get((j.a, j.b), True)]
    same = {(j.a, j.b): j.score for j in sorted(joined, key=lambda j: j.score)}
    fields = [j for j in found if j.kind == FIELD]
    made: dict[str, list[Event]] = {}
    beside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for edge, score in same.items():
        beside[edge[0]][edge] = score
    for ids in components(set(tellings) - rejected, same):
        facets = {i: facet(tellings[i]) for i in ids} if len(ids) > 1 else {}
        within = {edge: score for i in facets for edge, score in beside[i].items()}
        groups = clusters(ids, within, _scorer(facets), people, _apart(facets))
        made[ids[0]] = [
            corrected(event_of([tellings[i] for i in group], origins), _once(j for j in fields if j.a in group))
            for group in groups
        ]
    return made


def _once(found: Iterable[Judgement]) -> list[Judgement]:
    """Return what people set, each once: it is kept with every mention that the event had."""
    return list({(j.b, j.by, j.at): j for j in found}.values())


def _scorer(facets: Mapping[str, Facet]) -> Callable[[str, str], float]:
    """Return the function that scores two mentions, each pair once."""
    known: dict[Pair, float] = {}

    def score(a: str, b: str) -> float:
        key = pair(a, b)
        if key not in known:
            known[key] = compare.score(facets[key[0]], facets[key[1]])
        return known[key]

    return score


def _apart(facets: Mapping[str, Facet]) -> Callable[[Sequence[str], Sequence[str]], bool]:
    """Return the function that says of two groups of mentions that they can't be one event."""

    def apart(one: Sequence[str], other: Sequence[str]) -> bool:
        return compare.groups_apart([facets[i] for i in one], [facets[i] for i in other])

    return apart


# ---------------------------------------------------------------- origins
def origins_of(shelf: Shelf, tellings: Iterable[Telling], until: str | None = None) -> dict[str, str]:
    """Return mention → its origin: a wire, an outlet, or a document without an outlet. `until`: as of that day."""
    told = list(tellings)
    documents, judged = _group(shelf, {x.mention.document_id for x in told}, until)
    groups = origin_groups(documents.values(), judged)
    leads = {d: lead_source(documents[d]) for d in sorted({x.mention.document_id for x in told})}
    found = {}
    for x in told:
        d = documents[x.mention.document_id]
        teller = origin_at(d, x.mention.predicate.start, groups[d.id])
        retold = teller.basis == "own" and not x.mention.historical and not _past(x)
        wire = teller.wire or (leads[d.id] if retold else None)
        source = documents[teller.origin].publisher
        found[x.mention.id] = fold(wire or source or "") or teller.origin
    return found


def _past(x: Telling) -> bool:
    """Return whether an act lies days before its telling: background that the report has from elsewhere."""
    last = bounds(x.mention.when.edtf if x.mention.when else None)[1]
    told, done = ordinal(x.published), ordinal(last)
    return told is not None and done is not None and told - done > RECENT


def _group(shelf: Shelf, ids: Collection[str], until: str | None) -> tuple[dict[str, Document], list[CopyJudgement]]:
    """Return these documents with all that judgements on copies tie to them, and the judgements."""
    members = shelf.copy_group(ids)
    documents = {d.id: d for d in shelf.documents(members) if until is None or (d.published or "9")[:10] <= until}
    return documents, [j for j in shelf.copies_of(members) if j.a in documents and j.b in documents]
