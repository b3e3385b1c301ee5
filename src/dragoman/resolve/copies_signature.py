"""Signatures of texts and the keys by which a ledger finds candidates for copies. No comparing of two texts.

A signature holds two sketches, both of word shingles outside quotations: a MinHash of the whole text, and one least
hash a sentence. The first finds near-duplicates; the second finds a single paragraph that two long texts have in
common, which the first can't (its similarity is a share of the whole).
"""

import bisect
import struct

from rensa import RMinHash

from dragoman.errors import SkipItem
from dragoman.resolve.copies_words import Words, sentences, words_of
from dragoman.text import digest

ALGORITHM_VERSION = 1  # raised whenever equal texts would get other bytes: signatures of two versions never match
SHINGLE = 4  # words
_PERMUTATIONS, _BAND = 64, 4  # 16 bands of 4: half of the pairs with Jaccard 0.5 share a band, 99.9 % of those with 0.8
_SEED = 42
_SENTENCE_WORDS = 8  # own words; shorter sentences ("He gave no details.") are stock
_EMPTY = 0xFFFFFFFF  # what the library gives for no shingle at all
_HEAD = struct.Struct("<BH")


def signature(text: str) -> bytes:
    """Return the signature of a text: the same bytes in every process, about 260 bytes and 4 a sentence."""
    words = words_of(text)
    spans = [_inside(words, start, end) for start, end in sentences(text)]
    marks = sorted({_least(words, a, z) for a, z in spans if sum(words.own[a:z]) >= _SENTENCE_WORDS} - {_EMPTY})
    all_words = _shingles(words, 0, len(words.folded)) or [" ".join(words.folded)]  # nothing but a quotation
    whole = _minhash(all_words if words.folded else [], _PERMUTATIONS)
    return _HEAD.pack(ALGORITHM_VERSION, _PERMUTATIONS) + struct.pack(f"<{len(whole) + len(marks)}I", *whole, *marks)


def bands(signature_: bytes) -> tuple[str, ...]:
    """Return the keys of a signature: two documents with an equal key are candidates for `compare_copies`.

    Keys are short ASCII, fit for an indexed column; a text without a word has none.
    Raises SkipItem where the signature is of another version: make it anew from the text.
    """
    version, permutations = _HEAD.unpack_from(signature_) if len(signature_) >= _HEAD.size else (0, 0)
    if version != ALGORITHM_VERSION:
        raise SkipItem(f"is of version {version}, not {ALGORITHM_VERSION}: make it anew", "signature", "resolve")
    numbers = struct.unpack(f"<{(len(signature_) - _HEAD.size) // 4}I", signature_[_HEAD.size :])
    whole, marks = numbers[:permutations], numbers[permutations:]
    if set(whole) == {_EMPTY}:
        return ()
    rows = [whole[i : i + _BAND] for i in range(0, permutations, _BAND)]
    return (
        *(f"{version}d{i}:{digest(struct.pack(f'<{_BAND}I', *row))}" for i, row in enumerate(rows)),
        *(f"{version}s:{mark:x}" for mark in marks),
    )


def _inside(words: Words, start: int, end: int) -> tuple[int, int]:
    """Return the first word and the one after the last between two offsets."""
    return bisect.bisect_left(words.starts, start), bisect.bisect_left(words.starts, end)


def _shingles(words: Words, first: int, last: int) -> list[str]:
    """Return the shingles of the own words between two positions, each run of own words for itself."""
    at = range(first, last - SHINGLE + 1)
    return [" ".join(words.folded[i : i + SHINGLE]) for i in at if all(words.own[i : i + SHINGLE])]


def _minhash(shingles: list[str], permutations: int) -> list[int]:
    sketch = RMinHash(permutations, _SEED)
    sketch.update(shingles)
    return [*sketch.digest()]


def _least(words: Words, first: int, last: int) -> int:
    return _minhash(_shingles(words, first, last), 1)[0]
