"""Listening: the site under uvicorn until it is told to stop. What is served is in `site`."""

import asyncio
from collections.abc import Callable
from socket import socket

import uvicorn
from starlette.types import ASGIApp

from dragoman.errors import StopRun

AT_ONCE = 500  # connections: more are told 503, so that idle ones can't use up the files of the program
QUICK = 3  # seconds that a stop waits for requests under way


class _Server(uvicorn.Server):
    """A server that says where it listens once it does."""

    announce: Callable[[str], None]

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self.announce(f"http://{f'[{host}]' if ':' in host else host}:{port}/")


def run(app: ASGIApp, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl+C; `announce` gets the address. Raises StopRun where it can't listen."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        limit_concurrency=AT_ONCE,
        timeout_graceful_shutdown=QUICK,
    )
    server = _Server(config)
    server.announce = announce
    try:
        asyncio.run(server.serve())
    except SystemExit as fault:  # how uvicorn says that it can't listen
        raise StopRun("serve: can't listen there; name another --port, or 0 for any free one") from fault
    except KeyboardInterrupt:  # raised anew by uvicorn after a tidy end
        return
