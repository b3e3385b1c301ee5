"""The lists behind attribution, what they say of a cue or a voice, and its model's weights. No finding of cues."""

import csv
import functools
import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import StopRun
from dragoman.records import Parse, Record, Span, Token
from dragoman.tree import head_of_span, tokens_between

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


def cue_kind(parse: Parse, cue: Sequence[Span]) -> str:
    """Return what a cue does: say, show, seem, hold (belief), call, commit, judge; "" where no word of it is known.

    The first four make their source a voice that the content rests on; the last three are rather acts of their source.
    """
    kinds = cue_kinds()
    words = [t for s in cue for t in tokens_between(parse, s.start, s.end)]
    heads = [t for s in cue if (i := head_of_span(parse, s.start, s.end)) >= 0 for t in parse.tokens[i : i + 1]]
    found = (kinds.get(f"{t.lemma.lower()}/{t.pos}", "") for t in [*heads, *words])
    return next((k for k in found if k), "")


def voice_kind(parse: Parse, source: Sequence[Span]) -> str:
    """Return the kind of a source: named, anonymous, outlet, document, data. No source at all is anonymous."""
    words = [t for s in source for t in tokens_between(parse, s.start, s.end)]
    if not words:
        return "anonymous"
    lists = source_lexicon()
    name = " ".join(t.text for t in words).lower()
    known = lists.name.get(name) or lists.name.get(name.removeprefix("the "))
    if known:
        return known
    head = parse.tokens[head_of_span(parse, source[0].start, source[0].end)]
    if head.pos == "PROPN":
        return _kind_of_name(words, head, lists)
    return lists.head.get(head.text.lower()) or lists.head.get(head.lemma.lower()) or "named"


def _kind_of_name(words: Sequence[Token], head: Token, lists: SourceLexicon) -> str:
    """Return the kind of a source that a name heads: "The Kesk Times", "state agency NNA", else a party by name."""
    if head.ent == "PERSON" and head.text not in lists.last:
        return "named"
    nouns = [t for t in words if t.pos == "NOUN" and t.head == head.i and t.dep in ("compound", "nmod", "appos")]
    beside = [lists.head.get(t.lemma.lower()) for t in nouns]
    capital = [t for t in words if t.head == head.i and t.pos == "PROPN"]
    last = lists.last.get(head.text.lower()) if capital else None
    alone = lists.name.get(head.text.lower())
    return alone or last or next((k for k in beside if k in ("outlet", "data", "document")), "named")


def _rows(name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a list, each with its place for messages."""
    lines = (files("dragoman") / "data" / "lexicon" / name).read_text("utf8").splitlines()
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(f"data/lexicon/{name}:{n}", row) for n, row in enumerate(reader, 2)]
