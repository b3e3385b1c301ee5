"""Times and places that a mention takes from another of the same act. What syntax ties to it is found before."""

import msgspec

from dragoman import tree
from dragoman.code.merge import DEFINITE, same_act
from dragoman.records import EventMention, Parse, When

_REACH = 5  # sentences back to where the act was told; a report tells its main act again within a paragraph or two
_REAL = ("occurred", "ongoing")
_STEM = 4  # letters: *filed*, *filing*; *bombed*, *bombing*


def completed(parse: Parse, mentions: list[EventMention]) -> list[EventMention]:
    """Return the mentions, each without a time or place with that of the nearest mention of the same act."""
    found: list[EventMention] = []
    for n, m in enumerate(mentions):
        others = [*reversed(found), *mentions[n + 1 :]]
        same = [o for o in others if _joined(parse, m, o) or (o in found and _again(parse, m, o))]
        when = m.when or next((_lent(o.when) for o in same if o.when is not None), None)
        where = m.where or next((o.where for o in same if o.where is not None), None)
        past = m.historical or any(o.historical and m.when is None and o.when is not None for o in same)
        found.append(msgspec.structs.replace(m, when=when, where=where, historical=past))
    return found


def _joined(parse: Parse, m: EventMention, o: EventMention) -> bool:
    """Return whether two acts of one kind are told in one breath: *two were killed and ten wounded in May*."""
    if m.sentence != o.sentence or m.type != o.type or {m.status, o.status} - {*_REAL}:
        return False
    i, j = (tree.head_of_span(parse, x.predicate.start, x.predicate.end) for x in (m, o))
    return tree.first_conjunct(parse, i) == tree.first_conjunct(parse, j)


def _again(parse: Parse, m: EventMention, o: EventMention) -> bool:
    """Return whether `m` tells again what `o` told a little before, by the same word."""
    if m.status not in _REAL or o.status not in _REAL or not same_act(m, o):
        return False
    i, j = (tree.head_of_span(parse, x.predicate.start, x.predicate.end) for x in (m, o))
    if not 0 < parse.tokens[i].sentence - parse.tokens[j].sentence <= _REACH:
        return False
    if parse.tokens[i].lemma.lower()[:_STEM] != parse.tokens[j].lemma.lower()[:_STEM]:
        return False
    return _is_definite(parse, i) or _shares_party(m, o)


def _is_definite(parse: Parse, i: int) -> bool:
    """Return whether an act is told as one known: *the attack*, *the lawsuit was filed*."""
    nouns = [i, *(c.i for c in tree.children(parse, i, "nsubjpass"))]
    return any(d.lemma.lower() in DEFINITE for n in nouns for d in tree.children(parse, n, "det"))


def _shares_party(m: EventMention, o: EventMention) -> bool:
    names = [{p.name for p in (*x.actors, *x.recipients)} for x in (m, o)]
    return bool(m.actors and o.actors and m.recipients and o.recipients) and len(names[0] & names[1]) > 1


def _lent(when: When | None) -> When | None:
    return msgspec.structs.replace(when, basis=f"{when.basis.split(',')[0]}, told before") if when else None
