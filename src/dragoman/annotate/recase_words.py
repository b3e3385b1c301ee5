"""What is known of words and names where a paragraph in capitals is put in ordinary case. No text is walked here."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from dragoman.scheme import actors, calendar
from dragoman.scheme.gazetteer import gazetteer, place_key
from dragoman.scheme.models import model_bytes
from dragoman.text import fold

Kinds = Callable[[str], frozenset[str]]  # of a word in lower case: function, noun, verb, adj, adv; empty where unknown

# People. A noun of the dictionary that is such a place too (Lima, Cali) is the place. Of the words that this takes from
# the encoder's vocabulary nearly all are names by eye ("luck" and "delta" are not); below, other words mix in.
LARGE = 100_000
WORD = re.compile(r"[^\W_]+")
PLACED = frozenset(("state", "demonym", "nationals", "capital", "region"))
FAITHS = frozenset(
    "latin christian christians catholic catholics jesuit jesuits muslim muslims islamic jew jews jewish".split()
)
_ALSO = frozenset("shall whilst versus amid hopefully everybody anybody etc pre multi pro anti non ex".split())
_BEFORE = re.compile(r"^(?:anti|counter|machine|multi|non|over|para|pre|re|semi|un|under|inter)")
_BRACKETS = re.compile(r"(?<=[^\W_]\s)[\[(]([A-Z]{2,8})[\])]")
_REACH = 120  # code points before a bracket in which the words stand that it shortens


def common(word: str, kinds: Kinds) -> bool:
    """Return whether a word is one of the language, and no mere noun of the dictionary that names a person or town."""
    known = kinds(word)
    agent = (fold(word),) in actors.lexicon().agents
    if known == {"noun"} and not counted(word) and not agent:
        large = any(p.capital or p.population >= LARGE for p in gazetteer().lookup(place_key(word)))
        return not large and fold(word) not in _personal()
    if known or agent or word in _ALSO:
        return True
    bare = _BEFORE.sub("", word)
    return bare != word and len(bare) > 3 and bool(kinds(bare) - {"noun"} or counted(bare))


def counted(word: str) -> bool:
    """Return whether the encoder's vocabulary has the plural: it has "cars" and "bombs", not "limas" and "cias"."""
    return not _vocabulary().isdisjoint((word + "s", word + "es", word[:-1] + "ies"))


def rare(word: str, kinds: Kinds) -> bool:
    """Return whether a word is known as a noun only, and as no frequent one: beside a name it is a name."""
    return kinds(word) == {"noun"} and word not in _vocabulary() and not counted(word)


def belongs(word: str) -> bool:
    """Return whether a name says where somebody belongs: "Colombian police" is no name."""
    return any(e.kind in PLACED for e in actors.lexicon().entries.get((fold(word),), ()))


def spelling(key: actors.Key) -> Sequence[str] | None:
    """Return the words of a name of the tables as they are written there; None where it is none."""
    names = actors.lexicon().spellings.get(key, ())
    for name in (*names, *_holidays().get(key, ())):
        words = WORD.findall(name)
        if tuple(map(fold, words)) == key:
            return words
    return None


def seen(text: str) -> dict[str, str]:
    """Return how the words of ordinary lines are written inside sentences, those written in one way only."""
    found: dict[str, set[str]] = {}
    text = "\n".join(line for line in text.splitlines() if sum(map(str.islower, line)) > len(line) / 2)
    for m in re.finditer(r"(?<=[\w,;] )[^\W\d_]{2,}", text):
        found.setdefault(m[0].lower(), set()).add(m[0])
    return {low: next(iter(forms)) for low, forms in found.items() if len(forms) == 1}


def bracketed(text: str, kinds: Kinds) -> frozenset[str]:
    """Return the short names that brackets give after the words they stand for: "... LIBERATION FRONT [FMLN]"."""
    found = set()
    for m in _BRACKETS.finditer(text):
        word, before = m[1].lower(), WORD.findall(text[max(0, m.start() - _REACH) : m.start()])
        telling = [w for w in before if len(w) > 3 or not kinds(w.lower())]
        missing = (Counter(m[1]) - Counter(w[0] for w in telling[-len(word) - 1 :])).total()
        if not missing or (not kinds(word) and (missing == 1 or len(word) < 6)):
            found.add(word)
    return frozenset(found)


@functools.cache
def _vocabulary() -> frozenset[str]:
    return frozenset(model_bytes("acts", "vocab.txt").decode("utf8").split("\n"))


@functools.cache
def _personal() -> frozenset[str]:
    """Return the first words of the names of persons in the tables, and surnames."""
    names = actors.lexicon()
    given = {key[0] for key, found in names.entries.items() if len(key) > 1 and any(e.kind == "person" for e in found)}
    return frozenset(given | {key[0] for key in names.surnames if len(key) == 1} | actors.words("plain_surname"))


@functools.cache
def _holidays() -> dict[actors.Key, tuple[str]]:
    return {actors.pieces(row["word"]): (row["word"],) for row in calendar.table("holidays")}
