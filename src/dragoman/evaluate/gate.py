"""The gate: every floor file held against the scores it names. The reading function is handed in; no printing here."""

import functools
from collections.abc import Sequence
from pathlib import Path

from dragoman.errors import StopRun
from dragoman.evaluate.acts import CodePair, ReadText
from dragoman.evaluate.articles import article_scores
from dragoman.evaluate.counts import count_scores
from dragoman.evaluate.ecb import ecb_scores
from dragoman.evaluate.facts import ReadFile
from dragoman.evaluate.floors import Floor, Verdict, compare, dump, flatten, load, raised
from dragoman.evaluate.identities import identity_scores
from dragoman.evaluate.muc4 import ReadText as ReadDated
from dragoman.evaluate.muc4 import muc4_scores
from dragoman.evaluate.muc4_counts import victim_scores
from dragoman.evaluate.run import TASKS, corpus_scores, own_scores, shared_scores
from dragoman.evaluate.scenario_run import ReadInto, scenario_scores
from dragoman.records import Record

OWN, CORPUS, SCENARIO, IDENTITIES = "samples", "corpus", "scenario", "identities"
ARTICLES, COUNTS, SHARED, MUC4, ECB = "articles", "counts", "shared", "muc4", "ecb"
WIKINEWS = "bench/wikinews_articles.jsonl"


class Readers(Record, frozen=True):
    """The functions that are measured: what reads a file, a sentence, a dated text, a pair, a file into a ledger."""

    file: ReadFile
    text: ReadText
    dated: ReadDated
    pair: CodePair
    into: ReadInto


class Report(Record, frozen=True):
    """What one evaluation came to: verdicts by floor file, all scores, and what was skipped and why."""

    verdicts: tuple[Verdict, ...]
    scores: dict[str, float]
    skipped: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Return whether every floor whose data is here was held."""
        return all(v.state == "held" for v in self.verdicts)


def evaluate(readers: Readers, floors: Path, shared: Path, tasks: Sequence[str] = (), *, lift: bool = False) -> Report:
    """Score the project's own gold and, where it is there, the shared data; hold both against `floors`.

    `tasks` picks some: samples, corpus, scenario, identities, articles, counts, muc4, ecb, or tasks of the shared
    scorer. `lift` writes floors up to the scores; a floor is lowered by hand only, with its reason in the file.
    """
    if not floors.is_dir():
        raise StopRun(f"{floors}: no floors here; run this in a clone of the project, or give --floors")
    scores: dict[str, float] = {}
    verdicts: list[Verdict] = []
    skipped: list[str] = []
    if not tasks or OWN in tasks:
        scores |= own_scores(floors / OWN, readers.file)
        verdicts += _held(floors / f"{OWN}.toml", scores, floors, lift=lift)
    if not tasks or CORPUS in tasks:
        scores |= corpus_scores(floors.parent / CORPUS, readers.text, readers.pair)
        verdicts += _held(floors / f"{CORPUS}.toml", scores, floors.parent, lift=lift)
    if not tasks or SCENARIO in tasks:
        scores |= scenario_scores(floors / SCENARIO, readers.into)
        verdicts += _held(floors / f"{SCENARIO}.toml", scores, floors, lift=lift)
    if not tasks or IDENTITIES in tasks:
        scores |= identity_scores(floors / IDENTITIES)
        verdicts += _held(floors / f"{IDENTITIES}.toml", scores, floors, lift=lift)
    asked = tuple(t for t in tasks or TASKS if t in TASKS)
    if not (shared / "check").is_file():
        skipped.append(f"{shared}: no development data there, its floors are skipped")
        return Report(verdicts=tuple(verdicts), scores=scores, skipped=tuple(skipped))
    if not tasks or ARTICLES in tasks:
        scores |= article_scores(floors / ARTICLES, shared / WIKINEWS, shared / "check")
        verdicts += _held(floors / f"{ARTICLES}.toml", scores, floors, lift=lift)
    if not tasks or COUNTS in tasks:
        scores |= count_scores(floors / COUNTS, shared / "bench", readers.dated)
        verdicts += _held(floors / f"{COUNTS}.toml", scores, floors, lift=lift)
    if not tasks or MUC4 in tasks:
        once = functools.cache(readers.dated)  # two measures over the same reports
        scores |= muc4_scores(shared / "bench" / "muc4.jsonl", once)
        scores |= victim_scores(shared / "bench" / "muc4.jsonl", once)
        verdicts += _held(floors / f"{MUC4}.toml", scores, shared, lift=lift)
    if not tasks or ECB in tasks:
        scores |= ecb_scores(floors / ECB, shared / "bench" / "ecbplus.jsonl", readers.dated)
        verdicts += _held(floors / f"{ECB}.toml", scores, shared, lift=lift)
    if asked:
        scores |= flatten(shared_scores(shared / "check", asked))
        verdicts += _held(floors / f"{SHARED}.toml", scores, shared, lift=lift, tasks=tasks)
    return Report(verdicts=tuple(verdicts), scores=scores, skipped=tuple(skipped))


def _held(file: Path, scores: dict[str, float], root: Path, *, lift: bool, tasks: Sequence[str] = ()) -> list[Verdict]:
    """Hold the floors of one file, those of the asked tasks, and write them up where that is asked."""
    floors = load(file)
    if lift:
        floors = tuple(raised(floors, scores, root))
        file.write_text(header(file) + dump(floors), "utf-8")
    return compare([f for f in floors if _asked(f, tasks)], scores, root)


def _asked(f: Floor, tasks: Sequence[str]) -> bool:
    return not tasks or f.metric.split(".")[0] in tasks


def header(file: Path) -> str:
    """Return the comment lines that open a floor file."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    return "".join(x for x in lines[: next((i for i, x in enumerate(lines) if not x.startswith("#")), 0)]) + "\n"
