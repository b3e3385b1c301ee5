"""What a request asks: the parameters of its address, checked against its route. Nothing is answered here."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dragoman.answer.filters import BY_NAME, asked_for
from dragoman.errors import StopRun

LONGEST = 500  # characters of one parameter: no name, date or search is this long
MOST = 50  # parameters of one address


class Asked:
    """The path and the query of one request."""

    def __init__(self, path: Mapping[str, str], query: Sequence[tuple[str, str]], known: Collection[str]) -> None:
        """Raise StopRun for a parameter that the route does not know, for one too long and for too many."""
        if len(query) > MOST:
            raise StopRun(f"{len(query)} parameters; at most {MOST} can be asked for at once")
        for name, value in query:
            if name not in known:
                raise StopRun(f"{name}: no parameter here; there are {', '.join(sorted(known))}")
            if len(value) > LONGEST:
                raise StopRun(f"{name}: longer than {LONGEST} characters")
        self.path = path
        self.query = tuple((name, value) for name, value in query if value.strip())

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter, in their order."""
        return tuple(value for other, value in self.query if other == name)

    def one(self, name: str, default: str | None = None) -> str | None:
        """Return the value of a parameter; StopRun where it is given twice."""
        values = self.many(name)
        if len(values) > 1:
            raise StopRun(f"{name}: given {len(values)} times; it takes one value")
        return values[0] if values else default

    def needed(self, name: str) -> str:
        """Return the value of a parameter that can't be left out."""
        value = self.one(name)
        if value is None:
            raise StopRun(f"{name}: is missing; give it as ?{name}=…")
        return value

    def choice(self, name: str, choices: Sequence[str], default: str | None = None) -> str | None:
        """Return the value of a parameter that is one of `choices`."""
        value = self.one(name, default)
        return None if value is None else self.check(name, value, choices)

    def choices(self, name: str, choices: Sequence[str]) -> tuple[str, ...]:
        """Return the values of a parameter, each one of `choices`."""
        return tuple(self.check(name, value, choices) for value in self.many(name))

    @staticmethod
    def check(name: str, value: str, choices: Sequence[str]) -> str:
        """Return a value that is one of `choices`; StopRun for any other."""
        if value not in choices:
            raise StopRun(f"{name}={value}: one of {', '.join(choices)}")
        return value

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 to `most`."""
        value = self.one(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
            raise StopRun(f"{name}={value}: wants a whole number from 1 to {most}")
        return int(value)

    @property
    def filters(self) -> dict[str, Any]:
        """Return the filters that are set, by name, ready for the ledger."""
        found: dict[str, Any] = {}
        for name in dict.fromkeys(n for n, _ in self.query if n in BY_NAME):
            values = self.many(name)
            found[name] = _pairs(name, values) if BY_NAME[name].values == 2 else values
        asked_for(found)  # raises StopRun for a value that is no choice
        return found

    def but(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Return the query without some parameters."""
        return tuple((name, value) for name, value in self.query if name not in names)


def _pairs(name: str, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return values taken two by two: `between=RUS&between=SYR`."""
    if len(values) % 2:
        raise StopRun(f"{name}: wants two parties, as {name}=RUS&{name}=SYR")
    return tuple(zip(values[::2], values[1::2], strict=True))
