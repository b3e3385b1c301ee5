"""How much: sums of a matter, each event once, and which events only tell again a sum that is known. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from dragoman.edtf import bounds
from dragoman.records import Amount, Count, Event
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
    return tuple(_sum(of, unit, found[of, unit], events) for of, unit in keys)


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


def told_again(counts: Mapping[str, Count], events: Mapping[str, Event]) -> dict[str, str]:
    """Return event → the event whose sum it tells again: the same number at a time that may be the same.

    `counts` are those of one matter, of one kind of sum.
    """
    kept: list[str] = []
    again: dict[str, str] = {}
    for i in sorted(counts, key=lambda i: (_width(events[i]), events[i].published or "9", i)):
        twin = next((k for k in kept if _one_sum(counts[k], counts[i]) and _one_time(events[k], events[i])), None)
        if twin is None:
            kept.append(i)
        else:
            again[i] = twin
    return again


def _width(event: Event) -> int:
    """Return 0 for an act on a day, 1 for one in a longer span, 2 for one undated or told as background."""
    first, last = bounds(event.when.edtf if event.when else None)
    return 2 if event.historical or not (first and last) else int(first != last)


def _one_sum(a: Count, b: Count) -> bool:
    return (a.low, a.high, a.unit) == (b.low, b.high, b.unit)


def _one_time(a: Event, b: Event) -> bool:
    """Return whether two events may have been at one time; of an undated one the day on which it was told."""
    if a.when and b.when:
        (a_first, a_last), (b_first, b_last) = bounds(a.when.edtf), bounds(b.when.edtf)
        return (a_first or "") <= (b_last or "9") and (b_first or "") <= (a_last or "9")
    days = [_day(bounds(e.when.edtf)[0] if e.when else e.published) for e in (a, b)]
    return b.historical or None in days or abs((days[0] or 0) - (days[1] or 0)) <= MEMORY


def _day(iso: str | None) -> int | None:
    return date.fromisoformat(iso[:10]).toordinal() if iso else None


def _sum(of: str, unit: str, counts: Mapping[str, Count], events: Mapping[str, Event]) -> Amount:
    again = told_again(counts, events)
    own = {i: c for i, c in counts.items() if i not in again}
    low, high = (sum(bound(c)[side] for c in own.values()) for side in (0, 1))
    return Amount(of=of, low=low, high=high, unit=unit, events=tuple(sorted(own)))


def bound(c: Count) -> tuple[float, float]:
    """Return the bounds of a count, an open one closed at the other: *at least 12* counts as 12."""
    low = c.low if c.low is not None else c.high
    high = c.high if c.high is not None else c.low
    return low or 0.0, high or 0.0
