"""What matters, flows and contacts are known by: stages, kinds of matter, goods, roles, from data/dossiers. No text."""

import functools
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme import actors, themes
from dragoman.text import fold

FOLDER = ("data", "dossiers")
STAGES = (
    "proposed", "negotiating", "agreed", "signed", "ratified", "under way", "delivered", "suspended", "refused",
    "cancelled", "ended",
)  # fmt: skip
MATTERS = ("agreement", "project", "asset", "sanction", "case", "talks", "aid")
LEVELS = ("leaders", "ministers", "officials", "others")
FORMS = ("phone", "visit", "meeting", "talks")
CLASSES = (
    "generic",
    "opening",
    "taking",
    "pledging",
    "container",
    "custody",
    "request",
    "silence",
    "about",
    "privy",
    "delegated",
)
ANY = "*"


class StageRow(Record, frozen=True):
    """Words that tell a stage, of matters of these kinds; no kind means any."""

    words: tuple[str, ...]
    matters: frozenset[str]
    stage: str


@functools.cache
def stage_rows() -> tuple[StageRow, ...]:
    """Return the words that tell stages, phrases before single words, longer ones first."""
    found = []
    for words, matters, stage in _rows("stages.tsv", 3):
        _one_of("stages.tsv", stage, STAGES)
        found.append(StageRow(words=tuple(words.split()), matters=_matters("stages.tsv", matters), stage=stage))
    return tuple(sorted(found, key=lambda r: -len(r.words)))


@functools.cache
def stages_by_word() -> dict[str, tuple[tuple[int, StageRow], ...]]:
    """Return first word → the rows that begin with it, each with its place in `stage_rows`."""
    found: dict[str, list[tuple[int, StageRow]]] = defaultdict(list)
    for rank, row in enumerate(stage_rows()):
        found[row.words[0]].append((rank, row))
    return {word: tuple(rows) for word, rows in found.items()}


@functools.cache
def stage_words() -> frozenset[str]:
    """Return the single words that tell a stage and name no matter."""
    return frozenset(r.words[0] for r in stage_rows() if len(r.words) == 1) - frozenset(matter_nouns())


@functools.cache
def stages_of_acts() -> dict[tuple[str, str], str]:
    """Return (PLOVER type, kind of matter) → the stage where no word tells another."""
    rows = _rows("acts.tsv", 3)
    for _, matter, stage in rows:
        _one_of("acts.tsv", stage, STAGES)
        _one_of("acts.tsv", matter, MATTERS)
    return {(act, matter): stage for act, matter, stage in rows}


@functools.cache
def matter_nouns() -> dict[str, str]:
    """Return noun → the kind of matter that it names."""
    rows = _rows("nouns.tsv", 2)
    for _, kind in rows:
        _one_of("nouns.tsv", kind, MATTERS)
    return {row[0]: row[1] for row in rows}


@functools.cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a class of CLASSES; KeyError for others."""
    found: dict[str, set[str]] = {c: set() for c in CLASSES}
    for kind, word in _rows("words.tsv", 2):
        _one_of("words.tsv", kind, CLASSES)
        found[kind].add(word)
    return frozenset(found[name])


def commodity(noun: str) -> str | None:
    """Return the commodity class of a noun (energy, arms, food, currency, money …), None where it names no goods."""
    tables = _commodities()
    return tables["noun"].get(noun) or tables["class"].get(themes.goods_class(noun) or "")


def goods_key(noun: str) -> str:
    """Return what goods are compared by: `~` and their kin (diesel is fuel), else their noun; "" for no goods."""
    kind = commodity(noun)
    if kind is None or noun in words_of("container"):
        return ""
    return f"~{kind if kind == 'currency' else _commodities()['kin'].get(noun, noun)}"


@functools.cache
def _commodities() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"noun": {}, "class": {}, "kin": {}}
    for kind, name, value in _rows("commodities.tsv", 3):
        _one_of("commodities.tsv", kind, tuple(found))
        found[kind][name] = value
    return found


@functools.lru_cache(maxsize=1 << 12)
def level_of(role: str) -> str | None:
    """Return the level of an office as told, by the longest role that stands in it; None where it names none."""
    said = f" {fold(role)} "
    fitting = [(len(name), level) for name, level in _roles() if f" {name} " in said or f" {name}s " in said]
    return max(fitting)[1] if fitting else None


@functools.cache
def _roles() -> tuple[tuple[str, str], ...]:
    rows = _rows("roles.tsv", 2)
    for _, level in rows:
        _one_of("roles.tsv", level, LEVELS)
    return tuple((fold(role), level) for role, level in rows)


@functools.cache
def form_of(word: str) -> str | None:
    """Return the form of contact that a word tells (phone, visit, meeting, talks), None where it tells none."""
    return _forms().get(word.lower())


@functools.cache
def _forms() -> dict[str, str]:
    rows = _rows("forms.tsv", 2)
    for _, form in rows:
        _one_of("forms.tsv", form, FORMS)
    return {row[0]: row[1] for row in rows}


@functools.cache
def state_words() -> dict[str, str]:
    """Return folded word of a state's name, adjective, people, capital or seat → the code of the state."""
    found: dict[str, str] = {}
    for _, row in actors.rows("countries.tsv", "code", "name", "aliases", "adjectives", "people", "capitals", "seats"):
        cells = (row["name"], row["aliases"], row["adjectives"], row["people"], row["capitals"], row["seats"])
        for name in (n for cell in cells for n in actors.listed(cell)):
            found.setdefault(fold(name), row["code"])
    return found


def state_named(name: str) -> str | None:
    """Return the code of the state that a name, adjective or capital means, None where it means none."""
    return state_words().get(fold(name))


@functools.cache
def state_names() -> dict[str, str]:
    """Return code → the name of the state."""
    return {row["code"]: row["name"] for _, row in actors.rows("countries.tsv", "code", "name")}


@functools.lru_cache(maxsize=1 << 16)  # news has few words, each many times
def bases(word: str) -> tuple[str, ...]:
    """Return the forms that an English word may be an inflection of, itself first: *signed*, *sign*, *signe*."""
    return tuple(_bases(word))


def _bases(word: str) -> Iterator[str]:
    yield word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: -len(ending)] + instead
            yield stem
            if not instead and len(stem) > _SHORTEST and stem[-1] == stem[-2]:
                yield stem[:-1]


_SHORTEST = 2  # letters that are left of a word without its ending: *get* of *getting*, *go* of *goes*
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
)  # fmt: skip


# ---------------------------------------------------------------- loading
def _matters(name: str, cell: str) -> frozenset[str]:
    if cell == ANY:
        return frozenset()
    for kind in cell.split("|"):
        _one_of(name, kind, MATTERS)
    return frozenset(cell.split("|"))


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise StopRun(f"data/dossiers/{name}: {value!r} is none of {', '.join(known)}")


def _rows(name: str, width: int) -> list[tuple[str, ...]]:
    """Return the rows of a table below its heading; StopRun for a row of another width or a row told twice."""
    lines = resources.files("dragoman").joinpath(*FOLDER, name).read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines[1:]]
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    for number, row in enumerate(rows, 2):
        seen[row] += 1
        if len(row) != width or not all(row) or seen[row] > 1:
            raise StopRun(f"data/dossiers/{name}:{number}: wants {width} filled columns, no row twice")
    return rows
