"""Which words belong to a match of the time grammar: what the parse cuts off, and days that go on with its month."""

import re
from collections.abc import Iterator

from dragoman.annotate.times_grammar import Candidate
from dragoman.records import Parse
from dragoman.tree import head, tokens_between

_LASTS = re.compile(r"last\s+", re.IGNORECASE)
_OVER = re.compile(r"over\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_LASTING = frozenset(["be", "last", "take"])
_ATTRIBUTE = frozenset("compound nmod amod".split())
_NEXT_DAY = re.compile(r"(?:,\s*|,?\s+(?:and|or)\s+)(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[:.,]\d)")
_YEAR = re.compile(r",?\s+((?:1\d|20)\d\d)(?![\w%]|[:.,]\d)")


def trimmed(c: Candidate, parse: Parse) -> Candidate:
    """Return the match without what is no part of it: the verb "last", "over" for during, an attribute's article.

    So "one day" of "will last one day", "three years" of "paid over three years", "two-day" of "the two-day rally".
    """
    text = parse.text
    if c.name == "duration-relative" and (verb := _LASTS.match(text, c.start, c.end)) and _is_verb(parse, c.start):
        return _from(c, verb.end(), text)
    if c.kind == "duration" and (over := _OVER.match(text, c.start, c.end)) and _means_during(parse, c.start):
        return _from(c, over.end(), text)
    if c.name == "duration-the" and (article := _ARTICLE.match(text, c.start, c.end)) and _is_attribute(parse, c):
        return _from(c, article.end(), text)
    return c


def _from(c: Candidate, start: int, text: str) -> Candidate:
    parts = {k: v for k, v in c.parts.items() if k not in {"approx", "rel"}}
    return c._replace(start=start, text_lower=text[start : c.end].lower(), parts=parts)


def _is_verb(parse: Parse, start: int) -> bool:
    return tokens_between(parse, start, start + 1)[0].pos == "VERB"


def _means_during(parse: Parse, start: int) -> bool:
    over = tokens_between(parse, start, start + 1)[0]
    return over.dep == "prep" and head(parse, over.i).lemma.lower() not in _LASTING


def _is_attribute(parse: Parse, c: Candidate) -> bool:
    last = tokens_between(parse, c.start, c.end)[-1]
    return last.dep in _ATTRIBUTE and last.head > last.i


def days_after(c: Candidate, parse: Parse) -> Iterator[Candidate]:
    """Yield the days that go on with the month of a match, each an expression of its own: "April 24, 25 and 26, 2024".

    The first element is the match itself, which takes the year that stands behind the last day.
    """
    following = list(_numbers(c, parse)) if c.name == "date-month-day" and "day2" not in c.parts else []
    if not following or "year" in c.parts or "yrel" in c.parts:
        yield c
        return
    text, last = parse.text, following[-1]
    parts = {k: v for k, v in c.parts.items() if k in {"month", "rel"}}
    year = _YEAR.match(text, last.end(1))
    if year:
        parts["year"] = year[1]
    yield c._replace(parts=c.parts | parts)
    for m in following:
        end = year.end(1) if year and m is last else m.end(1)
        said = text[m.start(1) : end].lower()
        yield c._replace(start=m.start(1), end=end, parts=parts | {"day": m[1]}, text_lower=said)


def _numbers(c: Candidate, parse: Parse) -> Iterator[re.Match[str]]:
    """Yield the numbers behind a date that the parse joins to it, not those of "on April 24 and 25 people died"."""
    month = tokens_between(parse, c.start, c.end)
    joined = {t.i for t in month}
    at = c.end
    while m := _NEXT_DAY.match(parse.text, at):
        number = tokens_between(parse, m.start(1), m.end(1))[0]
        if number.head not in joined:
            return
        joined.add(number.i)
        at = m.end(1)
        yield m
