"""Questions run in threads, as many at once as the ledger has connections for; the others wait. Nothing is answered."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

# Each may hold one of the fifteen connections of a ledger while it asks over another. Forty at once, as Starlette has
# them, took all fifteen and waited for a sixteenth: nothing was answered for 30 s, then with 500.
TOGETHER = 7


class Turns:
    """Whose turn it is to ask the ledger."""

    def __init__(self, together: int = TOGETHER) -> None:
        self._places = CapacityLimiter(together)

    def taking(self, answer: Callable[[Request], Response]) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return a handler that answers in a thread, once it is its turn; so is each piece of a stream."""

        async def handle(request: Request) -> Response:
            response = await run_sync(answer, request, limiter=self._places)
            if isinstance(response, Pieces):
                return StreamingResponse(self._each(response.pieces), headers=dict(response.headers))
            return response

        return handle

    async def _each(self, pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
        while (piece := await run_sync(next, pieces, None, limiter=self._places)) is not None:
            yield piece


class Pieces(Response):
    """A response whose body is made piece by piece, each when the one before was taken."""

    def __init__(self, pieces: Iterator[bytes], kind: str) -> None:
        super().__init__(headers={"cache-control": "no-store"}, media_type=kind)
        del self.headers["content-length"]
        self.pieces = pieces
