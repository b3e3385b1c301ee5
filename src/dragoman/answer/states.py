"""States by code and by English name, from the locale data. No demonyms: the scheme has those."""

from functools import cache

from dragoman.records import Record
from dragoman.text import fold

# Codes of the coding scheme that are no territory.
_KINDS = {"EUR": "European Union", "UNO": "United Nations", "KOS": "Kosovo"}


class State(Record, frozen=True):
    """A state, or one of the codes that stand for a body of states."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


def country(asked: str) -> State | None:
    """Return the state with this code, or with this name in any case and accent; None where there is none."""
    return _by_code().get(asked.upper()) if asked.isupper() else _by_name().get(fold(asked))


@cache
def _by_code() -> dict[str, State]:
    from babel import Locale  # noqa: PLC0415 - 50 ms, only for questions
    from babel.core import get_global  # noqa: PLC0415

    names = Locale("en").territories
    alpha3 = {
        a: t[0] for a, t in get_global("territory_aliases").items() if len(a) == 3 and a.isalpha() and len(t) == 1
    }
    found = {code: State(code=code, name=names[two]) for code, two in sorted(alpha3.items()) if two in names}
    return found | {code: State(code=code, name=name) for code, name in _KINDS.items()}


@cache
def _by_name() -> dict[str, State]:
    return {fold(s.name): s for s in _by_code().values()}
