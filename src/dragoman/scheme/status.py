"""The word lists behind a predicate's status: embedding words, modifiers, event nouns. No syntax here."""

import csv
import functools
from importlib.resources import files

from dragoman.errors import StopRun
from dragoman.records import Record

STATUSES = tuple("occurred ongoing planned negotiating requested refused denied negated hypothetical cancelled".split())
CERTAINTIES = ("stated", "hedged", "disputed")  # the surest first


class Mark(Record, frozen=True):
    """What a word says of an event: its status and certainty."""

    status: str
    certainty: str = "stated"


class StatusLexicon(Record, frozen=True):
    """Marks by lemma, part of speech and slot (`embeds`), by word and part of speech (`modifiers`); two plain lists."""

    embeds: dict[tuple[str, str, str], Mark]
    modifiers: dict[tuple[str, str], Mark]
    nouns: frozenset[str]
    background: frozenset[str]


@functools.cache
def status_lexicon() -> StatusLexicon:
    """Return the lexicon; StopRun names the file and line of a fault."""
    embeds: dict[tuple[str, str, str], Mark] = {}
    for where, row in _rows("status_embeds.tsv"):
        mark = _mark(where, row["status"], row["certainty"])
        for slot in row["slots"].split("|"):
            embeds[(row["lemma"], row["pos"], slot)] = mark
    modifiers: dict[tuple[str, str], Mark] = {}
    background: set[str] = set()
    for where, row in _rows("status_modifiers.tsv"):
        if row["status"] == "historical":
            background.add(row["word"])
        else:
            modifiers[(row["word"], row["pos"])] = _mark(where, row["status"], row["certainty"])
    nouns = frozenset(row["lemma"] for _, row in _rows("status_nouns.tsv"))
    return StatusLexicon(embeds=embeds, modifiers=modifiers, nouns=nouns, background=frozenset(background))


def _rows(name: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rows of a list, each with its place for messages."""
    with (files("dragoman") / "data" / "lexicon" / name).open(encoding="utf8") as f:
        reader = csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(f"data/lexicon/{name}:{n}", row) for n, row in enumerate(reader, 2)]


def _mark(where: str, status: str, certainty: str) -> Mark:
    if status not in STATUSES or certainty not in CERTAINTIES:
        raise StopRun(f"{where}: {status!r} {certainty!r} is no status with its certainty")
    return Mark(status=status, certainty=certainty)
