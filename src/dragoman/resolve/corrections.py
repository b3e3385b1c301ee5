"""What a person set right on an event: one field at a time, with the person's name in the rule. No storage here."""

from collections.abc import Callable, Iterable

import msgspec

from dragoman.edtf import bounds
from dragoman.errors import StopRun
from dragoman.records import Count, Event, Judgement, Party, When, Where
from dragoman.scheme.status import STATUSES

REJECT, FIELD = "reject", "field"
COUNTED = ("killed", "wounded", "detained", "missing", "displaced", "released", "troops")


def corrected(event: Event, judged: Iterable[Judgement]) -> Event:
    """Return the event with what people set, the latest last; its `rules` say who."""
    for j in sorted(judged, key=lambda j: (j.at, j.by)):
        event = FIELDS[j.b](event, j.note)
        said = (j.b, f"set by {j.by} on {j.at[:10]}")
        event = msgspec.structs.replace(event, rules=(*(r for r in event.rules if r[0] != j.b), said))
    return event


def checked(field: str, value: str) -> str:
    """Return the value as it is kept; StopRun where the field can't be set or not to this."""
    if field not in FIELDS:
        raise StopRun(f"{field}: no field that can be set; there are {', '.join(FIELDS)}")
    value = value.strip()
    if field == "status" and value not in STATUSES:
        raise StopRun(f"status {value}: one of {', '.join(STATUSES)}")
    if field == "historical" and value not in ("yes", "no"):
        raise StopRun(f"historical {value}: yes or no")
    if field == "date" and value and bounds(value) == (None, None):
        raise StopRun(f"date {value}: is no EDTF date; write 2025-03-05, 2025-03 or 2025-03-01/2025-03-05")
    if field in COUNTED and not value.isdigit():
        raise StopRun(f"{field} {value}: wants a whole number")
    return value


def _status(event: Event, value: str) -> Event:
    return msgspec.structs.replace(event, status=value)


def _historical(event: Event, value: str) -> Event:
    return msgspec.structs.replace(event, historical=value == "yes")


def _date(event: Event, value: str) -> Event:
    when = When(edtf=value, text=value, start=-1, end=-1, basis="review") if value else None
    return msgspec.structs.replace(event, when=when)


def _place(event: Event, value: str) -> Event:
    return msgspec.structs.replace(event, where=Where(name=value) if value else None)


def _party(side: str) -> Callable[[Event, str], Event]:
    def set_party(event: Event, value: str) -> Event:
        """Set one side to the parties named, apart by semicolons; three capitals are a country."""
        names = [name for part in value.split(";") if (name := part.strip())]
        parties = tuple(Party(name=n, country=n if len(n) == 3 and n.isupper() else None) for n in names)
        return msgspec.structs.replace(event, **{f"{side}s": parties})

    return set_party


def _count(of: str) -> Callable[[Event, str], Event]:
    def set_count(event: Event, value: str) -> Event:
        n = float(value)
        kept = (c for c in event.counts if c.of != of)
        counts = (*kept, Count(of=of, low=n, high=n, unit=None, text=value, start=-1, end=-1))
        return msgspec.structs.replace(event, counts=counts)

    return set_count


FIELDS: dict[str, Callable[[Event, str], Event]] = {
    "status": _status,
    "historical": _historical,
    "date": _date,
    "place": _place,
    "actor": _party("actor"),
    "recipient": _party("recipient"),
    **{of: _count(of) for of in COUNTED},
}
