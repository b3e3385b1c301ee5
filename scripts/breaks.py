"""How often breaks are seen in weekly scores of chance, and how many true ones are found, by penalty and piece.

    python scripts/breaks.py        print a table; PENALTY and PIECE of answer/dyads_trend.py were chosen by it

Weeks of chance: clustered arrivals (Poisson, its rate drawn from an exponential each week), PLOVER scores drawn evenly.
A true break lowers the second half by one and a half standard deviations; it is found within two weeks.
"""

import numpy as np
from numpy.typing import NDArray

from dragoman.answer.dyads_trend import breaks
from dragoman.scheme import plover

SERIES, SEED = 300, 7
SETS = ((26, 1.0), (52, 0.2), (52, 3.0), (104, 1.0), (104, 5.0), (260, 0.3))  # weeks, acts a week
DROP, NEAR = 1.5, 2


def chance(rng: np.random.Generator, weeks: int, rate: float) -> NDArray[np.float64]:
    """Return one series of weekly sums."""
    scores = np.array([kind.score for kind in plover.types()])
    acts = rng.poisson(rate * rng.gamma(1.0, 1.0, weeks))
    return np.array([rng.choice(scores, k).sum() for k in acts])


def measured(weeks: int, rate: float, penalty: float, piece: int) -> tuple[float, float]:
    """Return the share of series of chance with a break, and of true breaks found."""
    rng = np.random.default_rng(SEED)
    false = found = 0
    for _ in range(SERIES):
        y = chance(rng, weeks, rate)
        false += bool(_breaks(y, penalty, piece))
        y[weeks // 2 :] -= DROP * y.std()
        found += any(abs(i - weeks // 2) <= NEAR for i in _breaks(y, penalty, piece))
    return false / SERIES, found / SERIES


def _breaks(y: NDArray[np.float64], penalty: float, piece: int) -> list[int]:
    return breaks([(str(i), float(x)) for i, x in enumerate(y)], penalty, piece)


def main() -> None:
    print("piece penalty  " + "  ".join(f"{weeks} weeks, {rate:g} a week" for weeks, rate in SETS))
    for piece in (3, 4, 6):
        for penalty in (2.0, 3.0, 4.0):
            shares = [measured(weeks, rate, penalty, piece) for weeks, rate in SETS]
            print(f"{piece:5} {penalty:7g}  " + "  ".join(f"{a:.2f} false, {b:.2f} found" for a, b in shares))


if __name__ == "__main__":
    main()
