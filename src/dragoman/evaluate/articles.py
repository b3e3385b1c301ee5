"""Facts noted by hand from articles that are not in the project: text and notes joined, for the shared scorer to read.

The notes (`evals/articles`) give offsets, the address of the article and the hash of its text; the text is looked up in
the shared corpus. No scoring here.
"""

import functools
import hashlib
import json
import re
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.errors import StopRun
from dragoman.evaluate.run import shared_scores

PARTS = ("seen", "guard")  # errors read one by one; of the guard nobody reads more than the score
_OFFSETS = re.compile(r"^start = (\d+)\nend = (\d+)$", re.MULTILINE)


def article_scores(notes: Path, corpus: Path, scorer: Path) -> dict[str, float]:
    """Return the scores of both parts under their names: articles_seen.found, articles_guard.full and so on."""
    texts = texts_by_hash(corpus)
    scores: dict[str, float] = {}
    for part in PARTS:
        with tempfile.TemporaryDirectory() as where:
            lay_out(notes / part, texts, Path(where))
            facts: Mapping[str, Any] = shared_scores(scorer, ("facts",), "--articles", where)["facts"]
            kept = {k: v for k, v in facts.items() if isinstance(v, int | float)}
            scores |= {f"articles_{part}.{k}": float(v) for k, v in (kept | facts["parts_of_found"]).items()}
    return scores


def texts_by_hash(corpus: Path) -> dict[str, str]:
    """Return the texts of a JSONL corpus by their SHA-256."""
    with corpus.open(encoding="utf-8") as f:
        texts = [str(json.loads(line)["text"]) for line in f]
    return {hashlib.sha256(t.encode()).hexdigest(): t for t in texts}


def lay_out(notes: Path, texts: Mapping[str, str], where: Path) -> None:
    """Write the articles and their notes as the shared scorer wants them: quotes in place of offsets."""
    for file in sorted(notes.glob("*.toml")):
        raw = file.read_text("utf-8")
        if file.name != "parties.toml":
            head = tomllib.loads(raw)
            text = texts.get(head["sha256"])
            if text is None:
                raise StopRun(f"{file}: no article in the corpus has the text of {head['url']}")
            (where / head["document"]).write_text(text, "utf-8")
            raw = _OFFSETS.sub(functools.partial(_quote, text), raw)
        (where / file.name).write_text(raw, "utf-8")


def _quote(text: str, offsets: re.Match[str]) -> str:
    """Return the line of TOML that quotes what stands at the offsets."""
    return f"quote = {json.dumps(text[int(offsets[1]) : int(offsets[2])], ensure_ascii=False)}"
