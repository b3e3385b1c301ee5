"""Scoring resolution against a generated scenario: tellings, events, origins, disagreements. Reads a ledger, no file.

Dossiers and flows are scored in `scenario_matters`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.answer.ledger import Ledger
from dragoman.evaluate.scenario_matters import score_dossiers, score_flows
from dragoman.evaluate.scenario_truth import TYPES_AS_TOLD, Telling, TrueDisagreement, TrueEvent, Truth
from dragoman.records import Disagreement, Document, Dossier, Event, EventMention, Flow, Record
from dragoman.text import fold

_SAME = 2  # versions of a disagreement that both sides must have: one value alone is no disagreement
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_SCALES = (("billion", 1e9), ("million", 1e6), ("thousand", 1e3))


class Alignment(Record, frozen=True):
    """Which mention tells which telling, and which events of the ledger hold the tellings of a true event."""

    found: dict[str, str]  # telling: mention of the same act
    touched: tuple[str, ...]  # tellings in whose sentence any mention stands
    cluster: dict[str, str]  # telling found: event of the ledger
    best: dict[str, str]  # true event: the event of the ledger that holds most of its tellings
    owner: dict[str, str]  # event of the ledger: the true event of most of its tellings


def score_ledger(
    truth: Truth, ledger: Ledger, dossiers: Sequence[Dossier] = (), flows: Sequence[Flow] = ()
) -> dict[str, float]:
    """Score an open ledger into which the documents of a scenario, and no others, have been read."""
    mentions = {m.id: m for m in ledger.mentions()}
    documents = {d.document.id: d.document for d in ledger.documents()}
    return score(truth, ledger.events(), mentions, documents, dossiers=dossiers, flows=flows)


def score(  # noqa: PLR0913 - one argument for each table of the ledger
    truth: Truth,
    events: Sequence[Event],
    mentions_by_id: Mapping[str, EventMention],
    documents_by_id: Mapping[str, Document],
    *,
    dossiers: Sequence[Dossier] = (),
    flows: Sequence[Flow] = (),
) -> dict[str, float]:
    """Return every figure by name; `n_…` are the counts that a share rests on. A share of nothing is 0."""
    alignment = align(truth, events, mentions_by_id, documents_by_id)
    return {
        **_score_tellings(truth, alignment),
        **_score_events(truth, alignment),
        **_score_look_alikes(truth, alignment),
        **_score_origins(truth, events, alignment),
        **_score_disagreements(truth, events, alignment),
        **score_dossiers(truth, dossiers, alignment.owner, set(alignment.best)),
        **score_flows(truth, flows, set(alignment.best)),
    }


# ---------------------------------------------------------------- matching
def align(
    truth: Truth,
    events: Sequence[Event],
    mentions_by_id: Mapping[str, EventMention],
    documents_by_id: Mapping[str, Document],
) -> Alignment:
    """Match mentions with tellings by sentence and act, at most one each, and events with true events by tellings."""
    inside = _mentions_by_document(truth, mentions_by_id, documents_by_id)
    event_of = {m: e.id for e in events for m in e.mentions}
    found: dict[str, str] = {}
    touched: list[str] = []
    for event in truth.events:
        for telling in event.scored:
            near = [m for m in inside[telling.document] if _within(telling, m)]
            touched += [telling.id] if near else []
            right = [m for m in near if _fit(event, telling, m)]
            if right:
                chosen = min(right, key=lambda m: (-_fit(event, telling, m), -m.confidence, m.predicate.start, m.id))
                found[telling.id] = chosen.id
    cluster = {t: event_of.get(m, m) for t, m in found.items()}
    best, owner = _owners(truth, cluster)
    return Alignment(found=found, touched=tuple(touched), cluster=cluster, best=best, owner=owner)


def _mentions_by_document(
    truth: Truth, mentions_by_id: Mapping[str, EventMention], documents_by_id: Mapping[str, Document]
) -> dict[int, list[EventMention]]:
    """Return the mentions by the number of their document; versions of one address differ in when they came out."""
    number = {(d.url, d.published): n for n, d in enumerate(truth.documents)}
    inside: dict[int, list[EventMention]] = defaultdict(list)
    for mention in mentions_by_id.values():
        document = documents_by_id.get(mention.document_id)
        at = number.get((document.url or "", document.published or "")) if document else None
        if at is not None:
            inside[at].append(mention)
    return inside


def _within(telling: Telling, mention: EventMention) -> bool:
    return telling.start <= mention.predicate.start and mention.predicate.end <= telling.end


def _fit(event: TrueEvent, telling: Telling, mention: EventMention) -> int:
    """Return 2 where the act is the same, 1 where PLOVER's type is, 0 where it is another act."""
    if mention.act in (event.act, *event.also):
        return 2
    return int(mention.type in (event.act, *event.also, *TYPES_AS_TOLD.get(telling.status, ())))


def _owners(truth: Truth, cluster: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the best event of the ledger for each true event, and the true event that each mostly tells."""
    shared = {e.id: Counter(cluster[t.id] for t in e.scored if t.id in cluster) for e in truth.events}
    best = {e: min(held, key=lambda s: (-held[s], s)) for e, held in shared.items() if held}
    back: dict[str, Counter[str]] = defaultdict(Counter)
    for e, held in shared.items():
        for s, n in held.items():
            back[s][e] += n
    return best, {s: min(held, key=lambda e: (-held[e], e)) for s, held in back.items()}


# ---------------------------------------------------------------- tellings and events
def _score_tellings(truth: Truth, alignment: Alignment) -> dict[str, float]:
    tellings = [t for e in truth.events for t in e.scored]
    return {
        "n_tellings": float(len(tellings)),
        "found": _share(len(alignment.found), len(tellings)),
        "acts_right": _share(len(alignment.found), len(alignment.touched)),
    }


def _score_events(truth: Truth, alignment: Alignment) -> dict[str, float]:
    """Return B-cubed over all tellings (one not found stands alone) and over those found."""
    true = {t.id: e.id for e in truth.events for t in e.scored}
    all_of_them = {t: alignment.cluster.get(t, f"alone {t}") for t in true}
    precision, recall = b3(true, all_of_them)
    near, far = b3({t: true[t] for t in alignment.cluster}, alignment.cluster)
    return {
        "b3_precision": precision,
        "b3_recall": recall,
        "b3_f1": _f1(precision, recall),
        "b3_precision_found": near,
        "b3_recall_found": far,
        "b3_f1_found": _f1(near, far),
    }


def b3(true: Mapping[str, str], told: Mapping[str, str]) -> tuple[float, float]:
    """Return B-cubed precision and recall of the clusters `told` against `true`.

    Bagga and Baldwin 1998: for each item, the share of its cluster that is right and of its true one that is there.
    """
    both = Counter((true[i], told[i]) for i in true)
    of_true, of_told = Counter(true.values()), Counter(told[i] for i in true)
    precision = sum(n * n / of_told[s] for (_, s), n in both.items())
    recall = sum(n * n / of_true[e] for (e, _), n in both.items())
    return _share(precision, len(true)), _share(recall, len(true))


def _score_look_alikes(truth: Truth, alignment: Alignment) -> dict[str, float]:
    """Return how many pairs are one event (the best of both), and how many share any event."""
    held = {e.id: {alignment.cluster[t.id] for t in e.scored if t.id in alignment.cluster} for e in truth.events}
    pairs = [(a, b) for a, b in truth.look_alikes if held[a] and held[b]]
    return {
        "n_look_alikes": float(len(pairs)),
        "lookalikes_merged": _share(sum(alignment.best[a] == alignment.best[b] for a, b in pairs), len(pairs)),
        "lookalikes_touched": _share(sum(bool(held[a] & held[b]) for a, b in pairs), len(pairs)),
    }


def _score_origins(truth: Truth, events: Sequence[Event], alignment: Alignment) -> dict[str, float]:
    """Return the share of events with the right number of origins: of the tellings found, and of all."""
    by_id = {e.id: e for e in events}
    seen = [e for e in truth.events if e.id in alignment.best]
    told = {e.id: _origins(by_id.get(alignment.best[e.id])) for e in seen}
    within = {e.id: len({t.origin for t in e.scored if t.id in alignment.found}) for e in seen}
    return {
        "n_events": float(len(truth.events)),
        "n_events_found": float(len(seen)),
        "origins_exact": _share(sum(told[e.id] == within[e.id] for e in seen), len(seen)),
        "origins_exact_whole": _share(sum(told[e.id] == e.origins for e in seen), len(seen)),
    }


def _origins(event: Event | None) -> int:
    if event is None:
        return 1  # a mention that no event holds stands for itself
    return event.corroboration.origins if event.corroboration else event.origins


# ---------------------------------------------------------------- disagreements
def _score_disagreements(truth: Truth, events: Sequence[Event], alignment: Alignment) -> dict[str, float]:
    """Return recall, and the share of those reported that are not so.

    Recall counts the best event of each; "possible" leaves out what the tellings found do not show.
    """
    by_id = {e.id: e for e in events}
    wanted = [(e, d) for e in truth.events for d in e.disagreements if not d.corrected]
    possible = [(e, d) for e, d in wanted if _told_by_found(e, d, alignment)]
    hits = {
        (e.id, d.field)
        for e, d in wanted
        if e.id in alignment.best and any(_agrees(d, r) for r in _reported(by_id.get(alignment.best[e.id])))
    }
    owned = {e.id: e for e in truth.events}
    reported = [(owned[o], r) for s, o in sorted(alignment.owner.items()) for r in _reported(by_id.get(s))]
    wrong = sum(not any(_agrees(d, r) for d in e.disagreements) for e, r in reported)
    return {
        "n_disagreements": float(len(wanted)),
        "n_disagreements_reported": float(len(reported)),
        "disagreements_found": _share(len(hits), len(wanted)),
        "disagreements_found_possible": _share(sum((e.id, d.field) in hits for e, d in possible), len(possible)),
        "disagreements_wrong": _share(wrong, len(reported)),
    }


def _reported(event: Event | None) -> tuple[Disagreement, ...]:
    return event.disagreements if event else ()


def _told_by_found(event: TrueEvent, disagreement: TrueDisagreement, alignment: Alignment) -> bool:
    """Say whether the tellings that were found give two of the values."""
    told = [t for t in event.scored if t.id in alignment.found]
    values = {t.status if disagreement.field == "status" else t.told.get(disagreement.field, "") for t in told}
    return len({v.value for v in disagreement.versions} & values) >= _SAME


def _agrees(true: TrueDisagreement, reported: Disagreement) -> bool:
    """Say whether a reported disagreement is the true one: its field, two of its values, none that nobody told."""
    if true.field != reported.field:
        return False
    wanted = {plain(v.value) for v in true.versions}
    values = {plain(v.value) for v in reported.versions}
    return len(wanted & values) >= _SAME and values <= wanted


def plain(value: str) -> str:
    """Return a value for comparing: a number without its words and unit, a date as it is, anything else folded."""
    if re.fullmatch(r"[\dX]{4}-[\dX]{2}.*", value):
        return value
    number = _NUMBER.search(value)
    if not number:
        return fold(value)
    scale = next((n for word, n in _SCALES if word in value.lower()), 1.0)
    return f"{float(number.group().replace(',', '')) * scale:g}"


# ---------------------------------------------------------------- errors to read, and sums
def causes(truth: Truth, alignment: Alignment) -> list[tuple[str, int, int]]:
    """Return the variants of the wordings with how often they were told and not found, the worst first."""
    told: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for telling in _scored(truth.events):
        told[telling.variant] += 1
        lost[telling.variant] += telling.id not in alignment.found
    return sorted(((v, told[v], lost[v]) for v in told if lost[v]), key=lambda row: (-row[2], row[0]))


def _scored(events: Iterable[TrueEvent]) -> list[Telling]:
    return [t for e in events for t in e.scored]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
