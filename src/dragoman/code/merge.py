"""One act told in headline, caption and text is one mention with several spans; the rest of a document stays apart."""

from collections.abc import Sequence

import msgspec

from dragoman.records import Annotated, EventMention, Party

_HEADINGS = ("title", "heading")


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
    """Return the mentions less those that say again what one in the same sentence says: the surer stays."""
    kept: list[EventMention] = []
    for m in sorted(mentions, key=lambda m: (-m.confidence, m.predicate.start)):
        if not any(m.sentence == k.sentence and same_act(m, k) and m.status == k.status for k in kept):
            kept.append(m)
    return kept


def same_act(a: EventMention, b: EventMention) -> bool:
    """Return whether two mentions of one document have the same type and no party that speaks against it."""
    return a.type == b.type and _agree(a.actors, b.actors) and _agree(a.recipients, b.recipients) and _when_agrees(a, b)


def _agree(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """Return whether one side's parties are those of the other, or not given."""
    if not a or not b:
        return True
    return bool({p.country or p.name for p in a} & {p.country or p.name for p in b})


def _when_agrees(a: EventMention, b: EventMention) -> bool:
    return a.when is None or b.when is None or a.when.edtf == b.when.edtf
