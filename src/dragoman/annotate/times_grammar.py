"""Finding the words of time expressions: the patterns of data/calendar, compiled. No values are worked out here."""

import functools
import re
from typing import NamedTuple

from dragoman.scheme.calendar import Pattern, alternatives, integers, number_words, patterns, table, units, words

_GROUP = re.compile(r"\(\?P<(\w+)>")
_BLANK_LINE = re.compile(r"\n\s*\n")


class Candidate(NamedTuple):
    """A match of the grammar: its reading, offsets, and the named parts that are there (in the words of the text)."""

    name: str
    kind: str
    start: int
    end: int
    parts: dict[str, str]
    text_lower: str


@functools.cache
def macros() -> dict[str, str]:
    """Return what each `{macro}` of a pattern stands for; months and days keep their capitals, all else is caseless."""
    full_months = alternatives(r["word"] for r in table("months") if r["form"] == "full")
    months = alternatives(r["word"] for r in table("months"))
    days = alternatives(r["word"] for r in table("weekdays") if r["form"] == "full")
    unit = alternatives(units())
    parts = alternatives(words("parts", "word", "timex"))
    ordinals = alternatives(words("ordinals", "word", "value"))
    numbers = number_words()
    forms = words("numbers", "word", "form")
    ones = [w for w, n in integers("numbers", "word", "value").items() if forms[w] == "unit"]
    teens = alternatives(w for w in ones if integers("numbers", "word", "value")[w] > 9)
    round_tens = alternatives(w for w, f in forms.items() if f == "tens")
    tens = rf"(?:{teens}|(?:{round_tens})(?:[\s-]+(?:{alternatives(ones)}))?)"
    beside = "previous|following|preceding|next|past|last|same|coming"
    rel = rf"last|next|this(?: past| coming)?|the (?:{beside})|that|past|coming|current"
    spoken = rf"(?:eighteen|nineteen|twenty)(?:\s+|-)(?:hundred|oh[\s-]\w+|{tens})"
    onset = "early|late|earlier|later|sometime|mid"
    edge = "end|beginning|start|middle|close|rest|remainder|first part"
    zones = "GMT|UTC|[ACEMP][SD]T|[ECMP]T|CES?T|BST|MSK|[IJKPS]ST|SGT|AE[SD]T|NZ[SD]T"
    day = r"(?:3[01]|[12]\d|0?[1-9])"
    called = "|".join(_called(r["word"], r["before"].split()) for r in table("named_days"))
    found = {
        "namedday": rf"(?P<namedday>(?-i:{called}))",
        "month": rf"(?P<month>(?-i:{full_months}))(?!\w)",
        "month2": rf"(?P<month2>(?-i:{full_months}))(?!\w)",
        "mon": rf"(?P<month>(?-i:{months}))(?!\w)",
        "weekday": rf"(?P<weekday>(?-i:{days}))(?=s?\b)",
        "season": rf"(?P<season>{alternatives(words('seasons', 'word', 'timex'))})\b",
        "holiday": rf"(?P<holiday>(?-i:{alternatives(r['word'] for r in table('holidays'))}))\b",
        "year": r"(?P<year>(?:1\d|20)\d\d)(?![\d%]|,\d|\.\d)",
        "yearwords": rf"(?P<yearwords>{spoken}|two\s+thousand(?:\s+(?:and\s+)?{numbers})?)\b",
        "yrel": r"(?P<yrel>last|this|next|that|the same|the following|the previous)",
        "day": rf"(?P<day>{day})(?:st|nd|rd|th)?(?![\d%]|:\d|,\d|\.\d|\w)",
        "day2": rf"(?P<day2>{day})(?:st|nd|rd|th)?(?![\d%]|:\d|,\d|\.\d|\w)",
        "ordday": rf"(?P<ordday>{ordinals})\b",
        "ordinals": ordinals,
        "num": r"(?P<num>\d+(?:,\d\d\d)*(?:\.\d+)?(?:\s\d/\d|\s?[½¼¾])?"
        rf"|{numbers}|(?:(?:a|the)\s+)?(?:couple|pair)\s+of)",
        "numtail": rf"(?P<num2>\d[\d,]*|{numbers})",
        "numberwords": numbers,
        "vague": rf"(?P<vague>{alternatives(words('vague', 'word', 'word'))})",
        "unit": rf"(?P<unit>{unit})\b",
        "unit1": rf"(?P<unit>{alternatives(w for w, u in units().items() if not u.many)})\b",
        "unitwords": unit,
        "manyunits": alternatives(
            w for w, u in units().items() if u.many and u.name not in {"second", "minute", "quarter"}
        ),
        "oneunits": alternatives(w for w, u in units().items() if not u.many),
        "part": rf"(?P<part>{parts})\b",
        "part2": rf"(?P<part2>{parts})\b",
        "rel": rf"(?P<rel>{rel})",
        "nth2": rf"(?P<nth>{ordinals})",
        "qdet": r"(?:(?P<det>the|this year's|last year's|next year's|this|last|next|each) )?",
        "fiscal": r"(?:fiscal|calendar|financial|business|academic|school|coming)",
        "decadewords": alternatives(words("decades", "word", "decade")),
        "early": r"(?:(?P<early>early|mid|late|middle)[\s-]+)?",
        "pm": rf"(?:(?P<pm>(?:as )?(?:{onset})(?: (?:in|on))?|(?:the )?(?:very )?(?:{edge}) of)(?:\s+|-))?",
        "approx": rf"(?:(?P<approx>(?:{alternatives(words('approximate', 'word', 'sense'))})(?: the)?) )?",
        "least": r"(?:(?P<approx>at least|about|nearly|almost|more than|less than|roughly) )?",
        "about": r"(?:(?P<approx>around|about|approximately|shortly after|shortly before|just after|just before) )?",
        "tz": rf"(?: ?(?P<tz>(?-i:{zones}))(?: time)?| local time)?",
        "frequency": rf"(?P<frequency>{alternatives(words('frequencies', 'word', 'value'))})\b",
        "times": r"(?:once|twice|(?:three|four|five|several|\d+) times)",
        "reference": rf"(?P<reference>{alternatives(words('references', 'word', 'value'))})\b",
    }
    return {k: v.replace(" ", r"\s+") for k, v in found.items()}


def _called(word: str, nouns: list[str]) -> str:
    """Return the pattern of a day that is known by its date, where one of the nouns follows if there are any."""
    return alternatives([word]) + (rf"(?= (?:{alternatives(nouns)})\b)" if nouns else "")


def expression(pattern: Pattern) -> re.Pattern[str]:
    """Return the compiled pattern: a space is white space, `~` white space or a hyphen, repeated groups are renamed."""
    raw = pattern.pattern.replace(" ?", r"\s*").replace(" ", r"\s+").replace("~", r"(?:\s+|\s?[-–]\s?)")
    for name, meaning in macros().items():
        raw = raw.replace("{" + name + "}", meaning)
    seen: dict[str, int] = {}

    def rename(m: re.Match[str]) -> str:
        seen[m[1]] = seen.get(m[1], 0) + 1
        return m[0] if seen[m[1]] == 1 else f"(?P<{m[1]}__{seen[m[1]]}>"

    return re.compile(rf"(?<![\w$€£#-])(?<!\d[.,])(?:{_GROUP.sub(rename, raw)})(?!\w)", re.IGNORECASE)


@functools.cache
def grammar() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """Return every pattern with its compiled expression."""
    return tuple((p, expression(p)) for p in patterns())


def candidates(text: str) -> list[Candidate]:
    """Return all matches of all patterns, by start, the longest first."""
    found = []
    for pattern, regex in grammar():
        for m in regex.finditer(text):
            if not _BLANK_LINE.search(m[0]):
                parts: dict[str, str] = {}
                for key, said in m.groupdict().items():
                    if said is not None:
                        parts.setdefault(key.partition("__")[0], " ".join(said.split()))
                found.append(Candidate(pattern.name, pattern.kind, m.start(), m.end(), parts, m[0].lower()))
    return sorted(found, key=lambda c: (c.start, -c.end, c.name))
