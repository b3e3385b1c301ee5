"""The command that serves the desk: serve."""

import click

from dragoman.cli.asking import open_ledger
from dragoman.cli.options import store_option
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
        import uvicorn  # noqa: PLC0415 - of the extra

        from dragoman.web.site import site  # noqa: PLC0415
    except ModuleNotFoundError as fault:
        raise StopRun(f"serve: needs {fault.name}; install it with `pip install 'dragoman[web]'`") from fault
    with open_ledger(store) as ledger:
        server = uvicorn.Server(
            uvicorn.Config(site(ledger), host=host, port=port, log_level="warning", server_header=False)
        )
        _run(server, store)


def _run(server: "uvicorn.Server", store: str) -> None:  # type: ignore[name-defined]  # noqa: F821 - of the extra
    """Run the server, and say where it listens once it does."""
    import asyncio  # noqa: PLC0415 - needed only here

    async def run() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.02)
        if server.started:
            host, port = server.servers[0].sockets[0].getsockname()[:2]
            host = f"[{host}]" if ":" in host else host
            click.echo(f"the desk over {store} is at http://{host}:{port}/ (Ctrl+C ends it)", err=True)
        await serving

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        click.echo("ended", err=True)
    except SystemExit as fault:  # how uvicorn says that it can't listen
        raise StopRun("serve: can't listen there; name another --port, or 0 for any free one") from fault
