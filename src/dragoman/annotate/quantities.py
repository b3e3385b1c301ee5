"""Numbers with what they count: money, percentages, measures, counted nouns, and bare numbers of something.

Times and durations are times.py's.
"""

import functools
import re

from dragoman.records import Parse, Quantity, Token
from dragoman.scheme.calendar import alternatives, integers, number, number_words, table, units, words
from dragoman.tree import tokens_between

_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9,
           "tn": 1e12, "trillion": 1e12, "thousand": 1e3, "hundred": 1e2}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:\s\d/\d)?"
_NOT_COUNTED = frozenset(["TIME", "ORDINAL"])  # not DATE: the parser calls "between 40 and 50 houses" one
_NOUNS = frozenset(["NOUN", "PROPN"])
_NOT_BARE = frozenset([*_NOT_COUNTED, "DATE", "PERCENT", "MONEY", "QUANTITY"])
# Where a number stands for what it counts: *12 were killed*, *killing four*, *the toll rose to 19*.
_NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "oprd", "dep", "ROOT"])
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_FROM, _FROM_REACH = re.compile(r"\bfrom\s+$", re.IGNORECASE), 8
_OR_MORE = re.compile(r"\s+or\s+more\b")
_BETWEEN = 4  # tokens at most between a number and the noun that it counts ("two million Syrian war refugees")


@functools.cache
def _amount(mark: str = "") -> str:
    """Return the expression for an amount: its bound, a number or a range, a scale; or an indefinite ("dozens of").

    With `mark`, the expression of a currency sign, the sign stands before the number and nothing is indefinite.
    """
    bound = alternatives(r["word"] for r in table("bounds"))
    scale = "million|billion|trillion|thousand|hundred|bln|mln|bn|mn|tn"
    one = rf"(?:{_DIGITS}|{number_words()})"
    scaled = rf"(?:\s?-?(?P<scale>{scale})\b|(?<=\d)(?P<letter>[mbk])\b(?!-))?"  # not *three M-16 rifles*
    again, named = (rf"(?:{mark})?\s?", rf"(?P<unit>{mark})\s?") if mark else ("", "")
    between = rf"between\s+(?:{mark})?\s?(?P<from>{one})(?:\s(?:{scale}))?\s+and\s+"
    dash = r"\s?(?:to|-|–|or)\s?"
    upper = rf"(?:\s?(?:{scale})(?={dash}{again}{one}))?(?:{dash}{again}(?P<to>{one}))?"
    more = r"(?P<more>\s+or\s+more\b)?"
    value = rf"(?:{between})?{named}(?P<number>{one}){upper}{scaled}{more}"
    loose = "" if mark else rf"(?P<loose>{alternatives(r['word'] for r in table('indefinite'))})|"
    return rf"(?:(?P<bound>(?:{bound})(?:\s+(?:{bound}))?)\s+)?(?:{loose}{value})"


@functools.cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the expressions by kind, in the order in which they are tried."""
    symbol = alternatives(r["word"] for r in table("currencies") if r["form"] == "symbol")
    word = alternatives(r["word"] for r in table("currencies") if r["form"] == "word")
    code = f"(?-i:{alternatives(r['word'] for r in table('currencies') if r['form'] == 'code')})"
    measure = alternatives(r["word"] for r in table("measures"))
    shapes = (
        ("money", rf"(?P<vague>multi-?|several-|a\s+)?(?P<scale>million|billion|trillion)-(?P<unit>{word})"),
        ("money", _amount(f"{symbol}|{code}")),
        ("money", rf"{_amount()}[\s-]?(?P<unit>{word}|{code})"),
        ("percent", rf"{_amount()}[\s-]?(?P<unit>%|percent(?:age\s+points?)?|per\s+cent|pct)"),
        ("measure", rf"{_amount()}[\s-]?(?P<unit>{measure})"),
        ("count", _amount()),
    )
    return tuple((k, re.compile(rf"(?<![\w.,$€£-])(?:{p})(?![\w]|\.\d|,\d)", re.IGNORECASE)) for k, p in shapes)


def find_quantities(parse: Parse) -> list[Quantity]:
    """Return the quantities in order, none overlapping. `low` and `high` bound the number; a vague side is None."""
    taken: list[tuple[int, int]] = []
    found: list[Quantity] = []
    for kind, shape in _shapes():
        for m in shape.finditer(parse.text):
            if any(m.start() < e and s < m.end() for s, e in taken):
                continue
            quantity = _counted(parse, m) if kind == "count" else _measured(parse, kind, m)
            if quantity is not None:
                taken.append((quantity.start, quantity.end))
                found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _measured(parse: Parse, kind: str, m: re.Match[str]) -> Quantity | None:
    unit = " ".join((m["unit"] or "").split())
    low, high = _bounds(m)
    if kind == "percent":
        said: str | None = "percentage points" if "point" in unit.lower() else "%"
    elif kind == "measure":
        said = words("measures", "word", "unit")[unit.lower()]
    else:
        said = _currency(unit)
    return Quantity(
        start=m.start(), end=m.end(), text=parse.text[m.start() : m.end()], kind=kind, low=low, high=high, unit=said
    )


def _currency(unit: str) -> str:
    return words("currencies", "word", "code")[unit.lower()]


def _bounds(m: re.Match[str]) -> tuple[float | None, float | None]:
    """Return the lowest and the highest number that the words allow."""
    said = m.groupdict()
    if loose := said.get("loose"):
        return float(integers("indefinite", "word", "low")[" ".join(loose.lower().split())]), None
    scale = _SCALES.get((said.get("scale") or said.get("letter") or "").lower(), 1.0)
    if "number" not in said:  # "multi-million-dollar": two or more of them; "a billion-dollar": one
        return (
            (2 * scale, None) if (said.get("vague") or "").lower().startswith(("multi", "several")) else (scale, scale)
        )
    value = number(said["number"] or "")
    if value is None:
        return None, None
    other = number(said.get("from") or said.get("to") or "")
    if other is not None:
        low, high = sorted((value, other))
        low, high = (round(b * scale, 6) if b < scale else b for b in (low, high))
        return low, high
    value = round(value * scale, 6)  # 4.1 times a thousand million is a whole number
    if said.get("more"):
        return value, None
    bound = _bound(said.get("bound") or "")
    return (value, None) if bound == "low" else (None, value) if bound == "high" else (value, value)


def _bound(said: str) -> str:
    """Return what a bound or two of them say: *over* of *over an estimated*; *about* where they only approximate."""
    known = words("bounds", "word", "bound")
    whole = " ".join(said.lower().split())
    pieces = (whole, *(w for w in known if whole.startswith(f"{w} ") or whole.endswith(f" {w}")))
    found = [known[w] for w in pieces if w in known]
    return next((b for b in found if b != "about"), "about")


def _counted(parse: Parse, m: re.Match[str]) -> Quantity | None:
    """Return a count with the noun that its number hangs on; None for a bare number, a date, a time, a rank."""
    inside = tokens_between(parse, m.start(), m.end())
    if not inside or inside[-1].ent in _NOT_COUNTED or (m["number"] or "").lower() == "one":
        return None
    noun = _noun(parse, inside)
    if noun is None:
        return _bare(parse, m, inside[-1])
    if noun.text.lower() in _calendar_words() or _is_year(m, noun):
        return None
    low, high = _bounds(m)
    end = noun.end
    if low is not None and (after := _OR_MORE.match(parse.text, end)):
        high, end = None, after.end()
    text = parse.text[m.start() : end]
    return Quantity(start=m.start(), end=end, text=text, kind="count", low=low, high=high, unit=noun.lemma.lower())


def _bare(parse: Parse, m: re.Match[str], last: Token) -> Quantity | None:
    """Return a number that stands for what it counts; None where it may be a date, an age, a page, a score."""
    before = last.dep == "nummod" and parse.tokens[last.head].pos in ("ADJ", "VERB")  # *305 dead*, *12 wounded*
    if last.ent in _NOT_BARE or not (before or last.dep in _NOMINAL) or _YEAR.fullmatch(m[0]):
        return None
    (low, high), start = _bounds(m), m.start()
    if m["to"] and _FROM.search(parse.text, max(0, start - _FROM_REACH), start):  # *rose from 40 to 60*: no range
        low, start = high, m.start("to")
    return Quantity(start=start, end=m.end(), text=parse.text[start : m.end()], kind="number", low=low, high=high)


@functools.cache
def _calendar_words() -> frozenset[str]:
    """Return the nouns whose number is a time or a date: years, March, Mondays."""
    return frozenset([*units(), *words("months", "word", "form"), *words("weekdays", "word", "form")])


def _noun(parse: Parse, inside: list[Token]) -> Token | None:
    last = inside[-1]
    if last.text.lower() == "of":
        return next((k for k in map(parse.tokens.__getitem__, parse.children[last.i]) if k.dep == "pobj"), None)
    seen = {t.i for t in inside}
    node = last
    while node.head in seen and node.head != node.i:
        node = parse.tokens[node.head]
    head = parse.tokens[node.head]
    near = 0 < head.i - last.i <= _BETWEEN and head.sentence == last.sentence
    return (
        head if near and node.dep in {"nummod", "amod", "quantmod", "compound", "det"} and head.pos in _NOUNS else None
    )


def _is_year(m: re.Match[str], noun: Token) -> bool:
    """Return whether the number is a bare year before a noun ("the 2016 elections")."""
    said = m[0]
    return bool(_YEAR.fullmatch(said)) and (
        noun.tag != "NNS" or noun.lemma.lower() not in {"people", "person", "man", "soldier"}
    )
