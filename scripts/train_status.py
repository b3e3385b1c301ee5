"""Fit the linear model that tells, in text that speaks to its reader, what has not happened. No run-time code.

    python scripts/train_status.py --bench ../shared/bench --out src/dragoman/data/models/status

Learns from the train splits of fact_uw and fact_uds_ih2, reports cross-validation inside them, fits on all of them.
Needs `pip install -r requirements/train.txt` and dragoman itself.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from dragoman.annotate.syntax import parse_text
from dragoman.code.leaning import CLASSES, features, speaks_to_reader
from dragoman.code.predicates import is_predicate
from dragoman.code.status import StatusReader
from dragoman.tree import tokens_between

RARE = 6  # a feature seen less often is left out
STRENGTH = 0.05  # of scikit-learn's C; 0.02 to 0.1 differ by less than half a point
WEIGHT = {"fact": 1.0, "counter": 1.0, "uncertain": 1.6}  # uncertain is the rarest and macro-F1 counts it as much


def examples(bench: Path) -> Iterator[tuple[str, list[str], str]]:
    """Yield sentence id, features and class of each annotated predicate that the model will be asked about."""
    for name in ("fact_uw", "fact_uds_ih2"):
        for line in (bench / f"{name}.jsonl").read_text("utf8").splitlines():
            row = json.loads(line)
            if row["split"] != "train":
                continue
            parse = parse_text(row["text"])
            reader = StatusReader(parse)
            for e in row["events"]:
                token = next((t for t in tokens_between(parse, e["start"], e["end"]) if is_predicate(t)), None)
                if token is not None and speaks_to_reader(parse, token):
                    yield row["id"], features(reader, token), class_of(e["factuality"])


def class_of(value: float) -> str:
    """Return the class of a crowd's mean from -3 to 3."""
    return "fact" if value >= 1.5 else "counter" if value <= -1.5 else "uncertain"


def fit(rows: list[list[str]], labels: list[str]) -> tuple[LogisticRegression, DictVectorizer]:
    """Fit a softmax over the features that are not rare."""
    seen = Counter(f for r in rows for f in r)
    vectors = DictVectorizer()
    x = vectors.fit_transform([{f: 1 for f in r if seen[f] >= RARE} for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    return model.fit(x, labels, sample_weight=[WEIGHT[c] for c in labels]), vectors


def macro_f1(gold: list[str], got: list[str]) -> float:
    """Return the mean F1 over the three classes."""
    hits = [
        2 * sum(g == p == c for g, p in zip(gold, got, strict=True)) / (gold.count(c) + got.count(c)) for c in CLASSES
    ]
    return sum(hits) / len(hits)


def write(model: LogisticRegression, vectors: DictVectorizer, out: Path) -> None:
    """Write weights.json (thousandths, sorted) and its manifest."""
    order = [list(model.classes_).index(c) for c in CLASSES]
    table = np.rint(model.coef_[order] * 1000).astype(int).T.tolist()
    named = sorted(zip(vectors.get_feature_names_out().tolist(), table, strict=True))
    bias = np.rint(model.intercept_[order] * 1000).astype(int).tolist()
    lines = ",\n".join(f"{json.dumps(f)}: {json.dumps(w)}" for f, w in named if any(w))
    raw = f'{{"bias": {json.dumps(bias)}, "weights": {{\n{lines}\n}}}}\n'.encode()
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.json").write_bytes(raw)
    manifest = {"sha256": {"weights.json": hashlib.sha256(raw).hexdigest()}}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf8")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    p.add_argument("--out", type=Path, default=Path("src/dragoman/data/models/status"))
    a = p.parse_args()
    ids, rows, labels = (list(c) for c in zip(*examples(a.bench), strict=True))
    print(f"{len(rows)} predicates", dict(sorted(Counter(labels).items())))
    got = [""] * len(rows)
    for train, test in GroupKFold(5).split(rows, groups=ids):
        model, vectors = fit([rows[i] for i in train], [labels[i] for i in train])
        for i, c in zip(test, model.predict(vectors.transform([dict.fromkeys(rows[i], 1) for i in test])), strict=True):
            got[i] = str(c)
    print(f"five-fold macro-F1 on these: {macro_f1(labels, got):.3f}")
    write(*fit(rows, labels), a.out)


if __name__ == "__main__":
    main()
