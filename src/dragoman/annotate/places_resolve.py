"""Which place a toponym means: namesakes weighed by size, by the document's other places, by the province that the text names. No spotting."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.annotate.places_spot import Toponym
from dragoman.records import Parse
from dragoman.scheme.gazetteer import Gazetteer, Place, place_key

# Weights in units of log10 population, chosen on LGL and TR-News by coordinate ascent (docs/gazetteer.md has the table).
COUNTRY_RANK = 3.0  # a state before any namesake town: "Lebanon" in world news is the state
ADMIN1_RANK = 1.0
CAPITAL_RANK = 1.5
ADMIN2_RANK = -1.5  # a county is named with its noun, which `unit` rewards
FEATURE_SIZE = 6.0  # the hand-made table holds what world news names: each counts as a city of a million
OTHER_NAME = -1.5  # known by another name: "Parys" for Paris
UNIT = 3.0  # "Kherson region", "the city of Quebec": the generic noun agrees with the kind
WITHIN = 6.0  # "Alexandria, Virginia": the namesake that lies there
SAME_PROVINCE = 2.0
SAME_COUNTRY = 1.5
NEAR = 1.5
NEAR_KM = 150.0
SEAT_SHARE = 0.25  # a city with this share of its province's people is what the bare name means (Aleppo, not Quebec)
CLEAR = 0.5  # probability under which no namesake is taken
TEMPERATURE = 0.6
ROUNDS = 2
_REGIONAL = frozenset({"province", "provinces", "region", "governorate", "oblast", "state", "prefecture", "territory", "canton", "emirate", "republic"})
_LOCAL = frozenset({"city", "town", "village", "capital", "port", "airport"})
_COUNTY = frozenset({"county", "counties", "parish", "borough", "district", "municipality"})


@dataclass(slots=True)
class Choice:
    """The namesake taken (None where none is clearly ahead), its probability and why."""

    place: Place | None
    probability: float
    basis: str


class Context:
    """What the document's places so far say: how often each country, each province, and where its places lie."""

    def __init__(self) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.provinces: dict[int, float] = defaultdict(float)
        self.points: list[tuple[str, float, float, float]] = []
        self.total = 0.0

    def add(self, key: str, place: Place, weight: float) -> None:
        """Count a place in; `key` is the name it was found by, which can't speak for itself."""
        self.total += weight
        if place.country:
            self.countries[place.country] += weight
        province = place.row if place.kind == "admin1" else place.admin1
        if province is not None:
            self.provinces[province] += weight
        if place.kind not in {"country", "admin1"} and place.lat is not None:
            self.points.append((key, place.lat, place.lon, weight))


def resolve(parse: Parse, toponyms: list[Toponym], gazetteer: Gazetteer) -> list[Choice]:
    """Return a choice for each toponym: the chained and the plain first, the others in their light, one sense a name."""
    del parse
    choices = [Choice(None, 0.0, "not in the gazetteer") for _ in toponyms]
    context = Context()
    for _ in range(ROUNDS):
        senses = _senses(toponyms, context)
        choices = [_choose(t, senses, context) for t in toponyms]
        context = _learn(toponyms, choices)
    return choices


def _senses(toponyms: Iterable[Toponym], context: Context) -> dict[str, Place]:
    """Return the sense that the document itself gives a name: once qualified ("Paris, Texas"), it is meant throughout."""
    votes: dict[str, dict[int, tuple[int, Place]]] = defaultdict(dict)
    for t in toponyms:
        place = _qualified(t, context)
        if place is not None:
            count = votes[t.key].get(place.row, (0, place))[0]
            votes[t.key][place.row] = (count + 1, place)
    return {key: max(found.values(), key=lambda v: (v[0], -v[1].row))[1] for key, found in votes.items()}


def _qualified(t: Toponym, context: Context) -> Place | None:
    """Return the place of "City, State": the largest namesake inside what follows the comma; None where none lies there."""
    if t.within is None:
        return None
    inside = [p for p in t.places if lies_in(p, t.within)]
    return max(inside, key=lambda p: (score(t, p, context), -p.row)) if inside else None


def lies_in(place: Place, outer: Toponym) -> bool:
    """Return whether `place` lies in a state, province or county of the name that follows it."""
    for o in outer.places:
        if o.row == place.row:
            continue
        if o.row in (place.admin1, place.admin2) or (o.kind == "country" and o.country == place.country and place.kind != "country"):
            return True
    return False


def _choose(t: Toponym, senses: dict[str, Place], context: Context) -> Choice:
    if not t.places:
        return Choice(None, 0.0, "not in the gazetteer")
    own = _qualified(t, context)
    if own is not None:
        return Choice(own, 1.0, "named with its province or state")
    sense = senses.get(t.key)
    if sense is not None and not t.unit:
        return Choice(sense, 0.95, "one sense in a document")
    ranked = sorted(((score(t, p, context), -p.row, p) for p in t.places), reverse=True, key=lambda x: x[:2])
    best = ranked[0][2]
    probability = _probability(ranked)
    if probability < CLEAR:
        return Choice(None, probability, f"ambiguous: {len(t.places)} places of this name")
    return Choice(best, probability, "the only place of this name" if len(t.places) == 1 else _reason(t, best, context))


def _probability(ranked: list[tuple[float, int, Place]]) -> float:
    """Return the share of the first under a softmax; namesakes within reach of it (a city and its province) don't count against it."""
    top, best = ranked[0][0], ranked[0][2]
    rivals = sum(math.exp((s - top) / TEMPERATURE) for s, _, p in ranked[1:] if km(best, p.lat, p.lon) > NEAR_KM)
    return 1 / (1 + rivals)


def _reason(t: Toponym, best: Place, context: Context) -> str:
    province = best.row if best.kind == "admin1" else best.admin1
    if province is not None and context.provinces.get(province):
        return "in a province that the document names"
    if best.country and context.countries.get(best.country):
        return "in a country that the document names"
    return "the best known place of this name"


def score(t: Toponym, p: Place, context: Context) -> float:
    """Return how well a namesake fits: its size and rank, the noun beside the name, the document's other places."""
    return _rank(t, p) + _unit(t, p) + _nearness(t, p, context)


def _rank(t: Toponym, p: Place) -> float:
    size = math.log10(p.population + 10)
    if p.kind in {"region", "water", "island", "facility"}:
        size = max(size, FEATURE_SIZE)
    rank = {"country": COUNTRY_RANK, "admin1": ADMIN1_RANK, "admin2": ADMIN2_RANK}.get(p.kind, 0.0)
    if p.kind == "admin1" and any(c.admin1 == p.row and c.kind == "city" and c.population >= SEAT_SHARE * p.population for c in t.places):
        rank = ADMIN2_RANK
    rank += CAPITAL_RANK if p.capital else 0.0
    own = place_key(p.name)
    known = p.kind == "country" or own == t.key or own.startswith(t.key + " ")
    return size + rank + (0.0 if known else OTHER_NAME)


def _unit(t: Toponym, p: Place) -> float:
    if t.unit in _REGIONAL:
        return UNIT if p.kind in {"admin1", "region"} else 0.0
    if t.unit in _LOCAL:
        return UNIT if p.kind == "city" else 0.0
    if t.unit in _COUNTY:
        return UNIT if p.kind == "admin2" else 0.0
    return 0.0


def _nearness(t: Toponym, p: Place, context: Context) -> float:
    """Return the support of the document's other places: same province, same country, near by."""
    found = 0.0
    province = p.row if p.kind == "admin1" else p.admin1
    if province is not None and context.provinces.get(province):
        found += SAME_PROVINCE * _saturating(context.provinces[province], context.total)
    if p.country and context.countries.get(p.country):
        found += SAME_COUNTRY * _saturating(context.countries[p.country], context.total)
    near = sum(w * math.exp(-km(p, lat, lon) / NEAR_KM) for key, lat, lon, w in context.points if key != t.key)
    return found + NEAR * min(1.0, near)


def _saturating(weight: float, total: float) -> float:
    """Return 0 to 1: the share of the document's places, helped by a few mentions being much better than none."""
    return min(1.0, 0.5 * weight / max(total, 1.0) + 0.5 * weight / (weight + 1.0))


def _learn(toponyms: list[Toponym], choices: list[Choice]) -> Context:
    """Return the context that these choices make: each name counts once a sense, by its probability."""
    context = Context()
    mentions: dict[tuple[str, int], list[float]] = defaultdict(list)
    places: dict[tuple[str, int], Place] = {}
    for t, c in zip(toponyms, choices, strict=True):
        if c.place is not None:
            mentions[t.key, c.place.row].append(c.probability)
            places[t.key, c.place.row] = c.place
    for sense, found in sorted(mentions.items()):
        context.add(sense[0], places[sense], max(found) * (1 + math.log(len(found))))
    return context


def km(place: Place, lat: float, lon: float) -> float:
    """Return the great-circle distance in kilometres (haversine, a sphere of 6,371 km)."""
    a, b = math.radians(place.lat), math.radians(lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - place.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))
