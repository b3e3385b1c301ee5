"""The outlines of the countries, from data/map. No projection and no drawing here."""

import functools
from importlib.resources import files

import msgspec

from dragoman.records import Record


class Outline(Record, frozen=True):
    """A country: `code` is alpha-3 (Kosovo KOS), None for what has none. A ring: longitude, latitude, and so on."""

    code: str | None
    name: str
    rings: tuple[tuple[float, ...], ...]


@functools.cache
def outlines() -> tuple[Outline, ...]:
    """Return the countries, by code and name."""
    packed = (files("dragoman") / "data" / "map" / "world.json").read_bytes()
    return msgspec.json.decode(packed, type=tuple[Outline, ...])
