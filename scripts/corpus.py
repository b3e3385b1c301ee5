"""Check files of the corpus and count what is there; the format is in corpus/README.md.

python scripts/corpus.py corpus/sentences/*.txt
"""

import sys
from collections import Counter
from pathlib import Path

from dragoman.errors import StopRun
from dragoman.evaluate.corpus import Labelled, read_corpus


def counted(rows: list[Labelled]) -> Counter[str]:
    """Return how many sentences, acts of each type and status, and orders of parties there are."""
    counts: Counter[str] = Counter({"sentences": len(rows)})
    counts["without an act"] = sum(all(a.type == "NONE" for a in r.acts) for r in rows)
    for act in (a for r in rows for a in r.acts):
        counts[act.type] += 1
        counts[act.status or "-"] += 1
        sides = [[p for p in side if not isinstance(p, str)] for side in (act.actors, act.recipients)]
        if all(sides):
            counts["target first" if min(sides[1]) < min(sides[0]) else "actor first"] += 1
    return counts


def main() -> None:
    counts: Counter[str] = Counter()
    for name in sys.argv[1:]:
        try:
            counts += counted(list(read_corpus(Path(name))))
        except StopRun as fault:
            sys.stdout.write(f"{fault}\n")
    sys.stdout.write("".join(f"{n:6} {k}\n" for k, n in counts.most_common()))


if __name__ == "__main__":
    main()
