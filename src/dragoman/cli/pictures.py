"""The commands that answer with a picture of the whole: map, network."""

from typing import Any

import click

from dragoman.answer.filters import FILTERS, english
from dragoman.cli.asking import open_ledger
from dragoman.cli.dyads import window_options
from dragoman.cli.options import asked, filter_options, output_options, store_option
from dragoman.cli.output import Faces, emit, to_json
from dragoman.config import without_password

FILTERED = tuple(f.name for f in FILTERS if f.name not in ("since", "until"))
FORMS = ("table", "json", "csv", "md", "parquet", "svg")


@click.command(
    "map",
    short_help="Where events happened.",
    epilog="""\b
Examples:
  dragoman map
  dragoman map --party SYR --since 2025 -o map.svg --region
  dragoman map --quad 4 --format csv
  dragoman map --projects -o map.svg
""",
)
@store_option
@click.option("--region", is_flag=True, help="In the picture: the part of the world that has places, not all of it.")
@click.option("--projects", is_flag=True, help="Projects and assets too, where their names say where they lie.")
@window_options
@filter_options(*FILTERED)
@output_options(*FORMS)
def map_(
    store: str, *, region: bool, projects: bool, as_json: bool, form: str | None, output: str | None, **filters: Any
) -> None:
    """Where events happened: by place, by country where no more is known, and the names that are found nowhere.

    Acts done count, each once, neither plans nor background, unless --status or --historical ask for others.
    """
    from dragoman.answer import map_picture, tables  # noqa: PLC0415 - heavy
    from dragoman.answer import pictures_tables as flat  # noqa: PLC0415
    from dragoman.cli import show_pictures as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = ledger.map(with_projects=projects, **asked(filters))
        if not answer.total:
            click.echo(
                " ".join(f"no events {english(asked(filters))}".split()) + f" in {without_password(store)}", err=True
            )
        faces: Faces = {
            "table": lambda: show.places(answer) if answer.total else "",
            "json": lambda: to_json(answer),
            "csv": lambda: tables.to_csv(flat.places_table(answer)),
            "md": lambda: flat.map_markdown(answer),
            "parquet": lambda: tables.to_parquet(flat.places_table(answer)),
            "svg": lambda: map_picture.picture(answer, view=map_picture.region(answer) if region else None),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="Who has to do with whom.",
    epilog="""\b
Examples:
  dragoman network
  dragoman network --since 2025-01 --until 2025-03 -o network.svg
  dragoman network --party RUS --limit 12 --json
""",
)
@store_option
@click.option("--limit", type=click.IntRange(min=1), default=30, metavar="N", help="So many parties.  [default: 30]")
@window_options
@filter_options(*FILTERED)
@output_options(*FORMS)
def network(store: str, *, limit: int, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """The most active parties of a period and what stands between each two, by quad class.

    Acts done count, each once between two parties; neither plans nor background.
    """
    from dragoman.answer import network_picture, tables  # noqa: PLC0415 - heavy
    from dragoman.answer import pictures_tables as flat  # noqa: PLC0415
    from dragoman.cli import show_pictures as show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = ledger.network(limit=limit, **asked(filters))
        if not answer.nodes:
            click.echo(
                " ".join(f"no pair of parties {english(asked(filters))}".split()) + f" in {without_password(store)}",
                err=True,
            )
        faces: Faces = {
            "table": lambda: show.network(answer) if answer.nodes else "",
            "json": lambda: to_json(answer),
            "csv": lambda: tables.to_csv(flat.pairs_table(answer)),
            "md": lambda: flat.network_markdown(answer),
            "parquet": lambda: tables.to_parquet(flat.pairs_table(answer)),
            "svg": lambda: network_picture.picture(answer),
        }
        emit(faces, as_json=as_json, form=form, output=output)
