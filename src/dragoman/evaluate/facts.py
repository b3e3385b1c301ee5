"""Scoring reports against facts noted by hand: how many were found, how many records near them are right. Pure."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dragoman.records import EventMention, Reading, Record

_REAL = ("occurred", "ongoing")  # of what has not happened, the type of the act itself is right too
ReadFile = Callable[[Path], Reading]


class FactScore(Record, frozen=True):
    """Facts found, records judged (those whose sentence holds a fact) and right, traps sprung."""

    facts: int
    found: int
    judged: int
    right: int
    sprung: int
    missed: tuple[str, ...]


def score_file(gold_file: Path, read: ReadFile) -> FactScore:
    """Read the document that a gold file names and score what came out."""
    gold = tomllib.loads(gold_file.read_text("utf-8"))
    reading = read(gold_file.parent / gold["document"])
    return score(gold, reading.document.text, reading.mentions)


def score(gold: Mapping[str, Any], text: str, mentions: Sequence[EventMention]) -> FactScore:
    """Match facts and records by sentence and content; a record answers at most one fact."""
    free = list(mentions)
    missed = []
    for fact in gold["fact"]:
        hit = next((m for m in free if near(fact, text, m) and fits(fact, m)), None)
        if hit is None:
            missed.append(fact["id"])
        else:
            free.remove(hit)
    judged = [m for m in mentions if any(near(f, text, m) for f in gold["fact"])]
    right = [m for m in judged if any(near(f, text, m) and fits(f, m) for f in gold["fact"])]
    sprung = sum(any(near(t, text, m) and fits(t["wrong"], m) for m in mentions) for t in gold.get("trap", []))
    n = len(gold["fact"])
    return FactScore(
        facts=n, found=n - len(missed), judged=len(judged), right=len(right), sprung=sprung, missed=tuple(missed)
    )


def near(fact: Mapping[str, Any], text: str, m: EventMention) -> bool:
    """Return whether a record's sentence holds the words of a fact."""
    found = re.search(r"\s+".join(re.escape(w) for w in fact["quote"].split()), text)
    return found is not None and m.sentence.start < found.end() and found.start() < m.sentence.end


def fits(fact: Mapping[str, Any], m: EventMention) -> bool:
    """Return whether a record carries every value that the fact gives."""
    checks: dict[str, Callable[[list[Any]], bool]] = {
        "type": lambda want: m.type in want or (m.status not in _REAL and m.act in want),
        "actor": lambda want: _named(want, [*m.actors]),
        "recipient": lambda want: _named(want, [*m.recipients, *(m.actors if m.type == "CONSULT" else [])]),
        "status": lambda want: m.status in want,
        "when": lambda want: m.when is not None and m.when.edtf in want,
        "historical": lambda want: m.historical in want,
        "source": lambda want: any(w in v.source for w in want for v in m.attribution),
    }
    return all(check(_listed(fact[key])) for key, check in checks.items() if key in fact)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _named(want: Sequence[str], parties: Sequence[Any]) -> bool:
    """Return whether every wanted party, by country code or name, is among the parties."""
    return all(any(w in (p.country, p.name) or w in p.text for p in parties) for w in want)
