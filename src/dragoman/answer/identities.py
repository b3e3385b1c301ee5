"""The actors of a ledger as asked for: all of them, one opened, and which names a name that is asked for stands for."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import and_, or_

from dragoman.answer.conditions import Condition, conditions, is_party
from dragoman.answer.filters import asked_for
from dragoman.answer.parties import Side, Spelling, side
from dragoman.answer.reclustered import day_of, events_with
from dragoman.errors import NotFound, StopRun
from dragoman.records import Event, Judgement, Record
from dragoman.resolve.actors import KIND, Actor, Identity, Sighting, actor, identify, name_key
from dragoman.resolve.actors_about import related, sought, telling
from dragoman.resolve.actors_names import OFFICE, OTHER, STATE, listed_bearers, named, sole_office
from dragoman.store import Seen, Store
from dragoman.store import tables as t
from dragoman.text import fold

T = TypeVar("T")
LATEST = 10  # events of an actor that is opened
SHOWN = 5  # actors named where a name fits several
SHORT = 3  # letters: no beginning of an id is as short as a name
SAFE = 8  # hex digits from which no name is taken for the beginning of an id
STEP = 200  # names in one statement
ASKED = "asked"  # the document in which the name that is asked for stands


class OpenedActor(Record, frozen=True):
    """An actor with the latest events of which it is a party, the newest first, and those it may be one with."""

    actor: Actor
    events: tuple[Event, ...]
    may_be: tuple[Actor, ...]


def actors(store: Store, asked: Mapping[str, Any], only: Sequence[Condition] = ()) -> list[Actor]:
    """Return the actors of the mentions that satisfy the filters, the most frequent first.

    Who is who is told by the whole ledger (of the day, with `as_of`); acts, events and documents are counted over
    the mentions asked for. `only` are conditions on the mentions from which all of this is told.
    """
    found = identify(map(_sighting, store.sightings(*conditions(_day(asked)), *only)), judged(store))
    if set(asked_for(asked)) <= {"as_of"}:
        return [actor(i) for i in found]
    chosen = set(store.mention_ids(*conditions(asked, sides(store, asked)), *only))
    made = [actor(i, chosen) for i in found if any(s.mention in chosen for s in i.sightings)]
    return sorted(made, key=lambda a: (-(a.acts + a.receives), a.name, a.id))


def opened(store: Store, name: str, asked: Mapping[str, Any]) -> OpenedActor:
    """Return the actor that a name or the beginning of an id means; StopRun where none or several do."""
    return opening(store, *meant(store, name, asked), day_of(asked))


def meant(store: Store, name: str, asked: Mapping[str, Any]) -> tuple[Identity, list[Identity]]:
    """Return whom a name or the beginning of an id means, and all that may be one with it.

    Only names that can be the actor's are looked at; where no name gives the id, all are. StopRun where it means nobody
    or several.
    """
    when = conditions(_day(asked))
    seen = set() if side(name).country else _seen(store, name, when)
    every = _around(store, name, when, seen)
    found = _fitting(every, name, _asking(store, name, seen))
    if not found and len(name) > SHORT:  # an id of which another name has the beginning, or of two with one name
        every = identify(map(_sighting, store.sightings(*when)), judged(store))
        found = [i for i in every if i.id.startswith(name.lower())]
    if len(found) != 1:
        raise (StopRun if found else NotFound)(_choice(name, found))
    return found[0], every


def opening(store: Store, one: Identity, every: Sequence[Identity], day: str | None = None) -> OpenedActor:
    """Return one of these, opened; `day` is that as of which they were found."""
    may_be = tuple(actor(i) for i in every if i.id in one.unsettled)
    latest = _latest(store, {s.mention for s in one.sightings}, day)
    return OpenedActor(actor=actor(one), events=tuple(latest), may_be=may_be)


def _latest(store: Store, mentions: set[str], day: str | None) -> list[Event]:
    """Return the latest events that hold any of these mentions, with no telling that came after the day."""
    found = store.latest_of(mentions, LATEST)
    if day is None:
        return found
    # Only these are clustered anew: all events of a state would take seconds.
    known = events_with(store, mentions.intersection(m for e in found for m in e.mentions), day)
    dated = sorted(known, key=lambda e: (e.when.edtf if e.when else e.published or "", e.id), reverse=True)
    return dated[:LATEST]


def _around(store: Store, name: str, when: Sequence[Condition], seen: set[Seen]) -> list[Identity]:
    """Return the identities among which a name (`seen` with those it is near to) or an id's beginning has its actor."""
    plain = side(name)
    if plain.country:
        return identify(map(_sighting, _seen_of_state(store, plain, when)), judged(store))
    by_id = sorted(set(_with_id(store, name)))
    return identify(map(_sighting, seen.union(*(_seen(store, n, when) for n in by_id))), judged(store))


def _seen_of_state(store: Store, one: Side, when: Sequence[Condition]) -> list[Seen]:
    """Return the sightings under the names of a state itself, which no other actor bears."""
    named_so = {
        n for n, country, _ in store.names() if country in (one.country, None) and named(n, country).kind == STATE
    }
    return store.sightings(*when, is_party(one), t.actors.c.name.in_(sorted(named_so)))


def _with_id(store: Store, beginning: str) -> list[str]:
    """Return the names whose id, in a country in which they are told or in none, has this beginning."""
    if len(beginning) <= SHORT or not set(beginning.lower()) <= set("0123456789abcdef"):
        return []
    return [n for n, country, _ in store.names() if name_key(n, country).startswith(beginning.lower())]


def actor_lines(answer: OpenedActor) -> list[tuple[str, list[str]]]:
    """Return what is known of an actor as titles with lines: names, offices, why the names are one, who it may be."""
    a = answer.actor
    names = [f"{x.name} ({x.country or 'no state'}, {x.sightings}){_span(x.first_told, x.last_told)}" for x in a.names]
    offices = [f"{x.role}{_span(x.first_told, x.last_told)}: {_by(x.sources)}" for x in a.offices]
    may_be = [f"{x.name} ({x.country or 'no state'}{_role(x)}) {x.id[:8]}" for x in answer.may_be]
    parts = (("names", names), ("offices", offices), ("one because", list(a.why)), ("may be", may_be))
    return [(title, lines) for title, lines in parts if lines]


def _by(sources: Sequence[str]) -> str:
    return ", ".join(sources) or "unnamed outlet"


def _span(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return f", told on {first[:10]}" if first[:10] == last[:10] else f", told from {first[:10]} to {last[:10]}"


def _fitting(every: Sequence[Identity], name: str, near: Sequence[Identity]) -> list[Identity]:
    """Return the identities that a state's name or code, an id, or a name means, by the first of these that fits.

    `near` are those of the names near to it, itself among them.
    """
    state = side(name)
    if state.country:
        return [i for i in every if i.kind == STATE and i.sightings[0].country in (state.country, None)][:1]
    beginning = [i for i in every if len(name) > SHORT and i.id.startswith(name.lower())]
    if beginning or (named_so := _with_name(every, name)):
        return beginning or named_so
    meant = _bearing(near, name) or _containing(near, name) or _listed(near, name)
    theirs = {s for i in meant for s in i.sightings if s.document != ASKED}
    return [i for i in every if i.sightings[0] in theirs]


def _with_name(every: Sequence[Identity], id_: str) -> list[Identity]:
    """Return the identities that have the name in a country whose id, as `search` gives it, begins so."""
    if len(id_) < SAFE or not set(id_) <= set("0123456789abcdef"):
        return []
    written = {i.id: {(s.name, s.country) for s in i.sightings} for i in every}
    return [i for i in every if any(name_key(*n).startswith(id_) for n in written[i.id])]


def _choice(name: str, found: Sequence[Identity]) -> str:
    if not found:
        return f"no party {name!r} in this ledger; `dragoman actors` lists them"
    told = [actor(i) for i in found[:SHOWN]]
    listed = "; ".join(f"{a.id[:8]} {a.name} ({a.country or 'no state'}{_role(a)})" for a in told)
    return f"{name} may be several; name one by its id: {listed}{'; …' if len(found) > SHOWN else ''}"


def _role(a: Actor) -> str:
    return f", {a.offices[-1].role}" if a.offices else ""


def judged(store: Store) -> list[Judgement]:
    """Return what people decided on names and did not undo."""
    return [j for j in store.decisions() if j.kind == KIND and j.withdrawn_at is None]


def _day(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name == "as_of"}


def _sighting(seen: Seen) -> Sighting:
    return Sighting(**seen._asdict())


# ---------------------------------------------------------------- the party that a name means
def sides(store: Store, asked: Mapping[str, Any]) -> Callable[[str], Side]:
    """Return the function that says whom a name means in this ledger, as of the day that is asked for."""
    when = conditions(_day(asked))
    return cache(lambda name: known_side(store, name, when))


def must_know(store: Store, *asked: Side) -> None:
    """Raise NotFound for a name that is no state's and nobody's in the ledger: a slip of the pen."""
    for one in asked:
        if not (one.country or one.actor or _somebodys(store, one.words[0])):
            raise NotFound(
                f"no party {one.asked!r} in this ledger; `dragoman actors` lists them, states go by name or code"
            )


def _somebodys(store: Store, words: str) -> bool:
    """Return whether some name has these folded words in it, in a row."""
    return any(f" {words} " in f" {key} " for key in store.names_having(words.split()).values())


def known_side(store: Store, name: str, when: Sequence[Condition] = ()) -> Side:
    """Return the party that a name means; with all names of the actor where the ledger has one that it can mean.

    A name of several words that is one actor's means nobody else, whatever other names have it in them.
    """
    plain = side(name)
    if plain.country or not plain.words[0]:
        return plain
    found = _related(store, plain.asked, when)
    bearers = _bearing(found, plain.asked)
    meant = bearers or _containing(found, plain.asked) or _listed(found, plain.asked)
    if len(meant) != 1:
        return plain
    always, within = _spellings(meant[0], found)
    whole = bool(bearers) and " " in plain.words[0]
    return msgspec.structs.replace(plain, actor=meant[0].id, literal=not whole, spellings=always, within=within)


def _related(store: Store, name: str, when: Sequence[Condition]) -> list[Identity]:
    """Return the identities of all names that can be the actor's whom a name means, and of who held their offices."""
    return _asking(store, name, _seen(store, name, when))


def _asking(store: Store, name: str, seen: Collection[Seen]) -> list[Identity]:
    """Return the identities of sightings, and of a name that is asked for as if a document named it."""
    asking = Sighting(name=_typed(name), document=ASKED, mention=ASKED)
    return identify([*map(_sighting, seen), asking], judged(store)) if seen else []


def _typed(name: str) -> str:
    """Return a name as written; one typed in a hurry, all in small letters, is a name all the same."""
    return name.title() if name.islower() else name


def _seen(store: Store, name: str, when: Sequence[Condition]) -> set[Seen]:
    """Return the sightings of these names, and of who held their offices."""
    wanted, a = sought(_typed(name)), t.actors.c
    names = related(wanted, store.names_having(telling(store.name_words(), wanted)))
    seen: set[Seen] = set()
    for some in _slices(names):
        seen |= set(store.sightings(*when, a.name.in_(some)))
    offices = sorted({(s.country, s.role) for s in seen if s.country and s.role and sole_office(s.role)})
    for held in _slices(offices):
        theirs = (and_(a.country == country, a.role == role) for country, role in held)
        seen |= set(store.sightings(*when, or_(*theirs)))
    return seen


def _slices(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[n : n + STEP] for n in range(0, len(values), STEP))


def _bearing(found: Sequence[Identity], name: str) -> list[Identity]:
    """Return the identities that bear a name, or of whose name it is a spelling; the settled before the unsettled."""
    told = [i for i in found if i.kind != OTHER and any(s.document != ASKED for s in i.sightings)]
    exact = [i for i in told if any(fold(s.name) == fold(name) for s in i.sightings if s.document != ASKED)]
    settled = [i for i in exact if not i.unsettled]
    return settled or exact or [i for i in told if any(s.document == ASKED for s in i.sightings)]


def _containing(found: Sequence[Identity], name: str) -> list[Identity]:
    """Return the persons and bodies in whose name the words of a name stand."""
    told = (i for i in found if i.kind not in (OTHER, OFFICE))
    return [
        i for i in told if any(f" {fold(name)} " in f" {fold(s.name)} " for s in i.sightings if s.document != ASKED)
    ]


def _listed(found: Sequence[Identity], name: str) -> list[Identity]:
    """Return the persons of the ledger whom our lists give a surname as theirs ("Jolani")."""
    known = listed_bearers(named(name, None), None)
    return [i for i in found if any(named(s.name, s.country, s.sector, titled=bool(s.role)).known in known
                                    for s in i.sightings)]  # fmt: skip


def _spellings(one: Identity, found: Sequence[Identity]) -> tuple[frozenset[Spelling], dict[str, frozenset[Spelling]]]:
    """Return the names that are always an actor's, and document → those that are its there and another's elsewhere."""
    bearers: dict[Spelling, set[str]] = defaultdict(set)
    for i in found:
        for s in i.sightings:
            if s.document != ASKED:
                bearers[fold(s.name), s.country].add(i.id)
    always: set[Spelling] = set()
    within: dict[str, set[Spelling]] = defaultdict(set)
    for s in one.sightings:
        spelling = (fold(s.name), s.country)
        if s.document != ASKED:
            (always if bearers[spelling] == {one.id} else within[s.document]).add(spelling)
    return frozenset(always), {d: frozenset(some) for d, some in within.items()}
