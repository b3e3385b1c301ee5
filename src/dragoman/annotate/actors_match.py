"""Known names in a parse: longest matches of the actor lexicon over token windows; what a name does is not asked."""

import functools
import re
from collections.abc import Iterator

from dragoman.records import Parse, Record, Sentence, Token
from dragoman.scheme.actors import Entry, Key, Lexicon, lexicon, pieces
from dragoman.text import fold

MIXED = 4  # "PiS", "LeT": so short a name with capitals inside is written just so
_WORD = re.compile(r"[^\W_]+")


class Hit(Record, frozen=True):
    """Tokens `first` to `last` (inclusive) name one of `entries`."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Piece(Record, frozen=True):
    """A letter or digit run of the text, folded, with the token that it lies in."""

    word: str
    text: str
    token: int


def known_names(parse: Parse) -> list[Hit]:
    """Return the longest, leftmost lexicon matches of every sentence, none overlapping."""
    names = lexicon()
    return [hit for s in parse.sentences for hit in _sentence_hits(parse, s, names)]


def word_pieces(tokens: tuple[Token, ...]) -> list[Piece]:
    """Return the pieces of some tokens; one token can hold several ("U.S.")."""
    return [Piece(word=word, text=text, token=t.i) for t in tokens for word, text in _split(t.text)]


@functools.lru_cache(maxsize=50_000)  # folding is the dearest step; a token's pieces never change
def _split(token: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, m.group()) for m in _WORD.finditer(token) for word in fold(m.group()).split())


def _sentence_hits(parse: Parse, sentence: Sentence, names: Lexicon) -> Iterator[Hit]:
    found = word_pieces(parse.tokens[sentence.first : sentence.last])
    i = 0
    while i < len(found):
        n = _match(found, i, names)
        if n:
            key = tuple(p.word for p in found[i : i + n])
            hit = Hit(first=found[i].token, last=found[i + n - 1].token, entries=names.entries[key])
            if hit.entries[0].kind != "none" and "$" not in parse.tokens[hit.last].text:
                yield hit
        i += max(n, 1)


def _match(found: list[Piece], i: int, names: Lexicon) -> int:
    """Return how many pieces from `i` on make the longest name; it starts and ends with a token."""
    if i and found[i - 1].token == found[i].token:
        return 0
    for n in range(min(names.longest.get(found[i].word, 0), len(found) - i), 0, -1):
        window = found[i : i + n]
        if i + n < len(found) and found[i + n].token == window[-1].token:
            continue
        key = tuple(p.word for p in window)
        if key in names.entries and any(_cased(window, s) for s in names.spellings[key]):
            return n
    return 0


def _cased(window: list[Piece], spelling: str) -> bool:
    """Return whether the text writes capitals where the spelling has them: "us" is not "US", "turkey" not "Turkey"."""
    words = _WORD.findall(spelling)
    if len(words) != len(window):
        words = spelling.split() if len(spelling.split()) == len(window) else [spelling] * len(window)
    return all(_like(p.text, w) for p, w in zip(window, words, strict=True))


def _like(text: str, word: str) -> bool:
    if not word[:1].isupper():
        return True
    if len(word) > 1 and word.isupper():
        return text.isupper()
    if len(word) <= MIXED and any(c.isupper() for c in word[1:]):
        return text == word
    return text[:1].isupper()


def agent_at(parse: Parse, first: int, last: int) -> tuple[int, Entry] | None:
    """Return the longest agent noun that ends with token `last`, as first token and entry; None for none."""
    agents = lexicon().agents
    found = word_pieces(parse.tokens[max(first, last - 7) : last + 1])
    for n in range(min(len(found), 6), 0, -1):
        window = found[-n:]
        at = window[0].token
        if len(found) > n and found[-n - 1].token == at:
            continue
        entry = agents.get(tuple(p.word for p in window)) or (agents.get(_lemma_key(parse, window)))
        if entry:
            return at, entry
    return None


def _lemma_key(parse: Parse, window: list[Piece]) -> Key:
    """Return the key with the last word as its lemma ("strongmen" as "strongman")."""
    return (*(p.word for p in window[:-1]), *pieces(parse.tokens[window[-1].token].lemma))
