"""How much: sums of a matter, each event once, and which events only tell again a sum that is known. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.edtf import bounds
from dragoman.records import Amount, Count, Event
from dragoman.resolve.facets import ordinal
from dragoman.resolve.matters import Strand

COUNTED = ("money", "goods")
OF = {"proposed": "pledged", "agreed": "committed", "signed": "committed", "delivered": "delivered"}
ORDER = tuple(dict.fromkeys(OF.values()))
MEMORY = 30  # days within which an undated sum is taken for the same sum told before: reports look back a month at most


def amounts(group: Sequence[Strand], events: Mapping[str, Event]) -> tuple[Amount, ...]:
    """Return the sums of a matter by what they are of and their unit, pledges first."""
    found: dict[tuple[str, str], dict[str, Count]] = defaultdict(dict)
    for s in group:
        of = standing(s, events[s.event])
        for c in events[s.event].counts if of in ORDER else ():
            if c.of in COUNTED and c.unit and (c.low is not None or c.high is not None):
                found[of, c.unit].setdefault(s.event, c)
    keys = sorted(found, key=lambda k: (ORDER.index(k[0]), k[1]))
    return tuple(_sum(of, unit, found[of, unit], group) for of, unit in keys)


def standing(s: Strand, event: Event) -> str:
    """Return what the sum of an event is of: delivered, committed, pledged, planned, cancelled; "" where of none.

    A delivery announced for a day is planned and no pledge; one without a day is a pledge.
    """
    came = [OF[c.stage] for _, c in s.clues if not c.planned and c.stage in OF and (c.stage != "proposed" or c.pledged)]
    if "delivered" in came:
        return "delivered"
    if any(c.stage in ("cancelled", "refused") for _, c in s.clues):
        return "cancelled"
    if came:
        return max(came, key=ORDER.index)
    if any(c.planned and c.stage == "delivered" for _, c in s.clues):
        return "planned" if _on_a_day(event) else "pledged"
    return ""


def _on_a_day(event: Event) -> bool:
    first, last = bounds(event.when.edtf if event.when else None)
    return first is not None and first == last


def told_again(counts: Mapping[str, Count], strands: Iterable[Strand]) -> dict[str, str]:
    """Return event → the event whose sum it tells again: the same number at a time that may be the same.

    `counts` are those of one matter, of one kind of sum. A day that only a plan gives does not tell two sums apart.
    """
    kept: list[Strand] = []
    again: dict[str, str] = {}
    for s in sorted(strands, key=lambda s: (_width(s), s.told, s.event)):
        if s.event not in counts:
            continue
        same = [k for k in kept if _one_sum(counts[k.event], counts[s.event]) and _one_time(k, s)]
        if same:
            again[s.event] = same[0].event
        else:
            kept.append(s)
    return again


def _width(s: Strand) -> int:
    """Return 0 for an act on a day, 1 for one in a longer span, 2 for one undated or told as background."""
    if s.background or not s.dates:
        return 2
    return min(0 if first and first == last else 1 for first, last in map(bounds, s.dates))


def _one_sum(a: Count, b: Count) -> bool:
    return (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _one_time(a: Strand, b: Strand) -> bool:
    """Return whether two events may have been at one time; of an undated one the day on which it was told."""
    if a.dates and b.dates:
        return any(_overlap(x, y) for x in a.dates for y in b.dates)
    days = [ordinal(bounds(s.dates[0])[0] if s.dates else s.told) for s in (a, b)]
    return b.background or None in days or abs((days[0] or 0) - (days[1] or 0)) <= MEMORY


def _overlap(a: str, b: str) -> bool:
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return (a_first or "") <= (b_last or "9") and (b_first or "") <= (a_last or "9")


def _sum(of: str, unit: str, counts: Mapping[str, Count], group: Sequence[Strand]) -> Amount:
    again = told_again(counts, group)
    own = {i: c for i, c in counts.items() if i not in again}
    low, high = (sum(bound(c)[side] for c in own.values()) for side in (0, 1))
    return Amount(of=of, low=low, high=high, unit=unit, events=tuple(sorted(own)))


def bound(c: Count) -> tuple[float, float]:
    """Return the bounds of a count, an open one closed at the other: *at least 12* counts as 12."""
    low = c.low if c.low is not None else c.high
    high = c.high if c.high is not None else c.low
    return low or 0.0, high or 0.0
