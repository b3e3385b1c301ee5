"""Where a text may name a place, and what speaks for and against each: spans with their features. Which place is meant is not decided here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.records import Parse, Sentence, Token
from dragoman.scheme.gazetteer import Gazetteer, Place, place_key, place_words

LONGEST = 7  # pieces in a name: "Trinidad and Tobago" has three, "Islamic Republic of Iran" four; hyphens count too
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PIECE = re.compile(r"[^\-–/]+|[\-–/]")
_NAME = re.compile(r"^[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][\w.'’‘ʻ&]*$")
_ARTICLES = frozenset({"the", "al", "el", "as", "ash", "ar", "at", "an", "ad", "az"})
_POSTAL = re.compile(r"[A-Z]{2}|[A-Z]\.[A-Z]\.|[A-Z][a-z]{1,4}\.?|[A-Z]\.?[A-Z][a-z]\.?|N\.? ?Mex\.?|W\. ?Va\.?")
_SOURCE_MARK = re.compile(r"[\s,A-Za-z.]{0,40}(\([A-Z][\w ./&-]{1,30}\)\s*)?(—|–|--|-\s)")


@dataclass(slots=True)
class Piece:
    """A token, or the part of one between hyphens, with its offsets."""

    text: str
    start: int
    end: int
    token: int


@dataclass(slots=True)
class Toponym:
    """A span that may name a place. `within` is the toponym right after a comma that it may lie in; `unit` the generic noun beside it."""

    start: int
    end: int
    text: str
    key: str
    first: int
    last: int
    sentence: int
    places: tuple[Place, ...]
    features: set[str] = field(default_factory=set)
    within: "Toponym | None" = None
    unit: str = ""
    label: str = ""
    score: float = 0.0


def spot(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """Return every span that may name a place, in text order, none overlapping, each with its features."""
    found: list[Toponym] = []
    for sentence in parse.sentences:
        pieces = list(_pieces(parse.tokens[sentence.first : sentence.last]))
        here = list(_matches(parse, sentence, pieces, gazetteer))
        _chain(parse, here)
        for t in here:
            _describe(parse, sentence, t)
        here = [t for t in here if not _demonym(t)]
        _join(parse, here)
        found += here
    _discourse(parse, found)
    return found


# ---------------------------------------------------------------- spans
def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    for t in tokens:
        for m in _PIECE.finditer(t.text):
            yield Piece(m.group(), t.start + m.start(), t.start + m.end(), t.i)


def _matches(parse: Parse, sentence: Sentence, pieces: list[Piece], gazetteer: Gazetteer) -> Iterator[Toponym]:
    """Yield the longest known name at each place, else the name that the parser labels a place."""
    i = 0
    while i < len(pieces):
        n = _known(parse, pieces, i, gazetteer)
        if n == 0:
            n = _labelled(parse, pieces, i)
            places: tuple[Place, ...] = ()
        else:
            places = gazetteer.lookup(place_key(parse.text[pieces[i].start : pieces[i + n - 1].end]))
        if n:
            start, end = pieces[i].start, pieces[i + n - 1].end
            text = parse.text[start:end]
            yield Toponym(
                start, end, text, place_key(text), pieces[i].token, pieces[i + n - 1].token, sentence.i, places
            )
        i += max(n, 1)


def _known(parse: Parse, pieces: list[Piece], i: int, gazetteer: Gazetteer) -> int:
    """Return the number of pieces of the longest name that the gazetteer has at piece `i`; 0 for none."""
    if not _opens(pieces, i):
        return 0
    link = place_words()["link"]
    ends = []
    for j in range(i, min(i + LONGEST, len(pieces))):
        p = pieces[j]
        if _NAME.match(p.text) or (j > i and p.text.isdigit()):
            ends.append(j)
        elif not (p.text in "-–" or p.text.lower() in link or p.text in {"'", "’", "."} or (j == i and p.text in _ARTICLES)):
            break
    for j in reversed(ends):
        key = place_key(parse.text[pieces[i].start : pieces[j].end])
        if len(key) > 1 and gazetteer.has(key):
            return j - i + 1
    return 0


def _opens(pieces: list[Piece], i: int) -> bool:
    """Return whether a name can begin here: a capital, or an article joined to one ("al-Hol", "the Hague")."""
    if _NAME.match(pieces[i].text):
        return True
    return pieces[i].text in _ARTICLES and i + 2 < len(pieces) and any(_NAME.match(p.text) for p in pieces[i + 1 : i + 3])


def _labelled(parse: Parse, pieces: list[Piece], i: int) -> int:
    """Return the number of pieces of the place that the parser's label opens at piece `i`, without its article; 0 for none."""
    token = parse.tokens[pieces[i].token]
    if token.ent not in PLACE_LABELS or not _NAME.match(pieces[i].text):
        return 0
    before = parse.tokens[token.i - 1] if token.i else None
    if not token.ent_start and before is not None and before.ent == token.ent and _NAME.match(before.text):
        return 0
    j = i
    while j + 1 < len(pieces) and _continues(parse.tokens[pieces[j + 1].token], token):
        j += 1
    while j > i and not _NAME.match(pieces[j].text) and not pieces[j].text.isdigit():
        j -= 1
    return j - i + 1


def _continues(token: Token, first: Token) -> bool:
    return token.ent == first.ent and not token.ent_start


# ---------------------------------------------------------------- features
def _chain(parse: Parse, here: list[Toponym]) -> None:
    """Tie "City, State" pairs; drop abbreviations of states that no town stands before."""
    for left, right in zip(here, here[1:], strict=False):
        gap = parse.text[left.end : right.start]
        if re.fullmatch(r"\s*,\s*|\s*\(\s*|\s+in\s+", gap) and left.places and right.places:
            left.within = right
            left.features.add("comma-next")
            right.features.add("comma-before")
    here[:] = [t for t in here if not _loose_abbreviation(t)]


def _loose_abbreviation(t: Toponym) -> bool:
    """Return whether a short form of a province stands without the town that it follows: "Man", "IN", "La"."""
    provinces = bool(t.places) and all(p.kind == "admin1" for p in t.places)
    short = len(t.key.replace(" ", "")) <= 5 and all(not p.name.lower().startswith(t.text.lower()) or len(p.name) > len(t.text) for p in t.places)
    return provinces and short and "comma-before" not in t.features and "." not in t.text


def _demonym(t: Toponym) -> bool:
    """Return whether the span is an adjective of people that some hamlet shares: "Canadian" is in Texas too."""
    states = any(p.kind in {"country", "admin1", "region"} for p in t.places)
    return t.label in {"NORP", "LANGUAGE"} and (not states or "no-proper-noun" in t.features)


def _join(parse: Parse, here: list[Toponym]) -> None:
    """Mark the neighbours of labelled places in a list: "Tabriz and Ahar"."""
    for left, right in zip(here, here[1:], strict=False):
        if re.fullmatch(r",? (and|or|&) |, |[-–/]", parse.text[left.end : right.start]):
            for one, other in ((left, right), (right, left)):
                if other.label in PLACE_LABELS:
                    one.features.add("beside-place")


def _describe(parse: Parse, sentence: Sentence, t: Toponym) -> None:
    """Add what the words at and around the span say."""
    t.features |= {_entity(parse, t), _standing(t)}
    t.features |= set(_form(parse, t)) | set(_before(parse, sentence, t)) | set(_after(parse, sentence, t))


def _entity(parse: Parse, t: Toponym) -> str:
    """Return the parser's label and how the span lies in it: "GPE", "ORG-opens", "ORG-closes", "ORG-inside", "no-label"."""
    label = Counter(x.ent for x in parse.tokens[t.first : t.last + 1] if x.text[:1].isalnum()).most_common(1)
    t.label = label[0][0] if label else ""
    if not t.label:
        return "no-label"
    first, last = t.first, t.last
    while first > 0 and not parse.tokens[first].ent_start and parse.tokens[first - 1].ent == t.label:
        first -= 1
    while last + 1 < len(parse.tokens) and _continues(parse.tokens[last + 1], parse.tokens[t.first]) and parse.tokens[last + 1].ent:
        last += 1
    opens = first >= t.first or all(x.text.lower() == "the" for x in parse.tokens[first : t.first])
    closes = last <= t.last or all(x.tag == "POS" for x in parse.tokens[t.last + 1 : last + 1])
    group = t.label if t.label in {"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"} else "other-label"
    return group if opens and closes else f"{group}-{'opens' if opens else 'closes' if closes else 'inside'}"


def _standing(t: Toponym) -> str:
    """Return what the best known place of the name is."""
    if not t.places:
        return "unknown-name"
    kinds = {p.kind for p in t.places if place_key(p.name) == t.key or p.kind == "country"} or {p.kind for p in t.places}
    for kind in ("country", "admin1"):
        if kind in kinds:
            return f"is-{kind}"
    if kinds & {"region", "water", "island", "facility"}:
        return "is-feature"
    largest = max(p.population for p in t.places)
    if all(p.kind == "admin2" for p in t.places):
        return "is-admin2"
    return "is-metropolis" if largest >= 500_000 else "is-city" if largest >= 50_000 else "is-town"


def _form(parse: Parse, t: Toponym) -> Iterator[str]:
    words = place_words()
    tokens = parse.tokens[t.first : t.last + 1]
    last = t.key.rsplit(" ", 1)[-1]
    if t.first != t.last:
        yield "long"
    if t.text.isupper() and len(t.key) > 3:
        yield "capitals"
    if not any(x.pos == "PROPN" for x in tokens):
        yield "no-proper-noun"
    if t.places and all(place_key(p.name) != t.key for p in t.places):
        yield "other-name-only"
    for kind in ("street", "site", "water", "land", "body", "unit"):
        if t.first != t.last and last in words[kind]:
            yield f"ends-in-{kind}"


def _before(parse: Parse, sentence: Sentence, t: Toponym) -> Iterator[str]:
    words = place_words()
    i = t.first - 1
    if i < sentence.first:
        yield "opens-sentence"
        return
    near = parse.tokens[i]
    if near.text.lower().rstrip(".") in words["title"]:
        yield "after-title"
    elif near.pos == "PROPN" and _NAME.match(near.text) and near.text.lower() not in words["direction"]:
        yield "after-name"
    if near.text in {"(", "-", "–", "—"}:
        yield "after-mark"
    while i > sentence.first and parse.tokens[i].text.lower() in words["direction"] | {"the", "'s", "’s", "eastern"}:
        i -= 1
    word = parse.tokens[i].text.lower()
    if word in words["locative"]:
        yield "after-locative"
    elif word == "of":
        kind = parse.tokens[i - 1].text.lower() if i > sentence.first else ""
        t.unit = kind if kind in words["unit"] | words["town"] else t.unit
        yield "after-unit-of" if t.unit else "after-of"
    elif word in {"and", "or", ",", "&"}:
        yield "after-joint"
    if near.text.lower() == "the":
        yield "after-the"


def _after(parse: Parse, sentence: Sentence, t: Toponym) -> Iterator[str]:
    words = place_words()
    i = t.last + 1
    if _SOURCE_MARK.match(parse.text, t.end, t.end + 60) and t.first == sentence.first:
        yield "dateline"
    if i >= sentence.last:
        yield "closes-sentence"
        return
    near = parse.tokens[i]
    word = near.text.lower()
    if word in words["unit"] | {"city", "town", "village", "airport"}:
        t.unit = t.unit or word
        yield "before-unit"
    elif near.text[:1].isupper() and word.rstrip(".") in words["title"]:
        yield "before-title"
    elif near.text[:1].isupper() and word in words["body"]:
        yield "before-body"
    elif near.text[:1].isupper() and word in words["street"]:
        yield "before-street"
    elif near.text[:1].isupper() and word in words["site"] | words["water"] | words["land"]:
        yield "before-site"
    elif near.pos == "PROPN" and _NAME.match(near.text):
        yield "before-name"
    elif near.lemma in words["speech"]:
        yield "before-speech"
    elif near.tag == "POS":
        yield "possessive"
    elif near.text == "-":
        yield "before-hyphen"
    elif near.pos == "NOUN":
        yield "before-noun"
    elif near.pos in {"VERB", "AUX"}:
        yield "before-verb"


# ---------------------------------------------------------------- the rest of the document
def _discourse(parse: Parse, found: list[Toponym]) -> None:
    """Add what the other mentions of a name say: labelled a place, after a locative, part of a person's name."""
    named = _persons(parse)
    kept: dict[str, list[Toponym]] = defaultdict(list)
    for t in found:
        kept[t.key].append(t)
    for same in kept.values():
        placed = sum(t.label in PLACE_LABELS for t in same)
        located = sum("after-locative" in t.features for t in same)
        for t in same:
            if placed - (t.label in PLACE_LABELS):
                t.features.add("place-elsewhere")
            if located - ("after-locative" in t.features):
                t.features.add("located-elsewhere")
            if t.key in named:
                t.features.add("surname-here")
            if len(same) > 1 and placed * 2 < len(same):
                t.features.add("seldom-place")


def _persons(parse: Parse) -> frozenset[str]:
    """Return the folded last words of the document's longer person names."""
    found = set()
    for t in parse.tokens:
        closes = t.i + 1 == len(parse.tokens) or parse.tokens[t.i + 1].ent != "PERSON" or parse.tokens[t.i + 1].ent_start
        if t.ent == "PERSON" and not t.ent_start and closes:
            found.add(place_key(t.text))
    return frozenset(found)
