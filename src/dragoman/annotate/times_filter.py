"""Which matches of the time grammar stand: May the person, 2000 people and the fall of a ruler do not."""

import functools
import re
from collections.abc import Callable
from typing import NamedTuple

from dragoman.annotate.times_grammar import Candidate
from dragoman.records import Parse, Token
from dragoman.scheme.calendar import table, words
from dragoman.tree import children, tokens_between

_MONTH_LEAD = frozenset(
    "in since until till last next this of early late mid during through from by between and to before after".split()
)
_PERSON_LEAD = frozenset("to by from and with before after".split())  # as likely before a person called May
_ARTICLES = frozenset(["a", "the"])
_YEAR_UNFIT = frozenset(["CARDINAL", "MONEY", "QUANTITY", "PERCENT", "ORDINAL", "PRODUCT"])
_DATED_LEAD = frozenset("the 's ’s its their his her in".split())  # "the 2016 elections", against "hit 2015 houses"
_NO_YEARS = frozenset(["MONEY", "QUANTITY", "PERCENT"])
_SEASON_LEAD = frozenset("in by since until during through".split())
_UNIT_TAIL = frozenset("of that when to in leading preceding since".split())  # "the week leading up to": not this one
_SUBJECTS = frozenset("i you he she we they".split())
_SOMEDAY = frozenset(["one day", "some day"])
_PARTS = frozenset("night evening morning afternoon".split())
_PART_LEAD = frozenset("in on during by for through until of into".split())
_SPANNING = frozenset("over through throughout".split())  # "over the years", against "the years of the war"
_CLOCK_LEAD = frozenset("at around about until by since".split())
_YEAR_LEAD = frozenset(
    "in since by until till of from to between and before after during through early late mid the fiscal for around "
    "about at or circa , ( - – — /".split()
)


class _Setting(NamedTuple):
    """A match with its tokens and the tokens on both sides."""

    match: Candidate
    parse: Parse
    inside: list[Token]
    before: Token | None
    after: Token | None

    @property
    def said(self) -> str:
        """The words of the match, lower case."""
        return self.match.text_lower

    @property
    def has(self) -> set[str]:
        """The names of the parts that the match has."""
        return set(self.match.parts)

    @property
    def lead(self) -> str:
        """The word before, lower case."""
        return self.before.text.lower() if self.before else ""

    @property
    def tail(self) -> str:
        """The word after, lower case."""
        return self.after.text.lower() if self.after else ""


def stands(c: Candidate, parse: Parse) -> bool:
    """Return whether the candidate reads as a time where it stands."""
    inside = tokens_between(parse, c.start, c.end)
    if not inside or _is_name(c, parse.text):
        return False
    before = parse.tokens[inside[0].i - 1] if inside[0].i else None
    after = parse.tokens[inside[-1].i + 1] if inside[-1].i + 1 < len(parse.tokens) else None
    setting = _Setting(c, parse, inside, before, after)
    check = _CHECKS.get(c.kind)
    return not _title(setting) and (check is None or check(setting))


def _title(s: _Setting) -> bool:
    """Return whether a word that has no capital of its own has one inside the sentence: "60 Minutes", "High Noon"."""
    last = s.inside[-1]
    common = s.match.kind in {"clock", "duration", "durationplural", "reference", "relday", "part"}
    common = common or (s.match.kind == "relunit" and s.inside[0].text.istitle())
    if not common or not last.text.istitle() or len(last.text) < 3 or last.text.endswith("."):
        return False
    first = s.before is None or s.before.sentence != last.sentence or not s.before.text[:1].isalnum()
    return (not first or last.i > s.inside[0].i) and not _headline(s)


def _headline(s: _Setting) -> bool:
    """Return whether most other longer words of the sentence have a capital, as in "Leaders Meet in Paris Today"."""
    span = s.parse.sentences[s.inside[0].sentence]
    others = (t for t in s.parse.tokens[span.first + 1 : span.last] if t not in s.inside)
    long = [t.text for t in others if t.text.isalpha() and len(t.text) > 3]
    return 2 * sum(w[0].isupper() for w in long) > len(long)


@functools.cache
def _names() -> re.Pattern[str]:
    shapes = []
    for row in table("not_times"):
        lead, word, tail = (re.escape(row[k]) for k in ("before", "word", "after"))
        shapes.append((rf"{lead}\s+" if lead else "") + word + (rf"\s+{tail}" if tail else ""))
    return re.compile(rf"\b(?:{'|'.join(shapes)})\b")


def _is_name(c: Candidate, text: str) -> bool:
    """Return whether the words belong to a name such as Sunday Times or Black Friday."""
    offset = max(0, c.start - 12)
    window = text[offset : c.end + 14]
    return any(m.start() + offset < c.end and c.start < m.end() + offset for m in _names().finditer(window))


def _person(s: _Setting, name: str) -> bool:
    """Return whether the text has a person of that name: "Theresa May", "Ms May"."""
    not_given = "The|In|By|Since|Until|Last|Next|This|Of|On|And"
    shape = rf"\b(?:(?:Mr|Mrs|Ms|Dr)\.?|(?!(?:{not_given})\b)[A-Z][a-z]+)\s+{name}\b"
    spans = [m.span() for m in re.finditer(shape, s.parse.text)]
    return any(t.ent == "PERSON" for a, b in spans for t in tokens_between(s.parse, a, b))


def _month(s: _Setting) -> bool:
    if s.has & {"year", "yearwords", "yrel", "rel", "pm"}:
        return True
    name = s.inside[-1]
    if name.text.title() in {"May", "March"} or name.ent == "PERSON":
        if s.lead in _PERSON_LEAD | _ARTICLES and _person(s, name.text):
            return False
        if s.lead in _ARTICLES:  # "the March accession"
            return s.after is not None and s.after.pos == "NOUN" and s.after.text.islower()
        surname = s.after is not None and s.after.text[:1].isupper() and s.after.ent == "PERSON"
        return s.lead in _MONTH_LEAD and name.pos in {"PROPN", "NOUN"} and not surname
    return not (s.before and s.before.pos == "PROPN" and s.before.ent == "PERSON")


def _year(s: _Setting) -> bool:
    if s.said != s.match.parts.get("year"):
        return s.match.name != "year-era" or int(s.match.parts["year"]) > 1500
    year, token, text, end = int(s.said), s.inside[0], s.parse.text, s.match.end
    if token.ent in _YEAR_UNFIT or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit()):
        return False
    counted = s.after is not None and s.after.tag == "NNS" and token.dep == "nummod" and token.head == s.after.i
    if counted and s.lead not in _DATED_LEAD:
        return False
    return (token.ent == "DATE" and year >= 1200) or (1500 if s.lead in _YEAR_LEAD else 1900) <= year <= 2100


def _year_range(s: _Setting) -> bool:
    return 1000 <= int(s.match.parts["year"]) <= 2100 and not any(t.ent in _NO_YEARS for t in s.inside)


def _season(s: _Setting) -> bool:
    """The fall of a ruler and a spring of water are no seasons: those two need a preposition, a year or last/next."""
    if s.has & {"year", "yearwords", "yrel", "rel"}:
        return True
    if s.inside[-1].pos not in {"NOUN", "PROPN"}:
        return False
    if s.match.parts["season"].lower() not in {"fall", "spring"}:
        return s.inside[-1].dep != "compound" or bool(s.has & {"pm", "early"})
    article = s.lead == "the" and s.before is not None and s.before.i > 0
    lead = s.parse.tokens[s.before.i - 1].text.lower() if article and s.before else s.lead
    return lead in _SEASON_LEAD and s.tail not in {"of", "in", "from", "to"}


def _unit(s: _Setting) -> bool:
    """Bare "the year", "the day" stand as a time only where they are the object of a preposition or adverbial."""
    if s.match.parts["unit"].lower() in {"second", "minute"} and s.after and s.after.pos in {"NOUN", "PROPN", "ADJ"}:
        return False  # "this second Olympiad"
    if s.said.startswith("the last") and s.tail == "of":
        return False  # "the last weekend of July"
    if s.match.name != "unit-definite" or "pm" in s.has:
        return True
    if s.after is not None and s.tail in words("weekdays", "word", "weekday"):  # "during the day Friday" is Friday
        return False
    if s.tail in _SUBJECTS or children(s.parse, s.inside[-1].i, "relcl", "acl"):  # "the day they can go home"
        return False
    return s.inside[-1].dep in {"pobj", "npadvmod"} and s.tail not in _UNIT_TAIL


def _duration(s: _Setting) -> bool:
    """Ages ("52 years old"), fractions ("three-quarters of") and quarters not of a year are no durations."""
    aged = "old" in s.said.replace("-", " ").split() or s.tail in {"old", "olds"}
    if aged and s.match.name != "duration-long" and re.search("year|month|week|day", s.said):
        return False
    if s.said in _SOMEDAY and _someday(s):
        return False
    if "quarter" in s.said:
        other = "-" in s.said or "a quarter" in s.said or s.tail in {"century", "the"}
        other = other or (s.tail == "of" and "vague" not in s.has)  # "three quarters of the town"
        return not (other or re.fullmatch(r"(?:19|20)\d\d", s.match.parts.get("num", "")))
    return not (s.said in {"a second", "a minute"} and s.after and s.after.pos in {"NOUN", "ADJ", "PROPN"})


def _someday(s: _Setting) -> bool:
    """Return whether "one day" is a day that will come: "will one day return", against "will last one day"."""
    return s.before is not None and s.before.tag in {"MD", "TO"}


def _set(s: _Setting) -> bool:
    """Return whether "a day", "a year" is a rate: only after an amount ("four flights a week").

    "The annual meeting", "its weekly paper" name a kind of thing, and "the daily Granma" a thing: no times. (TimeBank
    and AQUAINT mark none of 17 such adjectives, but 11 of 17 with "daily".)
    """
    if "frequency" in s.has:
        if s.said == "daily" and not _named(s.after) and s.lead != "average":
            return True
        return s.inside[0].pos == "ADV" and not _amount(s)
    if s.match.name == "set-weekends":
        return s.lead == "on"
    if s.match.name != "set-per" or s.said.startswith(("once", "twice")) or "times" in s.said:
        return True
    if s.said.startswith("per") and not s.said.endswith("hour"):  # "30 miles per hour" is a speed
        return True
    if s.said.endswith("hour") or s.inside[-1].dep not in {"npadvmod", "prep", "nmod", "appos"} or s.before is None:
        return False
    return _amount(s) and s.before.pos in {"NOUN", "NUM", "SYM"}


def _named(token: Token | None) -> bool:
    return token is not None and token.pos == "PROPN"


def _amount(s: _Setting) -> bool:
    """Return whether a number stands close before ("$17 million annually"): a rate then, no time."""
    back = [t.text.lower() for t in s.parse.tokens[max(0, s.inside[0].i - 4) : s.inside[0].i]]
    return any(t[:1].isdigit() or t in {"million", "billion", "times"} for t in back)


def _part(s: _Setting) -> bool:
    if s.tail == "of" or children(s.parse, s.inside[-1].i, "relcl"):  # "the night the general was shot"
        return False
    return s.said == "overnight" or (s.match.parts.get("part", "").lower() in _PARTS and s.lead in _PART_LEAD)


def _reference(s: _Setting) -> bool:
    if s.said in _SOMEDAY:
        return _someday(s)
    if s.said == "current":
        return s.inside[0].dep == "amod" or s.inside[0].pos == "ADJ"
    if s.said in {"soon", "shortly", "recently", "long ago"} and (
        s.lead == "as" or s.tail in {"after", "before", "as"}
    ):
        return False
    if s.said in {"soon", "shortly"} and _told(s):
        return False
    if s.said.startswith("the ") and s.tail in {"of", "for"}:
        return False
    if s.said == "now":
        return not (s.tail == "that" and s.inside[0].dep == "mark")
    return not (s.said == "the past" and s.after and s.after.pos in {"NOUN", "NUM"})


def _told(s: _Setting) -> bool:
    """Return whether the verb is in the past: "they were soon freed" was soon after, not soon from now."""
    verb = s.parse.tokens[s.inside[0].head]
    auxiliaries = {t.text.lower() for t in children(s.parse, verb.i, "aux", "auxpass")}
    return verb.tag == "VBD" or (verb.tag in {"VBN", "VBG"} and bool(auxiliaries & {"was", "were", "had"}))


def _clock(s: _Setting) -> bool:
    """A single digit before the colon may be a score or a race: "the race took 2:14:04"."""
    bare = s.match.name == "clock-24" and len(s.match.parts["hour"]) == 1 and "tz" not in s.has
    return s.lead in _CLOCK_LEAD if s.match.name == "clock-part" or bare else True


def _plural(s: _Setting) -> bool:
    """Bare "years", "days": only where no number or adjective before makes them part of something else."""
    if s.before is None:
        return True
    if s.match.name == "duration-plural" and (s.tail == "when" or _matter(s)):
        return False
    if s.match.name == "duration-the-many" and (s.lead not in _SPANNING or children(s.parse, s.inside[-1].i)[1:]):
        return False
    if s.said.startswith("the early ") and s.tail == "of":  # "in the early hours of Monday" is a part of that day
        return False
    if s.lead == "on" and s.said == "weekends":  # "closed on weekends": a repetition
        return False
    if s.lead == "by":  # "older by years": how far apart, not how long
        return False
    return not (s.before.pos in {"NUM", "ADJ"} or s.lead in {"-", "–", "these", "those", "his", "her"})


def _matter(s: _Setting) -> bool:
    """Return whether the length is only a figure of speech: "a matter of days"."""
    return s.lead == "of" and s.inside[0].i > 1 and s.parse.tokens[s.inside[0].i - 2].text.lower() == "matter"


_CHECKS: dict[str, Callable[[_Setting], bool]] = {
    "month": _month,
    "year": _year,
    "yearrange": _year_range,
    "season": _season,
    "relunit": _unit,
    "set": _set,
    "part": _part,
    "reference": _reference,
    "clock": _clock,
    "durationplural": _plural,
    "period": lambda s: s.tail not in {"century", "final", "finals", "mile"},
    "duration": _duration,
}
