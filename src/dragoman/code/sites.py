"""What names a place in a sentence: a toponym, a site, *the country*. Which act took place there is told next door."""

import msgspec

from dragoman import tree
from dragoman.records import Annotated, Parse, Party, PlaceMention, Record, Token, Where
from dragoman.scheme import plover
from dragoman.scheme.gazetteer import gazetteer, place_key, place_words
from dragoman.scheme.states import state_name
from dragoman.scheme.words import in_class

_MODIFIES = ("compound", "poss", "nmod", "amod")
_KIND_OF = {"city": ("city",), "town": ("city",), "village": ("city",), "capital": ("city",), "island": ("island",)}
_REACH = 3  # sentences back to the town that *the city* is
_LAND = ("site", "town", "unit", "land", "water", "street", "direction")
_ENTITIES = ("FAC", "ORG", "LOC", "GPE")


class Site(Record, frozen=True):
    """A place where a text speaks of it: the toponym, its token, the noun it stands in, and what governs that noun.

    `prep`: the preposition, "object" for what is visited or hit, "" for anything else. `start`, `end`: the words that
    name the place, *Norport Cathedral* where the toponym is Norport.
    """

    place: PlaceMention
    token: int
    head: int
    prep: str
    text: str
    start: int
    end: int

    def where(self) -> Where:
        """Return the place record."""
        p = self.place
        return Where(
            name=p.name, country=p.country, lat=p.lat, lon=p.lon, geonameid=p.geonameid,
            text=self.text, start=self.start, end=self.end,
        )  # fmt: skip


def sites(annotated: Annotated) -> list[Site]:
    """Return the places of a document in order: toponyms, sites known by a name of their own, *the country*."""
    parse = annotated.parse
    named = list(annotated.places)
    covered = {t.i for p in named for t in tree.tokens_between(parse, p.start, p.end)}
    mentions = [*named, *_named_sites(parse, covered), *_taken_up(annotated), *_same_town(annotated)]
    found = (_site(parse, p) for p in mentions)
    return sorted((s for s in found if s is not None), key=lambda s: s.place.start)


def _site(parse: Parse, p: PlaceMention) -> Site | None:
    """Return the site of a toponym; None where its words are no token of the text."""
    token = tree.head_of_span(parse, p.start, p.end)
    if token < 0:
        return None
    start, end, head = p.start, p.end, parse.tokens[token]
    while head.head != head.i and _is_part(parse, head, p):
        up = tree.head(parse, head.i)
        if head.dep in _MODIFIES and (_is_area(up) or up.ent in _ENTITIES):
            end = max(end, up.end)
        head = up
    of = tree.head(parse, head.i)
    while head.dep == "pobj" and of.lemma.lower() == "of" and _is_area(tree.head(parse, of.i)):
        head = tree.head(parse, of.i)  # *the outskirts of Norport*, *north of the river*, *the University of Norport*
        if not _is_division(head):
            first = min([head.i, *(c.i for c in tree.children(parse, head.i, "compound", "amod"))])
            start = parse.tokens[first].start
        of = tree.head(parse, head.i)
    return Site(
        place=p, token=token, head=head.i, prep=_prep(parse, head), text=parse.text[start:end], start=start, end=end
    )


def _is_part(parse: Parse, t: Token, p: PlaceMention) -> bool:
    """Return whether the noun above a toponym is there too: *Norport airport*, *the Norport talks*."""
    if t.dep in ("conj", "appos"):
        return True
    up = tree.head(parse, t.i)
    if t.dep not in _MODIFIES or _is_area(up):
        return t.dep in _MODIFIES
    local = p.kind == "city" and t.dep == "compound"
    return local and (up.ent in _ENTITIES or bool(plover.frames_for(up.lemma, "noun")))


def _is_area(t: Token) -> bool:
    """Return whether a noun names a building, a piece of land or a direction."""
    words, word = place_words(), t.lemma.lower()
    return in_class(word, "area") or any(word in words[k] for k in _LAND)


def _is_division(t: Token) -> bool:
    """Return whether a noun adds nothing to the name after it: *the city of Norport* is Norport."""
    words = place_words()
    return t.lemma.lower() in words["town"] | words["unit"]


def _prep(parse: Parse, t: Token) -> str:
    """Return what governs a noun: its preposition, "object" for an object, a direction's own word, or ""."""
    while t.dep in ("conj", "appos") and t.head != t.i:
        t = tree.head(parse, t.i)
    if t.dep == "pobj":
        return tree.head(parse, t.i).lemma.lower()
    if t.lemma.lower() in place_words()["direction"]:
        return t.lemma.lower()
    return "object" if t.dep == "dobj" else ""


def _named_sites(parse: Parse, covered: set[int]) -> list[PlaceMention]:
    """Return the buildings that a locative phrase gives by a name without a toponym: *at Liberty Tower*."""
    found = []
    for t in parse.tokens:
        if t.pos != "PROPN" or t.i in covered or not t.ent or not _is_building(t):
            continue
        first = t.i
        while first > 0 and parse.tokens[first - 1].ent == t.ent and parse.tokens[first - 1].text[:1].isupper():
            first -= 1
        if first < t.i and not covered & set(range(first, t.i)):
            s = tree.span(parse, first, t.i)
            found.append(PlaceMention(start=s.start, end=s.end, text=s.text, name=s.text, kind="facility"))
    return found


def _is_building(t: Token) -> bool:
    return t.lemma.lower() in place_words()["site"] or in_class(t.lemma, "building")


def _taken_up(annotated: Annotated) -> list[PlaceMention]:
    """Return the states that *the country* and its like stand for, as the actor layer resolved them."""
    found = []
    for m in annotated.actors:
        if m.kind != "state" or m.country is None or not m.text[:1].islower() or m.head < 0:
            continue
        if annotated.parse.tokens[m.head].pos != "NOUN":
            continue
        same = (p for p in annotated.places if p.kind == "country" and p.country == m.country)
        known = next(same, None)
        lat, lon, gid = (known.lat, known.lon, known.geonameid) if known is not None else _centre(m.country)
        found.append(
            PlaceMention(
                start=m.start, end=m.end, text=m.text, name=state_name(m.country), country=m.country,
                lat=lat, lon=lon, geonameid=gid, kind="country",
            )
        )  # fmt: skip
    return found


def _same_town(annotated: Annotated) -> list[PlaceMention]:
    """Return the towns and islands that *the city* and its like stand for: the only one of its kind named lately."""
    parse = annotated.parse
    found = []
    for t in parse.tokens:
        kinds = _KIND_OF.get(t.lemma.lower())
        if kinds is None or t.pos != "NOUN" or not _is_bare_definite(parse, t):
            continue
        capital = "capital" in (t.lemma.lower(), *(c.lemma.lower() for c in tree.children(parse, t.i, "compound")))
        near = [p for p in annotated.places if p.end <= t.start and p.kind in kinds and p.country is not None]
        if capital:
            near = [p for p in near if _is_capital(p)]
        else:
            near = [p for p in near if t.sentence - tree.tokens_between(parse, p.start, p.end)[0].sentence <= _REACH]
        if near and len({p.name for p in near}) == 1:
            found.append(msgspec.structs.replace(near[-1], start=t.start, end=t.end, text=t.text))
    return found


def _is_bare_definite(parse: Parse, t: Token) -> bool:
    """Return whether a noun takes up what was named: *the city*, *the capital city*; not *the port of Norport*."""
    kids = tree.children(parse, t.i)
    definite = any(c.dep == "det" and c.lemma.lower() in ("the", "this", "that") for c in kids)
    return definite and not any(c.dep in ("prep", "appos", "poss", "relcl", "acl") for c in kids)


def _is_capital(p: PlaceMention) -> bool:
    known = gazetteer().lookup(place_key(p.name))
    return any(k.capital and k.country == p.country for k in known)


def state_place(country: str, named: Party) -> Where:
    """Return a state as a place, in the words that name the party."""
    lat, lon, geonameid = _centre(country)
    return Where(
        name=state_name(country), country=country, lat=lat, lon=lon, geonameid=geonameid,
        text=named.text, start=named.start, end=named.end,
    )  # fmt: skip


def _centre(country: str) -> tuple[float | None, float | None, int | None]:
    """Return the point and id that the gazetteer has for a state."""
    same = (
        p for p in gazetteer().lookup(place_key(state_name(country))) if p.kind == "country" and p.country == country
    )
    p = next(same, None)
    return (p.lat, p.lon, p.geonameid) if p is not None else (None, None, None)
