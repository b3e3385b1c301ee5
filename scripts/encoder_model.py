"""The encoder as it is trained: a transformer with its heads, batches, losses. What it learns from is not read here."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from dragoman.code.encoder import CERTAINTIES, FACTS, ROLES, STATUSES, TYPES
from encoder_rows import NO_LABEL, PAIR_LABELS, Row

HEADS = ("type", "status", "certainty", "historical", "fact")
WEIGHTS = {"pair": 1.0, "type": 2.0, "status": 0.5, "certainty": 0.2, "historical": 0.2, "fact": 0.5, "role": 0.7}


class Encoder(nn.Module):
    """A transformer and its heads: over the marked pair, over single words, over a trigger and a party."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(path, attn_implementation="eager", add_pooling_layer=False)
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.pair = nn.Linear(3 * width, len(PAIR_LABELS))
        self.head_type = nn.Linear(width, len(TYPES))
        self.head_status = nn.Linear(width, len(STATUSES))
        self.head_certainty = nn.Linear(width, len(CERTAINTIES))
        self.head_historical = nn.Linear(width, 2)
        self.head_fact = nn.Linear(width, len(FACTS))
        self.role_in = nn.Linear(3 * width, 128)
        self.role = nn.Linear(128, len(ROLES))

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return a vector for each id: batch x length x width."""
        return self.body(input_ids=ids, attention_mask=mask).last_hidden_state

    def pairs(self, states: Tensor, mask: Tensor, at: Tensor) -> Tensor:
        """Return logits of the pairs; `at`: batch x 2, the places of the opening markers, 0 for none."""
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        there = (at > 0).unsqueeze(-1).to(states.dtype)
        marked = states.gather(1, at.unsqueeze(-1).expand(-1, -1, states.shape[-1])) * there
        return self.pair(self.drop(torch.cat([marked[:, 0], marked[:, 1], mean], 1)))

    def roles(self, trigger: Tensor, party: Tensor) -> Tensor:
        """Return logits of the roles: `trigger`, `party`: count x width."""
        return self.role(torch.relu(self.role_in(self.drop(torch.cat([trigger, party, trigger * party], 1)))))


class Batch:
    """Padded rows with all labels as tensors."""

    def __init__(self, rows: Sequence[Row]) -> None:
        width = max(len(r.ids) for r in rows)
        self.ids = torch.tensor([r.ids + [0] * (width - len(r.ids)) for r in rows])
        self.mask = torch.tensor([[1] * len(r.ids) + [0] * (width - len(r.ids)) for r in rows])
        self.at = torch.tensor([r.at for r in rows])
        self.pair = torch.tensor([r.pair for r in rows])
        words = [(b, *w) for b, r in enumerate(rows) for w in r.words]
        self.words = torch.tensor(words or [[0] * 7])[:, :] if words else None
        roles = [(b, *x) for b, r in enumerate(rows) for x in r.roles]
        self.roles = torch.tensor(roles) if roles else None
        self.soft_pair = [(b, r.soft_pair) for b, r in enumerate(rows) if r.soft_pair is not None]
        self.soft_words = [(b, *w) for b, r in enumerate(rows) for w in r.soft_words]
        self.soft_roles = [(b, *x) for b, r in enumerate(rows) for x in r.soft_roles]


def losses(model: Encoder, batch: Batch) -> Tensor:
    """Return the weighted sum of the losses of the heads that have labels in the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
        states = model.states(batch.ids, batch.mask)
    states = states.float()
    total = torch.zeros(())
    if bool((batch.pair >= 0).any()):
        logits = model.pairs(states, batch.mask, batch.at)
        total = total + WEIGHTS["pair"] * cross(logits, batch.pair, 0.05)
    if batch.words is not None:
        here = model.drop(states[batch.words[:, 0], batch.words[:, 1]])
        for n, name in enumerate(HEADS):
            labels = batch.words[:, 2 + n]
            if bool((labels >= 0).any()):
                total = total + WEIGHTS[name] * cross(
                    getattr(model, f"head_{name}")(here), labels, 0.05 if n == 0 else 0.0
                )
    if batch.roles is not None:
        r = batch.roles
        total = total + WEIGHTS["role"] * cross(
            model.roles(states[r[:, 0], r[:, 1]], states[r[:, 0], r[:, 2]]), r[:, 3]
        )
    return total + taught(model, states, batch)


def taught(model: Encoder, states: Tensor, batch: Batch) -> Tensor:
    """Return the distance to a teacher's answers."""
    total = torch.zeros(())
    if batch.soft_pair:
        rows = torch.tensor([b for b, _ in batch.soft_pair])
        total = total + distance(model.pairs(states, batch.mask, batch.at)[rows], [x for _, x in batch.soft_pair])
    if batch.soft_words:
        at = torch.tensor([w[:2] for w in batch.soft_words])
        here = model.drop(states[at[:, 0], at[:, 1]])
        total = total + distance(model.head_type(here), [w[2] for w in batch.soft_words])
        acts = [n for n, w in enumerate(batch.soft_words) if w[2][-1] < 0.5]  # only an act has a status
        if acts:
            total = total + WEIGHTS["status"] * distance(
                model.head_status(here[acts]), [batch.soft_words[n][3] for n in acts]
            )
    if batch.soft_roles:
        at = torch.tensor([x[:3] for x in batch.soft_roles])
        logits = model.roles(states[at[:, 0], at[:, 1]], states[at[:, 0], at[:, 2]])
        total = total + WEIGHTS["role"] * distance(logits, [x[3] for x in batch.soft_roles])
    return total


def cross(logits: Tensor, labels: Tensor, smoothing: float = 0.0) -> Tensor:
    """Return the mean cross-entropy over what has a label."""
    return nn.functional.cross_entropy(logits, labels, ignore_index=NO_LABEL, label_smoothing=smoothing)


def distance(logits: Tensor, want: Sequence[Sequence[float]]) -> Tensor:
    """Return the cross-entropy to a teacher's shares."""
    return -(torch.tensor(np.array(want), dtype=torch.float32) * torch.log_softmax(logits, 1)).sum(1).mean()


def bf16() -> bool:
    """Return whether this processor multiplies bfloat16 in hardware; without, autocast only slows."""
    flags = Path("/proc/cpuinfo").read_text("utf8") if Path("/proc/cpuinfo").exists() else ""
    return "bf16" in flags
