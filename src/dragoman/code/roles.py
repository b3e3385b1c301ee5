"""Who acts on whom: the parties that fill the slots of a predicate. What a party is comes from the actor layer."""

import msgspec

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.parties import ActorIndex, place_party, thing
from dragoman.code.reader import Reader
from dragoman.records import Parse, Party, Record
from dragoman.scheme import plover
from dragoman.text import is_name

MATERIAL_COOPERATION, MATERIAL_CONFLICT = 2, 4
BARE_VERB = ("subject",), ("object", "indirect", "to", "with", "against", "on", "for", "from")
BARE_NOUN = ("subject", "by", "poss", "amod"), ("of", "on", "against", "with", "to", "for", "from", "in")
SIDES = ("actor", "recipient")
NAMES_ROLE = 0.6  # the encoder's share from which it fills a side that syntax left empty
NAMES_ROLE_OF_NOUN = 0.8  # ... of an event noun, which may well have no doer in its sentence
_WHERE = ("in", "at", "near", "on")
_AIMS = frozenset({"on", "against", "in", "at", "near", "upon", "into"})
FIRST_PERSON = frozenset("i we us me our my ours".split())


class Roles(Record, frozen=True):
    """The two sides of an act, each with the tokens that its parties were read from."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    actor_tokens: tuple[int, ...] = ()
    recipient_tokens: tuple[int, ...] = ()
    inferred: tuple[str, ...] = ()  # what was not said outright: speaker, owner, origin, place
    filled: tuple[str, ...] = ()  # the sides that only the encoder's word filled


def find_roles(index: ActorIndex, reader: Reader, candidate: Candidate, speaker: Party | None, quad: int) -> Roles:
    """Return the parties of a candidate: those its slots hold, an empty side filled by the encoder's word."""
    return _filled(index, reader, candidate, speaker, _by_slots(index, candidate, speaker, quad))


def _by_slots(index: ActorIndex, candidate: Candidate, speaker: Party | None, quad: int) -> Roles:
    """Return the parties that the frame's slots hold, or those of subject and object where no frame matched."""
    frame = candidate.frame
    bare = BARE_VERB if candidate.pos == "verb" else BARE_NOUN
    actor_slots: tuple[str, ...] = frame.actor if frame else bare[0]
    recipient_slots: tuple[str, ...] = frame.recipient if frame else bare[1]
    if frame and frame.symmetric:
        return _alike(index, candidate, (*actor_slots, *recipient_slots), speaker)
    actors, a_tok, notes = _fill(index, candidate, actor_slots, speaker)
    if not actors and quad == MATERIAL_CONFLICT and candidate.slots.passive:
        actors, a_tok, notes = _by_means(index, candidate)
    if not actors and frame is not None and frame.type == "AID" and "from" in actor_slots:  # *grain from Oslo*
        actors, a_tok, notes = _fill(index, candidate, ("from",), speaker, places=True)
    recipients, r_tok, r_notes = _fill(
        index, candidate, recipient_slots, speaker, skip=set(a_tok), places=quad in (1, 2)
    )
    if quad == MATERIAL_COOPERATION and recipients and not any(p.country or is_name(p.name) for p in recipients):
        to, t_tok, t_notes = _fill(index, candidate, ("to",), speaker, skip=set(a_tok), places=True)
        if any(p.country for p in to):  # *delivered ten clinics to Norland*: clinics are what is given
            recipients, r_tok, r_notes = to, t_tok, t_notes
    if not recipients and quad == MATERIAL_CONFLICT:
        struck = [i for s in recipient_slots for i in candidate.slots.get(s)]
        around = [i for s in _WHERE for i in candidate.slots.get(s)] + _around(index.parse, candidate)
        things = [(i, p) for i in struck if (p := _struck(index, i, actors, around)) is not None]
        recipients, r_tok = tuple(p for _, p in things), tuple(i for i, _ in things)
    if quad == MATERIAL_CONFLICT and actors and r_tok and all(index.guessed(i) for i in r_tok):
        recipients = _of_place(index, candidate, actors, recipients)
    planned = frame is not None and frame.type == "AGREE" and candidate.slots.passive
    if planned and not actors and {"owner", "of"} & set(r_notes):
        actors, a_tok, recipients, r_tok = recipients, r_tok, (), ()  # *a meeting of the council is set to open*
    names = {p.name for p in actors}
    kept = tuple(p for p in recipients if p.name not in names)
    return Roles(
        actors=actors, recipients=kept, actor_tokens=a_tok, recipient_tokens=r_tok, inferred=(*notes, *r_notes)
    )


# ---------------------------------------------------------------- what is struck
def _struck(index: ActorIndex, i: int, actors: tuple[Party, ...], around: list[int]) -> Party | None:
    """Return what an act of force hits that is no party: a place of another state, else a thing, with its state."""
    spot = index.place_at(i) if not tree.children(index.parse, i, "det") else None  # *the Good Hope* is no town
    if spot is not None and spot.country and _is_abroad(spot.country, actors):
        return place_party(spot)
    found = thing(index.parse, i)
    if found is None:
        return None
    state = next((s for j in around if (s := _state_at(index, j) or _state_around(index, j))), None)
    state = index.state_of_thing(i) or _state_around(index, i) or state
    return msgspec.structs.replace(found, country=state) if state and _is_abroad(state, actors) else found


def _around(parse: Parse, candidate: Candidate) -> list[int]:
    """Return what the verb of an event noun has behind *in* and *on*: *the attack hit a row of houses in Basra*."""
    up = tree.head(parse, candidate.token)
    if candidate.pos != "noun" or parse.tokens[candidate.token].dep != "nsubj":
        return []
    return [
        o.i for p in tree.children(parse, up.i, "prep") if p.lemma in _WHERE for o in tree.children(parse, p.i, "pobj")
    ]


def _by_means(index: ActorIndex, candidate: Candidate) -> tuple[tuple[Party, ...], tuple[int, ...], tuple[str, ...]]:
    """Return whose attack it was in which somebody *was killed*: *in a strike by Norland*, *by shelling*."""
    for i in (*candidate.slots.get("in"), *candidate.slots.get("by"), *candidate.slots.get("from")):
        frames = plover.frames_for(index.parse.tokens[i].lemma, "noun")
        parties = index.parties(i)[0] if any(f.type == "ASSAULT" for f in frames) else ()
        if parties:
            return parties, (i,), ("owner",)
    return (), (), ()


def _is_abroad(country: str, actors: tuple[Party, ...]) -> bool:
    """Return whether a state is none of those that act; an attack in its own country is not upon that country."""
    return country not in {p.country for p in actors}


def _state_around(index: ActorIndex, i: int) -> str | None:
    """Return the state of the place that a thing is in or of: *a market in Basra*."""
    for p in tree.children(index.parse, i, "prep"):
        for o in tree.children(index.parse, p.i, "pobj"):
            state = _state_at(index, o.i) or _state_around(index, o.i)
            if state:
                return state
    return None


def _state_at(index: ActorIndex, i: int) -> str | None:
    spot = index.place_at(i)
    return (spot.country if spot is not None else None) or index.state_of_thing(i)


def _of_place(
    index: ActorIndex, candidate: Candidate, actors: tuple[Party, ...], hit: tuple[Party, ...]
) -> tuple[Party, ...]:
    """Return those hit with the state of the place struck, where they were only guessed to be of the state that acts.

    *A strike by Norland on Basra killed 19 people*: they are not Norland's.
    """
    if all(_is_abroad(p.country or "", actors) for p in hit):
        return hit
    heads = [candidate.token, *candidate.slots.get("subject"), *candidate.slots.get("in"), *candidate.slots.get("by")]
    spots = [
        state
        for h in heads
        for p in tree.children(index.parse, h, "prep")
        if p.lemma in _AIMS
        for o in tree.children(index.parse, p.i, "pobj")
        if (state := _state_at(index, o.i)) and _is_abroad(state, actors)
    ]
    state = spots[0] if spots else None
    return tuple(msgspec.structs.replace(p, country=state) for p in hit) if state else hit


# ---------------------------------------------------------------- the encoder's word
def _filled(index: ActorIndex, reader: Reader, candidate: Candidate, speaker: Party | None, roles: Roles) -> Roles:
    """Return the roles with a side that syntax left empty filled by the parties that the encoder puts there.

    Only parties of the sentence are asked about; what syntax found stands (tried: letting the encoder overrule it mends
    as many as it spoils).
    """
    if candidate.frame is not None and candidate.frame.symmetric and len(roles.actors) > 1:
        return roles
    asked = _asked(index, candidate, speaker)
    for side in SIDES:
        there = roles.recipient_tokens if side == "actor" else roles.actor_tokens
        if roles.actors if side == "actor" else roles.recipients:
            continue
        bar = NAMES_ROLE if candidate.pos == "verb" else NAMES_ROLE_OF_NOUN
        shares = {i: _share(reader, candidate, i, side) for i, _ in asked if i not in there}
        best = max(shares, key=lambda i: (shares[i], -i), default=-1)
        if best < 0 or shares[best] < bar:
            continue
        beside = {best, *tree.conjuncts(index.parse, best)}  # one party and those joined to it, not all that might fit
        named = [(i, p) for i, p in asked if i in beside and shares.get(i, 0.0) >= bar]
        if named:
            roles = _with_side(roles, side, named)
    return roles


def _asked(index: ActorIndex, candidate: Candidate, speaker: Party | None) -> list[tuple[int, Party]]:
    """Return the parties of the candidate's sentence with the tokens that head them; *I* and *we* are the speaker."""
    s = tree.sentence_of(index.parse, candidate.token)
    found: list[tuple[int, Party]] = []
    for i in range(s.first, s.last):
        if i == candidate.token:
            continue
        if i in index.by_head:
            parties = index.parties(i, owners=False)[0]
            found += [(i, p) for p in parties if len(parties) == 1]  # *the two nations* may be any two
        elif speaker is not None and index.parse.tokens[i].text.lower() in FIRST_PERSON:
            found.append((i, speaker))
    return found


def _share(reader: Reader, candidate: Candidate, i: int, side: str) -> float:
    """Return the share of a side for token `i`; one of another sentence is left as it is."""
    tokens = reader.parse.tokens
    return reader.role(candidate.token, i)[side] if tokens[i].sentence == tokens[candidate.token].sentence else 1.0


def _with_side(roles: Roles, side: str, found: list[tuple[int, Party]]) -> Roles:
    """Return the roles with these parties on an empty side, less those that stand on the other."""
    taken = {p.name for p in (roles.recipients if side == "actor" else roles.actors)}
    parties = tuple({p.name: p for _, p in found if p.name not in taken}.values())
    tokens = tuple(dict.fromkeys(i for i, p in found if p.name not in taken))
    if not parties:
        return roles
    roles = msgspec.structs.replace(roles, inferred=(*roles.inferred, "encoder"), filled=(*roles.filled, side))
    if side == "actor":
        return msgspec.structs.replace(roles, actors=parties, actor_tokens=tokens)
    return msgspec.structs.replace(roles, recipients=parties, recipient_tokens=tokens)


def unfilled(roles: Roles) -> Roles:
    """Return the roles without what only the encoder's word put there."""
    kept = msgspec.structs.replace(roles, inferred=tuple(n for n in roles.inferred if n != "encoder"), filled=())
    if "actor" in roles.filled:
        kept = msgspec.structs.replace(kept, actors=(), actor_tokens=())
    if "recipient" in roles.filled:
        kept = msgspec.structs.replace(kept, recipients=(), recipient_tokens=())
    return kept


def _alike(index: ActorIndex, candidate: Candidate, slots: tuple[str, ...], speaker: Party | None) -> Roles:
    """Return the parties of an act in which all sides act alike: every filled slot gives actors."""
    parties: list[Party] = []
    tokens: list[int] = []
    notes: list[str] = []
    for slot in dict.fromkeys(slots):
        found, here, inferred = _fill(index, candidate, (slot,), speaker, skip=set(tokens))
        parties += [p for p in found if p.name not in {q.name for q in parties}]
        tokens += here
        notes += inferred
    return Roles(actors=tuple(parties), actor_tokens=tuple(tokens), inferred=tuple(notes))


def _fill(  # noqa: PLR0913 - two switches, both named at the call
    index: ActorIndex,
    candidate: Candidate,
    slots: tuple[str, ...],
    speaker: Party | None,
    *,
    skip: set[int] | None = None,
    places: bool = False,
) -> tuple[tuple[Party, ...], tuple[int, ...], tuple[str, ...]]:
    """Return the parties of the first slot that holds any, their tokens and what had to be inferred."""
    for slot in slots:
        found: list[Party] = []
        tokens: list[int] = []
        notes: list[str] = []
        for i in _heads(index.parse, candidate, slot):
            if skip and i in skip:
                continue
            parties, note = index.parties(i)
            if not parties and index.parse.tokens[i].text.lower() in FIRST_PERSON and speaker is not None:
                parties, note = (speaker,), "speaker"
            if not parties and places and (spot := index.place_at(i)) is not None and spot.country:
                parties, note = (place_party(spot),), "place"
            found += [p for p in parties if p.name not in {q.name for q in found}]
            if parties:
                tokens.append(i)
            notes += [note] if note else []
        if found:
            return tuple(found), tuple(tokens), tuple(notes)
    return (), (), ()


def _heads(parse: Parse, candidate: Candidate, slot: str) -> tuple[int, ...]:
    """Return the tokens in a slot; the subject of the complement clause for `xsubject`."""
    if slot == "xsubject":
        return tuple(s.i for c in candidate.slots.clause for s in tree.children(parse, c, "nsubj", "nsubjpass"))
    return candidate.slots.get(slot)
