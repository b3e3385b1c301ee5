"""What is fetched over HTTP, and how fetching fails. The requests are made in client; who is asked when, in polite."""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dragoman.errors import SkipItem
from dragoman.records import Record

AGENT = "dragoman"  # the name that a robots.txt can address


class Fetched(Record, frozen=True):
    """What a server gave: the address at which it lay in the end, the body (empty: not changed since), what it said."""

    url: str
    status: int
    body: bytes = b""
    kind: str = ""  # media type, lower case, without parameters
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None

    @property
    def name(self) -> str:
        """The file name in the address, by which formats are told."""
        return PurePosixPath(urlsplit(self.url).path).name

    @property
    def is_html(self) -> bool:
        """Whether the server calls it a page."""
        return self.kind in ("text/html", "application/xhtml+xml")


Fetch = Callable[[str], Fetched]
"""Gets one address, or raises SkipItem."""


class Refused(SkipItem):
    """The server gave another status than 200 or 304. `wait`: what its Retry-After says, as written."""

    def __init__(self, status: int, where: str, wait: str | None = None) -> None:
        super().__init__(f"the server answered {status}", where, "fetching")
        self.status, self.wait = status, wait


class Unreachable(SkipItem):
    """No answer: the host is not known, refuses, is too slow, or breaks off. It may answer another time."""

    def __init__(self, reason: str, where: str) -> None:
        super().__init__(reason, where, "fetching")
