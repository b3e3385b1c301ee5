"""Places that a text names, with coordinates where it is clear which. Spotting and resolving live next door."""

import math
from collections import defaultdict

from dragoman.annotate.places_cues import wording
from dragoman.annotate.places_resolve import Choice, resolve
from dragoman.annotate.places_spans import Toponym
from dragoman.annotate.places_spot import spot
from dragoman.annotate.syntax import parse_text
from dragoman.records import Parse, PlaceMention
from dragoman.scheme.gazetteer import gazetteer, place_weights

# Range tried on LGL and TR-News 0.35 to 0.6: F1 of the spans is flat between 0.4 and 0.5.
LIKELY = 0.45
PEOPLE = 0.75  # so many of the words for people in LGL and TR-News are annotated; no feature tells the others
# How far a mention is drawn to the others of its name, and to the surest of them: 0 to 0.5 tried, weights of one half
# judged on the other; both halves of LGL and TR-News gain 0.1 to 0.5 points of F1 and of places found.
OTHERS = 0.3
SUREST = 0.2
WITNESS = 0.2  # a span this likely to be a place still speaks for its surroundings ("Kentucky" in the name of a club)


def find_places(parse: Parse) -> list[PlaceMention]:
    """Return the toponyms of a parsed text, in order; place fields are None where no namesake is clearly meant."""
    return [p for p in places_and_people(parse) if p.kind != "demonym"]


def places_and_people(parse: Parse) -> list[PlaceMention]:
    """Return the toponyms of a parsed text and, of kind "demonym", the words for what is theirs: "Syrian"."""
    witnesses = likely(parse, WITNESS)
    return [
        _mention(t, c) for t, c in zip(witnesses, resolve(witnesses, wording(parse)), strict=True) if t.score >= LIKELY
    ]


def places_of_text(text: str) -> list[PlaceMention]:
    """Return the toponyms and demonyms of a bare text."""
    return places_and_people(parse_text(text))


def likely(parse: Parse, least: float) -> list[Toponym]:
    """Return the spans that name a place with at least this probability, each with its score."""
    found = spot(parse, gazetteer())
    _weigh(found)
    kept = [t for t in found if t.score >= least]
    standing = {id(t) for t in kept}
    for t in kept:
        if t.within is not None and id(t.within) not in standing:
            t.within = None
    return kept


def _weigh(found: list[Toponym]) -> None:
    """Set the score of each span: what its features say and, where a name comes often, what they say of the others."""
    weights = place_weights()
    own: dict[str, list[float]] = defaultdict(list)
    logits = [weights["bias"] + sum(weights.get(f, 0.0) for f in sorted(t.features)) for t in found]
    for t, logit in zip(found, logits, strict=True):
        own[t.key].append(logit)
    for t, logit in zip(found, logits, strict=True):
        t.score = PEOPLE if t.people else 1 / (1 + math.exp(-_told(logit, own[t.key])))


def _told(logit: float, same: list[float]) -> float:
    """Return the log-odds of one mention, drawn to those of all mentions of its name and to the surest."""
    if len(same) == 1:
        return logit
    others = (sum(same) - logit) / (len(same) - 1)
    level = logit + OTHERS * (others - logit)
    return level + SUREST * (max(same) - level)


def _mention(t: Toponym, c: Choice) -> PlaceMention:
    p, score = c.place, round(t.score * c.probability, 3)
    if p is None:
        return PlaceMention(
            start=t.start,
            end=t.end,
            text=t.text,
            name=t.text,
            score=score,
            kind="demonym" if t.people else None,
            basis=c.basis,
        )
    return PlaceMention(
        start=t.start,
        end=t.end,
        text=t.text,
        name=p.name,
        geonameid=p.geonameid,
        lat=p.lat,
        lon=p.lon,
        country=p.country,
        score=score,
        kind="demonym" if t.people else p.kind,
        basis=c.basis,
    )
