"""The rows of `dyad_day` that an event gives: who to whom, on which day, of which sign. Pure: no SQL here."""

from collections.abc import Callable
from datetime import date
from itertools import permutations, product

from dragoman.edtf import bounds
from dragoman.records import Event, Party, Record
from dragoman.text import fold, is_name

Key = Callable[[Party], str | None]
DONE, PLANNED, UNDONE = "done", "planned", "undone"
DAYS = 31  # the widest time in days that still dates an act: a month
# Codes that name a kind of actor and no state: such a party goes by its own name.
KINDS = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
_CLASS = {
    "occurred": DONE, "ongoing": DONE,
    "planned": PLANNED, "negotiating": PLANNED, "requested": PLANNED, "hypothetical": PLANNED,
    "denied": UNDONE, "negated": UNDONE, "cancelled": UNDONE, "refused": UNDONE,
}  # fmt: skip
# Done by speaking: to ask, to refuse and to negotiate are acts of their own, whatever comes of what they are about.
_SPOKEN = frozenset({
    ("REQUEST", "requested"), ("THREATEN", "requested"), ("ACCUSE", "requested"),
    ("REJECT", "refused"), ("CONSULT", "negotiating"),
})  # fmt: skip


class DyadDay(Record, frozen=True):
    """One event in one direction between two parties.

    `day` is the first day of the event's time where that is no longer than a month. Otherwise it is the day on which
    the event was first told (`dated` is false), unless its time rules that day out: then None.
    """

    event: str
    source: str  # country, or folded name of a party without one
    target: str
    day: str | None
    dated: bool
    quad: int  # of the recorded type, as `score`
    score: float
    status: str  # done, planned, undone
    historical: bool
    certainty: str
    origins: int


class PairSum(Record, frozen=True):
    """The events of one quad class between two parties, `a` < `b`; an event counts once, whichever way it goes."""

    a: str
    b: str
    quad: int
    events: int
    score: float
    origins: int
    forth: int  # events that go from a to b
    back: int  # from b to a; one that goes both ways is in both


def party_key(party: Party) -> str | None:
    """Return what a party goes by in a dyad: its state, else its folded name; None for a description (*12 people*)."""
    if party.country and party.country not in KINDS:
        return party.country
    return (fold(party.name) or None) if is_name(party.name) else None


def dyad_days(event: Event, key: Key = party_key) -> list[DyadDay]:
    """Return the rows of an event, by source and target; none where it stands between fewer than two parties.

    Where nobody is acted upon, all acted alike (they met, they signed): each of them towards each other.
    """
    day, dated = day_of(event)
    return [
        DyadDay(
            event=event.id,
            source=source,
            target=target,
            day=day,
            dated=dated,
            quad=event.quad,
            score=event.score,
            status=status_class(event),
            historical=event.historical,
            certainty=event.certainty,
            origins=event.origins,
        )
        for source, target in _pairs(event, key)
    ]


def _pairs(event: Event, key: Key) -> list[tuple[str, str]]:
    actors, recipients = ({k for p in side if (k := key(p))} for side in (event.actors, event.recipients))
    found = product(actors, recipients) if event.recipients else permutations(actors, 2)
    return sorted({(a, b) for a, b in found if a != b})


def status_class(event: Event) -> str:
    """Return whether the recorded act was done, is still to come or was not done."""
    return DONE if (event.type, event.status) in _SPOKEN else _CLASS[event.status]


def day_of(event: Event) -> tuple[str | None, bool]:
    """Return the day under which an event stands, and whether its own time says so."""
    first, last = bounds(event.when.edtf) if event.when else (None, None)
    if first and last and _days(first, last) <= DAYS:
        return first, True
    told = event.published[:10] if event.published else None
    ruled_out = told and ((first and told < first) or (last and told > last))
    return (None if ruled_out else told), False


def _days(first: str, last: str) -> int:
    """Return how many days a time covers; a year 0 is none that Python counts, and none of news."""
    ends = [date.fromisoformat(max(d, date.min.isoformat())).toordinal() for d in (first, last)]
    return ends[1] - ends[0] + 1
