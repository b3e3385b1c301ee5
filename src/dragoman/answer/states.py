"""States as a question names them: by code, name or alias, with the words that speak of each. No text is read here."""

from functools import cache

from dragoman.records import Record
from dragoman.scheme import actors
from dragoman.text import fold


class State(Record, frozen=True):
    """A state, or a body with a code of its own. `words`: name, aliases, adjectives, people, capitals, seats."""

    code: str
    name: str
    words: tuple[str, ...]


def state(asked: str) -> State | None:
    """Return the state with this code, or with this name or alias in any case and accent; None where there is none."""
    return _by_code().get(asked.upper()) or _by_name().get(fold(asked))


@cache
def _rows() -> tuple[tuple[State, tuple[str, ...]], ...]:
    """Return each state with its names."""
    found = []
    for _, row in actors.rows("countries.tsv", "code", "name", "aliases", "adjectives", "people", "capitals", "seats"):
        names = (row["name"], *actors.listed(row["aliases"]))
        told = (part for column in ("adjectives", "people", "capitals", "seats") for part in actors.listed(row[column]))
        words = tuple(dict.fromkeys(fold(word) for word in (*names, *told)))
        found.append((State(code=row["code"], name=row["name"], words=words), names))
    return tuple(found)


@cache
def _by_code() -> dict[str, State]:
    return {one.code: one for one, _ in _rows()}


@cache
def _by_name() -> dict[str, State]:
    return {fold(name): one for one, names in _rows() for name in names}
