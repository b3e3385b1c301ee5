"""Scoring dossiers and flows against a generated scenario. Pure. Events are matched in `scenario`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from dragoman.evaluate.scenario_truth import TrueFlow, Truth
from dragoman.records import Dossier, Flow

Step = tuple[str, str]  # true event, stage; what is only planned is no stage yet
Key = tuple[str, str, str, str]  # from, to, unit, month

_UNITS = {"tonnes": "t", "tonne": "t", "tons": "t", "ton": "t", "$": "USD", "dollars": "USD"}


def score_dossiers(
    truth: Truth, dossiers: Sequence[Dossier], owner: Mapping[str, str], seen: AbstractSet[str]
) -> dict[str, float]:
    """Return F1 of stages: with the stages of dossiers that match none, and of the matched ones alone.

    Each true dossier is held against the one of the ledger that shares most of its steps' events; `owner` gives the
    true event of an event of the ledger; `seen` holds the true events that were found at all.
    """
    told = {d.id: _steps(d, owner) for d in dossiers}
    free = dict(told)
    right = matched = 0
    wanted: set[tuple[str, Step]] = set()
    for true in truth.dossiers:
        steps = {(s.event, s.stage) for s in true.stages if not s.planned}
        wanted |= {(true.id, s) for s in steps}
        chosen = _nearest({s[0] for s in steps}, free)
        if chosen is not None:
            found = free.pop(chosen)
            right += len(found & steps)
            matched += len(found)
    reported = matched + sum(map(len, free.values()))
    possible = sum(step[0] in seen for _, step in wanted)
    return {
        "n_dossiers": float(len(truth.dossiers)),
        "n_stages": float(len(wanted)),
        "n_stages_reported": float(reported),
        "dossier_stages_f1": _f1(right, reported, len(wanted)),
        "dossier_stages_f1_matched": _f1(right, matched, len(wanted)),
        "dossier_stages_f1_found": _f1(right, reported, possible),
    }


def _steps(dossier: Dossier, owner: Mapping[str, str]) -> set[Step]:
    """Return the stages of a dossier by true event; those of events that the truth does not know are left out."""
    return {(owner[s.event], s.stage) for s in dossier.stages if s.event in owner and not s.planned}


def _nearest(events: set[str], free: Mapping[str, set[Step]]) -> str | None:
    """Return the dossier that shares most events, None where none shares any."""
    shared = {d: len({s[0] for s in steps} & events) for d, steps in free.items()}
    best = max(shared.values(), default=0)
    return min(d for d, n in shared.items() if n == best) if best else None


def score_flows(truth: Truth, flows: Sequence[Flow], seen: AbstractSet[str]) -> dict[str, float]:
    """Return the mean relative error of the sums by parties, unit and month: delivered, and promised.

    A sum that is missing or that should not be there errs by 1. "found" leaves out the flows of events not found.
    """
    delivered, pledged = ([f for f in truth.flows if f.of == of] for of in ("delivered", "pledged"))
    done = _sums(_keyed(flows, "delivered"))
    promised = _sums(_keyed(flows, "pledged"))
    return {
        "n_flows": float(len(delivered)),
        "n_flows_reported": float(len(flows)),
        "flow_sums_error": _error(_sums(_true(delivered)), done),
        "flow_sums_error_found": _error(_sums(_true([f for f in delivered if f.event in seen])), done),
        "flow_promised_error": _error(_sums(_true(pledged)), promised),
    }


def _true(flows: Iterable[TrueFlow]) -> list[tuple[Key, float]]:
    return [((f.origin, f.target, f.unit, f.month), (f.low + f.high) / 2) for f in flows]


def _keyed(flows: Iterable[Flow], of: str) -> list[tuple[Key, float]]:
    """Return the flows of a kind that say who, whom, how much and when, without those that tell a sum again."""
    found: list[tuple[Key, float]] = []
    for f in flows:
        ends = [x for x in (f.low, f.high) if x is not None]
        parties = f.origin and f.target and f.origin.country and f.target.country
        if f.of == of and not f.again and f.origin and f.target and parties and ends and f.unit and f.date:
            unit = _UNITS.get(f.unit, f.unit)
            key = (f.origin.country or "", f.target.country or "", unit, f.date[:7])
            found.append((key, sum(ends) / len(ends)))
    return found


def _sums(keyed: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    sums: dict[Key, float] = defaultdict(float)
    for key, amount in keyed:
        sums[key] += amount
    return dict(sums)


def _error(true: Mapping[Key, float], told: Mapping[Key, float]) -> float:
    """Return the mean over all keys of either side of how far the sum is off, at most 1 a key."""
    keys = true.keys() | told.keys()
    off = [min(1.0, abs(told.get(k, 0.0) - true[k]) / true[k]) if true.get(k) else 1.0 for k in sorted(keys)]
    return sum(off) / len(off) if off else 0.0


def _f1(right: int, reported: int, wanted: int) -> float:
    return 2 * right / (reported + wanted) if reported + wanted else 0.0
