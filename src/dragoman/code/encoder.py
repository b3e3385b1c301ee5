"""The encoder: what act a word of a sentence tells, whether it happened, who does it to whom.

One pass over a sentence gives a vector for each word piece; the heads, small matrices over these vectors, do the rest.
A pair (`pair_shares`) is read apart, with its parties marked in the text. Which words to ask about is not decided here.
"""

import functools
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnxruntime

from dragoman.code.wordpiece import encode, read_vocabulary
from dragoman.records import Record
from dragoman.scheme.factuality import CLASSES
from dragoman.scheme.models import model_bytes

MODEL = "acts"
TYPES = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN", "NONE",
)  # fmt: skip
STATUSES = (
    "occurred", "ongoing", "planned", "negotiating", "requested", "refused", "denied", "negated", "hypothetical",
    "cancelled",
)  # fmt: skip
CERTAINTIES = ("stated", "hedged", "disputed")
FACTS = CLASSES
ROLES = ("none", "actor", "recipient")
MARKS = ("[unused0]", "[unused1]", "[unused2]", "[unused3]")  # before and after the source, before and after the target
LONGEST = 160  # ids a sentence, as in training; all but a few sentences of news are shorter
Offsets = tuple[int, int]
Floats = np.ndarray[Any, np.dtype[np.floating[Any]]]


class PairInput(Record, frozen=True):
    """A sentence and the offsets of two parties in it; an act without a recipient has no target."""

    sentence: str
    source: Offsets
    target: Offsets | None = None


class WordReading(Record, frozen=True):
    """What the heads say of one word: the share of each type, status and class of factuality."""

    types: dict[str, float]
    status: dict[str, float]
    facts: dict[str, float]


class SentenceReading:
    """A sentence that was read, with the vectors at the words that may be asked about."""

    def __init__(self, starts: Sequence[int], vectors: Floats) -> None:
        self._at = dict(zip(starts, vectors, strict=True))

    def word(self, start: int) -> WordReading | None:
        """Return what is said of the word that begins at `start`; None where it lay beyond the encoder's reach."""
        v = self._at.get(start)
        if v is None:
            return None
        h = heads()
        return WordReading(
            types=_named(TYPES, _linear(h, "type", v)),
            status=_named(STATUSES, _linear(h, "status", v)),
            facts=_named(FACTS, _linear(h, "fact", v)),
        )

    def role(self, trigger: int, party: int) -> dict[str, float]:
        """Return the share of each role of the party whose head begins at `party` in the act at `trigger`."""
        t, p = self._at.get(trigger), self._at.get(party)
        if t is None or p is None:
            return {"none": 1.0, "actor": 0.0, "recipient": 0.0}
        h = heads()
        hidden = np.maximum(_linear(h, "role_in", np.concatenate([t, p, t * p])), 0.0)
        return _named(ROLES, _linear(h, "role", hidden))


def read_sentence(sentence: str, starts: Sequence[int]) -> SentenceReading:
    """Return the reading of a sentence, ready to be asked about the words that begin at `starts` (offsets in it)."""
    wanted = sorted(set(starts))
    ids, places = locate(sentence, wanted, vocabulary())
    states = _states(ids)
    kept = [(s, p) for s, p in zip(wanted, places, strict=True) if p]
    return SentenceReading([s for s, _ in kept], states[[p for _, p in kept]])


def pair_shares(item: PairInput) -> Floats:
    """Return the share of each class of `labels.json` for a pair."""
    ids, at = mark(item, vocabulary())
    states, h = _states(ids), heads()
    marked = [states[a] if a else np.zeros_like(states[0]) for a in at]
    return _softmax(_linear(h, "pair", np.concatenate([*marked, states.mean(0)])))


def mark(item: PairInput, vocab: dict[str, int]) -> tuple[list[int], list[int]]:
    """Return the ids of a sentence with its parties marked, and where the opening markers stand (0: no such party)."""
    edges = [(item.source[0], 0), (item.source[1], 1)]
    if item.target is not None:
        edges += [(item.target[0], 2), (item.target[1], 3)]
    ids, at, last = [vocab["[CLS]"]], [0, 0], 0
    for offset, m in sorted(edges, key=lambda e: (e[0], e[1] % 2 == 0, e[1])):  # a closing mark before an opening one
        ids += encode(item.sentence[last:offset], vocab)
        if m in (0, 2):
            at[m // 2] = len(ids)
        ids.append(vocab[MARKS[m]])
        last = offset
    ids += encode(item.sentence[last:], vocab)
    return [*ids[: LONGEST - 1], vocab["[SEP]"]], [a if a < LONGEST - 1 else 0 for a in at]


def locate(text: str, starts: Sequence[int], vocab: dict[str, int]) -> tuple[list[int], list[int]]:
    """Return a sentence's ids and the place of the first piece at each of the rising `starts` (0: out of reach)."""
    ids, places, last = [vocab["[CLS]"]], [], 0
    for start in starts:
        ids += encode(text[last:start], vocab)
        places.append(len(ids) if len(ids) < LONGEST - 1 else 0)
        last = start
    ids += encode(text[last:], vocab)
    return [*ids[: LONGEST - 1], vocab["[SEP]"]], places


def _linear(h: dict[str, Floats], name: str, v: Floats) -> Floats:
    return h[f"{name}.weight"] @ v + h[f"{name}.bias"]


def _named(names: Sequence[str], logits: Floats) -> dict[str, float]:
    return {n: round(float(p), 6) for n, p in zip(names, _softmax(logits), strict=True)}


def _softmax(logits: Floats) -> Floats:
    shares = np.exp(logits.astype(np.float64) - logits.max())
    scaled: Floats = shares / shares.sum()
    return scaled


def _states(ids: list[int]) -> Floats:
    """Return one vector for each id.

    One sentence a run: int8 scales over all that a run holds, so that in a batch the answer for a sentence would depend
    on the others.
    """
    row = np.array([ids], dtype=np.int64)
    states: Floats = _session().run(["states"], {"ids": row, "mask": np.ones_like(row)})[0][0]
    return states


@functools.cache
def heads() -> dict[str, Floats]:
    """Return the weights of the heads by name."""
    with np.load(io.BytesIO(model_bytes(MODEL, "heads.npz")), allow_pickle=False) as found:
        return {name: found[name].astype(np.float32) for name in found.files}


@functools.cache
def vocabulary() -> dict[str, int]:
    """Return the ids of the word pieces."""
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
