"""Definite phrases tied to parties named before: "the country", "the two nations", "the airline", "the president"."""

from collections import Counter

from dragoman.annotate.actors_groups import Group
from dragoman.annotate.actors_phrases import Candidate
from dragoman.annotate.coref import SUBJECTS, stand_in
from dragoman.records import Parse
from dragoman.scheme.actors import words

MUCH_NAMED = 2  # of two holders of one office, the one named twice as often is meant
_REACH = 3  # sentences back that a definite phrase looks for its party
_PAIR = frozenset(("two", "both", "2"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_BLOCS = ("EUR", "UNO", "IGO", "NGO", "IMG", "ISM", "MNC")  # no states: *the two nations* are never among them
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
    """Return the parties that a definite phrase stands for: two for a pair (on one span), none where not plain."""
    t = parse.tokens[group.last]
    inside = [parse.tokens[i] for i in range(group.first, group.last)]
    if not any(w.text.lower() in _DEFINITE for w in inside):
        return []
    near = [c for c in before if 0 <= t.sentence - parse.tokens[c.mention.head].sentence <= _REACH]
    lemma = t.lemma.lower()
    if t.tag == "NNS" and lemma in words("definite_pair") and any(w.text.lower() in _PAIR for w in inside):
        pair = _pair(near) or (_pair(before) if len(_states_of(before)) == 2 else [])
        return [stand_in(parse, group.first, group.last, c, "pair") for c in pair]
    if t.tag != "NN" or any(w.tag in ("NNP", "NN") for w in inside):
        return []
    if lemma in words("definite_state"):
        found = _state(parse, t.sentence, near)
    else:
        found = None if any(w.tag == "JJ" for w in inside) else _body(lemma, near)
    return [stand_in(parse, group.first, group.last, found, "definite")] if found else []


def _states_of(found: list[Candidate]) -> set[str]:
    """Return the states that any party of these belongs to."""
    return {c.mention.country for c in found if c.mention.country not in (None, *_BLOCS)}


def _pair(near: list[Candidate]) -> list[Candidate]:
    """Return the two states in play, as last named; () where fewer or more than two are."""
    for kinds in (_STATES, _STATES | {"person", "pronoun", "people"}):
        last: dict[str, Candidate] = {}
        for c in reversed(near):
            state = c.mention.country not in (None, *_BLOCS)
            if state and c.mention.kind in kinds and len(last) < 2:
                last.setdefault(str(c.mention.country), c)
        if len(last) == 2:
            return list(reversed(last.values()))
    return []


def _state(parse: Parse, here: int, near: list[Candidate]) -> Candidate | None:
    """Return the state last named: in an earlier sentence its subject, in the same (`here`) one that is no subject."""
    named = [
        c for c in near if c.category in ("state", "capital", "seat") and c.mention.basis not in ("demonym", "modifier")
    ]
    states = [c for c in named if c.mention.kind != "pronoun"]
    if not states:
        return None
    sentence = parse.tokens[states[-1].mention.head].sentence
    if sentence == here:  # a subject of the same sentence would be "it": what is called "the country" is the other one
        others = [c for c in states if parse.tokens[c.mention.head].sentence == here and not _subject(parse, c)]
        return (others or states)[-1]
    last = [c for c in states if parse.tokens[c.mention.head].sentence == sentence]
    subjects = [c for c in last if _subject(parse, c)]
    if len({c.mention.country for c in last}) == 1:
        return last[-1]
    return subjects[-1] if len({c.mention.country for c in subjects}) == 1 else None


def _subject(parse: Parse, c: Candidate) -> bool:
    return parse.tokens[c.mention.head].dep in SUBJECTS


def _body(lemma: str, near: list[Candidate]) -> Candidate | None:
    """Return the organisation last named that the class noun can mean."""
    for c in reversed(near):
        named = c.category in ("organisation", "group") and c.mention.basis in ("name", "definite", "modifier")
        if not named:
            continue
        if (
            lemma in words("definite_body")
            or c.noun in _CLASSES.get(lemma, ())
            or lemma in c.mention.name.lower().split()
        ):
            return c
        if lemma in ("company", "firm", "enterprise", "manufacturer") and c.mention.sectors[:1] == ("BUS",):
            return c
    return None


def same_office(c: Candidate, before: list[Candidate]) -> Candidate | None:
    """Return the person whom a bare "the president" means: the only holder named, or by far the most named."""
    holders = [
        b
        for b in before
        if b.noun == "person" and b.mention.sectors[:1] != ("ELI",) and _holds(b.mention.role or "", c.noun)
    ]
    counted = Counter(b.mention.name for b in holders).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] < MUCH_NAMED * counted[1][1]):
        return None
    return next(b for b in reversed(holders) if b.mention.name == counted[0][0])


def same_people(parse: Parse, c: Candidate, before: list[Candidate]) -> str | None:
    """Return the state of the people whom *the six fishermen* takes up: those last told by the same noun, with a state.

    *The men* takes up whatever people were last said to be of a state.
    """
    lemma = parse.tokens[c.last].lemma.lower()
    for b in reversed(before):
        said = b.plural and b.mention.country is not None and b.mention.basis in ("office", "demonym", "people")
        if not said or b.category not in ("person", "people") or b.noun == "person":
            continue
        if parse.tokens[b.last].lemma.lower() == lemma or lemma in words("plain_people"):
            return b.mention.country
    return None


def _holds(role: str, noun: str) -> bool:
    return role == noun or noun in role.split() or role.endswith(noun)
