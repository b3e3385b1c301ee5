"""The weights by which rules and encoder are joined on factuality, read from data/lexicon/factuality.tsv."""

import functools
from importlib import resources

from dragoman.errors import StopRun

CLASSES = ("fact", "uncertain", "counter")
COLUMNS = (*(f"reporting: {c}" for c in CLASSES), *(f"other: {c}" for c in CLASSES), "is reporting")


@functools.cache
def factuality_weights() -> dict[str, tuple[float, ...]]:
    """Return the weights of each feature, one for each of COLUMNS; raises StopRun at a line that is none."""
    lines = (resources.files("dragoman") / "data" / "lexicon" / "factuality.tsv").read_text("utf-8").splitlines()
    found: dict[str, tuple[float, ...]] = {}
    for number, line in enumerate(lines[1:], 2):
        name, *cells = line.split("\t")
        try:
            found[name] = tuple(float(c) for c in cells)
        except ValueError as fault:
            raise StopRun(f"data/lexicon/factuality.tsv:{number}: {cells} are no weights") from fault
        if len(cells) != len(COLUMNS):
            raise StopRun(f"data/lexicon/factuality.tsv:{number}: wants a feature and {len(COLUMNS)} weights")
    return found
