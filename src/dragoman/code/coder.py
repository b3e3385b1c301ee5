"""From layers to event mentions: candidates become drafts, drafts become records, one act told twice becomes one."""

import msgspec

from dragoman import tree
from dragoman.code import counts, discourse, kinds, merge, retold, speech_acts, taken_up, verdicts
from dragoman.code.assemble import mention
from dragoman.code.candidates import Candidate, complement_heads
from dragoman.code.desk import Desk, Draft
from dragoman.code.roles import Roles, find_roles, unfilled
from dragoman.code.setting import Setting
from dragoman.code.speeches import Speeches, Words, named, words_of
from dragoman.records import Annotated, EventMention, Parse
from dragoman.scheme import plover, speech, themes

MATERIAL_CONFLICT = 4  # PLOVER's quad class
# A record that would not be there without the encoder is kept from this confidence on. Swept from 0 to 0.5 on the
# shared articles and the seen ones: 0.3 finds a hundredth more of the facts at a precision 0.03 to 0.04 lower, 0.45
# loses two hundredths and gains 0.01 to 0.02.
KEPT = 0.36
PLAIN = 0.99  # from this share on the encoder's word makes an act stand without a known party
VERBAL = (1, 3)  # quad classes
JUDGING = ("ACCUSE", "SUPPORT", "REJECT")  # done by calling something what one thinks it is
OWN_WORD = 0.5  # the encoder's share from which a party told of does a verbal act itself, not the speaker
# What these acts are about is itself an act that has not happened: it belongs to them and makes no record of its own.
VOTED = "vote-to"  # a vote to do something is that act, where it is a hostile one, and backs it else
TAKES_CONTENT = ("AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE")


def code(annotated: Annotated) -> list[EventMention]:
    """Return the event mentions of an annotated document, in the order of their predicates."""
    desk = Desk(annotated)
    drafts = speech_acts.as_demands(desk, draft(desk))
    folded = _fold(desk, {d.candidate.token: d for d in drafts})
    kept = [speech_acts.as_refusal(desk, speech_acts.as_threat(desk, d)) for d in folded]
    setting = desk.setting({d.candidate.token for d in drafts})
    speeches = Speeches(setting.timing, desk.voices.cues)
    kept = [_surer(desk, setting, speeches, d) for d in kept]
    unsure = {d.candidate.token for d in kept if not _is_sure(mention(desk, setting, d, speeches))}
    setting = desk.setting({d.candidate.token for d in drafts} - unsure)  # what is not kept holds no time or place
    spoken = [w for d in kept if d.candidate.token not in unsure for w in _words(d)]
    speeches = Speeches(setting.timing, desk.voices.cues, [*words_of(desk.voices), *spoken])
    told = [mention(desk, setting, d, speeches) for d in kept if d.candidate.token not in unsure]
    passed = [discourse.about_deed(desk, d, kept) for d in verdicts.verdicts(desk, told)]
    judged = [mention(desk, setting, d, speeches) for d in passed]
    said = {m.predicate for m in judged}  # "was a crime by Norland" judges, and tells no attack: one token, one mention
    told = [m for m in told if m.predicate not in said] + judged
    told_once = merge.resumed(desk, retold.completed(desk.parse, merge.merged(annotated, told)))
    return merge.doubted(desk, counts.counted(desk, kept, told_once))


def _words(d: Draft) -> list[Words]:
    """Return the act as words spoken, where it is done by speaking and its doer is a person or body."""
    speakers = (
        named(d.roles.actors) if plover.event_type(d.kind.type).quad in VERBAL and d.kind.type != "CONSULT" else ()
    )
    return [Words(token=d.candidate.token, speakers=frozenset(speakers))] if speakers else []


def _is_sure(m: EventMention) -> bool:
    """Return whether a record is kept: one that would not be there without the encoder must be sure enough.

    That is one that rests on its word, has a party of its naming, or no party at all.
    """
    bare = any(i.name == "filled" or (i.name == "basis" and "encoder" in i.value) for i in m.ingredients)
    again = any(i.name == "inferred" and "event before" in i.value for i in m.ingredients)  # *more deliveries*
    return again or m.confidence >= KEPT or not (bare or not (m.actors or m.recipients))


def _surer(desk: Desk, setting: Setting, speeches: Speeches, d: Draft) -> Draft:
    """Return the draft without the parties that only the encoder names, where with them it is not sure enough.

    What a frame and syntax alone give is then still told, with a side open.
    """
    if not d.roles.filled or d.kind.basis == "encoder" or _is_sure(mention(desk, setting, d, speeches)):
        return d
    roles = unfilled(d.roles)
    return msgspec.structs.replace(d, roles=roles) if _party_enough(desk, d.candidate, roles) else d


def draft(desk: Desk) -> list[Draft]:
    """Return the candidates that are acts."""
    rough = [cast(desk, c) for c in desk.candidates]
    enough = [(c, r) for c, r in rough if _party_enough(desk, c, r) and not discourse.takes_after(desk, c, r)]
    held = {c.token for c, _ in enough}
    enough += discourse.further(desk, enough, [c for c, _ in rough if c.token not in held])
    found = []
    for c, r in enough:
        kind = kinds.decide(c.frame, desk.reader.word(c.token), noun=c.pos == "noun")
        if kind is None:
            continue
        found.append(Draft(candidate=c, roles=_by_speaker(desk, c, r, kind), kind=kind))
    held |= {d.candidate.token for d in found}
    return taken_up.taken_up(desk, discourse.completed(desk, found), [(c, r) for c, r in rough if c.token not in held])


def _by_speaker(desk: Desk, c: Candidate, r: Roles, kind: kinds.Kind) -> Roles:
    """Return the roles with the speaker as the doer of what is done by speaking and names nobody else who does it.

    A judgement in a speaker's words is his (*"He treats the law with contempt," she said*): who acts in it is judged.
    """
    spoken = kind.basis == "encoder" and plover.event_type(kind.type).quad in VERBAL
    judging = spoken and kind.type in JUDGING
    if not spoken or (not judging and (r.actors or c.slots.passive or c.slots.get("subject"))):
        return r
    speaker = desk.voices.speaker(c.token)
    here = tree.sentence_of(desk.parse, c.token)
    own = [i for i in r.actor_tokens if here.first <= i < here.last]
    told_of = kind.type != "ACCUSE" or c.frame is not None  # he does what a verb of accusing without a frame blames
    if speaker is None or (told_of and any(desk.reader.role(c.token, i)["actor"] >= OWN_WORD for i in own)):
        return r
    judged = tuple(p for p in (*r.actors, *r.recipients) if p.name != speaker.name) if judging else r.recipients
    if speaker.name in {p.name for p in judged}:
        return r
    return Roles(
        actors=(speaker,), recipients=judged, recipient_tokens=(*r.actor_tokens, *r.recipient_tokens),
        inferred=(*(n for n in r.inferred if n != "speaker"), "speaker"),
        filled=("recipient",) if r.filled and judged else (),
    )  # fmt: skip


def cast(desk: Desk, c: Candidate) -> tuple[Candidate, Roles]:
    """Return a candidate with its parties, under the first of its frames that finds those it needs."""
    speaker = desk.voices.speaker(c.token)
    tried = []
    for frame in (c.frame, *c.others):
        option = msgspec.structs.replace(c, frame=frame)
        roles = find_roles(desk.index, desk.reader, option, speaker, _quad(desk, option))
        if _party_enough(desk, option, roles):
            return option, roles
        tried.append((option, roles))
    return tried[0]


def _quad(desk: Desk, c: Candidate) -> int:
    """Return the quad class of a candidate's frame, or of the type that the encoder sees in a word without one."""
    if c.frame is not None:
        return plover.event_type(c.frame.type).quad
    kind = kinds.decide(None, desk.reader.word(c.token), noun=c.pos == "noun")
    return plover.event_type(kind.type).quad if kind is not None else 0


def _party_enough(desk: Desk, c: Candidate, r: Roles) -> bool:
    """Return whether the parties are there that the frame wants, or the act is told plainly enough without."""
    plain = kinds.acts(desk.reader.word(c.token)) >= PLAIN and not _takes_up(desk.parse, c)
    if c.frame is None:
        said = desk.voices.speaker(c.token) is not None
        return bool(r.actors or r.recipients or said or plain) and not _only_says(desk, c)
    if _is_mishap(desk.parse, c, r):
        return False
    if plain or c.frame.needs == "none" or _speaks_for_itself(desk.parse, c):
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
    return subject and not _takes_up(parse, c) and plover.event_type(c.frame.type).quad == MATERIAL_CONFLICT


def _takes_up(parse: Parse, c: Candidate) -> bool:
    """Return whether a definite noun takes up an event told before: *the attack*, *these talks*."""
    return c.pos == "noun" and any(d.lemma.lower() in merge.DEFINITE for d in tree.children(parse, c.token, "det"))


def _only_says(desk: Desk, c: Candidate) -> bool:
    """Return whether the verb is one of saying or knowing: the act, if any, is in what is said."""
    lemma = desk.parse.tokens[c.token].lemma.lower()
    return speech.cue_kinds().get(f"{lemma}/VERB") in ("say", "show", "seem", "hold")


def _fold(desk: Desk, found: dict[int, Draft]) -> list[Draft]:
    """Return the drafts less those that are the content of another, whose kind the other takes over as its act."""
    content: dict[int, int] = {}
    for token, d in found.items():
        frame = d.candidate.frame
        if d.kind.type in TAKES_CONTENT or (frame is not None and (frame.status == "negotiating" or frame.id == VOTED)):
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
