"""Who acts on whom: the parties that fill the slots of a predicate. What a party is comes from the actor layer."""

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.parties import ActorIndex, place_party, thing
from dragoman.records import Parse, Party, Record

MATERIAL_CONFLICT = 4
FIRST_PERSON = frozenset("i we us me our my ours".split())


class Roles(Record, frozen=True):
    """The two sides of an act, each with the tokens that its parties were read from."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    actor_tokens: tuple[int, ...] = ()
    recipient_tokens: tuple[int, ...] = ()
    inferred: tuple[str, ...] = ()  # what was not said outright: speaker, owner, origin, place


def find_roles(index: ActorIndex, candidate: Candidate, speaker: Party | None, quad: int) -> Roles:
    """Return the parties of a candidate: those its frame's slots hold, or subject and object where no frame matched."""
    frame = candidate.frame
    actor_slots: tuple[str, ...] = frame.actor if frame else ("subject",)
    recipient_slots: tuple[str, ...] = frame.recipient if frame else ("object", "to", "with", "against")
    if frame and frame.symmetric:
        return _alike(index, candidate, (*actor_slots, *recipient_slots), speaker)
    actors, a_tok, notes = _fill(index, candidate, actor_slots, speaker)
    recipients, r_tok, r_notes = _fill(
        index, candidate, recipient_slots, speaker, skip=set(a_tok), places=quad in (1, 2)
    )
    if not recipients and quad == MATERIAL_CONFLICT:
        things = [
            (i, p) for s in recipient_slots for i in candidate.slots.get(s) if (p := thing(index.parse, i)) is not None
        ]
        recipients, r_tok = tuple(p for _, p in things), tuple(i for i, _ in things)
    names = {p.name for p in actors}
    kept = tuple(p for p in recipients if p.name not in names)
    return Roles(
        actors=actors, recipients=kept, actor_tokens=a_tok, recipient_tokens=r_tok, inferred=(*notes, *r_notes)
    )


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
