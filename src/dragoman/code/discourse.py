"""What an act takes from around it: the parties of its content, of the request it answers, of the event before."""

from collections.abc import Sequence

import msgspec

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.roles import Roles
from dragoman.records import Party
from dragoman.scheme import plover
from dragoman.scheme.states import state_name
from dragoman.scheme.words import in_class

_FURTHER = frozenset({"more", "further", "additional"})  # *another attack* has other victims: it takes no parties over
# Types whose other party is often named only in what they are about ("plans investments in Syria").
_FROM_CONTENT = ("AGREE", "CONSULT", "THREATEN", "REJECT", "CONCEDE", "SUPPORT", "REQUEST")
_JUDGING = ("ACCUSE", "REJECT", "SUPPORT")
_REACH = 3  # sentences back to the deed that is judged
_TAKES_UP = frozenset({"this", "that", "it"})
_PREPS = frozenset({"with", "to", "in", "for", "against", "on", "from", "between", "into"})


# ---------------------------------------------------------------- further events
def further(
    desk: Desk, enough: Sequence[tuple[Candidate, Roles]], short: Sequence[Candidate]
) -> list[tuple[Candidate, Roles]]:
    """Return event nouns such as *more deliveries* with the parties of the event of their kind told before."""
    found = []
    for c in short:
        if c.pos != "noun" or c.frame is None or not _is_further(desk, c):
            continue
        before = [
            (o, r) for o, r in enough if o.frame is not None and o.frame.type == c.frame.type and o.token < c.token
        ]
        if before:
            old = before[-1][1]
            found.append(
                (c, Roles(actors=old.actors, recipients=old.recipients, inferred=(*old.inferred, "event before")))
            )
    return found


def takes_after(desk: Desk, c: Candidate, r: Roles) -> bool:
    """Return whether *more deliveries* has parties by the encoder's word only: those of the event before are surer."""
    return "encoder" in r.inferred and c.pos == "noun" and c.frame is not None and _is_further(desk, c)


def _is_further(desk: Desk, c: Candidate) -> bool:
    return any(
        m.lemma.lower() in _FURTHER or m.text.lower() in _FURTHER
        for m in tree.children(desk.parse, c.token, "amod", "det", "nummod")
    )


# ---------------------------------------------------------------- asked and answered
def completed(desk: Desk, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with requests and refusals of one sentence turned to each other where they name nobody."""
    found = list(drafts)
    for n, d in enumerate(drafts):
        if d.kind.type != "REJECT" or not d.roles.actors:
            continue
        here = desk.parse.tokens[d.candidate.token].sentence
        for k in reversed(range(n)):
            asked = drafts[k]
            if asked.kind.type == "REQUEST" and desk.parse.tokens[asked.candidate.token].sentence == here:
                others = {p.name for p in d.roles.recipients}
                if not others:
                    found[n] = _facing(d, asked.roles.actors)
                if not asked.roles.recipients and (not others or others & {p.name for p in asked.roles.actors}):
                    found[k] = _facing(asked, d.roles.actors)
                break
    return [_announced_by(desk, about_deed(desk, d, found), found) for d in found]


def _announced_by(desk: Desk, d: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return the draft with whoever announces it as its doer: *she announced a plan to be unveiled in May*."""
    i, parse = d.candidate.token, desk.parse
    noun = tree.head(parse, i)
    meant = any(a.text.lower() == "to" for a in tree.children(parse, i, "aux"))
    if d.roles.actors or parse.tokens[i].dep not in ("relcl", "acl") or not (meant and d.candidate.slots.passive):
        return d
    over = (o for o in drafts if o.candidate.token == noun.head and noun.dep == "dobj" and o.kind.type == "AGREE")
    doers = next((o.roles.actors for o in over), ())
    roles = msgspec.structs.replace(d.roles, actors=doers, inferred=(*d.roles.inferred, "announcer"))
    return msgspec.structs.replace(d, roles=roles) if doers else d


def about_deed(desk: Desk, d: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return the draft with the doer of the deed it judges as its recipient: whoever acted before *the decision*."""
    c = d.candidate
    if d.kind.type not in _JUDGING or d.roles.recipients or not d.roles.actors:
        return d
    slots = ("object", *(c.frame.theme if c.frame is not None else ("subject",)))
    objects = [i for slot in slots for i in c.slots.get(slot)]
    if not any(_is_pointing(desk, i) for i in objects):
        return d
    before = [
        o
        for o in drafts
        if o.candidate.token < c.token
        and desk.parse.tokens[c.token].sentence - desk.parse.tokens[o.candidate.token].sentence <= _REACH
        and o.kind.type not in _JUDGING
        and "encoder" not in o.roles.inferred
        and any(_is_other(p, d.roles.actors) for p in o.roles.actors)
    ]
    doers = tuple(p for p in before[-1].roles.actors if _is_other(p, d.roles.actors)) if before else ()
    roles = msgspec.structs.replace(d.roles, recipients=doers, inferred=(*d.roles.inferred, "deed before"))
    return msgspec.structs.replace(d, roles=roles) if doers else d


def _is_other(p: Party, own: tuple[Party, ...]) -> bool:
    """Return whether a party is none of these and not their state: a minister may blame his own premier."""
    states = {state_name(o.country) for o in own if o.country}
    stands_for = p.country in {o.country for o in own} and (p.name in states or {o.name for o in own} & states)
    return p.name not in {o.name for o in own} and not stands_for


def _is_pointing(desk: Desk, i: int) -> bool:
    """Return whether a word takes up a deed told before: *the decision*, *this*; not a pronoun for a party."""
    t = desk.parse.tokens[i]
    if t.text.lower() in _TAKES_UP:
        return not desk.index.parties(i)[0]
    return in_class(t.lemma, "deed") and any(
        k.lemma.lower() in ("the", "this", "that", "these", "those") for k in tree.children(desk.parse, i, "det")
    )


def _facing(d: Draft, others: tuple[Party, ...]) -> Draft:
    """Return the draft with `others` as its recipients, unless they are its own actors."""
    own = {p.country or p.name for p in d.roles.actors}
    kept = tuple(p for p in others if (p.country or p.name) not in own)
    if not kept:
        return d
    roles = msgspec.structs.replace(d.roles, recipients=kept, inferred=(*d.roles.inferred, "answer"))
    return msgspec.structs.replace(d, roles=roles)


# ---------------------------------------------------------------- the content's parties
def with_content(desk: Desk, d: Draft, content: Draft | None) -> Draft:
    """Return the draft with the kind of what it is about and, where it names no other party, the content's."""
    takes = d.kind.type in _FROM_CONTENT  # as it was: a vote to condemn somebody condemns him
    if content is not None:
        d = msgspec.structs.replace(
            d, content=content.kind, content_token=content.candidate.token, kind=_announced(d.kind, content.kind)
        )
    if content is not None and _is_promised(desk, d, content):
        d = msgspec.structs.replace(d, status="planned")
    if d.roles.recipients or len(d.roles.actors) > 1 or not takes or not d.roles.actors:
        return d
    others = (*content.roles.recipients, *content.roles.actors) if content is not None else ()
    others = others or tuple(_named_below(desk, d))
    return _from_content(d, others)


def _is_promised(desk: Desk, d: Draft, content: Draft) -> bool:
    """Return whether help is promised, which is still to come: *promised to give*; *agreed to* is an agreement."""
    told = desk.predicates.get(d.candidate.token)
    lemma = desk.parse.tokens[d.candidate.token].lemma
    return (
        d.kind.type == "AGREE"
        and content.kind.act == "AID"
        and told is not None
        and told.status == "occurred"
        and in_class(lemma, "promising")
    )


def _announced(kind: Kind, content: Kind) -> Kind:
    """Return the kind of a plan by what is planned: of a withdrawal it is a concession, of an attack a threat.

    A vote to blame or to punish is the blame or the sanction.
    """
    act = plover.event_type(content.act)
    if kind.type == "SUPPORT" and act.quad in (3, 4):
        return msgspec.structs.replace(kind, type=content.type, act=content.act, mode=content.mode)
    if kind.type != "AGREE" or act.quad not in (2, 4):
        return kind
    return msgspec.structs.replace(kind, type=act.threatened_as or act.planned_as, mode=None)


def _from_content(d: Draft, others: tuple[Party, ...]) -> Draft:
    own = {p.country or p.name for p in d.roles.actors} | {p.name for p in d.roles.actors}
    kept = tuple(p for p in others if (p.country or p.name) not in own and p.name not in own)
    if not kept:
        return d
    roles = msgspec.structs.replace(d.roles, recipients=kept[:2], inferred=(*d.roles.inferred, "content"))
    return msgspec.structs.replace(d, roles=roles)


def _named_below(desk: Desk, d: Draft) -> list[Party]:
    """Return the first party that a preposition names inside what the act is about."""
    c = d.candidate
    roots = [i for slot in (*(c.frame.theme if c.frame else ()), "object") for i in c.slots.get(slot)] + list(
        c.slots.clause
    )
    for i in dict.fromkeys(roots):
        for j in tree.subtree(desk.parse, i):
            t = desk.parse.tokens[j]
            if t.dep == "pobj" and tree.head(desk.parse, j).lemma.lower() in _PREPS:
                found = [p for p in desk.index.parties(j, owners=False)[0] if p.country]
                if found:
                    return found
    return []
