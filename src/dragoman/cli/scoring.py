"""The command that holds dragoman's scores against the floors: `evaluate`. Scores are computed elsewhere."""

import functools
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.output import console, emit, to_json
from dragoman.errors import StopRun

if TYPE_CHECKING:
    from dragoman.evaluate.gate import Report

CORPUS_DATE = "2026-06-01"  # the sentences of the corpus are read as if published then
PLACES = 4  # of a saved score: the rounding of another processor does not show
STYLE = {"held": "green", "below": "bold red", "missing": "yellow", "moved": "magenta"}


@click.command(
    short_help="Hold the scores against the floors.",
    epilog="""\b
Examples:
  dragoman evaluate
  dragoman evaluate times places --shared ../shared
  dragoman evaluate --raise
  dragoman evaluate --save evals/results.json
""",
)
@click.argument("tasks", nargs=-1, metavar="[TASK…]")
@click.option("--shared", metavar="FOLDER", default="../shared", show_default=True, help="The development data.")
@click.option("--floors", metavar="FOLDER", default="evals", show_default=True, help="The floors and our own gold.")
@click.option("--raise", "lift", is_flag=True, help="Write the floors up to the scores.")
@click.option("--save", metavar="FILE", help="Write the scores to a JSON file.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def evaluate(tasks: tuple[str, ...], shared: str, floors: str, *, lift: bool, save: str | None, as_json: bool) -> None:
    """Score our own gold and, where it is there, the development data, and compare with the floors.

    The exit code is 1 where a floor does not hold.
    """
    from dragoman import app  # noqa: PLC0415 - loads the parser
    from dragoman.evaluate.gate import Readers  # noqa: PLC0415
    from dragoman.evaluate.gate import evaluate as held_against  # noqa: PLC0415

    readers = Readers(
        file=app.read_file,
        text=functools.partial(app.read, published=CORPUS_DATE),
        dated=lambda text, published: app.read(text, published=published),
        pair=app.code_pair,
        into=app.read_path,
    )
    report = held_against(readers, Path(floors), Path(shared), tasks, lift=lift)
    if save:
        emit({"json": lambda: to_json(saved(report.scores, Path(save)))}, as_json=True, form=None, output=save)
    if as_json:
        click.echo(to_json(report), nl=False)
    else:
        _show(report)
    if not report.held:
        click.get_current_context().exit(1)


def saved(scores: Mapping[str, float], file: Path) -> dict[str, float]:
    """Return the scores as they are saved: rounded, sorted, without running times; those of other tasks stay."""
    import msgspec  # noqa: PLC0415 - needed only here

    kept = {m: round(s, PLACES) for m, s in scores.items() if math.isfinite(s) and not m.endswith(".seconds")}
    tasks = {m.split(".")[0] for m in kept}
    try:
        old = msgspec.json.decode(file.read_bytes(), type=dict[str, float]) if file.exists() else {}
    except (OSError, msgspec.DecodeError) as fault:
        raise StopRun(f"{file}: holds no scores ({fault}); name another file with --save") from fault
    return dict(sorted((kept | {m: s for m, s in old.items() if m.split(".")[0] not in tasks}).items()))


def _show(report: "Report") -> None:
    """Print a table of the floors, then the scores that no floor names and what was skipped."""
    from rich.table import Table  # noqa: PLC0415 - needed only here
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    drawn.add_column("score", overflow="fold")
    for name in ("floor", "got"):
        drawn.add_column(name, justify="right")
    drawn.add_column("state")
    for v in report.verdicts:
        got = "–" if v.got is None else f"{v.got:.3f}"
        drawn.add_row(Text(v.metric), f"{v.bound:.3f}", got, Text(v.state, style=STYLE.get(v.state, "")))
    named = {v.metric for v in report.verdicts}
    for metric, score in sorted(report.scores.items()):
        if metric not in named:
            drawn.add_row(Text(metric, style="dim"), "–", f"{score:.3f}", "")
    console().print(drawn)
    for line in report.skipped:
        click.echo(line, err=True)
