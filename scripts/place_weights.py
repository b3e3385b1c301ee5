"""Fit the weights of a toponym's features by logistic regression on annotated news (data/lexicon/place_weights.tsv)."""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from dragoman.annotate.places_spot import spot
from dragoman.annotate.syntax import parse_text
from dragoman.scheme.gazetteer import gazetteer

TARGET = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "lexicon" / "place_weights.tsv"
RIDGE = 1.0
SEEN = 20  # a feature rarer than this gets no weight of its own
WORLD_NEWS = 2.5  # a span of TR-News counts this much: LGL is local news of one country and four times as large


def examples(path: Path) -> list[tuple[set[str], bool, float]]:
    """Return each span's features, whether it meets a gold toponym, and its weight."""
    found = []
    for line in path.read_text(encoding="utf8").rstrip("\n").split("\n"):  # JSON strings may hold other line breaks
        row = json.loads(line)
        for t in spot(parse_text(row["text"]), gazetteer()):
            if t.people:
                continue
            gold = any(t.start < g["end"] and g["start"] < t.end for g in row["toponyms"])
            found.append((t.features, gold, WORLD_NEWS if path.stem == "trnews" else 1.0))
    return found


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge logistic regression, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + RIDGE * w
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        step = np.linalg.solve(curvature, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def main(paths: list[str]) -> None:
    write([e for path in paths for e in examples(Path(path))])


def write(rows: list[tuple[set[str], bool, float]]) -> None:
    """Write the fitted weights to the table."""
    lines = [f"{name}\t{value}" for name, value in sorted(weights(rows).items())]
    TARGET.write_text("feature\tweight\n" + "\n".join(lines) + "\n", encoding="utf8")


def weights(rows: list[tuple[set[str], bool, float]]) -> dict[str, float]:
    """Return the weights of the features seen often enough, and the intercept under "bias", to one place."""
    counts = Counter(f for features, _, _ in rows for f in features)
    names = sorted(f for f in counts if counts[f] >= SEEN)
    x = np.array([[*(float(n in features) for n in names), 1.0] for features, _, _ in rows])
    w = fit(x, np.array([float(gold) for _, gold, _ in rows]), np.array([weight for _, _, weight in rows]))
    return {name: round(float(value), 1) for name, value in zip([*names, "bias"], w, strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
