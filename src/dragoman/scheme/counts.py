"""The words that tie a number to an act and the units of goods, from data/lexicon/count_*.tsv. No coding here."""

import functools
from collections import defaultdict
from importlib import resources

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme.actors import rows

KINDS = ("killed", "wounded", "detained", "missing", "displaced", "released", "troops", "money", "goods")
SLOTS = ("object", "subject", "of", "self", "life", "toll", "number")
WANTS = ("any", "person", "civilian", "troops", "captive")
CLASSES = ("group", "person", "civilian", "troops", "captive", "through", "lives")


class Trigger(Record, frozen=True):
    """What a word says of those who stand in its slot: `of` as in `records.Count`, `wants` whom it takes."""

    of: str
    slot: str
    wants: str


def triggers(word: str, pos: str) -> tuple[Trigger, ...]:
    """Return the triggers of a word: the lemma of a "verb" or "noun", an "adjective" as it stands."""
    return _triggers().get((word.lower(), pos), ())


def in_class(lemma: str, name: str) -> bool:
    """Return whether a word is of a class of count_words.tsv; KeyError for a class that is none of CLASSES."""
    return lemma.lower() in _classes()[name]


def is_person(lemma: str) -> bool:
    """Return whether a noun names a human being; a plural that the parser takes for a name too (*six Jesuits*)."""
    known = {lemma.lower(), lemma.lower().removesuffix("s")}
    return bool(known & _classes()["person"] or known & _agents()) or lemma.lower().endswith(("sman", "chman", "woman"))


def goods_unit(kind: str, word: str) -> tuple[str, float] | None:
    """Return the unit of a quantity's unit ("measure") or counted noun ("count") and how many it is worth of it."""
    return _units().get((kind, word.lower() if kind == "count" else word))


# ---------------------------------------------------------------- loading
def _table(name: str, *columns: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a table with their lines; StopRun with file and line where one is malformed."""
    text = (resources.files("dragoman") / "data" / "lexicon" / name).read_text("utf-8")
    found = [(n, line.split("\t")) for n, line in enumerate(text.splitlines(), 1)]
    for n, row in found:
        if len(row) != len(columns) or not all(row) or (n == 1 and tuple(row) != columns):
            raise StopRun(f"data/lexicon/{name}:{n}: wants the columns {', '.join(columns)}, has {row}")
    return found[1:]


@functools.cache
def _triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for n, (word, pos, of, slot, wants) in _table("count_triggers.tsv", "word", "pos", "of", "slot", "wants"):
        if of not in KINDS or slot not in SLOTS or wants not in WANTS:
            raise StopRun(f"data/lexicon/count_triggers.tsv:{n}: no {of}, {slot} or {wants} is known")
        found[word, pos].append(Trigger(of=of, slot=slot, wants=wants))
    return {key: tuple(ts) for key, ts in found.items()}


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {name: set() for name in CLASSES}
    for n, (name, word) in _table("count_words.tsv", "class", "word"):
        if name not in found:
            raise StopRun(f"data/lexicon/count_words.tsv:{n}: no class {name}")
        found[name].add(word)
    return {name: frozenset(words) for name, words in found.items()}


@functools.cache
def _agents() -> frozenset[str]:
    """Return the nouns for single human beings among the agents of the actor layer: the last word of each."""
    named = (row["term"] for _, row in rows("agents.tsv", "term", "kind") if row["kind"] == "person")
    return frozenset(term.split()[-1] for term in named)


@functools.cache
def _units() -> dict[tuple[str, str], tuple[str, float]]:
    named = _table("count_units.tsv", "kind", "word", "unit", "factor")
    return {(kind, word): (unit, float(factor)) for _, (kind, word, unit, factor) in named}
