"""Acts done by speaking, without a verb that names them: demands by modal verb, verdicts in quoted words."""

from collections.abc import Sequence

import msgspec

from dragoman import tree
from dragoman.code import classify
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.parties import thing
from dragoman.code.roles import FIRST_PERSON, Roles
from dragoman.code.slots import Slots, is_verb, surface_subject, verb_slots
from dragoman.records import AttributionSpan, EventMention, Parse, Party
from dragoman.scheme import plover

_DEMANDING = frozenset({"must", "should"})
_WILLING = frozenset({"will", "would", "wo", "'ll"})
_DEMANDING_TO = frozenset({"have", "need", "ought"})
# A verdict rests on the encoder alone, so it asks for more than a trigger does. Tried 0.6 to 0.95 on the dev articles.
VERDICT = 0.85
_VERDICTS = ("ACCUSE", "SUPPORT", "REJECT", "THREATEN")


# ---------------------------------------------------------------- demands
def as_demands(desk: Desk, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with what a speaker says another *must* or *should* do turned into his request of it."""
    by_token = {d.candidate.token: d for d in drafts}
    for t in desk.parse.tokens:
        if is_verb(t) and demanding(desk.parse, t.i):
            made = _demand(desk, t.i, by_token.get(t.i))
            if made is not None:
                by_token[t.i] = made
    return [by_token[i] for i in sorted(by_token)]


def demanding(parse: Parse, v: int) -> bool:
    """Return whether the clause of `v` says what must be done."""
    if any(c.lemma in _DEMANDING for c in tree.children(parse, v, "aux")):
        return not any(c.lemma == "have" for c in tree.children(parse, v, "aux"))  # *should have left* blames, it asks nothing
    up = tree.head(parse, v)
    return parse.tokens[v].dep == "xcomp" and up.lemma in _DEMANDING_TO and up.i != v


def _demand(desk: Desk, v: int, old: Draft | None) -> Draft | None:
    """Return the request that a modal makes of its subject, None where no known speaker makes it of somebody else."""
    speaker = desk.voices.speaker(v)
    subjects = surface_subject(desk.parse, v)
    if speaker is None or any(desk.parse.tokens[i].text.lower() in FIRST_PERSON for i in subjects):
        return None
    asked = [p for i in subjects for p in desk.index.parties(i)[0] or _described(desk.parse, i)]
    if any(p.name == speaker.name for p in asked):
        return None
    slots = verb_slots(desk.parse, v)
    candidate = Candidate(token=v, pos="verb", frame=None, slots=msgspec.structs.replace(slots, clause=(v,)))
    act = old.kind.act if old is not None else "REQUEST"
    kind = Kind(type="REQUEST", act=act, mode=None, basis="modal", probability=None)
    roles = Roles(actors=(speaker,), recipients=tuple(asked), recipient_tokens=tuple(subjects), inferred=("speaker",))
    return Draft(candidate=candidate, roles=roles, kind=kind, status="requested") if asked else None


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
def as_refusal(desk: Desk, d: Draft) -> Draft:
    """Return the draft as a refusal where a party says that it will not do a friendly act: *will not lift the ban*."""
    predicate = desk.predicates.get(d.candidate.token)
    friendly = plover.event_type(d.kind.type).quad in (1, 2)
    wills = any(c.lemma in _WILLING for c in tree.children(desk.parse, d.candidate.token, "aux"))
    if not friendly or not wills or predicate is None or predicate.status not in ("negated", "refused") or not d.roles.actors:
        return d
    kind = msgspec.structs.replace(d.kind, type="REJECT", act=d.kind.act, mode=None)
    return msgspec.structs.replace(d, kind=kind, status="refused")


# ---------------------------------------------------------------- verdicts
def verdicts(desk: Desk, told: Sequence[EventMention]) -> list[Draft]:
    """Return the judgements that speakers pass in words of which no act has been made: what the encoder is sure of."""
    spots = [s for a in desk.annotated.attributions for s in _spots(desk, a, told)]
    asked = classify.probabilities([_question(desk, *s) for s in spots])
    found: dict[int, Draft] = {}
    for (root, speaker, other, _), shares in zip(spots, asked, strict=True):
        best = max(_VERDICTS, key=lambda t: (shares.get(t, 0.0), t))
        if shares.get(best, 0.0) >= VERDICT and root not in found:
            found[root] = _verdict(desk, root, speaker, other, Kind(type=best, act=best, mode=None, basis="encoder", probability=shares[best]))
    return list(found.values())


def _spots(desk: Desk, a: AttributionSpan, told: Sequence[EventMention]) -> list[tuple[int, Party, int | None, AttributionSpan]]:
    """Return the sentences of a content that hold no act yet: root, speaker, token of the first other party."""
    speaker = next((v.actor for v in desk.voices.voices(a) if v.actor is not None), None)
    if speaker is None:
        return []
    found = []
    for s in desk.parse.sentences:
        inside = [t for c in a.content for t in tree.tokens_between(desk.parse, max(c.start, s.start), min(c.end, s.end))]
        verbs = [t.i for t in inside if is_verb(t)]
        if not verbs or any(m.sentence.start == s.start for m in told):
            continue
        here = {t.i for t in inside}
        root = next((i for i in verbs if desk.parse.tokens[i].head not in here or desk.parse.tokens[i].head == i), verbs[0])
        other = next((t.i for t in inside for p in desk.index.parties(t.i, owners=False)[0] if p.name != speaker.name and p.country != speaker.country), None)
        found.append((root, speaker, other, a))
    return found


def _question(desk: Desk, root: int, speaker: Party, other: int | None, a: AttributionSpan) -> classify.PairInput:
    """Return the sentence as the encoder reads it: the speaker put before words that stand alone in a quotation."""
    s = tree.sentence_of(desk.parse, root)
    text = desk.parse.text[s.start : s.end]
    target = None
    if other is not None:
        t = desk.parse.tokens[other]
        target = (t.start - s.start, t.end - s.start)
    inside = next((x for x in a.source if s.start <= x.start and x.end <= s.end), None)
    if inside is not None:
        return classify.PairInput(sentence=text, source=(inside.start - s.start, inside.end - s.start), target=target)
    lead = f"{speaker.name} said: "
    shifted = (target[0] + len(lead), target[1] + len(lead)) if target else None
    return classify.PairInput(sentence=lead + text, source=(0, len(speaker.name)), target=shifted)


def _verdict(desk: Desk, root: int, speaker: Party, other: int | None, kind: Kind) -> Draft:
    recipients = desk.index.parties(other)[0] if other is not None else ()
    tokens = (other,) if other is not None else ()
    slots = Slots(predicate=root, passive=False, fillers={}, clause=(root,))
    candidate = Candidate(token=root, pos="verb", frame=None, slots=slots)
    roles = Roles(actors=(speaker,), recipients=tuple(recipients), recipient_tokens=tokens, inferred=("speaker",))
    return Draft(candidate=candidate, roles=roles, kind=kind, status="occurred")

