"""From a name in any script to folded tokens in Latin letters. What the tokens mean is told elsewhere."""

import functools
import re
import unicodedata
from collections.abc import Iterator

import msgspec
from anyascii import anyascii

from dragoman.scheme.names import name_tables


class Token(msgspec.Struct, frozen=True):
    """A folded token. `native`: its spelling in Arabic or Hebrew letters; `loose`: its script leaves sounds out.

    `capitals`: written all in capitals; `stray`: its one capital is not the first letter ("nituP"); `after`: the comma
    behind it, or "".
    """

    text: str
    native: str = ""
    loose: bool = False
    capitals: bool = False
    stray: bool = False
    after: str = ""


# Marks inside words that tell nothing: apostrophes, ayn and hamza, soft and joining signs, Arabic vowel signs.
_INSIDE = re.compile("['’‘`´ʼʻʿʾ′\u00ad\u200b-\u200f\u2060\ufeff\u0640\u064b-\u065f\u0670]|(?<=\\w)\"(?=\\w)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.[ ]?){2,}(?:[^\W\d_]\b)?")
# A word with its vowel signs, which are no letters to `re`: Hebrew, Indic, Thai, Khmer, combining accents.
_PIECE = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u0900-\u0963\u0980-\u109f\u0e31-\u0eff\u1780-\u17d3])+")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ]{4})(?=[A-Z][A-Za-z])")
_DIGITS = str.maketrans("0134579", "oieastg")  # digits put in the place of letters ("Ig0r Sech1n")
_ABJAD = re.compile("[\u0590-\u05ff\u0600-\u06ff\u0700-\u074f\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FINAL, _UNVOICED = (
    re.compile("(?<!n)[gdb]$"),
    {"g": "k", "d": "t", "b": "p"},
)  # what ends a Korean syllable ("bag" is bak)
_OTHER_LOOSE = re.compile("[\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff]")  # India to Burma, Khmer, kana
# Letters whose usual Latin is another than that of the general table: Greek pairs, the schwa of Azerbaijani.
_BEFORE = tuple(
    (re.compile(p, re.IGNORECASE), r)
    for p, r in (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("ου", "u"), ("αυ", "av"), ("ευ", "ev"), ("ə", "a"))
)
# Letters that Arabic words are written with in more than one way.
_ARABIC = str.maketrans({"ی": "ي", "ک": "ك", "ى": "ي", "ٱ": "ا", "آ": "ا", "أ": "ا", "إ": "ا", "ة": "ه"})


@functools.lru_cache(maxsize=32768)
def readings(name: str, *, dotted: bool = False) -> tuple[tuple[Token, ...], ...]:
    """Return the readings of a name as tokens: one, or several where Chinese characters may be read in other languages.

    `dotted` joins letters with stops into one token ("A.B.C." is abc), as names of companies are meant.
    """
    plain = _INSIDE.sub("", unicodedata.normalize("NFKC", name))
    if dotted:
        plain = _DOTTED.sub(lambda m: re.sub(r"[. ]", "", m[0]) + " ", plain)
    for pattern, into in _BEFORE if re.search("[\u0370-\u03ffəƏ]", plain) else ():
        plain = pattern.sub(into, plain)
    if _HAN.search(plain):
        return _han_readings(plain)
    return (tuple(_tokens(plain)),)


def _tokens(plain: str) -> Iterator[Token]:
    """Yield the tokens of a text without Chinese characters."""
    for m in _PIECE.finditer(plain):
        tail = plain[m.end() :].lstrip(". ")[:1]
        after = tail if tail == "," else ""
        cut = _CAMEL.split(m[0])
        for i, piece in enumerate(cut):
            yield from _piece(piece, after if i == len(cut) - 1 else "")


def _piece(piece: str, after: str) -> Iterator[Token]:
    if _ABJAD.match(piece):
        yield _abjad(piece, after)
        return
    ascii_ = anyascii(piece)
    if _HANGUL.match(piece):
        for syllable in re.findall(r"[A-Z][a-z]*", ascii_):
            yield Token(text=_FINAL.sub(lambda m: _UNVOICED[m[0]], syllable.lower()))
        return
    text = re.sub(r"[^a-z0-9]", "", ascii_.lower())
    if text:
        capital = [i for i, c in enumerate(piece) if c.isupper()]
        yield Token(
            text=text,
            loose=bool(_OTHER_LOOSE.match(piece)),
            capitals=len(piece) > 1 and piece.isupper(),
            stray=len(capital) == 1 and capital[0] > 0,
            after=after,
        )


def _abjad(piece: str, after: str) -> Token:
    """Return a word in Arabic or Hebrew letters, the article taken off where the table does not know it with it."""
    native, tables = piece, name_tables()
    if native not in tables.names and native.startswith("ال") and len(native) > 4:
        native = native[2:]
    if native not in tables.names:
        native = native.translate(_ARABIC)
    known = tables.names.get(native)
    text = min(known).partition(":")[2] if known else re.sub(r"[^a-z0-9]", "", anyascii(native).lower())
    return Token(text=text or "-", native=native, loose=True, after=after)


def letters_for_digits(text: str) -> str:
    """Return a token with the letters that its digits stand for, where it has both."""
    return text.translate(_DIGITS) if not text.isalpha() and not text.isdigit() else text


# ---------------------------------------------------------------- Chinese characters
def _han_readings(plain: str) -> tuple[tuple[Token, ...], ...]:
    """Return the readings in Chinese, and in Korean and Japanese where our tables read every character."""
    chinese: list[Token] = []
    runs = [m[0] for m in _PIECE.finditer(plain)]
    foreign = (len(runs) > 1 and "·" in plain) or "・" in plain
    for run in runs:
        if _HAN.search(run):
            syllables = [s.lower() for s in re.findall(r"[A-Z][a-z]*", anyascii(run))]
            chinese += [Token(text="".join(syllables), loose=True)] if foreign else [Token(text=s) for s in syllables]
        else:
            chinese += _piece(run, "")
    found = [tuple(chinese)]
    if not foreign:
        found += [read for language in name_tables().han if (read := _read_as(language, runs))]
    return tuple(found)


def _read_as(language: str, runs: list[str]) -> tuple[Token, ...]:
    """Return the reading of all runs in a language, () where a character is unknown."""
    table = name_tables().han[language]
    found: list[Token] = []
    for run in runs:
        at = 0
        while at < len(run):
            known = next((n for n in (3, 2, 1) if run[at : at + n] in table and at + n <= len(run)), 0)
            if not known:
                return ()
            found.append(Token(text=table[run[at : at + known]]))
            at += known
    return tuple(found)
