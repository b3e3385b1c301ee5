"""Fit the weights by which mentions of ECB+ are compared (evals/ecb/weights.tsv) on its train topics.

    python scripts/ecb.py ../shared/bench/ecbplus.jsonl

Reads all documents of the train topics: some minutes. Logistic regression over all pairs of gold mentions of a topic;
the score of resolution is one number among the features, so that its own weights stay as they are.
"""

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from dragoman import app
from dragoman.evaluate.ecb import read_gold
from dragoman.evaluate.ecb_gold import DEV, load
from dragoman.evaluate.ecb_pairs import CONSTANT, SCALE, features, nearness
from dragoman.evaluate.ecb_triggers import of_gold
from dragoman.resolve import compare

OUT = Path(__file__).parent.parent / "evals" / "ecb" / "weights.tsv"
TRAIN = [str(n) for n in range(1, 36) if str(n) not in DEV]
DRAWN = 10.0  # strength of the pull to nought; 1 gave the same CoNLL F1 on the dev topics within 0.3 points


def rows(file: Path) -> tuple[list[list[tuple[str, str]]], list[float], list[bool]]:
    """Return of each pair of gold mentions of a topic: features, the score of resolution, whether it is one event."""
    found: list[list[tuple[str, str]]] = []
    scores, same = [], []
    for documents in filter(None, (load(file, (topic,)) for topic in TRAIN)):
        near = nearness(documents)
        event = {m.id: m.cluster for d in documents for m in d.mentions}
        triggers = {
            i: t for d in documents for i, t in of_gold(d, read_gold(d, lambda t, p: app.read(t, published=p))).items()
        }
        for a, b in combinations(sorted(triggers), 2):
            found.append([*features(triggers[a], triggers[b], near), CONSTANT])
            scores.append(compare.score(triggers[a].facet, triggers[b].facet))
            same.append(event[a] == event[b])
    return found, scores, same


def fit(file: Path) -> None:
    found, scores, same = rows(file)
    names = sorted({f for row in found for f in row})
    column = {f: n for n, f in enumerate(names)}
    at = [np.full(len(row), n) for n, row in enumerate(found)], [[column[f] for f in row] for row in found]
    i, j = np.concatenate(at[0]), np.concatenate(at[1])
    x = csr_matrix(hstack([csr_matrix((np.ones(len(i)), (i, j))), np.array(scores)[:, None]]))
    y = np.array(same, float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-np.clip(z, -50, 50)))
        return (np.logaddexp(0, z) - y * z).sum() + DRAWN / 2 * (w**2).sum(), x.T @ (p - y) + DRAWN * w

    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    lines = [f"{f}\t{v}\t{weight:.3f}" for (f, v), weight in zip([*names, SCALE], w, strict=True)]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join(["feature\tvalue\tweight", *lines]) + "\n", encoding="utf8")
    print(f"{len(y)} pairs, {int(y.sum())} the same → {OUT.name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    fit(parser.parse_args().file)
