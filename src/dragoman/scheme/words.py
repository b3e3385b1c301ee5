"""Closed classes of words that the grammar of acts asks for, read from data/lexicon/word_classes.tsv."""

import functools
from collections import defaultdict
from importlib import resources

from dragoman.errors import StopRun

CLASSES = (
    "area",
    "bearer",
    "blaming",
    "building",
    "calling",
    "conveying",
    "deed",
    "happening",
    "impact",
    "locative",
    "means",
    "medium",
    "motion",
    "object_control",
    "open",
    "other_time",
    "phone_call",
    "promising",
    "putting",
    "quantifier",
    "resting",
    "source_phrase",
    "striking",
    "town",
    "untrue",
    "wording",
)


def in_class(word: str, name: str) -> bool:
    """Return whether a word, in any case, is of a class; KeyError for a class that is none of CLASSES."""
    return word.lower() in _classes()[name]


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    lines = (resources.files("dragoman") / "data" / "lexicon" / "word_classes.tsv").read_text("utf-8").splitlines()
    found: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(lines[1:], 2):
        name, _, word = line.partition("\t")
        if name not in CLASSES or not word:
            raise StopRun(f"data/lexicon/word_classes.tsv:{number}: wants a class of {', '.join(CLASSES)} and a word")
        found[name].add(word)
    return {name: frozenset(found[name]) for name in CLASSES}
