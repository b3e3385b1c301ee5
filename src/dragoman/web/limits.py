"""Token buckets: how often somebody may ask. Who is asking is found in `guard`."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

CLIENTS = 10_000  # remembered at once; the one that was quiet longest is forgotten, and starts with a full bucket


class Buckets:
    """One bucket a client: `burst` at once, then `rate` a second."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client → what is left, and since when
        self._lock = Lock()

    def wait(self, client: str, cost: float = 1.0) -> float:
        """Take `cost` from a client's bucket and return 0; where it holds less, the seconds until it will not."""
        with self._lock:
            left = self._left(client)
            if left < cost:
                return (cost - left) / self._rate
            self._keep(client, left - cost)
            return 0.0

    def empty(self, client: str) -> float:
        """Return the seconds until a client's bucket holds one; 0 where it does. Nothing is taken."""
        with self._lock:
            return max(0.0, (1.0 - self._left(client)) / self._rate)

    def _left(self, client: str) -> float:
        left, since = self._held.get(client, (float(self._burst), self._clock()))
        return min(float(self._burst), left + (self._clock() - since) * self._rate)

    def _keep(self, client: str, left: float) -> None:
        self._held[client] = (left, self._clock())
        self._held.move_to_end(client)
        while len(self._held) > CLIENTS:
            self._held.popitem(last=False)
