"""Capitals and towns: when such a name acts it is the government, else a place and no party. No lookup of places."""

from dragoman import tree
from dragoman.annotate.actors_phrases import Candidate
from dragoman.records import Parse, Token
from dragoman.scheme.actors import words

_ACTIVE_SUBJECT = frozenset(("nsubj", "agent", "ROOT", "poss", "npadvmod", "dep", "intj", "oprd", "attr"))
_DEALING = frozenset(("with", "by", "against", "between", "among", "on", "for", "versus", "upon", "toward", "towards"))
_EITHER = frozenset(("to", "from", "of", "at"))


def is_party(parse: Parse, c: Candidate) -> bool:
    """Return whether the candidate may stand as a party: all but capitals and towns that are a place here."""
    if c.category not in ("capital", "region") or (c.category == "region" and c.noun != "city"):
        return True
    return acts(parse, parse.tokens[c.mention.head])


def acts(parse: Parse, t: Token) -> bool:
    """Return whether the place name at `t` stands where a party does: subject, possessor, side of a dealing."""
    if t.dep == "conj":
        return acts(parse, parse.tokens[tree.first_conjunct(parse, t.i)])
    if _before_its_state(parse, t):
        return False
    up = tree.head(parse, t.i)
    if t.dep == "nsubjpass":
        return up.lemma not in words("place_object")
    if t.dep in ("dobj", "dative", "iobj"):
        return up.lemma not in words("place_object")
    if t.dep == "pobj":
        return _after_preposition(parse, up)
    if t.dep == "nsubj" and up.lemma == "be":
        return not any(c.dep in ("attr", "prep") for c in tree.children(parse, up.i))
    return t.dep in _ACTIVE_SUBJECT


def _after_preposition(parse: Parse, prep: Token) -> bool:
    word = prep.text.lower()
    if word in _DEALING:
        return True
    over = tree.head(parse, prep.i)
    if word in _EITHER:
        return over.lemma.lower() in words("dealing")
    return word == "of" and over.lemma in words("government")


def _before_its_state(parse: Parse, t: Token) -> bool:
    """Return whether a state follows behind a comma ("Damascus, Syria"): then it is an address."""
    after = parse.tokens[t.i + 1 : t.i + 3]
    return (
        len(after) == 2
        and after[0].text == ","
        and after[1].ent == "GPE"
        and after[1].dep == "appos"
        and after[1].head == t.i
    )
