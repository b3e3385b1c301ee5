"""What a page reads of a ledger that is too large to be read at once: the latest, and how that is said. No answers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dragoman.answer import asof, latest
from dragoman.answer.conditions import Condition
from dragoman.answer.identities import sides
from dragoman.answer.ledger import Ledger
from dragoman.web.asked import Asked
from dragoman.web.sheet import Param

CHOICE = ("no", "yes")
WHOLE = Param("whole", "All of a large ledger, not its latest reports only; this can take minutes.", CHOICE)
BOUNDED = ("since", "until", "document")  # filters by which the asker has chosen what is read


class Part(NamedTuple):
    """The part of a ledger that is read. `said` is None where it is all that was asked for."""

    only: Sequence[Condition] = ()
    since: str | None = None
    said: str | None = None


def part(ledger: Ledger, asked: Asked, *ends: str | None) -> Part:
    """Return what is read for a page: of two busy parties the reports of their latest events, else the latest reports.

    `ends` are the parties that the page is about. A stretch that is asked for, or `whole`, is read as asked.
    """
    filters = asked.filters
    if asked.choice("whole", CHOICE) == "yes" or any(name in filters for name in BOUNDED):
        return Part()
    named = [x for x in ends if x]
    return _of_two(ledger, named, filters) if len(named) > 1 else _latest(ledger, filters)


def _of_two(ledger: Ledger, named: Sequence[str], filters: Mapping[str, Any]) -> Part:
    known = sides(ledger.store, filters)
    reports = latest.latest(ledger.store, known(named[0]), known(named[1]), filters, known)
    if reports is None:
        return Part()
    cut = reports.cut
    of = f" of {cut.of:,}" if cut.of is not None else ""
    since = f", since {cut.since}" if cut.since else ""
    said = f"read from the reports that tell the latest {cut.events:,}{of} events between the two{since}"
    return Part(latest.within(reports), cut.since, said)


def _latest(ledger: Ledger, filters: Mapping[str, Any]) -> Part:
    since = latest.recent(ledger.store, asof.day_of(filters))
    if since is None:
        return Part()
    return Part(latest.published_since(since), since, f"read from the latest reports, published since {since}")
