"""Kills `dragoman read` at random moments and starts it again, until it ends: the ledger must be that of a calm run.

Run: python scripts/soak_read.py [--reports 200] [--kills 20] [--seed 0]. Prints what it did; exits with 1 where the
ledgers differ. The reports are made up here, in our own words; a few lines are broken and a few are copies.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dragoman

STATES = "Norway Sweden Denmark Finland Kenya Ghana Chile Peru Japan Vietnam Egypt Jordan".split()
ACTS = (
    "{a} delivered {n} trucks to {b} on {day}",
    "{a} and {b} signed an agreement on fishing on {day}",
    "{a} expelled {n} diplomats of {b} on {day}",
    "{a} accused {b} of closing a border crossing on {day}",
    "Ministers of {a} and {b} met for talks on {day}",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
TIMES = frozenset({"read_at", "run_id", "run", "at", "withdrawn_at"})  # columns that tell when and by which run
ENGINE = ("words_", "sqlite_", "runs", "dragoman_version")  # the index of words is drawn from the other tables
LONGEST = 600.0  # seconds that one run may take


def reports(count: int, seed: int) -> list[str]:
    """Return the lines of a list of reports; every ninth is broken, every seventh a copy in another outlet."""
    chance = random.Random(seed)
    lines: list[str] = []
    for n in range(count):
        a, b = chance.sample(STATES, 2)
        told = [
            chance.choice(ACTS).format(a=a, b=b, n=chance.randint(3, 60), day=chance.choice(DAYS)) for _ in range(2)
        ]
        text = f"{told[0]}, officials said. The government in the capital confirmed it later. {told[1]}, it added."
        row = {
            "text": text,
            "published": f"2025-03-{1 + n % 28:02}",
            "publisher": f"Post {n % 5}",
            "title": f"Report {n}",
        }
        if n % 7 == 6:
            row = json.loads(next(x for x in reversed(lines) if x.startswith("{"))) | {
                "publisher": "Copy",
                "title": "Copy",
            }
        lines.append("no line of JSON" if n % 9 == 8 else json.dumps(row))
    return lines


def contents(ledger: Path) -> dict[str, list[str]]:
    """Return all rows of a ledger, without what tells when they came in."""
    with sqlite3.connect(ledger) as connection:
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: _rows(connection, t) for t in sorted(tables) if not t.startswith(ENGINE)}


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [r[1] for r in connection.execute(f"PRAGMA table_info('{table}')") if r[1] not in TIMES]
    named = ", ".join(f'"{c}"' for c in columns)
    return sorted(map(repr, connection.execute(f'SELECT {named} FROM "{table}"')))


def read(source: Path, ledger: Path) -> "subprocess.Popen[bytes]":
    """Start a run."""
    code = "from dragoman.cli import main; main()"
    command = [sys.executable, "-c", code, "read", str(source), "--store", str(ledger)]
    environment = os.environ | {"PYTHONPATH": str(Path(dragoman.__file__).parent.parent)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done(ledger: Path) -> int:
    """Return how many documents a ledger has, 0 where it is not there yet."""
    if not ledger.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=1) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def disturbed(source: Path, ledger: Path, kills: int, chance: random.Random) -> int:
    """Read, killed up to `kills` times; return how often it was."""
    killed, total = 0, source.read_bytes().count(b"\n")
    while True:
        run, before = read(source, ledger), done(ledger)
        goal, begun = before + chance.randint(0, max(1, total // max(1, kills))), time.monotonic()
        while run.poll() is None and time.monotonic() - begun < LONGEST:
            if killed < kills and done(ledger) >= goal and done(ledger) > 0:
                time.sleep(chance.random() * 0.2)
                run.send_signal(signal.SIGKILL)
                killed += run.wait() == -signal.SIGKILL
                break
            time.sleep(0.01)
        if run.wait() == 0:
            return killed


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=0)
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        source.write_text("".join(line + "\n" for line in reports(told.reports, told.seed)))
        calm, rough = Path(folder) / "calm.db", Path(folder) / "rough.db"
        assert read(source, calm).wait() == 0
        killed = disturbed(source, rough, told.kills, random.Random(told.seed))
        one, other = contents(calm), contents(rough)
    wrong = [t for t in one if one[t] != other.get(t)]
    sizes = ", ".join(f"{len(one[t])} {t}" for t in ("documents", "mentions", "events", "rejected"))
    print(
        f"{told.reports} reports, killed {killed} times: {sizes}; "
        + (f"DIFFER in {', '.join(wrong)}" if wrong else "the same ledger")
    )
    for table in wrong:
        print(table, *sorted(set(one[table]) ^ set(other[table]))[:4], sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
