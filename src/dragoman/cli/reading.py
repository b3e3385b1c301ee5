"""The commands that put reports into a ledger: `read` and `demo`."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.options import output_options, store_option
from dragoman.cli.output import console, emit, to_json
from dragoman.config import without_password
from dragoman.errors import StopRun

if TYPE_CHECKING:
    from dragoman.app import Outcome
    from dragoman.sources.fetch import Fetch
    from dragoman.sources.given import Given

MAX_BYTES = 20_000_000  # of one address; a longer list is better fetched first
DEMO_STORE = "dragoman-demo.db"
SHOWN = 20  # rejected items told one by one; the rest are counted and listed by `dragoman rejected`
FEW = 3  # documents read before a progress line appears


@click.command(
    short_help="Read reports into the ledger.",
    epilog="""\b
Examples:
  dragoman read report.html
  dragoman read --published 2025-03-07 --publisher "Harbour Post" report.txt
  dragoman read folder/ more.jsonl CC-NEWS-2025.warc.gz
  dragoman read --columns text=body,published=day table.csv
  dragoman read https://harbour.example/ferry-deal
  curl -s URL | dragoman read --json -
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@store_option
@click.option("--published", metavar="DATE", help="Day (and time) of publication, where the report does not say it.")
@click.option("--publisher", metavar="NAME", help="The outlet.")
@click.option("--title", metavar="TEXT", help="The headline.")
@click.option("--url", metavar="ADDRESS", help="The address at which it was published.")
@click.option("--columns", metavar="FIELD=NAME,…", help="Of a table: which column holds text, title, published, url, …")
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside this network, too.")
@output_options()
def read(
    paths: tuple[str, ...],
    store: str,
    *,
    published: str | None,
    publisher: str | None,
    title: str | None,
    url: str | None,
    columns: str | None,
    allow_private: bool,
    as_json: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Read reports into the ledger: text, HTML, JSONL, CSV, Parquet, WARC, feeds, folders, addresses, - for input.

    What is there already stays as it is. What can't be read is reported, kept as rejected, and the others are read;
    the exit code is 1 only where nothing could be read.
    """
    from dragoman.answer.ledger import Ledger  # noqa: PLC0415 - heavy

    given = _given(published, publisher, title, url, columns)
    with Ledger.open(store) as ledger, ExitStack() as stack:
        fetch = _fetcher(paths, stack, allow_private=allow_private)
        outcome = _read_all(paths, ledger, given, fetch)
        _report(outcome, store)
        if outcome.read + outcome.unchanged == 0:
            click.get_current_context().exit(1)
        if as_json or form or output or len(outcome.documents) == 1:
            _show(ledger, outcome.documents, as_json=as_json, form=form, output=output)


@click.command(
    short_help="Read the sample reports, print a brief.",
    epilog="""\b
Examples:
  dragoman demo
  dragoman demo ARM AZE
  dragoman demo --store /tmp/demo.db --json
""",
)
@click.argument("a", default="RUS")
@click.argument("b", default="SYR")
@click.option("--store", metavar="LEDGER", default=DEMO_STORE, show_default=True, help="The ledger to make.")
@output_options("table", "json", "md", "html")
def demo(a: str, b: str, store: str, *, as_json: bool, form: str | None, output: str | None) -> None:
    """Read the sample reports that come with dragoman and print the brief between two parties."""
    from dragoman.answer.ledger import Ledger  # noqa: PLC0415 - heavy
    from dragoman.cli.asking import brief_faces  # noqa: PLC0415

    with Ledger.open(store) as ledger, as_file(files("dragoman") / "data" / "samples" / "reports") as folder:
        outcome = _read_all([str(folder)], ledger, _given())
        _report(outcome, store)
        emit(brief_faces(ledger.brief(a, b)), as_json=as_json, form=form, output=output)
    click.echo(f"Ask it more: dragoman events --store {without_password(store)}", err=True)


def _given(
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    columns: str | None = None,
) -> "Given":
    """Return what the user knows of the report; a date that is none is refused before anything is read."""
    from dragoman.sources.dates import parse_published  # noqa: PLC0415 - heavy
    from dragoman.sources.given import Given  # noqa: PLC0415

    day = parse_published(published) if published else None
    return Given(published=day, publisher=publisher, title=title, url=url, columns=_columns(columns))


def _columns(said: str | None) -> tuple[tuple[str, str], ...]:
    """Return which column holds what, of "text=body,title=headline"."""
    from dragoman.sources.given import FIELDS  # noqa: PLC0415 - heavy

    pairs = [tuple(part.strip() for part in p.split("=", 1)) for p in (said or "").split(",") if p.strip()]
    for pair in pairs:
        if len(pair) != 2 or pair[0] not in FIELDS or not pair[1]:
            raise StopRun(f"--columns: {'='.join(pair)!r} is no FIELD=NAME; the fields are {', '.join(FIELDS)}")
    return tuple((p[0], p[1]) for p in pairs)


def _fetcher(paths: Sequence[str], stack: ExitStack, *, allow_private: bool) -> "Fetch | None":
    """Return what fetches web addresses; None where none is named."""
    if not any(p.startswith(("http://", "https://")) for p in paths):
        return None
    from dragoman.cli.watching import polite  # noqa: PLC0415 - an extra

    client = polite(stack, allow_private=allow_private)
    return lambda url: client.get(url, MAX_BYTES)


def _read_all(paths: Sequence[str], ledger: Any, given: "Given", fetch: "Fetch | None" = None) -> "Outcome":
    """Read all below `paths`, with a progress line on standard error where there are more than a few."""
    from dragoman import app  # noqa: PLC0415 - loads the parser

    with console(stderr=True).status("reading") as status:
        more = {} if fetch is None else {"fetch": fetch}
        return app.read_paths(list(paths), ledger.store, given, _progress(status), **more)


def _progress(status: Any) -> Callable[[str], None]:
    """Return the function that counts the items read on a line that goes away at the end."""
    done = 0

    def count(item: str) -> None:
        nonlocal done
        done += 1
        if done > FEW:
            from rich.text import Text  # noqa: PLC0415 - only on a screen

            status.update(Text(f"{done} read, now after {item}", overflow="ellipsis", no_wrap=True))

    return count


def _report(outcome: "Outcome", store: str) -> None:
    """Tell on standard error what was rejected and what the run came to."""
    for item in outcome.rejected[:SHOWN]:
        click.echo(f"dragoman: {item.where}: {item.reason}", err=True)
    if len(outcome.rejected) > SHOWN:
        click.echo(f"dragoman: … and {len(outcome.rejected) - SHOWN} more; `dragoman rejected` lists them", err=True)
    total = outcome.read + outcome.unchanged + len(outcome.rejected)
    if total == 0:
        raise StopRun("nothing to read there; name a file, a folder with reports, or - for standard input")
    parts = (
        _count(outcome.read, "document") + " read",
        f"{outcome.unchanged} unchanged",
        f"{len(outcome.rejected)} rejected",
        _count(outcome.mentions, "mention"),
    )
    click.echo(f"{', '.join(parts)} → {without_password(store)}", err=True)


def _count(n: int, noun: str) -> str:
    from dragoman.answer.words import count  # noqa: PLC0415 - with the rest of `answer`

    return count(n, noun)


def _show(ledger: Any, documents: Sequence[str], *, as_json: bool, form: str | None, output: str | None) -> None:
    """Print the mentions of what was read now."""
    from dragoman.answer import tables  # noqa: PLC0415
    from dragoman.cli import show  # noqa: PLC0415

    found = ledger.mentions_of(documents)
    flat = tables.mentions_table(found, ledger.documents_of(found))
    faces = {
        "table": lambda: show.acts(found),
        "json": lambda: to_json(found),
        "csv": lambda: tables.to_csv(flat),
        "md": lambda: tables.to_markdown(flat),
        "parquet": lambda: tables.to_parquet(flat),
    }
    emit(faces, as_json=as_json, form=form, output=output)
