"""Flows taken together for a picture: from whom, what, to whom, in one unit at a time. No layout, no drawing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.answer import following
from dragoman.answer.filters import english
from dragoman.answer.tables import Column, Table, table
from dragoman.records import Record
from dragoman.resolve.flows import FlowSum
from dragoman.store import Store

ORDER = ("delivered", "committed", "pledged", "planned")  # of the panels: what has happened first


class Band(Record, frozen=True):
    """What one side sends another of one commodity, in the unit of its panel; parties by state or name, None: not told.

    `low` and `high` add up the amounts told; `flows` counts the events, `unmeasured` those without an amount. In a
    panel without a unit the flows themselves are what is counted.
    """

    origin: str | None
    target: str | None
    commodity: str | None
    low: float
    high: float
    flows: int
    unmeasured: int
    events: tuple[str, ...]

    def size(self, unit: str | None) -> float:
        """Return how wide it is drawn: the least that was told, or the number of flows."""
        return self.low if unit else float(self.flows)


class Panel(Record, frozen=True):
    """The bands of one kind and one unit, the widest first. Nothing is added up over units, nor over kinds."""

    of: str  # delivered, committed, pledged, planned
    unit: str | None  # ISO 4217 code, unit of goods; None: no amount is told, flows are counted
    bands: tuple[Band, ...]


class Sankey(Record, frozen=True):
    """The panels, what is delivered first; `unit`s by name, that of counted flows last."""

    a: str | None
    b: str | None
    only: str  # the filters in English
    panels: tuple[Panel, ...]


def flow_picture(store: Store, a: str | None, b: str | None, asked: Mapping[str, Any]) -> Sankey:
    """Return the flows of A and B (either, or all) that the filters let through, as `flow_sums` gives them."""
    return of_sums(a, b, asked, following.flow_sums(store, a, b, asked))


def of_sums(a: str | None, b: str | None, asked: Mapping[str, Any], sums: Iterable[FlowSum]) -> Sankey:
    """Return the picture of sums that are there already."""
    return Sankey(a=a, b=b, only=english(asked), panels=panels(sums))


def panels(sums: Iterable[FlowSum]) -> tuple[Panel, ...]:
    """Return the sums of all months by kind and unit; those without any amount are counted."""
    groups: dict[tuple[str, str | None], list[FlowSum]] = defaultdict(list)
    for s in sums:
        measured = s.unit is not None and s.low > 0
        groups[s.of, s.unit if measured else None].append(s)
    keys = sorted(groups, key=lambda k: (ORDER.index(k[0]), k[1] is None, k[1] or ""))
    return tuple(Panel(of=of, unit=unit, bands=_bands(groups[of, unit], unit)) for of, unit in keys)


def _bands(sums: Sequence[FlowSum], unit: str | None) -> tuple[Band, ...]:
    groups: dict[tuple[str | None, str | None, str | None], list[FlowSum]] = defaultdict(list)
    for s in sums:
        groups[s.origin, s.target, s.commodity].append(s)
    found = [
        Band(
            origin=origin,
            target=target,
            commodity=commodity,
            low=sum(s.low for s in some),
            high=sum(s.high for s in some),
            flows=sum(s.flows for s in some),
            unmeasured=sum(s.unmeasured for s in some),
            events=tuple(e for s in some for e in s.events),
        )
        for (origin, target, commodity), some in groups.items()
    ]
    return tuple(sorted(found, key=lambda b: (-b.size(unit), b.origin or "~", b.target or "~", b.commodity or "~")))


BANDS: tuple[Column, ...] = (
    ("of", "text", lambda r: r[0].of),
    ("unit", "text", lambda r: r[0].unit),
    ("origin", "text", lambda r: r[1].origin),
    ("commodity", "text", lambda r: r[1].commodity),
    ("target", "text", lambda r: r[1].target),
    ("low", "number", lambda r: r[1].low),
    ("high", "number", lambda r: r[1].high),
    ("flows", "integer", lambda r: r[1].flows),
    ("unmeasured", "integer", lambda r: r[1].unmeasured),
    ("events", "list", lambda r: list(r[1].events)),
)


def bands_table(answer: Sankey) -> Table:
    """Return one row a band."""
    return table(BANDS, [(p, b) for p in answer.panels for b in p.bands])
