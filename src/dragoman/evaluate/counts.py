"""Scoring counts against sentences noted by hand: which act a number is tied to, as what, within what bounds.

The gold (evals/counts) holds ids and offsets only; the texts are the shared development data. The reader is handed in.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from dragoman.errors import SkipItem, StopRun
from dragoman.evaluate.muc4 import ReadText, Tally
from dragoman.records import Count, Record
from dragoman.scheme.counts import KINDS

PARTS = ("seen", "guard")  # the errors of the guard are never looked at


class GoldCount(Record, frozen=True):
    """A count noted by hand; an `optional` one may be told or not."""

    of: str
    low: float | None
    high: float | None
    unit: str | None
    start: int
    end: int
    optional: bool = False


class Sentence(Record, frozen=True):
    """A sentence of a document of a shared file and all its counts; offsets index the document's text."""

    file: str
    id: str
    start: int
    end: int
    counts: tuple[GoldCount, ...]


def count_scores(folder: Path, bench: Path, read: ReadText) -> dict[str, float]:
    """Score both parts of the gold; precision, recall and F1 by part, over all kinds and of each kind."""
    scores: dict[str, float] = {}
    for part in PARTS:
        sentences = load(folder / f"{part}.jsonl")
        tallies = score(given(sentences, texts(sentences, bench), read))
        for kind, tally in tallies.items():
            scores |= tally.scores(f"counts.{part}.{kind}")
    return scores


def load(file: Path) -> tuple[Sentence, ...]:
    """Return the sentences of a gold file; StopRun with the line at fault."""
    found = []
    for n, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=Sentence))
        except msgspec.MsgspecError as fault:
            raise StopRun(f"{file}:{n}: {fault}") from fault
    return tuple(found)


def texts(sentences: Iterable[Sentence], bench: Path) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return text and date of publication of the documents that sentences stand in, by file and id."""
    wanted = {(s.file, s.id) for s in sentences}
    found = {}
    for file in sorted({f for f, _ in wanted}):
        for line in (bench / f"{file}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if (file, row["id"]) in wanted:
                found[file, row["id"]] = (row["text"], row.get("dct") or row.get("date"))
    return found


def given(
    sentences: Sequence[Sentence], documents: Mapping[tuple[str, str], tuple[str, str | None]], read: ReadText
) -> Iterator[tuple[Sentence, list[Count]]]:
    """Yield each sentence with the counts that reading its document gives in it, each once."""
    for key in sorted({(s.file, s.id) for s in sentences}):
        try:
            told = [c for m in read(*documents[key]).mentions for c in m.counts]
        except SkipItem:
            told = []
        once = list({(c.of, c.start, c.end): c for c in told}.values())
        for s in sentences:
            if (s.file, s.id) == key:
                yield s, [c for c in once if s.start <= c.start < s.end]


def score(answers: Iterable[tuple[Sentence, Sequence[Count]]]) -> dict[str, Tally]:
    """Return the tallies by kind, and over all as "all"; an optional count that was not told is forgotten."""
    tallies = dict.fromkeys(("all", *KINDS), Tally())
    for s, told in answers:
        free = list(told)
        for gold in s.counts:
            hit = next((c for c in free if same(gold, c)), None)
            if hit is not None:
                free.remove(hit)
            if hit is not None or not gold.optional:
                tally = Tally(right=hit is not None, given=hit is not None, wanted=1)
                tallies = _added(tallies, gold.of, tally)
        for c in free:
            tallies = _added(tallies, c.of, Tally(given=1))
    return tallies


def same(gold: GoldCount, c: Count) -> bool:
    """Return whether a count says of the same words the same kind, bounds and unit."""
    alike = (gold.of, gold.low, gold.high, gold.unit) == (c.of, c.low, c.high, c.unit)
    return alike and gold.start < c.end and c.start < gold.end


def _added(tallies: Mapping[str, Tally], kind: str, tally: Tally) -> dict[str, Tally]:
    return {**tallies, kind: tallies[kind] + tally, "all": tallies["all"] + tally}
