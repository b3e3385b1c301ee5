"""The type of act between two marked parties, by the fine-tuned encoder; who acts on whom, `roles` tells."""

import functools
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import onnxruntime

from dragoman.code.wordpiece import encode, read_vocabulary
from dragoman.records import Record
from dragoman.scheme.models import model_bytes

MODEL = "acts"
NONE = "none"
MARKS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")  # before and after the source, before and after the target
LONGEST = 128  # ids a sentence, as in training; all but a few sentences of news are shorter
Offsets = tuple[int, int]


class PairInput(Record, frozen=True):
    """A sentence and the offsets of two parties in it; an act without a recipient has no target."""

    sentence: str
    source: Offsets
    target: Offsets | None = None


class PairCode(Record, frozen=True):
    """The type of act, None for no act, and the probability of each type and of "none", highest first."""

    type: str | None
    probabilities: dict[str, float]


class _Labels(Record, frozen=True):
    """labels.json: classes in order, the bar for "none", words by which YIELD is carried out or announced."""

    classes: tuple[str, ...]
    none_threshold: float
    carried_out: str
    announced: str


def code_pair(sentence: str, source: Offsets, target: Offsets | None = None) -> PairCode:
    """Return the type of act between the parties at `source` and `target`: offsets in `sentence`, end exclusive."""
    shares = probabilities([PairInput(sentence=sentence, source=source, target=target)])[0]
    if shares[NONE] >= _labels().none_threshold:
        return PairCode(type=None, probabilities=shares)
    return PairCode(type=next(t for t in shares if t != NONE), probabilities=shares)


def probabilities(items: Sequence[PairInput]) -> list[dict[str, float]]:
    """Return for each pair the probability of each PLOVER type and of "none", highest first."""
    return [_named(item, row) for item, row in zip(items, _rows(items), strict=True)]


def mark(item: PairInput, vocabulary: dict[str, int]) -> tuple[list[int], list[int]]:
    """Return the ids of a sentence with its parties marked, and where the opening markers stand (0: no such party)."""
    edges = [(item.source[0], 0), (item.source[1], 1)]
    if item.target is not None:
        edges += [(item.target[0], 2), (item.target[1], 3)]
    ids, at, last = [vocabulary["[CLS]"]], [0, 0], 0
    for offset, m in sorted(edges, key=lambda e: (e[0], e[1] % 2 == 0, e[1])):  # a closing mark before an opening one
        ids += encode(item.sentence[last:offset], vocabulary)
        if m in (0, 2):
            at[m // 2] = len(ids)
        ids.append(vocabulary[MARKS[m]])
        last = offset
    ids += encode(item.sentence[last:], vocabulary)
    return [*ids[: LONGEST - 1], vocabulary["[SEP]"]], [a if a < LONGEST - 1 else 0 for a in at]


def _rows(items: Sequence[PairInput]) -> list[np.ndarray]:
    """Return the softmax of each pair, one pair a run.

    Int8 activations are scaled over all that a run holds: in a batch, the answer for a pair depends on the others.
    Measured on one thread, batches of 32 of like length are a tenth faster: not worth that.
    """
    if not items:
        return []
    session, vocabulary = _session(), _vocabulary()
    found = []
    for ids, at in (mark(item, vocabulary) for item in items):
        row = np.array([ids], dtype=np.int64)
        feed = {"ids": row, "mask": np.ones_like(row), "at": np.array([at], dtype=np.int64)}
        logits = session.run(["logits"], feed)[0][0].astype(np.float64)
        shares = np.exp(logits - logits.max())
        found.append(shares / shares.sum())
    return found


def _named(item: PairInput, row: np.ndarray) -> dict[str, float]:
    """Return a row under the names of PLOVER: the share of YIELD goes to CONCEDE or RETREAT, the other gets none."""
    shares = {name: round(float(p), 6) for name, p in zip(_labels().classes, row, strict=True)}
    carried = _carried_out(item)
    share = shares.pop("YIELD")
    shares |= {"RETREAT": share if carried else 0.0, "CONCEDE": 0.0 if carried else share}
    return dict(sorted(shares.items(), key=lambda s: (-s[1], s[0])))


def _carried_out(item: PairInput) -> bool:
    """Return whether a concession is carried out in these words (withdrew, freed), not announced (will, agreed to)."""
    labels = _labels()
    carried = re.search(labels.carried_out, item.sentence, re.IGNORECASE)
    return carried is not None and re.search(labels.announced, item.sentence, re.IGNORECASE) is None


@functools.cache
def _labels() -> _Labels:
    return msgspec.json.decode(model_bytes(MODEL, "labels.json"), type=_Labels)


@functools.cache
def _vocabulary() -> dict[str, int]:
    return read_vocabulary(model_bytes(MODEL, "vocab.txt").decode("utf8").splitlines())


@functools.cache
def _session() -> Any:
    """Return the model, on one thread and with nothing left to the machine's choice: parallelism lives above."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model_bytes(MODEL, "model.onnx"), options, providers=["CPUExecutionProvider"])
