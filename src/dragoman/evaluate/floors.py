"""Floors: scores held against the floors in a file, each beside the fingerprint of its gold data. No scoring here."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from dragoman.errors import StopRun
from dragoman.records import Record

HOLD_BACK = (
    0.005  # a raised floor stays this far below the score, so that another processor's rounding does not fail it
)


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One score that may not fall: `metric` is its path in the scorer's answer, `data` the file or folder measured.

    `most` instead of `least` for what may not rise (traps sprung). `reason` says why a floor was lowered.
    """

    metric: str
    data: str
    fingerprint: str
    least: float | None = None
    most: float | None = None
    reason: str = ""


class FloorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The floors of one file."""

    floor: tuple[Floor, ...]


class Verdict(Record, frozen=True):
    """One floor against a score. `state`: held, below, missing (the scorer gave none), moved (the data is another)."""

    metric: str
    bound: float
    got: float | None
    state: str


def load(path: Path) -> tuple[Floor, ...]:
    """Return the floors of a file; StopRun with the path to the fault where it is malformed."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=FloorFile).floor
    except (OSError, msgspec.ValidationError, msgspec.DecodeError) as fault:
        raise StopRun(f"{path}: {fault}") from fault


def fingerprint(path: Path) -> str:
    """Return the first 16 hex digits of the SHA-256 over a file, or over the names and bytes of a folder's files."""
    digest = hashlib.sha256()
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for f in files:
        digest.update(f.name.encode() + b"\0" + f.read_bytes())
    return digest.hexdigest()[:16]


def flatten(scores: Mapping[str, object], prefix: str = "") -> dict[str, float]:
    """Return the numbers of nested scores by dotted path."""
    found: dict[str, float] = {}
    for key, value in scores.items():
        if isinstance(value, Mapping):
            found |= flatten(value, f"{prefix}{key}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[prefix + key] = float(value)
    return found


def compare(floors: Sequence[Floor], scores: Mapping[str, float], root: Path) -> list[Verdict]:
    """Hold each floor against its score; data under `root` that is not what the floor was set on is `moved`."""
    return [_verdict(f, scores.get(f.metric), root) for f in floors]


def _verdict(f: Floor, got: float | None, root: Path) -> Verdict:
    bound = f.least if f.least is not None else f.most
    if bound is None:
        raise StopRun(f"floor {f.metric}: neither least nor most")
    if not (root / f.data).exists() or got is None or math.isnan(got):
        return Verdict(metric=f.metric, bound=bound, got=got, state="missing")
    if fingerprint(root / f.data) != f.fingerprint:
        return Verdict(metric=f.metric, bound=bound, got=got, state="moved")
    held = got >= bound if f.least is not None else got <= bound
    return Verdict(metric=f.metric, bound=bound, got=got, state="held" if held else "below")


def raised(floors: Sequence[Floor], scores: Mapping[str, float], root: Path) -> list[Floor]:
    """Return the floors moved up to the scores; none is ever moved down here: that is done by hand, with a reason."""
    new = []
    for f in floors:
        got = scores.get(f.metric)
        print_ = fingerprint(root / f.data) if (root / f.data).exists() else f.fingerprint
        if got is not None and f.least is not None and got - HOLD_BACK > f.least:
            f = msgspec.structs.replace(f, least=math.floor((got - HOLD_BACK) * 1000) / 1000)  # noqa: PLW2901
        if got is not None and f.most is not None and got < f.most:
            f = msgspec.structs.replace(f, most=got)  # noqa: PLW2901
        new.append(msgspec.structs.replace(f, fingerprint=print_))
    return new


def dump(floors: Sequence[Floor]) -> str:
    """Return the text of a floor file."""
    blocks = []
    for f in floors:
        bound = f"least = {f.least}" if f.least is not None else f"most = {f.most}"
        reason = f'reason = "{f.reason}"\n' if f.reason else ""
        blocks.append(
            f'[[floor]]\nmetric = "{f.metric}"\ndata = "{f.data}"\nfingerprint = "{f.fingerprint}"\n{bound}\n{reason}'
        )
    return "\n".join(blocks)
