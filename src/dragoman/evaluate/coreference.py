"""Scores of coreference: MUC, B-cubed, CEAF-e and their mean, as the reference scorer counts them. No reading of data.

Clusters are collections of mentions of any hashable kind; a mention stands in one cluster of a side at most. The sides
may hold different mentions: one that only one side has costs that side's precision or the other's recall (Pradhan et
al. 2014, *Scoring Coreference Partitions of Predicted Mentions*).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

from dragoman.records import Record

Clusters = Sequence[Collection[Hashable]]


class Measure(Record, frozen=True):
    """Precision, recall and F1 of one measure; nought where nothing is given or wanted."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean."""
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


def muc(gold: Clusters, given: Clusters) -> Measure:
    """Return the share of the links that keep clusters together (Vilain et al. 1995); singletons have none."""
    return Measure(precision=_links(given, gold), recall=_links(gold, given))


def _links(of: Clusters, by: Clusters) -> float:
    """Return which share of the links of one side the other side has."""
    at = _at(by)
    kept = wanted = 0
    for cluster in of:
        parts = {at[m] for m in cluster if m in at}
        alone = sum(m not in at for m in cluster)
        kept += len(cluster) - len(parts) - alone
        wanted += len(cluster) - 1
    return kept / wanted if wanted else 0.0


def b_cubed(gold: Clusters, given: Clusters) -> Measure:
    """Return the mean over mentions of how much of their cluster is right (Bagga and Baldwin 1998)."""
    return Measure(precision=_overlap(given, gold), recall=_overlap(gold, given))


def _overlap(of: Clusters, by: Clusters) -> float:
    mentions = sum(map(len, of))
    shares = sum(n * n / len(of[i]) for (i, _), n in _shared(of, by).items())
    return shares / mentions if mentions else 0.0


def ceaf_e(gold: Clusters, given: Clusters) -> Measure:
    """Return how alike the clusters are that the best one-to-one alignment pairs (Luo 2005, by entities, phi 4)."""
    alike = {(i, j): 2 * n / (len(gold[i]) + len(given[j])) for (i, j), n in _shared(gold, given).items()}
    total = sum(_best(part) for part in _parts(alike))
    return Measure(precision=total / len(given) if given else 0.0, recall=total / len(gold) if gold else 0.0)


def conll(gold: Clusters, given: Clusters) -> float:
    """Return the CoNLL F1: the mean of the F1 of MUC, B-cubed and CEAF-e."""
    return sum(measure(gold, given).f1 for measure in (muc, b_cubed, ceaf_e)) / 3


def scores(name: str, gold: Clusters, given: Clusters) -> dict[str, float]:
    """Return the F1 of each measure and of their mean, and B-cubed's two sides, under `name`."""
    cubed = b_cubed(gold, given)
    return {
        f"{name}.muc": muc(gold, given).f1,
        f"{name}.b_cubed": cubed.f1,
        f"{name}.b_cubed_precision": cubed.precision,
        f"{name}.b_cubed_recall": cubed.recall,
        f"{name}.ceaf_e": ceaf_e(gold, given).f1,
        f"{name}.conll": conll(gold, given),
    }


# ---------------------------------------------------------------- overlap and alignment
def _at(clusters: Clusters) -> dict[Hashable, int]:
    return {m: i for i, cluster in enumerate(clusters) for m in cluster}


def _shared(one: Clusters, other: Clusters) -> Counter[tuple[int, int]]:
    """Return how many mentions the clusters of two sides share, by their numbers; none that share nothing."""
    at = _at(other)
    return Counter((i, at[m]) for i, cluster in enumerate(one) for m in cluster if m in at)


def _parts(alike: Mapping[tuple[int, int], float]) -> Iterator[dict[tuple[int, int], float]]:
    """Yield what can be aligned on its own: clusters that hang together by what they share."""
    beside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in alike:
        beside.setdefault((0, i), []).append((1, j))
        beside.setdefault((1, j), []).append((0, i))
    seen: set[tuple[int, int]] = set()
    for first in beside:
        if first in seen:
            continue
        todo, part = [first], set()
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                part.add(node)
                todo += beside[node]
        left = [i for side, i in sorted(part) if side == 0]
        yield {(i, j): alike[i, j] for i in left for _, j in sorted(set(beside[0, i]))}


def _best(alike: Mapping[tuple[int, int], float]) -> float:
    """Return the sum over the best one-to-one pairs: shortest augmenting paths (the Hungarian method)."""
    rows, columns = sorted({i for i, _ in alike}), sorted({j for _, j in alike})
    if len(rows) > len(columns):
        return _best({(j, i): v for (i, j), v in alike.items()})
    cost = [[-alike.get((i, j), 0.0) for j in columns] for i in rows]
    row_of = _assign(cost)
    return -sum(cost[r][c] for c, r in enumerate(row_of) if r >= 0)


def _assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """Return for each column its row in the cheapest assignment, -1 for none; no more rows than columns."""
    width = len(cost[0])
    rows_, columns_ = [0.0] * len(cost), [0.0] * (width + 1)  # the potentials of Kuhn and Munkres
    row_of = [-1] * (width + 1)  # the last column stands for "not yet assigned"
    for r in range(len(cost)):
        row_of[width] = r
        column, slack, before, used = width, [float("inf")] * width, [width] * width, [False] * (width + 1)
        while row_of[column] >= 0:
            used[column] = True
            here = row_of[column]
            for c in range(width):
                reduced = cost[here][c] - rows_[here] - columns_[c]
                if not used[c] and reduced < slack[c]:
                    slack[c], before[c] = reduced, column
            following = min((c for c in range(width) if not used[c]), key=lambda c: slack[c])
            step = slack[following]
            for c in range(width + 1):
                if used[c]:
                    rows_[row_of[c]] += step
                    columns_[c] -= step
                elif c < width:
                    slack[c] -= step
            column = following
        while column != width:
            row_of[column] = row_of[before[column]]
            column = before[column]
        row_of[width] = -1
    return row_of[:width]
