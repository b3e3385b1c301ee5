"""Where the parties of a network stand: springs along the edges, everything else pushed apart. Pure, without chance.

After Fruchterman and Reingold, *Graph drawing by force-directed placement*, Software: Practice and Experience, 1991,
with a pull towards the middle, so that pairs that hang with nothing else stay in the picture.
"""

from collections.abc import Mapping, Sequence
from math import log2, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from dragoman.answer.network import Network

Plane = NDArray[np.float64]
ROUNDS = 400  # after which nothing moves by a pixel in the largest network that is drawn (30 parties, 60 edges)
GOLDEN = pi * (3 - sqrt(5))  # turned by this from one to the next, points of a spiral never fall in line
PULL = 0.06  # towards the middle, in shares of the spring: less lets loose pairs drift off, more crowds the rest
SPRING = 0.35  # of an edge with one event: at 1 pairs stand so close that their lines can't be told apart
FIRST_STEP = 0.12  # of the width, falling to nothing
NOT_ZERO = 1e-9
SHIFTS = 60  # rounds of moving apart what still touches


def layout(answer: Network, size: tuple[float, float], radii: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return key → point within a picture of this size; `radii` has the room in pixels that each party takes.

    The start is a spiral with the most active in its middle; the same network gives the same points.
    """
    keys = [n.key for n in answer.nodes]
    if not keys:
        return {}
    index = {k: i for i, k in enumerate(keys)}
    springs = np.zeros((len(keys), len(keys)))
    for e in answer.edges:
        springs[index[e.a], index[e.b]] = springs[index[e.b], index[e.a]] = SPRING * (1 + log2(e.total) / 4)
    at = _spread(_settled(_spiral(len(keys)), springs), size, max(radii.values()))
    at = _apart(at, np.array([radii[k] for k in keys]), size)
    return {k: (round(float(x), 1), round(float(y), 1)) for k, (x, y) in zip(keys, at, strict=True)}


def _spiral(number: int) -> Plane:
    turn = np.arange(number) * GOLDEN
    far = np.sqrt((np.arange(number) + 0.5) / number) / 2
    return np.stack((far * np.cos(turn), far * np.sin(turn)), axis=1)


def _settled(at: Plane, springs: Plane) -> Plane:
    """Return the points after all rounds, in a square of about one."""
    ideal = 0.8 / sqrt(len(at))
    for k in range(ROUNDS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.sqrt((apart**2).sum(axis=2)) + NOT_ZERO
        push = ideal**2 / far - springs * far**2 / ideal
        move = (apart / far[:, :, None] * push[:, :, None]).sum(axis=1) - PULL * at / ideal
        long = np.sqrt((move**2).sum(axis=1, keepdims=True)) + NOT_ZERO
        at = at + move / long * np.minimum(long, FIRST_STEP * (1 - k / ROUNDS))
    return at


def _spread(at: Plane, size: Sequence[float], edge: float) -> Plane:
    """Return the points stretched over the picture, `edge` pixels inside it."""
    least, most = at.min(axis=0), at.max(axis=0)
    room = np.array([size[0] - 2 * edge, size[1] - 2 * edge])
    return edge + (at - least) / np.maximum(most - least, NOT_ZERO) * room if len(at) > 1 else np.array([size]) / 2


def _apart(at: Plane, radii: Plane, size: Sequence[float]) -> Plane:
    """Return the points moved until no two discs touch, as far as there is room."""
    wanted = radii[:, None] + radii[None, :]
    low, high = radii[:, None], np.array([size]) - radii[:, None]
    for _ in range(SHIFTS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.sqrt((apart**2).sum(axis=2)) + NOT_ZERO
        short = np.maximum(0.0, wanted - far)
        np.fill_diagonal(short, 0.0)
        if not short.any():
            break
        at = np.clip(at + (apart / far[:, :, None] * short[:, :, None]).sum(axis=1) / 2, low, high)
    return at
