"""The command that serves the ledger to assistants: mcp."""

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import store_option
from dragoman.errors import StopRun

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8733
INSTALL = "pip install 'dragoman[mcp]'"


@click.command(
    short_help="Serve the ledger to an assistant.",
    epilog="""\b
Examples:
  dragoman mcp --store ledger.db
  dragoman mcp --http
  dragoman mcp --http --port 9000 --store ledger.db
""",
)
@store_option
@click.option("--http", is_flag=True, help="Over streamable HTTP instead of standard input and output.")
@click.option("--host", default=LOOPBACK[0], metavar="HOST", show_default=True, help="With --http: listen here.")
@click.option(
    "--port", default=PORT, metavar="N", show_default=True, type=click.IntRange(0, 65535), help="With --http: and here."
)
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="With --http: a further name by which clients may call it."
)
def mcp(store: str, *, http: bool, host: str, port: int, names: tuple[str, ...]) -> None:
    """Serve the ledger to an assistant by the Model Context Protocol, for reading only.

    An assistant that starts the command itself needs no option but --store. See docs/mcp.md for its tools.
    """
    try:
        from dragoman.mcp import server  # noqa: PLC0415 - an extra, loaded when asked for
    except ModuleNotFoundError as fault:
        raise StopRun(f"mcp: needs the package {fault.name}; install it with `{INSTALL}`") from fault
    with open_ledger(store) as ledger:
        if not http:
            server.serve_stdio(ledger)
            return
        if host not in LOOPBACK:
            click.echo(f"dragoman: anyone who reaches {host}:{port} can read the whole ledger", err=True)
        server.serve_http(ledger, host, port, also=names, ready=lambda at: click.echo(f"serving {at}", err=True))
