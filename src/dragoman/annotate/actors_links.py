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
_MATTERS = frozenset(("of", "for", "on", "against"))  # "Commission on Human Rights", "League for Free Elections"
_WITHIN = frozenset(("of", "for", "on", "and", "the", "&"))
_NO_MATTER = frozenset(("DATE", "TIME", "GPE", "NORP", "LOC", "EVENT"))
_OFFICES = frozenset("ministry department office court bureau commission chamber board house".split())
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
        if c.noun == "person" and not c.mention.sectors and prep.lemma not in _HOME:
            continue  # *met Doe in Oslo*: a bare name is where it is met
        if (
            prep.lemma in _HOME
            or (prep.lemma == "from" and c.category in ("person", "people") and c.mention.sectors[:1] != ("MIL",))
            or (prep.lemma in _SEATED and not set(c.mention.sectors[:1]) & _ABROAD)
            or _official_seat(prep, c, other)
        ):
            return _given(c, other, prep)
    return c


def with_matter(parse: Parse, c: Candidate, by_token: ByToken) -> Candidate:
    """Return "the Ministry of Defence", "the League for Free Elections" whole: a body with the matter in its name."""
    if c.category not in ("government", "organisation"):
        return c
    t = parse.tokens[c.last]
    spelled = t.text[:1].isupper() and t.lemma.lower() in (c.noun, *c.noun.split())  # a name of the lexicon is whole
    last = c.last + (_capitals(parse, c, by_token) if spelled else 0)
    last = max(last, _whole_phrase(parse, c, by_token)) if last == c.last else last
    if last == c.last:
        return c
    span = tree.span(parse, c.first, last)
    sectors = (*c.mention.sectors, "MIL") if "defen" in span.text.lower() and c.noun in _OFFICES else c.mention.sectors
    return replace(
        c, mention=replace(c.mention, end=span.end, text=span.text, name=span.text, sectors=sectors), last=last
    )


def _whole_phrase(parse: Parse, c: Candidate, by_token: ByToken) -> int:
    """Return the last token of a plain of-phrase behind an office, whatever its capitals; that of `c` for none."""
    for prep in tree.children(parse, c.mention.head, "prep") if c.noun in _OFFICES else []:
        last = max(tree.subtree(parse, prep.i))
        plain = all(t.pos in ("NOUN", "PROPN", "ADJ", "CCONJ", "DET", "ADP") for t in parse.tokens[prep.i : last + 1])
        owned = [by_token[k.i] for k in tree.children(parse, prep.i, "pobj") if k.i in by_token]
        plain = plain and not any(o.category in _NAMED_PLACES for o in owned)  # "the office of Ruritania" is its own
        if prep.lemma == "of" and plain and last - prep.i <= _MATTER:
            return last
    return c.last


def _capitals(parse: Parse, c: Candidate, by_token: ByToken) -> int:
    """Return how many tokens a name goes on over "for", "on", "of": to a capital each time, never to another party."""
    size, i = 0, c.last + 1
    for t in parse.tokens[i : i + _MATTER + 2]:
        joins = t.text.lower() in (_WITHIN if size or t.i > i else _MATTERS)
        other = by_token.get(t.i)
        if (other and (other.category in _NAMED_PLACES or other.noun == "person")) or t.ent in _NO_MATTER:
            break
        if t.text[:1].isupper() and t.pos in ("PROPN", "NOUN", "ADJ") and t.i > i:
            size = t.i - c.last
        elif not joins:
            break
    return size


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
    partners = [by_token[i] for i in _appositions(parse, c, by_token) if i in by_token]
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


def _appositions(parse: Parse, c: Candidate, by_token: ByToken) -> list[int]:
    """Return the tokens in apposition to a candidate's head.

    Of *A and B, the minister,* the parser says that A is the minister; it is the name right before the comma.
    """
    behind = c.last + 1
    next_to = [
        k.i
        for t in parse.tokens[behind : behind + 1]
        if t.text == ","
        for k in tree.children(parse, tree.first_conjunct(parse, c.mention.head), "appos")
        if k.i in by_token and by_token[k.i].first in (behind + 1, behind + 2)
    ]
    if next_to and parse.tokens[c.mention.head].dep == "conj":
        return next_to
    own = [k.i for k in tree.children(parse, c.mention.head, "appos") if not _of_joined(parse, c, k.i, by_token)]
    up = parse.tokens[c.mention.head]
    if up.dep == "appos" and up.head in by_token:
        joined = _of_joined(parse, by_token[up.head], up.i, by_token)
        own.append(up.head if joined is None else joined)
    return own


def _of_joined(parse: Parse, c: Candidate, i: int, by_token: ByToken) -> int | None:
    """Return the name joined to `c` that the apposition at `i` stands right behind, None where there is none."""
    if i not in by_token:
        return None
    comma = by_token[i].first - (2 if parse.tokens[by_token[i].first - 1].pos == "DET" else 1)
    names = [j for j in tree.conjuncts(parse, c.mention.head) if j in by_token and by_token[j].last == comma - 1]
    named = [j for j in names if by_token[j].noun == "person" and by_token[j] is not c]
    return named[0] if named and parse.tokens[comma].text == "," else None


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


def _other_owners(parse: Parse, c: Candidate, by_token: ByToken) -> list[Candidate]:
    """Return "the navies of China and India" once more for each further state."""
    if not c.plural or c.noun == "person" or c.mention.country is None or c.category in _NAMED_PLACES:
        return []
    owners: list[str] = []
    for prep in [p for p in tree.children(parse, c.mention.head, "prep") if p.lemma in ("of", "from")]:
        for obj in tree.children(parse, prep.i, "pobj"):
            states = [by_token[j] for j in (obj.i, *tree.conjuncts(parse, obj.i)) if j in by_token]
            if states and all(o.category == "state" for o in states) and states[0].mention.country == c.mention.country:
                owners += [o.mention.country for o in states[1:] if o.mention.country]
    further = [o for o in dict.fromkeys(owners) if o != c.mention.country]
    return [replace(c, mention=replace(c.mention, country=o)) for o in further]


def joined_states(parse: Parse, c: Candidate, by_token: ByToken) -> list[Candidate]:
    """Return the parties that `c` is: "European and Syrian officials" are two on one span, each with its own state."""
    found = [c, *_other_owners(parse, c, by_token)]
    if len(found) > 1:
        return found
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


def sent_to(parse: Parse, c: Candidate, behind: list[Candidate]) -> Candidate | None:
    """Return "Ambassador to Ruritania Jane Doe" as one person: the name behind an office and the state it is at.

    The office's own words give the state that he serves; the one he is sent to doesn't.
    """
    prep = parse.tokens[c.last + 1] if c.last + 1 < len(parse.tokens) else None
    if prep is None or prep.text.lower() not in ("to", "for") or c.category != "person" or c.noun == "person":
        return None
    named = next((b for b in behind if b.noun == "person" and b.category == "person"), None)
    first = parse.tokens[prep.i + 1] if named else None
    if named is None or first is None or parse.tokens[named.mention.head].sentence != prep.sentence or c.plural:
        return None
    between = parse.tokens[prep.i + 1 : named.first]
    if not between or any(t.text[:1].islower() and t.text != "the" for t in between) or len(between) > _MATTER:
        return None
    known = named.entry.country if named.entry else None
    m = named.mention
    mention = make(
        parse, c.first, named.last, name=m.name, country=known or c.mention.country, kind="person", basis="office",
        sectors=m.sectors if named.entry and m.sectors else c.mention.sectors, role=c.mention.role, head=c.mention.head,
    )  # fmt: skip
    return replace(named, mention=mention, first=c.first, open=mention.country is None)
