"""Sparse vectors of many articles and their cosines, one article against all at a time. What is counted is given."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.float64]
Weigh = Callable[[str], float]


class Space:
    """Vectors of word counts, as postings: `row(i)` gives the product of article i with every article."""

    def __init__(self, counts: Sequence[Mapping[str, int]], weigh: Weigh, *, unit: bool = True) -> None:
        """Weigh each word by (1 + log count) * weigh(word); `unit` makes the products cosines."""
        self.n = len(counts)
        self.vectors = [self._vector(c, weigh, unit=unit) for c in counts]
        postings: dict[str, list[tuple[int, float]]] = {}
        for i, vector in enumerate(self.vectors):
            for word, weight in vector.items():
                postings.setdefault(word, []).append((i, weight))
        self.postings = {
            w: (np.array([i for i, _ in p], np.int64), np.array([v for _, v in p])) for w, p in postings.items()
        }

    @staticmethod
    def _vector(counts: Mapping[str, int], weigh: Weigh, *, unit: bool) -> dict[str, float]:
        vector = {w: (1 + math.log(counts[w])) * weigh(w) for w in sorted(counts)}
        length = math.sqrt(sum(v * v for v in vector.values())) if unit else 1.0
        return {w: v / length for w, v in vector.items()} if length else {}

    def row(self, i: int) -> Row:
        """Return the product of article i with each article."""
        return self.product(self.vectors[i])

    def product(self, vector: Mapping[str, float]) -> Row:
        """Return the product of a vector with each article, words in sorted order so that sums never differ."""
        met = [(self.postings[w], v) for w, v in vector.items() if w in self.postings]
        if not met:
            return np.zeros(self.n)
        at = np.concatenate([p[0] for p, _ in met])
        values = np.concatenate([p[1] * v for p, v in met])
        sums: Row = np.bincount(at, weights=values, minlength=self.n).astype(np.float64)
        return sums


def article_counts(counts: Sequence[Mapping[str, int]]) -> Counter[str]:
    """Return in how many articles each word stands."""
    found: Counter[str] = Counter()
    for c in counts:
        found.update(c.keys())
    return found
