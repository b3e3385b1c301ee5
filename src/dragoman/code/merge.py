"""One act told in headline, caption and text is one mention with several spans; the rest of a document stays apart."""

from collections.abc import Sequence

import msgspec

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.desk import Desk
from dragoman.code.subjects import surface_subject
from dragoman.records import Annotated, EventMention, Evidence, Party
from dragoman.scheme.words import in_class

_HEADINGS = ("title", "heading")
_LINKS = frozenset({"be", "remain", "stay", "seem", "appear"})
DEFINITE = frozenset({"the", "this", "these", "that", "those", "both"})


def merged(annotated: Annotated, mentions: Sequence[EventMention]) -> list[EventMention]:
    """Return the mentions of the body in order, each with the spans of the headings that tell the same act.

    A heading tells nothing of its own: what the body does not bear out is left out, since a headline is clipped,
    tenseless and parsed badly.
    """
    kinds = {s.start: s.block for s in annotated.parse.sentences}
    body = [m for m in mentions if kinds.get(m.sentence.start) not in _HEADINGS]
    heads = [m for m in mentions if kinds.get(m.sentence.start) in _HEADINGS]
    found = sorted(_unique(body), key=lambda m: (m.predicate.start, m.id))
    for h in heads:
        for n, m in enumerate(found):
            if same_act(h, m):
                found[n] = msgspec.structs.replace(m, evidence=(*m.evidence, *h.evidence))
                break
    return found


def _unique(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Return the mentions less those told again in the same sentence: one that names who acts stays, then the surer."""
    kept: list[EventMention] = []
    for m in sorted(mentions, key=lambda m: (not m.actors, -m.confidence, m.predicate.start)):
        if not any(m.sentence == k.sentence and same_act(m, k) and m.status == k.status for k in kept):
            kept.append(m)
    return kept


def same_act(a: EventMention, b: EventMention) -> bool:
    """Return whether two mentions of one document have the same type and no party that speaks against it."""
    alike = a.type == b.type and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients)
    return alike and _when_agrees(a, b) and not _apart(a, b)


def _apart(a: EventMention, b: EventMention) -> bool:
    """Return whether two acts of one sentence are about two things: *demanded a vote and an inquiry*."""
    if a.sentence != b.sentence or a.theme is None or b.theme is None:
        return False
    return a.theme.end <= b.theme.start or b.theme.end <= a.theme.start


def _agree(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """Return whether one side's parties are those of the other, or not given."""
    if not a or not b:
        return True
    return bool({p.country or p.name for p in a} & {p.country or p.name for p in b})


def _when_agrees(a: EventMention, b: EventMention) -> bool:
    return a.when is None or b.when is None or a.when.edtf == b.when.edtf


# ---------------------------------------------------------------- events taken up again
def resumed(desk: Desk, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with the spans where a bare definite noun takes them up again: *the attack*, *these talks*.

    Such a noun names no party and tells no new event; its sentence is one more place where the event is told.
    """
    found = list(mentions)
    told_at = {m.sentence.start for m in mentions}
    for c in desk.candidates:
        s = tree.sentence_of(desk.parse, c.token)
        if s.start in told_at or s.block in _HEADINGS or not _takes_up(desk, c):
            continue
        for n in reversed(range(len(found))):
            m = found[n]
            if (
                c.frame is not None
                and m.predicate.start < s.start
                and c.frame.type in (m.type, m.act)
                and _same_word(desk, c, m)
            ):
                t = desk.parse.tokens[c.token]
                again = Evidence(start=s.start, end=t.end, quote=desk.parse.text[s.start : t.end])
                found[n] = msgspec.structs.replace(m, evidence=(*m.evidence, again))
                break
    return found


def _takes_up(desk: Desk, c: Candidate) -> bool:
    """Return whether a candidate is an event noun with *the*, *this* or *these* that names no party."""
    if c.pos != "noun" or c.light is not None:
        return False
    if not any(d.lemma.lower() in DEFINITE for d in tree.children(desk.parse, c.token, "det")):
        return False
    return not any(desk.index.parties(i, owners=False)[0] for slot in c.slots.fillers.values() for i in slot)


def _same_word(desk: Desk, c: Candidate, m: EventMention) -> bool:
    """Return whether the noun shares four letters with the earlier predicate: *negotiating*, *negotiations*."""
    noun = desk.parse.tokens[c.token].lemma.lower()
    return any(w.lower().startswith(noun[:4]) for w in (m.predicate.text, *(m.theme.text.split() if m.theme else ())))


# ---------------------------------------------------------------- doubts
def doubted(desk: Desk, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions with the sentences that leave a part of them open: *the destination of the cargo is unclear*.

    Such a sentence belongs to the last mention before it that shares a noun of what is in doubt.
    """
    found = list(mentions)
    for t in desk.parse.tokens:
        up = tree.head(desk.parse, t.i)
        if not in_class(t.lemma, "open") or t.dep not in ("acomp", "attr", "oprd") or up.lemma.lower() not in _LINKS:
            continue
        s = tree.sentence_of(desk.parse, t.i)
        nouns = {
            desk.parse.tokens[j].lemma.lower()
            for i in surface_subject(desk.parse, up.i)
            for j in tree.subtree(desk.parse, i)
            if desk.parse.tokens[j].pos == "NOUN"
        }
        for n in reversed(range(len(found))):
            m = found[n]
            if m.predicate.start < s.start and nouns & _nouns(desk, m):
                doubt = Evidence(start=s.start, end=s.end, quote=desk.parse.text[s.start : s.end])
                found[n] = msgspec.structs.replace(m, doubts=(*m.doubts, doubt))
                break
    return found


def _nouns(desk: Desk, m: EventMention) -> set[str]:
    """Return the lemmas of the nouns of an act and its theme."""
    spans = [(m.predicate.start, m.predicate.end), *([(m.theme.start, m.theme.end)] if m.theme else [])]
    inside = [t for a, z in spans for t in tree.tokens_between(desk.parse, a, z)]
    return {t.lemma.lower() for t in inside if t.pos == "NOUN"}
