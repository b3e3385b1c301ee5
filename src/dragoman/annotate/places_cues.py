"""What the wording of a report says of the state it is about: "sheriff", "Crown Court", "crore". No names here."""

import itertools
from collections import defaultdict

from dragoman.records import Parse
from dragoman.scheme.gazetteer import country_cues

CUE = 2.0  # a cue counts as much as so many names that lie in the state; 0 to 3 tried, flat from 1.5


def wording(parse: Parse) -> dict[str, float]:
    """Return how much the different cues of a text say for each state, by ISO alpha-3 code."""
    words = [t.text.lower() for t in parse.tokens]
    said = {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}
    cues = country_cues()
    found: dict[str, float] = defaultdict(float)
    for cue in sorted(said & cues.keys()):
        for country in cues[cue]:
            found[country] += CUE
    return dict(found)
