"""The type of act between two marked parties, and how concessions announced and carried out are told apart."""

import functools
import re
from collections.abc import Sequence

import msgspec

from dragoman.code.encoder import MODEL, Floats, Offsets, PairInput, pair_shares
from dragoman.records import Record
from dragoman.scheme.models import model_bytes

NONE = "none"


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
    return [_named(item, pair_shares(item)) for item in items]


def _named(item: PairInput, row: Floats) -> dict[str, float]:
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
