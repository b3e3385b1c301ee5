"""Comparing names of vessels, aircraft and addresses: every word and every number must agree."""

import re

from dragoman.names.align import align
from dragoman.names.match import AGAINST, UNSURE, Match, Reason
from dragoman.names.organisation import without_nicknames
from dragoman.names.organisation_parts import Organisation, organisations
from dragoman.names.words import SOUND

_PREFIX = re.compile(
    r"^(?:m\W?[vtyfs]|s\W?[sty]|f\W?[vt]|motor vessel|motor tanker|oil tanker|tanker|vessel|ship|lng|lpg)\b\W*(?=\w)",
    re.IGNORECASE,
)
_ABBREVIATED = {
    "st": "street", "str": "street", "ul": "street", "ulitsa": "street", "rue": "street", "strasse": "street",
    "calle": "street", "ave": "avenue", "av": "avenue", "pr": "avenue", "prospekt": "avenue", "rd": "road",
    "blvd": "boulevard", "bld": "building", "bldg": "building", "apt": "apartment", "fl": "floor", "no": "number",
    "nr": "number", "dr": "drive", "ln": "lane", "sq": "square", "plaza": "square", "ploshchad": "square",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def compare_vessels(a: str, b: str) -> Match:
    """Compare two names of vessels or aircraft; prefixes such as MV are dropped."""
    return _best(_PREFIX.sub("", a.strip()), _PREFIX.sub("", b.strip()), in_part=False)


def compare_addresses(a: str, b: str) -> Match:
    """Compare two addresses; the one may tell less than the other, and numbers told by both must agree."""
    return _best(_spelt_out(a), _spelt_out(b), in_part=True)


def _spelt_out(address: str) -> str:
    return _WORD.sub(lambda m: _ABBREVIATED.get(m[0].lower(), m[0]), address)


def _best(a: str, b: str, *, in_part: bool) -> Match:
    matches = [_compare(x, y, in_part=in_part) for x in organisations(a) for y in organisations(b)]
    return max(matches, key=lambda m: m.score)


def _compare(a: Organisation, b: Organisation, *, in_part: bool) -> Match:
    found = without_nicknames(align(a.words, b.words))
    reasons = [
        Reason(
            rule="similar" if p.likeness < 1 else "same word",
            a=a.words[p.a[0]].text,
            b=b.words[p.b[0]].text,
            likeness=p.likeness,
        )
        for p in found.pairs
    ]
    size = max(len(a.words), len(b.words))
    like = sum(p.likeness for p in found.pairs) / size if size else float(a.numbers == b.numbers)
    if _numbers_differ(a, b, in_part=in_part):
        return Match(score=round(UNSURE * like, 4), reasons=(*reasons, Reason(rule="other numbers")))
    if (found.left_a and found.left_b) or (not in_part and (found.left_a or found.left_b)):
        return Match(
            score=round(min(UNSURE, AGAINST + 0.2 * like) * like, 4),
            reasons=(*reasons, Reason(rule="other words differ")),
        )
    if not in_part and len(a.words) == len(found.pairs) == 1 and found.pairs[0].likeness < SOUND:
        return Match(score=round(UNSURE * like, 4), reasons=(*reasons, Reason(rule="the one word is only similar")))
    return Match(score=round(like, 4), reasons=tuple(reasons))


def _numbers_differ(a: Organisation, b: Organisation, *, in_part: bool) -> bool:
    x, y = set(a.numbers), set(b.numbers)
    return not (x <= y or y <= x) if in_part else a.numbers != b.numbers
