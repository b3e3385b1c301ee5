"""What goes on between two parties beyond single acts: open dossiers and sums of flows, by the lines they rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from dragoman.answer.gather import Gathered
from dragoman.answer.lines import Line
from dragoman.answer.parties import among
from dragoman.answer.words import called, names, stage_words, sum_words
from dragoman.records import Contact, Dossier, Flow, Party, Record, Stage
from dragoman.resolve import contacts as meeting
from dragoman.resolve import dossiers as following
from dragoman.resolve import flows as moving
from dragoman.resolve.flows import month_of
from dragoman.resolve.matters import Groups, matters_of

CLOSED = frozenset({"cancelled", "ended", "delivered"})  # nothing is expected of a matter that came to this
AHEAD = ("planned", "pledged", "committed")  # what a flow is that has not come yet


class Matter(Record, frozen=True):
    """An open dossier. `numbers` are the lines of its events, `id` is what `dossier` takes."""

    id: str
    kind: str
    title: str
    parties: tuple[str, ...]
    state: str
    stage: str  # the last that came, with its date
    told: str | None  # when that was first told
    expected: tuple[str, ...]  # what is planned and has not come
    amounts: tuple[str, ...]
    numbers: tuple[int, ...]


class Moved(Record, frozen=True):
    """The sum of flows of one kind from one party to another; `of` is delivered, planned, pledged or committed."""

    origin: str | None
    target: str | None
    goods: str
    of: str
    low: float
    high: float
    unit: str | None
    flows: int
    unmeasured: int  # flows without a number
    first: str | None  # months of the first and the last that have a date
    last: str | None
    numbers: tuple[int, ...]


def contacts(g: Gathered) -> list[Contact]:
    """Return who met, visited or phoned whom, of the events of a brief."""
    return meeting.contacts(g.events, g.tellings)


# ---------------------------------------------------------------- dossiers
def groups(g: Gathered) -> Groups:
    """Return the events of a brief grouped by matter, from which dossiers and flows are both read."""
    return matters_of(g.around, g.tellings)


def matters(g: Gathered, drawn: Sequence[Line], grouped: Groups) -> tuple[Matter, ...]:
    """Return the open dossiers of the two that rest on a line of the brief, the one told of last first.

    They are read, as by `dragoman dossiers`, with all that each of the two does with others.
    """
    by_event = _numbers(drawn)
    found = [d for d in following.dossiers(g.around, g.tellings, grouped) if _of_both(d, g) and _open(d)]
    ours = [(d, numbers) for d in found if (numbers := _rests_on(d.events, by_event))]
    ordered = sorted(ours, key=lambda x: (_last_told(x[0]), x[0].id), reverse=True)
    return tuple(_matter(d, numbers) for d, numbers in ordered)


def _numbers(drawn: Iterable[Line]) -> dict[str, int]:
    """Return event → the number of its line; background is no part of what goes on."""
    return {x.ids[0]: x.number for x in drawn if x.section not in ("background", "context")}


def _rests_on(events: Iterable[str], by_event: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(by_event[e] for e in events if e in by_event))


def _of_both(d: Dossier, g: Gathered) -> bool:
    return among(g.one, d.parties) and among(g.other, d.parties)


def _open(d: Dossier) -> bool:
    return d.state not in CLOSED or bool(_expected(d.stages))


def _expected(stages: Iterable[Stage]) -> list[Stage]:
    """Return the stages that are planned and have not come."""
    listed = list(stages)
    came = {s.stage for s in listed if not s.planned}
    return [s for s in listed if s.planned and s.stage not in came]


def _last_told(d: Dossier) -> str:
    return max((s.told for s in d.stages if s.told), default="")


def _matter(d: Dossier, numbers: tuple[int, ...]) -> Matter:
    came = [s for s in d.stages if not s.planned]
    return Matter(
        id=d.id,
        kind=d.kind,
        title=d.title,
        parties=tuple(names(d.parties)),
        state=d.state,
        stage=stage_words(came[-1]) if came else "",
        told=came[-1].told if came else None,
        expected=tuple(" ".join([s.stage, *([s.date] if s.date else [])]) for s in _expected(d.stages)),
        amounts=tuple(sum_words(a) for a in d.amounts),
        numbers=numbers,
    )


# ---------------------------------------------------------------- flows
def flows(g: Gathered, drawn: Sequence[Line], grouped: Groups) -> tuple[Moved, ...]:
    """Return the sums of what was moved between the two: delivered first, what is still to come apart.

    What is only told again and what was called off is in none.
    """
    by_event = _numbers(drawn)
    groups: dict[tuple[str, ...], list[Flow]] = defaultdict(list)
    for f in moving.flows(g.around, g.tellings, grouped):
        if f.event in by_event and f.again is None and f.of != "cancelled":
            groups[f.of, _end(f.origin), _end(f.target), f.commodity or "", f.unit or ""].append(f)
    return tuple(_moved(key, groups[key], by_event) for key in sorted(groups, key=lambda k: (k[0] in AHEAD, *k)))


def _end(p: Party | None) -> str:
    """Return an end of a flow by its state, where it has one."""
    return called(p.country or p.name) if p else ""


def _moved(key: tuple[str, ...], some: Sequence[Flow], by_event: Mapping[str, int]) -> Moved:
    of, origin, target, commodity, unit = key
    months = sorted(m for f in some if (m := month_of(f)))
    return Moved(
        origin=origin or None,
        target=target or None,
        goods=_goods(some, commodity),
        of=of,
        low=sum(f.low or 0.0 for f in some),
        high=sum(f.high or 0.0 for f in some),
        unit=unit or None,
        flows=len(some),
        unmeasured=sum(f.low is None for f in some),
        first=months[0] if months else None,
        last=months[-1] if months else None,
        numbers=_rests_on((f.event for f in some), by_event),
    )


def _goods(some: Collection[Flow], commodity: str) -> str:
    """Return what is moved: in its own words where all flows have the same, else by its class; of a sum nothing."""
    if commodity == "money" and any(f.low is not None for f in some):
        return ""
    said = {f.goods for f in some if f.goods}
    return said.pop() if len(said) == 1 else commodity
