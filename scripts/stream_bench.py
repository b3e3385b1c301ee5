"""How resolving scales: mentions as records in batches of a thousand documents; prints CPU time per batch and memory.

PYTHONPATH=evals/scenario python scripts/stream_bench.py --documents 50000
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from dragoman.records import Run
from dragoman.resolve import keep
from dragoman.store import open_store
from stream import batches

TENTH = 9


def main(documents: int, batch: int) -> None:
    spent: list[float] = []
    run = Run(id="bench", version="0", settings={}, hashes={}, started="2026-01-01T00:00:00+00:00")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.db") as store:
        for n, reports in enumerate(batches(documents, seed=1, size=batch)):
            for document, mentions in reports:
                store.put(run, document, mentions, at=run.started)
            began = time.process_time()
            done = keep.resolve(store.resolving)
            spent.append(time.process_time() - began)
            if n % 10 == TENTH or n == 0:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                print(f"batch {n + 1}: {spent[-1]:.1f} s CPU, {done.compared} pairs, {done.events} events, {peak} MiB")
    first, last = spent[TENTH - 2 : TENTH + 3], spent[-5:]
    ratio = (sum(last) / len(last)) / (sum(first) / len(first))
    print(f"time of a batch at the end against the tenth: {ratio:.2f} (means of five)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--batch", type=int, default=1_000)
    asked = parser.parse_args()
    main(asked.documents, asked.batch)
