"""The commands of the desk: serve, the tokens of those who ask from elsewhere, verify for bundles of evidence."""

import sys
from pathlib import Path

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import store_option
from dragoman.cli.output import to_json
from dragoman.config import without_password
from dragoman.errors import StopRun

PORT = 8765
TOKENS = "dragoman-tokens.json"


@click.command(
    short_help="The desk: pages and an HTTP API.",
    epilog="""\b
Examples:
  dragoman serve
  dragoman serve --store syria.db --port 9000
  dragoman serve --review
  dragoman serve --host 0.0.0.0 --allow-host desk.example --tokens dragoman-tokens.json
""",
)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
@click.option("--review", is_flag=True, help="Let who sits at this machine decide on events.")
@click.option("--write", is_flag=True, help="Take reports by POST /read from this machine.")
@click.option("--tokens", metavar="FILE", type=Path, help="Every request needs a token of this file.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name by which the desk is reached.")
def serve(
    store: str, host: str, port: int, *, review: bool, write: bool, tokens: Path | None, hosts: tuple[str, ...]
) -> None:
    """The desk: pages over the ledger, and the same answers as JSON, CSV and Markdown at the same addresses.

    It reads only, and listens on this machine only, unless told otherwise. Ctrl+C ends it.
    """
    try:
        from dragoman.web.access import allowed  # noqa: PLC0415 - of the extra
        from dragoman.web.server import run  # noqa: PLC0415
        from dragoman.web.site import site  # noqa: PLC0415
    except ModuleNotFoundError as fault:
        raise StopRun(f"serve: needs {fault.name}; install it with `pip install 'dragoman[web]'`") from fault
    also = [name for name, given in (("review", review), ("write", write)) if given]
    access = allowed(host, tokens=tokens, also=also, hosts=hosts)
    with open_ledger(store) as ledger:
        run(
            site(ledger, access),
            host,
            port,
            lambda at: click.echo(f"the desk over {without_password(store)}: {at}  (Ctrl+C ends it)", err=True),
        )


# ---------------------------------------------------------------- tokens
@click.group(
    short_help="Who may ask the desk from elsewhere.",
    epilog="""\b
Examples:
  dragoman token add Ann --scope review
  dragoman token list
  dragoman token remove Ann
""",
)
def token() -> None:
    """Tokens for `dragoman serve --tokens`: made, listed, taken back. Only their hashes are kept."""


_file = click.option(
    "--tokens", "path", metavar="FILE", default=TOKENS, show_default=True, type=Path, help="The file of tokens."
)


@token.command(epilog="\b\nExamples:\n  dragoman token add Ann --scope review\n")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=("read",),
    show_default=True,
    type=click.Choice(("read", "write", "review")),
    help="See pages; add reports; decide. Each holds the first; may be given twice.",
)
@_file
def add(name: str, scopes: tuple[str, ...], path: Path) -> None:
    """Make a token and print it, this once. Decisions made with it are NAME's."""
    from dragoman.web import tokens  # noqa: PLC0415 - beside its sisters

    words = tokens.add(path, name, scopes)
    click.echo(f"Kept in {path}, as a hash. The token is shown this once:", err=True)
    click.echo(words)


@token.command(name="list", epilog="\b\nExamples:\n  dragoman token list\n")
@_file
def listed(path: Path) -> None:
    """Whose tokens there are, and what they allow."""
    from dragoman.web import tokens  # noqa: PLC0415

    for t in tokens.load(path):
        click.echo(f"{t.added[:10]}  {', '.join(t.scopes):<20}  {t.name}")


@token.command(epilog="\b\nExamples:\n  dragoman token remove Ann\n")
@click.argument("name")
@_file
def remove(name: str, path: Path) -> None:
    """Take a token back, and every session that began with it."""
    from dragoman.web import tokens  # noqa: PLC0415

    tokens.remove(path, name)
    click.echo(f"{name}: taken back", err=True)


@click.command(
    short_help="Check a bundle of evidence.",
    epilog="""\b
Examples:
  dragoman verify evidence.zip
  dragoman verify evidence.zip --json
""",
)
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def verify(bundle: Path, *, as_json: bool) -> None:
    """Check a bundle that the desk exported: every file against its hash, every quotation against its passage.

    It needs no ledger and no network. The exit code is 1 where anything is wrong.
    """
    from dragoman.answer import evidence  # noqa: PLC0415 - heavy

    found = evidence.check(bundle)
    if as_json:
        click.echo(to_json(found), nl=False)
    else:
        for fault in found.faults:
            click.echo(f"{bundle}: {on_one_line(fault)}")
        held = "holds" if not found.faults else "does not hold"
        click.echo(f"{bundle}: {held}; {found.files} files, {found.exhibits} exhibits of {on_one_line(found.address)}")
    if found.faults:
        sys.exit(1)


def on_one_line(words: str) -> str:
    """Return words of a stranger's file for a terminal: no sign that would move its cursor or colour it."""
    return "".join(c if c.isprintable() else "\ufffd" for c in words)
