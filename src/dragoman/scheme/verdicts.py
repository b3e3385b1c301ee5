"""Words by which a speaker judges another, and the type of act that it is. Read from data/lexicon/verdicts.tsv."""

import functools
from importlib import resources

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.scheme import plover

_POS = {"noun": ("NOUN", "PROPN"), "adj": ("ADJ",), "verb": ("VERB",)}


class VerdictWord(Record, frozen=True):
    """What it is to call somebody or something this: the type and the mode of the act."""

    type: str
    mode: str | None


def verdict_of(lemma: str, pos: str) -> VerdictWord | None:
    """Return the judgement that a word of this universal part of speech passes, None where it passes none."""
    return _words().get((lemma.lower(), pos))


@functools.cache
def _words() -> dict[tuple[str, str], VerdictWord]:
    found: dict[tuple[str, str], VerdictWord] = {}
    lines = (resources.files("dragoman") / "data" / "lexicon" / "verdicts.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        where = f"data/lexicon/verdicts.tsv:{number}"
        if len(cells) != 4 or cells[1] not in _POS:
            raise StopRun(f"{where}: wants word, noun, adj or verb, type, mode; has {cells}")
        word, pos, kind, mode = cells
        if mode != "-" and mode not in plover.event_type(kind).modes:
            raise StopRun(f"{where}: {kind} has no mode {mode!r}")
        for tag in _POS[pos]:
            found[word, tag] = VerdictWord(type=kind, mode=None if mode == "-" else mode)
    return found
