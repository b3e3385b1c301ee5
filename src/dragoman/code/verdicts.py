"""Judgements passed in a speaker's words without a verb that names them: *"This is a disgrace," the minister said*."""

from collections.abc import Sequence

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk, Draft
from dragoman.code.kinds import Kind
from dragoman.code.roles import FIRST_PERSON, Roles
from dragoman.code.slots import Slots
from dragoman.code.subjects import surface_subject
from dragoman.records import EventMention, Token
from dragoman.scheme.verdicts import VerdictWord, verdict_of

_COPULAS = frozenset({"be", "remain", "become", "constitute", "represent", "seem", "appear"})
_NEGATING = frozenset({"no", "not", "never", "neither", "hardly", "n't"})


def verdicts(desk: Desk, told: Sequence[EventMention]) -> list[Draft]:
    """Return the judgements that known speakers pass by calling something a name; one a sentence."""
    done = {(m.sentence.start, m.type) for m in told}
    found = []
    for t in desk.parse.tokens:
        word = verdict_of(t.lemma, t.pos) if t.dep in ("attr", "acomp", "oprd", "dobj") else None
        start = tree.sentence_of(desk.parse, t.i).start
        if word is None or (start, word.type) in done or not _said_of(desk, t):
            continue
        made = _verdict(desk, t, word)
        if made is not None:
            found.append(made)
            done.add((start, word.type))
    return found


def _said_of(desk: Desk, t: Token) -> bool:
    """Return whether the word is the complement of a copula that is neither denied nor supposed."""
    up = tree.head(desk.parse, t.i)
    if up.lemma.lower() not in _COPULAS or up.i == t.i:
        return False
    below = [*tree.children(desk.parse, t.i, "det", "neg", "advmod"), *tree.children(desk.parse, up.i, "neg", "advmod")]
    predicate = desk.predicates.get(up.i)
    real = predicate is None or predicate.status in ("occurred", "ongoing", "hypothetical")
    return real and not any(c.text.lower() in _NEGATING for c in below)


def _verdict(desk: Desk, t: Token, word: VerdictWord) -> Draft | None:
    """Return the act of the speaker: what the subject names is judged, a party among it is the recipient."""
    speaker = desk.voices.speaker(t.i)
    subjects = surface_subject(desk.parse, t.head)
    if speaker is None or any(desk.parse.tokens[i].text.lower() in FIRST_PERSON for i in subjects):
        return None
    judged = tuple(p for i in subjects for p in desk.index.parties(i)[0] if p.name != speaker.name)
    roles = Roles(
        actors=(speaker,), recipients=judged, recipient_tokens=subjects if judged else (), inferred=("speaker",)
    )
    slots = Slots(predicate=t.i, passive=False, fillers={"object": subjects} if subjects else {})
    kind = Kind(type=word.type, act=word.type, mode=word.mode, basis="verdict", probability=None)
    return Draft(
        candidate=Candidate(token=t.i, pos="noun", frame=None, slots=slots), roles=roles, kind=kind, status="occurred"
    )
