"""How a full ledger loads and answers: writes records of `evals/scenario/crowd.py` and times what pages ask for.

PYTHONPATH=evals/scenario python scripts/desk_bench.py fill big.db --mentions 1000000
PYTHONPATH=evals/scenario python scripts/desk_bench.py ask big.db

A ledger may be the address of an empty PostgreSQL database too; it is analysed after loading, as its server would do
within a minute or two.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import case, func, select, text

from crowd import batches
from dragoman.answer.brief_words import parts
from dragoman.answer.event import opened
from dragoman.answer.ledger import Ledger
from dragoman.records import Run
from dragoman.store import Store, open_store
from dragoman.store import tables as t

BUSIEST = 20  # pairs that are always among those asked for
# Words of crowd.py in most, some and few of its reports, of names, in a row, and in none.
SEARCHED = (
    "wheat",
    "delivered",
    "port agreement",
    "harb",
    "bread winter",
    "president",
    '"river bread"',
    "visa dam",
    "zzzz",
)
Ask = Callable[[], object]


def fill(where: str, mentions: int, seed: int) -> None:
    """Write a ledger; print how many mentions a second came in, by the clock and by CPU time."""
    run = Run(id="bench", version="0", settings={}, hashes={}, started="2026-01-01T00:00:00+00:00")
    spent = cpu = 0.0
    done = documents = events = 0
    with open_store(where) as store:
        for batch in batches(mentions, seed=seed):
            began, busy = time.perf_counter(), time.process_time()
            done += store.load(run, batch.items, batch.events, at=run.started)
            with store.resolving() as shelf:
                shelf.put_copies(batch.copies)
            spent, cpu = spent + time.perf_counter() - began, cpu + time.process_time() - busy
            documents, events = documents + len(batch.items), events + len(batch.events)
            print(f"\r{done:,} mentions, {done / spent:,.0f} a second", end="", flush=True)
        size = _size(store)
    print(
        f"\n{documents:,} documents, {done:,} mentions, {events:,} events in {spent:.0f} s ({cpu:.0f} s CPU): "
        f"{done / spent:,.0f} mentions a second; {size / 2**30:.2f} GiB"
    )


def _size(store: Store) -> int:
    """Return the bytes that a ledger takes, after its server has looked through it."""
    if store.engine.dialect.name == "sqlite":
        return Path(store.name).stat().st_size
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def busiest(ledger: Ledger) -> list[tuple[str, str, int]]:
    """Return the pairs of states with their number of events, the busiest first."""
    d = t.dyad_day.c
    ahead = d.source < d.target
    one, other = case((ahead, d.source), else_=d.target), case((ahead, d.target), else_=d.source)
    asked = select(one, other, func.count(d.event_id.distinct())).where(
        func.length(d.source) == 3, func.length(d.target) == 3
    )
    with ledger.store.engine.connect() as connection:
        rows = connection.execute(asked.group_by(one, other)).all()
    return sorted(((str(a), str(b), int(n)) for a, b, n in rows), key=lambda r: (-r[2], r[0], r[1]))


def chosen(pairs: Sequence[tuple[str, str, int]], many: int) -> list[tuple[str, str, int]]:
    """Return the busiest pairs and as many others, evenly over all ranks, as make `many`."""
    rest = pairs[BUSIEST:]
    step = max(1, len(rest) // max(1, many - BUSIEST))
    return [*pairs[:BUSIEST], *rest[::step]][:many]


def questions(ledger: Ledger, pairs: Sequence[tuple[str, str, int]]) -> dict[str, list[Ask]]:
    """Return what is asked, by name."""
    rng = Random(7)
    with ledger.store.engine.connect() as connection:
        ids = list(connection.execute(select(t.events.c.id).order_by(t.events.c.id).limit(2000)).scalars())
        people = select(t.actors.c.name).where(t.actors.c.role == "president").distinct()
        leaders = sorted(connection.execute(people).scalars())[:20]
    few = pairs[:: max(1, len(pairs) // 20)]
    spring, year = {"since": "2021-03", "until": "2021-03"}, {"since": "2021", "until": "2021"}
    both, some = [(a, b) for a, b, _ in pairs], [(a, b) for a, b, _ in few]
    return {
        "dyad": [partial(ledger.dyad, a, b) for a, b in both],
        "dyad of a year": [partial(ledger.dyad, a, b, **year) for a, b in both],
        "brief": [partial(_brief, ledger, a, b) for a, b in both],
        "brief as of 2021": [partial(_brief, ledger, a, b, as_of="2021") for a, b in some],
        "events between, a month": [partial(ledger.events, between=p, **spring) for p in both],
        "events of a party, a month": [partial(ledger.events, party=a, **spring) for a, _ in some],
        "events of a party, one type, a year": [
            partial(ledger.events, party=a, type="SANCTION", **year) for a, _ in some
        ],
        "event, opened": [partial(opened, ledger.store, i) for i in rng.sample(ids, 100)],
        "explain": [partial(ledger.explain, i) for i in rng.sample(ids, 100)],
        "dossiers": [partial(ledger.dossiers, a, b) for a, b in some],
        "dossiers of a year": [partial(ledger.dossiers, a, b, **year) for a, b in some],
        "flows": [partial(ledger.flows, a, b) for a, b in some],
        "flows of a year": [partial(ledger.flows, a, b, **year) for a, b in some],
        "contacts": [partial(ledger.contacts, a, b) for a, b in some],
        "contacts of a year": [partial(ledger.contacts, a, b, **year) for a, b in some],
        "search": [partial(ledger.search, words) for words in SEARCHED],
        "dyads (moved most)": [partial(ledger.moved, until=d) for d in ("2018-06-30", "2020-01-31", "2024-12-31")],
        "actor": [partial(ledger.actor, n) for n in leaders],
        "documents of an outlet": [partial(ledger.documents, outlet="Outlet 7")],
    }


def _brief(ledger: Ledger, a: str, b: str, **asked: str) -> object:
    return parts(ledger.brief(a, b, **asked))


def ask(where: str, many: int, only: Sequence[str], longest: float) -> None:
    """Print p50, p95 and the longest time of each kind of question; one that takes too long is asked less often."""
    with Ledger.open(where, create=False) as ledger:
        pairs = chosen(busiest(ledger), many)
        print("pairs:", ", ".join(f"{a}-{b} {n:,}" for a, b, n in (pairs[0], pairs[BUSIEST - 1], pairs[-1])), "events")
        print("| question | asked | p50 ms | p95 ms | longest ms | p95 ms of CPU |\n|---|---|---|---|---|---|")
        for name, asks in questions(ledger, pairs).items():
            if not only or name in only:
                _report(name, _timed(asks, longest))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory at most {peak:,} MiB")


def _timed(asks: Iterable[Ask], longest: float) -> list[tuple[float, float]]:
    """Return milliseconds by the clock and of CPU for each question, until they have taken too long together."""
    found: list[tuple[float, float]] = []
    first = time.perf_counter()
    for one in asks:
        began, busy = time.perf_counter(), time.process_time()
        one()
        found.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)))
        if time.perf_counter() - first > longest:
            break
    return found


def _report(name: str, spent: Sequence[tuple[float, float]]) -> None:
    clock, cpu = (sorted(column) for column in zip(*spent, strict=True))
    at = min(len(clock) - 1, int(0.95 * len(clock)))
    row = (len(clock), median(clock), clock[at], clock[-1], cpu[at])
    print(f"| {name} | " + " | ".join(f"{x:,.0f}" for x in row) + " |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("fill", "ask"))
    parser.add_argument("ledger")
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--only", action="append", default=[], help="a question by its name; may be repeated")
    parser.add_argument("--longest", type=float, default=60.0, help="seconds for all askings of one question")
    given = parser.parse_args()
    if given.what == "fill":
        fill(given.ledger, given.mentions, given.seed)
    else:
        ask(given.ledger, given.pairs, given.only, given.longest)
