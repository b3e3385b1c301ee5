"""How many were killed and wounded, against MUC-4: the numbers that its templates give for described victims.

Singles are left out: most are named, not counted. A count that speaks of nobody in the gold counts neither way: the
gold tells only of what is an incident in its sense.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dragoman.errors import SkipItem
from dragoman.evaluate.muc4 import SAMPLE, ReadText, Tally, load, quoted
from dragoman.records import Count, Record
from dragoman.text import fold

EFFECTS = {"DEATH": "killed", "INJURY": "wounded"}
_NUMBER = re.compile(r"\??\s*(\d+)\s*:")


class Victims(Record, frozen=True):
    """Victims described in a template: any of the words for them, how many they are, what befell them."""

    words: tuple[str, ...]
    number: int
    of: str


def victim_scores(file: Path, read: ReadText, size: int | None = SAMPLE) -> dict[str, float]:
    """Read and score the sample of `muc4.muc4_scores`: agreement of the counts with the gold, and recall."""
    tallies = tally(answers(file, read, size))
    scores: dict[str, float] = {}
    for of, t in tallies.items():
        scores |= t.scores(f"muc4.victims_{of}")
    return scores


def answers(file: Path, read: ReadText, size: int | None = SAMPLE) -> Iterator[tuple[tuple[Victims, ...], list[Count]]]:
    """Yield the victims of each document with templates and the counts of killed and wounded read in it."""
    with file.open(encoding="utf-8") as lines:
        slots = {row["id"]: [t["slots"] for t in row["templates"]] for row in map(json.loads, lines)}
    for gold in load(file, size):
        wanted = tuple(v for template in slots[gold.id] for v in victims(template))
        if not wanted:
            continue
        try:
            told = [c for m in read(gold.text, gold.published).mentions for c in m.counts]
        except SkipItem:
            told = []
        yield wanted, [c for c in told if c.of in EFFECTS.values()]


def victims(slots: Mapping[str, Sequence[str]]) -> list[Victims]:
    """Return the victims of a template with a whole number over one and one effect."""
    effects = [
        (line.split(":")[0].strip("? "), {*quoted(line).alternatives}) for line in _lines(slots, "effect_of_incident")
    ]
    found = []
    for line in _lines(slots, "number"):
        said, words = _NUMBER.match(line), quoted(line).alternatives
        of = {EFFECTS.get(name, "") for name, whom in effects if whom & {*words}}
        if said and int(said[1]) > 1 and len(of) == 1 and "" not in of:
            found.append(Victims(words=words, number=int(said[1]), of=min(of)))
    return found


def tally(found: Iterable[tuple[Sequence[Victims], Sequence[Count]]]) -> dict[str, Tally]:
    """Return right, given and wanted by effect; given are the counts whose words are those of some victims."""
    tallies = dict.fromkeys(EFFECTS.values(), Tally())
    for wanted, told in found:
        for v in dict.fromkeys(wanted):
            hit = any(c.of == v.of and _agrees(c, v, wanted) for c in told)
            tallies[v.of] += Tally(right=hit, wanted=1, given=hit)
        for c in told:
            spoken = [v for v in wanted if v.of == c.of and _speaks_of(c, v)]
            tallies[c.of] += Tally(given=bool(spoken) and not any(_agrees(c, v, wanted) for v in spoken))
    return tallies


def _agrees(c: Count, v: Victims, wanted: Sequence[Victims]) -> bool:
    """Return whether a count is the number of these victims, or the sum of all those that its words name."""
    named = {x for x in wanted if x.of == v.of and _speaks_of(c, x)}
    return _number(c) in (v.number, sum(x.number for x in named) if v in named else v.number)


def _lines(slots: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    return slots.get(f"hum_tgt.{name}", ())


def _speaks_of(c: Count, v: Victims) -> bool:
    return any(fold(w) in fold(c.text) for w in v.words)


def _number(c: Count) -> float | None:
    return c.low if c.low is not None else c.high
