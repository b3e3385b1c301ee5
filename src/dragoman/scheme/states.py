"""Names of states by code, from the actor lexicon. Nothing else of states lives here."""

import functools

from dragoman.scheme.actors import listed, rows
from dragoman.text import fold


@functools.cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for _, row in rows("countries.tsv", "code", "name")}


def state_name(code: str) -> str:
    """Return the English name of a state by its alpha-3 code; the code itself where it is none of ours."""
    return _names().get(code, code)


@functools.cache
def state_words() -> frozenset[str]:
    """Return the folded single words that name states: names, adjectives, peoples, capitals and seats."""
    columns = ("name", "aliases", "adjectives", "people", "capitals", "seats")
    told = (part for _, row in rows("countries.tsv", *columns) for c in columns for part in listed(row[c]))
    return frozenset(word for part in told for word in fold(part).split())
