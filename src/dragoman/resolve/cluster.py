"""From judged pairs to events: the surest pairs first, none against a veto. Pure; the order of input plays no part."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

Pair = tuple[str, str]
LIKENESS = -1.0  # mean log-odds from which two groups may join; lower, a chain of likenesses would join all
COMPARED = 12  # members of a group that stand for it where it is asked about another: more cost and change nothing


def pair(a: str, b: str) -> Pair:
    """Return the two ids in order: the name of an edge."""
    return (a, b) if a < b else (b, a)


def components(ids: Iterable[str], same: Iterable[Pair]) -> list[list[str]]:
    """Return the ids grouped by what hangs together over `same`; groups and members sorted."""
    up = {i: i for i in ids}

    def top(i: str) -> str:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    for a, b in same:
        if a in up and b in up:
            low, high = pair(top(a), top(b))
            up[high] = low
    groups: dict[str, list[str]] = {}
    for i in sorted(up):
        groups.setdefault(top(i), []).append(i)
    return [groups[i] for i in sorted(groups)]


def clusters(  # noqa: PLR0913 - the judgements, what scores and what forbids
    ids: Sequence[str],
    same: Mapping[Pair, float],
    score: Callable[[str, str], float],
    ruled: Mapping[Pair, bool],
    apart: Callable[[Sequence[str], Sequence[str]], bool],
    *,
    least: float = LIKENESS,
) -> list[list[str]]:
    """Return the events of one component.

    `same` holds the pairs judged the same, with their log-odds; `score` gives those of any pair; `apart` says of two
    groups that they can't be one; `ruled` holds what people decided: False forbids, True joins in the end what the
    rules made of each side. Two groups join from a mean score of `least` on.
    """
    groups = {i: [i] for i in sorted(ids)}
    at = {i: i for i in groups}

    def join(a: str, b: str) -> None:
        low, high = sorted((at[a], at[b]))
        groups[low] += groups.pop(high)
        groups[low].sort()
        at.update(dict.fromkeys(groups[low], low))

    refused: dict[Pair, tuple[int, int]] = {}  # pairs of groups that may not join, with their sizes then

    def may(a: str, b: str) -> bool:
        key = pair(at[a], at[b])
        sizes = len(groups[key[0]]), len(groups[key[1]])
        if refused.get(key) == sizes or not fit(groups[key[0]], groups[key[1]]):
            refused[key] = sizes
            return False
        return True

    def fit(one: list[str], other: list[str]) -> bool:
        if any(ruled.get(pair(x, y)) is False for x, y in product(one, other)) or apart(one, other):
            return False
        found = [score(x, y) for x, y in product(one[:COMPARED], other[:COMPARED])]
        return sum(found) / len(found) >= least

    for a, b in sorted(same, key=lambda p: (-same[p], p)):
        if at[a] != at[b] and may(a, b):
            join(a, b)
    for (a, b), together in sorted(ruled.items()):
        if together and a in at and b in at and at[a] != at[b]:
            join(a, b)
    return [groups[i] for i in sorted(groups)]
