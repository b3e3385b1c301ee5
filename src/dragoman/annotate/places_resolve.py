"""Which place a toponym means: namesakes weighed by size and by where the document's other names lie. No spotting."""

import difflib
import functools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.annotate.places_spans import Toponym
from dragoman.annotate.places_votes import Name, support, votes
from dragoman.geo import distance
from dragoman.scheme.gazetteer import Place, place_key

# Weights in units of log10 population, found by coordinate search on TR-News and every other document of LGL: recall
# within 161 km rose by 3.7 points on those of LGL and by 2.6 on those left out. Moving one of them, or of those in
# places_votes.py, by a third costs at most one point (CLEAR 1.5).
COUNTRY_RANK = 2.3  # a state before any namesake town: "Lebanon" in world news is the state
ADMIN1_RANK = 0.5
CAPITAL_RANK = 1.5
ADMIN2_RANK = -1.5  # a county is named with its noun, and then has no rivals of other kinds
FEATURE_SIZE = 6.0  # the hand-made table holds what world news names: each counts as a city of a million
OVERSHADOWED = 100_000  # a town with fewer people is not meant where the name is a listed region's
OTHER_NAME = -1.5  # known by another name: "Parys" for Paris
SEAT_SHARE = 0.35  # a city with this share of its province's people is what the bare name means (Aleppo, not Quebec)
CLEAR = 0.43  # probability under which no namesake is taken
TEMPERATURES = (1.5, 0.8, 0.5, 0.5)  # a round: a name is first spread over its namesakes
NEAR_KM = 100.0  # namesakes this near each other (a city and its province) are no rivals
_REGIONAL = frozenset(
    "province provinces region governorate oblast state prefecture territory canton emirate republic".split()
)
_LOCAL = frozenset({"city", "town", "village", "capital", "port", "airport"})
_COUNTY = frozenset({"county", "counties", "parish", "borough", "district", "municipality"})
_FULLER = ("county", "parish", "river")
_KINDS = ((_REGIONAL, ("admin1", "region")), (_LOCAL, ("city",)), (_COUNTY, ("admin2",)))


@dataclass(slots=True)
class Choice:
    """The namesake taken (None where none is clearly ahead), its probability and why."""

    place: Place | None
    probability: float
    basis: str


def resolve(toponyms: list[Toponym], cues: Mapping[str, float]) -> list[Choice]:
    """Return a choice for each toponym: namesakes are weighed by rank and, round by round, by the other names.

    `cues`: what the document's wording says for a state, by its code (see `places_cues`).
    """
    _lengthen(toponyms)
    names: dict[tuple[str, int | str], Name] = {}
    sense = _senses(toponyms)
    for t in toponyms:
        if t.places:
            place = _qualified(t) or (sense.get(t.key) if not t.unit else None)
            slot = _slot(t, place)
            if slot not in names:
                places = (place,) if place else _agreeing(t)
                names[slot] = Name(t.key, places, [-math.inf] * len(places))
            _strengthen(names[slot], t)
    for temperature in TEMPERATURES:
        mass = votes(names.values(), cues)
        for name in names.values():
            total = [fit + support(name, n, mass) for n, fit in enumerate(name.fit)]
            name.share = _softmax(total, temperature)
    return [_choose(t, names, sense) for t in toponyms]


def _lengthen(toponyms: list[Toponym]) -> None:
    """Add to a bare name what the document names in full: beside "DeKalb County", "DeKalb" may be the county."""
    full = {t.key: t.places for t in toponyms if " " in t.key and t.places and not t.people}
    for t in toponyms:
        for noun in _FULLER:
            longer = full.get(f"{t.key} {noun}", ())
            t.places = (*t.places, *(p for p in longer if p not in t.places))


def _slot(t: Toponym, place: Place | None) -> tuple[str, int | str]:
    """Return what mentions are resolved together: the same name in the same known sense or beside the same noun."""
    return t.key, place.row if place else t.unit


def _agreeing(t: Toponym) -> tuple[Place, ...]:
    """Return the namesakes of the kind that the noun beside the name says ("Kherson region"); all where none is."""
    kinds = next((kinds for nouns, kinds in _KINDS if t.unit in nouns), None)
    fitting = tuple(p for p in t.places if kinds is not None and p.kind in kinds)
    state = any(p.kind in {"country", "admin1"} and place_key(p.name) == t.key for p in t.places)
    if fitting and not (state and t.unit in _COUNTY):  # "the Central Florida District"
        return fitting
    region = any(p.listed and p.kind == "region" for p in t.places)  # the Middle East is no quarter of Baltimore
    small = [p for p in t.places if region and p.kind == "city" and p.population < OVERSHADOWED]
    return tuple(p for p in t.places if p not in small)


def _strengthen(name: Name, t: Toponym) -> None:
    """Add a mention: the best fit of any mention counts, and so does the surest mention."""
    name.fit = [max(f, _rank(t, p)) for f, p in zip(name.fit, name.places, strict=True)]
    name.weight = max(name.weight, t.score)


def _senses(toponyms: Iterable[Toponym]) -> dict[str, Place]:
    """Return the sense that the document gives a name: once qualified ("Paris, Texas"), it is meant throughout."""
    votes: dict[str, dict[int, tuple[int, Place]]] = defaultdict(dict)
    for t in toponyms:
        place = _qualified(t)
        if place is not None:
            votes[t.key][place.row] = (votes[t.key].get(place.row, (0, place))[0] + 1, place)
    return {key: max(found.values(), key=lambda v: (v[0], -v[1].row))[1] for key, found in votes.items()}


def _qualified(t: Toponym) -> Place | None:
    """Return the place of "City, State": the first-ranked namesake inside what follows the comma; None for none."""
    if t.within is None:
        return None
    state = any(p.kind == "country" for p in t.places)
    inside = [p for p in t.places if lies_in(p, t.within, state=state)]
    return max(inside, key=lambda p: (_rank(t, p), -p.row)) if inside else None


def _elsewhere(t: Toponym, outer: Toponym) -> bool:
    """Return whether a town is named with a province ("Orient, Ohio") where the gazetteer has none of its name."""
    if "comma-next" not in t.features or any(p.kind in {"country", "admin1"} for p in t.places):
        return False
    provinces = [p for p in outer.places if p.kind == "admin1"]
    return any(place_key(p.name) == outer.key or len(outer.places) == 1 for p in provinces)


def lies_in(place: Place, outer: Toponym, *, state: bool) -> bool:
    """Return whether `place` lies in a place of the name after it; `state`: a state bears its name too."""
    for o in outer.places:
        if o.kind == "country" and state:
            continue  # "Benin, Nigeria" opens a list of states; "Lebanon, Kentucky" is a town
        if o.row == place.row or (o.kind == "admin2" and place_key(o.name) != outer.key):
            continue
        if o.row in (place.admin1, place.admin2) or (o.kind == "country" and o.country == place.country):
            return True
    return False


def _softmax(scores: list[float], temperature: float) -> list[float]:
    top = max(scores)
    raised = [math.exp((s - top) / temperature) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]


def _choose(t: Toponym, names: dict[tuple[str, int | str], Name], sense: dict[str, Place]) -> Choice:
    if not t.places:
        return Choice(None, 0.0, "not in the gazetteer")
    own = _qualified(t)
    if own is not None:
        return Choice(own, 1.0, "named with its province or state")
    if t.within is not None and _elsewhere(t, t.within):
        return Choice(None, 0.0, f"no place of this name in {t.within.text}")
    meant = sense.get(t.key)
    if meant is not None and not t.unit:
        return Choice(meant, 0.95, "one sense in a document")
    name = names[_slot(t, None)]
    best = max(range(len(name.places)), key=lambda i: (name.share[i], -name.places[i].row))
    place = name.places[best]
    probability = sum(s for s, p in zip(name.share, name.places, strict=True) if km(place, p.lat, p.lon) <= NEAR_KM)
    if probability < CLEAR:
        return Choice(None, probability, f"ambiguous: {len(t.places)} places of this name")
    basis = "the only place of this name" if len(t.places) == 1 else "size and the document's other places"
    return Choice(place, probability, basis)


def _rank(t: Toponym, p: Place) -> float:
    size = math.log10(p.population + 10)
    if p.listed:
        size = max(size, FEATURE_SIZE)
    rank = {"country": COUNTRY_RANK, "admin1": ADMIN1_RANK, "admin2": ADMIN2_RANK}.get(p.kind, 0.0)
    if p.kind == "admin1" and _means_seat(t, p):
        rank = ADMIN2_RANK
    rank += CAPITAL_RANK if p.capital else 0.0
    return size + rank + (0.0 if p.kind == "country" else OTHER_NAME * _strangeness(t.key, place_key(p.name)))


def _means_seat(t: Toponym, province: Place) -> bool:
    """Return whether the bare name means the town in the province: "Idlib" is a town, Quebec a province."""
    towns = [c for c in t.places if c.admin1 == province.row and c.kind == "city"]
    share = any(c.population >= SEAT_SHARE * province.population for c in towns)
    return share or (bool(towns) and place_key(province.name) != t.key)


@functools.lru_cache(maxsize=20_000)
def _strangeness(key: str, own: str) -> float:
    """Return how far a name is from the place's own, 0 to 1: half for a part or a near spelling (Raqqa, Ar Raqqah)."""
    if key == own:
        return 0.0
    part = own.startswith(key + " ")
    return 0.5 if part else min(1.0, 2 * (1 - difflib.SequenceMatcher(None, key, own, autojunk=False).ratio()))


def km(place: Place, lat: float, lon: float) -> float:
    """Return the great-circle distance in kilometres."""
    return distance((place.lat, place.lon), (lat, lon))
