"""Matters followed over time: from events and their tellings to dossiers with stages and amounts. Pure, no SQL."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dragoman.edtf import bounds
from dragoman.records import Dossier, Event, EventMention, Party, Stage, Telling
from dragoman.resolve.amounts import amounts
from dragoman.resolve.clues import Clue, clue
from dragoman.resolve.consensus import order
from dragoman.resolve.facets import named, stem
from dragoman.resolve.matters import Groups, Strand, matters_of
from dragoman.resolve.phrases import words
from dragoman.scheme import matters as known
from dragoman.scheme.status import CERTAINTIES
from dragoman.text import fold

ONCE = frozenset(
    {"proposed", "agreed", "signed", "ratified", "refused", "cancelled", "ended", "suspended"}
)  # by nature
EARLY = frozenset({"proposed", "negotiating", "agreed", "signed", "ratified"})  # come before what follows them
LASTING = frozenset({"agreement", "project", "asset", "sanction", "case"})
SERIES = 2  # events from which talks without a named subject and single goods make a matter
KIND = {"talks": "negotiation"}  # what a kind of matter is called in a dossier
GOODS_TITLE = 6  # words up to which a longer theme of goods says more: *first shipment of wheat*, not *cargo*
TITLE = 12  # words of a title; a theme that is longer is cut


def dossiers(events: Sequence[Event], tellings: Mapping[str, Telling], groups: Groups | None = None) -> list[Dossier]:
    """Return the matters of these events, in the order of their first telling.

    An event belongs to a matter where a telling of it gives a stage. What lasts is a dossier from its first stage on:
    an agreement, a project, an asset, sanctions, a case, talks with a named subject, a pledge. Deliveries and talks
    without a subject make one from their second event on: a single shipment is a flow, a single meeting a contact.
    `tellings` gives mention id → telling for the mentions of the events. Deterministic, whatever the order of input.
    `groups` are what `matters_of` makes of the same, where it is known.
    """
    by_id = {e.id: e for e in events}
    return [_dossier(group, by_id, tellings) for group in groups or matters_of(events, tellings) if qualifies(group)]


def qualifies(group: Sequence[Strand]) -> bool:
    """Return whether events are a matter to be followed: of a kind that lasts, of talks on something, or a series."""
    kinds = {s.kind for s in group if s.keys or s.kind != "case"}
    pledged = any(c.pledged or (c.planned and s.kind == "aid") for s in group for _, c in s.clues)
    parties = {p for s in group for p in s.parties}
    on_something = any(s.kind == "talks" and s.keys for s in group) or len(group) >= SERIES
    if kinds <= {"talks"}:
        return on_something and len(parties) > 1
    return bool(kinds & LASTING) or pledged or len(group) >= SERIES


def _dossier(group: Sequence[Strand], events: Mapping[str, Event], tellings: Mapping[str, Telling]) -> Dossier:
    stages = _stages(group, events, tellings)
    came = [s for s in stages if not s.planned]
    mine = [events[s.event] for s in group]
    kind = _kind(group)
    return Dossier(
        id=group[0].event,
        kind=KIND.get(kind, kind),
        title=_title(group, mine, tellings),
        parties=_parties_of(mine, "actors", "recipients"),
        stages=stages,
        state=came[-1].stage if came else "planned",
        amounts=amounts(group, events),
        events=tuple(s.event for s in group),
    )


def _kind(group: Sequence[Strand]) -> str:
    """Return the kind of a matter: aid where goods are told most, else the weightiest kind of its events."""
    counted = Counter(s.kind for s in group if s.kind)
    if 2 * counted["aid"] >= sum(counted.values()):
        return "aid"
    agreed = any(c.stage in ("agreed", "signed", "ratified") for s in group for _, c in s.clues)
    kind = min(counted, key=known.MATTERS.index)
    return "agreement" if agreed and kind in ("asset", "talks") else kind


def _parties_of(events: Iterable[Event], *sides: str) -> tuple[Party, ...]:
    """Return the parties that bear a name, once each: a state stands for its offices and persons."""
    found: dict[str, Party] = {}
    names = known.state_names()
    for p in (p for e in events for side in sides for p in getattr(e, side)):
        if p.country in names:
            found.setdefault(p.country or "", Party(name=names[p.country], country=p.country))
        elif named(p):
            found.setdefault(fold(p.name), Party(name=p.name, country=p.country, sectors=p.sectors))
    return tuple(found.values())


# ---------------------------------------------------------------- stages
def _stages(group: Sequence[Strand], events: Mapping[str, Event], tellings: Mapping[str, Telling]) -> tuple[Stage, ...]:
    """Return the stages in the order in which they came about, those told as still to come last, each once."""
    found = [stage for s in group for stage in stages_of(s, events[s.event], tellings)]
    return tuple(_in_order(_told_once(found, events)))


def stages_of(s: Strand, event: Event, tellings: Mapping[str, Telling]) -> list[Stage]:
    """Return the stages that one event passed through: a plan told first and its deed are two."""
    by_stage: dict[tuple[str, bool], list[Telling]] = {}
    for mention, c in s.clues:
        by_stage.setdefault((c.stage, c.planned), []).append(tellings[mention])
    pledge = any(c.pledged for _, c in s.clues)
    refused = by_stage.pop(("refused", False), None) if ("delivered", True) in by_stage else None
    if refused:
        by_stage.setdefault(("cancelled", False), []).extend(refused)
    found = [_stage(name, told, event, planned=planned) for (name, planned), told in by_stage.items()]
    return [x for x in found if not (pledge and x.planned and x.stage == "delivered")]


def _stage(name: str, told: Sequence[Telling], event: Event, *, planned: bool) -> Stage:
    told = sorted(told, key=order)
    certainty = min((t.mention.certainty for t in told), key=CERTAINTIES.index)
    denied = not planned and any(d.field == "status" for d in event.disagreements)
    return Stage(
        stage=name,
        date=_date(told, event, planned=planned),
        told=told[0].published,
        event=event.id,
        planned=planned,
        certainty="disputed" if denied else certainty,
        sources=tuple(dict.fromkeys(_source(t) for t in told)),
    )


def _date(told: Sequence[Telling], event: Event, *, planned: bool) -> str | None:
    """Return the time of the act that most tellings of the stage give, of equals the narrowest, then the first told."""
    given = [t.mention.when.edtf for t in told if t.mention.when]
    if not planned and event.when and event.when.edtf in given:
        return event.when.edtf
    votes = Counter(given)
    return min(votes, key=lambda d: (-votes[d], _days(d), given.index(d)), default=None)


def _days(edtf: str | None) -> int:
    """Return 0 for a day, 1 for a longer span, 2 for an open or unknown time."""
    first, last = bounds(edtf)
    return 0 if first and first == last else 1 if first and last else 2


def _source(t: Telling) -> str:
    return t.mention.attribution[0].source if t.mention.attribution else t.publisher or "unnamed outlet"


def _told_once(stages: Sequence[Stage], events: Mapping[str, Event]) -> list[Stage]:
    """Return the stages without those that tell one again: the same step at no other time, with no other sum."""
    kept: list[Stage] = []
    for x in sorted(stages, key=lambda s: (_days(s.date), s.date or "", s.told or "9", s.event, s.stage, s.planned)):
        twins = [k for k in kept if _same_step(k, x, events)]
        if not twins:
            kept.append(x)
        else:
            before = [k for k in twins if (k.date or "") <= (x.told or "")]
            twin = max(before or twins[:1], key=lambda k: k.date or "")
            kept[kept.index(twin)] = _joined(twin, x)
    return kept


def _same_step(a: Stage, b: Stage, events: Mapping[str, Event]) -> bool:
    if (a.stage, a.planned) != (b.stage, b.planned):
        return False
    if a.date and b.date:
        return _overlap(a.date, b.date)
    one, other = ({(c.of, c.unit, c.low, c.high) for c in events[s.event].counts} for s in (a, b))
    return a.stage in ONCE or not one or not other or bool(one & other)


def _overlap(a: str, b: str) -> bool:
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return (a_first or "") <= (b_last or "9") and (b_first or "") <= (a_last or "9")


def _joined(a: Stage, b: Stage) -> Stage:
    """Return a stage with the sources of one that tells it again."""
    return Stage(
        stage=a.stage,
        date=a.date,
        told=min((t for t in (a.told, b.told) if t), default=None),
        event=a.event,
        planned=a.planned,
        certainty=min(a.certainty, b.certainty, key=CERTAINTIES.index),
        sources=tuple(dict.fromkeys((*a.sources, *b.sources))),
    )


def _in_order(stages: Sequence[Stage]) -> list[Stage]:
    """Return the stages as they came about, planned ones last.

    An undated one stands by the day on which it was told, but no later than a step that must follow it: what was ended
    in 2018 had been agreed before.
    """
    rank = known.STAGES.index

    def day(x: Stage) -> str:
        told = (x.told or "9")[:10]
        later = [bounds(k.date)[0] or "9" for k in stages if k.date and not k.planned and rank(k.stage) > rank(x.stage)]
        return bounds(x.date)[0] or (min([told, *later]) if x.stage in EARLY else told)

    return sorted(stages, key=lambda x: (x.planned, day(x), rank(x.stage), x.told or "9", x.event))


# ---------------------------------------------------------------- title
def _title(group: Sequence[Strand], events: Sequence[Event], tellings: Mapping[str, Telling]) -> str:
    """Return the theme in the words of the telling that names the matter best; without a name its first sentence."""
    if group[0].kind == "sanction":
        return _sanctions(group)
    told = sorted((tellings[i] for e in events for i in e.mentions if i in tellings), key=order)
    common = Counter(k for s in group for k in s.keys)
    names = {k for k in common if 2 * common[k] >= max(common.values())}
    themes = [(t, c) for t in told if t.mention.theme and (c := clue(t)).kind in {s.kind for s in group} - {""}]
    naming = [(t, c) for t, c in themes if names & set(c.keys) and (c.kind == "aid" or names & _stems(t))]
    if not naming:
        stating = [t for t in told if clue(t).stage] or told
        return _cut(stating[0].said.split())
    best = max(naming, key=lambda x: (len(names & set(x[1].keys)), *_length(x[0], x[1]), -naming.index(x)))
    return _plain(best[0].mention)


def _stems(t: Telling) -> set[str]:
    return {stem(fold(w)) for w in words(t.mention.theme.text)} if t.mention.theme else set()


def _length(t: Telling, c: Clue) -> tuple[int, bool, int]:
    """Return how well a theme suits a title: of goods up to six words say more; of others the kind, and little else."""
    said = words(t.mention.theme.text) if t.mention.theme else ()
    if c.kind == "aid":
        return min(len(said), GOODS_TITLE), False, 0
    kinds = known.matter_nouns()
    named_kind = any(b in kinds for w in said for b in known.bases(w))
    return 0, named_kind, -sum(stem(fold(w)) not in c.keys for w in said)


def _plain(m: EventMention) -> str:
    """Return a theme without article and time."""
    text = m.theme.text if m.theme else ""
    if m.when and m.when.text in text:
        text = text.replace(m.when.text, "").rstrip(" ,")
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in _LEADING:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1].lower() in _TRAILING:
        parts = parts[:-1]
    return _cut(parts)


def _cut(parts: Sequence[str]) -> str:
    return " ".join(parts[:TITLE]).rstrip(",;:") + ("…" if len(parts) > TITLE else "")


_LEADING = frozenset({"the", "a", "an", "its", "his", "her", "their", "to", "this", "that"})
_TRAILING = frozenset({"on", "in", "at", "and", "of", "for"})


def _sanctions(group: Sequence[Strand]) -> str:
    """Return who has imposed sanctions on whom."""
    names = known.state_names()
    sides = ([p for s in group for p in s.givers], [p for s in group for p in s.takers])
    by, on = (", ".join(dict.fromkeys(names.get(p, p) for p in side)) for side in sides)
    return f"sanctions: {by or '?'} → {on or '?'}"
