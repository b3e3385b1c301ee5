"""Fit the weights by which rules and encoder are joined on factuality. No run-time code.

    python scripts/train_factuality.py --bench ../shared/bench

The two factuality sets draw their classes differently (what is planned is uncertain to the crowd of the one, not
happened to the crowd of the other), so that each gets weights of its own: UW's those for reporting, UDS-IH2's those for
other text. A third set of weights tells by the sentence which of them to ask. All are logistic regressions on the train
splits; the dev splits, which they never see, are scored.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from dragoman.annotate.syntax import parse_text
from dragoman.code.factuality import features, is_of_sentence, weighed
from dragoman.code.predicates import is_predicate
from dragoman.code.reader import Reader
from dragoman.code.status import StatusReader
from dragoman.scheme.factuality import CLASSES, COLUMNS
from encoder_rows import fact_class

OUT = Path("src/dragoman/data/lexicon/factuality.tsv")
SETS = {"reporting": "fact_uw", "other": "fact_uds_ih2"}
RARE = 50  # a feature seen less often is left out
STRENGTH, BALANCE = 0.3, 0.6  # of the regularisation (sklearn's C) and of the weights towards equal classes
Case = tuple[dict[str, float], str]


def cases(path: Path, split: str) -> Iterator[Case]:
    """Yield features and class of each judged predicate that the rules and the encoder see."""
    with path.open(encoding="utf8") as f:
        for r in (x for x in map(json.loads, f) if x["split"] == split):
            parse = parse_text(r["text"])
            rules, words = StatusReader(parse), Reader(parse)
            at = {t.start: t for t in parse.tokens if is_predicate(t)}
            for e in r["events"]:
                t = at.get(e["start"])
                told = words.word(t.i) if t is not None else None
                if t is not None and told is not None:
                    yield features(parse, t, rules.status(t.i), told), fact_class(e["factuality"])


def fitted(rows: Sequence[dict[str, float]], labels: Sequence[Any], strength: float, balance: float) -> dict[str, Any]:
    """Return the weights of each feature, one a class (of two classes, of the second only)."""
    seen = Counter(k for row in rows for k in row)
    shape = DictVectorizer()
    x = shape.fit_transform([{k: v for k, v in row.items() if seen[k] >= RARE} for row in rows])
    y = np.array(labels)
    shares = {c: float((y == c).mean()) for c in set(labels)}
    model = LogisticRegression(
        C=strength, max_iter=3000, fit_intercept=False, class_weight={c: v**-balance for c, v in shares.items()}
    ).fit(x, y)
    order = [list(model.classes_).index(c) for c in CLASSES] if len(shares) > 2 else [0]
    return {str(n): [float(model.coef_[k][i]) for k in order] for i, n in enumerate(shape.get_feature_names_out())}


def table(train: dict[str, list[Case]]) -> dict[str, tuple[float, ...]]:
    """Return the rows of the table: weights for reporting, for other text, and of the choice between them."""
    by_kind = {k: fitted([r for r, _ in t], [c for _, c in t], STRENGTH, BALANCE) for k, t in train.items()}
    both = [
        ({n: v for n, v in r.items() if is_of_sentence(n)}, k == "reporting") for k, t in train.items() for r, _ in t
    ]
    choice = fitted([r for r, _ in both], [k for _, k in both], 1.0, 1.0)
    none = [0.0] * len(CLASSES)
    names = sorted({*by_kind["reporting"], *by_kind["other"], *choice})
    return {
        n: tuple(
            round(w, 3)
            for w in (*by_kind["reporting"].get(n, none), *by_kind["other"].get(n, none), *choice.get(n, [0.0]))
        )
        for n in names
    }


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    p.add_argument("--out", type=Path, default=OUT)
    s = p.parse_args()
    rows = table({k: list(cases(s.bench / f"{n}.jsonl", "train")) for k, n in SETS.items()})
    lines = ["\t".join(("feature", *COLUMNS)), *("\t".join((n, *map(str, w))) for n, w in rows.items())]
    s.out.write_text("\n".join(lines) + "\n", "utf8")
    print(f"{len(rows)} features")
    for name in SETS.values():
        dev = list(cases(s.bench / f"{name}.jsonl", "dev"))
        told = [max(CLASSES, key=weighed(row, rows).__getitem__) for row, _ in dev]
        print(name, f"macro F1 {f1_score([c for _, c in dev], told, average='macro'):.3f} of {len(dev)}")


if __name__ == "__main__":
    main()
