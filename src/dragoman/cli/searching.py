"""The command that searches: every kind of thing with the words, in one list."""

from typing import Any

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import asked, filter_options, output_options, store_option
from dragoman.cli.output import Faces, emit, to_json
from dragoman.config import without_password


@click.command(
    short_help="Everything with these words.",
    epilog="""\b
Examples:
  dragoman search wheat
  dragoman search '"naval base" Tartus' --as-of 2025-02
  dragoman search Sharaa --limit 3 --json
""",
)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--limit", type=int, default=10, metavar="NUMBER", help="Hits of each kind.  [default: 10]")
@click.option("--cursor", metavar="CURSOR", help="Go on where an answer ended: its `next`.")
@store_option
@filter_options("as_of")
@output_options()
def search(
    words: tuple[str, ...], limit: int, cursor: str | None, store: str, *, as_json: bool, form: str | None,
    output: str | None, **filters: Any,
) -> None:  # fmt: skip
    """Actors, places, dossiers, events and documents that have all the words, the weightiest first.

    Words in double quotes stand in a row. The last word may be the beginning of a longer one (from three letters on).
    Small and capital letters and accents make no difference.
    """
    from dragoman.answer import search_tables as flat  # noqa: PLC0415 - heavy
    from dragoman.answer import tables  # noqa: PLC0415
    from dragoman.cli import show_search as show  # noqa: PLC0415

    typed, day = " ".join(words), max(asked(filters).get("as_of", ()), default=None)
    with open_ledger(store) as ledger:
        found = ledger.search(typed, limit, as_of=day, cursor=cursor)
        table = flat.search_table(found)
        if not table.rows:
            of_day = f" as of {day}" if day else ""
            click.echo(f"nothing with “{typed}”{of_day} in {without_password(store)}", err=True)
        faces: Faces = {
            "table": (lambda: show.found(found)) if table.rows else (lambda: ""),
            "json": lambda: to_json(found),
            "csv": lambda: tables.to_csv(table),
            "md": lambda: tables.to_markdown(table),
            "parquet": lambda: tables.to_parquet(table),
        }
        emit(faces, as_json=as_json, form=form, output=output)
