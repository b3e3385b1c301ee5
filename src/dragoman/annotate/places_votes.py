"""What a document's names say for each other's namesakes: votes of the areas that they lie in. No choice here."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.scheme.gazetteer import Place

# In units of log10 population, found with those of places_resolve.py; the last three on both halves of LGL, each
# of which gained from each (0.3 to 0.5 points of acc161).
# Cells of 1 to 3 degrees and of weight 0.5 to 1.5, coincidence from 0 to 5 were tried.
SAME_COUNTRY = 1.3
SAME_PROVINCE = 1.9
SAME_DISTRICT = 1.8
SAME_CELL = 1.0
CELL = 1.5  # degrees
# Of "Paris" and "Henry County" both are ambiguous, but they meet in Tennessee alone: a namesake counts in its
# district at least so much over the square root of the number of namesakes, however unlikely by itself.
COINCIDENCE = 1.5
# Where a document names states, a name that may be a state is one ("the Georgian war" among Russia and Poland): 0.6 to
# 1.4 say the same, 0 costs 0.1 points on one half of LGL, nothing on the other.
STATES = 0.8
_WORDING = "the wording"

Area = tuple[str | float | int, ...]
Mass = dict[Area, dict[str, float]]


@dataclass(slots=True)
class Name:
    """All mentions of one name in one sense: its namesakes, what they score by themselves, and their probabilities."""

    key: str
    places: tuple[Place, ...]
    fit: list[float]
    share: list[float] = field(default_factory=list)
    weight: float = 0.0
    lie: list[list[tuple[Area, float]]] = field(init=False)  # the areas of each namesake

    def __post_init__(self) -> None:
        self.lie = [list(areas(p)) for p in self.places]


def votes(names: Iterable[Name], cues: Mapping[str, float]) -> Mass:
    """Return how much of each name lies in each area; in the first round, before shares exist, the wording alone."""
    mass: Mass = defaultdict(dict)
    for country, weight in cues.items():
        mass["country", country][_WORDING] = weight
    for name in names:
        least = min(1.0, COINCIDENCE / math.sqrt(len(name.places)))
        for around, share in zip(name.lie, name.share, strict=False):
            for area, _ in around:
                there = mass[area]
                if area[0] == "district" and share < least:
                    there[name.key] = max(there.get(name.key, 0.0), least * name.weight)
                else:
                    there[name.key] = there.get(name.key, 0.0) + share * name.weight
    return mass


def support(name: Name, n: int, mass: Mass) -> float:
    """Return what the document's other names say for namesake `n`: the logarithm of how many lie in the same areas."""
    found = 0.0
    for area, weight in name.lie[n]:
        there = mass.get(area)
        if there:
            found += weight * math.log2(1 + max(0.0, sum(there.values()) - there.get(name.key, 0.0)))
    return found


def areas(p: Place) -> Iterator[tuple[Area, float]]:
    """Yield the areas that a place lies in or is, with the weight of sharing each."""
    if p.country:
        yield ("country", p.country), SAME_COUNTRY
    if p.kind == "country":
        yield ("states",), STATES
    province = p.row if p.kind == "admin1" else p.admin1
    if province is not None:
        yield ("province", province), SAME_PROVINCE
    district = p.row if p.kind == "admin2" else p.admin2
    if district is not None:
        yield ("district", district), SAME_DISTRICT
    if p.kind not in {"country", "admin1"}:
        for half in (0.0, 0.5):  # two grids, so that no border of one parts neighbours
            yield ("cell", half, math.floor(p.lat / CELL + half), math.floor(p.lon / CELL + half)), SAME_CELL / 2
