"""Which state a town or province is in, where the gazetteer leaves no doubt. No mention in a text is resolved here."""

import functools

from dragoman.scheme.gazetteer import gazetteer, place_key

LEAST = 30_000  # inhabitants: below, a namesake or a family name is likelier (read on the dev articles)
MARGIN = 5  # the largest place must have this many times the people of the largest elsewhere


@functools.cache
def town_country(name: str) -> str | None:
    """Return the ISO alpha-3 code of the state that `name` is in; None where unknown, small or shared."""
    found = [p for p in gazetteer().lookup(place_key(name)) if p.kind in ("city", "admin1", "admin2")]
    best = max(found, key=lambda p: (p.population, -p.row), default=None)
    if best is None or best.population < LEAST:
        return None
    rival = max((p.population for p in found if p.country != best.country), default=0)
    return best.country if best.population >= MARGIN * rival else None
