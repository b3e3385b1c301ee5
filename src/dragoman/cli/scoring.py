"""The command that scores dragoman against gold data and holds the floors: `evaluate`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.cli.output import console, to_json

if TYPE_CHECKING:
    from dragoman.evaluate.gate import Report

STYLES = {"held": "green", "below": "bold red", "missing": "red", "moved": "yellow"}


@click.command(
    short_help="Score the development sets, hold the floors.",
    epilog="""\b
Examples:
  dragoman evaluate
  dragoman evaluate times places
  dragoman evaluate --raise
""",
)
@click.argument("names", nargs=-1, metavar="[TASK…]")
@click.option("--floors", type=click.Path(path_type=Path), default=Path("evals"), show_default=True, help="The folder of floors.")
@click.option("--shared", type=click.Path(path_type=Path), default=Path("../shared"), show_default=True, help="The development data.")
@click.option("--raise", "lift", is_flag=True, help="Write the floors up to the scores.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with scores and verdicts.")
def evaluate(names: tuple[str, ...], floors: Path, shared: Path, *, lift: bool, as_json: bool) -> None:
    """Score dragoman on its own gold and, where it is there, on the shared development data.

    The exit code is 1 where a score is below its floor.
    """
    from dragoman import app  # noqa: PLC0415 - loads the parser
    from dragoman.evaluate.gate import evaluate as run  # noqa: PLC0415

    report = run(app.read, floors, shared, names, lift=lift)
    click.echo(to_json(report)) if as_json else _print(report)
    click.get_current_context().exit(0 if report.held else 1)


def _print(report: "Report") -> None:
    """Print one line a floor, and what was skipped."""
    from rich.table import Table  # noqa: PLC0415 - only for people

    table = Table(box=None, pad_edge=False)
    for title, justify in (("score", "left"), ("got", "right"), ("floor", "right"), ("", "left")):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    for v in report.verdicts:
        got = "–" if v.got is None else f"{v.got:.3f}"
        table.add_row(v.metric, got, f"{v.bound:.3f}", f"[{STYLES[v.state]}]{v.state}[/]")
    console().print(table)
    for line in report.skipped:
        click.echo(line, err=True)
