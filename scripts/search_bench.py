"""How asking scales: a ledger of mentions as records, in part of persons; prints times of search and of names.

PYTHONPATH=evals/scenario python scripts/search_bench.py --documents 20000 --ledger bench.db
"""

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from dragoman.answer.ledger import Ledger
from dragoman.records import EventMention, Party, Run
from dragoman.scheme.names import name_tables
from dragoman.store import open_store
from stream import batches

PERSONS = 5_000
NAMED = 0.4  # share of the actors that are persons; the first of them a thousand times as often as the last
ROUNDS = 5


def persons(rng: Random, n: int = PERSONS) -> list[str]:
    """Return made-up names: a given name of our tables and a surname of four syllables at most."""
    given = sorted(name_tables().given)
    syllables = [a + b for a in "bdfgklmnrstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ov")]
    return [f"{rng.choice(given)} {''.join(rng.choices(syllables, k=rng.randint(2, 4)))}".title() for _ in range(n)]


def build(where: Path, documents: int) -> None:
    """Write the ledger, unless it is there."""
    if where.exists():
        return
    rng = Random(2)
    names, weights = persons(rng), list(accumulate(1 / rank for rank in range(1, PERSONS + 1)))
    run = Run(id="bench", version="0", settings={}, hashes={}, started="2026-01-01T00:00:00+00:00")

    def peopled(m: EventMention) -> EventMention:
        if rng.random() > NAMED:
            return m
        (actor,) = m.actors
        name = rng.choices(names, cum_weights=weights)[0]
        return msgspec.structs.replace(m, actors=(Party(name=name, country=actor.country, sectors=("GOV",)),))

    with open_store(where) as store:
        for reports in batches(documents, seed=1):
            for document, mentions in reports:
                store.put(run, document, [peopled(m) for m in mentions], at=run.started)


def asked(ledger: Ledger) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what is measured."""
    rng = Random(2)
    names = persons(rng)
    for rank in (0, 10, 100, 1000):
        yield f"mentions --actor, name {rank}", partial(ledger.mentions, actor=names[rank])
    words = next(iter(ledger.documents_of(ledger.mentions(actor=names[100])).values())).text.split()
    for query in (
        "met", words[0], f"{words[0]} met", f"{words[0]} {words[2]}", '"near"', "harb", "bread winter", "kil peo",
        "zzzz", names[0], names[0].split()[1][:4], f'"{" ".join(words[:3])}"',
    ):  # fmt: skip
        yield f"search {query}", partial(ledger.search, query)
        yield f"search {query} as of 2020", partial(ledger.search, query, as_of="2020")


def main(where: Path, documents: int) -> None:
    began = time.perf_counter()
    build(where, documents)
    print(f"built in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    with Ledger.open(where, create=False) as ledger:
        print(f"opened in {time.perf_counter() - began:.1f} s")
        for name, ask in asked(ledger):
            spent = [_timed(ask) for _ in range(ROUNDS)]
            wall, cpu = (sorted(column)[ROUNDS // 2] for column in zip(*spent, strict=True))
            print(f"{name}: {spent[0][0]:.0f} ms first; median {wall:.0f} ms, {cpu:.0f} ms CPU")


def _timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return the milliseconds by the clock and of CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    ask()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--ledger", type=Path, default=Path("bench.db"))
    given = parser.parse_args()
    main(given.ledger, given.documents)
