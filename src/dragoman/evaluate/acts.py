"""Scoring the reading of single sentences against the corpus.

Is there an act, of what type, by whom to whom, did it happen? The functions that read are handed in. Pure.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from dragoman.evaluate.corpus import Act, Labelled, Offsets
from dragoman.records import EventMention, Party, Reading, Record

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
UNREAL = ("planned", "negotiating", "requested", "refused", "denied", "negated", "hypothetical", "cancelled")
ReadText = Callable[[str], Reading]
CodePair = Callable[[str, Offsets, Offsets | None], Any]


class ActScore(Record, frozen=True):
    """What the engine makes of labelled sentences; shares of 1; `types` and `statuses` count gold by what was got."""

    sentences: int
    found: float  # of the acts, those with a record at their word or folded into one as its act
    right: float  # of the records, those at the word of an act
    type: float  # of the found, the right type
    quad: float
    status: float  # of the found, the right status
    status_macro: float
    direction: float  # of the parties put on a side, those on their own
    sides: float  # of the parties of found acts, those put on their side
    empty: float  # of the sentences without an act, those without a record
    contexts_precision: float  # over the sentences whose contexts are labelled and that have a record
    contexts_recall: float
    types: dict[str, dict[str, int]]
    statuses: dict[str, dict[str, int]]
    confidences: list[tuple[float, bool]]  # of each record: what it claims, and whether word and type are right


def score_acts(rows: Sequence[Labelled], read: ReadText) -> ActScore:
    """Read each sentence by itself and score the records."""
    n: Counter[str] = Counter()
    types: list[tuple[str, str]] = []
    statuses: list[tuple[str, str]] = []
    claims: list[tuple[float, bool]] = []
    for row in rows:
        got = {m.predicate.start: m for m in read(row.text).mentions}
        if row.contexts is not None and got:
            said = {c for m in got.values() for c in m.contexts}
            n["contexts hit"] += len(said & {*row.contexts})
            n["contexts said"] += len(said)
            n["contexts there"] += len(row.contexts)
        gold = {a.trigger[0]: a for a in row.acts if a.type != "NONE"}
        n["empty"] += not gold
        n["empty told empty"] += not gold and not got
        n["acts"] += len(gold)
        n["records"] += len(got)
        for start, m in got.items():
            a = gold.get(start)
            n["right"] += a is not None
            claims.append((m.confidence, a is not None and a.type in (m.type, m.act)))
        for start, a in gold.items():
            record = got.get(start)
            if record is None:
                n["found"] += any(_folds(m, a) for m in got.values())
                continue
            n["found"] += 1
            types.append((a.type, told_type(record, a)))
            statuses.append((a.status or "", record.status))
            n += _sides(a, record)
    return ActScore(
        sentences=len(rows), found=n["found"] / n["acts"], right=n["right"] / max(1, n["records"]),
        type=_same(types), quad=_same([(QUADS[g], QUADS[p]) for g, p in types]), status=_same(statuses),
        status_macro=macro_f1([g for g, _ in statuses], [p for _, p in statuses]),
        direction=n["own side"] / max(1, n["own side"] + n["other side"]), sides=n["own side"] / max(1, n["parties"]),
        empty=n["empty told empty"] / max(1, n["empty"]),
        contexts_precision=n["contexts hit"] / max(1, n["contexts said"]),
        contexts_recall=n["contexts hit"] / max(1, n["contexts there"]),
        types=_table(types), statuses=_table(statuses), confidences=claims,
    )  # fmt: skip


class PairScore(Record, frozen=True):
    """What the pair classifier makes of the corpus: F1 of "no act" over all pairs; type of the acting ones."""

    pairs: int
    none_precision: float
    none_recall: float
    none_f1: float
    type: float


def score_pairs(rows: Sequence[Labelled], code_pair: CodePair) -> PairScore:
    """Ask for each pair of parties with an act between them, and for each idle pair, what is done."""
    asked = [(r.text, a.type, a.actors[0], a.recipients[0]) for r in rows for a in r.acts if _between(a)]
    asked += [(r.text, "NONE", p[0], p[-1]) for r in rows for p in r.idle if len(p) > 1]
    told = [(kind, code_pair(text, source, target).type or "NONE") for text, kind, source, target in asked]  # type: ignore[arg-type]
    hit = sum(g == p == "NONE" for g, p in told)
    said, there = sum(p == "NONE" for _, p in told), sum(g == "NONE" for g, _ in told)
    return PairScore(
        pairs=len(told), none_precision=hit / max(1, said), none_recall=hit / max(1, there),
        none_f1=2 * hit / max(1, said + there), type=_same([(g, p) for g, p in told if g != "NONE"]),
    )  # fmt: skip


def told_type(m: EventMention, a: Act) -> str:
    """Return the type of a record as the corpus means it: of what has not happened, that of the act itself."""
    return m.act if m.status in UNREAL and a.type != m.type else m.type


def macro_f1(gold: Sequence[Hashable], got: Sequence[Hashable]) -> float:
    """Return the mean F1 over the classes that gold knows."""
    scores = []
    for c in sorted({*gold}, key=str):
        hit = sum(g == p == c for g, p in zip(gold, got, strict=True))
        scores.append(2 * hit / (sum(g == c for g in gold) + sum(p == c for p in got)))
    return sum(scores) / len(scores) if scores else 0.0


def calibration_error(claims: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: mean distance of claimed and true share over equal bins of confidence."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for c, ok in claims:
        held[min(bins - 1, int(c * bins))].append((c, ok))
    gaps = [abs(sum(c for c, _ in b) - sum(ok for _, ok in b)) for b in held if b]
    return sum(gaps) / max(1, len(claims))


def _folds(m: EventMention, a: Act) -> bool:
    """Return whether a record of another word carries an act as what it is about: a request for it, a plan of it."""
    e = m.evidence[0]
    return e.start <= a.trigger[0] < e.end and m.act == a.type and m.type != a.type


def _sides(a: Act, m: EventMention) -> Counter[str]:
    """Return how many parties of an act stand on their own side of its record and how many on the other."""
    n: Counter[str] = Counter()
    for gold, own, other in ((a.actors, m.actors, m.recipients), (a.recipients, m.recipients, m.actors)):
        for span in gold:
            if isinstance(span, str):
                continue
            n["parties"] += 1
            n["own side"] += _at(own, span)
            n["other side"] += not _at(own, span) and _at(other, span)
    return n


def _at(parties: Sequence[Party], span: Offsets) -> bool:
    return any(p.start < span[1] and span[0] < p.end for p in parties)


def _between(a: Act) -> bool:
    return a.type != "NONE" and all(s and isinstance(s[0], tuple) for s in (a.actors, a.recipients))


def _same(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    return sum(g == p for g, p in pairs) / len(pairs) if pairs else 0.0


def _table(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    counts = Counter(pairs)
    names = sorted({g for g, _ in pairs})
    return {g: {p: counts[g, p] for p in sorted({p for _, p in pairs}) if counts[g, p]} for g in names}
