"""The weights that speak for and against a record, in log-odds, read from data/lexicon/confidence.tsv."""

import functools
from importlib import resources

from dragoman.errors import StopRun

NAMES = (
    "base", "strong trigger", "ambiguous trigger", "bare trigger", "act", "spoken", "type", "two sides", "one side",
    "inferred", "filled", "noun",
)  # fmt: skip


@functools.cache
def confidence_weights() -> dict[str, float]:
    """Return the weight of each ingredient; StopRun where one of NAMES is missing or is no number."""
    lines = (resources.files("dragoman") / "data" / "lexicon" / "confidence.tsv").read_text("utf-8").splitlines()
    found: dict[str, float] = {}
    for number, line in enumerate(lines[1:], 2):
        name, _, weight = line.partition("\t")
        try:
            found[name] = float(weight)
        except ValueError as fault:
            raise StopRun(f"data/lexicon/confidence.tsv:{number}: {weight!r} is no weight") from fault
    if set(found) != set(NAMES):
        raise StopRun(f"data/lexicon/confidence.tsv: wants exactly {', '.join(NAMES)}")
    return found
