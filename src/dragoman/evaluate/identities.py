"""Scores of who is who across documents: pairs of sightings in gold tables, taken for one. Files are read here."""

import csv
from itertools import combinations
from pathlib import Path

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.resolve.actors import Sighting, identify

COLUMNS = ("who", "name", "country", "sectors", "role", "document", "published", "publisher")


class Pairs(Record, frozen=True):
    """Pairs of sightings that are one in gold and answer (`both`), in the answer only, in the gold only."""

    both: int
    answer: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of the pairs taken for one that are; 1.0 where none is."""
        return self.both / (self.both + self.answer) if self.both + self.answer else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs that are one that were taken for one; 1.0 where none is."""
        return self.both / (self.both + self.gold) if self.both + self.gold else 1.0


def identity_scores(folder: Path) -> dict[str, float]:
    """Return precision and recall over pairs for each gold table of a folder; StopRun where there is none."""
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        raise StopRun(f"{folder}: no gold tables")
    found = {}
    for table in tables:
        scored = score(*gold(table))
        found[f"identities.{table.stem}.precision"] = scored.precision
        found[f"identities.{table.stem}.recall"] = scored.recall
    return found


def gold(table: Path) -> tuple[list[str], list[Sighting]]:
    """Return who is meant, and the sightings, by row of a table; StopRun for a row of another form."""
    with table.open(encoding="utf8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    for n, row in enumerate(rows, 2):
        if tuple(row) != COLUMNS or None in row.values():
            raise StopRun(f"{table}:{n}: wants the columns {', '.join(COLUMNS)}")
    return [row["who"] for row in rows], [_sighting(n, row) for n, row in enumerate(rows)]


def _sighting(n: int, row: dict[str, str]) -> Sighting:
    return Sighting(
        name=row["name"],
        document=row["document"],
        mention=str(n),
        country=row["country"] or None,
        sector=row["sectors"].partition("|")[0] or None,
        role=row["role"] or None,
        published=row["published"] or None,
        publisher=row["publisher"],
    )


def score(who: list[str], sightings: list[Sighting]) -> Pairs:
    """Compare who is meant with what the identities make of the sightings; `mention` is the row."""
    at = {s.mention: i.id for i in identify(sightings) for s in i.sightings}
    pairs = [
        (who[a] == who[b], at[sightings[a].mention] == at[sightings[b].mention])
        for a, b in combinations(range(len(who)), 2)
    ]
    return Pairs(both=pairs.count((True, True)), answer=pairs.count((False, True)), gold=pairs.count((True, False)))
