"""From a cluster of tellings to an Event: agreed fields by stated rules, versions side by side. Nothing is merged."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dragoman.edtf import bounds
from dragoman.records import (
    Corroboration,
    Count,
    Disagreement,
    Event,
    EventMention,
    Party,
    Telling,
    Version,
    When,
    Where,
)
from dragoman.resolve.compare import DONE, NEAR, UNDONE, distance
from dragoman.resolve.facets import keys_of
from dragoman.text import fold

Origins = Mapping[str, str]  # mention id → whose words it is: a wire, an outlet or a document
CERTAIN = ("stated", "hedged", "disputed")
SURE = 0.5  # confidence from which a telling's version counts as one: below it the reader itself may have erred


def order(t: Telling) -> tuple[bool, str, str, int, str]:
    """Return the key of the one order used everywhere: publication (unknown last), document, predicate, id."""
    m = t.mention
    return t.published is None, t.published or "", m.document_id, m.predicate.start, m.id


def event_of(tellings: Sequence[Telling], origins: Origins) -> Event:
    """Return the event that these tellings amount to; it bears the id of the earliest."""
    told = sorted(tellings, key=order)
    lead, first = _speaker(told), told[0]
    when, when_rule = _when(told, origins)
    where, where_rule = _where(told, origins)
    status, status_rule = _status(told)
    differing = disagreements(told, origins)
    fields = sorted({d.field for d in differing})
    given = {"date": when_rule, "place": where_rule, "status": status_rule, "actor": "as the fullest telling has it"}
    rules = [(f, given.get(f, "the number told last")) for f in fields]
    m = _with_status(told, lead, status)
    return Event(
        id=first.mention.id,
        type=m.type,
        act=m.act,
        modes=lead.mention.modes,
        quad=m.quad,
        score=m.score,
        actors=_parties(told, "actors", lead),
        recipients=_parties(told, "recipients", lead),
        theme=lead.mention.theme or next((t.mention.theme for t in told if t.mention.theme), None),
        when=when,
        where=where,
        status=status,
        historical=all(t.mention.historical for t in told),
        certainty=min((t.mention.certainty for t in told), key=CERTAIN.index),
        attribution=lead.mention.attribution,
        published=first.published,
        mentions=tuple(t.mention.id for t in told),
        origins=len({origins[t.mention.id] for t in told}),
        last_told=max((t.published for t in told if t.published), default=None),
        counts=_counts(told),
        corroboration=corroboration(told, origins),
        disagreements=differing,
        rules=tuple(rules),
    )


def _speaker(told: Sequence[Telling]) -> Telling:
    """Return the telling that says most: news before background, then parties, time, place, theme, confidence."""
    return max(told, key=lambda t: (not t.mention.historical, _fullness(t.mention), -told.index(t)))


def _fullness(m: EventMention) -> float:
    filled = (m.actors, m.recipients, m.when, m.where, m.theme, m.modes)
    return sum(bool(part) for part in filled) + m.confidence


def _with_status(told: Sequence[Telling], lead: Telling, status: str) -> EventMention:
    """Return the mention whose type, act and score stand for the event: the commonest act of those with its status."""
    fitting = [t.mention for t in told if t.mention.status == status] or [lead.mention]
    common = Counter(m.act for m in fitting)
    return max(fitting, key=lambda m: (common[m.act], m.id == lead.mention.id, m.confidence, m.id))


def _parties(told: Sequence[Telling], side: str, lead: Telling) -> tuple[Party, ...]:
    """Return a side as the fullest telling names it; where that leaves it out, as the first that names it."""
    own: tuple[Party, ...] = getattr(lead.mention, side)
    return own or next((found for t in told if (found := getattr(t.mention, side))), ())


# ---------------------------------------------------------------- agreed fields, each by a rule
def _when(told: Sequence[Telling], origins: Origins) -> tuple[When | None, str]:
    """Return the time that most origins give, of these the narrowest, then the first told."""
    dated = [t for t in told if t.mention.when]
    votes = _votes(dated, origins, lambda t: t.mention.when.edtf if t.mention.when else "")
    best = min(dated, key=lambda t: (_width(t), -votes[_edtf(t)], order(t)), default=None)
    return (best.mention.when if best else None), "the narrowest time, of equal ones that of most origins"


def _edtf(t: Telling) -> str:
    return t.mention.when.edtf if t.mention.when else ""


def _width(t: Telling) -> int:
    """Return 0 for a day, 1 for less than a year, 2 for more or an open end."""
    first, last = bounds(_edtf(t))
    return 0 if first and first == last else 1 if first and last and first[:4] == last[:4] else 2


def _where(told: Sequence[Telling], origins: Origins) -> tuple[Where | None, str]:
    """Return the place that most origins give; a town before the country that it lies in."""
    placed = [t for t in told if t.mention.where]
    votes = _votes(placed, origins, lambda t: fold(t.mention.where.name) if t.mention.where else "")
    best = max(placed, key=lambda t: (_is_town(t), votes[_place(t)], -placed.index(t)), default=None)
    return (best.mention.where if best else None), "a town before a country, of several that of most origins"


def _is_town(t: Telling) -> bool:
    w = t.mention.where
    return bool(w and w.lat is not None and w.name and fold(w.name) not in _states(t))


def _states(t: Telling) -> set[str]:
    return {fold(p.name) for p in (*t.mention.actors, *t.mention.recipients)}


def _place(t: Telling) -> str:
    return fold(t.mention.where.name) if t.mention.where else ""


def _votes(told: Sequence[Telling], origins: Origins, value: Callable[[Telling], str]) -> Counter[str]:
    """Return how many origins give each value."""
    return Counter(v for v, _ in {(value(t), origins[t.mention.id]) for t in told})


def _status(told: Sequence[Telling]) -> tuple[str, str]:
    """Return how far the act has come: done where any says so, then undone, then the last plan told."""
    stated = [t.mention.status for t in told if t.mention.certainty == "stated"] or [t.mention.status for t in told]
    done = [s for s in stated if s in DONE]
    if done:
        return done[-1], "done, since at least one telling says so; the denial stands beside it"
    undone = [s for s in stated if s in UNDONE]
    return (undone or stated)[-1], "the last told"


def _counts(told: Sequence[Telling]) -> tuple[Count, ...]:
    """Return of each thing counted the number told last."""
    last: dict[tuple[str, str | None], Count] = {}
    for t in told:
        for c in t.mention.counts:
            known = last.get((c.of, c.unit))
            if c.low is not None or c.high is not None or known is None:
                last[c.of, c.unit] = c
    return tuple(last[key] for key in sorted(last, key=lambda k: (k[0], k[1] or "")))


# ---------------------------------------------------------------- on whom it rests
def corroboration(told: Sequence[Telling], origins: Origins) -> Corroboration:
    """Return the origins parted by who speaks in them: a third party or the outlet, a party to the act, no name."""
    by_origin: dict[str, set[str]] = {}
    parties = {k for t in told for k in (*keys_of(t.mention.actors), *keys_of(t.mention.recipients))}
    for t in told:
        by_origin.setdefault(origins[t.mention.id], set()).add(_voice_kind(t.mention, parties))
    kinds = Counter(next(k for k in ("third", "party", "anonymous") if k in found) for found in by_origin.values())
    outlets = tuple(dict.fromkeys(t.publisher or "unnamed outlet" for t in told))
    return Corroboration(
        origins=len(by_origin),
        outlets=outlets,
        third=kinds["third"],
        party=kinds["party"],
        anonymous=kinds["anonymous"],
    )


def _voice_kind(m: EventMention, parties: set[str]) -> str:
    """Return whether a third party (or the outlet itself), a party to the act or an unnamed voice says so."""
    if not m.attribution:
        return "third"
    nearest = m.attribution[0]
    if nearest.actor and {*keys_of((nearest.actor,))} & parties:
        return "party"
    return "anonymous" if nearest.kind == "anonymous" else "third"


# ---------------------------------------------------------------- where the tellings differ
def disagreements(told: Sequence[Telling], origins: Origins) -> tuple[Disagreement, ...]:
    """Return the fields on which two tellings can't both be right, with every version of them."""
    sure = [t for t in told if t.mention.confidence >= SURE and not t.mention.historical]
    found = [
        _differing("status", sure, origins, _told_status, lambda a, b: {a, b} == {"done", "not done"}),
        _differing("date", sure, origins, _told_day, lambda a, b: a != b),
        _differing("place", sure, origins, _told_town, _towns_apart(sure)),
        _differing("actor", sure, origins, _told_actor, lambda a, b: not set(a.split(", ")) & set(b.split(", "))),
    ]
    counted = sorted({c.of for t in sure for c in t.mention.counts})
    found += [_differing(of, sure, origins, _told_count(of), _numbers_apart) for of in counted]
    return tuple(d for d in found if d)


def _differing(
    field: str,
    told: Sequence[Telling],
    origins: Origins,
    value: Callable[[Telling], str],
    apart: Callable[[str, str], bool],
) -> Disagreement | None:
    """Return the versions of one field where two of them are apart."""
    by_value: dict[str, list[Telling]] = {}
    for t in told:
        if said := value(t):
            by_value.setdefault(said, []).append(t)
    values = list(by_value)
    clashing = [v for v in values if any(v != w and apart(v, w) for w in values)]
    if not clashing:
        return None
    return Disagreement(field=field, versions=tuple(_version(v, by_value[v], origins) for v in clashing))


def _version(value: str, told: Sequence[Telling], origins: Origins) -> Version:
    days = [t.published for t in told if t.published]
    return Version(
        value=value,
        mentions=tuple(t.mention.id for t in told),
        sources=tuple(dict.fromkeys(_source(t) for t in told)),
        origins=len({origins[t.mention.id] for t in told}),
        first_told=min(days, default=None),
        last_told=max(days, default=None),
    )


def _source(t: Telling) -> str:
    return t.mention.attribution[0].source if t.mention.attribution else t.publisher or "unnamed outlet"


def _told_status(t: Telling) -> str:
    """Return whether it is told as done or as not done; a plan says neither."""
    s = t.mention.status
    return "done" if s in DONE else "not done" if s in ("denied", "negated") else ""


def _told_day(t: Telling) -> str:
    """Return the day of the act where a telling gives one; of plans none, which may change without a contradiction."""
    first, last = bounds(_edtf(t))
    return first if first and first == last and t.mention.status in DONE else ""


def _told_town(t: Telling) -> str:
    return t.mention.where.name if t.mention.where and _is_town(t) and t.mention.status in DONE else ""


def _towns_apart(told: Sequence[Telling]) -> Callable[[str, str], bool]:
    """Return the function that says whether two towns of these tellings are two places."""
    at = {w.name: w for t in told if (w := t.mention.where)}

    def apart(a: str, b: str) -> bool:
        one, other = at[a], at[b]
        if None in (one.lat, one.lon, other.lat, other.lon) or fold(a) == fold(b):
            return False
        return distance((one.lat or 0, one.lon or 0), (other.lat or 0, other.lon or 0)) > NEAR

    return apart


def _told_actor(t: Telling) -> str:
    """Return who acted, by country or name, where a telling says it of a deed."""
    return ", ".join(keys_of(t.mention.actors)) if t.mention.status in DONE else ""


def _told_count(of: str) -> Callable[[Telling], str]:
    def told(t: Telling) -> str:
        return next((number(c) for c in t.mention.counts if c.of == of and number(c)), "")

    return told


def number(c: Count) -> str:
    """Return a count as it is shown: `12`, `12 to 19`, `at least 12`, `up to 19`; nothing where it has no bounds."""
    unit = f" {c.unit}" if c.unit else ""
    if c.low is None and c.high is None:
        return ""
    if c.low == c.high:
        return f"{_plain(c.low)}{unit}"
    if c.high is None:
        return f"at least {_plain(c.low)}{unit}"
    return (f"up to {_plain(c.high)}" if c.low is None else f"{_plain(c.low)} to {_plain(c.high)}") + unit


def _plain(n: float | None) -> str:
    return "" if n is None else f"{n:,.15g}"


def _numbers_apart(a: str, b: str) -> bool:
    """Return whether two counts, as shown, exclude each other."""
    (a_low, a_high), (b_low, b_high) = _read(a), _read(b)
    return max(a_low, b_low) > min(a_high, b_high)


def _read(shown: str) -> tuple[float, float]:
    """Return the bounds of a count as shown by `number`."""
    figures = [float(w.replace(",", "")) for w in shown.split() if w[:1].isdigit()]
    if shown.startswith("at least"):
        return figures[0], float("inf")
    if shown.startswith("up to"):
        return 0.0, figures[0]
    return figures[0], figures[-1]
