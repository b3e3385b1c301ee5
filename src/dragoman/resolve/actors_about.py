"""Which names of a ledger have to be looked at to know whom one name means. No deciding here."""

from collections.abc import Collection, Mapping

from dragoman.names.words import word
from dragoman.resolve.actors_names import listed_names, named, person_words, word_keys
from dragoman.scheme.actors import Key, pieces
from dragoman.scheme.names import name_tables


def related(name: str, names: Mapping[str, str]) -> list[str]:
    """Return the names (given with their folded forms) that can be spellings or parts of a name, or it of them.

    They share a word with it in whatever spelling, given names aside, or the last word of a spelling in our lists
    ("Jolani" leads to every Sharaa). A name of given names only has two words in common with its spellings.
    """
    read = named(name, None)
    listed = listed_names(read.core[-1:], {read.known} - {""})
    wholes = {" ".join(pieces(n)) for n in listed} | {" ".join(pieces(name))}
    asked = pieces(name)
    telling = [p for p in read.core or asked if len(asked) == 1 or not word(p).given]
    family = _keys([*telling, *(w.text for n in listed for w in person_words(n)[-1:] if not w.given)])
    every, last = _keys(read.core or asked), _keys((read.core or asked)[-1:])
    return sorted(n for n, key in names.items() if key in wholes or _shares(tuple(key.split()), family, every, last))


def _keys(told: Collection[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(word_keys, told))


def _shares(told: Key, family: frozenset[str], every: frozenset[str], last: frozenset[str]) -> bool:
    """Return whether the words of a name share a telling key, two keys, or in a lone name the last."""
    keys = [word_keys(p) for p in told if len(p) > 1 and not p.isdigit() and p not in name_tables().articles]
    if any(k & family for k in keys):
        return True
    return sum(bool(k & every) for k in keys) > 1 or (len(keys) == 1 and bool(keys[0] & last))
