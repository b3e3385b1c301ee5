"""Whether two mentions of ECB+ mean one event: the score of resolution, and what ECB+ asks beyond it. No reading here.

Resolution compares acts between states, which have parties, types and dates; ECB+ tells of arrests, matches and films,
where the word of the act and the story of its report say most. Both are added as features, with weights fitted on the
train topics by scripts/ecb.py.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from dragoman.errors import StopRun
from dragoman.evaluate.ecb_gold import GoldDocument
from dragoman.evaluate.ecb_triggers import Trigger
from dragoman.records import Record
from dragoman.resolve import blocks, compare
from dragoman.resolve.cluster import Pair, clusters, components, pair
from dragoman.resolve.facets import stem
from dragoman.resolve.stories import STORY, groups_of
from dragoman.resolve.stories_pairs import compare_all
from dragoman.resolve.stories_words import Article
from dragoman.scheme import plover
from dragoman.scheme.resolution import words_of

Weights = Mapping[tuple[str, str], float]
NEAR, FAR = -3.0, -4.5  # log-odds of one story: of the dev pairs above NEAR nine in ten are, below FAR one in ten
PARTS = False  # True costs 0.9 points of CoNLL F1, on the train topics as on those of dev: headlines leave out names
LIKE, SHARE = 4, 0.6  # letters, and their share of the shorter word, from which two words that begin alike are alike
SCALE = ("resolution", "score")
CONSTANT = ("constant", "constant")


class Nearness(Record, frozen=True):
    """How near the reports of some topics are: story by document, log-odds by pair of documents."""

    story: dict[str, str]
    odds: dict[Pair, float]

    def where(self, a: str, b: str) -> str:
        """Return how near two documents are: same, story, near, far, apart."""
        if a == b:
            return "same"
        if self.story[a] == self.story[b]:
            return "story"
        odds = self.odds.get(pair(a, b), FAR - 1)
        return "near" if odds >= NEAR else "far" if odds >= FAR else "apart"


def nearness(documents: Sequence[GoldDocument]) -> Nearness:
    """Compare the documents of each topic as stories are compared."""
    story: dict[str, str] = {}
    odds: dict[Pair, float] = {}
    for topic in dict.fromkeys(d.topic for d in documents):
        ids = [d.id for d in documents if d.topic == topic]
        pairs = compare_all([Article(text=d.text) for d in documents if d.topic == topic])
        for i, j, score in zip(pairs.i.tolist(), pairs.j.tolist(), pairs.score.tolist(), strict=True):
            odds[pair(ids[i], ids[j])] = score
        for group in groups_of(len(ids), pairs, STORY):
            story |= {ids[i]: ids[group[0]] for i in group}
    return Nearness(story=story, odds=odds)


def features(a: Trigger, b: Trigger, near: Nearness) -> tuple[tuple[str, str], ...]:
    """Return what ECB+ asks beyond the features of resolution: (feature, value)."""
    word = _word(a.lemma, b.lemma)
    found = [
        ("word", word),
        ("fillers", _fillers(a.fillers, b.fillers)),
        ("word and report", f"{word}, {near.where(a.facet.document, b.facet.document)}"),
    ]
    if word in ("frame", "other"):  # a sentence that has the other's word tells the other's act by it, not by its own
        told = (stem(a.lemma) in b.facet.words) + (stem(b.lemma) in a.facet.words)
        found.append(("told beside", ("neither", "one", "both")[told]))
    return tuple(found)


@functools.lru_cache(maxsize=100_000)
def _word(a: str, b: str) -> str:
    """Return how like the words of two acts are: same, empty (the same, but *say*), like, frame, other."""
    if a == b:
        return "empty" if a in words_of("empty") else "same"
    alike = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if alike >= LIKE and alike >= SHARE * min(len(a), len(b)):
        return "like"
    return "frame" if _frames(a) & _frames(b) else "other"


@functools.lru_cache(maxsize=10_000)
def _frames(lemma: str) -> frozenset[str]:
    return frozenset(f.id for f in (*plover.frames_for(lemma, "verb"), *plover.frames_for(lemma, "noun")))


def _fillers(a: Sequence[str], b: Sequence[str]) -> str:
    if not a or not b:
        return "none"
    return "shared" if set(a) & set(b) else "other"


class Rule(Record, frozen=True):
    """How mentions are grouped: which pairs are compared, what scores them, whether days and names part groups."""

    meet: Callable[[Trigger, Trigger], bool]
    score: Callable[[Trigger, Trigger], float]
    parts: bool


def extended(weights: Weights, near: Nearness) -> Rule:
    """Return the rule by the score of resolution, scaled, with the features of ECB+ added; it compares all pairs."""

    def score(a: Trigger, b: Trigger) -> float:
        total = weights[CONSTANT] + weights[SCALE] * compare.score(a.facet, b.facet)
        return total + sum(weights.get(f, 0.0) for f in features(a, b, near))

    return Rule(meet=lambda _a, _b: True, score=score, parts=PARTS)


def shipped() -> Rule:
    """Return the rule of the ledger as it is."""
    keys = functools.cache(lambda f: frozenset(blocks.keys(f)))
    return Rule(
        meet=lambda a, b: not keys(a.facet).isdisjoint(keys(b.facet)),
        score=lambda a, b: compare.score(a.facet, b.facet),
        parts=True,
    )


def resolved(triggers: Mapping[str, Trigger], rule: Rule, topics: Mapping[str, str]) -> list[list[str]]:
    """Return the mentions by event, grouped as resolution groups them, each topic apart; `topics`: document → topic."""
    found = []
    for topic in sorted(set(topics.values())):
        found += _in_topic({i: t for i, t in triggers.items() if topics[t.facet.document] == topic}, rule)
    return found


def _in_topic(triggers: Mapping[str, Trigger], rule: Rule) -> list[list[str]]:
    @functools.cache
    def known(a: str, b: str) -> float:
        return rule.score(triggers[a], triggers[b])

    def apart(one: Sequence[str], other: Sequence[str]) -> bool:
        return rule.parts and compare.groups_apart([triggers[i].facet for i in one], [triggers[i].facet for i in other])

    same = {
        (a, b): known(a, b)
        for a, b in combinations(sorted(triggers), 2)
        if rule.meet(triggers[a], triggers[b]) and known(a, b) >= compare.SAME
    }
    found = []
    for group in components(triggers, same):
        edges = {e: v for e, v in same.items() if e[0] in set(group)}
        found += clusters(group, edges, lambda a, b: known(*pair(a, b)), {}, apart)
    return found


def load_weights(file: Path) -> dict[tuple[str, str], float]:
    """Return (feature, value) → weight; StopRun where the table can't be read."""
    try:
        rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()[1:]]
        return {(name, value): float(weight) for name, value, weight in rows}
    except (OSError, ValueError) as fault:
        raise StopRun(f"{file}: {fault}") from fault
