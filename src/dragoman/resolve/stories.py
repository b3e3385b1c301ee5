"""Groups articles that tell one story, and names for each document those related to it. Pairs are scored elsewhere."""

import heapq
import math
from collections.abc import Iterable, Sequence

from dragoman.records import Document, Record
from dragoman.resolve.stories_pairs import FLOOR, Collection, Pairs, compare_all
from dragoman.resolve.stories_words import Article

# Mean log-odds from which on two groups tell one story: best on the mean of four blocks of NeuS, GVA, ECB+ (0015).
STORY = -1.75
_RELATED = -3.5  # log-odds from which on a pair is worth a reader's look
_SHOWN = 5  # shared words in a reason


class Related(Record, frozen=True):
    """A document related to another: `score` from 0 to 1, 0.5 and over where the two alone would be one story."""

    document: str
    score: float
    reason: str


def stories(articles: Sequence[Article]) -> list[list[int]]:
    """Return the indexes of the articles by story: every article once, the first of each group in the order given.

    The order in which articles are given plays no part in what is grouped.
    """
    order = sorted(range(len(articles)), key=lambda i: _key(articles[i]))
    groups = groups_of(len(order), compare_all([articles[i] for i in order]), STORY)
    return sorted(sorted(order[i] for i in g) for g in groups)


def related(documents: Iterable[Document]) -> dict[str, tuple[Related, ...]]:
    """Return for each document, by id, those related to it, the closest first, with the reason in words."""
    ordered = sorted(documents, key=lambda d: (d.published or "", d.id))
    articles = [Article(text=d.text, title=d.title or "", published=d.published) for d in ordered]
    pairs, collection = compare_all(articles), Collection(articles)
    found: dict[str, list[Related]] = {d.id: [] for d in ordered}
    for i, j, score in zip(pairs.i.tolist(), pairs.j.tolist(), pairs.score.tolist(), strict=True):
        if score < _RELATED:
            continue
        share, reason = round(1 / (1 + math.exp(STORY - score)), 3), _reason(collection, i, j)
        found[ordered[i].id].append(Related(document=ordered[j].id, score=share, reason=reason))
        found[ordered[j].id].append(Related(document=ordered[i].id, score=share, reason=reason))
    return {x: tuple(sorted(rs, key=lambda r: (-r.score, r.document))) for x, rs in found.items()}


def _key(article: Article) -> tuple[str, str, str]:
    return article.published or "", article.title, article.text


def _reason(c: Collection, i: int, j: int) -> str:
    """Return the words that speak most for a pair, and the days between."""
    a, b = c.words.vectors[i], c.words.vectors[j]
    shared = sorted((w for w in a if w in b), key=lambda w: (-a[w] * b[w], w))[:_SHOWN]
    days = (c.counted[i].day, c.counted[j].day)
    told = f"both tell of {', '.join(c.counted[i].forms[w] for w in shared)}" if shared else "alike in numbers only"
    if days[0] is None or days[1] is None:
        return told
    apart = abs(days[0] - days[1])
    return f"{told}; {apart} day{'' if apart == 1 else 's'} apart" if apart else f"{told}; the same day"


def groups_of(n: int, pairs: Pairs, bar: float) -> list[list[int]]:
    """Join groups while the mean log-odds between two is `bar` or more, the closest first (average link).

    Pairs that are no candidates count as FLOOR. Among equals the groups with the smallest first members are joined.
    """
    gains: list[dict[int, float]] = [{} for _ in range(n)]  # sums over candidate pairs of what they are above FLOOR
    for i, j, score in zip(pairs.i.tolist(), pairs.j.tolist(), pairs.score.tolist(), strict=True):
        if score > FLOOR:
            gains[i][j] = gains[j][i] = score - FLOOR
    members = [[i] for i in range(n)]
    least = bar - FLOOR
    heap = [(-gain, i, j) for i in range(n) for j, gain in gains[i].items() if i < j and gain >= least]
    heapq.heapify(heap)
    while heap:
        mean, i, j = heapq.heappop(heap)
        if not members[i] or not members[j] or -mean != _mean(gains, members, i, j):
            continue  # one of the two has been joined since
        _join(gains, members, i, j)
        for k in gains[i]:
            if (now := _mean(gains, members, i, k)) >= least:
                heapq.heappush(heap, (-now, min(i, k), max(i, k)))
    return [m for m in members if m]


def _mean(gains: list[dict[int, float]], members: list[list[int]], i: int, j: int) -> float:
    return gains[i].get(j, 0.0) / (len(members[i]) * len(members[j]))


def _join(gains: list[dict[int, float]], members: list[list[int]], i: int, j: int) -> None:
    """Put group j into group i."""
    members[i] += members[j]
    members[j] = []
    for k, gain in gains[j].items():
        del gains[k][j]
        if k != i:
            gains[i][k] = gains[k][i] = gains[i].get(k, 0.0) + gain
    gains[j] = {}
