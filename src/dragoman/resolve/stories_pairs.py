"""Scores pairs of articles: do they tell one story? By words, names, numbers and days. No groups are made here.

Two passes. The first weighs what two articles have in common (`alone`). The second sees them among their neighbours: a
pair must stand out from the look-alikes around it (`among`), where articles that are clearly of one story are no
look-alikes, so that a story with many tellings is not its own crowd.
"""

import functools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from dragoman.records import Record
from dragoman.resolve.stories_space import Space, article_counts
from dragoman.resolve.stories_words import Article, Counted, count_words
from dragoman.scheme.stories import Background, background, pair_weights

Numbers = npt.NDArray[np.float64]
FLOOR = -8.0  # log-odds of pairs that have next to nothing in common; scores are cut at -FLOOR too
_PRIOR = 100  # the background counts as so many articles beside the given ones; 3, 30, 100 score within one point
_COMMON = 0.4  # a word in this share of the background's articles tells no story
_CANDIDATE = (
    0.05  # cosine: 98.9 % of the pairs of one story in three training blocks lie above, and 82 % of the others below
)
_CLEAR = 1.0  # log-odds of the first pass from which on a neighbour is of the same story and no look-alike
_NEIGHBOURS, _RANKS = 10, 50
# Articles at which both passes count alike: of two articles alone, each is the other's nearest whatever they tell.
_FEW = 10
ALONE = (
    "words",
    "title",
    "names",
    "numbers",
    "opening",
    "title_told",
    "other_names",
    "other_numbers",
    "undated",
    "days",
    "same_days",
    "length",
    "unlike_length",
)
AMONG = (*ALONE, "above_crowd", "rank", "better_rank")


class Pairs(Record, frozen=True):
    """The candidate pairs i < j of a collection: their features (a row a pair) and log-odds of one story."""

    i: npt.NDArray[np.int64]
    j: npt.NDArray[np.int64]
    features: Numbers
    score: Numbers


class Collection:
    """Articles counted and weighed: words weigh more where few articles hold them, those given and the background's."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Count and weigh the articles."""
        self.counted = [count_words(a, common_words()) for a in articles]
        self._held = article_counts([c.words for c in self.counted])
        self._background = background()
        self.words = Space([c.words for c in self.counted], self.weight)

    def weight(self, word: str) -> float:
        """Return how much a word tells: the logarithm of the articles there are by those that hold it."""
        n = len(self.counted)
        return math.log(1 + (_PRIOR + n) / (self._held[word] + _PRIOR * self._background.share(word) + 1e-9))


@functools.cache
def common_words() -> frozenset[str]:
    """Return the words of the background that tell no story."""
    known: Background = background()
    return frozenset(w for w in known.counts if known.share(w) >= _COMMON)


def compare_all(articles: Sequence[Article]) -> Pairs:
    """Return the pairs of articles that have anything in common, with the log-odds that they tell one story."""
    collection = Collection(articles)
    i, j, features = _alone(collection)
    weights = pair_weights()
    first = logit(features, ALONE, weights.alone)
    features = np.column_stack([features, *_among(len(articles), i, j, features[:, 0], first)])
    trust = len(articles) / (len(articles) + _FEW)
    score = trust * logit(features, AMONG, weights.among) + (1 - trust) * first
    return Pairs(i=i, j=j, features=features, score=np.clip(score, FLOOR, -FLOOR))


def logit(features: Numbers, names: Sequence[str], weights: Mapping[str, float]) -> Numbers:
    """Return the weighted sum of features, `constant` added; feature by feature, so that sums never differ."""
    total = np.full(len(features), weights.get("constant", 0.0))
    for column, name in enumerate(names):
        total = total + features[:, column] * weights.get(name, 0.0)
    return total


def _alone(c: Collection) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Numbers]:
    """Return the candidate pairs and the features of each pair in itself, in the order of ALONE."""
    spaces = [
        c.words,
        *(Space([getattr(x, kind) for x in c.counted], c.weight) for kind in ("title", "names", "numbers", "opening")),
    ]
    told = _Told(c)
    firsts, seconds, rows = [], [], []
    for i in range(len(c.counted)):
        words = c.words.row(i)
        at = i + 1 + np.flatnonzero(words[i + 1 :] >= _CANDIDATE)
        firsts.append(np.full(len(at), i, np.int64))
        seconds.append(at)
        alike = [words[at], *(s.row(i)[at] for s in spaces[1:])]
        apart = [_strangers(s, i, at, alike[k]) for k, s in enumerate(spaces) if ALONE[k] in ("names", "numbers")]
        rows.append(np.column_stack([*alike, told.row(i)[at], *apart, *_circumstances(c.counted, i, at)]))
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, len(ALONE)))
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(rows)


def _strangers(space: Space, i: int, at: npt.NDArray[np.int64], alike: Numbers) -> Numbers:
    """Return 1.0 where both articles have names (or numbers) and share none: look-alikes in two towns."""
    filled = np.array([bool(space.vectors[int(j)]) for j in at], np.bool_)
    return (filled & bool(space.vectors[i]) & (alike <= 0)).astype(np.float64)


class _Told:
    """How much of one article's title (its opening where it has none) the other's text tells: the mean of both ways."""

    def __init__(self, c: Collection) -> None:
        heads = [dict.fromkeys(x.title or x.opening, 1) for x in c.counted]
        self.heads = Space(heads, c.weight, unit=False)
        self.texts = Space([dict.fromkeys(x.words, 1) for x in c.counted], lambda _word: 1.0, unit=False)
        self.sums = np.array([sum(v.values()) or 1.0 for v in self.heads.vectors])

    def row(self, i: int) -> Numbers:
        mine_there = self.texts.product(self.heads.vectors[i]) / self.sums[i]
        theirs_here = self.heads.product(self.texts.vectors[i]) / self.sums
        mean: Numbers = (mine_there + theirs_here) / 2
        return mean


def _circumstances(counted: Sequence[Counted], i: int, at: npt.NDArray[np.int64]) -> list[Numbers]:
    """Return whether a day is unknown, days apart, whether two at most, the shorter length, the lengths' difference."""
    days = np.array([_days(counted[i], counted[int(j)]) for j in at])
    lengths = np.array([_length(counted[int(j)]) for j in at])
    mine = _length(counted[i])
    known = days >= 0
    return [
        (~known).astype(np.float64),
        np.where(known, np.log1p(np.maximum(days, 0)) / 5, 0.0),
        (known & (days <= 2)).astype(np.float64),
        np.minimum(lengths, mine) / 5,
        np.abs(lengths - mine),
    ]


def _days(a: Counted, b: Counted) -> float:
    """Return how many days lie between two articles, -1 where a day is unknown."""
    return float(abs(a.day - b.day)) if a.day is not None and b.day is not None else -1.0


def _length(c: Counted) -> float:
    return math.log1p(sum(c.words.values()))


def _among(
    n: int, i: npt.NDArray[np.int64], j: npt.NDArray[np.int64], cosine: Numbers, first: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return how far each pair stands above its look-alikes, and its rank among them from the worse and better side."""
    ends, others = np.concatenate([i, j]), np.concatenate([cosine, cosine])
    unclear = np.concatenate([first, first]) < _CLEAR
    by_end = np.lexsort((others, ends))
    cuts = np.searchsorted(ends[by_end], np.arange(n + 1))
    level, ranks = np.zeros(n), np.zeros(len(ends))
    for x in range(n):
        mine = by_end[cuts[x] : cuts[x + 1]]  # the pairs of one article, the least alike first
        crowd = others[mine[unclear[mine]]]
        level[x] = crowd[-_NEIGHBOURS:].sum() / _NEIGHBOURS
        ranks[mine] = len(crowd) - np.searchsorted(crowd, others[mine], side="right")
    ranks = np.log1p(np.minimum(ranks, _RANKS)).reshape(2, -1) / 4
    return cosine - (level[i] + level[j]) / 2, ranks.max(axis=0), ranks.min(axis=0)
