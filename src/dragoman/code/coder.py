"""From layers to event mentions: candidates become drafts, drafts become records, one act told twice becomes one."""

import msgspec

from dragoman import tree
from dragoman.code import classify, discourse, kinds, merge, speech_acts, verdicts
from dragoman.code.assemble import mention
from dragoman.code.candidates import Candidate, complement_heads
from dragoman.code.desk import Desk, Draft
from dragoman.code.roles import Roles, find_roles
from dragoman.records import Annotated, EventMention, Parse
from dragoman.scheme import plover, speech, themes

MATERIAL_CONFLICT = 4  # PLOVER's quad class
# What these acts are about is itself an act that has not happened: it belongs to them and makes no record of its own.
TAKES_CONTENT = ("AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE")


def code(annotated: Annotated) -> list[EventMention]:
    """Return the event mentions of an annotated document, in the order of their predicates."""
    desk = Desk(annotated)
    drafts = speech_acts.as_demands(desk, draft(desk))
    folded = _fold(desk, {d.candidate.token: d for d in drafts})
    kept = [speech_acts.as_refusal(desk, speech_acts.as_threat(desk, d)) for d in folded]
    setting = desk.setting({d.candidate.token for d in drafts})
    told = [mention(desk, setting, d) for d in kept]
    judged = [mention(desk, setting, d) for d in verdicts.verdicts(desk, told)]
    said = {m.predicate for m in judged}  # "was a crime by Norland" judges, and tells no attack: one token, one mention
    told = [m for m in told if m.predicate not in said] + judged
    return merge.doubted(desk, merge.resumed(desk, merge.merged(annotated, told)))


def draft(desk: Desk) -> list[Draft]:
    """Return the candidates that are acts."""
    rough = [cast(desk, c) for c in desk.candidates]
    enough = [(c, r) for c, r in rough if _party_enough(desk, c, r)]
    enough += discourse.further(desk, enough, [c for c, r in rough if not _party_enough(desk, c, r)])
    asked = classify.probabilities([_pair(desk.parse, c, r) for c, r in enough])
    found = []
    for (c, r), shares in zip(enough, asked, strict=True):
        kind = kinds.decide(c.frame, shares, both=bool(r.recipients or len(r.actors) > 1))
        if kind is not None:
            found.append(Draft(candidate=c, roles=r, kind=kind))
    return discourse.completed(desk, found)


def cast(desk: Desk, c: Candidate) -> tuple[Candidate, Roles]:
    """Return a candidate with its parties, under the first of its frames that finds those it needs."""
    speaker = desk.voices.speaker(c.token)
    tried = []
    for frame in (c.frame, *c.others):
        option = msgspec.structs.replace(c, frame=frame)
        roles = find_roles(desk.index, option, speaker, _quad(option))
        if _party_enough(desk, option, roles):
            return option, roles
        tried.append((option, roles))
    return tried[0]


def _quad(c: Candidate) -> int:
    return plover.event_type(c.frame.type).quad if c.frame else 0


def _party_enough(desk: Desk, c: Candidate, r: Roles) -> bool:
    """Return whether the parties are there that the frame wants; without a frame both sides must be."""
    if c.frame is None:
        return bool(r.actors and r.recipients) and not _only_says(desk, c)
    if _is_mishap(desk.parse, c, r):
        return False
    if _speaks_for_itself(desk.parse, c):
        return True
    both = {"actor": r.actors, "recipient": r.recipients}
    if c.frame.needs == "both":
        return bool(r.actors and r.recipients) or len(r.actors) > 1
    return (
        bool(r.actors or r.recipients) if c.frame.needs == "either" else bool(both[c.frame.needs] or len(r.actors) > 1)
    )


def _is_mishap(parse: Parse, c: Candidate, r: Roles) -> bool:
    """Return whether harm without a doer stands in a sentence that names an accident or disaster: nobody's act."""
    if r.actors or c.frame is None or c.frame.type != "ASSAULT":
        return False
    s = tree.sentence_of(parse, c.token)
    pos = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb"}
    return any(themes.is_accident(t.lemma, pos.get(t.pos, "")) for t in parse.tokens[s.first : s.last])


def _speaks_for_itself(parse: Parse, c: Candidate) -> bool:
    """Return whether an act is told so plainly that it stands without a party.

    *The bill was dropped* says what was done to what; *suicide bombings shook the city* that there was violence. A
    definite noun (*the attack*) takes up an event told before and is none of its own.
    """
    if c.frame is None or c.frame.strength != "strong":
        return False
    if c.pos == "verb":
        return c.slots.passive and any(parse.tokens[i].pos == "NOUN" for i in c.slots.get("object"))
    subject = parse.tokens[c.token].dep in ("nsubj", "nsubjpass")
    definite = any(d.lemma.lower() in merge.DEFINITE for d in tree.children(parse, c.token, "det"))
    return subject and not definite and plover.event_type(c.frame.type).quad == MATERIAL_CONFLICT


def _only_says(desk: Desk, c: Candidate) -> bool:
    """Return whether the verb is one of saying or knowing: the act, if any, is in what is said."""
    lemma = desk.parse.tokens[c.token].lemma.lower()
    return speech.cue_kinds().get(f"{lemma}/VERB") in ("say", "show", "seem", "hold")


def _pair(parse: Parse, c: Candidate, r: Roles) -> classify.PairInput:
    """Return what the encoder reads: the sentence with its parties marked, or the predicate where there is none."""
    s = tree.sentence_of(parse, c.token)
    sides = [*r.actor_tokens, *r.recipient_tokens]
    inside = [i for i in sides if s.first <= i < s.last] or [c.token]
    spans = [(parse.tokens[i].start - s.start, parse.tokens[i].end - s.start) for i in inside]
    return classify.PairInput(
        sentence=parse.text[s.start : s.end], source=spans[0], target=spans[1] if len(spans) > 1 else None
    )


def _fold(desk: Desk, found: dict[int, Draft]) -> list[Draft]:
    """Return the drafts less those that are the content of another, whose kind the other takes over as its act."""
    content: dict[int, int] = {}
    for token, d in found.items():
        frame = d.candidate.frame
        if d.kind.type in TAKES_CONTENT or (frame is not None and frame.status == "negotiating"):
            for i in complement_heads(desk.parse, d.candidate):
                for j in (i, *tree.conjuncts(desk.parse, i)):
                    if j in found and j != token:
                        content.setdefault(j, token)
    # What is denied speaks for itself, with its own status, and its denial is no second act.
    denied = {up for j, up in content.items() if _is_denied(desk, j)}
    kept = []
    for token, d in found.items():
        if token in denied or (token in content and content[token] not in denied):
            continue
        below = [found[j] for j, up in content.items() if up == token]
        kept.append(discourse.with_content(desk, d, below[0] if below else None))
    return kept


def _is_denied(desk: Desk, token: int) -> bool:
    predicate = desk.predicates.get(token)
    return predicate is not None and predicate.status == "denied"
