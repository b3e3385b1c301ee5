"""Writes a scenario: documents.jsonl, which `dragoman read` takes, and truth.json, which says what is in it."""

import argparse
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import plot
import press
import truth
import wordings
import world
from telling import Teller

DOCUMENTS = 400


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 2 where the wordings cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordings", type=Path, help="the wordings file (FORMAT.md)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="the folder to write into")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="at least so many")
    parser.add_argument("--slots", action="store_true", help="print the sections of a wordings file with their slots")
    parser.add_argument("--check", action="store_true", help="check the wordings file and write nothing")
    asked = parser.parse_args(arguments)
    if asked.slots:
        print(wordings.table())
        return 0
    if not asked.wordings or not (asked.output or asked.check):
        parser.error("--wordings FILE and -o DIR are needed (or --slots, or --check)")
    try:
        words = wordings.load(asked.wordings)
    except wordings.WordingsError as fault:
        print(fault, file=sys.stderr)
        return 2
    if asked.check:
        print(f"{asked.wordings}: {sum(map(len, words.values()))} variants, no fault")
        return 0
    rows, facts = scenario(words, asked.seed, asked.documents)
    write(asked.output, rows, facts)
    print(f"{len(rows)} documents, {len(facts['events'])} events: {asked.output}")
    return 0


def scenario(
    words: wordings.Wordings, seed: int, documents: int = DOCUMENTS
) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Return the documents and the truth of a seed; the same for the same arguments."""
    rng = Random(seed)
    made = world.load_world(rng)
    story = plot.make_story(made, world.load_arcs(), rng)
    reports = press.Press(story, made, Teller(words, made, rng), rng).print_all(documents)
    papers = truth.printed(reports)
    return [p.row for p in papers], truth.truth(story, papers, seed=seed)


def write(folder: Path, rows: list[dict[str, str]], facts: dict[str, Any]) -> None:
    """Write documents.jsonl and truth.json."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "documents.jsonl").write_text(lines, "utf-8")
    (folder / "truth.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
