"""Running the evaluations: the shared development sets through their scorer, and our own gold. Files are read here."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import StopRun
from dragoman.evaluate.acts import CodePair, ReadText, calibration_error, score_acts, score_pairs
from dragoman.evaluate.corpus import part
from dragoman.evaluate.facts import ReadFile, score_file

TASKS = ("facts", "times", "places", "attributions", "status", "actors", "names", "stories", "html")


def shared_scores(scorer: Path, tasks: tuple[str, ...] = TASKS, *options: str) -> Mapping[str, Any]:
    """Run the scorer on the development data beside it and return its answer; StopRun where it gives none."""
    words = [sys.executable, str(scorer), *tasks, "--json", *options]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, json.JSONDecodeError) as fault:
        raise StopRun(f"{scorer} gave no scores (exit {done.returncode}): {done.stderr.strip()[-400:]}") from fault
    return answer


def own_scores(folder: Path, read: ReadFile) -> dict[str, float]:
    """Score every gold file of a folder and return the sums as one flat answer."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise StopRun(f"{folder}: no gold files")
    scores = [score_file(f, read) for f in files]
    facts, judged = sum(s.facts for s in scores), sum(s.judged for s in scores)
    return {
        "samples.found": sum(s.found for s in scores) / facts,
        "samples.precision": sum(s.right for s in scores) / judged if judged else 0.0,
        "samples.traps_sprung": float(sum(s.sprung for s in scores)),
    }


def corpus_scores(folder: Path, read: ReadText, code_pair: CodePair) -> dict[str, float]:
    """Score the dev part of the corpus and return one flat answer."""
    rows = part(folder, dev=True)
    if not rows:
        raise StopRun(f"{folder}: no corpus")
    acts, pairs = score_acts(rows, read), score_pairs(rows, code_pair)
    kept = {k: v for k, v in acts.to_dict().items() if isinstance(v, int | float)}
    kept |= {f"pairs_{k}": v for k, v in pairs.to_dict().items()}
    kept["calibration_error"] = calibration_error(acts.confidences)
    return {f"corpus.{k}": float(v) for k, v in kept.items()}
