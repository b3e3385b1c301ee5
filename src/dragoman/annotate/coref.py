"""Pronouns tied to parties named before. Where gender, number, kind and nearness leave a choice: no answer."""

from collections import Counter

from dragoman import tree
from dragoman.annotate.actors_phrases import Candidate, make
from dragoman.records import Parse, Token
from dragoman.scheme import speech
from dragoman.scheme.actors import lexicon

_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_IT, _THEY = frozenset(("it", "its")), frozenset(("they", "them", "their", "theirs", "themselves"))
_MARKS = frozenset('"“”')
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_REACH = 2  # sentences back: farther antecedents are guesses (read on the seed and eight dev articles)
_BODIES = frozenset(("state", "government", "organisation", "group"))
_MODIFIER = frozenset(("demonym", "modifier"))
DOMINANT = 0.5  # share of a document's mentions with a state that makes it the document's own


def resolve_pronoun(parse: Parse, t: Token, before: list[Candidate], whole: list[Candidate]) -> Candidate | None:
    """Return the party that pronoun `t` stands for; None where none is plain. `whole` may hold one to come."""
    ahead = _subject_ahead(parse, t, whole)
    before = [*before, ahead] if ahead else before
    word = t.text.lower()
    if _is_quoted(parse, t):
        before = [c for c in before if not _says(parse, c)]
    if word in _HE | _SHE:
        wanted = "m" if word in _HE else "f"
        fitting = [c for c in before if c.category == "person" and not c.plural and c.gender in (wanted, "")]
        return nearest(parse, t, fitting)
    if word in _IT:
        fitting = [
            c
            for c in before
            if (c.mention.kind in _BODIES | {"pronoun"} or c.category == "people")
            and c.category != "person"
            and not c.plural
        ]
        return None if _expletive(parse, t) else nearest(parse, t, _standing_free(fitting))
    if word in _THEY:
        many = [c for c in before if c.plural or c.category in ("group", "people")]
        return nearest(parse, t, many, reach=1)
    return None


def _is_quoted(parse: Parse, t: Token) -> bool:
    """Return whether a token stands in a quotation that opens in its paragraph."""
    block = parse.sentences[t.sentence].block
    first = next(s.first for s in parse.sentences if s.block == block)
    marks = [k.text for k in parse.tokens[first : t.i] if k.text in _MARKS]
    return bool(sum(+1 if m == "“" else -1 for m in marks if m != '"') > 0 or marks.count('"') % 2)


def _says(parse: Parse, c: Candidate) -> bool:
    """Return whether a party is named outside a quotation as a speaker, who is not *he* in his own words."""
    top = parse.tokens[_top(parse, c)]
    verb = parse.tokens[top.head]
    saying = speech.cue_kinds().get(f"{verb.lemma.lower()}/VERB") == "say"
    return saying and top.dep in SUBJECTS and not _is_quoted(parse, verb)


def _subject_ahead(parse: Parse, t: Token, whole: list[Candidate]) -> Candidate | None:
    """Return the main subject behind a pronoun in a fronted phrase: "To modernise its army, Ruritania bought"."""
    sentence = parse.sentences[t.sentence]
    subjects = [k.i for k in tree.children(parse, sentence.root, *SUBJECTS) if k.i > t.i]
    fronted = any(a.i == sentence.root for a in tree.ancestors(parse, t.i)) and t.i < sentence.root
    if not subjects or not fronted or not any(k.text == "," for k in parse.tokens[t.i : subjects[0]]):
        return None
    return next((c for c in whole if c.first <= subjects[0] <= c.last), None)


def _standing_free(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates that are not mere modifiers: "it" is hardly the state of "Russian bases"."""
    return [c for c in found if c.mention.basis not in _MODIFIER]


def _expletive(parse: Parse, t: Token) -> bool:
    if t.text.lower() != "it":
        return False
    if t.dep not in SUBJECTS:  # an object "it" is mostly a thing, and things are no candidates here
        return True
    verb = tree.head(parse, t.i)
    clausal = any(c.dep in ("ccomp", "xcomp", "csubj", "advcl", "acomp", "attr") for c in tree.children(parse, verb.i))
    return t.dep == "expl" or (verb.lemma in ("be", "seem", "appear", "remain", "happen", "rain", "take") and clausal)


def nearest(parse: Parse, t: Token, fitting: list[Candidate], reach: int = _REACH) -> Candidate | None:
    """Return the one party near: alone in its sentence, or the subject that governs the pronoun or the sentence."""
    governing = {a.i for a in tree.ancestors(parse, t.i)}
    for back in range(reach + 1):
        inside = [c for c in fitting if parse.tokens[c.mention.head].sentence == t.sentence - back]
        if not inside:
            continue
        if _one(inside):
            return inside[-1]
        subjects = [c for c in inside if _is_subject(parse, c)]
        own = [c for c in subjects if parse.tokens[_top(parse, c)].head in governing] if back == 0 else []
        main = [c for c in subjects if tree.is_root(parse, parse.tokens[_top(parse, c)].head)]
        owners = [c for c in inside if _owns_subject(parse, c)]
        for choice in (own[-1:], main if _one(main) else [], subjects, [] if subjects else owners):
            if _one(choice):
                return choice[-1]
        return None
    return None


def _one(found: list[Candidate]) -> bool:
    """Return whether all candidates are one party; a kind of people is one whether it opens a sentence or not."""
    return len({c.mention.name.lower() for c in found}) == 1


def _owns_subject(parse: Parse, c: Candidate) -> bool:
    """Return whether a party owns the subject of its clause: *the strikers' demands include*."""
    top = parse.tokens[_top(parse, c)]
    return top.dep == "poss" and parse.tokens[top.head].dep in SUBJECTS


def _top(parse: Parse, c: Candidate) -> int:
    return tree.first_conjunct(parse, c.mention.head)


def _is_subject(parse: Parse, c: Candidate) -> bool:
    return parse.tokens[_top(parse, c)].dep in SUBJECTS


def stand_in(parse: Parse, first: int, last: int, of: Candidate, basis: str) -> Candidate:
    """Return the candidate of a resolved pronoun or definite phrase: the party's own fields on other tokens."""
    m = of.mention
    kind = "pronoun" if basis == "pronoun" else m.kind
    mention = make(
        parse, first, last, name=m.name, country=m.country, sectors=m.sectors, role=m.role, kind=kind, basis=basis
    )
    return Candidate(
        mention=mention, first=first, last=last, noun=of.noun, category=of.category, gender=of.gender, plural=of.plural
    )


# ---------------------------------------------------------------- whose troops, whose government
def antecedent_state(parse: Parse, i: int, before: list[Candidate], whole: list[Candidate]) -> str | None:
    """Return the state of a bare "the government" or "troops" at token `i`: the only one near, else the document's."""
    here = parse.tokens[i].sentence
    for back in range(_REACH):
        near = {
            c.mention.country for c in before if _is_state(c) and parse.tokens[c.mention.head].sentence == here - back
        }
        if len(near) != 1:
            subjects = {
                c.mention.country for c in before if c.mention.country in near and _subject_in(parse, c, here - back)
            }
            near = subjects or near
        if len(near) == 1:
            return near.pop()
        if near:
            break
    return dominant_state(whole)


def _is_state(c: Candidate) -> bool:
    return c.mention.country in lexicon().states and c.mention.country not in ("EUR", "UNO")


def _subject_in(parse: Parse, c: Candidate, sentence: int) -> bool:
    return parse.tokens[c.mention.head].sentence == sentence and _is_subject(parse, c)


def dominant_state(whole: list[Candidate]) -> str | None:
    """Return the state that at least half of the document's parties belong to; None where there is none."""
    counted = Counter(c.mention.country for c in whole if _is_state(c))
    for country, n in counted.most_common(1):
        if n >= 2 and n >= DOMINANT * counted.total():
            return country
    return None
