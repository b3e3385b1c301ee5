"""Train the attribution model on PolNeAR and write it with its card: `train_attribution.py SHARED OUT [--without 3]`.

Needs torch beside the package. SHARED is the folder with bench/polnear_train.jsonl; OUT is data/models/attribution.
`--without N` leaves out the documents whose number ends in N, to choose thresholds on them. No text of theirs is kept.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch

from dragoman.annotate.attribution_features import View, cue_features, hashed, is_candidate, token_features, window
from dragoman.annotate.syntax import parse_text
from dragoman.records import Parse
from dragoman.scheme.speech import ROLES, cue_kinds
from dragoman.tree import tokens_between

CUE_ROWS, ROLE_ROWS = 2**17, 2**18  # halving both costs 0.003 F1
EPOCHS, RATE, DROP = 4, 0.05, 0.3  # drop 0.1 or rate 0.1 cost 0.005 F1 of the cues; a hidden layer, a CRF gain nothing
CLIP = 0.9995  # weights beyond this share of all are cut, so that int8 has steps to spare for the rest
HEADS = ("VERB", "NOUN", "ADJ", "AUX")


def tokens_of(parse: Parse, spans: list[dict[str, Any]]) -> set[int]:
    return {t.i for s in spans for t in tokens_between(parse, s["start"], s["end"])}


def cue_head(parse: Parse, cue: set[int]) -> int:
    outward = [i for i in cue if parse.tokens[i].head not in cue or parse.tokens[i].head == i]
    rank = {pos: n for n, pos in enumerate(HEADS)}
    return min(outward, key=lambda i: (rank.get(parse.tokens[i].pos, len(HEADS)), i))


def gold_roles(parse: Parse, attributions: list[dict[str, Any]]) -> dict[int, dict[str, set[int]]]:
    """Return cue head -> role -> tokens; two attributions with one cue are one."""
    found: dict[int, dict[str, set[int]]] = {}
    for a in attributions:
        cue = tokens_of(parse, a["cue"])
        if cue:
            roles = found.setdefault(cue_head(parse, cue), {r: set() for r in ROLES[1:]})
            for r, tokens in roles.items():
                tokens.update(tokens_of(parse, a[r]))
    return found


class Examples:
    """Rows of hashed features, flat, with the class of each."""

    def __init__(self) -> None:
        self.rows: list[np.ndarray] = []
        self.classes: list[int] = []

    def add(self, features: list[int], kind: int) -> None:
        """Take one row and its class."""
        self.rows.append(np.asarray(features, dtype=np.int32))
        self.classes.append(kind)


def collect(parse: Parse, attributions: list[dict[str, Any]], cues: Examples, roles: Examples) -> None:
    view = View(parse, cue_kinds())
    gold = gold_roles(parse, attributions)
    for t in parse.tokens:
        if is_candidate(t):
            cues.add(hashed(cue_features(view, t.i), CUE_ROWS), int(t.i in gold))
    for cue, spans in sorted(gold.items()):
        for i in window(view, cue):
            role = next((r for r in ("cue", "source", "content") if i in spans[r]), "none")
            roles.add(hashed(token_features(view, cue, i), ROLE_ROWS), ROLES.index(role))


def fit(examples: Examples, size: int, columns: int, batch: int) -> np.ndarray:
    """Return the weights of a softmax (or logistic) regression, averaged over the later epochs."""
    torch.manual_seed(0)
    order = np.random.default_rng(0)
    lengths = np.array([len(r) for r in examples.rows])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    flat = np.concatenate(examples.rows)
    wanted = torch.tensor(examples.classes)
    table = torch.zeros(size, columns, requires_grad=True)
    optimizer = torch.optim.Adagrad([table], lr=RATE)
    mean, counted = torch.zeros(size, columns), 0
    for epoch in range(EPOCHS):
        shuffled = order.permutation(len(lengths))
        for n, k in enumerate(range(0, len(shuffled), batch)):
            b = shuffled[k : k + batch]
            offsets = np.concatenate([[0], np.cumsum(lengths[b])[:-1]])
            places = np.repeat(starts[b] - offsets, lengths[b]) + np.arange(lengths[b].sum())
            kept = (torch.rand(len(places)) >= DROP).float() / (1 - DROP)
            inputs = torch.from_numpy(flat[places].astype(np.int64))
            out = torch.nn.functional.embedding_bag(
                inputs, table, torch.from_numpy(offsets), mode="sum", sparse=True, per_sample_weights=kept
            )
            loss = _loss(out, wanted[b])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if epoch and n % 200 == 199:
                mean += table.detach()
                counted += 1
        print(f"epoch {epoch}: loss of the last batch {loss.item():.4f}", file=sys.stderr)
    return (mean / counted if counted else table.detach()).numpy()


def _loss(out: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    if out.shape[1] == 1:
        return torch.nn.functional.binary_cross_entropy_with_logits(out[:, 0], wanted.float())
    return torch.nn.functional.cross_entropy(out, wanted)


def packed(weights: np.ndarray) -> tuple[bytes, float]:
    """Return the weights as int8 and the scale that turns them back."""
    limit = float(np.quantile(np.abs(weights[weights != 0]), CLIP))
    scale = limit / 127
    return np.round(np.clip(weights, -limit, limit) / scale).astype(np.int8).tobytes(), scale


def parses(documents: list[dict[str, Any]], cache: Path | None) -> list[Parse]:
    if cache and cache.exists():
        return msgspec.msgpack.decode(cache.read_bytes(), type=list[Parse])
    made = [parse_text(d["text"]) for d in documents]
    if cache:
        cache.write_bytes(msgspec.msgpack.encode(made))
    return made


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("shared", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--without", type=int)
    ask.add_argument("--cache", type=Path, help="where to keep the parses between runs, outside the repository")
    told = ask.parse_args()
    torch.set_num_threads(1)  # one thread: the same sums in the same order
    source = told.shared / "bench" / "polnear_train.jsonl"
    documents = [json.loads(line) for line in source.read_text("utf8").splitlines()]
    cues, roles = Examples(), Examples()
    for n, (document, parse) in enumerate(zip(documents, parses(documents, told.cache), strict=True)):
        if n % 10 != told.without:
            collect(parse, document["attributions"], cues, roles)
    cue_raw, cue_scale = packed(fit(cues, CUE_ROWS, 1, 256))
    role_weights = fit(roles, ROLE_ROWS, len(ROLES), 1024)
    role_raw, role_scale = packed(role_weights - role_weights.mean(axis=1, keepdims=True))
    raw = cue_raw + role_raw
    (told.out / "weights.bin").write_bytes(raw)
    card = {
        "file": "weights.bin", "sha256": hashlib.sha256(raw).hexdigest(), "version": "1",
        "cue_rows": CUE_ROWS, "cue_scale": cue_scale, "role_rows": ROLE_ROWS, "role_scale": role_scale,
        "trained_on": {"file": source.name, "sha256": hashlib.sha256(source.read_bytes()).hexdigest()},
    }  # fmt: skip
    (told.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
