"""The invented world around the real states: officials, outlets, kinds of act. Read from TOML files."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
_WOMEN = 0.3  # of the officials


@dataclass(frozen=True)
class State:
    """A state: ISO 3166 alpha-3 code and the names under which it acts."""

    code: str
    name: str
    adj: str
    capital: str
    head: str
    names: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """An invented official."""

    first: str
    last: str
    woman: bool
    office: str
    adj: str

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Outlet:
    """A newsroom and its habits: kind agency, daily, weekly, site or bulletin."""

    name: str
    domain: str
    kind: str
    quotes: str = "straight"
    american: bool = False  # "Tuesday", not "on Tuesday"
    title: bool = False  # headlines In Title Case


@dataclass(frozen=True)
class Kind:
    """What a kind of act is in PLOVER, and who acts and speaks in it."""

    act: str
    office: str
    ministry: str
    modes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # acts that PLOVER allows for it as well
    both: bool = False  # both states act
    status: str = "occurred"
    form: str | None = None  # of a contact
    level: str | None = None


@dataclass
class World:
    """Everything that the stories draw on. `officials` fills as offices are asked for."""

    states: Mapping[str, State]
    outlets: tuple[Outlet, ...]
    kinds: Mapping[str, Kind]
    things: Mapping[str, list[str]]
    names: Mapping[str, list[list[str]]]
    rng: Random
    officials: dict[tuple[str, str], Person] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def official(self, state: State, office: str) -> Person:
        """Return who holds an office, the same for the whole run; "head" is the head of government or state."""
        title = state.head if office == "head" else office
        at = (state.code, title)
        if at not in self.officials:
            self.officials[at] = self.person(state, title)
        return self.officials[at]

    def person(self, state: State, office: str) -> Person:
        """Return a new person of a state whose family name nobody else has."""
        men, women, families = self.names[state.names]
        woman = self.rng.random() < _WOMEN
        free = [f for f in families if f not in self.taken] or families
        last = self.rng.choice(free)
        office = office.replace("spokesman", "spokeswoman") if woman else office
        self.taken.add(last)
        return Person(self.rng.choice(women if woman else men), last, woman, office, state.adj)


def load_world(rng: Random) -> World:
    """Return the world of world.toml."""
    raw = tomllib.loads((HERE / "world.toml").read_text("utf-8"))
    return World(
        states={code: State(code=code, **(row | {"towns": tuple(row["towns"])})) for code, row in raw["state"].items()},
        outlets=tuple(Outlet(**row) for row in raw["outlet"]),
        kinds={name: Kind(**_tuples(row)) for name, row in raw["kind"].items()},
        things=raw["things"],
        names=raw["names"],
        rng=rng,
    )


def load_arcs() -> list[dict[str, Any]]:
    """Return the stories of arcs.toml."""
    arcs: list[dict[str, Any]] = tomllib.loads((HERE / "arcs.toml").read_text("utf-8"))["arc"]
    return arcs


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
