"""The tables for comparing names, loaded from data/names and checked. No name is compared here."""

import functools
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme.actors import rows as actor_rows
from dragoman.text import fold

KINDS = ("given", "family", "syllable")
PARTICLES = ("article", "link")
LEGAL_CLASSES = ("any", "joint", "limited", "nonprofit", "state")
WORD_CLASSES = ("place", "plain", "stop", "telling")
LANGUAGES = ("ko", "ja")
PLACES = ("after", "before", "beside")


class OrganisationWord(Record, frozen=True):
    """A common word of organisations: the word that stands for all its spellings, and its class (WORD_CLASSES)."""

    word: str
    kind: str


class NameTables(Record, frozen=True):
    """All tables of data/names, by spelling. Spellings are folded, save those in Arabic or Hebrew letters."""

    names: dict[str, frozenset[str]]  # spelling -> given and family names, each "region:name"
    given: frozenset[str]  # spellings that are given names
    syllables: dict[str, frozenset[str]]  # spelling -> Chinese and Korean syllables
    nicknames: dict[str, frozenset[str]]  # nickname -> names that it is short for
    titles: dict[str, str]  # word -> before a name, after it, or beside it: dropped where two words are left
    articles: frozenset[str]
    links: frozenset[str]
    legal_forms: dict[tuple[str, ...], str]  # words -> class
    legal_words: tuple[str, ...]  # longer words of legal forms, sorted: what a misspelling is held against
    words: dict[str, OrganisationWord]
    numbers: dict[str, int]
    han: dict[str, dict[str, str]]  # language -> characters -> reading
    pinyin: dict[str, str]  # Wade-Giles syllable -> pinyin, the commoner where there are two


def _rows(table: str, *columns: str) -> Iterator[tuple[str, list[str]]]:
    """Yield place and cells of each row of a table; StopRun where its head or a row is not as it should be."""
    lines = (files("dragoman") / "data" / "names" / table).read_text("utf-8").splitlines()
    if tuple(lines[0].split("\t")) != columns:
        raise StopRun(f"data/names/{table}:1: wants the columns {', '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns) or not cells[0]:
            raise StopRun(f"data/names/{table}:{number}: wants {len(columns)} cells, the first not empty")
        yield f"data/names/{table}:{number}", cells


def _one_of(value: str, known: tuple[str, ...], place: str) -> str:
    if value not in known:
        raise StopRun(f"{place}: {value!r} is none of {', '.join(known)}")
    return value


def _frozen(found: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {k: frozenset(v) for k, v in found.items()}


def _variants() -> tuple[dict[str, frozenset[str]], frozenset[str], dict[str, frozenset[str]]]:
    """Return names by spelling, spellings of given names, syllables by spelling."""
    names: dict[str, set[str]] = defaultdict(set)
    syllables: dict[str, set[str]] = defaultdict(set)
    given: set[str] = set()
    for place, (region, kind, name, spellings) in _rows("variants.tsv", "region", "kind", "name", "spellings"):
        _one_of(kind, KINDS, place)
        for spelling in (name, *spellings.split()):
            (syllables if kind == "syllable" else names)[spelling].add(f"{region}:{name}")
            if kind == "given":
                given.add(spelling)
    for _, (spelling, pinyin) in _rows("wade_giles.tsv", "wade_giles", "pinyin"):
        for syllable in pinyin.split():
            syllables[spelling].add(f"zh:{syllable}")
            syllables[syllable].add(f"zh:{syllable}")
    return _frozen(names), frozenset(given), _frozen(syllables)


def _nicknames() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, (name, nicknames) in _rows("nicknames.tsv", "name", "nicknames"):
        for nickname in nicknames.split():
            found[nickname].add(name)
    return _frozen(found)


def _words() -> dict[str, OrganisationWord]:
    found: dict[str, OrganisationWord] = {}
    for place, (kind, word, spellings) in _rows("words.tsv", "class", "word", "spellings"):
        entry = OrganisationWord(word=word, kind=_one_of(kind, WORD_CLASSES, place))
        found |= dict.fromkeys((word, *spellings.split()), entry)
    for state, spelt in _states():
        found = dict.fromkeys(spelt, state) | found
    return found


def _states() -> Iterator[tuple[OrganisationWord, list[str]]]:
    """Yield the states of the actor lexicon with their names and adjectives of one word."""
    for _, row in actor_rows("countries.tsv", "code", "name"):
        names = [row["name"], *row["aliases"].split("|"), *row["adjectives"].split("|")]
        spellings = [fold(n) for n in names if n and " " not in fold(n)]
        yield OrganisationWord(word=fold(row["name"]).replace(" ", ""), kind="place"), spellings


def _han() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for place, (language, characters, reading) in _rows("han.tsv", "language", "characters", "reading"):
        found[_one_of(language, LANGUAGES, place)][characters] = reading
    return found


def _legal() -> dict[tuple[str, ...], str]:
    return {
        tuple(form.split()): _one_of(kind, LEGAL_CLASSES, place)
        for place, (form, kind) in _rows("legal_forms.tsv", "form", "class")
    }


@functools.cache
def name_tables() -> NameTables:
    """Return all tables, read once; StopRun with the place of the fault where one is damaged."""
    names, given, syllables = _variants()
    particles = [(w, _one_of(k, PARTICLES, place)) for place, (w, k) in _rows("particles.tsv", "word", "kind")]
    legal = _legal()
    return NameTables(
        names=names,
        given=given,
        syllables=syllables,
        nicknames=_nicknames(),
        titles={w: _one_of(p, PLACES, place) for place, (w, p) in _rows("titles.tsv", "word", "place")},
        articles=frozenset(w for w, k in particles if k == "article"),
        links=frozenset(w for w, k in particles if k == "link"),
        legal_forms=legal,
        legal_words=tuple(sorted({w for form in legal for w in form if len(w) >= 5})),
        words=_words(),
        numbers={w: int(v) for _, (w, v) in _rows("numbers.tsv", "word", "value")},
        han=_han(),
        pinyin={w: p.split()[0] for _, (w, p) in _rows("wade_giles.tsv", "wade_giles", "pinyin")},
    )
