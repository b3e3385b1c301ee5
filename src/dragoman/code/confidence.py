"""How sure a mention is, with the ingredients that made it so: each adds to the log-odds. No decision is taken here."""

import math
from collections.abc import Sequence

from dragoman.records import Ingredient

# Weights in log-odds, set by hand while reading records of the dev articles, not fitted. Right records there: 6 of 16
# up to 0.39, 20 of 36 at 0.40 to 0.49, 65 of 85 above: an order, not a calibrated probability.
BASE = Ingredient(name="base", value="an act read from the text", weight=-0.4)


def squash(parts: Sequence[Ingredient]) -> float:
    """Return the probability that the weights add up to, two decimals."""
    return round(1 / (1 + math.exp(-sum(p.weight for p in parts))), 2)
