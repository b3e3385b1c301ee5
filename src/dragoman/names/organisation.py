"""Comparing names of organisations by their parts: telling and common words, numbers, acronyms, legal forms."""

import functools
import re
from collections.abc import Sequence

from dragoman.names.align import Alignment, Pair, align
from dragoman.names.match import SAME_NAME, UNSURE, Match, Reason
from dragoman.names.organisation_parts import Organisation, organisations
from dragoman.names.words import INITIAL, NICKNAME, SAME, SOUND, likeness, word

# Weight of a word by its class (data/names/words.tsv): how much it tells of who is meant.
_WEIGHT = {"plain": 0.5, "place": 0.5, "telling": 1.0, "": 1.0}
_PLACE_LEFT = 0.1  # a place on one side only ("Deutsche Bank (Schweiz)"): a branch, told or not
_COMMON_LEFT = 0.92  # a common word on one side only passes beside four others ("Pars Petrochemical Shipping" does not)
_ONE_WORD = 0.85  # all that tells is one word: it must not be off by more than a vowel in five
_MANY = 3  # so many telling words agree that one more on one side is let pass
_ACRONYM = 0.78
_OTHER_FORM = 0.66  # all the same but Ltd here and JSC there: two companies, unless more is known


def compare_organisations(a: str, b: str) -> Match:
    """Compare two names of organisations in all their readings and return the best match."""
    matches = [_compare(x, y) for x in _alternatives(a) for y in _alternatives(b)]
    return max(matches, key=lambda m: m.score)


@functools.lru_cache(maxsize=32768)
def _alternatives(name: str) -> tuple[Organisation, ...]:
    """Return the readings of a name, and of each name of "This/That"."""
    sides = [s for s in name.split("/") if len(s.strip()) > 3]
    names = [name, *(sides if len(sides) > 1 else ())]
    for m in re.finditer(r"\(([^()]{2,})\)", name):
        inside = organisations(m[1])[0]
        if any(k != "place" for k in inside.kinds):
            names.append(name.replace(m[0], " "))
            names += [m[1]] if len(inside.words) > 1 or inside.legal else []
    return tuple(o for n in dict.fromkeys(names) for o in organisations(n))


def without_nicknames(found: Alignment) -> Alignment:
    """Return an alignment without the pairs that a nickname or an initial joins: what isn't a person has none."""
    if all(p.likeness not in (NICKNAME, INITIAL) for p in found.pairs):
        return found
    pairs = tuple(p for p in found.pairs if p.likeness not in (NICKNAME, INITIAL))
    off = [p for p in found.pairs if p.likeness in (NICKNAME, INITIAL)]
    left_a = sorted((*found.left_a, *(i for p in off for i in p.a)))
    return Alignment(pairs, tuple(left_a), tuple(sorted((*found.left_b, *(j for p in off for j in p.b)))))


def _compare(a: Organisation, b: Organisation) -> Match:
    found = without_nicknames(align(a.words, b.words))
    if found.left_a and found.left_b and (any(a.stems) or any(b.stems)):
        found = _stems(a, b, found)
    reasons = [_reason(a, b, p) for p in found.pairs]
    reasons += [Reason(rule="only in one", a=a.words[i].text) for i in found.left_a]
    reasons += [Reason(rule="only in one", b=b.words[j].text) for j in found.left_b]
    if a.numbers != b.numbers:
        reasons.append(Reason(rule="other numbers", a=_shown(a.numbers), b=_shown(b.numbers)))
        return Match(score=UNSURE * _covered(a, b, found), reasons=tuple(reasons))
    if (acronym := _acronym(a, b)) is not None:
        return Match(score=_ACRONYM, reasons=(acronym,))
    score, judged = _score(a, b, found)
    if score >= SAME_NAME and _other_form(a.legal, b.legal):
        return Match(
            score=_OTHER_FORM,
            reasons=(
                *reasons,
                Reason(rule="other legal form", a=" ".join(sorted(a.legal)), b=" ".join(sorted(b.legal))),
            ),
        )
    return Match(score=round(score, 4), reasons=(*reasons, *judged))


def _shown(numbers: tuple[int, ...]) -> str:
    return " ".join(map(str, numbers))


def _reason(a: Organisation, b: Organisation, pair: Pair) -> Reason:
    x, y = " ".join(a.words[i].text for i in pair.a), " ".join(b.words[j].text for j in pair.b)
    rule = "written as one" if len(pair.a) + len(pair.b) > 2 else "same word" if pair.likeness == SAME else "similar"
    return Reason(rule=rule, a=x, b=y, likeness=round(pair.likeness, 4))


def _other_form(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether legal forms contradict each other: both tell, and no class is shared; "Company" fits any."""
    x, y = a - {"any"}, b - {"any"}
    return bool(x and y and not x & y)


def _stems(a: Organisation, b: Organisation, found: Alignment) -> Alignment:
    """Pair what is left where one is the other's Slavic adjective ("Muromskiy", "Murom")."""
    pairs, left_a, left_b = list(found.pairs), list(found.left_a), list(found.left_b)
    for i in found.left_a:
        for j in left_b:
            x, y = a.stems[i] or a.words[i].text, b.stems[j] or b.words[j].text
            if (a.stems[i] or b.stems[j]) and x[0] == y[0] and likeness(word(x), word(y)) >= SOUND:
                pairs.append(Pair((i,), (j,), 0.85))
                left_a.remove(i)
                left_b.remove(j)
                break
    return Alignment(tuple(pairs), tuple(left_a), tuple(left_b))


def _weight(o: Organisation, places: Sequence[int]) -> float:
    return sum(_WEIGHT[o.kinds[i]] for i in places)


def _covered(a: Organisation, b: Organisation, found: Alignment) -> float:
    """Return the share of the weightier name that is matched, by likeness."""
    whole = max(_weight(a, range(len(a.words))), _weight(b, range(len(b.words))))
    matched = sum(p.likeness * max(_weight(a, p.a), _weight(b, p.b)) for p in found.pairs)
    return min(1.0, matched / whole) if whole else float(bool(a.numbers))


def _score(a: Organisation, b: Organisation, found: Alignment) -> tuple[float, tuple[Reason, ...]]:
    if not found.pairs:
        return float(bool(a.numbers and not a.words and not b.words)), (Reason(rule="no word in common"),)
    covered = _covered(a, b, found)
    left = [*((a.kinds[i]) for i in found.left_a), *((b.kinds[j]) for j in found.left_b)]
    if found.left_a and found.left_b:
        return min(UNSURE, covered), (Reason(rule="other words differ"),)
    distinct = any(a.kinds[p.a[0]] in ("", "telling") or len(p.a) > 1 for p in found.pairs)
    told = [p for p in found.pairs if a.kinds[p.a[0]] == ""]
    if len(told) == 1 and told[0].likeness < _ONE_WORD:
        return min(UNSURE, covered), (Reason(rule="the one telling word is only similar"),)
    places = set(left) == {"place"} and (distinct or len(found.pairs) > 1)
    if not left:
        return covered, ()
    if places:
        return max(SAME_NAME + 0.02, 0.9 - _PLACE_LEFT * len(left)), (Reason(rule="place on one side only"),)
    if left == [""] and len(told) >= _MANY:
        return covered, (Reason(rule="told in part"),)
    if "telling" in left or "" in left or not distinct:
        return min(UNSURE, covered), (Reason(rule="told in part"),)
    return _COMMON_LEFT * covered, (Reason(rule="common words on one side only"),)


def _acronym(a: Organisation, b: Organisation) -> Reason | None:
    """Return the reason where one name is the initials of the other, a place beside it allowed."""
    for short, full in ((a, b), (b, a)):
        core = [w.text for w, k in zip(short.words, short.kinds, strict=True) if k != "place"]
        if len(core) == 1 and 2 < len(core[0]) < 8 and len(full.words) > 2 and core[0] == full.acronym:
            return Reason(rule="acronym", a=a.acronym if a is full else core[0], b=b.acronym if b is full else core[0])
    return None
