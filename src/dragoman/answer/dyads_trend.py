"""The course of a weekly series: a smoothed level with its band, and the weeks in which the level breaks. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.answer.dyads_series import Point
from dragoman.records import Record

SHORTEST = (
    12  # weeks: under this neither a level nor a break can be told from chance (two pieces of four, and as much again)
)
# Weeks, thirty years: one act told of 1066 made a series of 50,000 weeks, and a page that took 86 s for all who asked.
LONGEST = 1_566
# Both by scripts/breaks.py, on weekly sums of chance (six sets of 300: clustered, 26 to 260 weeks) and on the same with
# a break of one and a half deviations. At pieces of four a penalty of 2 sees breaks of chance in 8 to 17 % of series,
# 3 in 1 to 5 %, 4 in up to 2 %; of true ones 3 finds 62 to 88 %, 4 48 to 88 %. Pieces of three see 2 to 6 % at 3.
PIECE = 4  # weeks: the shortest stretch that is called a level
PENALTY = 3.0  # times variance times log(weeks)
BAND = 1.96  # standard errors: nineteen of twenty, where the errors are normal
RATIOS = tuple(exp(k / 2) for k in range(-18, 5))  # level noise over observation noise, 0.0001 to 7
Floats = NDArray[np.float64]


class Level(Record, frozen=True):
    """The level of one week: the net score told of it, the smoothed level, the ends of its band."""

    week: str
    net: float
    level: float
    low: float
    high: float


def weekly(points: Sequence[Point]) -> list[tuple[str, float]]:
    """Return Monday and net score of every week from the first point to the last, the LONGEST last of them at most.

    A silent week is zero.
    """
    if not points:
        return []
    known = {p.start: p.net for p in points}
    first, last = date.fromisoformat(points[0].start), date.fromisoformat(points[-1].start)
    span = (last - first).days
    begin = max(0, span - 7 * (LONGEST - 1))
    weeks = [(first + timedelta(days=d)).isoformat() for d in range(begin, span + 1, 7)]
    return [(w, known.get(w, 0.0)) for w in weeks]


# ---------------------------------------------------------------- the level
def trend(weeks: Sequence[tuple[str, float]]) -> tuple[Level, ...]:
    """Return the smoothed level of each week; none where there are fewer than SHORTEST.

    The local level model: net = level + e, level' = level + h, both errors normal, the first level unknown; Kalman
    filter and state smoother of Durbin and Koopman, Time Series Analysis by State Space Methods (2nd ed., 2012),
    chapter 2. The ratio of the two variances is the likeliest of RATIOS, by their concentrated diffuse likelihood; the
    band is the level ± BAND standard errors of the smoothed state. A silent week counts as zero.
    """
    y = np.array([net for _, net in weeks], dtype=float)
    if len(y) < SHORTEST or not y.any():
        return ()
    ratio = max(RATIOS, key=lambda q: _filtered(y, q)[0])
    _, variance, v, f, p = _filtered(y, ratio)
    level, spread = _smoothed(y, v, f, p)
    wide = BAND * np.sqrt(np.maximum(spread * variance, 0.0))
    rows = zip(weeks, level.tolist(), wide.tolist(), strict=True)
    return tuple(
        Level(week=w, net=net, level=round(m, 3), low=round(m - d, 3), high=round(m + d, 3)) for (w, net), m, d in rows
    )


def _filtered(y: Floats, ratio: float) -> tuple[float, float, Floats, Floats, Floats]:
    """Return log-likelihood, variance of the observation, and innovations, their variances, those of the level.

    Variances are in units of that of the observation; the first week starts the level and has no innovation.
    """
    n = len(y)
    v, f, p = np.zeros(n), np.ones(n), np.ones(n)
    mean, spread = float(y[0]), 1.0
    for t in range(1, n):
        p[t] = spread + ratio
        f[t] = p[t] + 1.0
        v[t] = y[t] - mean
        gain = p[t] / f[t]
        mean, spread = mean + gain * v[t], p[t] * (1.0 - gain)
    variance = float(np.sum(v[1:] ** 2 / f[1:])) / (n - 1)
    likelihood = -0.5 * ((n - 1) * log(max(variance, 1e-12)) + float(np.sum(np.log(f[1:]))))
    return likelihood, variance, v, f, p


def _smoothed(y: Floats, v: Floats, f: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Return the smoothed level and its variance by the backward recursion; the first week by its diffuse limit."""
    n = len(y)
    level, spread = np.zeros(n), np.zeros(n)
    r = big_n = 0.0
    a = _predicted(y, v, f, p)
    for t in range(n - 1, 0, -1):
        keep = 1.0 - p[t] / f[t]
        r, big_n = v[t] / f[t] + keep * r, 1.0 / f[t] + keep * keep * big_n
        level[t], spread[t] = a[t] + p[t] * r, p[t] - p[t] * p[t] * big_n
    level[0], spread[0] = y[0] + r, 1.0 - big_n
    return level, spread


def _predicted(y: Floats, v: Floats, f: Floats, p: Floats) -> Floats:
    """Return the level expected of each week from those before it."""
    a = np.zeros(len(y))
    a[1] = y[0]
    for t in range(1, len(y) - 1):
        a[t + 1] = a[t] + p[t] / f[t] * v[t]
    return a


# ---------------------------------------------------------------- the breaks
def breaks(weeks: Sequence[tuple[str, float]], penalty: float = PENALTY, piece: int = PIECE) -> list[int]:
    """Return the indexes of the weeks in which a new level begins; none where there are fewer than SHORTEST.

    PELT (Killick, Fearnhead and Eckley, JASA 107, 2012) on squared error, by ruptures; the penalty is that of Yao
    and Au (Sankhya A 51, 1989), `penalty` × variance × log(weeks), the variance from the differences of neighbouring
    weeks, which a break hardly touches. No level is shorter than `piece` weeks.
    """
    y = np.array([net for _, net in weeks], dtype=float)
    if len(y) < SHORTEST:
        return []
    variance = float(np.mean(np.diff(y) ** 2)) / 2
    if variance == 0:
        return []
    found: Any = _pelt(piece).fit(y.reshape(-1, 1)).predict(pen=penalty * variance * log(len(y)))
    return [int(i) for i in found[:-1]]


def _pelt(piece: int) -> Any:
    import ruptures  # noqa: PLC0415 - half a second, loaded when asked for

    # PELT in C; the linear kernel's cost is the squared error. Its Pelt in Python gives the same, 600 times slower.
    return ruptures.KernelCPD(kernel="linear", min_size=piece)
