"""How sites are asked: as their robots.txt allows, one request at a time, with a pause, and not while they are busy."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from dragoman.errors import SkipItem
from dragoman.sources.address import checked
from dragoman.sources.client import Client
from dragoman.sources.fetch import AGENT, Fetched, Refused, Unreachable

DELAY = 2.0  # seconds between two requests to a host, unless its robots.txt asks for more
_LONGEST_DELAY = 60.0  # seconds; a site that asks for more gets that much
_ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least; a site with more is left alone
BUSY = (429, 503)
_FIRST_WAIT, _LONGEST_WAIT = 300.0, 86_400.0  # seconds after the first failure, doubled with each more


class Busy(SkipItem):
    """The host asked to be left alone until `until` (seconds since 1970)."""

    def __init__(self, where: str, until: float) -> None:
        super().__init__("the host asks to be left alone for a while", where, "fetching")
        self.until = until


class Polite:
    """A client that keeps to the rules. `clock` gives seconds since 1970; `sleep` waits."""

    def __init__(
        self,
        client: Client,
        *,
        delay: float = DELAY,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client, self._delay, self._clock, self._sleep = client, delay, clock, sleep
        self._robots: dict[str, RobotFileParser] = {}
        self._next: dict[str, float] = {}  # host, when it may be asked again
        self._busy: dict[str, float] = {}

    def get(self, url: str, max_bytes: int, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what lies at an address, after the pause that its host is owed; as `Client.get`, and Busy."""
        hosts: list[str] = []

        def allow(at: str) -> None:
            hosts.append(host_of(at))
            self._allow(at)

        try:
            return self._client.get(checked(url), max_bytes, etag=etag, modified=modified, allow=allow)
        except Refused as e:
            if e.status in BUSY:
                until = self._clock() + retry_after(e.wait, self._clock())
                self._busy[hosts[-1]] = until
                raise Busy(url, until) from e
            raise
        finally:
            for host in hosts:
                self._next[host] = self._clock() + self._pause(host)

    def ready(self, url: str) -> float:
        """Return when the host of an address may be asked next."""
        host = host_of(url)
        return max(self._next.get(host, 0.0), self._busy.get(host, 0.0))

    def _allow(self, url: str) -> None:
        """Wait for the turn of the host; raise SkipItem where its rules forbid the address, Busy where it is."""
        host = host_of(url)
        if self._busy.get(host, 0.0) > self._clock():
            raise Busy(url, self._busy[host])
        if host not in self._robots:
            self._robots[host] = self._rules(host)
            self._next[host] = self._clock() + self._pause(host)
        if not self._robots[host].can_fetch(AGENT, url):
            raise SkipItem("the robots.txt of the site asks not to fetch it", url, "fetching")
        self._turn(host)

    def _turn(self, host: str) -> None:
        if (wait := self._next.get(host, 0.0) - self._clock()) > 0:
            self._sleep(wait)

    def _pause(self, host: str) -> float:
        asked = self._robots[host].crawl_delay(AGENT) if host in self._robots else None
        return min(max(float(asked or 0), self._delay), max(_LONGEST_DELAY, self._delay))

    def _rules(self, host: str) -> RobotFileParser:
        """Return the rules of a host: none where it has no robots.txt. Unreachable where the host has no answer."""
        rules = RobotFileParser()
        try:
            got = self._client.get(f"{host}/robots.txt", _ROBOTS_BYTES)
            rules.parse(got.body.decode("utf-8", "replace").splitlines())
        except Refused as e:
            if e.status in BUSY:
                self._busy[host] = self._clock() + retry_after(e.wait, self._clock())
                raise Busy(f"{host}/robots.txt", self._busy[host]) from e
            if e.status >= 500:
                raise Unreachable(
                    f"its robots.txt can't be had (the server answered {e.status})", f"{host}/robots.txt"
                ) from e
            rules.parse([])
        return rules


def host_of(url: str) -> str:
    """Return scheme, host and port of an address: what one robots.txt is for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def retry_after(said: str | None, now: float) -> float:
    """Return the seconds that Retry-After asks for, as a number or a date: a minute to a day, else five minutes."""
    try:
        wait = (
            float(said or "") if (said or "").strip().isdigit() else parsedate_to_datetime(said or "").timestamp() - now
        )
    except (ValueError, TypeError, OverflowError):
        return _FIRST_WAIT
    return min(max(wait, 60.0), _LONGEST_WAIT)


def backoff(failures: int) -> float:
    """Return the seconds to wait after the `failures`-th failure in a row: five minutes, doubled up to a day."""
    return min(_FIRST_WAIT * 2.0 ** (min(failures, 12) - 1), _LONGEST_WAIT)
