"""Which words of one name answer to which of another: the best pairs, then words written apart or together."""

from collections.abc import Sequence

import msgspec

from dragoman.names.words import MATCHED, Word, likeness, word
from dragoman.scheme.names import name_tables

# A run of words that together spell one: no slips beyond one in seven letters, or any two words would do.
_JOINED = 0.82
_LONGEST_RUN = 4  # "Plat Ono Vich": a name is rarely cut into more


class Pair(msgspec.Struct, frozen=True):
    """Words of the two names that answer to each other, by place, and how like they are."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    likeness: float


class Alignment(msgspec.Struct, frozen=True):
    """The pairs in the order of the first name, and the places left over on either side."""

    pairs: tuple[Pair, ...]
    left_a: tuple[int, ...]
    left_b: tuple[int, ...]


def align(a: Sequence[Word], b: Sequence[Word]) -> Alignment:
    """Pair the words of two names, the likest first; of equals those that stand at like places."""
    scored = [
        (-like, abs(i - j), i + j, i, j)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (like := 1.0 if x is y else likeness(x, y)) >= MATCHED
    ]
    scored.sort()
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs: list[Pair] = []
    for like, _, _, i, j in scored:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append(Pair((i,), (j,), -like))
    left_a = [i for i in range(len(a)) if i not in used_a]
    left_b = [j for j in range(len(b)) if j not in used_b]
    if left_a and left_b and len(left_a) + len(left_b) > 2:
        pairs += _joined(a, b, left_a, left_b)
    pairs.sort(key=lambda p: p.a)
    return Alignment(tuple(pairs), tuple(left_a), tuple(left_b))


def _joined(a: Sequence[Word], b: Sequence[Word], left_a: list[int], left_b: list[int]) -> list[Pair]:
    """Pair runs of what is left with single words of the other side, the likest first; shortens what is left."""
    options = [Pair(run, (j,), like) for run, j, like in _alike(a, left_a, b, left_b)]
    options += [Pair((i,), run, like) for run, i, like in _alike(b, left_b, a, left_a)]
    found = []
    for pair in sorted(options, key=lambda p: (-p.likeness, p.a, p.b)):
        if set(pair.a) <= set(left_a) and set(pair.b) <= set(left_b):
            found.append(pair)
            left_a[:] = [i for i in left_a if i not in pair.a]
            left_b[:] = [j for j in left_b if j not in pair.b]
    return found


def _alike(
    words: Sequence[Word], left: list[int], others: Sequence[Word], left_others: list[int]
) -> list[tuple[tuple[int, ...], int, float]]:
    """Return the runs of what is left that spell a single word of the other side, with that and how like they are."""
    found = []
    for at in range(len(left) - 1):
        first, second = left[at], left[at + 1]
        if second != first + 1:
            continue
        word_, initial = words[first], words[second].text[0]
        for j in left_others:
            other = others[j]
            if (
                other.loose
                or word_.loose
                or (
                    # the cheap questions before the dear one
                    len(other.text) > len(word_.text)
                    and (word_.syllables or (initial in other.text and word_.sound[:1] == other.sound[:1]))
                )
            ):
                found += [(run, j, like) for run in _runs(left, at) if (like := _run_likeness(words, run, other))]
    return found


def _runs(places: list[int], at: int) -> list[tuple[int, ...]]:
    """Return the runs of neighbouring places from `at` on, two to _LONGEST_RUN long."""
    ends = range(at + 2, min(at + _LONGEST_RUN, len(places)) + 1)
    return [tuple(places[at:end]) for end in ends if places[end - 1] - places[at] == end - 1 - at]


def _run_likeness(words: Sequence[Word], run: tuple[int, ...], other: Word) -> float:
    """Return how like a run of words, written as one, is to a word; 0.0 below _JOINED."""
    whole = "".join([words[i].text for i in run])
    loose = any(words[i].loose for i in run)
    if len(other.text) < len(run) + 1 or (abs(len(whole) - len(other.text)) > 3 and not loose and not other.loose):
        return 0.0
    like = likeness(word(whole, loose=loose), other)
    if like < _JOINED and not loose and not other.loose and words[run[0]].syllables:
        like = max(like, likeness(word(joined_syllables([words[i] for i in run])), other))
    return like if like >= _JOINED else 0.0


def joined_syllables(words: Sequence[Word]) -> str:
    """Return words as one, Wade-Giles syllables in pinyin ("tse" and "tung" are zedong)."""
    pinyin = name_tables().pinyin
    return "".join(pinyin.get(w.text, w.text) for w in words)
