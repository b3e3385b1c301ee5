"""What was moved from whom to whom, and its sums by month. Pure; who met whom lives in `contacts`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dragoman.edtf import bounds
from dragoman.records import Count, Event, Flow, Party, Record, Telling
from dragoman.resolve.amounts import bound, standing, told_again
from dragoman.resolve.carriers import Carrier, carrier
from dragoman.resolve.consensus import order
from dragoman.resolve.facets import keys_of, named
from dragoman.resolve.matters import Groups, Strand, matters_of, turned
from dragoman.resolve.phrases import goods_noun, goods_nouns, words
from dragoman.resolve.versions import number
from dragoman.scheme import matters as known
from dragoman.text import fold

MOVING = ("AID", "COOPERATE", "SUPPORT", "AGREE", "SANCTION", "REJECT")  # acts that give, promise, sign or call off
INFERRED = "from whom to whom as in the rest of the matter"
VAGUE = ("goods", "relief", "money", "vehicles", "technology")  # classes that a finer word beside them replaces


class FlowSum(Record, frozen=True):
    """What flows come to in a month: `of` delivered, planned, pledged or committed; parties by state or name.

    `month` is None for undated flows; `flows` counts them, `unmeasured` those without a number.
    """

    origin: str | None
    target: str | None
    commodity: str | None
    unit: str | None
    month: str | None
    of: str
    low: float
    high: float
    flows: int
    unmeasured: int
    events: tuple[str, ...]


def flows(events: Sequence[Event], tellings: Mapping[str, Telling], groups: Groups | None = None) -> list[Flow]:
    """Return what these events move, in the order of their first telling.

    A flow is an event whose tellings name goods, money or arms and say that they are given, promised, contracted or
    called off; what is only asked for, possible or denied is none. `tellings` gives mention id → telling, `groups` are
    what `matters_of` makes of the same, where it is known.
    """
    by_id = {e.id: e for e in events}
    found = []
    for group in groups or matters_of(events, tellings):
        course = _course(group)
        found += _marked([f for s in group if _moves(f := _flow(s, by_id[s.event], tellings, course))], group)
    return sorted(found, key=lambda f: (f.told is None, f.told or "", f.event))


def _moves(f: Flow) -> bool:
    return bool(f.of and f.commodity and (f.origin or f.target))


def sums(found: Iterable[Flow]) -> list[FlowSum]:
    """Return the flows summed by from, to, commodity, unit, month and what they are of; each event once.

    What is told again and what was called off is left out; planned, pledged and committed stand apart from delivered.
    """
    groups: dict[tuple[str, ...], list[Flow]] = defaultdict(list)
    for f in found:
        if f.again is None and f.of != "cancelled":
            key = (_side(f.origin), _side(f.target), f.commodity or "", f.unit or "", month_of(f) or "", f.of)
            groups[key].append(f)
    return [_sum(key, groups[key]) for key in sorted(groups, key=lambda k: (k[4] or "9", *k))]


def month_of(f: Flow) -> str | None:
    """Return the month of a flow; None where its date is open or spans several."""
    first, last = bounds(f.date)
    return first[:7] if first and last and first[:7] == last[:7] else None


def _side(p: Party | None) -> str:
    if p is None:
        return ""
    return known.state_names().get(p.country or "", p.name)


def _sum(key: tuple[str, ...], some: Sequence[Flow]) -> FlowSum:
    origin, target, commodity, unit, month, of = (part or None for part in key)
    return FlowSum(
        origin=origin,
        target=target,
        commodity=commodity,
        unit=unit,
        month=month,
        of=of or "",
        low=sum(f.low or 0.0 for f in some),
        high=sum(f.high or 0.0 for f in some),
        flows=len(some),
        unmeasured=sum(f.low is None for f in some),
        events=tuple(f.event for f in some),
    )


# ---------------------------------------------------------------- one flow
Course = tuple[tuple[str, ...], tuple[str, ...]]


def _course(group: Sequence[Strand]) -> Course:
    """Return who gives and who takes in most events of a matter; empty where none says."""
    told = Counter((s.givers, s.takers) for s in group if s.kind == "aid" and _apart(s.givers, s.takers))
    return min(told, key=lambda c: (-told[c], c), default=((), ()))


def _apart(givers: tuple[str, ...], takers: tuple[str, ...]) -> bool:
    return bool(givers and takers) and not set(givers) & set(takers)


def _flow(s: Strand, event: Event, tellings: Mapping[str, Telling], course: Course) -> Flow:
    """Return the flow of an event; without `of` or `commodity` where it moves nothing."""
    told = sorted((tellings[i] for i, _ in s.clues), key=order)
    of = standing(s, event) if event.act in MOVING else ""
    goods, commodity = _goods(told, money=any(c.of == "money" for c in event.counts))
    count = _count(event, commodity)
    by = _carrier(told)
    origin, target, inferred = _ends(event, told, course)
    return Flow(
        event=event.id,
        origin=origin,
        target=target,
        goods=goods,
        commodity=commodity,
        low=bound(count)[0] if count else None,
        high=bound(count)[1] if count else None,
        unit=count.unit if count else None,
        carrier=by.name,
        imo=by.imo,
        flag=by.flag,
        route=_route(told, by),
        date=event.when.edtf if event.when else None,
        told=event.published,
        status=event.status,
        certainty=event.certainty,
        doubts=(*_doubts(event, told, by), *((INFERRED,) if inferred else ())),
        of=of,
    )


def _count(event: Event, commodity: str | None) -> Count | None:
    """Return the number of what is moved: of money its sum, of goods their measure, else their price."""
    given = [c for c in event.counts if c.of in ("money", "goods") and (c.low is not None or c.high is not None)]
    wanted = ("money", "goods") if commodity == "money" else ("goods", "money")
    return next((c for of in wanted for c in given if c.of == of), None)


def _goods(told: Sequence[Telling], *, money: bool) -> tuple[str | None, str | None]:
    """Return the phrase of the goods and their class: fine before vague, money where only a sum is told."""
    found = [x for t in told if t.mention.theme for x in _named_goods(t.mention.theme.text)]
    sum_told = next((t.mention.theme.money for t in told if t.mention.theme and t.mention.theme.money), None)
    fine = [x for x in found if x[1] not in VAGUE and not (sum_told and x[1] == "currency")]
    if not fine and (money or sum_told):
        return sum_told or "money", "money"
    best = (fine or found)[:1]
    return best[0] if best else (None, None)


def _named_goods(text: str) -> list[tuple[str, str]]:
    """Return phrase and class of each goods noun in a theme: *local currency* of *a shipment of its local currency*."""
    parts = text.split()
    said = [next(iter(words(p)[-1:]), "") for p in parts]
    at = [i for i in range(len(parts)) if goods_noun(said[i]) in goods_nouns(said[i : i + 2])[:1]]
    named_ = [(_with_adjectives(parts, i).strip(",.;:"), known.commodity(goods_noun(said[i]))) for i in at]
    return [(phrase, kind) for phrase, kind in named_ if kind]


def _with_adjectives(parts: Sequence[str], at: int) -> str:
    """Return a noun with up to two words before it that are no grammar, numbers or measures."""
    first = at
    while first > max(0, at - 2) and not _stops(parts[first - 1]):
        first -= 1
    return " ".join(parts[first : at + 1])


def _stops(word: str) -> bool:
    plain = fold(word)
    return (
        not plain or plain[0].isdigit() or word[-1:] in ",;:" or plain in _SMALL or plain in known.words_of("generic")
    )


_SMALL = frozenset(
    "a an the of its his her their our to and or with in from for on by send deliver supply provide give buy sell sale"
    " ship new more some any".split()
)


def _ends(event: Event, told: Sequence[Telling], course: Course) -> tuple[Party | None, Party | None, bool]:
    """Return from whom to whom, and whether a side is taken from the rest of the matter.

    That is done where both sides only act (*signed a loan*), where one is misread (goods that come home), and where
    only a ship or its crew is named as bringing what the matter's giver sends to the same taker.
    """
    givers, takers = event.actors, event.recipients
    if turned(event, told):
        givers, takers = takers, givers
    origin, target = _first(givers), _first(takers)
    usual = tuple(_as_party(side) for side in course)
    if not takers and len(keys_of(givers)) > 1:
        return usual[0], usual[1], True
    if all(usual) and (_goes_back(origin, target, course) or (_nameless(origin) and _side(target) == _side(usual[1]))):
        return usual[0], usual[1], True
    if origin and target and origin.country and origin.country == target.country:
        return origin, None, False
    return origin, target, False


def _goes_back(origin: Party | None, target: Party | None, course: Course) -> bool:
    """Return whether the giver of the matter is told as taking, or its taker as giving."""
    return bool(target and target.country in course[0]) or bool(origin and origin.country in course[1])


def _nameless(p: Party | None) -> bool:
    """Return whether a party is of no state: a ship, dockers."""
    return p is not None and p.country is None


def _as_party(side: tuple[str, ...]) -> Party | None:
    names = known.state_names()
    code = next((k for k in side if k in names), None)
    return Party(name=names[code], country=code) if code else None


def _first(parties: Sequence[Party]) -> Party | None:
    return next((p for p in parties if p.country), None) or next((p for p in parties if named(p)), None)


def _carrier(told: Sequence[Telling]) -> Carrier:
    """Return the carrier as the tellings together name it, the first word on each."""
    each = [carrier(t.said, t.mention.theme.carrier if t.mention.theme else None) for t in told]
    return Carrier(
        name=next((_short(c.name) for c in each if c.name), None),
        imo=next((c.imo for c in each if c.imo), None),
        flag=next((c.flag for c in each if c.flag), None),
        via=tuple(dict.fromkeys(v for c in each for v in c.via)),
        doubt=next((c.doubt for c in each if c.doubt), ""),
    )


def _short(name: str) -> str:
    """Return a carrier without where it goes: *a convoy of trucks to the bank*."""
    return re.split(r" (?:to|from|via) ", name)[0]


def _route(told: Sequence[Telling], by: Carrier) -> tuple[str, ...]:
    """Return where the goods went: origin, what lies between, destination; a name in capitals, nothing vaguer."""
    themes = [t.mention.theme for t in told if t.mention.theme]
    start = next((th.origin for th in themes if th.origin), None)
    end = next((th.destination for th in themes if th.destination and th.destination[:1].isupper()), None)
    names = known.state_names()
    named_ = [names.get(place, place) for place in (start, *by.via, end) if place]
    return tuple(dict.fromkeys(named_))


def _doubts(event: Event, told: Sequence[Telling], by: Carrier) -> tuple[str, ...]:
    """Return what is open: sentences that say so, numbers that fail, versions that differ."""
    said = [d.quote for t in told for d in t.mention.doubts]
    differing = [
        f"{d.field}: {' / '.join(v.value for v in d.versions)}"
        for d in event.disagreements
        if d.field in ("money", "goods", "date", "status")
    ]
    return tuple(dict.fromkeys([*said, *([by.doubt] if by.doubt else []), *differing]))


def _marked(found: Sequence[Flow], group: Sequence[Strand]) -> list[Flow]:
    """Return the flows of a matter, each that only tells again the sum of another with that one's event."""
    groups: dict[tuple[str, ...], list[Flow]] = defaultdict(list)
    for f in found:
        if f.low is not None:
            groups[f.commodity or "", f.unit or "", f.of].append(f)
    again: dict[str, str] = {}
    for some in groups.values():
        again |= told_again({f.event: _as_count(f) for f in some}, group)
    return [msgspec.structs.replace(f, again=again.get(f.event)) for f in found]


def _as_count(f: Flow) -> Count:
    return Count(of="", low=f.low, high=f.high, unit=f.unit, text="", start=0, end=0)


def amount_words(low: float | None, high: float | None, unit: str | None) -> str:
    """Return an amount as it is shown: `20,000 t`, `10 to 12`; "" for none."""
    return "" if low is None else number(Count(of="", low=low, high=high, unit=unit, text="", start=0, end=0))
