"""What people decide on events and actors: merge, split, reject, set a field, undo. Each is a judgement that stays."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from dragoman.errors import StopRun
from dragoman.records import EventMention, Ingredient, Judgement, Record, Telling
from dragoman.resolve import compare, keep
from dragoman.resolve.actors import KIND, name_key
from dragoman.resolve.cluster import pair
from dragoman.resolve.corrections import FIELD, REJECT, checked
from dragoman.resolve.facets import facet
from dragoman.resolve.shelf import Shelf
from dragoman.store import Store
from dragoman.text import digest, fold

TIED = 6  # mentions of each side that a merge ties, so that it holds when one of them is rejected


class Decision(Record, frozen=True):
    """A judgement with the id by which it can be undone; of a decision on many pairs the first."""

    id: str
    judgement: Judgement


class Doubt(Record, frozen=True):
    """Two mentions that the rules are unsure of, with what speaks for and against one event."""

    score: float
    a: EventMention
    b: EventMention
    said: tuple[str, str]
    reasons: tuple[Ingredient, ...]


def merge(store: Store, ids: Sequence[str], by: str, reason: str) -> list[Decision]:
    """Make one event of those that the ids name, and keep it so."""
    mentions = [store.mention(i).id for i in ids]
    if len({store.event(m).id for m in mentions}) < 2:
        raise StopRun("these are one event already; name mentions or events that stand apart")
    first, *others = dict.fromkeys(store.event(m).id for m in mentions)
    sides = [(store.event(first).mentions[:TIED], store.event(other).mentions[:TIED]) for other in others]
    return _decide(store, [_edge(a, b, "same", by, reason) for one, other in sides for a in one for b in other])


def judge(store: Store, ids: Sequence[str], verdict: str, by: str, reason: str) -> list[Decision]:
    """Say of two mentions whether they are one event (`same`) or not (`different`)."""
    a, b = (store.mention(i).id for i in ids)
    if a == b or verdict not in ("same", "different"):
        raise StopRun("name two mentions, and say whether they are the same or different")
    one, other = store.event(a), store.event(b)
    tied = [(one.mentions[:TIED], other.mentions[:TIED])] if verdict == "same" and one.id != other.id else []
    pairs = [(a, b), *((x, y) for left, right in tied for x in left for y in right)]
    return _decide(store, [_edge(x, y, verdict, by, reason) for x, y in dict.fromkeys(pair(*p) for p in pairs)])


def split(store: Store, id_: str, parted: Sequence[str], by: str, reason: str) -> list[Decision]:
    """Take mentions out of an event; they stay together, and never join its others again by a rule."""
    event = store.event(store.mention(id_).id)
    out = {store.mention(i).id for i in parted}
    rest = set(event.mentions) - out
    if not out <= set(event.mentions) or not rest:
        raise StopRun(f"{id_}: name some, not all, of its mentions: {', '.join(m[:8] for m in event.mentions)}")
    edges = [_edge(a, b, "different", by, reason) for a in sorted(out) for b in sorted(rest)]
    return _decide(store, edges)


def reject(store: Store, id_: str, by: str, reason: str) -> list[Decision]:
    """Take a mention out of all events: it was read wrongly."""
    return _decide(store, [_mark(REJECT, store.mention(id_).id, "", "rejected", (by, reason))])


def put_right(store: Store, id_: str, field: str, value: str, by: str) -> list[Decision]:
    """Set a field of the event that an id names, by each of its mentions; the note of the decision is the value."""
    event, kept = store.event(store.mention(id_).id), checked(field, value)
    return _decide(store, [_mark(FIELD, m, field, "set", (by, kept)) for m in event.mentions])


def on_actors(store: Store, names: Sequence[str], by: str, reason: str, *, same: bool) -> list[Decision]:
    """Say that two names are one actor's, or two actors'; a name is that which is written so in the ledger."""
    first, second = (_written(store, n) for n in names)
    if first == second:
        raise StopRun(f"{names[0]} and {names[1]} are one name; name two")
    (a, b), verdict = pair(name_key(*first), name_key(*second)), "same" if same else "different"
    note = f"{first[0]} {'=' if same else '≠'} {second[0]}{f': {reason}' if reason else ''}"
    return _decide(store, [_mark(KIND, a, b, verdict, (by, note))])


def _written(store: Store, asked: str) -> tuple[str, str | None]:
    """Return the one name with its country that is written so in the ledger; "NAME/CODE" gives the country."""
    name, _, code = asked.rpartition("/") if "/" in asked else (asked, "", "")
    found = sorted({(key, c): (n, c) for n, c, key in store.names() if key == fold(name)}.values(), key=str)
    fitting = [x for x in found if not code or x[1] == code.upper()]
    if len(fitting) != 1:
        told = ", ".join(f"{n}/{c or ''}" for n, c in found)
        raise StopRun(f"{asked}: {f'write one of {told}' if found else 'no party is written so in this ledger'}")
    return fitting[0]


def undo(store: Store, prefix: str) -> list[Decision]:
    """Withdraw the decision whose id begins with `prefix`."""
    fitting = [d for d in decisions(store) if d.id.startswith(prefix.strip().lower()) and prefix.strip()]
    if len(fitting) != 1:
        known = "no decision" if not fitting else "several decisions"
        raise StopRun(f"{prefix}: {known} of that id; `dragoman review list` shows them")
    judged = fitting[0].judgement
    if judged.withdrawn_at:
        raise StopRun(f"{prefix}: was undone on {judged.withdrawn_at[:10]}")
    undone = _now()
    with store.resolving() as shelf:
        whole = [j for j in store.decisions() if _id(j) == fitting[0].id]
        before = _touching(shelf, store, whole)
        for j in whole:
            shelf.withdraw(j, undone)
        keep.rebuild(shelf, before)
    return [d for d in decisions(store) if d.id == fitting[0].id]


def decisions(store: Store) -> list[Decision]:
    """Return what people decided, withdrawn or not, in order of time; of each decision the first judgement."""
    found = {_id(j): j for j in reversed(store.decisions())}
    return [Decision(id=i, judgement=j) for i, j in reversed(found.items())]


def queue(store: Store, limit: int) -> list[Doubt]:
    """Return the pairs that the rules are unsure of and nobody has judged, the likeliest first."""
    pairs = store.unsure(limit)
    with store.consulting() as shelf:
        told = {x.mention.id: x for x in shelf.tellings({i for p in pairs for i in p})}
    return [_doubt(told[a], told[b]) for a, b in pairs if a in told and b in told]


def _doubt(a: Telling, b: Telling) -> Doubt:
    one, other = facet(a), facet(b)
    return Doubt(
        score=round(compare.score(one, other), 4),
        a=a.mention,
        b=b.mention,
        said=(a.said, b.said),
        reasons=compare.reasons(one, other),
    )


# ---------------------------------------------------------------- keeping
def _decide(store: Store, judged: Sequence[Judgement]) -> list[Decision]:
    """Keep one decision, which may be several judgements of one moment, and make the events that it touches anew."""
    at = _now()
    made = [msgspec.structs.replace(j, at=at) for j in judged]
    with store.resolving() as shelf:
        shelf.put_judgements(made)
        keep.rebuild(shelf, _touching(shelf, store, made))
    return [Decision(id=_id(made[0]), judgement=made[0])]


def _touching(shelf: Shelf, store: Store, judged: Sequence[Judgement]) -> set[str]:
    """Return the mentions whose events a decision can change, those of their whole components."""
    there = {x.mention.id for x in shelf.tellings({i for j in judged for i in (j.a, j.b)} - {""})}
    return set(store.hanging_with(there))


def _edge(a: str, b: str, verdict: str, by: str, reason: str) -> Judgement:
    low, high = pair(a, b)
    return _mark("event", low, high, verdict, (by, reason))


def _mark(kind: str, a: str, b: str, verdict: str, by_note: tuple[str, str]) -> Judgement:
    """Return a decision made now; StopRun without the name of a person."""
    who, note = by_note[0].strip(), by_note[1]
    if not who or who in (keep.RULE, "model"):
        raise StopRun("a decision needs the name of a person: give --by NAME")
    return Judgement(kind=kind, a=a, b=b, verdict=verdict, score=0.0, reasons=(), by=who[:64], at=_now(), note=note)


def _id(j: Judgement) -> str:
    return digest(j.kind, j.by, j.at)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
