"""Finds the stretches of words that two texts have in common. What that means is judged elsewhere."""

from collections import defaultdict
from itertools import pairwise

from dragoman.records import Evidence, Record, SharedPassage
from dragoman.resolve.copies_words import Words

_SEED = 5  # words in a row: shorter runs are idiom
_REPEATED = 4  # a run of words that one text holds more often than this is a refrain and starts no match
_GAP = 4  # words: an editor changes a word or a date, and the passage goes on
# Equal own words in a passage. Stock phrases are shorter: "the ministry said in a statement on Monday that" has 9.
PASSAGE_WORDS = 12


class Run(Record, frozen=True):
    """Equal words: from word `i` of a and word `j` of b on, `n` of them."""

    i: int
    j: int
    n: int


def shared_passages(a: str, b: str, words_a: Words, words_b: Words) -> list[SharedPassage]:
    """Return the shared passages of two texts in the order of `a`, each with enough words that neither text quotes."""
    found: list[SharedPassage] = []
    for runs in _joined(_runs(words_a.folded, words_b.folded)):
        own = sum(
            words_a.own[r.i + k] and words_b.own[r.j + k] for r in runs for k in range(r.n)
        )  # a quotation in both is what the speaker said, in one of them a quotation of the other
        if own >= PASSAGE_WORDS or words_a.folded == words_b.folded:
            first, last = runs[0], runs[-1]
            found.append(
                SharedPassage(
                    a=_evidence(a, words_a, first.i, last.i + last.n),
                    b=_evidence(b, words_b, first.j, last.j + last.n),
                    words=own,
                )
            )
    return found


def _evidence(text: str, words: Words, first: int, end: int) -> Evidence:
    start, stop = words.starts[first], words.ends[end - 1]
    return Evidence(start=start, end=stop, quote=text[start:stop])


def _runs(a: tuple[str, ...], b: tuple[str, ...]) -> list[Run]:
    """Return disjoint runs of equal words, the longest taken first (greedy string tiling), in the order of `a`."""
    if a == b:
        return [Run(i=0, j=0, n=len(a))] if a else []
    taken_a, taken_b = bytearray(len(a)), bytearray(len(b))
    tiles: list[Run] = []
    for run in sorted(_maximal(a, b), key=lambda r: (-r.n, r.i, r.j)):
        tile = _free(run, taken_a, taken_b)
        if tile.n >= _SEED:
            taken_a[tile.i : tile.i + tile.n] = taken_b[tile.j : tile.j + tile.n] = b"\1" * tile.n
            tiles.append(tile)
    return sorted(tiles, key=lambda r: r.i)


def _maximal(a: tuple[str, ...], b: tuple[str, ...]) -> list[Run]:
    """Return the longest runs of equal words that begin with a seed of both."""
    places = defaultdict(list)
    for i in range(len(a) - _SEED + 1):
        places[a[i : i + _SEED]].append(i)
    found: list[Run] = []
    for j in range(len(b) - _SEED + 1):
        at = places.get(b[j : j + _SEED], ())
        if len(at) > _REPEATED:
            continue
        for i in at:
            begins = i == 0 or j == 0 or a[i - 1] != b[j - 1]
            if begins or len(places[a[i - 1 : i - 1 + _SEED]]) > _REPEATED:
                found.append(Run(i=i, j=j, n=_length(a, b, i, j)))
    return found


def _length(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int) -> int:
    n = _SEED
    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
        n += 1
    return n


def _free(run: Run, taken_a: bytearray, taken_b: bytearray) -> Run:
    """Return what is left of a run when words of longer ones are cut from its ends; nothing where one lies inside."""
    first, last = 0, run.n
    while first < last and (taken_a[run.i + first] or taken_b[run.j + first]):
        first += 1
    while last > first and (taken_a[run.i + last - 1] or taken_b[run.j + last - 1]):
        last -= 1
    inside = any(taken_a[run.i + first : run.i + last]) or any(taken_b[run.j + first : run.j + last])
    return Run(i=run.i + first, j=run.j + first, n=0 if inside else last - first)


def _joined(runs: list[Run]) -> list[list[Run]]:
    """Join runs that follow each other in both texts with few words between."""
    groups: list[list[Run]] = [runs[:1]] if runs else []
    for before, after in pairwise(runs):
        gap_a, gap_b = after.i - before.i - before.n, after.j - before.j - before.n
        if gap_a <= _GAP and 0 <= gap_b <= _GAP:
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups
