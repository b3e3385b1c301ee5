"""The commands that follow a matter: dossiers, dossier, flows, contacts."""

from typing import Any

import click

from dragoman.answer.filters import MATTERS
from dragoman.cli.asking import faces_of, open_ledger, say_if_empty
from dragoman.cli.options import asked, filter_options, output_options, store_option
from dragoman.cli.output import Faces, emit, to_json

BY = ("flow", "month")


@click.command(
    short_help="Matters over time, with their stages.",
    epilog="""\b
Examples:
  dragoman dossiers
  dragoman dossiers RUS SYR --as-of 2025-02-28
  dragoman dossiers Syria --theme "naval base" --json
""",
)
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
@click.option("--theme", metavar="TEXT", help="Only matters of these words, whatever their endings.")
@store_option
@filter_options(*MATTERS)
@output_options()
def dossiers(
    a: str | None, b: str | None, theme: str | None, store: str, *, as_json: bool, form: str | None, output: str | None,
    **filters: Any,
) -> None:  # fmt: skip
    """Matters over time: agreements, talks, projects, sanctions, cases, aid, with the stage that each has reached.

    A and B are codes (RUS), states (Russia) or names; with both, only matters to which both are parties.
    """
    from dragoman.answer import following_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.cli import following_show as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        found = ledger.dossiers(a, b, theme, **asked(filters))
        say_if_empty(found, _kind("dossiers", a, b, theme), asked(filters), store)
        faces = faces_of(found, lambda: flat.dossiers_table(found), lambda: show.dossiers(found))
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="One matter: stages, amounts, reports.",
    epilog="""\b
Examples:
  dragoman dossier 3fa9
  dragoman dossier 3fa9 --as-of 2025-03 --format md
""",
)
@click.argument("id_", metavar="ID")
@store_option
@filter_options("as_of")
@output_options()
def dossier(id_: str, store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """One matter opened: its stages on a line, its amounts, and every sentence that it rests on.

    ID is the first characters of the id that `dossiers` gives, or of an event or mention in the dossier.
    """
    from dragoman.answer import following_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.answer import tables  # noqa: PLC0415
    from dragoman.cli import following_show as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        opened = ledger.dossier(id_, **asked(filters))
        faces: Faces = {
            "table": lambda: show.opened(opened),
            "json": lambda: to_json(opened),
            "csv": lambda: tables.to_csv(flat.stages_table(opened)),
            "md": lambda: flat.opened_markdown(opened),
            "parquet": lambda: tables.to_parquet(flat.stages_table(opened)),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="Goods, money and arms moved.",
    epilog="""\b
Examples:
  dragoman flows RUS SYR
  dragoman flows RUS SYR --by month
  dragoman flows Syria --since 2025-01 --format csv -o flows.csv
  dragoman flows -o flows.svg
""",
)
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
@click.option("--by", type=click.Choice(BY), default=BY[0], help="Each flow, or sums by month.  [default: flow]")
@store_option
@filter_options(*MATTERS)
@output_options("table", "json", "csv", "md", "parquet", "svg")
def flows(
    a: str | None, b: str | None, by: str, store: str, *, as_json: bool, form: str | None, output: str | None,
    **filters: Any,
) -> None:  # fmt: skip
    """What was moved: from whom to whom, how much, on what, and whether it is delivered, planned, pledged or committed.

    A and B are codes (RUS), states (Russia) or names; with both, only flows between the two. Sums count each event
    once, leave out what is only told again, and keep apart what has not been delivered. The picture shows such sums.
    """
    from dragoman.answer import following_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.answer import sankey_picture  # noqa: PLC0415
    from dragoman.cli import following_show as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        if by == "month":
            sums = ledger.flow_sums(a, b, **asked(filters))
            faces = faces_of(sums, lambda: flat.sums_table(sums), lambda: show.sums(sums))
        else:
            found = ledger.flows(a, b, **asked(filters))
            faces = faces_of(found, lambda: flat.flows_table(found), lambda: show.flows(found))
        say_if_empty(sums if by == "month" else found, _kind("flows", a, b), asked(filters), store)
        faces["svg"] = lambda: sankey_picture.picture(ledger.sankey(a, b, **asked(filters)))
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="Who met, visited or phoned whom.",
    epilog="""\b
Examples:
  dragoman contacts RUS SYR
  dragoman contacts Syria --since 2025-01 --json
""",
)
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
@store_option
@filter_options(*MATTERS)
@output_options()
def contacts(
    a: str | None, b: str | None, store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any
) -> None:
    """Who met, visited or phoned whom, when and where, and at what level: leaders, ministers, officials, others.

    A and B are codes (RUS), states (Russia) or names; with both, only contacts of the two.
    """
    from dragoman.answer import following_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.cli import following_show as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        found = ledger.contacts(a, b, **asked(filters))
        say_if_empty(found, _kind("contacts", a, b), asked(filters), store)
        faces = faces_of(found, lambda: flat.contacts_table(found), lambda: show.contacts(found))
        emit(faces, as_json=as_json, form=form, output=output)


def _kind(kind: str, a: str | None, b: str | None, theme: str | None = None) -> str:
    """Return what was asked for: `dossiers of RUS and SYR on "base"`."""
    of = f" of {' and '.join(x for x in (a, b) if x)}" if a or b else ""
    return f"{kind}{of}" + (f" on “{theme}”" if theme else "")
