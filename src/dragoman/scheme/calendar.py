"""The lexicon of data/calendar: months, units, number words, patterns. It reads and checks, it searches no text."""

import functools
import re
from collections.abc import Iterable
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record

_DIGITS = re.compile(r"(\d[\d,]*)?(\.\d+)?(?:\s+(\d)/(\d))?")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


class Unit(Record, frozen=True):
    """A unit of time: `code` is the letter of a TIMEX3 duration (with T for clock units), `times` how many of it."""

    name: str
    code: str
    times: int
    many: bool


class Pattern(Record, frozen=True):
    """One expression of the grammar: a regular expression over `{macros}`, its reading, an example it must match."""

    name: str
    kind: str
    pattern: str
    example: str


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `data/calendar/<name>.tsv` as dicts; raise StopRun with the line at fault."""
    path = f"data/calendar/{name}.tsv"
    lines = (files("dragoman") / path).read_text(encoding="utf8").splitlines()
    head = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(head):
            raise StopRun(f"{path}:{number}: {len(cells)} cells where the header has {len(head)}")
        rows.append(dict(zip(head, cells, strict=True)))
    return tuple(rows)


@functools.cache
def words(name: str, key: str, value: str) -> dict[str, str]:
    """Return one column of a table by another; the key is folded to lower case."""
    return {row[key].lower(): row[value] for row in table(name)}


@functools.cache
def integers(name: str, key: str, value: str) -> dict[str, int]:
    """Return one integer column of a table by another; raise StopRun for a cell that is none."""
    found = {}
    for row in table(name):
        if not row[value].isdigit():
            raise StopRun(f"data/calendar/{name}.tsv: {row[key]!r} has {row[value]!r} where a whole number belongs")
        found[row[key].lower()] = int(row[value])
    return found


@functools.cache
def currencies(word: str) -> dict[str, str]:
    """Return the ISO 4217 code by country of a money word that several states use; none for any other word."""
    return {row["country"]: row["code"] for row in table("currency_countries") if row["word"] == word.lower()}


@functools.cache
def units() -> dict[str, Unit]:
    """Return the units of time by word, singular and plural."""
    times = integers("units", "word", "times")
    return {
        row["word"]: Unit(name=row["unit"], code=row["code"], times=times[row["word"]], many=row["number"] == "many")
        for row in table("units")
    }


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """Return the time expressions of the grammar, in file order."""
    return tuple(Pattern(**row) for row in table("patterns"))


def alternatives(found: Iterable[str]) -> str:
    """Return a regular expression for any of the words, the longest first; spaces stand for any white space."""
    ordered = sorted(set(found), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


@functools.cache
def number_words() -> str:
    """Return a regular expression for a number in words: "forty", "twenty-four", "a hundred and ten"."""
    word = alternatives(integers("numbers", "word", "value"))
    small = alternatives(w for w, form in words("numbers", "word", "form").items() if form != "scale")
    scale = alternatives(w for w, form in words("numbers", "word", "form").items() if form == "scale")
    more = (
        rf"(?:(?:\s+|-)(?:and\s+)?(?:{word})\b){{0,7}}"  # bounded: a page of number words must not take quadratic time
    )
    return rf"(?:(?:{small})\b{more}|(?:a|an|half\s+a)\s+(?:{scale})\b{more})"


def number(text: str) -> float | None:
    """Return the value of a number in digits or words ("1,200", "2 1/2", "a hundred and ten"), None for no number."""
    total = part = 0.0
    seen = False
    for piece in re.findall(r"[\d,.]*\d(?:\s+\d/\d)?|[½¼¾]|[a-z]+", text.lower()):
        if piece in {"a", "an", "and", "of"}:
            continue
        if piece == "half":
            part, seen = part + 0.5, True
        elif piece in _FRACTIONS:
            part, seen = part + _FRACTIONS[piece], True
        elif piece[0].isdigit() or piece[0] in ".,":
            part, seen = part + _digits(piece), True
        elif (value := integers("numbers", "word", "value").get(piece)) is None:
            return None
        elif words("numbers", "word", "form")[piece] == "scale":
            part, seen = (part or 1.0) * value, True
            if value > 100:
                total, part = total + part, 0.0
        else:
            part, seen = part + value, True
    return total + part if seen else None


def _digits(said: str) -> float:
    """Return the value of "1,200", "2.5" or "2 1/2"."""
    m = _DIGITS.fullmatch(said)
    if m is None:
        return float(re.sub(r"[^\d]", "", said) or 0)
    value = float((m[1] or "0").replace(",", "") + (m[2] or ""))
    return value + (int(m[3]) / int(m[4]) if m[3] and int(m[4]) else 0.0)
