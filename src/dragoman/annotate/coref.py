"""Pronouns and definite phrases tied to parties named before. Where gender, number, kind and nearness leave a choice: no answer."""

from dragoman import tree
from dragoman.annotate.actors_phrases import Candidate, make
from dragoman.records import Parse, Token

_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_IT, _THEY = frozenset(("it", "its", "itself")), frozenset(("they", "them", "their", "theirs", "themselves"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "agent"))
_REACH = 2  # sentences back: farther antecedents are guesses (read on the seed and eight dev articles)
_BODIES = frozenset(("state", "government", "organisation", "group"))


def resolve_pronoun(parse: Parse, t: Token, before: list[Candidate]) -> Candidate | None:
    """Return the candidate that pronoun `t` stands for; None where none is plain."""
    word = t.text.lower()
    if word in _HE | _SHE:
        wanted = "m" if word in _HE else "f"
        fitting = [c for c in before if c.category == "person" and not c.plural and c.gender in (wanted, "")]
    elif word in _IT and not _expletive(parse, t):
        fitting = [c for c in before if c.mention.kind in _BODIES and not c.plural and c.mention.basis not in ("demonym", "modifier")]
    elif word in _THEY:
        fitting = [c for c in before if c.plural or c.mention.kind in ("group", "organisation")]
    else:
        return None
    return _nearest(parse, t, fitting)


def _expletive(parse: Parse, t: Token) -> bool:
    verb = tree.head(parse, t.i)
    clausal = any(c.dep in ("ccomp", "xcomp", "csubj", "advcl") for c in tree.children(parse, verb.i))
    return t.dep == "expl" or (t.dep in ("nsubj", "nsubjpass") and t.lemma == "it" and verb.lemma in ("be", "seem", "appear", "remain") and clausal)


def _nearest(parse: Parse, t: Token, fitting: list[Candidate]) -> Candidate | None:
    """Return the party that the pronoun's reach leaves: the subject of its own clause chain, else of the last sentence, else the only one."""
    here = t.sentence
    for back in range(_REACH + 1):
        inside = [c for c in fitting if parse.tokens[c.mention.head].sentence == here - back]
        if not inside:
            continue
        parties = {c.mention.name for c in inside}
        if len(parties) == 1:
            return inside[-1]
        subjects = [c for c in inside if parse.tokens[c.mention.head].dep in _SUBJECTS]
        governing = {a.i for a in tree.ancestors(parse, t.i)}
        own = [c for c in subjects if parse.tokens[c.mention.head].head in governing] if back == 0 else subjects
        chosen = own or subjects
        if chosen and (back == 0 or len({c.mention.name for c in chosen}) == 1):
            return chosen[-1]
        return None
    return None


def antecedent_state(parse: Parse, i: int, before: list[Candidate]) -> str | None:
    """Return the country that a bare "the government" or "troops" at token `i` belongs to: the only one near, else the document's."""
    here = parse.tokens[i].sentence
    for back in range(_REACH):
        near = {c.mention.country for c in before if c.mention.country and parse.tokens[c.mention.head].sentence == here - back}
        if len(near) == 1:
            return near.pop()
    return None


def pronoun_mention(parse: Parse, t: Token, of: Candidate) -> Candidate:
    """Return the candidate of a resolved pronoun: the party's own fields on the pronoun's token."""
    m = of.mention
    mention = make(
        parse, t.i, t.i, name=m.name, country=m.country, sectors=m.sectors, role=m.role, kind="pronoun", basis="pronoun", head=t.i
    )
    return Candidate(mention=mention, first=t.i, last=t.i, noun=of.noun, category=of.category, gender=of.gender, plural=of.plural)
