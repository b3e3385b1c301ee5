"""Measure the comparing of names on lists of sanctions: aliases of one entity against the nearest names of others.

    python scripts/names_guard.py FOLDER [--show N]

FOLDER holds sanctions_*.jsonl (one entity a line: id, schema, name, aliases with name and quality).
The same pairs are drawn each time.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process, utils

from dragoman.names import SAME_NAME, keys, name_similarity

KINDS = ("Person", "Organization", "Vessel")
EACH = 1500  # pairs drawn of either sort for each list and kind
BASELINE = 75  # token sort ratio, of 100: a usual bar, not tuned on these pairs


def entities(path: Path, kind: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        r for r in rows if r["schema"] == kind or (kind == "Organization" and r["schema"] in ("LegalEntity", "Company"))
    ]


def strong(entity: dict[str, Any]) -> list[str]:
    """Return the aliases that the list holds for good ones; single words are noms de guerre and left out."""
    found = [a["name"] for a in entity.get("aliases", []) if a.get("quality", "Good") in ("Good", "strong", "a.k.a.")]
    return [n for n in found if entity["schema"] != "Person" or " " in n.strip()]


def same(rows: list[dict[str, Any]], draw: random.Random) -> list[tuple[str, str]]:
    pairs = [(r["name"], alias) for r in rows for alias in strong(r)]
    return draw.sample(pairs, min(EACH, len(pairs)))


def other(rows: list[dict[str, Any]], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield names with the nearest name of another entity."""
    names = [r["name"] for r in rows]
    for at in draw.sample(range(len(rows)), min(EACH, len(rows))):
        near = process.extract(names[at], names, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=8)
        for _, _, place in near:
            known = {n.casefold() for n in (rows[place]["name"], *(a["name"] for a in rows[place].get("aliases", [])))}
            if place != at and names[at].casefold() not in known:
                yield names[at], names[place]
                break


def judged(pairs: list[tuple[str, str]], kind: str) -> tuple[float, float, float, float]:
    """Return the shares of pairs: same name, same for the baseline, with a key in common, and the last of the same."""
    hits = [name_similarity(a, b, kind) >= SAME_NAME for a, b in pairs]
    plain = [fuzz.token_sort_ratio(a, b, processor=utils.default_process) >= BASELINE for a, b in pairs]
    keyed = [bool(keys(a, kind) & keys(b, kind)) for a, b in pairs]
    found = sum(k for k, h in zip(keyed, hits, strict=True) if h) / max(1, sum(hits))
    return sum(hits) / len(pairs), sum(plain) / len(pairs), sum(keyed) / len(pairs), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many wrong pairs of either sort")
    asked = parser.parse_args()
    for path in sorted(asked.folder.glob("sanctions_*.jsonl")):
        for kind in KINDS:
            draw = random.Random(7)
            rows = entities(path, kind)
            one, two = same(rows, draw), list(other(rows, draw)) if len(rows) > 8 else []
            if not one or not two:
                continue
            for title, pairs in (("aliases", one), ("nearest others", two)):
                hits, plain, keyed, found = judged(pairs, kind)
                print(
                    f"{path.stem} {kind}: {len(pairs)} {title}: same {hits:.3f} (token sort {plain:.3f}), "
                    f"share a key {keyed:.3f}, of the same {found:.3f}"
                )
            for title, pairs, fault in (("missed", one, False), ("wrong", two, True)):
                bad = [p for p in pairs if (name_similarity(*p, kind) >= SAME_NAME) is fault]
                for a, b in bad[: asked.show]:
                    print(f"   {title}: {a!r} / {b!r} {name_similarity(a, b, kind)}")


if __name__ == "__main__":
    main()
