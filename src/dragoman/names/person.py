"""Comparing names of persons by their parts: titles and particles dropped, initials, order, words left over."""

import functools
from itertools import pairwise

from rapidfuzz.distance import OSA

from dragoman.names.align import Alignment, Pair, align
from dragoman.names.match import AGAINST, SAME_NAME, UNSURE, Match, Reason
from dragoman.names.person_parts import Person, persons
from dragoman.names.words import INITIAL, SAME, SOUND, Word, likeness

# A name told in part keeps this much, less for each word that the other has more; never below SAME_NAME by that alone.
_IN_PART, _PER_WORD = 0.9, 0.04
_BY_INITIAL = 0.8  # "A. Khamenei": the initial fits, and fits one name in ten
_SCRAMBLED = 0.76  # letters in another order, and a capital amid the word to show that someone did it
# One word may be this far off where all others are the very same and it begins alike ("Bashar al-Asasd").
_ONE_SLIP = 0.66
_ONE_OF_MANY = 0.6  # likewise, where three others are the same, wherever it begins


def compare_persons(a: str, b: str) -> Match:
    """Compare two names of persons in all their readings and return the best match."""
    best: Match | None = None
    for x in _alternatives(a):
        for y in _alternatives(b):
            match = _compare(x, y)
            if best is None or match.score > best.score:
                best = match
    return best or Match(score=0.0)


@functools.lru_cache(maxsize=32768)
def _alternatives(name: str) -> tuple[Person, ...]:
    """Return the readings of a name, and of each of several names between semicolons."""
    return tuple(p for n in name.split(";") for p in persons(n)) if ";" in name else persons(name)


def _compare(a: Person, b: Person) -> Match:
    if not a.words or not b.words:
        return Match(score=0.0, reasons=(Reason(rule="no words"),))
    found = align(a.words, b.words)
    if found.left_a and found.left_b and (found.pairs or a.scrambled or b.scrambled):
        found = _with_one_slip(a, b, found)
    reasons = [_reason(a, b, p) for p in found.pairs]
    reasons += [Reason(rule="only in one", a=a.words[i].text) for i in found.left_a]
    reasons += [Reason(rule="only in one", b=b.words[j].text) for j in found.left_b]
    score, judged = _score(a, b, found)
    return Match(score=round(score, 4), reasons=(*reasons, *judged))


def _reason(a: Person, b: Person, pair: Pair) -> Reason:
    x, y = " ".join(a.words[i].text for i in pair.a), " ".join(b.words[j].text for j in pair.b)
    rule = (
        "written as one" if len(pair.a) + len(pair.b) > 2
        else "same word" if pair.likeness == SAME
        else "initial" if min(len(x), len(y)) == 1
        else "variant" if pair.likeness >= SOUND
        else "similar"
    )  # fmt: skip
    return Reason(rule=rule, a=x, b=y, likeness=round(pair.likeness, 4))


def _with_one_slip(a: Person, b: Person, found: Alignment) -> Alignment:
    """Pair words left on both sides that are visibly scrambled, or one that is little changed beside all the same."""
    certain = bool(found.pairs) and all(p.likeness >= SOUND for p in found.pairs)
    many = certain and len(found.pairs) > 2 and len(found.left_a) == len(found.left_b) == 1
    if not (certain or a.scrambled or b.scrambled):
        return found
    pairs, left_b = [], list(found.left_b)
    for i in found.left_a:
        for j in left_b:
            like = _changed(a, b, i, j, anyhow=many)
            slip = certain and i == j and like >= _ONE_SLIP and min(len(found.left_a), len(left_b)) == 1
            if like == _SCRAMBLED or slip or (many and like >= _ONE_OF_MANY):
                pairs.append(Pair((i,), (j,), like))
                left_b.remove(j)
                break
    taken = {p.a[0] for p in pairs}
    left_a = tuple(i for i in found.left_a if i not in taken)
    return Alignment(tuple(sorted((*found.pairs, *pairs), key=lambda p: p.a)), left_a, tuple(left_b))


def _changed(a: Person, b: Person, i: int, j: int, *, anyhow: bool) -> float:
    """Return how like two words are that fell short: _SCRAMBLED for the same letters in a visibly wrong order."""
    x, y = a.words[i], b.words[j]
    if (x.text in a.scrambled or y.text in b.scrambled) and sorted(x.text) == sorted(y.text) and len(x.text) > 3:
        return _SCRAMBLED
    if not anyhow and (min(len(x.text), len(y.text)) < 5 or OSA.distance(x.text, y.text) > 1):
        return 0.0
    return likeness(x, y) if anyhow or x.text[:1] == y.text[:1] else 0.0


def _score(a: Person, b: Person, found: Alignment) -> tuple[float, tuple[Reason, ...]]:
    """Return the score of an alignment and what decided it."""
    full = [p for p in found.pairs if not _is_initial(a, b, p)]
    if not full:
        return AGAINST * bool(found.pairs), (Reason(rule="no word in common"),)
    likeness_ = sum(p.likeness for p in full) / len(full)
    if found.left_a and found.left_b:
        shared = 2 * len(found.pairs) / (len(a.words) + len(b.words))
        return min(UNSURE, AGAINST + 0.2 * shared) * likeness_, (Reason(rule="other words differ"),)
    if _another_generation(a, b, found):
        return UNSURE * likeness_, (Reason(rule="a given name before, as of a son"),)
    if _swapped(a, b, found):
        return UNSURE * likeness_, (Reason(rule="given names in another order"),)
    more = len(found.left_a) + len(found.left_b)
    if len(full) == 1 and more:
        return UNSURE * likeness_, (Reason(rule="one word against a fuller name"),)
    if len(full) < len(found.pairs):
        likeness_ = min(likeness_, _BY_INITIAL)
    if more:
        return max(min(likeness_, _IN_PART - _PER_WORD * more), SAME_NAME + 0.02), (Reason(rule="told in part"),)
    return likeness_, ()


def _is_initial(a: Person, b: Person, pair: Pair) -> bool:
    x, y = a.words[pair.a[0]], b.words[pair.b[0]]
    return pair.likeness == INITIAL and 1 in (len(x.text), len(y.text)) and len(pair.a) == len(pair.b) == 1


def _swapped(a: Person, b: Person, found: Alignment) -> bool:
    """Return whether words changed places that all are given names, so that another order is another person."""
    places = [p.b for p in found.pairs if not _is_initial(a, b, p)]
    if places == sorted(places) or a.adrift or b.adrift:
        return False
    if a.family and b.family:  # both tell which is which: no word may be given here and family there
        edge_a, edge_b = len(a.words) - a.family, len(b.words) - b.family
        return any((p.a[0] >= edge_a) != (p.b[0] >= edge_b) for p in found.pairs)
    turns = sum(x > y for x, y in pairwise(places))
    if turns > 1 or (turns == 1 and places[-1] > places[0]):  # not "family name first"
        return all(_first_or_syllable(a.words[p.a[0]]) and _first_or_syllable(b.words[p.b[0]]) for p in found.pairs)
    return all(a.words[p.a[0]].given and b.words[p.b[0]].given for p in found.pairs)


def _first_or_syllable(w: Word) -> bool:
    return w.given or bool(w.syllables)


def _another_generation(a: Person, b: Person, found: Alignment) -> bool:
    """Return whether the longer Arabic name begins with a given name that the other lacks: "Uday Saddam Husayn".

    Muhammad is left out, since it is often dropped.
    """
    for longer, left in ((a, found.left_a), (b, found.left_b)):
        if left[:1] == (0,) and len(longer.words) > 2 and "ar:muhammad" not in longer.words[0].names:
            return sum(map(_arabic, longer.words)) > 1
    return False


def _arabic(w: Word) -> bool:
    return (
        (w.given and any(n.startswith("ar:") for n in w.names)) or bool(w.served) or w.text.endswith(("addin", "ullah"))
    )
