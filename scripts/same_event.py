"""Fit the weights by which two tellings are taken for one event, from generated scenarios; or measure them.

    python evals/scenario/generate.py --wordings evals/scenario/wordings-dev.toml --seed 1 -o DIR
    dragoman read DIR/documents.jsonl --store DIR/ledger.db
    python scripts/same_event.py fit DIR…        writes src/dragoman/data/resolution/same_event.tsv
    python scripts/same_event.py measure DIR…    resolves each ledger anew and prints its scores

Logistic regression over the pairs that share a block, drawn towards the weights below (`PRIOR`), so that a value that
the scenario lacks keeps what we think of it. A pair weighs the less the more pairs there are of the same two events, or
three long stories would decide all.
"""

import argparse
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from dragoman.answer.ledger import Ledger
from dragoman.evaluate.scenario import align, score_ledger
from dragoman.evaluate.scenario_truth import load_truth
from dragoman.resolve import blocks, compare, keep
from dragoman.resolve.cluster import pair
from dragoman.resolve.facets import Facet, facet
from dragoman.scheme.resolution import same_event_weights

OUT = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "resolution" / "same_event.tsv"
DRAWN = 1.0  # strength of the pull to PRIOR; 3 and 0.3 gave the same B-cubed within 0.5 points
PRIOR = {
    "base": {"base": -3.2},
    "wording": {"same": 8},
    "act": {"same": 1.5, "kin": 0, "kin beside": -8, "other": -3},
    "modes": {"same": 0.5, "other": -2},
    "parties": {"same": 1.5, "swapped": 0.5, "overlap": 0.8, "part": 0.3, "one other": -2.5, "others": -8},
    "persons": {"shared": 1.2, "other": -1.2},
    "date": {
        "same day": 2.5, "day off": -0.8, "days off": -3, "apart": -9, "within": 0.6, "vague": 0.2, "vague apart": -8,
        "told soon after": 1, "told later": -0.5, "told long after": -2.5, "told before": -1.5, "unknown": -0.8,
    },
    "place": {"same": 1.2, "inside": 0.2, "near": 0, "apart": -2.5, "other country": -3.5},
    "counts": {"equal": 1.2, "compatible": 0.4, "grown": -0.2, "other": -1.2},
    "goods": {"same": 0.8, "other": -1.5},
    "carrier": {"same": 2, "other": -3},
    "matter": {"most": 1.2, "some": 0.4, "none": -1.2},
    "words": {"most": 2, "many": 1, "some": 0, "few": -2},
    "names": {"shared": 1.2, "other": -1.5},
    "figures": {"shared": 1, "other": -1.5},
    "gap": {"a day": 0.8, "days": 0.2, "a week": -0.5, "weeks": -1.5, "months": -3},
    "marks": {"unlike": -4, "one": -0.5},
    "status": {"same": 0.2, "plan and deed": -0.3, "deed and denial": -0.2, "unlike": -1},
    "document": {"same sentence": 0.8, "same document": -0.3},
    "background": {"one": -0.4, "both": 0.2},
}  # fmt: skip
# Left as set: the scenario's reports tell one act each, and its parties do one thing of a kind in a month; real ones
# tell several of one day, and two great powers talk every week, of other matters.
FIXED = (("act", "kin beside"), ("matter", "none"), ("words", "few"), ("date", "unknown"))
KEYS = [(feature, value) for feature, values in PRIOR.items() for value in values]


def labelled(folder: Path) -> tuple[dict[str, str], dict[str, Facet]]:
    """Return mention → true event, and the facets of these mentions."""
    truth = load_truth(folder / "truth.json")
    with Ledger.open(folder / "ledger.db", create=False) as ledger:
        mentions = {m.id: m for m in ledger.mentions()}
        documents = {d.document.id: d.document for d in ledger.documents()}
        found = align(truth, ledger.events(), mentions, documents).found
        event = {t.id: e.id for e in truth.events for t in e.scored}
        with ledger.store.consulting() as shelf:
            facets = {x.mention.id: facet(x) for x in shelf.tellings(found.values())}
    return {m: event[t] for t, m in found.items()}, facets


def pairs(facets: dict[str, Facet]) -> list[tuple[str, str]]:
    """Return the pairs that share a block."""
    by_key = defaultdict(list)
    for i, f in facets.items():
        for key in blocks.keys(f):
            by_key[key].append(i)
    return sorted({pair(a, b) for some in by_key.values() for a, b in combinations(some, 2)})


def fit(folders: list[Path]) -> None:
    column = {key: n for n, key in enumerate(KEYS)}
    rows, same, groups = [], [], []
    for folder in folders:
        event, facets = labelled(folder)
        for a, b in pairs(facets):
            rows.append([column[i.name, i.value] for i in compare.reasons(facets[a], facets[b])])
            same.append(event[a] == event[b])
            groups.append((folder, pair(event[a], event[b])))
    x, y = np.zeros((len(rows), len(KEYS))), np.array(same, float)
    for n, row in enumerate(rows):
        x[n, row] = 1
    size = Counter(groups)
    share = np.array([size[g] ** -0.5 for g in groups])
    prior = np.array([float(PRIOR[f][v]) for f, v in KEYS])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-np.clip(z, -50, 50)))
        value = (share * (np.logaddexp(0, z) - y * z)).sum() + DRAWN / 2 * ((w - prior) ** 2).sum()
        slope = x.T @ (share * (p - y)) + DRAWN * (w - prior)
        slope[[column[key] for key in FIXED]] = 0
        return value, slope

    w = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    lines = [f"{f}\t{v}\t{w[column[f, v]]:.2f}" for f, v in KEYS]
    OUT.write_text("\n".join(["feature\tvalue\tweight", *lines]) + "\n", encoding="utf8")
    print(f"{len(rows)} pairs, {int(y.sum())} the same → {OUT.name}")


def measure(folders: list[Path]) -> None:
    same_event_weights.cache_clear()
    for folder in folders:
        with Ledger.open(folder / "ledger.db", create=False) as ledger:
            ledger.store.unsettle()
            keep.resolve(ledger.store.resolving)
            scores = score_ledger(load_truth(folder / "truth.json"), ledger)
        print(folder.name, " ".join(f"{k} {v:.3f}" for k, v in scores.items() if not k.startswith(("dossier", "flow"))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("fit", "measure"))
    parser.add_argument("folders", nargs="+", type=Path)
    asked = parser.parse_args()
    (fit if asked.what == "fit" else measure)(asked.folders)
