"""Spans of a text that may name a place: known names, roads, sites, labelled names. No weighing of them."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.records import Parse, Sentence, Token
from dragoman.scheme.demonyms import demonym_openings, demonyms
from dragoman.scheme.gazetteer import Gazetteer, Place, place_key, place_words

LONGEST = 7  # pieces in a name: "Trinidad and Tobago" has three, "Islamic Republic of Iran" four; hyphens count too
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PIECE = re.compile(r"[^\-–/]+|[\-–/]")
NAME_SHAPE = re.compile(r"^[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][\w.'’‘ʻ&]*$")
_RESPELT = {"st": "saint", "saint": "st", "ft": "fort", "fort": "ft", "mt": "mount", "mount": "mt"}
_INNER = frozenset("-–'’.")
_ARTICLES = frozenset({"the", "al", "el", "as", "ash", "ar", "at", "an", "ad", "az"})


@dataclass(slots=True)
class Piece:
    """A token, or the part of one between hyphens, with its offsets."""

    text: str
    start: int
    end: int
    token: int


@dataclass(slots=True)
class Toponym:
    """A span that may name a place; `within`: the one after it that it may lie in; `unit`: the noun beside it."""

    start: int
    end: int
    text: str
    key: str
    first: int
    last: int
    places: tuple[Place, ...]
    people: bool = False  # a word for the people of a place: "Syrian"
    features: set[str] = field(default_factory=set)
    within: "Toponym | None" = None
    unit: str = ""
    label: str = ""
    score: float = 0.0


def toponyms(parse: Parse, sentence: Sentence, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the spans of a sentence that may name a place, in order, none overlapping."""
    pieces = list(_pieces(parse.tokens[sentence.first : sentence.last]))
    return list(_matches(parse, pieces, gazetteer))


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    for t in tokens:
        if t.text.isalnum():
            yield Piece(t.text, t.start, t.end, t.i)
            continue
        for m in _PIECE.finditer(t.text):
            yield Piece(m.group(), t.start + m.start(), t.start + m.end(), t.i)


def _matches(parse: Parse, pieces: list[Piece], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Yield, at each point, the road or site that a name is in, else the longest known name, else a labelled one."""
    i = 0
    while i < len(pieces):
        if not pieces[i].text[0].isupper() and pieces[i].text not in _ARTICLES:
            i += 1
            continue
        masked = _masked(parse, pieces, i)
        if masked:
            i += masked
            continue
        known = _known(parse, pieces, i, gazetteer)
        if known and pieces[i].text in _ARTICLES and _no_article(parse, pieces, i, known, gazetteer):
            known = 0
        if not known and pieces[i].text == "The" and i + 1 < len(pieces) and _known(parse, pieces, i + 1, gazetteer):
            i += 1
            continue
        people = _people(parse, pieces, i)
        if people >= max(known, 1):
            if (found := _toponym(parse, pieces[i : i + people], people=True)).places:
                yield found
            i += people
            continue
        n = _road(pieces, i) or _site(pieces, i, known) or known or _labelled(parse, pieces, i)
        if n:
            found = _toponym(parse, pieces[i : i + n])
            hidden = pieces[i].text in _ARTICLES and not known
            if found.key not in _generic_words() and not hidden:
                found.places = namesakes(gazetteer, found.key)
                yield found
        i += max(n, 1)


def _toponym(parse: Parse, pieces: list[Piece], *, people: bool = False) -> Toponym:
    first, last = pieces[0], pieces[-1]
    text = parse.text[first.start : last.end]
    key = place_key(text)
    places = demonyms()[key] if people else ()
    return Toponym(first.start, last.end, text, key, first.token, last.token, places, people)


def _people(parse: Parse, pieces: list[Piece], i: int) -> int:
    """Return the number of pieces of the longest word for people at piece `i` ("Sri Lankans"); 0 for none."""
    first = pieces[i].text
    if not first[0].isupper() or (first.lower() if first.isascii() else place_key(first)) not in demonym_openings():
        return 0
    for n in range(min(LONGEST, len(pieces) - i), 0, -1):
        last = pieces[i + n - 1]
        if NAME_SHAPE.match(last.text) and place_key(parse.text[pieces[i].start : last.end]) in demonyms():
            return n
    return 0


def _masked(parse: Parse, pieces: list[Piece], i: int) -> int:
    """Return the number of pieces of a masked name ("Wall Street Journal" holds a toponym and means none), or 0."""
    masks = _masks().get(pieces[i].text.lower().rstrip("."))
    if masks:
        for j in range(min(i + 2 * LONGEST, len(pieces)) - 1, i, -1):
            if place_key(parse.text[pieces[i].start : pieces[j].end]) in masks:
                return j - i + 1
    return 0


@functools.cache
def _masks() -> dict[str, frozenset[str]]:
    """Return the masked names by their first word."""
    found: dict[str, set[str]] = defaultdict(set)
    for mask in place_words()["mask"]:
        found[mask.split(" ", 1)[0]].add(mask)
    return {first: frozenset(names) for first, names in found.items()}


def _no_article(parse: Parse, pieces: list[Piece], i: int, known: int, gazetteer: Gazetteer) -> bool:
    """Return whether the small word at piece `i` is no part of the name: "the Gulf of Oman", "Tahrir al-Sham"."""
    before = pieces[i - 1] if i else None
    if before and NAME_SHAPE.match(before.text) and pieces[i].start - before.end <= 1 and pieces[i].text != "the":
        return True
    return pieces[i].text == "the" and 1 + _known(parse, pieces, i + 1, gazetteer) >= known


@functools.cache
def _generic_words() -> frozenset[str]:
    """Return the words that name no place alone, though some hamlet bears them: North, Street, Centre, Union."""
    kinds = ("direction", "unit", "town", "street", "site", "water", "land", "body", "generic")
    return frozenset().union(*(place_words()[kind] for kind in kinds))


def _road(pieces: list[Piece], i: int) -> int:
    """Return the number of pieces of a road at piece `i` ("North Jackson Highway", "Route 128"); 0 for none."""
    street = place_words()["street"]
    if pieces[i].text.lower() in {"highway", "route", "interstate"} and NAME_SHAPE.match(pieces[i].text):
        return 2 if i + 1 < len(pieces) and pieces[i + 1].text.isdigit() else 0
    if not NAME_SHAPE.match(pieces[i].text) or pieces[i].text in {"A", "An", "The"}:
        return 0
    for n in range(1, min(5, len(pieces) - i)):
        word = pieces[i + n].text
        if not NAME_SHAPE.match(word):
            return 0
        if word.lower().rstrip(".") in street:
            goes_on = i + n + 1 < len(pieces) and NAME_SHAPE.match(pieces[i + n + 1].text)
            return 0 if goes_on else n + 1  # "Missouri State Highway Patrol" is no road
    return 0


def _site(pieces: list[Piece], i: int, known: int) -> int:
    """Return the number of pieces of a known name with a site, water or land noun after it ("Victoria Park"), or 0."""
    words = place_words()
    j = i + known
    if not known or j >= len(pieces) or not NAME_SHAPE.match(pieces[j].text):
        return 0
    return known + 1 if pieces[j].text.lower() in words["site"] | words["water"] | words["land"] else 0


def _known(parse: Parse, pieces: list[Piece], i: int, gazetteer: Gazetteer) -> int:
    """Return the number of pieces of the longest name that the gazetteer has at piece `i`; 0 for none."""
    if not _opens(pieces, i):
        return 0
    link = place_words()["link"]
    ends = []
    for j in range(i, min(i + LONGEST, len(pieces))):
        p = pieces[j]
        owned = j > i + 1 and p.text.lower() in {"'s", "’s"}  # "St. John's", "Prince George's County"
        if NAME_SHAPE.match(p.text) or (j > i and p.text.isdigit()) or owned:
            ends.append(j)
        elif not (p.text in _INNER or p.text.lower() in link or (j == i and p.text in _ARTICLES)):
            break
    for j in reversed(ends):
        key = place_key(parse.text[pieces[i].start : pieces[j].end])
        if len(key) > 1 and is_name(gazetteer, key):
            return j - i + 1
    return 0


def namesakes(gazetteer: Gazetteer, key: str) -> tuple[Place, ...]:
    """Return the places of a name however its first word is written, and for "City of X" also the towns X."""
    found = gazetteer.lookup(key)
    if (other := _respelt(key)) is not None:
        found = (*found, *(p for p in gazetteer.lookup(other) if p not in found))
    if key.startswith("city of "):
        towns = gazetteer.lookup(key.removeprefix("city of "))
        found = (*found, *(p for p in towns if p.kind == "city" and p not in found))
    return found


def is_name(gazetteer: Gazetteer, key: str) -> bool:
    """Return whether a place has the name, however its first word is written."""
    other = _respelt(key)
    return gazetteer.has(key) or (other is not None and gazetteer.has(other))


def _respelt(key: str) -> str | None:
    """Return the other spelling of a name that opens with a short or full form: St. Paris and Saint Paris."""
    first, _, rest = key.partition(" ")
    return f"{_RESPELT[first]} {rest}" if rest and first in _RESPELT else None


def _opens(pieces: list[Piece], i: int) -> bool:
    """Return whether a name can begin here: a capital, or an article joined to one ("al-Hol", "the Hague")."""
    if NAME_SHAPE.match(pieces[i].text):
        return True
    return pieces[i].text in _ARTICLES and any(NAME_SHAPE.match(p.text) for p in pieces[i + 1 : i + 3])


def _labelled(parse: Parse, pieces: list[Piece], i: int) -> int:
    """Return the number of pieces of the place that the parser's label opens at piece `i`, or 0."""
    token = parse.tokens[pieces[i].token]
    if token.ent not in PLACE_LABELS or not NAME_SHAPE.match(pieces[i].text) or not _opens_label(token):
        return 0
    before = parse.tokens[token.i - 1] if token.i else None
    if not token.ent_start and before is not None and before.ent == token.ent and _opens_label(before):
        return 0
    j = i
    while j + 1 < len(pieces) and continues(parse.tokens[pieces[j + 1].token], token):
        j += 1
    while j > i and not NAME_SHAPE.match(pieces[j].text) and not pieces[j].text.isdigit():
        j -= 1
    return j - i + 1


def _opens_label(token: Token) -> bool:
    return bool(NAME_SHAPE.match(token.text)) and token.text.lower() not in place_words()["direction"]


def continues(token: Token, first: Token) -> bool:
    """Return whether `token` goes on with the entity of `first`."""
    return token.ent == first.ent and not token.ent_start
