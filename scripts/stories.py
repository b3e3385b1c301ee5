"""Makes data/stories: `background` counts words over public articles, `fit` weighs the features of pairs of articles.

  python scripts/stories.py background --bench DIR
  python scripts/stories.py fit --bench DIR        the blocks of TRAIN; prints the scores of all blocks

Only words and numbers are written, no text. The first blocks of GVA and NeuS, those of the shared scorer, are held out.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.resolve import stories_pairs as pairs_of
from dragoman.resolve.stories import STORY, groups_of
from dragoman.resolve.stories_words import Article, stem, tokens
from dragoman.scheme.stories import pair_weights

DATA = Path(__file__).parent.parent / "src" / "dragoman" / "data" / "stories"
COUNTED = ("wikinews_articles", "muc4", "polnear_train", "lgl", "trnews", "tempeval3_timebank", "tempeval3_aquaint")
LEAST = 3  # articles: rarer words are left out of the background, they weigh as unknown ones do
BLOCKS = {
    "neus held out": ("neus_triplets", 0, 900),
    "neus a": ("neus_triplets", 900, 1800),
    "neus b": ("neus_triplets", 1800, 2700),
    "neus held out 2": ("neus_triplets", 2700, 3600),
    "gva held out": ("gva_story_clusters", 0, 900),
    "gva": ("gva_story_clusters", 900, 2028),
    "ecb+": ("ecbplus", 0, 772),
}
TRAIN = ("neus a", "neus b", "gva", "ecb+")
RIDGE = 1.0
BARS = (-3.0, -2.5, -2.25, -2.0, -1.75, -1.5, -1.0)
Numbers = npt.NDArray[np.float64]


def rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf8") as f:
        for line in f:
            yield json.loads(line)


def background(bench: Path) -> None:
    counts: Counter[str] = Counter()
    articles = 0
    for name in COUNTED:
        for row in rows(bench / f"{name}.jsonl"):
            counts.update({stem(t) for t in tokens(f"{row.get('title') or ''} {row['text']}")})
            articles += 1
    kept = [f"{w}\t{n}" for w, n in sorted(counts.items()) if n >= LEAST and not w[0].isdigit()]
    DATA.joinpath("background.tsv").write_text("\n".join(["word\tarticles", f"*\t{articles}", *kept]) + "\n", "utf8")
    print(f"{articles} articles, {len(kept)} words")


def block(bench: Path, name: str) -> tuple[list[Article], list[str]]:
    """Return the articles of a block, shuffled, and their gold stories."""
    file, first, last = BLOCKS[name]
    found = [*rows(bench / f"{file}.jsonl")][first:last]
    random.Random(0).shuffle(found)
    articles = [
        Article(text=str(r["text"]), title=str(r.get("title") or ""), published=r.get("date") and str(r["date"]))  # type: ignore[arg-type]
        for r in found
    ]
    return articles, [str(r["subtopic"] if file == "ecbplus" else r["cluster"]) for r in found]


def regression(x: Numbers, y: Numbers, weight: Numbers) -> Numbers:
    """Return the weights of a logistic regression with a ridge, the constant last."""
    x = np.c_[x, np.ones(len(x))]
    ridge = np.r_[np.full(x.shape[1] - 1, RIDGE), 1e-6]
    b = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve(
            (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (weight * (p - y)) + ridge * b
        )
        b -= step
    return b


def fit(bench: Path) -> None:
    weights: list[str] = ["feature\tweight"]
    for stage, names in (("alone", pairs_of.ALONE), ("among", pairs_of.AMONG)):
        x, y, w = [], [], []
        for name in TRAIN:
            articles, gold = block(bench, name)
            pairs = pairs_of.compare_all(articles)
            size = Counter(gold)
            same = np.array([gold[i] == gold[j] for i, j in zip(pairs.i, pairs.j, strict=True)])
            x.append(pairs.features[:, : len(names)])
            y.append(same.astype(np.float64))
            # Each article counts alike: a story of ten has nine pairs an article.
            w.append(np.array([2 / size[gold[i]] if s else 1.0 for i, s in zip(pairs.i, same, strict=True)]))
        found = regression(np.concatenate(x), np.concatenate(y), np.concatenate(w))
        weights += [f"{stage}.{n}\t{v:.4f}" for n, v in zip((*names, "constant"), found, strict=True)]
        DATA.joinpath("weights.tsv").write_text("\n".join(weights) + "\n", "utf8")
        pair_weights.cache_clear()
    measure(bench)


def f1(groups: Sequence[Sequence[int]], gold: Sequence[str]) -> tuple[float, float, float]:
    label = {i: g for g, members in enumerate(groups) for i in members}

    def count(labels: Sequence[object]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    tp = count([(label[i], g) for i, g in enumerate(gold)])
    p, r = tp / (count([label[i] for i in range(len(gold))]) or 1), tp / (count(gold) or 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def measure(bench: Path) -> None:
    for name in BLOCKS:
        articles, gold = block(bench, name)
        pairs = pairs_of.compare_all(articles)
        p, r, f = f1(groups_of(len(articles), pairs, STORY), gold)
        others = [f1(groups_of(len(articles), pairs, bar), gold)[2] for bar in BARS]
        shown = " ".join(f"{b:.2f}: {o:.3f}" for b, o in zip(BARS, others, strict=True))
        print(f"{name:16} P {p:.3f} R {r:.3f} F1 {f:.3f}   {shown}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["background", "fit", "measure"])
    parser.add_argument("--bench", type=Path, required=True)
    given = parser.parse_args()
    {"background": background, "fit": fit, "measure": measure}[given.what](given.bench)


if __name__ == "__main__":
    main()
