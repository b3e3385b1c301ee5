"""The commands of the desk: serve, and verify for the bundles of evidence that it exports."""

import sys
from pathlib import Path

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import store_option
from dragoman.cli.output import to_json
from dragoman.config import without_password
from dragoman.errors import StopRun

PORT = 8765


@click.command(
    short_help="The desk: pages and an HTTP API.",
    epilog="""\b
Examples:
  dragoman serve
  dragoman serve --store syria.db --port 9000
""",
)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
def serve(store: str, host: str, port: int) -> None:
    """The desk: pages over the ledger, and the same answers as JSON, CSV and Markdown at the same addresses.

    It reads only, and listens on this machine only. Ctrl+C ends it.
    """
    try:
        from dragoman.web.server import run  # noqa: PLC0415 - of the extra
        from dragoman.web.site import site  # noqa: PLC0415
    except ModuleNotFoundError as fault:
        raise StopRun(f"serve: needs {fault.name}; install it with `pip install 'dragoman[web]'`") from fault
    with open_ledger(store) as ledger:
        run(
            site(ledger),
            host,
            port,
            lambda at: click.echo(f"the desk over {without_password(store)}: {at}  (Ctrl+C ends it)", err=True),
        )


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
            click.echo(f"{bundle}: {fault}")
        held = "holds" if not found.faults else "does not hold"
        click.echo(f"{bundle}: {held}; {found.files} files, {found.exhibits} exhibits of {found.address}")
    if found.faults:
        sys.exit(1)
