"""Fit the weights of a record's confidence to records that are right or wrong near facts noted by hand.

    python scripts/calibrate.py --shared ../shared

Fits on the articles of the shared data and on the seen ones of evals/articles, by groups of articles for the error
told; the guard articles are only measured. No run-time code.
"""

import argparse
import importlib.machinery
import importlib.util
import math
import random
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import dragoman
from dragoman.code import coder
from dragoman.evaluate.acts import calibration_error
from dragoman.evaluate.articles import lay_out, texts_by_hash
from dragoman.records import EventMention
from dragoman.scheme.confidence import NAMES

RIDGE = 1.0  # 0.3 to 3 differ by less than 0.01 in calibration error
FOLDS = 6
OUT = Path("src/dragoman/data/lexicon/confidence.tsv")
Case = tuple[str, np.ndarray, bool]


def judged(checker: ModuleType, folder: Path, files: list[Path]) -> Iterator[Case]:
    """Yield article, features and verdict of each record near a fact."""
    table: dict[str, Any] = {}
    for f in sorted(folder.glob("parties*.toml")):
        table |= tomllib.loads(f.read_text("utf8")).get("party", {})
    for f in files:
        gold = tomllib.loads(f.read_text("utf8"))
        text = (f.parent / gold["document"]).read_text("utf8")
        reading = dragoman.read(text, published=gold["published"], publisher=gold["publisher"], title=gold["title"])
        spans = [(reading.document.text.find(x["quote"]), x) for x in gold["fact"]]
        for m in reading.mentions:
            plain = checker.as_dict(m)
            near = [x for a, x in spans if a >= 0 and checker.sentences_touching(plain, a, a + len(x["quote"]))]
            if near:
                right = any(checker.core(checker.compare(x, plain, table, gold["published"])) for x in near)
                yield f.name, vector(m), right


def vector(m: EventMention) -> np.ndarray:
    """Return how much of each ingredient a record has."""
    row = dict.fromkeys(NAMES, 0.0)
    for i in m.ingredients:
        if i.name in ("type", "act"):
            row[i.name] = float(i.value.split()[-1])
        elif i.name in row:
            row[i.name] = 1.0
    if "one side" in row and any(i.name == "one side" and i.value.startswith("0") for i in m.ingredients):
        row["one side"] = 0.0
    return np.array([row[n] for n in NAMES])


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return ridge-logistic weights by Newton's method; the base is not shrunk."""
    w, shrink = np.zeros(x.shape[1]), np.full(x.shape[1], RIDGE)
    shrink[NAMES.index("base")] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(shrink), x.T @ (p - y) + shrink * w)
        w = w - step
        if np.abs(step).max() < 1e-8:
            break
    return w


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", type=Path, default=Path("../shared"))
    p.add_argument("--notes", type=Path, default=Path("evals/articles"))
    p.add_argument("--dry", action="store_true", help="measure, write nothing")
    a = p.parse_args()
    loader = importlib.machinery.SourceFileLoader("checker", str(a.shared / "check"))
    spec = importlib.util.spec_from_loader("checker", loader)
    if spec is None:
        raise SystemExit(f"{a.shared}/check can't be loaded")
    checker = importlib.util.module_from_spec(spec)
    loader.exec_module(checker)
    coder.KEPT = 0.0  # the weights are fitted to all that could be recorded
    texts = texts_by_hash(a.shared / "bench" / "wikinews_articles.jsonl")
    cases: dict[str, list[Case]] = {}
    for part in ("seen", "guard"):
        with tempfile.TemporaryDirectory() as where:
            lay_out(a.notes / part, texts, Path(where))
            files = [f for f in sorted(Path(where).glob("*.toml")) if not f.name.startswith("parties")]
            cases[part] = list(judged(checker, Path(where), files))
    shown = a.shared / "bench" / "articles"
    files = [f for f in sorted(shown.glob("*.toml")) if not f.name.startswith("parties")]
    known = cases["seen"] + list(judged(checker, shown, [*files, a.shared / "seed" / "facts.toml"]))
    articles = sorted({n for n, _, _ in known})
    random.Random(13).shuffle(articles)
    x, y = np.array([v for _, v, _ in known]), np.array([r for _, _, r in known], dtype=float)
    claims = []
    for k in range(FOLDS):
        held = np.array([articles.index(n) % FOLDS == k for n, _, _ in known])
        w = fit(x[~held], y[~held])
        claims += [(float(c), bool(r)) for c, r in zip(1 / (1 + np.exp(-x[held] @ w)), y[held], strict=True)]
    w = fit(x, y)
    guard = [(float(1 / (1 + math.exp(-v @ w))), r) for _, v, r in cases["guard"]]
    print(
        f"{len(known)} records, {y.mean():.3f} right; "
        f"calibration error by held-out articles {calibration_error(claims):.3f}"
    )
    print(
        f"guard: {len(guard)} records, {np.mean([r for _, r in guard]):.3f} right, "
        f"calibration error {calibration_error(guard):.3f}"
    )
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [r for c, r in claims if c >= bar]
        print(f"  from {bar:.1f} on: {len(kept) / len(claims):.2f} of the records, {np.mean(kept):.3f} right")
    lines = [f"{n}\t{v:.3f}" for n, v in zip(NAMES, w, strict=True)]
    print("\n".join(lines))
    if not a.dry:
        OUT.write_text("ingredient\tweight\n" + "\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
