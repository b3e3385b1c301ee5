"""Keys to find candidates by: spellings of one name share at least one, other names few."""

import functools
from collections.abc import Iterator, Sequence
from itertools import combinations

from dragoman.names.organisation_parts import Organisation, organisations
from dragoman.names.person_parts import persons
from dragoman.names.sounds import COARSE, skeleton
from dragoman.names.words import Word

_ORGANISATIONS = frozenset(
    ("Organization", "Organisation", "Company", "PublicBody", "Vessel", "Airplane", "Vehicle", "Address")
)

_MOST = 8  # words of a name that are paired: longer names have enough


@functools.lru_cache(maxsize=32768)
def keys(name: str, kind: str = "Person") -> frozenset[str]:
    """Return the keys of a name of an entity of a kind (of FollowTheMoney): consonants of its words.

    A pair of words makes a key; so does a word alone, unless it is a given name or a common word of organisations in a
    longer name; so does the whole. A LegalEntity has the keys of both. Empty where the name has no word. Raises
    ValueError for a name that is no string.
    """
    if not isinstance(name, str):
        raise ValueError(f"wants a name as str, not {type(name).__name__}")  # noqa: TRY004 - as `compare`
    found: set[str] = set()
    if kind not in _ORGANISATIONS:
        for person in persons(name):
            found.update(_of_words([(w, w.given or bool(w.syllables)) for w in person.words]))
    if kind != "Person":
        for organisation in organisations(name):
            found.update(_of_organisation(organisation))
    return frozenset(found)


def _of_organisation(o: Organisation) -> Iterator[str]:
    """Yield the keys of an organisation: of its words, and of its initials."""
    yield from _of_words([(w, kind in ("plain", "place")) for w, kind in zip(o.words, o.kinds, strict=True)])
    if len(o.acronym) > 2:
        yield f"={o.acronym}"
    core = [w.text for w, kind in zip(o.words, o.kinds, strict=True) if kind != "place"]
    if len(core) == 1 and 2 < len(core[0]) < 8:
        yield f"={core[0]}"
    if not o.words:
        yield from (f"#{n}" for n in o.numbers)


def _of_words(words: Sequence[tuple[Word, bool]]) -> Iterator[str]:
    """Yield the keys of words, each with whether it is too common to stand alone."""
    told = [(_word_keys(w), common) for w, common in words if len(w.text) > 1]
    yield from (key for keys_, common in told if not common or len(told) == 1 for key in keys_)
    for (one, _), (two, _) in combinations(told[:_MOST], 2):
        yield from ("+".join(sorted((a, b))) for a in one for b in two)
    if told:
        yield "".join(keys_[0] for keys_, _ in told)
    if len(words) > 1 and told:  # "M. Ashraf" and "Muhammad Ashraf"
        yield from (f"{words[0][0].sound[:1].translate(COARSE)}.{key}" for key in told[-1][0])


def _word_keys(w: Word) -> tuple[str, ...]:
    """Return the keys of a word: consonants of the name that it is a spelling of, or of the father in it, else its own.

    l and r are one; w is read both as a vowel and as v.
    """
    name = min(w.names or w.fathers, default="").partition(":")[2]
    shapes = [skeleton(name)] if name else [w.skeleton, skeleton(w.text.replace("w", "v"))]
    return tuple(dict.fromkeys(s.replace("l", "r") or w.sound for s in shapes))
