"""Judgements passed in a speaker's words without a verb that names them: *"This is a disgrace," the minister said*."""

from collections.abc import Sequence

from dragoman import tree
from dragoman.code import kinds
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.roles import FIRST_PERSON, Roles
from dragoman.code.slots import Slots, verb_slots
from dragoman.code.subjects import is_passive, is_verb, surface_subject
from dragoman.records import EventMention, Party, Token
from dragoman.scheme.verdicts import VerdictWord, verdict_of
from dragoman.scheme.words import in_class

_COPULAS = frozenset({"be", "remain", "become", "seem", "appear"})
# What is brought about or shown is judged as what it is called: *it could cause chaos*, *it shows contempt*.
_SHOWING = frozenset(
    {
        "constitute",
        "represent",
        "cause",
        "pose",
        "create",
        "spread",
        "sow",
        "demonstrate",
        "show",
        "display",
        "reveal",
        "reflect",
    }
)
_CLAUSES = ("ROOT", "ccomp", "conj", "parataxis")
_NEGATING = frozenset({"no", "not", "never", "neither", "hardly", "n't"})
_POINTING = frozenset({"this", "that"})
_BLAME = "ACCUSE"
# The encoder names blame that no list has from these shares on: of the word's being an act, and of its being this one.
JUDGES, BLAMES = 0.90, 0.75


def verdicts(desk: Desk, told: Sequence[EventMention]) -> list[Draft]:
    """Return the judgements that known speakers pass by calling something a name; one a sentence."""
    done = {(m.sentence.start, m.type) for m in told if m.actors}
    acts = {m.predicate.start for m in told}
    found = []
    for t in desk.parse.tokens:
        if is_verb(t) and in_class(t.lemma, "calling") and t.start not in acts:
            called = _called(desk, t)
            if called is not None and (tree.sentence_of(desk.parse, t.i).start, called.kind.type) not in done:
                found.append(called)
                done.add((tree.sentence_of(desk.parse, t.i).start, called.kind.type))
        place = _complement(desk, t)
        word = _word(desk, t) if place is not None else None
        start = tree.sentence_of(desk.parse, t.i).start
        if (
            place is None
            or word is None
            or (t.pos == "VERB" and t.start in acts)
            or (start, word.type) in done
            or not _said_of(desk, place)
        ):
            continue
        made = _verdict(desk, t, place, word)
        if made is not None:
            found.append(made)
            done.add((start, word.type))
    return found


def _called(desk: Desk, t: Token) -> Draft | None:
    """Return the act of who calls something a name: *called the move a "grab for power"*, *considered it unfit*."""
    parse, slots = desk.parse, verb_slots(desk.parse, t.i)
    names = [c.i for c in tree.children(parse, t.i, "oprd", "ccomp") if c.dep == "oprd" or c.pos == "ADJ"]
    names += [i for i in (*slots.get("as"), *_as(desk, t)) if parse.tokens[i].dep in ("pobj", "pcomp", "amod", "conj")]
    words = [w for i in names for w in (i, *_within(desk, i))]
    word = next(
        (v for i in dict.fromkeys(words) if (v := _word(desk, parse.tokens[i], calling=True)) is not None), None
    )
    if word is None or tree.children(parse, t.i, "neg"):
        return None
    speaker = desk.voices.speaker(t.i)
    who = [p for i in slots.get("subject") for p in _judge(desk, i, speaker)]
    objects = tuple(i for i in slots.get("to" if t.lemma == "refer" else "object") if i not in names)
    judged = tuple(p for i in objects for p in desk.index.parties(i)[0] if p.name not in {w.name for w in who})
    if not who:
        return None
    roles = Roles(actors=tuple(who), recipients=judged, recipient_tokens=objects if judged else ())
    kind = Kind(type=word.type, act=word.type, mode=word.mode, basis="verdict", probability=None)
    slots = Slots(predicate=t.i, passive=False, fillers={"object": objects} if objects else {})
    return Draft(
        candidate=Candidate(token=t.i, pos="verb", frame=None, slots=slots), roles=roles, kind=kind, status="occurred"
    )


def _judge(desk: Desk, i: int, speaker: Party | None) -> tuple[Party, ...]:
    if desk.parse.tokens[i].text.lower() in FIRST_PERSON:
        return (speaker,) if speaker is not None else ()
    return desk.index.parties(i)[0]


def _as(desk: Desk, t: Token) -> list[int]:
    """Return what a verb says something is *as*: a noun, or a participle (*described it as marred by abuse*)."""
    preps = [p for p in tree.children(desk.parse, t.i, "prep") if p.lemma == "as"]
    return [c.i for p in preps for c in tree.children(desk.parse, p.i, "pobj", "pcomp", "amod")]


def _within(desk: Desk, i: int) -> list[int]:
    """Return the words that say of what kind a name is: its adjectives, what is joined to it, what it is *of*."""
    joined = [*tree.conjuncts(desk.parse, i), *(a.i for a in tree.children(desk.parse, i, "amod"))]
    of = [
        o.i
        for p in tree.children(desk.parse, i, "prep")
        if p.lemma == "of"
        for o in tree.children(desk.parse, p.i, "pobj")
    ]
    return [*joined, *(k for j in joined for k in tree.conjuncts(desk.parse, j)), *of]


def _harms(desk: Desk, t: Token) -> bool:
    """Return whether a verb of harm says what somebody does, as the encoder sees it too: *this undermines the law*."""
    predicate = desk.predicates.get(t.i)
    real = predicate is not None and predicate.status in ("occurred", "ongoing", "hypothetical", "planned")
    return real and kinds.acts(desk.reader.word(t.i)) >= JUDGES and not tree.children(desk.parse, t.i, "neg")


def _complement(desk: Desk, t: Token) -> Token | None:
    """Return what says the judgement: a verb of harm or a complement.

    That is one that a word is, is joined to or stands before: *a dangerous and irresponsible way*.
    """
    if t.pos == "VERB":
        raised = t.dep == "xcomp" and tree.head(desk.parse, t.i).lemma in _COPULAS  # *appears to undermine*
        return t if raised or (t.dep in _CLAUSES and not is_passive(desk.parse, t.i)) else None
    first = t
    while first.dep == "conj":
        first = tree.head(desk.parse, first.i)
    if first.dep == "amod":
        first = tree.head(desk.parse, first.i)
        return first if first.dep == "attr" else None
    return first if first.dep in ("attr", "acomp", "oprd", "dobj") else None


def _word(desk: Desk, t: Token, *, calling: bool = False) -> VerdictWord | None:
    """Return the judgement that a word passes by the list, else the blame that the encoder is sure of in an adjective.

    Its praise is no use here: it takes *glad*, *okay* and *significant* for such.
    """
    listed = verdict_of(t.lemma, t.pos)
    reading = desk.reader.word(t.i) if listed is None and (t.tag == "JJ" or calling) else None
    if reading is None or kinds.acts(reading) < JUDGES or reading.types[_BLAME] < BLAMES:
        return listed
    return VerdictWord(type=_BLAME, mode="disapprove")


def _said_of(desk: Desk, t: Token) -> bool:
    """Return whether the word is the complement of a copula that is neither denied nor supposed."""
    if t.pos == "VERB":
        return _harms(desk, t)
    up = tree.head(desk.parse, t.i)
    if up.lemma.lower() not in (_SHOWING if t.dep == "dobj" else _COPULAS) or up.i == t.i:
        return False
    below = [*tree.children(desk.parse, t.i, "det", "neg", "advmod"), *tree.children(desk.parse, up.i, "neg", "advmod")]
    predicate = desk.predicates.get(up.i)
    real = predicate is None or predicate.status in ("occurred", "ongoing", "hypothetical")
    return real and not any(c.text.lower() in _NEGATING for c in below)


def _verdict(desk: Desk, t: Token, place: Token, word: VerdictWord) -> Draft | None:
    """Return the act of the speaker: what the subject names is judged, a party among it is the recipient."""
    speaker = desk.voices.speaker(t.i)
    subjects = surface_subject(desk.parse, place.i if place.pos == "VERB" else place.head)
    if speaker is None or any(desk.parse.tokens[i].text.lower() in FIRST_PERSON for i in subjects):
        return None
    named = [*subjects, *_doers_before(desk, t, subjects)]
    judged = tuple(p for i in named for p in desk.index.parties(i)[0] if p.name != speaker.name)
    roles = Roles(
        actors=(speaker,), recipients=judged, recipient_tokens=subjects if judged else (), inferred=("speaker",)
    )
    slots = Slots(predicate=t.i, passive=False, fillers={"object": subjects} if subjects else {})
    kind = Kind(type=word.type, act=word.type, mode=word.mode, basis="verdict", probability=None)
    return Draft(
        candidate=Candidate(token=t.i, pos="noun", frame=None, slots=slots), roles=roles, kind=kind, status="occurred"
    )


def _doers_before(desk: Desk, t: Token, subjects: tuple[int, ...]) -> tuple[int, ...]:
    """Return who does what *this* takes up from the clause before: *Norland has closed the pass, this is wrong*."""
    if not any(desk.parse.tokens[i].text.lower() in _POINTING for i in subjects):
        return ()
    s = tree.sentence_of(desk.parse, t.i)
    before = [k.i for k in desk.parse.tokens[s.first : min(subjects)] if is_verb(k)]
    doers = [surface_subject(desk.parse, v) for v in before if desk.voices.speaker(v) == desk.voices.speaker(t.i)]
    known = [d for d in doers if any(desk.index.parties(i)[0] for i in d)]
    return known[-1] if known else ()
