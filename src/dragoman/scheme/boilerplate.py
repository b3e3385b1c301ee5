"""Loads data/boilerplate: patterns of lines that are no text of a report, file signatures, words. It cuts nothing."""

import functools
import re
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record

KINDS = ("caption", "credit", "cut", "head", "link", "section", "tail")


class LineRule(Record, frozen=True):
    """One kind of boilerplate line: where it may be cut (`kind`, see SOURCE.md), its pattern, a line that matches."""

    kind: str
    pattern: str
    example: str


class Signature(Record, frozen=True):
    """The first bytes of a kind of file that holds no plain text, its name, and what its owner can do."""

    prefix: bytes
    name: str
    advice: str


@functools.cache
def line_rules() -> tuple[LineRule, ...]:
    """Return the rules of lines.tsv in file order; StopRun names the line of a rule that misses its own example."""
    return tuple(
        _checked(number, LineRule(kind=k, pattern=p, example=e)) for number, (k, p, e) in _rows("lines.tsv", 3)
    )


@functools.cache
def line_pattern(kind: str) -> re.Pattern[str]:
    """Return one pattern for all rules of a kind: of the whole line, for `credit` of its end."""
    joined = "|".join(f"(?:{r.pattern})" for r in line_rules() if r.kind == kind)
    return re.compile(f"(?:{joined})$" if kind == "credit" else f"(?:{joined})\\Z", re.IGNORECASE)


@functools.cache
def signatures() -> tuple[Signature, ...]:
    """Return the file signatures, longest first."""
    found = [Signature(prefix=bytes.fromhex(h), name=n, advice=a) for _, (h, n, a) in _rows("signatures.tsv", 3)]
    return tuple(sorted(found, key=lambda s: (-len(s.prefix), s.prefix)))


@functools.cache
def function_words() -> frozenset[str]:
    """Return frequent English words that other languages in Latin letters lack."""
    return frozenset(row[0] for _, row in _rows("function_words.tsv", 1))


@functools.cache
def meta_names(kind: str) -> tuple[str, ...]:
    """Return the names under which HTML meta elements keep a page's `published` or `publisher`, the best first."""
    rows = [(int(priority), name) for _, (of, priority, name) in _rows("meta_names.tsv", 3) if of == kind]
    return tuple(name for _, name in sorted(rows))


def _rows(name: str, width: int) -> list[tuple[int, list[str]]]:
    """Return line number and cells of each row below the header line."""
    lines = files("dragoman").joinpath("data", "boilerplate", name).read_text(encoding="utf8").splitlines()
    rows = [(n, line.split("\t")) for n, line in enumerate(lines[1:], 2)]
    for number, cells in rows:
        if len(cells) != width or not all(cells):
            raise StopRun(f"data/boilerplate/{name}:{number}: {width} filled columns are needed, {len(cells)} found")
    return rows


def _checked(number: int, rule: LineRule) -> LineRule:
    where = f"data/boilerplate/lines.tsv:{number}"
    if rule.kind not in KINDS:
        raise StopRun(f"{where}: the kind {rule.kind!r} is none of {', '.join(KINDS)}")
    try:
        pattern = re.compile(rule.pattern, re.IGNORECASE)
    except re.error as e:
        raise StopRun(f"{where}: the pattern is no regular expression: {e}") from e
    matched = (
        re.search(f"(?:{rule.pattern})$", rule.example, re.IGNORECASE)
        if rule.kind == "credit"
        else pattern.fullmatch(rule.example)
    )
    if not matched:
        raise StopRun(f"{where}: the pattern does not match its example {rule.example!r}")
    return rule
