"""Acts done by speaking, without a verb that names them: demands by modal verb, threats, refusals."""

from collections.abc import Mapping, Sequence

import msgspec

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.parties import thing
from dragoman.code.roles import FIRST_PERSON, Roles
from dragoman.code.slots import Slots, verb_slots
from dragoman.code.subjects import is_passive, is_verb, surface_subject
from dragoman.records import Parse, Party, Token
from dragoman.scheme import plover

_DEMANDING = frozenset({"must", "should"})
_INTENDING = frozenset({"will", "wo", "'ll", "shall", "might", "may"})
_LISTING = frozenset({"include", "be", "comprise"})
_WILLING = frozenset({"will", "would", "wo", "'ll"})
_OTHERS = frozenset({"they", "he", "she", "you"})
_READY = frozenset({"prepared", "willing", "ready", "inclined", "unwilling", "unprepared", "prepare"})
_DEMANDING_TO = frozenset({"have", "need", "ought"})


# ---------------------------------------------------------------- demands
def as_demands(desk: Desk, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with what a speaker says another *must* or *should* do turned into his request of it."""
    by_token = {d.candidate.token: d for d in drafts}
    for t in desk.parse.tokens:
        made = None
        if is_verb(t) and _unwilling(desk.parse, t):
            made = _refusal(desk, t, by_token.get(t.i))
        elif is_verb(t) and demanding(desk.parse, t.i):
            made = _demand(desk, t.i, by_token.get(t.i))
        elif is_verb(t) and t.i not in by_token:
            made = _intent(desk, t)
        elif is_verb(t) and _is_due(desk.parse, t):
            made = _due(by_token[t.i])
        if made is not None:
            by_token[t.i] = made
    for d in list(by_token.values()):
        by_token |= {x.candidate.token: x for x in _listed(desk, d, by_token)}
    return [by_token[i] for i in sorted(by_token)]


def demanding(parse: Parse, v: int) -> bool:
    """Return whether the clause of `v` says what must be done."""
    if any(c.lemma in _DEMANDING for c in tree.children(parse, v, "aux")):
        return not any(
            c.lemma == "have" for c in tree.children(parse, v, "aux")
        )  # *should have left* blames, it asks nothing
    up = tree.head(parse, v)
    return parse.tokens[v].dep == "xcomp" and up.lemma in _DEMANDING_TO and up.i != v


def _demand(desk: Desk, v: int, old: Draft | None) -> Draft | None:
    """Return the request that a modal makes of its subject, None where no known speaker makes it of somebody else."""
    speaker = desk.voices.speaker(v)
    subjects = surface_subject(desk.parse, v)
    if (
        not desk.voices.chain(v)
        or any(desk.parse.tokens[i].text.lower() in FIRST_PERSON for i in subjects)
        or _is_disowned(desk.parse, v)
    ):
        return None
    asked = [p for i in subjects for p in desk.index.parties(i)[0] or _described(desk.parse, i)]
    others = any(desk.parse.tokens[i].text.lower() in _OTHERS for i in subjects)  # *they must*, whoever they are
    if not asked and others:  # *they must, with Norland, guard the camp*
        asked = [p for i in verb_slots(desk.parse, v).get("with") for p in desk.index.parties(i, owners=False)[0]]
    if speaker is not None and any(p.name == speaker.name for p in asked):
        return None
    slots = verb_slots(desk.parse, v)
    candidate = Candidate(token=v, pos="verb", frame=None, slots=msgspec.structs.replace(slots, clause=(v,)))
    act = old.kind.act if old is not None else "REQUEST"
    kind = Kind(type="REQUEST", act=act, mode=None, basis="modal", probability=None)
    said_by = (speaker,) if speaker is not None else ()  # *according to the ruling, a host must*: nobody we know asks
    roles = Roles(actors=said_by, recipients=tuple(asked), recipient_tokens=tuple(subjects), inferred=("speaker",))
    thing_done = slots.passive and any(
        desk.parse.tokens[i].pos == "NOUN" for i in subjects
    )  # "its status must be kept"
    if not (asked or thing_done or others):
        return None
    return Draft(candidate=candidate, roles=roles, kind=kind, status="requested")


def _intent(desk: Desk, t: Token) -> Draft | None:
    """Return the plan that a speaker states of himself without a verb that names it: *"We will rename the street"*."""
    auxiliaries = {c.lemma.lower() for c in tree.children(desk.parse, t.i, "aux")}
    up = tree.head(desk.parse, t.i)
    going = t.dep == "xcomp" and up.lemma == "go" and up.tag == "VBG"
    negated = bool(tree.children(desk.parse, t.i, "neg"))
    if t.lemma in ("be", "have") or negated or not (auxiliaries & _INTENDING or going):
        return None
    speaker = desk.voices.speaker(t.i)
    subjects = surface_subject(desk.parse, t.i)
    if speaker is None or not any(_is_self(desk, i, speaker) for i in subjects):
        return None
    candidate = Candidate(token=t.i, pos="verb", frame=None, slots=verb_slots(desk.parse, t.i))
    kind = Kind(type="AGREE", act="AGREE", mode=None, basis="modal", probability=None)
    return Draft(
        candidate=candidate, roles=Roles(actors=(speaker,), inferred=("speaker",)), kind=kind, status="planned"
    )


def _is_due(parse: Parse, t: Token) -> bool:
    """Return whether a verb is what is to come: *Norland is to join the pact*."""
    up = tree.head(parse, t.i)
    to = any(k.tag == "TO" for k in tree.children(parse, t.i, "aux"))
    plain = not tree.children(parse, up.i, "neg", "attr", "acomp", "expl")
    return t.dep == "xcomp" and to and plain and up.lemma == "be" and up.i != t.i and not is_passive(parse, t.i)


def _due(d: Draft) -> Draft:
    """Return an act that somebody is to do, as said outright."""
    if d.kind.basis != "encoder" or not d.roles.actors or d.roles.filled:
        return d
    return msgspec.structs.replace(d, kind=msgspec.structs.replace(d.kind, basis="modal"), status="planned")


def _is_disowned(parse: Parse, v: int) -> bool:
    """Return whether a verb above denies the clause: *I don't think that they should*."""
    return any(tree.children(parse, a.i, "neg") for a in tree.ancestors(parse, v) if is_verb(a))


def _is_self(desk: Desk, i: int, speaker: Party) -> bool:
    """Return whether a subject is the speaker himself."""
    return desk.parse.tokens[i].text.lower() in FIRST_PERSON or any(
        p.name == speaker.name for p in desk.index.parties(i)[0]
    )


def _listed(desk: Desk, d: Draft, drafts: Mapping[int, Draft]) -> list[Draft]:
    """Return one request for each thing that demands are said to include: *their demands include a vote*."""
    t = desk.parse.tokens[d.candidate.token]
    verb = tree.head(desk.parse, t.i)
    if d.kind.type != "REQUEST" or t.dep != "nsubj" or verb.lemma not in _LISTING or not d.roles.actors:
        return []
    heads = [
        k for o in tree.children(desk.parse, verb.i, "dobj", "attr") for k in (o.i, *tree.conjuncts(desk.parse, o.i))
    ]
    made = []
    for i in heads:
        act = drafts[i].kind.act if i in drafts else "REQUEST"
        candidate = Candidate(
            token=i, pos="noun", frame=None, slots=Slots(predicate=i, passive=False, fillers={"object": (i,)})
        )
        kind = Kind(type="REQUEST", act=act, mode=None, basis="listed", probability=None)
        made.append(Draft(candidate=candidate, roles=d.roles, kind=kind, status="requested"))
    return made


def _described(parse: Parse, i: int) -> tuple[Party, ...]:
    """Return the plural noun that a demand is made of where it names no known party: *foreign powers*."""
    found = thing(parse, i) if parse.tokens[i].tag in ("NNS", "NNPS") else None
    return (found,) if found is not None else ()


# ---------------------------------------------------------------- threats
def as_threat(desk: Desk, d: Draft) -> Draft:
    """Return the draft as a threat where a speaker says of himself that he will do it, and it is a hostile act."""
    warned = plover.event_type(d.kind.type).threatened_as
    predicate = desk.predicates.get(d.candidate.token)
    to_come = predicate is not None and predicate.status in ("planned", "hypothetical")
    if not warned or not to_come or "speaker" not in d.roles.inferred:
        return d
    return msgspec.structs.replace(d, kind=msgspec.structs.replace(d.kind, type=warned, mode=None))


# ---------------------------------------------------------------- refusals
def _unwilling(parse: Parse, t: Token) -> bool:
    """Return whether an infinitive is what somebody is not willing to do: *are not prepared to risk*."""
    up = tree.head(parse, t.i)
    if t.dep not in ("xcomp", "ccomp", "advcl") or up.lemma.lower() not in _READY or up.pos not in ("ADJ", "VERB"):
        return False
    copula = tree.head(parse, up.i)
    below = (*tree.children(parse, up.i, "neg"), *tree.children(parse, copula.i, "neg"))
    return up.text.lower().startswith("un") or bool(below)


def _refusal(desk: Desk, t: Token, old: Draft | None) -> Draft | None:
    """Return the refusal of a party that is not willing; *we* are the speaker."""
    speaker = desk.voices.speaker(t.i)
    subjects = surface_subject(desk.parse, t.i)
    own = [speaker] if any(desk.parse.tokens[i].text.lower() in FIRST_PERSON for i in subjects) else []
    who = tuple(p for p in (*own, *(p for i in subjects for p in desk.index.parties(i)[0])) if p is not None)
    if not who:
        return old
    candidate = Candidate(token=t.i, pos="verb", frame=None, slots=verb_slots(desk.parse, t.i))
    kind = Kind(type="REJECT", act=old.kind.act if old else "REJECT", mode=None, basis="modal", probability=None)
    return Draft(candidate=candidate, roles=Roles(actors=who[:1], inferred=("speaker",)), kind=kind, status="refused")


def as_refusal(desk: Desk, d: Draft) -> Draft:
    """Return the draft as a refusal where a party says that it will not do a friendly act: *will not lift the ban*."""
    predicate = desk.predicates.get(d.candidate.token)
    friendly = plover.event_type(d.kind.type).quad in (1, 2)
    wills = any(c.lemma in _WILLING for c in tree.children(desk.parse, d.candidate.token, "aux"))
    if (
        not friendly
        or not wills
        or predicate is None
        or predicate.status not in ("negated", "refused")
        or not d.roles.actors
    ):
        return d
    kind = msgspec.structs.replace(d.kind, type="REJECT", act=d.kind.act, mode=None)
    return msgspec.structs.replace(d, kind=kind, status="refused")
