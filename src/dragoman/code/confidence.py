"""How sure a mention is, with the ingredients that made it so: each adds to the log-odds. No decision is taken here."""

import math
from collections.abc import Sequence

from dragoman.records import Ingredient

# Weights in log-odds, set by hand from which of the dev articles' records were right (evals/); the sum is squashed to 0..1.
BASE = Ingredient(name="base", value="a predicate with a party", weight=-0.4)


def squash(parts: Sequence[Ingredient]) -> float:
    """Return the probability that the weights add up to, two decimals."""
    return round(1 / (1 + math.exp(-sum(p.weight for p in parts))), 2)
