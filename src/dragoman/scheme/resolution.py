"""What decides whether two tellings mean one event: weights, kindred acts, word classes, from data/resolution."""

import functools
from collections import defaultdict
from importlib import resources

from dragoman.errors import StopRun

FOLDER = ("data", "resolution")


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a class: `empty` (no content), `apart` (tell one act from another); KeyError for others."""
    return _classes()[name]


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, word in _rows("words.tsv", 2):
        found[name].add(word)
    return {name: frozenset(words) for name, words in found.items()}


@functools.cache
def kindred() -> frozenset[frozenset[str]]:
    """Return the pairs of PLOVER types that two readers of one act may give it."""
    return frozenset(frozenset(row) for row in _rows("kin.tsv", 2))


@functools.cache
def same_event_weights() -> dict[tuple[str, str], float]:
    """Return (feature, value) → weight in log-odds; StopRun where a weight is no number."""
    found = {}
    for feature, value, weight in _rows("same_event.tsv", 3):
        try:
            found[feature, value] = float(weight)
        except ValueError as fault:
            raise StopRun(f"data/resolution/same_event.tsv: {weight!r} of {feature} {value} is no weight") from fault
    return found


def _rows(name: str, width: int) -> list[tuple[str, ...]]:
    """Return the rows of a table below its heading; StopRun for a row of another width."""
    lines = resources.files("dragoman").joinpath(*FOLDER, name).read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines[1:]]
    for number, row in enumerate(rows, 2):
        if len(row) != width or not all(row):
            raise StopRun(f"data/resolution/{name}:{number}: wants {width} columns")
    return rows
