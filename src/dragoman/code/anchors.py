"""Which act a time or a place belongs to: the nearest above it in the parse. What it says is read elsewhere."""

from dragoman import tree
from dragoman.code.subjects import is_verb
from dragoman.records import Parse, Token

_MODIFIES = ("poss", "compound", "nmod", "amod", "nummod")
_SAME_TIME = frozenset(
    {"in", "at", "during", "on", "amid", "within"}
)  # *in Monday's vote*: the vote's day is the act's


def anchors(
    parse: Parse, expressions: list[tuple[int, int]], predicates: set[int], *, times: bool = False
) -> dict[int, list[int]]:
    """Tie each expression (start, end) to the nearest predicate above; return expression numbers by predicate token.

    `times`: the day of another event (*after Monday's vote*) is not the act's; and where no predicate stands above, in
    a sentence whose top the parser takes for a noun, a time belongs to the one act in it.
    """
    tied: dict[int, list[int]] = {}
    for n, (start, end) in enumerate(expressions):
        i = tree.head_of_span(parse, start, end)
        if i < 0 or (times and _of_another(parse, i, predicates)):
            continue
        holder = _holder(parse, i, predicates)
        if holder is None and times:
            s = tree.sentence_of(parse, i)
            acts = [p for p in predicates if s.first <= p < s.last]
            holder = acts[0] if len(acts) == 1 else None
        if holder is not None:
            tied.setdefault(holder, []).append(n)
    return tied


def _holder(parse: Parse, i: int, predicates: set[int]) -> int | None:
    """Return the predicate or verb that holds token `i`; None where none stands above."""
    low = _low(parse, i, predicates)
    if low is not None:
        return low
    return next((a.i for a in (parse.tokens[i], *tree.ancestors(parse, i)) if a.i in predicates or is_verb(a)), None)


def _low(parse: Parse, i: int, predicates: set[int]) -> int | None:
    """Return the last act named between a noun and the phrase that the parser hangs on that noun.

    In *an inquiry into the killing of a priest in May* the phrase belongs to the killing, wherever it was hung.
    """
    up = tree.head(parse, i)
    if parse.tokens[i].dep != "pobj" or up.dep != "prep":
        return None
    noun = tree.head(parse, up.i)
    if noun.pos not in ("NOUN", "PROPN") or noun.i > i:
        return None
    below = [j for j in tree.subtree(parse, noun.i) if noun.i < j < up.i and j in predicates]
    return next((j for j in reversed(below) if _is_noun(parse.tokens[j])), None)


def _of_another(parse: Parse, i: int, predicates: set[int]) -> bool:
    """Return whether a time modifies the noun of another event that does not set the act's time.

    So in *after Monday's vote* and *discussed the events of last week*, not in *during Monday's vote*.
    """
    t, up = parse.tokens[i], tree.head(parse, i)
    of = t.dep == "pobj" and up.lemma.lower() == "of"
    noun = tree.head(parse, up.i) if of else up
    if not (of or t.dep in _MODIFIES) or noun.i in predicates or not _is_noun(noun):
        return False
    if noun.dep == "pobj":
        return tree.head(parse, noun.i).lemma.lower() not in _SAME_TIME
    return noun.dep == "dobj"


def _is_noun(t: Token) -> bool:
    return t.pos in ("NOUN", "PROPN")
