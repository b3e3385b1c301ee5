"""The commands on pairs of parties: dyad, dyads."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dragoman.answer.filters import english
from dragoman.cli.asking import open_ledger
from dragoman.cli.options import asked, filter_options, output_options, store_option
from dragoman.cli.output import Faces, console, emit, to_json
from dragoman.config import without_password

if TYPE_CHECKING:
    from dragoman.answer.dyads import Dyad
    from dragoman.answer.dyads_changes import Changed
    from dragoman.answer.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])
FILTERS = ("as_of", "type", "act", "certainty", "outlet", "source", "min_confidence")
STEPS = ("day", "week", "month")
WEIGHTS = ("none", "origins", "certainty")


def window_options(function: F) -> F:
    """Add --since and --until, which here are of the day under which an event stands."""
    until = "Up to this day."
    function = click.option("--until", metavar="DATE", help=until)(function)
    since = "From this day on; an undated act stands on the day on which it was first told."
    return click.option("--since", metavar="DATE", help=since)(function)


def _weight(function: F) -> F:
    said = "What an event counts: one, its independent origins, or half where hedged or disputed."
    return click.option("--weight", type=click.Choice(WEIGHTS), default="none", help=said)(function)


@click.command(
    short_help="The course between two parties.",
    epilog="""\b
Examples:
  dragoman dyad RUS SYR
  dragoman dyad ARM AZE --by month --since 2023 --format csv
  dragoman dyad RUS SYR --weight origins -o dyad.svg
  dragoman dyad RUS SYR --changed-since 2025-02-13
""",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@store_option
@click.option("--by", type=click.Choice(STEPS), help="The step of the series.  [default: week; all in JSON]")
@window_options
@_weight
@click.option("--changed-since", metavar="DATE", help="Instead: what reports after this day brought.")
@filter_options(*FILTERS)
@output_options("table", "json", "csv", "md", "parquet", "svg")
def dyad(
    a: str,
    b: str,
    store: str,
    *,
    by: str | None,
    weight: str,
    changed_since: str | None,
    as_json: bool,
    form: str | None,
    output: str | None,
    **filters: Any,
) -> None:
    """The course between two parties: counts and PLOVER scores by day, week or month, trend, breaks.

    A and B are codes (RUS), states (Russia) or names (Vladimir Putin). Each event counts once; plans stand apart;
    background is left out.
    """
    with open_ledger(store) as ledger:
        if changed_since is None:
            answer = ledger.dyad(a, b, weight=weight, **asked(filters))
            _say_if_empty(answer, store)
            faces = dyad_faces(answer, by)
        else:
            series = {"by": by, "weight": weight if weight != "none" else None}
            faces = _changed_faces(_changed(ledger, (a, b), changed_since, asked(series | filters)))
        emit(faces, as_json=as_json, form=form, output=output)


def _say_if_empty(answer: "Dyad", store: str) -> None:
    if not any(s.points for s in answer.series):
        click.echo(f"nothing between {answer.a} and {answer.b} on a known day in {without_password(store)}", err=True)


def dyad_faces(answer: "Dyad", by: str | None) -> Faces:
    """Return the faces of a dyad."""
    import msgspec  # noqa: PLC0415 - heavy

    from dragoman.answer import dyads_picture, tables  # noqa: PLC0415
    from dragoman.answer import dyads_tables as flat  # noqa: PLC0415
    from dragoman.cli import show_dyads  # noqa: PLC0415

    step = by or "week"
    told = msgspec.structs.replace(answer, series=tuple(s for s in answer.series if by in (None, s.by)))
    return {
        "table": lambda: show_dyads.dyad(answer, step, console().width),
        "json": lambda: to_json(told),
        "csv": lambda: tables.to_csv(flat.series_table(answer, step)),
        "md": lambda: flat.markdown(answer, step),
        "parquet": lambda: tables.to_parquet(flat.series_table(answer, step)),
        "svg": lambda: dyads_picture.picture(answer),
    }


def _changed(ledger: "Ledger", pair: tuple[str, str], since: str, filters: dict[str, Any]) -> "Changed":
    other = sorted(set(filters) - {"as_of"})
    if other:
        raise click.UsageError(f"--changed-since goes with --as-of only, not with --{other[0].replace('_', '-')}")
    return ledger.changed(*pair, since, **filters)


def _changed_faces(answer: "Changed") -> Faces:
    from dragoman.answer import dyads_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.answer import tables  # noqa: PLC0415
    from dragoman.cli import show_dyads  # noqa: PLC0415

    return {
        "table": lambda: show_dyads.changed(answer),
        "json": lambda: to_json(answer),
        "csv": lambda: tables.to_csv(flat.changed_table(answer)),
        "md": lambda: tables.to_markdown(flat.changed_table(answer)),
        "parquet": lambda: tables.to_parquet(flat.changed_table(answer)),
    }


@click.command(
    short_help="The pairs that moved most.",
    epilog="""\b
Examples:
  dragoman dyads
  dragoman dyads --since 2025-01 --until 2025-03
  dragoman dyads --weight origins --json
""",
)
@store_option
@window_options
@_weight
@click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N", help="So many pairs.  [default: 20]")
@filter_options(*FILTERS)
@output_options()
def dyads(
    store: str,
    *,
    weight: str,
    limit: int,
    as_json: bool,
    form: str | None,
    output: str | None,
    **filters: Any,
) -> None:
    """The pairs whose net score moved most, beside the stretch of equal length before.

    Without --until the stretch ends on the last day on which something was done, without --since it is thirty days.
    """
    from dragoman.answer import dyads_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.answer import tables  # noqa: PLC0415
    from dragoman.cli import show_dyads  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = ledger.moved(weight=weight, limit=limit, **asked(filters))
        if not answer or not answer.pairs:
            click.echo(
                " ".join(f"no pair moved {english(asked(filters))}".split()) + f" in {without_password(store)}",
                err=True,
            )
        faces: Faces = {
            "table": lambda: show_dyads.moved(answer) if answer and answer.pairs else "",
            "json": lambda: to_json(answer),
            "csv": lambda: tables.to_csv(flat.moved_table(answer)),
            "md": lambda: tables.to_markdown(flat.moved_table(answer)),
            "parquet": lambda: tables.to_parquet(flat.moved_table(answer)),
        }
        emit(faces, as_json=as_json, form=form, output=output)
