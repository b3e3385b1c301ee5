"""Acts that take up one told before: the sides they leave open are those of the first. No types are decided here."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.roles import Roles
from dragoman.code.slots import carrier_of, noun_slots, verb_slots
from dragoman.code.subjects import is_verb
from dragoman.records import Party
from dragoman.scheme import plover, themes
from dragoman.scheme.states import state_name
from dragoman.scheme.words import in_class

BEFORE = "event before"
_GIVEN = frozenset({"the", "this", "these", "that", "those", "both", "their", "its"})
_NEW = frozenset({"a", "an", "another", "other", "similar", "previous", "earlier", "past"})
_TELLING = ("nsubj", "nsubjpass")  # where a definite noun tells the act again: *the call touched on*
# What happens at a time and is then spoken of by its noun; agreements and purchases are things as well.
_HAPPENS = ("CONSULT", "AID", "RETREAT", "CONCEDE", "SANCTION", "COERCE", "ASSAULT")
_SPOKEN = ("ACCUSE", "REQUEST", "REJECT", "AGREE", "COOPERATE", "SUPPORT")  # ... of which a noun tells the act itself
_WITHIN = frozenset({"in", "at", "during", "of", "by", "with", "about", "over", "through"})  # *at the talks, she asked*
# Who releases is who took, who lifts a ban who imposed it.
_UNDOES = {"RETREAT": ("COERCE", "ASSAULT"), "CONCEDE": ("SANCTION", "COERCE")}
_ANSWERS = ("REQUEST", "REJECT")  # who asks and who refuses face each other
_OF_PACTS = ("SUPPORT", "AGREE", "COOPERATE", "SANCTION", "REJECT")
_OFFICIAL = ("GOV", "MIL", "LEG", "JUD", "SPY", "COP")
_STEM = 4  # letters that two words for one act share
_ONE_SIDED = ("REQUEST", "REJECT", "AGREE")  # told without whom they face as often as with
# The encoder's share of the type from which a bare definite word tells it again; lower, *the loan* and *the decision*
# in articles told acts that nobody had noted.
TOLD_AGAIN = 0.2
PLAINLY = 0.5  # ... and that from which an act that leaves a side open is told again
_BOTH = 2


def taken_up(desk: Desk, drafts: Sequence[Draft], short: Iterable[tuple[Candidate, Roles]]) -> list[Draft]:
    """Return the drafts, open sides filled from acts of their kind told before, and those that only take one up.

    `short` are the candidates that name too few parties of their own.
    """
    waiting = {c.token: c for c, _ in short if c.pos == "noun" and _is_told_again(desk, c.token)}
    held = {d.candidate.token for d in drafts} | {t for d in drafts for t in d.candidate.consumed}
    waiting |= {c.token: c for c in _bare_nouns(desk) if c.token not in held and c.token not in waiting}
    waiting |= {c.token: c for c in _bare_participles(desk) if c.token not in held and c.token not in waiting}
    found: list[Draft] = []
    order = sorted([*((d.candidate.token, d) for d in drafts), *((t, None) for t in waiting)], key=lambda p: p[0])
    for token, d in order:
        if d is None:
            again = _again(desk, waiting[token], found)
            found += [again] if again is not None and not _is_told_here(desk, again, drafts) else []
        else:
            found.append(_completed(desk, _called(desk, d, found), found))
    return [_about_pact(desk, _answered(desk, d, found), found) for d in found]


# ---------------------------------------------------------------- the act itself taken up
def _is_told_again(desk: Desk, i: int) -> bool:
    """Return whether a definite noun tells an act once more: as the subject of its clause, or as its setting."""
    t, up = desk.parse.tokens[i], tree.head(desk.parse, i)
    given = any(k.text.lower() in _GIVEN for k in tree.children(desk.parse, i, "det", "poss"))
    part = up.lemma == "of" and not is_verb(tree.head(desk.parse, up.i))  # *the destination of the shipment*
    return given and (t.dep in _TELLING or (t.dep == "pobj" and up.lemma.lower() in _WITHIN and not part))


def _bare_nouns(desk: Desk) -> list[Candidate]:
    """Return the definite nouns for an act that no frame takes for one without parties: *the accusation*."""
    known = {c.token for c in desk.candidates}
    return [
        Candidate(token=t.i, pos="noun", frame=None, slots=noun_slots(desk.parse, t.i), others=frames)
        for t in desk.parse.tokens
        if t.pos == "NOUN" and t.i not in known and t.i not in desk.index.by_head and _is_told_again(desk, t.i)
        if (frames := plover.frames_for(t.lemma, "noun"))
    ]


def _bare_participles(desk: Desk) -> list[Candidate]:
    """Return the participles before a definite noun that tell what befell it: *the seized boat*, *the promised sum*."""
    known = {c.token for c in desk.candidates}
    return [
        Candidate(token=t.i, pos="verb", frame=None, slots=verb_slots(desk.parse, t.i), others=frames)
        for t in desk.parse.tokens
        if t.tag == "VBN" and t.dep == "amod" and t.i not in known and _given(desk, t.head)
        if (frames := tuple(f for f in plover.frames_for(t.lemma, "verb") if f.type != "ACCUSE"))
    ]


def _again(desk: Desk, c: Candidate, before: Sequence[Draft]) -> Draft | None:
    """Return a definite noun as the act of its kind told last, None where there is none."""
    frames = [f for f in (c.frame, *c.others) if f is not None and f.complement is None]
    named = _states(p for slot in c.slots.fillers.values() for i in slot for p in desk.index.parties(i)[0])
    for o in reversed(before):
        states = _states(o.roles.actors) | _states(o.roles.recipients)
        if not _is_lender(o) or o.kind.type not in (*_HAPPENS, *_SPOKEN) or not named <= states:
            continue
        clear, word = _reads_so(desk, c, o, PLAINLY), _is_same_word(desk, c, o)
        if o.roles.filled and not (clear and _is_whole(o)):
            continue
        told = desk.parse.tokens[c.token].dep in _TELLING and _is_whole(o) and not o.roles.filled
        if (o.kind.type == "ASSAULT" and not told) or (o.kind.type == "COOPERATE" and not word):
            continue  # *the fighting*, *the purchase* are as often another's
        phone = o.kind.mode == "phone" and in_class(desk.parse.tokens[c.token].lemma, "phone_call")
        same = next((f for f in frames if (f.type, f.act) == (o.kind.type, o.kind.act)), None)
        plain = same is not None and (word or clear or same.strength == "strong") and _reads_so(desk, c, o)
        if (phone or plain) and (_is_whole(o) or (states and (word or (clear and o.kind.type in _ONE_SIDED)))):
            return Draft(candidate=msgspec.structs.replace(c, frame=same), roles=_lent(o.roles), kind=o.kind)
    return None


def _is_same_word(desk: Desk, c: Candidate, o: Draft) -> bool:
    """Return whether the word begins like that of the act told before: *suspended*, *the suspension*."""
    tokens = desk.parse.tokens
    return tokens[c.token].lemma.lower()[:_STEM] == tokens[o.candidate.token].lemma.lower()[:_STEM]


def _reads_so(desk: Desk, c: Candidate, o: Draft, share: float = TOLD_AGAIN) -> bool:
    """Return whether the encoder gives that type at least this share of what the word may tell."""
    reading = desk.reader.word(c.token)
    return reading is None or sum(reading.types[t] for t in {o.kind.type, o.kind.act}) >= share


def _is_told_here(desk: Desk, again: Draft, drafts: Sequence[Draft]) -> bool:
    """Return whether the sentence tells such an act already."""
    here = desk.parse.tokens[again.candidate.token].sentence
    return any(d.kind.act == again.kind.act and desk.parse.tokens[d.candidate.token].sentence == here for d in drafts)


def _called(desk: Desk, d: Draft, before: Sequence[Draft]) -> Draft:
    """Return *the call* that was taken for a demand as the telephone call told before."""
    c = d.candidate
    phone = c.pos == "noun" and in_class(desk.parse.tokens[c.token].lemma, "phone_call")
    if not phone or d.kind.type != "REQUEST" or c.slots.get("for") or c.slots.clause or not _given(desk, c.token):
        return d
    calls = [o for o in before if o.kind.mode == "phone" and _is_whole(o)]
    return msgspec.structs.replace(d, kind=calls[-1].kind, roles=_lent(calls[-1].roles)) if calls else d


def _given(desk: Desk, i: int) -> bool:
    """Return whether a noun is definite, or what it is a round or series of is."""
    nouns = {i, carrier_of(desk.parse, i)}
    return any(k.text.lower() in _GIVEN for n in sorted(nouns) for k in tree.children(desk.parse, n, "det", "poss"))


def _is_whole(d: Draft) -> bool:
    """Return whether a draft names the states on both sides."""
    if d.roles.recipients:
        return bool(_states(d.roles.actors) and _states(d.roles.recipients))
    return len(_states(d.roles.actors)) >= _BOTH


def _is_lender(d: Draft) -> bool:
    """Return whether the parties of a draft are those told of: not whoever says *we*."""
    return "speaker" not in d.roles.inferred


def _lent(roles: Roles) -> Roles:
    return Roles(actors=roles.actors, recipients=roles.recipients, inferred=(*roles.inferred, BEFORE))


# ---------------------------------------------------------------- one side taken from the act before
def _completed(desk: Desk, d: Draft, before: Sequence[Draft]) -> Draft:
    """Return a draft that takes up an act told before with the side that it leaves open."""
    if _is_alike(d):
        return _joined(desk, d, before)
    if d.kind.act == "PROTEST" and not d.roles.actors:
        return _by_crowd(desk, d, before)
    if d.kind.act not in _HAPPENS or not _takes_up(desk, d):
        return d
    actors, recipients = _states(d.roles.actors), _states(d.roles.recipients)
    if not actors:
        return _with_side(d, before, "actors", lambda o: bool(recipients) and recipients <= _states(o.recipients))
    if not recipients or (recipients <= actors and _is_guess(desk, d)):
        return _with_side(d, before, "recipients", lambda o: actors == _states(o.actors))
    return d


def _by_crowd(desk: Desk, d: Draft, before: Sequence[Draft]) -> Draft:
    """Return *the protest* or *weeks of protests* with the crowd of the protests told before, where that is one."""
    i = d.candidate.token
    new = any(k.text.lower() in _NEW for k in tree.children(desk.parse, i, "det", "amod"))
    crowds = [o.roles.actors for o in before if o.kind.act == "PROTEST" and o.roles.actors and _is_lender(o)]
    if d.candidate.pos != "noun" or new or len({p.name for c in crowds for p in c}) != 1:
        return d
    roles = msgspec.structs.replace(d.roles, actors=crowds[-1], inferred=(*d.roles.inferred, BEFORE))
    return msgspec.structs.replace(d, roles=roles)


def _takes_up(desk: Desk, d: Draft) -> bool:
    """Return whether an act may be one told before: a definite noun, *the boat was seized*, *seized the Blue Heron*."""
    c = d.candidate
    if not all(_is_told_of(desk, i) for i in d.roles.recipient_tokens):
        return False
    if c.pos == "noun":
        return _given(desk, c.token)
    return any(_is_told_of(desk, i) for i in c.slots.get("object"))


def _is_told_of(desk: Desk, i: int) -> bool:
    """Return whether a noun is one that a text has told of: *the boat*, *six sailors*, a name."""
    counted = bool(tree.children(desk.parse, i, "nummod"))
    return counted or desk.parse.tokens[i].pos == "PROPN" or _given(desk, i)


def _with_side(d: Draft, before: Sequence[Draft], side: str, fits: Callable[[Roles], bool]) -> Draft:
    """Return the draft with one side of the last act of its kind whose other side fits."""
    own = _states(d.roles.actors) | _states(d.roles.recipients) if side == "actors" else _states(d.roles.actors)
    for o in reversed(before):
        parties: tuple[Party, ...] = getattr(o.roles, side)
        same = o.kind.act in (d.kind.act, *(_UNDOES.get(d.kind.act, ()) if side == "actors" else ()))
        if _is_lender(o) and same and fits(o.roles) and _states(parties) and not _states(parties) & own:
            notes = (*d.roles.inferred, BEFORE)
            roles = (
                msgspec.structs.replace(d.roles, actors=parties, actor_tokens=(), inferred=notes)
                if side == "actors"
                else msgspec.structs.replace(d.roles, recipients=parties, recipient_tokens=(), inferred=notes)
            )
            return msgspec.structs.replace(d, roles=roles)
    return d


def _is_guess(desk: Desk, d: Draft) -> bool:
    return bool(d.roles.recipient_tokens) and all(desk.index.guessed(i) for i in d.roles.recipient_tokens)


def _is_alike(d: Draft) -> bool:
    frame = d.candidate.frame
    return frame is not None and frame.symmetric and not d.roles.recipients


def _joined(desk: Desk, d: Draft, before: Sequence[Draft]) -> Draft:
    """Return an act in which both sides act alike with the side that it leaves out.

    It is the other one of the act told before, or the official who speaks of it: *she said after the talks with*.
    """
    own = _states(d.roles.actors)
    passive = d.candidate.slots.passive and not d.candidate.slots.get("subject")
    if len(own) >= _BOTH or not (passive or d.candidate.pos == "noun"):
        return d
    for o in reversed(before if _given(desk, d.candidate.token) else ()):
        if (
            _is_alike(o)
            and _is_lender(o)
            and o.kind.type == d.kind.type
            and own < _states(o.roles.actors)
            and _is_whole(o)
        ):
            return msgspec.structs.replace(d, roles=_lent(o.roles))
    speaker = desk.voices.speaker(d.candidate.token) or (None if passive else _governing(desk, d.candidate.token))
    if not own or speaker is None or speaker.country is None or speaker.country in own or not _is_official(speaker):
        return d
    if (
        not (passive or d.kind.type == "CONSULT")
        or not d.candidate.slots.get("with")
        or d.candidate.slots.get("subject")
    ):
        return d
    roles = msgspec.structs.replace(
        d.roles, actors=(speaker, *d.roles.actors), inferred=(*d.roles.inferred, "speaker"), filled=()
    )
    return msgspec.structs.replace(d, roles=roles)


def _governing(desk: Desk, i: int) -> Party | None:
    """Return the party that is the subject of the clause a noun stands in: *she said after the talks with*."""
    up = next((a for a in tree.ancestors(desk.parse, i) if a.pos == "VERB"), None)
    subjects = tree.children(desk.parse, up.i, "nsubj") if up is not None else []
    found = [p for s in subjects for p in desk.index.parties(s.i)[0]]
    return found[0] if len(found) == 1 else None


def _is_official(p: Party) -> bool:
    return not p.sectors or p.sectors[0] in _OFFICIAL


# ---------------------------------------------------------------- asked here, refused there
def _answered(desk: Desk, d: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return a request or refusal about a person with the state that another sentence has on the other side of it."""
    if d.kind.type not in _ANSWERS or _states(d.roles.recipients) or not _states(d.roles.actors):
        return d
    names = _names(desk, d)
    for o in drafts:
        if o.kind.type not in _ANSWERS or not names & _names(desk, o):
            continue
        own = _states(d.roles.actors)
        sides = (
            (o.roles.actors, o.roles.recipients) if o.kind.type != d.kind.type else (o.roles.recipients, o.roles.actors)
        )
        others, same = sides
        if _states(others) and _states(same) <= own and not _states(others) & own:
            roles = msgspec.structs.replace(
                d.roles, recipients=others, recipient_tokens=(), inferred=(*d.roles.inferred, "answer")
            )
            return msgspec.structs.replace(d, roles=roles)
    return d


# ---------------------------------------------------------------- of the same agreement
def _about_pact(desk: Desk, d: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return an act about an agreement or joint work with the state that another act about it names beside its own.

    *Chile ratified the fishing treaty*, where the text has told that Chile and Peru signed it.
    """
    own = _states(d.roles.actors)
    if d.kind.act not in _OF_PACTS or len(own) != 1 or _states(d.roles.recipients) - own:
        return d
    pacts = _pacts(desk, d)
    for o in drafts if pacts else ():
        parties = [*o.roles.actors, *o.roles.recipients]
        if _is_lender(o) and own < _states(parties) and len(_states(parties)) == _BOTH and pacts & _pacts(desk, o):
            return _with_partner(d, tuple(p for p in parties if p.country and p.country not in own))
    return d


def _with_partner(d: Draft, parties: tuple[Party, ...]) -> Draft:
    """Return the draft with the states of these parties: who signed for a state need not be who agreed for it."""
    plain = [
        msgspec.structs.replace(p, name=state_name(p.country), sectors=(), role=None) for p in parties if p.country
    ]
    others = tuple({p.name: p for p in plain}.values())
    notes = (*d.roles.inferred, BEFORE)
    if d.candidate.frame is not None and d.candidate.frame.symmetric:
        roles = Roles(actors=(*d.roles.actors, *others), actor_tokens=d.roles.actor_tokens, inferred=notes)
    else:
        roles = msgspec.structs.replace(d.roles, recipients=others, recipient_tokens=(), inferred=notes)
    return msgspec.structs.replace(d, roles=roles)


def _pacts(desk: Desk, d: Draft) -> frozenset[tuple[str, ...]]:
    """Return the agreements and projects that an act is about, by the words of their names: *the fishing treaty*.

    One without a word of its own (*a treaty*) could be any.
    """
    c = d.candidate
    slots = ("object", "of", "on", "for", *(c.frame.theme if c.frame is not None else ()))
    heads = [i for slot in dict.fromkeys(slots) for i in c.slots.get(slot)]
    heads += [i for h in heads for p in tree.children(desk.parse, h, "prep") for i in _objects(desk, p.i)]
    kinds = [i for i in heads if themes.theme_kind(desk.parse.tokens[i].lemma) in ("agreement", "project")]
    words = [
        (i, [k.lemma.lower() for k in tree.children(desk.parse, i, "compound", "amod") if k.ent != "NORP"])
        for i in kinds
    ]
    return frozenset((*sorted(w), desk.parse.tokens[i].lemma.lower()) for i, w in words if w)


def _objects(desk: Desk, prep: int) -> list[int]:
    return [o.i for o in tree.children(desk.parse, prep, "pobj")]


def _names(desk: Desk, d: Draft) -> frozenset[str]:
    """Return the last names of the persons in the sentence of a draft who belong to no side of it."""
    s = tree.sentence_of(desk.parse, d.candidate.token)
    sides = {p.name for p in (*d.roles.actors, *d.roles.recipients) if p.country}
    people = [m for i in range(s.first, s.last) for m in desk.index.by_head.get(i, ()) if m.kind == "person"]
    return frozenset(m.name.split()[-1] for m in people if m.name not in sides and m.name[:1].isupper())


def _states(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(p.country for p in parties if p.country)
