"""Given names and surnames, as the persons of the actor lexicon bear them. Whom a text names is not told here."""

import functools
from collections import Counter

from dragoman.scheme.actors import rows
from dragoman.text import fold

COMMON = 10  # persons who bear a given name; from 3 to 20 tried on LGL and TR-News: places are found equally well


@functools.cache
def personal_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded common given names and the folded surnames: "paul" and "merkel"."""
    persons = {row["name"] for _, row in rows("officeholders.tsv", "name")}
    names = [words for words in (fold(name).split() for name in sorted(persons)) if len(words) > 1]
    given = Counter(words[0] for words in names)
    return frozenset(n for n, bearers in given.items() if bearers >= COMMON), frozenset(words[-1] for words in names)
