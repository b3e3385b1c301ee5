"""Which verb lends an act its time and place: the clause above, the verb that says no more than that it took place."""

from dragoman import tree
from dragoman.code.slots import carrier_of
from dragoman.code.subjects import is_passive, is_verb
from dragoman.records import Parse, Token
from dragoman.scheme import plover
from dragoman.scheme.words import in_class

DURING = frozenset({"in", "during", "by", "at", "amid"})  # what stands in such a phrase has the time of the act


def happenings(parse: Parse, acts: set[int], i: int) -> list[Token]:
    """Return the verbs whose time and place are those of the event noun at `i`.

    They say no more than when or where it was (*the talks held in May*), or whom it hit (*the blast killed two*).
    """
    t = parse.tokens[carrier_of(parse, i)]  # *a couple of bombings took place*
    up = tree.head(parse, t.i)
    over = [up] if t.dep in ("nsubj", "nsubjpass") else []
    verbs = [*tree.children(parse, i, "relcl", "acl"), *over]
    return [v for v in verbs if in_class(v.lemma, "impact") or (in_class(v.lemma, "happening") and v.i not in acts)]


def hit_by(parse: Parse, i: int) -> list[Token]:
    """Return the event nouns whose harm the verb at `i` tells, with their time and place: *an attack in May killed*."""
    if not in_class(parse.tokens[i].lemma, "impact"):
        return []
    return [s for s in tree.children(parse, i, "nsubj", "agent") if plover.frames_for(s.lemma, "noun")]


def told_along(parse: Parse, i: int) -> list[Token]:
    """Return the passives joined to the passive at `i`, whose end sets the scene of both: *killed and hurt in May*."""
    joined = (parse.tokens[j] for j in tree.conjuncts(parse, i))
    return [c for c in joined if is_passive(parse, i) and is_passive(parse, c.i)]


def governor(parse: Parse, i: int) -> tuple[int, str] | None:
    """Return the verb above the act at `i` whose time is the act's too, and how it was reached."""
    t, up = parse.tokens[i], tree.head(parse, i)
    if not is_verb(t):
        above = next((a for a in tree.ancestors(parse, i) if is_verb(a)), None)
        return (above.i, "governing clause") if above is not None else None
    if t.dep == "pcomp" and up.lemma in DURING and is_verb(tree.head(parse, up.i)):
        return up.head, "governing clause"  # *responded on Monday by expelling*
    bare = t.tag in ("VBG", "VBN") and not tree.children(parse, i, "aux")
    if is_verb(up) and (t.dep == "xcomp" or (t.dep in ("advcl", "acl", "pcomp") and bare)):
        return up.i, "governing clause"
    if t.dep == "conj" and is_verb(up) and not tree.children(parse, i, "nsubj", "nsubjpass"):
        return up.i, "coordinated clause"
    return None
