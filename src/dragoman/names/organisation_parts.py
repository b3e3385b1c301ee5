"""The parts of an organisation's name: words with their class, numbers, legal forms. Nothing is compared here."""

import functools
import re
from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import OSA

from dragoman.names.script import Token, readings
from dragoman.names.words import Word, word
from dragoman.scheme.names import OrganisationWord, name_tables

_LONGEST_FORM = 7
_OF = frozenset(("in", "of", "de", "du", "di", "do", "des"))  # a place behind these is part of the name


class Organisation(msgspec.Struct, frozen=True):
    """A name in parts: what remains, with the class of each word; numbers; classes of legal forms; the acronym."""

    words: tuple[Word, ...]
    kinds: tuple[str, ...]
    numbers: tuple[int, ...]
    legal: frozenset[str]
    stems: tuple[str, ...]  # of Slavic adjectives, "" for other words
    acronym: str


@functools.lru_cache(maxsize=32768)
def organisations(name: str) -> tuple[Organisation, ...]:
    """Return the readings of an organisation's name in parts."""
    return tuple(_parts(tokens) for tokens in readings(_spelt_out(name), dotted=True))


def _spelt_out(name: str) -> str:
    name = name.replace("&", " and ").replace("+", " plus ").replace("%", " percent ")
    return re.sub(r"(?<=\w)['’`]s\b", "", name)


def _parts(tokens: Sequence[Token]) -> Organisation:
    core, legal = without_legal_forms(tokens)
    core, numbers = _numbers(core)
    tables = name_tables()
    kept: list[tuple[Word, str]] = []
    before = ""
    for token in core:
        entry = _common(token.text)
        kind = "" if entry is None else entry.kind
        kind = "telling" if kind == "place" and before in _OF else kind
        before = token.text
        if kind != "stop" and token.text not in tables.articles:
            kept.append((word(entry.word if entry else _singular(token.text), token.native, loose=token.loose), kind))
    firsts = [t.text[0] for t in core if (t.text not in tables.words or tables.words[t.text].kind != "stop")]
    return Organisation(
        words=tuple(w for w, _ in kept),
        kinds=tuple(k for _, k in kept),
        stems=tuple(_stem(w.text) for w, _ in kept),
        numbers=tuple(sorted(numbers)),
        legal=frozenset(legal),
        acronym="".join(firsts),
    )


# Endings of Slavic adjectives, of any gender and spelling, in the one that the table has.
_ADJECTIVE = re.compile(r"(?:(?<=n)(?:yi|yy|yj|aya|aia|oe|oye)|(?<=k)(?:ii|iy|yi|yy|ij|aya|aia|oe|oye)|oi|oy)$")


def _singular(text: str) -> str:
    return text[:-1] if len(text) > 5 and text[-1] == "s" and text[-2] not in "aiosu" else text


@functools.lru_cache(maxsize=32768)
def _common(text: str) -> OrganisationWord | None:
    """Return the entry of a common word of organisations, None where it is none."""
    words = name_tables().words
    return (
        words.get(text) or words.get(_ADJECTIVE.sub("y", text)) or (words.get(text[:-1]) if text[-1] == "s" else None)
    )


def without_legal_forms(tokens: Sequence[Token]) -> tuple[list[Token], list[str]]:
    """Return the tokens without legal forms, and the classes of those; a name of nothing else is kept whole."""
    texts = [_corrected(t.text) for t in tokens]
    kept: list[Token] = []
    legal: list[str] = []
    at = 0
    while at < len(texts):
        size = _form_at(texts, at, edge=at == 0 or not kept)
        if size:
            legal.append(name_tables().legal_forms[tuple(texts[at : at + size])])
            at += size
        else:
            kept.append(tokens[at])
            at += 1
    return (kept, legal) if kept else (list(tokens), [])


def _form_at(texts: list[str], at: int, *, edge: bool) -> int:
    """Return how many words the legal form at a place has; a short one counts only at the edge of a name."""
    forms = name_tables().legal_forms
    for size in range(min(_LONGEST_FORM, len(texts) - at), 0, -1):
        form = tuple(texts[at : at + size])
        if form in forms and (size > 1 or len(form[0]) > 3 or edge or _only_forms(texts, at + size)):
            return size
    return 0


def _only_forms(texts: list[str], at: int) -> bool:
    """Return whether nothing but legal forms follows."""
    while at < len(texts):
        size = next(
            (
                n
                for n in range(min(_LONGEST_FORM, len(texts) - at), 0, -1)
                if tuple(texts[at : at + n]) in name_tables().legal_forms
            ),
            0,
        )
        if not size:
            return False
        at += size
    return True


@functools.lru_cache(maxsize=32768)
def _corrected(text: str) -> str:
    """Return a word as legal forms spell it, where it is one of their longer words with one slip."""
    tables = name_tables()
    if len(text) < 5 or text in tables.legal_words or text in tables.words:
        return text
    near = (w for w in tables.legal_words if abs(len(w) - len(text)) < 2 and w[0] == text[0])
    return next((w for w in near if OSA.distance(w, text, score_cutoff=1) <= 1), text)


def _numbers(tokens: Sequence[Token]) -> tuple[list[Token], list[int]]:
    """Take the numbers out: digits, ordinals, number words, Roman numerals in capitals; "forty four" is one."""
    words: list[Token] = []
    numbers: list[int] = []
    tens = False
    for at, token in enumerate(tokens):
        value = _number(token, last=0 < at == len(tokens) - 1)
        if value is None:
            words.append(token)
        elif tens and value < 10 and numbers[-1] % 10 == 0:
            numbers[-1] += value
        else:
            numbers.append(value)
        tens = value is not None and 20 <= value < 100
    return words, numbers


def _number(token: Token, *, last: bool) -> int | None:
    m = re.fullmatch(r"(\d{1,18})(?:st|nd|rd|th|er|eme|i|ya|y)?", token.text)
    if m:
        return int(m[1])
    numbers = name_tables().numbers
    roman = token.text.upper()
    if roman in numbers and token.text not in numbers:
        return numbers[roman] if token.capitals or (last and len(roman) == 1) else None
    return numbers.get(token.text)


_STEM = re.compile(r"(?:[st]?k(?:iy|ii|oe|oi|oy|aya|aia)|[st]?ky|ski|skogo|nyi|nyy|naya|noe)$")


def _stem(text: str) -> str:
    stem = _STEM.sub("", text)
    return stem if 3 < len(stem) < len(text) else ""
