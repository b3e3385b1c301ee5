"""Loads data/stories: in how many articles a word stands, and the weights for comparing two. It compares none."""

import functools
from collections.abc import Mapping
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record


class Background(Record, frozen=True):
    """How many of `articles` articles hold each word, as stems of resolve/stories_words.py; rarer ones are left out."""

    articles: int
    counts: Mapping[str, int]

    def share(self, word: str) -> float:
        """Return the share of articles that hold a word."""
        return self.counts.get(word, 0) / self.articles


class PairWeights(Record, frozen=True):
    """Weights in log-odds by feature, with and without the neighbours of the two articles."""

    alone: Mapping[str, float]
    among: Mapping[str, float]


@functools.cache
def background() -> Background:
    """Return the counts of background.tsv, whose first row (`*`) holds the number of articles."""
    counts = {word: _number("background.tsv", n, count) for n, word, count in _rows("background.tsv")}
    if not counts.get("*"):
        raise StopRun("data/stories/background.tsv: the row * with the number of articles is missing")
    articles = counts.pop("*")
    return Background(articles=articles, counts=counts)


@functools.cache
def pair_weights() -> PairWeights:
    """Return the weights of weights.tsv: rows `alone.FEATURE` and `among.FEATURE`."""
    found: dict[str, dict[str, float]] = {"alone": {}, "among": {}}
    for number, name, weight in _rows("weights.tsv"):
        stage, _, feature = name.partition(".")
        if stage not in found:
            raise StopRun(f"data/stories/weights.tsv:{number}: {stage!r} is neither alone nor among")
        found[stage][feature] = float(weight)
    return PairWeights(alone=found["alone"], among=found["among"])


def _number(name: str, line: int, cell: str) -> int:
    if not cell.isdecimal():
        raise StopRun(f"data/stories/{name}:{line}: {cell!r} is no number of articles")
    return int(cell)


def _rows(name: str) -> list[tuple[int, str, str]]:
    """Return line number and the two cells of each row below the header line."""
    lines = files("dragoman").joinpath("data", "stories", name).read_text(encoding="utf8").splitlines()
    rows = [(n, *line.partition("\t")[::2]) for n, line in enumerate(lines[1:], 2)]
    for n, word, cell in rows:
        if not word or not cell:
            raise StopRun(f"data/stories/{name}:{n}: two filled columns are needed")
    return rows
