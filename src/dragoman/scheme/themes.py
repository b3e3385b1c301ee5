"""What events are about: classes of goods, kinds of theme, contexts, light verbs, from data/lexicon. No coding here."""

import functools
from collections import defaultdict
from collections.abc import Iterable
from importlib import resources

from dragoman.errors import StopRun

CARRIER = "carrier"
CONTEXTS = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism",
    "cbrn", "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip


def goods_class(lemma: str) -> str | None:
    """Return the class of goods that a noun names (energy, money, arms ...), None where it names none or a carrier."""
    found = _goods().get(lemma.lower())
    return None if found == CARRIER else found


def is_carrier(lemma: str) -> bool:
    """Return whether a noun names what carries goods (tanker, convoy)."""
    return _goods().get(lemma.lower()) == CARRIER or lemma.lower() in _carriers()


def theme_kind(lemma: str) -> str | None:
    """Return the kind of theme a noun names: agreement, project, asset, person, goods; None where it names none."""
    kind = _kinds().get(lemma.lower())
    return kind or ("goods" if goods_class(lemma) else None)


def contexts_for(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return the contexts that some lemma is a keyword of, in PLOVER's order."""
    keywords = _contexts()
    found = {context for lemma in lemmas for context in keywords.get(lemma.lower(), ())}
    return tuple(c for c in CONTEXTS if c in found)


def is_accident(lemma: str, pos: str) -> bool:
    """Return whether a word ("noun" or "verb") names a mishap or disaster, which nobody does to anybody."""
    return (lemma.lower(), pos) in _accidents()


def is_light(verb: str, noun: str) -> bool:
    """Return whether `verb` is light beside the event noun `noun`: its subject fills the noun's actor slot."""
    nouns = _light().get(verb.lower(), frozenset())
    return "*" in nouns or noun.lower() in nouns


def named_lists() -> dict[str, frozenset[str]]:
    """Return the lists that frames may name: each class of goods, all goods, carriers, each kind of theme."""
    lists: dict[str, set[str]] = defaultdict(set)
    for noun, kind in _goods().items():
        lists[kind].add(noun)
        if kind != CARRIER:
            lists["goods"].add(noun)
    lists[CARRIER] |= _carriers()
    for noun, kind in _kinds().items():
        lists[kind].add(noun)
    return {name: frozenset(nouns) for name, nouns in sorted(lists.items())}


# ---------------------------------------------------------------- loading
def _rows(name: str, columns: int) -> list[list[str]]:
    """Return the rows of a lexicon without its header; StopRun with file and line where a row is malformed."""
    text = (resources.files("dragoman") / "data" / "lexicon" / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    for number, row in enumerate(rows, 1):
        if len(row) != columns or not all(row):
            raise StopRun(f"data/lexicon/{name}:{number}: wants {columns} filled columns, has {row}")
    return rows[1:]


@functools.cache
def _goods() -> dict[str, str]:
    return {noun: kind for noun, kind in _rows("goods.tsv", 2) if kind != CARRIER} | {
        noun: kind for noun, kind in _rows("goods.tsv", 2) if kind == CARRIER and noun not in _two_sided()
    }


@functools.cache
def _two_sided() -> frozenset[str]:
    """Return the nouns that are goods or carrier by turns (truck, ship)."""
    rows = _rows("goods.tsv", 2)
    return frozenset(n for n, k in rows if k != CARRIER) & frozenset(n for n, k in rows if k == CARRIER)


@functools.cache
def _carriers() -> frozenset[str]:
    return frozenset(noun for noun, kind in _rows("goods.tsv", 2) if kind == CARRIER)


@functools.cache
def _accidents() -> frozenset[tuple[str, str]]:
    return frozenset((word, pos) for word, pos in _rows("accidents.tsv", 2))


@functools.cache
def _kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("agreements.tsv", 2)}


@functools.cache
def _light() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for verb, noun in _rows("light_verbs.tsv", 2):
        found[verb].add(noun)
    return {verb: frozenset(nouns) for verb, nouns in found.items()}


@functools.cache
def _contexts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for number, (context, words) in enumerate(_rows("contexts.tsv", 2), 2):
        if context not in CONTEXTS:
            raise StopRun(f"data/lexicon/contexts.tsv:{number}: no context {context!r}")
        for word in words.split():
            found[word].append(context)
    return {word: tuple(contexts) for word, contexts in found.items()}
