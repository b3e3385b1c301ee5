"""What speaks for and against a span's naming a place: its features. Which place is meant is not decided here."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from dragoman.annotate.places_spans import NAME_SHAPE, PLACE_LABELS, Toponym, continues, toponyms
from dragoman.annotate.places_votes import Area, areas
from dragoman.annotate.syntax import word_kinds
from dragoman.records import Parse, Sentence
from dragoman.scheme.gazetteer import Gazetteer, place_key, place_words
from dragoman.scheme.personal import personal_names

_SIZES = (("metropolis", 500_000), ("large-city", 150_000), ("city", 50_000), ("town", 10_000), ("village", 0))
# How many other names, each shared out over its namesakes, must lie in an area for it to be the document's.
SHARED = {"district": 0.5, "cell": 0.5, "province": 0.7, "country": 0.5}
_LIST = re.compile(r",? (and|or|&) |, |[-–/]")
_SOURCE_MARK = re.compile(r"[\s,A-Za-z.]{0,40}(\([A-Z][\w ./&-]{1,30}\)\s*)?(—|–|--|-\s)")


def spot(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """Return every span that may name a place, in text order, none overlapping, each with its features."""
    found: list[Toponym] = []
    for sentence in parse.sentences:
        here = toponyms(parse, sentence, gazetteer)
        _counties(parse, here, gazetteer)
        _chain(parse, here)
        for t in here:
            _describe(parse, sentence, t)
        here = [t for t in here if not (_no_people(parse, t) if t.people else _demonym(t))]
        _join(parse, here)
        found += here
    _discourse(parse, found)
    _surroundings(found)
    return found


# ---------------------------------------------------------------- features
def _chain(parse: Parse, here: list[Toponym]) -> None:
    """Tie "City, State" pairs; drop abbreviations of states that no town stands before."""
    for left, right in itertools.pairwise(here):
        gap = parse.text[left.end : right.start]
        if re.fullmatch(r"\s*,\s*|\s*\(\s*|\s+in\s+", gap) and _named(left) and _named(right):
            if "in" in gap and any(p.kind == "country" or p.capital for p in left.places):
                continue
            left.within = right
            left.features.add("comma-next")
            right.features.add("comma-before")
    here[:] = [t for t in here if not _loose_abbreviation(t)]


def _named(t: Toponym) -> bool:
    return bool(t.places) and not t.people


def _counties(parse: Parse, here: list[Toponym], gazetteer: Gazetteer) -> None:
    """Read the names of a list before "counties" as counties: "Clarke, Madison and Oconee counties"."""
    for n in range(len(here) - 1, -1, -1):
        t = here[n]
        after = parse.tokens[t.last + 1].text.lower() if t.last + 1 < len(parse.tokens) else ""
        right = here[n + 1] if n + 1 < len(here) else None
        listed = right is not None and right.unit == "counties" and _LIST.fullmatch(parse.text[t.end : right.start])
        state = any(p.kind in {"country", "admin1"} for p in t.places)
        if (after == "counties" or listed) and not (state and not listed and not _lists(parse, here, n)):
            t.unit = "counties"
            t.places = gazetteer.lookup(t.key + " county") or t.places
            t.features.add("before-unit")


def _lists(parse: Parse, here: list[Toponym], n: int) -> bool:
    """Return whether the span ends a list of names: "Clay and Indiana counties", not "Indiana counties"."""
    return n > 0 and bool(_LIST.fullmatch(parse.text[here[n - 1].end : here[n].start]))


def _loose_abbreviation(t: Toponym) -> bool:
    """Return whether a short form of a province stands without the town that it follows: "Man", "IN", "La"."""
    provinces = bool(t.places) and all(p.kind == "admin1" for p in t.places)
    short = len(t.key.replace(" ", "")) <= 5 and all(len(p.name) > len(t.text) for p in t.places)
    return provinces and short and "comma-before" not in t.features and "." not in t.text


def _demonym(t: Toponym) -> bool:
    """Return whether the span is an adjective of people that some hamlet shares: "Canadian" is in Texas too."""
    states = any(p.listed or p.kind in {"country", "admin1"} for p in t.places)
    return t.label in {"NORP", "LANGUAGE"} and (not states or "no-proper-noun" in t.features)


def _no_people(parse: Parse, t: Toponym) -> bool:
    """Return whether a word for people means none here: a surname (Thomas Finn), a language (*fluent French*)."""
    word = parse.tokens[t.last]
    over = parse.tokens[word.head]
    told = (word.dep == "pobj" and over.lemma in {"in", "into"}) or over.lemma in place_words()["tongue"]
    plural = word.tag in {"NNS", "NNPS"}
    return t.label in {"PERSON", "LANGUAGE"} or (told and word.dep in {"pobj", "dobj"} and not plural)


def _join(parse: Parse, here: list[Toponym]) -> None:
    """Mark the neighbours of labelled places in a list: "Tabriz and Ahar"."""
    for left, right in itertools.pairwise(here):
        if _LIST.fullmatch(parse.text[left.end : right.start]):
            for one, other in ((left, right), (right, left)):
                if other.label in PLACE_LABELS:
                    one.features.add("beside-place")


def _describe(parse: Parse, sentence: Sentence, t: Toponym) -> None:
    """Add what the words at and around the span say."""
    t.features |= {_entity(parse, t), _standing(t)}
    t.features |= set(_form(parse, t)) | set(_before(parse, sentence, t)) | set(_after(parse, sentence, t))


def _entity(parse: Parse, t: Toponym) -> str:
    """Return the parser's label and how the span lies in it: "GPE", "ORG-opens", "ORG-inside" …, "no-label"."""
    label = Counter(x.ent for x in parse.tokens[t.first : t.last + 1] if x.text[:1].isalnum()).most_common(1)
    t.label = label[0][0] if label else ""
    if not t.label:
        return "no-label"
    first, last = t.first, t.last
    while first > 0 and not parse.tokens[first].ent_start and parse.tokens[first - 1].ent == t.label:
        first -= 1
    while last + 1 < len(parse.tokens) and continues(parse.tokens[last + 1], parse.tokens[t.last]):
        last += 1
    opens = first >= t.first or all(x.text.lower() == "the" for x in parse.tokens[first : t.first])
    closes = last <= t.last or all(x.tag == "POS" for x in parse.tokens[t.last + 1 : last + 1])
    group = t.label if t.label in {"GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"} else "other-label"
    return group if opens and closes else f"{group}-{'opens' if opens else 'closes' if closes else 'inside'}"


def _standing(t: Toponym) -> str:
    """Return what the best known place of the name is."""
    if not t.places:
        return "unknown-name"
    own = {p.kind for p in t.places if place_key(p.name) == t.key or p.kind == "country"}
    kinds = own or {p.kind for p in t.places}
    for kind in ("country", "admin1"):
        if kind in kinds:
            return f"is-{kind}"
    if kinds & {"region", "water", "island", "facility"}:
        return "is-feature"
    largest = max(p.population for p in t.places)
    if all(p.kind == "admin2" for p in t.places):
        return "is-admin2"
    if any(p.capital for p in t.places):
        return "is-capital"
    return next(f"is-{size}" for size, least in _SIZES if largest >= least)


def _form(parse: Parse, t: Toponym) -> Iterator[str]:
    words = place_words()
    tokens = parse.tokens[t.first : t.last + 1]
    last = t.key.rsplit(" ", 1)[-1]
    if t.first != t.last:
        yield "long-known" if any(p.kind == "city" for p in t.places) else "long"
    if t.text.isupper() and len(t.key) > 3:
        yield "capitals"
    if t.text.isupper() and len(t.key) <= 6 and "." not in t.text:
        yield "short-capitals" if t.places else "acronym"
    if t.text[-1].isdigit():
        yield "ends-in-number"
    given, last_names = personal_names()
    if t.key in given:
        yield "given-name"
    if t.key in last_names:
        yield "last-name"
    if t.first == t.last and word_kinds(t.text.lower()) - {"noun"}:
        yield "ordinary-word"
    whole = t.end == tokens[-1].end  # in "U.S.-led" the token is an adjective, the name in it is none
    if whole and not t.text.isupper() and not any(x.pos == "PROPN" for x in tokens):
        yield "no-proper-noun"
    if t.places and all(place_key(p.name) != t.key for p in t.places):
        near = any(place_key(p.name)[:4] == t.key[:4] for p in t.places)  # Khan Younis is listed as Khan Yunis
        yield "near-name-only" if near else "other-name-only"
    elif len(t.places) == 1:
        yield "unambiguous"
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
    elif near.pos == "PROPN" and NAME_SHAPE.match(near.text) and near.text.lower() not in words["direction"]:
        yield "after-name"
    if near.ent == "PERSON" and NAME_SHAPE.match(near.text):
        yield "after-person"
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
    if near.ent == "PERSON" and NAME_SHAPE.match(near.text):
        yield "before-person"
    if word == "&":
        yield "before-ampersand"
    if word in {"administration", "era", "presidency"}:
        yield "before-administration"
    if word == "and" and i + 2 < sentence.last:
        beyond = parse.tokens[i + 1 : i + 3]
        if any(x.ent == "PERSON" for x in beyond) and NAME_SHAPE.match(beyond[0].text):
            yield "joined-to-person"
    if word in words["municipal"]:
        yield "before-municipal"
    if word in words["unit"] | {"city", "town", "village", "airport"}:
        t.unit = t.unit or word
        yield "before-unit"
    elif near.text[:1].islower() and word in words["site"] | words["water"] | words["land"] | {"air", "naval"}:
        yield "before-site-noun"
    elif near.text[:1].isupper() and word.rstrip(".") in words["title"]:
        yield "before-title"
    elif near.text[:1].isupper() and word in words["body"]:
        yield "before-body"
    elif near.text[:1].isupper() and word in words["street"]:
        yield "before-street"
    elif near.text[:1].isupper() and word in words["site"] | words["water"] | words["land"]:
        yield "before-site"
    elif near.pos == "PROPN" and NAME_SHAPE.match(near.text):
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
    given = _given(parse)
    bodies = _bodies(parse)
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
            if t.key in given:
                t.features.add("given-name-here")
            if any(f"{t.key} {noun}" in kept for noun in ("county", "parish", "river", "city", "township")):
                t.features.add("fuller-here")
            if any("dateline" in o.features for o in same if o is not t):
                t.features.add("dateline-elsewhere")
            if any(o.within is not None for o in same if o is not t):
                t.features.add("qualified-elsewhere")
            if t.key in bodies and not t.label.startswith("ORG"):
                t.features.add("organisation-here")
            if len(same) > 1 and placed * 2 < len(same):
                t.features.add("seldom-place")


def _persons(parse: Parse) -> frozenset[str]:
    """Return the folded last words of the document's longer person names."""
    found = set()
    for t in parse.tokens:
        after = parse.tokens[t.i + 1] if t.i + 1 < len(parse.tokens) else None
        closes = after is None or after.ent != "PERSON" or after.ent_start
        if t.ent == "PERSON" and not t.ent_start and closes:
            found.add(place_key(t.text))
    return frozenset(found)


def _surroundings(found: list[Toponym]) -> None:
    """Add the narrowest area that a namesake of the span shares with the document's other, labelled places."""
    witnesses = {t.key: t.places for t in found if t.label in PLACE_LABELS or t.people}
    near: dict[Area, dict[str, float]] = defaultdict(dict)
    for key, places in witnesses.items():
        for p in places:
            for area, _ in areas(p):
                near[area][key] = near[area].get(key, 0.0) + 1 / len(places)
    totals = {area: sum(shares.values()) for area, shares in near.items()}
    for t in found:
        if witnesses.keys() - {t.key}:
            t.features.add(_shared(t, near, totals))


def _shared(t: Toponym, near: dict[Area, dict[str, float]], totals: dict[Area, float]) -> str:
    best = {"district": 0.0, "cell": 0.0, "province": 0.0, "country": 0.0}
    for p in t.places:
        for area, _ in areas(p):
            kind = str(area[0])
            if area in totals and kind in best:
                best[kind] = max(best[kind], totals[area] - near[area].get(t.key, 0.0))
    return next((f"shares-{kind}" for kind, mass in best.items() if mass >= SHARED[kind]), "shares-nothing")


def _given(parse: Parse) -> frozenset[str]:
    """Return the folded first words of the document's longer person names."""
    pairs = itertools.pairwise(parse.tokens)
    return frozenset(
        place_key(t.text) for t, after in pairs if t.ent == "PERSON" and t.ent_start and continues(after, t)
    )


def _bodies(parse: Parse) -> frozenset[str]:
    """Return the folded first words of the document's longer organisation names: "Mahan" of "Mahan Air"."""
    found = set()
    for t, after in itertools.pairwise(parse.tokens):
        goes_on = continues(after, t) and NAME_SHAPE.match(after.text)
        if t.ent == "ORG" and t.ent_start and goes_on:
            found.add(place_key(t.text))
    return frozenset(found)
