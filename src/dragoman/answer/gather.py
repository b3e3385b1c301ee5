"""All that a brief on two parties rests on: mentions chosen, events that hold them, tellings, origins. No wording."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dragoman.answer import asof
from dragoman.answer.choose import Chosen, choose, with_either
from dragoman.answer.conditions import conditions
from dragoman.answer.identities import sides
from dragoman.answer.latest import Cut, latest, within
from dragoman.answer.parties import Side
from dragoman.records import Document, Event, Record, Telling
from dragoman.resolve.keep import origins_of
from dragoman.resolve.shelf import Shelf
from dragoman.store import Store


class Gathered(Record, frozen=True):
    """What a brief is drawn from, as of `day` (None: as the ledger stands)."""

    one: Side
    other: Side
    day: str | None
    chosen: tuple[Chosen, ...]  # what stands between the two, or near, without what was withdrawn
    corrected: tuple[Chosen, ...]  # what a later version of its report no longer says
    events: tuple[Event, ...]  # those that hold a chosen mention, in the order of their first telling
    around: tuple[Event, ...]  # those with either of the two as a party: matters, flows and contacts are read from them
    tellings: Mapping[str, Telling]  # of both
    documents: Mapping[str, Document]  # of the tellings of `events`
    origins: Mapping[str, str]  # mention → whose words it is, of the tellings of `events`
    withdrawn: frozenset[str]  # mentions that a later version of their report no longer makes
    cut: Cut | None  # what of a large ledger was read


def gather(store: Store, one: Side, other: Side, asked: Mapping[str, Any]) -> Gathered:
    """Return what a brief rests on; `asked` are the filters beside the two parties."""
    day = asof.day_of(asked)
    known = sides(store, asked)
    reports = latest(store, one, other, asked, known)
    filters = [*conditions(asked, known), *within(reports)]
    few = reports is not None
    chosen = choose(store, one, other, filters, few=few)
    either = with_either(one, other, few=few)
    theirs, near = set(store.mention_ids(either, *filters)), {c.mention.id for c in chosen}
    found = asof.events_with(store, theirs | near, day)
    events = [e for e in found if near & set(e.mentions)]
    told = {m for e in events for m in e.mentions}
    with store.consulting() as shelf:
        tellings = {x.mention.id: x for x in shelf.tellings({m for e in found for m in e.mentions})}
        mine = [tellings[m] for m in sorted(told)]
        origins = origins_of(shelf, mine, day)
        withdrawn = corrected(shelf, mine, day)
    return Gathered(
        one=one,
        other=other,
        day=day,
        chosen=tuple(c for c in chosen if c.mention.id in told - withdrawn),
        corrected=tuple(c for c in chosen if c.mention.id in withdrawn),
        events=tuple(events),
        around=tuple(e for e in found if theirs & set(e.mentions)),
        tellings=tellings,
        documents=store.documents_by_id({x.mention.document_id for x in mine}),
        origins=origins,
        withdrawn=withdrawn,
        cut=reports.cut if reports else None,
    )


# ---------------------------------------------------------------- what was withdrawn
def corrected(shelf: Shelf, told: Iterable[Telling], day: str | None) -> frozenset[str]:
    """Return the mentions whose sentence the newest version of their report, known by the day, no longer has."""
    mentions = list(told)
    newest = _newest(shelf, {x.mention.document_id for x in mentions}, day)
    return frozenset(
        x.mention.id
        for x in mentions
        if x.mention.document_id in newest and _plain(x.said) not in _plain(newest[x.mention.document_id].text)
    )


def _newest(shelf: Shelf, documents: Collection[str], day: str | None) -> dict[str, Document]:
    """Return document → the newest of its later versions, of those that have one."""
    later: dict[str, set[str]] = {}
    known, frontier = set(documents), set(documents)
    while frontier:
        for j in shelf.copies_of(frontier):
            if j.newer:
                later.setdefault(j.a if j.newer == j.b else j.b, set()).add(j.newer)
        frontier = {new for old in frontier for new in later.get(old, ())} - known
        known |= frontier
    there = {d.id: d for d in shelf.documents(known) if day is None or (d.published or "9")[:10] <= day}
    found = {old: max((there[n] for n in _after(old, later) if n in there), key=_told, default=None) for old in later}
    return {old: new for old, new in found.items() if new is not None}


def _after(old: str, later: Mapping[str, Collection[str]]) -> set[str]:
    """Return all versions after one, however many steps away."""
    found: set[str] = set()
    frontier = {old}
    while frontier:
        frontier = {n for o in frontier for n in later.get(o, ())} - found
        found |= frontier
    return found - {old}


def _told(d: Document) -> tuple[str, str]:
    return d.published or "", d.id


def _plain(text: str) -> str:
    return " ".join(text.split())
