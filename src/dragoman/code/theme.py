"""What an act is about: the theme phrase with goods, money, quantity, carrier, origin, destination, projects."""

import re

from dragoman import tree
from dragoman.code.candidates import Candidate
from dragoman.code.parties import ActorIndex
from dragoman.code.roles import Roles
from dragoman.records import Annotated, Parse, Quantity, Theme
from dragoman.scheme import themes

_TRIM = frozenset({"relcl", "appos", "advcl", "punct", "cc", "ccomp", "parataxis"})
_CLAUSE_TRIM = frozenset({"advcl", "parataxis", "mark"})
_LONGEST = 24  # words; a theme is a phrase, what is longer is cut at a word
_CARRIER_PREPS = ("aboard", "by", "on", "via", "in", "with")
_OWN_THEME = ("CONCEDE", "AGREE", "REQUEST")


def find_theme(annotated: Annotated, index: ActorIndex, candidate: Candidate, roles: Roles) -> Theme | None:
    """Return the theme of an act, None where nothing but its parties is named."""
    head = _head(index, candidate, roles)
    if head is None:
        return _self_theme(annotated, index, candidate)
    return _describe(annotated, index, candidate, head)


def _head(index: ActorIndex, candidate: Candidate, roles: Roles) -> int | None:
    """Return the token that heads the theme: the first filler of a theme slot that is no party, else the clause.

    A concession, offer or request that is told by a noun is its own theme: *a potential apology*.
    """
    if candidate.pos == "noun" and candidate.frame is not None and candidate.frame.type in _OWN_THEME:
        return candidate.token
    parties = {
        i for i in (*roles.actor_tokens, *roles.recipient_tokens) if index.at(i)
    }  # "Norland's permit" stays a thing
    slots = (candidate.frame.theme if candidate.frame else ()) or ("object", "of", "on", "about", "over", "for")
    for slot in slots:
        fillers = candidate.slots.clause if slot in ("clause", "content") else candidate.slots.get(slot)
        for i in fillers:
            if i not in parties and index.parse.tokens[i].ent not in ("DATE", "TIME"):
                return i
    clausal = candidate.frame is None or candidate.frame.complement is not None
    return candidate.slots.clause[0] if clausal and candidate.slots.clause else None


def _self_theme(annotated: Annotated, index: ActorIndex, candidate: Candidate) -> Theme | None:
    """Return the goods that the event noun itself names (*more deliveries* of what was spoken of stays open: None)."""
    if themes.goods_class(annotated.parse.tokens[candidate.token].lemma):
        return _describe(annotated, index, candidate, candidate.token)
    return None


def _describe(annotated: Annotated, index: ActorIndex, candidate: Candidate, head: int) -> Theme:
    parse = annotated.parse
    clause = parse.tokens[head].pos in ("VERB", "AUX")
    s = tree.phrase(parse, head, without=_CLAUSE_TRIM if clause else _TRIM)
    start, end = s.start, s.end
    words = list(re.finditer(r"\S+", parse.text[start:end]))
    if len(words) > _LONGEST:
        end = start + words[_LONGEST - 1].end()
    near = tree.subtree(parse, head)
    goods = _goods(parse, head, near)
    money = next((q.text for q in _within(annotated, candidate, near) if q.kind == "money"), None)
    amount = next((q.text for q in _within(annotated, candidate, near) if q.kind in ("count", "measure")), None)
    return Theme(
        text=parse.text[start:end],
        start=start,
        end=end,
        kind=_kind(parse, head, near, goods),
        goods=goods,
        money=money,
        quantity=amount,
        carrier=_carrier(parse, candidate, head),
        origin=_origin(index, near),
        destination=_party_name(index, candidate.slots.get("to")),
        projects=_projects(parse, candidate, head),
    )


def _kind(parse: Parse, head: int, near: list[int], goods: str | None) -> str:
    own = themes.theme_kind(parse.tokens[head].lemma)
    if own:
        return own
    return "goods" if goods else next((k for i in near if (k := themes.theme_kind(parse.tokens[i].lemma))), "matter")


def _goods(parse: Parse, head: int, near: list[int]) -> str | None:
    """Return the phrase of the first goods named in the theme, with its adjectives, without the article."""
    for i in sorted(near, key=lambda j: (j != head, j)):
        if (
            parse.tokens[i].pos in ("NOUN", "PROPN")
            and themes.goods_class(parse.tokens[i].lemma)
            and parse.tokens[i].dep != "compound"
        ):
            cut = tree.phrase(parse, i, without=frozenset({*_TRIM, "prep", "acl", "det", "poss", "nummod"}))
            return cut.text
    compound = next((i for i in near if themes.goods_class(parse.tokens[i].lemma)), None)
    if compound is None:
        return None
    return tree.phrase(
        parse, parse.tokens[compound].head, without=frozenset({*_TRIM, "prep", "acl", "det", "poss"})
    ).text


def _within(annotated: Annotated, candidate: Candidate, near: list[int]) -> list[Quantity]:
    """Return the quantities in the theme or among the direct modifiers of the predicate."""
    parse = annotated.parse
    own = {candidate.token, *(j for c in parse.children[candidate.token] for j in (c, *parse.children[c]))}
    spans = [(parse.tokens[i].start, parse.tokens[i].end) for i in sorted({*near, *own})]
    return [q for q in annotated.quantities if any(a < q.end and q.start < b for a, b in spans)]


def _carrier(parse: Parse, candidate: Candidate, head: int) -> str | None:
    """Return the phrase of the ship, convoy or plane that carries."""
    for i in (candidate.token, head, *(parse.tokens[candidate.token].head,)):
        for p in tree.children(parse, i, "prep", "agent"):
            if p.lemma not in _CARRIER_PREPS:
                continue
            for o in tree.children(parse, p.i, "pobj"):
                if themes.is_carrier(o.lemma):
                    return tree.phrase(parse, o.i, without=frozenset({"relcl", "punct", "appos", "cc", "conj"})).text
    return None


def _origin(index: ActorIndex, near: list[int]) -> str | None:
    """Return where the goods were made: *printed in Russia*, *Russian-printed currency*."""
    parse = index.parse
    for i in near:
        t = parse.tokens[i]
        if t.tag == "VBN" and t.dep in ("acl", "amod"):
            inside = [o.i for p in tree.children(parse, i, "prep", "agent") for o in tree.children(parse, p.i, "pobj")]
            before = [c.i for c in tree.children(parse, i, "npadvmod", "compound", "amod", "nmod", "advmod")]
            for j in (*inside, *before):
                found = index.parties(j, owners=False)[0]
                country = found[0].country if found else (index.places[j].country if j in index.places else None)
                if country:
                    return country
    return None


def _party_name(index: ActorIndex, tokens: tuple[int, ...]) -> str | None:
    for i in tokens:
        found = index.parties(i, owners=False)[0]
        if found:
            return found[0].name
    return None


def _projects(parse: Parse, candidate: Candidate, head: int) -> tuple[str, ...]:
    """Return the items of a list that *including* or *such as* opens after the theme, cut at commas."""
    sentence = tree.sentence_of(parse, candidate.token)
    for t in parse.tokens[head : sentence.last]:
        if t.lemma in ("include", "including") and t.dep == "prep" and parse.tokens[t.i - 1].text == ",":
            rest = parse.text[t.end : sentence.end].rstrip(" .")
            items = [re.sub(r"^(?:and|or)\s+", "", x.strip()) for x in re.split(r",(?!\d)", rest)]
            return tuple(x for x in items if 0 < len(x.split()) <= _LONGEST // 2)
    return ()
