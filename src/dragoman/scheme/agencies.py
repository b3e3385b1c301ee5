"""Loads data/agencies: news agencies, how they are credited, the marks of updates. It reads no document."""

import functools
import re
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.text import fold

KINDS = ("byline", "contribution", "dateline", "report", "signoff")
ZONES = ("any", "head", "tail")
VERSION_KINDS = ("notice", "title")
_UNLISTED = (  # what calls itself one
    r"(?:[A-Z][\w’'-]+ ){1,3}(?:News|Press|Information) (?:Agency|Service|Wire)"
    r"|(?:[A-Z][\w’'-]+ ){1,2}(?:Newswire|Wire)"
)
_UNLISTED_ENDS = ("Agency", "Service", "Wire", "Newswire")
_CLASS = re.compile(r"\[\^(?:[^\]\\]|\\.)*\]")  # of all characters but these


class CreditRule(Record, frozen=True):
    """One form of credit: its kind, where in a text it stands, its pattern with a group `agency`."""

    kind: str
    zone: str
    pattern: str

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern; `^` and `$` are ends of lines (`re` keeps what it has compiled)."""
        return re.compile(self.pattern, re.MULTILINE)


def agency_named(name: str) -> str | None:
    """Return the agency that bears a name, whatever its case and punctuation; None where none does."""
    return _names().get(fold(name))


@functools.cache
def credit_rules() -> tuple[CreditRule, ...]:
    """Return the rules of credits.tsv in file order; StopRun names the line of a rule that misses its own example."""
    names = sorted({n for forms in _agencies().values() for n in forms}, key=lambda n: (-len(n), n))
    agency = f"(?<!\\w)(?P<agency>{'|'.join(re.escape(n) for n in names)}|{_UNLISTED})(?!\\w)"
    return tuple(_credit(*row, agency=agency) for row in _rows("credits.tsv", 4))


@functools.lru_cache(maxsize=1024)  # a document is asked for its credits, for its own words and sentence by sentence
def lines_naming(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the lines in which a rule of credits can match: those that name an agency.

    Looking for the names is a hundred times quicker than trying the rules, and no rule reaches over the end of a line.
    """
    found: set[tuple[int, int]] = set()
    for name in _marks():
        at = text.find(name)
        while at >= 0:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            found.add((text.rfind("\n", 0, at) + 1, end))
            at = text.find(name, end)
    return tuple(sorted(found))


@functools.cache
def _marks() -> tuple[str, ...]:
    """Return strings of which one stands in whatever the group `agency` matches."""
    names = {*_UNLISTED_ENDS, *(n for forms in _agencies().values() for n in forms)}
    return tuple(sorted(n for n in names if not any(o in n for o in names - {n})))


@functools.cache
def version_pattern(kind: str) -> re.Pattern[str]:
    """Return one pattern for the marks of a kind: `title` of the beginning of a title, `notice` of a line of text."""
    return re.compile("|".join(f"(?:{p})" for k, p in _versions() if k == kind), re.MULTILINE)


@functools.cache
def house_pattern() -> re.Pattern[str]:
    """Return one pattern for the marks of sentences in which a page speaks of itself or to its reader."""
    for where, (pattern, example) in _rows("house.tsv", 2):
        if not re.search(_regex(where, pattern), example):
            raise StopRun(f"{where}: the pattern does not match its example {example!r}")
    return re.compile("|".join(f"(?:{pattern})" for _, (pattern, _example) in _rows("house.tsv", 2)))


def _credit(where: str, cells: list[str], *, agency: str) -> CreditRule:
    kind, zone, pattern, example = cells
    if kind not in KINDS or zone not in ZONES:
        raise StopRun(f"{where}: {kind!r} is no kind or {zone!r} no zone")
    if any("\\n" not in c for c in _CLASS.findall(pattern)) or re.search(r"\\[sWDn]", _CLASS.sub("", pattern)):
        raise StopRun(f"{where}: the pattern can reach over the end of a line; say [^\\n…] and a plain space")
    rule = CreditRule(kind=kind, zone=zone, pattern=_regex(where, pattern.replace("{agency}", agency)))
    if not rule.compiled().search(example):
        raise StopRun(f"{where}: the pattern does not match its example {example!r}")
    return rule


@functools.cache
def _versions() -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for where, (kind, pattern, example) in _rows("versions.tsv", 3):
        if kind not in VERSION_KINDS:
            raise StopRun(f"{where}: the kind {kind!r} is none of {', '.join(VERSION_KINDS)}")
        if not re.match(_regex(where, pattern), example):
            raise StopRun(f"{where}: the pattern does not match its example {example!r}")
        found.append((kind, pattern))
    return tuple(found)


def _regex(where: str, pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as e:
        raise StopRun(f"{where}: the pattern is no regular expression: {e}") from e
    return pattern


@functools.cache
def _agencies() -> dict[str, tuple[str, ...]]:
    """Return the forms of each agency's name by its name."""
    return {
        name: (name, *filter(None, aliases.split("|"))) for _, (name, aliases, _country) in _rows("agencies.tsv", 3)
    }


@functools.cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, forms in _agencies().items():
        for form in forms:
            if found.setdefault(fold(form), name) != name:
                raise StopRun(f"data/agencies/agencies.tsv: {form!r} is a name of two agencies")
    return found


def _rows(name: str, width: int) -> list[tuple[str, list[str]]]:
    """Return place and cells of each row below the header line."""
    lines = files("dragoman").joinpath("data", "agencies", name).read_text(encoding="utf8").splitlines()
    rows = [(f"data/agencies/{name}:{n}", line.split("\t")) for n, line in enumerate(lines[1:], 2)]
    for where, cells in rows:
        if len(cells) != width or not cells[0]:
            raise StopRun(f"{where}: {width} columns are needed, {len(cells)} found")
    return rows
