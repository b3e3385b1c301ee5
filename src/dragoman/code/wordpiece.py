"""BERT's uncased WordPiece: from text to the ids that the encoder reads. The vocabulary file is loaded elsewhere."""

import unicodedata
from collections.abc import Iterable, Mapping

# A longer word is [UNK], as in the reference implementation.
LONGEST_WORD = 100
# Code points that are words of their own: the CJK ideograph blocks.
_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
_ASCII_MARKS = ((33, 47), (58, 64), (91, 96), (123, 126))


def read_vocabulary(lines: Iterable[str]) -> dict[str, int]:
    """Return the ids of a vocabulary that has one piece a line; the first line is 0."""
    return {line.rstrip("\n"): i for i, line in enumerate(lines)}


def encode(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Return the ids of a text, without [CLS] and [SEP]."""
    return [i for word in words(text) for i in pieces(word, vocabulary)]


def words(text: str) -> list[str]:
    """Return the words of a text: lower case, accents off, each punctuation mark and ideograph alone."""
    spaced = "".join(map(_spaced, text))
    plain = unicodedata.normalize("NFD", spaced.lower())
    kept = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_mark(c) else c for c in kept).split()


def pieces(word: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Return the ids of the longest known pieces of a word, from left to right; [UNK] where one can't be found."""
    unknown = vocabulary["[UNK]"]
    if len(word) > LONGEST_WORD:
        return [unknown]
    found: list[int] = []
    start = 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = vocabulary.get(("##" if start else "") + word[start:end])
            if piece is not None:
                break
        else:
            return [unknown]
        found.append(piece)
        start = end
    return found


def _spaced(c: str) -> str:
    """Return a character as the tokenizer sees it: no control characters, one kind of space, ideographs alone."""
    if c in "\t\n\r":
        return " "
    if c in "\0\ufffd" or unicodedata.category(c) in ("Cc", "Cf"):
        return ""
    if unicodedata.category(c) == "Zs":
        return " "
    return f" {c} " if _within(ord(c), _CJK) else c


def _is_mark(c: str) -> bool:
    return _within(ord(c), _ASCII_MARKS) or unicodedata.category(c).startswith("P")


def _within(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in blocks)
