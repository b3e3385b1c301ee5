"""Judgements passed in a speaker's words without a verb that names them: *"This is a disgrace," the minister said*."""

from collections.abc import Sequence

from dragoman import tree
from dragoman.code import kinds
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.roles import FIRST_PERSON, Roles
from dragoman.code.slots import Slots
from dragoman.code.subjects import is_passive, is_verb, surface_subject
from dragoman.records import EventMention, Token
from dragoman.scheme.verdicts import VerdictWord, verdict_of

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
    done = {(m.sentence.start, m.type) for m in told}
    acts = {m.predicate.start for m in told}
    found = []
    for t in desk.parse.tokens:
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


def _word(desk: Desk, t: Token) -> VerdictWord | None:
    """Return the judgement that a word passes by the list, else the blame that the encoder is sure of in an adjective.

    Its praise is no use here: it takes *glad*, *okay* and *significant* for such.
    """
    listed = verdict_of(t.lemma, t.pos)
    reading = desk.reader.word(t.i) if listed is None and t.tag == "JJ" else None
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
