"""Which names of a ledger have to be looked at to know whom one name means. No deciding here."""

from collections.abc import Collection, Iterable, Mapping

from dragoman.names.words import word
from dragoman.records import Record
from dragoman.resolve.actors_names import listed_names, named, person_words, word_keys
from dragoman.scheme.actors import Key, pieces
from dragoman.scheme.names import name_tables


class Sought(Record, frozen=True):
    """What the names related to one name have in common with it: whole folded names, or keys of their words."""

    wholes: frozenset[str]
    family: frozenset[str]  # one such key is enough
    every: frozenset[str]  # of these two
    last: frozenset[str]  # enough in a lone name


def sought(name: str) -> Sought:
    """Return what names have to be, or have in them, to be spellings or parts of a name, or it of them.

    They share a word with it in whatever spelling, given names aside, or the last word of a spelling in our lists
    ("Jolani" leads to every Sharaa). A name of given names only has two words in common with its spellings.
    """
    read = named(name, None)
    listed = listed_names(read.core[-1:], {read.known} - {""})
    asked = pieces(name)
    telling = [p for p in read.core or asked if len(asked) == 1 or not word(p).given]
    return Sought(
        wholes=frozenset({" ".join(pieces(n)) for n in listed} | {" ".join(asked)}),
        family=_keys([*telling, *(w.text for n in listed for w in person_words(n)[-1:] if not w.given)]),
        every=_keys(read.core or asked),
        last=_keys((read.core or asked)[-1:]),
    )


def telling(words: Iterable[str], wanted: Sought) -> list[str]:
    """Return those of the words of all names that a related name has at least one of."""
    whole = {w for name in wanted.wholes for w in name.split()}
    keys = wanted.family | wanted.every | wanted.last
    return [w for w in words if w in whole or (_speaks(w) and word_keys(w) & keys)]


def related(wanted: Sought, names: Mapping[str, str]) -> list[str]:
    """Return those of the names (given with their folded forms) that are related."""
    return sorted(n for n, key in names.items() if key in wanted.wholes or _shares(tuple(key.split()), wanted))


def _keys(told: Collection[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(word_keys, told))


def _speaks(w: str) -> bool:
    return len(w) > 1 and not w.isdigit() and w not in name_tables().articles


def _shares(told: Key, wanted: Sought) -> bool:
    """Return whether the words of a name share a telling key, two keys, or in a lone name the last."""
    keys = [word_keys(w) for w in told if _speaks(w)]
    if any(k & wanted.family for k in keys):
        return True
    return sum(bool(k & wanted.every) for k in keys) > 1 or (len(keys) == 1 and bool(keys[0] & wanted.last))
