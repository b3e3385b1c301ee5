"""The commands that ask the ledger: brief, events, mentions, explain, actors, actor, documents, rejected."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from dragoman.answer.filters import english
from dragoman.cli.options import asked, filter_options, output_options, store_option
from dragoman.cli.output import Faces, emit, to_json
from dragoman.config import without_password

if TYPE_CHECKING:
    from dragoman.answer.brief import Brief
    from dragoman.answer.ledger import Ledger
    from dragoman.answer.tables import Table


def open_ledger(store: str) -> "Ledger":
    """Open a ledger that must be there."""
    from dragoman.answer.ledger import Ledger  # noqa: PLC0415 - heavy

    return Ledger.open(store, create=False)


def faces_of(found: Sequence[Any], flat: Callable[[], "Table"], draw: Callable[[], Any]) -> Faces:
    """Return the faces of a list of records."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy

    return {
        "table": draw if found else lambda: "",
        "json": lambda: to_json(found),
        "csv": lambda: tables.to_csv(flat()),
        "md": lambda: tables.to_markdown(flat()),
        "parquet": lambda: tables.to_parquet(flat()),
    }


def say_if_empty(found: Sequence[Any], kind: str, filters: dict[str, Any], store: str) -> None:
    """Say on standard error that there is nothing, and what was asked."""
    if not found:
        click.echo(" ".join(f"no {kind} {english(filters)}".split()) + f" in {without_password(store)}", err=True)


@click.command(
    short_help="What stands between two parties.",
    epilog="""\b
Examples:
  dragoman brief RUS SYR
  dragoman brief Russia "Ahmed Sharaa" --as-of 2025-02-28
  dragoman brief ARM AZE --changed-since 2025-01 -o brief.html
""",
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@store_option
@filter_options("as_of", "since", "until", "type", "act", "status", "certainty", "outlet", "source", "min_confidence")
@click.option("--changed-since", metavar="DATE", help="What is new is what came after this day.  [default: 30 days]")
@click.option("--all", "whole", is_flag=True, help="Show all lines of every part.")
@output_options("table", "json", "md", "html", "csv", "parquet")
def brief(
    a: str,
    b: str,
    store: str,
    *,
    changed_since: str | None,
    whole: bool,
    as_json: bool,
    form: str | None,
    output: str | None,
    **filters: Any,
) -> None:
    """What stands between two parties: what changed, open matters, talks, deliveries, plans, contacts, conflict.

    A and B are codes (RUS), states (Russia) or names (Vladimir Putin).
    """
    with open_ledger(store) as ledger:
        answer = ledger.brief(a, b, changed_since=changed_since, **asked(filters))
        faces = brief_faces(answer, whole=whole)
        emit(faces, as_json=as_json, form=form, output=output)


def brief_faces(answer: "Brief", *, whole: bool = False) -> Faces:
    """Return the faces of a brief."""
    from dragoman.answer import brief_pages, tables  # noqa: PLC0415 - heavy
    from dragoman.cli import show_brief  # noqa: PLC0415

    return {
        "table": lambda: show_brief.brief(answer, whole=whole),
        "json": lambda: to_json(answer),
        "md": lambda: brief_pages.markdown(answer, whole=whole),
        "html": lambda: brief_pages.html(answer, whole=whole),
        "csv": lambda: tables.to_csv(tables.brief_table(answer)),
        "parquet": lambda: tables.to_parquet(tables.brief_table(answer)),
    }


@click.command(
    short_help="What happened, with filters.",
    epilog="""\b
Examples:
  dragoman events --actor RUS --recipient SYR --since 2025-01
  dragoman events --between ARM AZE --act CONSULT --json
  dragoman events --status planned --format csv -o planned.csv
""",
)
@store_option
@filter_options()
@output_options()
def events(store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """Events: what happened, each with the mentions that it rests on."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy
    from dragoman.cli import show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        found = ledger.events(**asked(filters))
        say_if_empty(found, "events", asked(filters), store)
        faces = faces_of(found, lambda: tables.events_table(found), lambda: show.acts(found))
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="What single reports say, with filters.",
    epilog="""\b
Examples:
  dragoman mentions --party Putin
  dragoman mentions --text extradition --status requested
  dragoman mentions --document 3fa9 --json
""",
)
@store_option
@filter_options()
@output_options()
def mentions(store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """Mentions: what single reports say of events."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy
    from dragoman.cli import show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        found = ledger.mentions(**asked(filters))
        say_if_empty(found, "mentions", asked(filters), store)
        documents = ledger.documents_of(found)
        faces = faces_of(found, lambda: tables.mentions_table(found, documents), lambda: show.acts(found))
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="One entry, down to its words.",
    epilog="""\b
Examples:
  dragoman explain 3fa9
  dragoman explain 3fa9c2 --json
""",
)
@click.argument("id_", metavar="ID")
@store_option
@output_options("table", "json", "md")
def explain(id_: str, store: str, *, as_json: bool, form: str | None, output: str | None) -> None:
    """One entry down to the words it rests on: marked spans, confidence, versions.

    ID is the first characters of an id that `events`, `mentions` or `brief --json` gives.
    """
    from dragoman.answer import markdown  # noqa: PLC0415 - heavy
    from dragoman.cli import show  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = ledger.explain(id_)
        faces: Faces = {
            "table": lambda: show.explanation(answer),
            "json": lambda: to_json(answer),
            "md": lambda: markdown.explanation(answer),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="One actor: names, offices, events.",
    epilog="""\b
Examples:
  dragoman actor Jolani
  dragoman actor "Ahmed Sharaa" --as-of 2025-02 --json
""",
)
@click.argument("name", metavar="NAME")
@store_option
@filter_options("as_of")
@output_options("table", "json", "md")
def actor(name: str, store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """One actor: all its names, why they are one, offices over time with their sources, the latest events.

    NAME is any of its names, a state or its code, or the first characters of an id that `actors` gives.
    """
    from dragoman.answer import markdown  # noqa: PLC0415 - heavy
    from dragoman.cli import show_events  # noqa: PLC0415

    with open_ledger(store) as ledger:
        answer = ledger.actor(name, **asked(filters))
        faces: Faces = {
            "table": lambda: show_events.actor(answer),
            "json": lambda: to_json(answer),
            "md": lambda: markdown.actor(answer),
        }
        emit(faces, as_json=as_json, form=form, output=output)


@click.command(
    short_help="The parties of the ledger.",
    epilog="""\b
Examples:
  dragoman actors
  dragoman actors --place SYR --format csv
""",
)
@store_option
@filter_options()
@output_options()
def actors(store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """The parties of the ledger, each over all its names, the most frequent first."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy

    with open_ledger(store) as ledger:
        found = ledger.actors(**asked(filters))
        say_if_empty(found, "actors", asked(filters), store)
        _emit_list(found, tables.actors_table(found), as_json=as_json, form=form, output=output)


@click.command(
    short_help="The reports in the ledger.",
    epilog="""\b
Examples:
  dragoman documents
  dragoman documents --as-of 2025-03 --json
""",
)
@store_option
@filter_options("as_of", "outlet", "document")
@output_options()
def documents(store: str, *, as_json: bool, form: str | None, output: str | None, **filters: Any) -> None:
    """The reports in the ledger, with the time at which they were read."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy

    with open_ledger(store) as ledger:
        found = ledger.documents(**asked(filters))
        say_if_empty(found, "documents", asked(filters), store)
        _emit_list(found, tables.documents_table(found), as_json=as_json, form=form, output=output)


@click.command(
    short_help="What could not be read, and why.",
    epilog="""\b
Examples:
  dragoman rejected
  dragoman rejected --json
""",
)
@store_option
@output_options()
def rejected(store: str, *, as_json: bool, form: str | None, output: str | None) -> None:
    """The items that could not be read, and why."""
    from dragoman.answer import tables  # noqa: PLC0415 - heavy

    with open_ledger(store) as ledger:
        found = ledger.rejected()
        say_if_empty(found, "rejected items", {}, store)
        _emit_list(found, tables.rejected_table(found), as_json=as_json, form=form, output=output)


def _emit_list(found: Sequence[Any], flat: "Table", *, as_json: bool, form: str | None, output: str | None) -> None:
    """Write a list whose table on the screen is the flat table itself."""
    from dragoman.cli import show  # noqa: PLC0415 - heavy

    emit(faces_of(found, lambda: flat, lambda: show.flat(flat)), as_json=as_json, form=form, output=output)
