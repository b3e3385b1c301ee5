"""Definite phrases tied to parties named before: "the country", "the two nations", "the airline", "the president"."""

from dragoman.annotate.actors_groups import Group
from dragoman.annotate.actors_phrases import Candidate
from dragoman.annotate.coref import SUBJECTS, stand_in
from dragoman.records import Parse, Token
from dragoman.scheme.actors import words

_REACH = 3  # sentences back that a definite phrase looks for its party
_PAIR = frozenset(("two", "both", "2"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_STATES = frozenset(("state", "government"))
_CLASSES: dict[str, frozenset[str]] = {  # class noun -> categories of what it can mean
    "airline": frozenset(("airline", "airlines", "air", "airways")),
    "company": frozenset(("company", "airline")),
    "firm": frozenset(("company", "airline")),
    "carrier": frozenset(("airline", "airlines", "air", "airways")),
    "newspaper": frozenset(("media",)),
    "daily": frozenset(("media",)),
    "broadcaster": frozenset(("media",)),
    "party": frozenset(("party",)),
    "agency": frozenset(("agency", "igo", "media")),
    "militia": frozenset(("armed",)),
    "parliament": frozenset(("parliament",)),
    "university": frozenset(("university",)),
}


def resolve_definite(parse: Parse, group: Group, before: list[Candidate]) -> list[Candidate]:
    """Return the parties that a definite phrase stands for: two for a pair (both on the phrase's span), none where not plain."""
    t = parse.tokens[group.last]
    inside = [parse.tokens[i] for i in range(group.first, group.last)]
    if not any(w.text.lower() in _DEFINITE for w in inside):
        return []
    near = [c for c in before if 0 <= t.sentence - parse.tokens[c.mention.head].sentence <= _REACH]
    lemma = t.lemma.lower()
    if t.tag == "NNS" and lemma in words("definite_pair") and any(w.text.lower() in _PAIR for w in inside):
        return [stand_in(parse, group.first, group.last, c, "pair") for c in _pair(near)]
    if t.tag != "NN" or any(w.tag in ("JJ", "NNP", "NN") for w in inside):
        return []
    found = _state(parse, near) if lemma in words("definite_state") else _body(lemma, near)
    return [stand_in(parse, group.first, group.last, found, "definite")] if found else []


def _pair(near: list[Candidate]) -> list[Candidate]:
    """Return the two states in play, as last named; () where fewer or more than two are."""
    last: dict[str, Candidate] = {}
    for c in reversed(near):
        if c.mention.country and len(last) < 2:
            last.setdefault(c.mention.country, c)
    return list(reversed(last.values())) if len(last) == 2 else []


def _state(parse: Parse, near: list[Candidate]) -> Candidate | None:
    """Return the state last named, a subject before others of its sentence."""
    states = [c for c in near if c.category in ("state", "capital", "seat") and c.mention.basis not in ("demonym", "modifier")]
    if not states:
        return None
    sentence = parse.tokens[states[-1].mention.head].sentence
    last = [c for c in states if parse.tokens[c.mention.head].sentence == sentence]
    subjects = [c for c in last if parse.tokens[c.mention.head].dep in SUBJECTS]
    if len({c.mention.country for c in last}) == 1:
        return last[-1]
    return subjects[-1] if len({c.mention.country for c in subjects}) == 1 else None


def _body(lemma: str, near: list[Candidate]) -> Candidate | None:
    """Return the organisation last named that the class noun can mean."""
    for c in reversed(near):
        named = c.category in ("organisation", "group") and c.mention.basis in ("name", "definite", "modifier") and c.noun != lemma
        if not named:
            continue
        if lemma in words("definite_body") or c.noun in _CLASSES.get(lemma, ()) or lemma in c.mention.name.lower().split():
            return c
        if lemma in ("company", "firm", "enterprise", "manufacturer") and c.mention.sectors[:1] == ("BUS",):
            return c
    return None


def same_office(t: Token, c: Candidate, before: list[Candidate]) -> Candidate | None:
    """Return the person last named in the office that a bare "the president", "the commissioner" names."""
    for other in reversed(before):
        role = other.mention.role or ""
        if other.noun == "person" and role and (role == c.noun or role.split()[-1] == c.noun or c.noun in role.split()):
            return other
    return None
