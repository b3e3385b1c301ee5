"""The lists behind attribution (cue words, source words) and the weights of its model. No syntax here."""

import csv
import functools
import hashlib
import json
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import StopRun
from dragoman.records import Record

CUE_KINDS = frozenset({"say", "call", "commit", "judge", "hold", "show", "seem"})
SOURCE_KINDS = frozenset({"anonymous", "outlet", "document", "data"})
SOURCE_PLACES = frozenset({"head", "last", "name"})
ROLES = ("none", "source", "cue", "content")


class SourceLexicon(Record, frozen=True):
    """What kind of voice a word makes: as the noun that heads a source, as the last word of a name, as a whole name."""

    head: dict[str, str]
    last: dict[str, str]
    name: dict[str, str]


class SpeechModel(Record, frozen=True):
    """Linear weights over hashed features: one column for "heads a cue", four columns for the roles of ROLES."""

    cue: NDArray[np.float32]  # rows of the cue table
    roles: NDArray[np.float32]  # rows of the role table by 4
    version: str
    sha256: str


@functools.cache
def cue_kinds() -> dict[str, str]:
    """Return "lemma/POS" to the kind of cue: say, call, commit, judge, hold, show, seem."""
    found: dict[str, str] = {}
    for where, row in _rows("speech_cues.tsv"):
        if row["kind"] not in CUE_KINDS:
            raise StopRun(f"{where}: {row['kind']!r} is no kind of cue")
        found[f"{row['lemma']}/{row['pos']}"] = row["kind"]
    return found


@functools.cache
def source_lexicon() -> SourceLexicon:
    """Return the words that tell the kind of a source, keys in lower case."""
    found: dict[str, dict[str, str]] = {place: {} for place in sorted(SOURCE_PLACES)}
    for where, row in _rows("speech_sources.tsv"):
        if row["kind"] not in SOURCE_KINDS or row["place"] not in SOURCE_PLACES:
            raise StopRun(f"{where}: {row['place']!r} {row['kind']!r} is no place and kind of a source word")
        found[row["place"]][row["word"].lower()] = row["kind"]
    return SourceLexicon(**found)


@functools.cache
def speech_model() -> SpeechModel:
    """Return the model of `data/models/attribution`; StopRun where the file is not the one that its card names."""
    folder = files("dragoman") / "data" / "models" / "attribution"
    card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf8"))
    raw = (folder / card["file"]).read_bytes()
    got = hashlib.sha256(raw).hexdigest()
    if got != card["sha256"]:
        raise StopRun(f"data/models/attribution/{card['file']}: SHA-256 {got} is not that of card.json: install again")
    weights = np.frombuffer(raw, dtype=np.int8)
    rows, columns = card["cue_rows"], len(ROLES)
    if len(weights) != rows + card["role_rows"] * columns:
        raise StopRun(f"data/models/attribution/{card['file']}: {len(weights)} weights, not what card.json says")
    return SpeechModel(
        cue=weights[:rows].astype(np.float32) * np.float32(card["cue_scale"]),
        roles=weights[rows:].reshape(-1, columns).astype(np.float32) * np.float32(card["role_scale"]),
        version=card["version"],
        sha256=got,
    )


def _rows(name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a list, each with its place for messages."""
    with (files("dragoman") / "data" / "lexicon" / name).open(encoding="utf8", newline="") as f:
        reader = csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(f"data/lexicon/{name}:{n}", row) for n, row in enumerate(reader, 2)]
