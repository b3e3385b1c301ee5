"""What a user types into a search box: its words and phrases, as FTS5 reads them, and where they stand in a text.

Pure: no SQL is run here. All that a user types is data: no sign in it is an operator, but for the double quotes.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.text import fold

Range = tuple[int, int]
# Letters below which the last word is no beginning: of a million sentences "r" took 600 ms, a word 10 to 60.
BEGINNING = 3
LONGEST = 64  # words: more is a text, no question; FTS5 gives up at 256
# As the tokenizer unicode61 cuts: letters and digits of any script, with the accents that stand behind them.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


class Term(Record, frozen=True):
    """Words that stand in a row; `open` where the last may be the beginning of a longer one."""

    words: tuple[str, ...]  # as typed
    open: bool = False


class Query(Record, frozen=True):
    """What is looked for: all terms. Without a term nothing is found."""

    terms: tuple[Term, ...]


def query(typed: str) -> Query:
    """Return what `typed` asks for: every word, "words in quotes" in a row, words joined by a sign in a row too.

    The last word may be a beginning, unless it is short, in quotes, or followed by white space.
    """
    found: dict[Term, None] = {}
    pieces = typed.split('"')
    for i, piece in enumerate(pieces):
        for words in [piece] if i % 2 else piece.split():
            told = tuple(m[0] for m in _WORD.finditer(words))
            if told:
                found[Term(words=told)] = None
    if sum(len(term.words) for term in found) > LONGEST:
        raise StopRun(f"search: takes {LONGEST} words at most; leave some out")
    terms = list(found)
    if terms and len(pieces) % 2 and _WORD.search(pieces[-1]) and not pieces[-1][-1].isspace():
        last = Term(words=tuple(m[0] for m in _WORD.finditer(pieces[-1].split()[-1])))
        if last.words and len(last.words[-1]) >= BEGINNING:
            terms[terms.index(last)] = Term(words=last.words, open=True)
    return Query(terms=tuple(terms))


def folded(asked: Query) -> Query:
    """Return the query as names are kept: in lower-case ASCII letters."""
    terms = (Term(words=tuple(fold(" ".join(term.words)).split()), open=term.open) for term in asked.terms)
    return Query(terms=tuple(term for term in terms if term.words))


def expression(asked: Query) -> str:
    """Return the query in the language of FTS5; "" for an empty one."""
    return " AND ".join(f'"{" ".join(term.words)}"' + ("*" if term.open else "") for term in asked.terms)


def plain_words(asked: Query) -> list[str]:
    """Return all words of a query in small letters without accents."""
    return [plain(word) for term in asked.terms for word in term.words]


def plain_words_in(text: str) -> set[str]:
    """Return the words of a text, each once, in small letters without accents."""
    if text.isascii():
        return set(_WORD.findall(text.lower()))
    return {plain(word) for word in set(_WORD.findall(text))}


# ---------------------------------------------------------------- in a text
def marks(asked: Query, text: str, start: int = 0) -> tuple[Range, ...]:
    """Return where the terms stand in a text, in order, apart from each other; offsets begin at `start`."""
    words = [(m.start(), m.end(), plain(m[0])) for m in _WORD.finditer(text)]
    found = sorted(r for term in asked.terms for r in _places(_plainly(term), words))
    apart: list[Range] = []
    for a, b in found:
        if apart and a < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(b, apart[-1][1]))
        else:
            apart.append((a, b))
    return tuple((a + start, b + start) for a, b in apart)


def fits(asked: Query, *texts: str) -> bool:
    """Return whether each term stands in one of the texts."""
    plainly = [_plainly(term) for term in asked.terms]
    return bool(plainly) and all(any(_stands(term, text) for text in texts) for term in plainly)


def _stands(term: Term, text: str) -> bool:
    """Return whether a plain term stands in a text.

    One in ASCII is not cut into words: two words in a row, looked for in some thousands of reports, took 3.1 s of CPU
    with all cut and 0.5 s so.
    """
    if text.isascii():
        return bool(_pattern(term).search(text.lower()))
    return any(_places(term, [(m.start(), m.end(), plain(m[0])) for m in _WORD.finditer(text)]))


@functools.lru_cache(maxsize=LONGEST)
def _pattern(term: Term) -> re.Pattern[str]:
    """Return what finds a plain term in small ASCII letters: the words, with signs between them."""
    words = r"[\W_]+".join(map(re.escape, term.words))
    return re.compile(rf"(?<![^\W_]){words}" + ("" if term.open else r"(?![^\W_])"))


def _places(term: Term, words: list[tuple[int, int, str]]) -> Iterator[Range]:
    n = len(term.words)
    for i in range(len(words) - n + 1):
        told = [w for _, _, w in words[i : i + n]]
        last = told[-1].startswith(term.words[-1]) if term.open else told[-1] == term.words[-1]
        if last and tuple(told[:-1]) == term.words[:-1]:
            yield words[i][0], words[i + n - 1][1]


def _plainly(term: Term) -> Term:
    return Term(words=tuple(map(plain, term.words)), open=term.open)


def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
