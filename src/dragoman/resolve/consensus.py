"""From a cluster of tellings to an Event: agreed fields by stated rules, versions side by side. Nothing is merged."""

from collections import Counter
from collections.abc import Callable, Sequence

from dragoman.edtf import bounds
from dragoman.records import (
    Corroboration,
    Count,
    Event,
    EventMention,
    Party,
    Telling,
    When,
    Where,
)
from dragoman.resolve.compare import DONE, UNDONE
from dragoman.resolve.facets import keys_of
from dragoman.resolve.versions import Origins, disagreements
from dragoman.scheme.status import CERTAINTIES
from dragoman.text import fold


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
        certainty="disputed" if "status" in fields else min((t.mention.certainty for t in told), key=CERTAINTIES.index),
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
    """Return the narrowest time told as news; of equal ones that of most origins, then the first told."""
    dated = [t for t in told if t.mention.when]
    votes = _votes(dated, origins, lambda t: t.mention.when.edtf if t.mention.when else "")
    best = min(dated, key=lambda t: (t.mention.historical, _width(t), -votes[_edtf(t)], order(t)), default=None)
    return (best.mention.when if best else None), "the narrowest time told as news, of equal ones that of most origins"


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
