"""Running the scenario: its reports are generated, read into a ledger of their own, and what comes out is scored."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from dragoman.answer.ledger import Ledger
from dragoman.errors import StopRun
from dragoman.evaluate.scenario import score_ledger
from dragoman.evaluate.scenario_truth import load_truth

SEED = 1
WORDINGS = ("dev", "held")  # rules and weights were made on the first; nobody has looked at the second
ReadInto = Callable[[Path, Path], object]


def scenario_scores(folder: Path, read_into: ReadInto) -> dict[str, float]:
    """Return the scores of one seed of each wordings file under `folder`; `read_into` reads a file into a ledger."""
    found: dict[str, float] = {}
    for name in WORDINGS:
        with tempfile.TemporaryDirectory() as made:
            found |= {f"scenario.{name}.{k}": v for k, v in _scores(folder, name, Path(made), read_into).items()}
    return found


def _scores(folder: Path, name: str, made: Path, read_into: ReadInto) -> dict[str, float]:
    words = ["--wordings", str(folder / f"wordings-{name}.toml"), "--seed", str(SEED), "-o", str(made)]
    done = subprocess.run(  # noqa: S603 - the project's own script
        [sys.executable, str(folder / "generate.py"), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise StopRun(f"{folder}/generate.py made no scenario: {done.stderr.strip()[-400:]}")
    read_into(made / "documents.jsonl", made / "ledger.db")
    with Ledger.open(made / "ledger.db", create=False) as ledger:
        return score_ledger(load_truth(made / "truth.json"), ledger, ledger.dossiers(), ledger.flows())
