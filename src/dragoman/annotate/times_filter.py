"""Which matches of the time grammar stand: May the person, March the verb, 2000 people and the fall of a ruler do not."""

import functools
import re

from dragoman.annotate.times_grammar import Candidate
from dragoman.records import Parse, Token
from dragoman.scheme.calendar import table
from dragoman.tree import tokens_between

_MAY_PERSON = re.compile(r"\b(?:Theresa|Mrs?\.?|Ms\.?|Minister|PM|Premier|Brian|Robert)\s+May\b")
_MONTH_LEAD = frozenset("in since until till last next this of early late mid during through from by between and to before after".split())
_YEAR_LEAD = frozenset(
    "in since by until till of from to between and before after during through early late mid the fiscal for around about at or "
    "circa , ( - – — / late- early- mid-".split()
)
_YEAR_UNFIT = frozenset(["CARDINAL", "MONEY", "QUANTITY", "PERCENT", "ORDINAL", "PRODUCT"])
_BARE_KINDS = frozenset(["year", "yearrange"])


def stands(c: Candidate, parse: Parse) -> bool:
    """Return whether the candidate reads as a time where it stands."""
    inside = tokens_between(parse, c.start, c.end)
    if not inside:
        return False
    before = parse.tokens[inside[0].i - 1] if inside[0].i else None
    after = parse.tokens[inside[-1].i + 1] if inside[-1].i + 1 < len(parse.tokens) else None
    if _is_name(c, parse.text):
        return False
    check = _CHECKS.get(c.kind)
    return check is None or check(c, parse, inside, before, after)


@functools.cache
def _names() -> re.Pattern[str]:
    shapes = []
    for row in table("not_times"):
        lead, word, tail = (re.escape(row[k]) for k in ("before", "word", "after"))
        shapes.append((rf"{lead}\s+" if lead else "") + word + (rf"\s+{tail}" if tail else ""))
    return re.compile(rf"\b(?:{'|'.join(shapes)})\b")


def _is_name(c: Candidate, text: str) -> bool:
    """Return whether the words belong to a name such as Sunday Times or Black Friday."""
    window = text[max(0, c.start - 12) : c.end + 14]
    offset = max(0, c.start - 12)
    return any(m.start() + offset < c.end and c.start < m.end() + offset for m in _names().finditer(window))


def _month(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    if c.parts.keys() & {"year", "yearwords", "yrel", "rel", "pm"}:
        return True
    name = inside[-1]
    lead = before.text.lower() if before else ""
    if c.parts["month"] in {"May", "March", "MAY", "MARCH"} or name.ent == "PERSON":
        if lead in {"to", "by", "from", "and", "with", "before", "after"} and _MAY_PERSON.search(parse.text):
            return False
        return lead in _MONTH_LEAD and name.pos in {"PROPN", "NOUN"} and not (after and after.text[:1].isupper() and after.ent == "PERSON")
    return not (before and before.pos == "PROPN" and before.ent == "PERSON")


def _year(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    if c.parts.keys() & {"pm", "yearwords"} or c.name in {"year-era"} or c.text_lower != c.parts.get("year"):
        return c.name != "year-era" or int(c.parts["year"]) > 1500
    year, token = int(c.parts["year"]), inside[0]
    follows = parse.text[c.end : c.end + 1]
    if token.ent in _YEAR_UNFIT or follows in {"-"} and parse.text[c.end + 1 : c.end + 2].isdigit():
        return False
    lead = before.text.lower() if before else "("
    if token.ent == "DATE" and year >= 1200:
        return True
    if not 1500 <= year <= 2100:
        return False
    if after and after.tag == "NNS" and token.dep == "nummod" and token.head == after.i and lead not in {"the"}:
        return False
    return lead in _YEAR_LEAD or 1900 <= year


def _year_range(c: Candidate, _parse: Parse, inside: list[Token], _before: Token | None, _after: Token | None) -> bool:
    return 1000 <= int(c.parts["year"]) <= 2100 and not any(t.ent in {"MONEY", "QUANTITY", "PERCENT"} for t in inside)


def _season(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    if c.parts.keys() & {"year", "yearwords", "yrel", "rel"}:
        return True
    if inside[-1].pos not in {"NOUN", "PROPN"}:
        return False
    if c.parts["season"].lower() not in {"fall", "spring"}:
        return inside[-1].dep != "compound" or "pm" in c.parts or "early" in c.parts
    lead = parse.tokens[before.i - 1].text.lower() if before and before.i and before.text.lower() == "the" else before.text.lower() if before else ""
    return lead in {"in", "by", "since", "until", "during", "through"} and not (after and after.text.lower() in {"of", "in", "from", "to"})


def _unit(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    """Bare "the year", "the day" stand as a time only where they are the object of a preposition or adverbial."""
    if c.name == "unit-definite" and "pm" not in c.parts:
        head = inside[-1]
        return head.dep in {"pobj", "npadvmod"} and not (after and after.text.lower() in {"of", "that", "when", "to", "in"})
    return True


def _duration(c: Candidate, _parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    """Ages ("52 years old"), fractions ("three-quarters of") and other quarters than those of a year are no durations."""
    if re.search(r"years?[\s-]+old", c.text_lower) or (after and after.text.lower() == "old" and "year" in c.text_lower):
        return False
    if "quarter" in c.text_lower and re.fullmatch(r"(?:19|20)\d\d", c.parts.get("num", "")):
        return False
    if "quarter" in c.text_lower and ("-" in c.text_lower or (after and after.text.lower() in {"of", "century", "the"}) or "a quarter" in c.text_lower):
        return False
    return not (c.text_lower in {"a second", "a minute"} and after and after.pos in {"NOUN", "ADJ", "PROPN"})


def _set(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    if c.name != "set-per" or c.parts["per"].lower() == "per" or c.text_lower.startswith(("once", "twice")) or "times" in c.text_lower:
        return True
    noun = inside[-1]
    if noun.dep not in {"npadvmod", "prep", "nmod", "appos"} or before is None:
        return False
    back = [t.text.lower() for t in parse.tokens[max(0, before.i - 3) : before.i + 1]]
    return before.pos in {"NOUN", "NUM", "SYM"} and any(t[:1].isdigit() or t in {"million", "billion", "times"} for t in back)


def _part(c: Candidate, _parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    if after and after.text.lower() == "of":
        return False
    if c.text_lower == "overnight":
        return True
    if "part" in c.parts and c.parts["part"].lower() in {"night", "evening", "morning", "afternoon"}:
        return bool(before and before.text.lower() in {"in", "on", "during", "by", "for", "through", "until", "of", "into"})
    return False


def _reference(c: Candidate, _parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    said = c.text_lower
    if said in {"recent", "current", "future"}:
        return inside[0].dep == "amod" or inside[0].pos == "ADJ"
    lead, tail = before.text.lower() if before else "", after.text.lower() if after else ""
    if said in {"soon", "shortly", "recently", "long ago"} and (lead == "as" or tail in {"after", "before", "as"}):
        return False
    if said.startswith("the ") and tail in {"of", "for"}:
        return False
    if said == "now":
        return not (after and after.text.lower() == "that" and inside[0].dep == "mark")
    return not (said == "the past" and after and after.pos in {"NOUN", "NUM"})


def _clock(c: Candidate, _parse: Parse, _inside: list[Token], before: Token | None, _after: Token | None) -> bool:
    if c.name == "clock-part":
        return bool(before and before.text.lower() in {"at", "around", "about", "until", "by", "since"})
    return True


def _plural(c: Candidate, parse: Parse, inside: list[Token], before: Token | None, after: Token | None) -> bool:
    """Bare "years", "days": only where no number or adjective before makes them part of something else."""
    return not (before and (before.pos in {"NUM", "ADJ"} or before.text in {"-", "–"} or before.text.lower() in {"these", "those", "his", "her"}))


_CHECKS = {
    "month": _month, "year": _year, "yearrange": _year_range, "season": _season, "relunit": _unit, "set": _set, "part": _part,
    "reference": _reference, "clock": _clock, "durationplural": _plural,
    "duration": _duration,
}
