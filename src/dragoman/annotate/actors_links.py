"""Parties tied to what stands around them: of-phrases, members of a body, appositions, joined adjectives."""

from msgspec.structs import replace

from dragoman import tree
from dragoman.annotate.actors_groups import Group
from dragoman.annotate.actors_phrases import Candidate, make
from dragoman.records import Parse, Token
from dragoman.scheme.actors import words
from dragoman.scheme.actors_towns import town_country

_HOME = frozenset(("of", "for"))  # "police of Manila", "envoy for the UN"
_SEATED = frozenset(("in", "at", "from", "across", "throughout", "within", "inside"))
_ABROAD = frozenset(("MIL", "GOV", "REF", "UAF", "REB"))  # those who are often in a state that isn't theirs
_MATTER = 6  # tokens of an of-phrase that still name the matter of a ministry
_NOT_NAME = frozenset(("prep", "appos", "punct", "relcl", "acl", "conj", "cc", "det"))
_NAMED_PLACES = frozenset(("state", "nationals", "demonym", "capital", "seat", "region"))
ByToken = dict[int, Candidate]


def covering(found: list[Candidate]) -> ByToken:
    """Return the candidate that covers each token."""
    return {i: c for c in found for i in range(c.first, c.last + 1)}


def linked(parse: Parse, c: Candidate, by_token: ByToken) -> Candidate:
    """Return the candidate with the state that a phrase behind it gives, where its own words gave none."""
    if c.mention.country or c.category in _NAMED_PLACES:
        return c
    for prep in tree.children(parse, c.mention.head, "prep"):
        other = _object(parse, prep, by_token)
        if other is None or other.mention.country is None:
            continue
        if (
            prep.lemma in _HOME
            or (prep.lemma in _SEATED and not set(c.mention.sectors[:1]) & _ABROAD)
            or _official_seat(prep, c, other)
        ):
            return _given(c, other, prep)
    return c


def with_matter(parse: Parse, c: Candidate) -> Candidate:
    """Return "the Ministry of Defence" whole: an office with the matter that its of-phrase names."""
    if c.noun not in ("ministry", "department", "office", "court", "bureau", "commission", "chamber", "board", "house"):
        return c
    for prep in tree.children(parse, c.mention.head, "prep"):
        last = max(tree.subtree(parse, prep.i))
        plain = all(t.pos in ("NOUN", "PROPN", "ADJ", "CCONJ", "DET", "ADP") for t in parse.tokens[prep.i : last + 1])
        if prep.lemma != "of" or not plain or last - prep.i > _MATTER:
            continue
        span = tree.span(parse, c.first, last)
        sectors = (*c.mention.sectors, "MIL") if "defen" in span.text.lower() else c.mention.sectors
        mention = replace(c.mention, end=span.end, text=span.text, name=span.text, sectors=sectors)
        return replace(c, mention=mention, last=last)
    return c


def _official_seat(prep: Token, c: Candidate, other: Candidate) -> bool:
    """Return whether "officials in Kyiv" are that capital's own."""
    return prep.lemma == "in" and c.mention.sectors[:1] == ("GOV",) and other.category == "capital"


def _object(parse: Parse, prep: Token, by_token: ByToken) -> Candidate | None:
    """Return the party named by the object of a preposition, or by what that object is of, in or at."""
    for obj in tree.children(parse, prep.i, "pobj"):
        if obj.i in by_token:
            return by_token[obj.i]
        town = town_country(tree.phrase(parse, obj.i, without=_NOT_NAME).text) if obj.pos == "PROPN" else None
        if town:
            return Candidate(
                mention=make(parse, obj.i, obj.i, country=town, kind="state", basis="town"),
                first=obj.i,
                last=obj.i,
                noun="city",
                category="region",
            )
        for inner in [t for t in tree.children(parse, obj.i, "prep") if t.lemma in _HOME | _SEATED]:
            deeper = _object(parse, inner, by_token)
            if deeper:
                return deeper
        named = [
            by_token[k.i]
            for k in tree.children(parse, obj.i)
            if k.i in by_token and k.dep in ("poss", "amod", "compound", "nmod")
        ]
        if named:
            return named[0]
    return None


def _given(c: Candidate, other: Candidate, prep: Token) -> Candidate:
    """Return `c` with the country of `other`; the head of a body has the sectors of that body."""
    sectors = c.mention.sectors
    body = other.mention.kind in ("organisation", "group") and prep.lemma in _HOME
    if body and other.mention.sectors and sectors[:1] in (("GOV",), ("BUS",), ()) and c.category == "person":
        sectors = other.mention.sectors
    return replace(
        c, mention=replace(c.mention, country=other.mention.country, sectors=sectors, basis="office"), open=False
    )


def container(parse: Parse, group: Group, by_token: ByToken) -> Candidate | None:
    """Return "members of the army", "a group of thieves" as a party: the kind and state of what it consists of."""
    t = parse.tokens[group.last]
    if t.lemma.lower() not in words("container"):
        return None
    for prep in tree.children(parse, t.i, "prep"):
        other = _object(parse, prep, by_token) if prep.lemma == "of" else None
        if other and other.category not in ("state", "capital", "region", "demonym"):
            m = other.mention
            mention = make(
                parse,
                group.first,
                group.last,
                name=m.name,
                country=m.country,
                sectors=m.sectors,
                kind=m.kind,
                basis=m.basis,
            )
            return replace(other, mention=mention, first=group.first, last=group.last, plural=True)
    return None


def apposed(parse: Parse, c: Candidate, by_token: ByToken) -> Candidate:
    """Return the candidate with what an apposition says: the name takes office and state, the office takes the name."""
    partners = [by_token[k.i] for k in tree.children(parse, c.mention.head, "appos") if k.i in by_token]
    up = parse.tokens[c.mention.head]
    if up.dep == "appos" and up.head in by_token:
        partners.append(by_token[up.head])
    partners += _named_behind(parse, c, by_token)
    for other in partners:
        if other is c or other.category != "person" or c.category != "person":
            continue
        if c.noun == "person" and other.noun != "person" and not other.plural:
            return _with_office(c, other)
        if c.noun != "person" and other.noun == "person" and not c.plural:
            m = other.mention
            country = m.country or c.mention.country
            return replace(
                c,
                mention=replace(c.mention, name=m.name, country=country, basis="apposition"),
                gender=other.gender,
                open=False,
            )
    return c


def _named_behind(parse: Parse, c: Candidate, by_token: ByToken) -> list[Candidate]:
    """Return the holder named right behind an office and its of-phrase: "ambassador to the United Nations Jane Doe"."""
    i = c.last + 1
    if c.category != "person" or c.noun == "person" or i >= len(parse.tokens) or parse.tokens[i].dep != "prep":
        return []
    for t in parse.tokens[i + 1 : i + 8]:
        other = by_token.get(t.i)
        if t.pos not in ("PROPN", "DET", "NOUN", "ADJ", "ADP") or t.sentence != parse.tokens[i].sentence:
            return []
        if other and other.noun == "person" and other.first == t.i and parse.tokens[t.i - 1].dep != "prep":
            return [other]
    return []


def _with_office(c: Candidate, office: Candidate) -> Candidate:
    m, o = c.mention, office.mention
    return replace(
        c,
        mention=replace(
            m,
            country=m.country or o.country,
            sectors=m.sectors or o.sectors,
            role=m.role or o.role,
            basis=m.basis if m.country else "apposition",
        ),
        open=m.country is None and office.open,
    )


def joined_states(parse: Parse, c: Candidate, by_token: ByToken) -> list[Candidate]:
    """Return the parties that `c` is: "European and Syrian officials" are two on one span, each with its own state."""
    found = [c]
    if c.category not in ("person", "people", "organisation", "government", "group") or c.noun == "person":
        return found
    for k in tree.children(parse, c.mention.head, "amod", "compound", "nmod"):
        for j in [k.i, *tree.conjuncts(parse, k.i)]:
            other = by_token.get(j)
            if (
                other
                and other is not c
                and other.category in ("demonym", "state")
                and other.mention.country != c.mention.country
            ):
                first = min(other.first, c.first)
                mention = make(
                    parse,
                    first,
                    c.last,
                    name=f"{other.mention.text} {parse.tokens[c.last].text}",
                    country=other.mention.country,
                    sectors=c.mention.sectors,
                    kind=c.mention.kind,
                    role=c.mention.role,
                    basis="demonym",
                    head=c.mention.head,
                )
                found.append(replace(c, mention=mention, first=first, open=False))
    if len(found) == 1:
        return found
    first = min(f.first for f in found)
    start = parse.tokens[first].start
    text = parse.text[start : c.mention.end]
    return [replace(f, first=first, mention=replace(f.mention, start=start, text=text)) for f in reversed(found)]
