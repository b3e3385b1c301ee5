"""The HTTP client: guarded, bounded in size and time, honest about who asks. Whom to ask, and when, is in polite."""

import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from dragoman.errors import SkipItem
from dragoman.sources.address import Resolve, admitted, checked, resolve
from dragoman.sources.fetch import AGENT, Fetched, Refused, Unreachable
from dragoman.sources.unpack import GZIP

USER_AGENT = f"{AGENT}/0.1 (reads news for a ledger of events; asks as robots.txt allows)"
REDIRECTS = 5
SECONDS = 30.0  # for one address, redirects included: a page that takes longer costs the others their turn
STALL = 10.0  # seconds without a byte
_SENT = {"accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5", "accept-encoding": "gzip"}
_MOVED = (301, 302, 303, 307, 308)


class Client:
    """Connects only to addresses that were checked, once resolved: no name can lead elsewhere in between.

    Every redirect is checked anew, by `allow` too (the rules of the site that it leads to). A context manager.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = SECONDS,
        stall: float = STALL,
        resolved: Resolve = resolve,
    ) -> None:
        self._guard = _Guard(resolved, stall, allow_private=allow_private)
        self._seconds = seconds
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpcore.default_ssl_context(), network_backend=self._guard, max_keepalive_connections=4
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        max_bytes: int,
        *,
        etag: str | None = None,
        modified: str | None = None,
        allow: Callable[[str], None] | None = None,
    ) -> Fetched:
        """Return what lies at an address. Raises Refused, Unreachable, and SkipItem for what may not be fetched.

        With `etag` or `modified`, of an earlier answer, an unchanged body is not sent again: the status is 304 then.
        """
        left = self._seconds
        asked, at = {"if-none-match": etag, "if-modified-since": modified}, checked(url)
        for _ in range(REDIRECTS + 1):
            if allow is not None:
                allow(at)
            begun = time.monotonic()
            self._guard.until = begun + left  # not counting the pauses that `allow` makes
            got = self._once(at, max_bytes, {k: v for k, v in asked.items() if v})
            left -= time.monotonic() - begun
            if isinstance(got, Fetched):
                return got
            at = checked(urljoin(at, got))
        raise SkipItem(f"it is redirected over {REDIRECTS} times", url, "fetching")

    def _once(self, url: str, max_bytes: int, asked: dict[str, str]) -> Fetched | str:
        """Return the answer, or the address that it points to."""
        headers = {"user-agent": USER_AGENT, **_SENT, **asked}
        try:
            target = _ascii(url)
            with self._pool.stream("GET", target, headers=list(headers.items()), extensions={"timeout": {}}) as answer:
                told = _headers(answer.headers)
                if answer.status in _MOVED and told.get("location"):
                    return told["location"]
                if answer.status not in (200, 304):
                    raise Refused(answer.status, url, told.get("retry-after"))
                body = _body(answer.iter_stream(), told, url, max_bytes) if answer.status == 200 else b""
                return _fetched(url, answer.status, body, told)
        except SkipItem as e:
            if e.where == url:
                raise
            raise type(e)(e.reason, url) if isinstance(e, Unreachable) else SkipItem(e.reason, url, "fetching") from e
        except httpcore.TimeoutException as e:
            raise Unreachable(
                f"it took too long (over {self._seconds:g} s, or {self._guard.stall:g} s of silence)", url
            ) from e
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as e:
            raise Unreachable(f"the connection failed ({_short(e)})", url) from e
        except (ValueError, UnicodeError) as e:
            raise SkipItem(f"it is no address that can be fetched ({_short(e)})", url, "fetching") from e


class _Guard(httpcore.NetworkBackend):
    """Opens connections to checked IP addresses only, and lets nothing last beyond `until`."""

    def __init__(self, resolved: Resolve, stall: float, *, allow_private: bool) -> None:
        self._resolved, self._private = resolved, allow_private
        self._plain = httpcore.SyncBackend()
        self.stall, self.until = stall, 0.0

    def left(self) -> float:
        """Return the seconds that an operation may take; TimeoutException where there are none."""
        left = min(self.stall, self.until - time.monotonic())
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers."""
        found = self._of(host, port)
        for n, ip in enumerate(found, 1):
            try:
                stream = self._plain.connect_tcp(ip, port, self.left(), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n == len(found):
                    raise
        raise Unreachable("the name of the host is not known: check it, and the connection", host)

    def _of(self, host: str, port: int) -> Sequence[str]:
        if not self._private:
            return admitted(host, port, self._resolved)
        try:
            return self._resolved(host, port)
        except (OSError, UnicodeError) as e:
            raise Unreachable("the name of the host is not known: check it, and the connection", host) from e


class _Timed(httpcore.NetworkStream):
    """A stream each of whose operations ends in time: drops of one byte a second do not add up to an hour."""

    def __init__(self, inner: httpcore.NetworkStream, guard: _Guard) -> None:
        self._inner, self._guard = inner, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._guard.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._guard.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._guard.left()), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by lower-case name; the first of a name counts."""
    told: dict[str, str] = {}
    for name, value in raw:
        told.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return told


def _body(stream: Iterable[bytes], told: dict[str, str], url: str, max_bytes: int) -> bytes:
    """Return the body, unpacked; it is read no further than `max_bytes`, packed or not."""
    out = bytearray()
    unpacker: Any = None
    for n, part in enumerate(stream):
        if n == 0 and told.get("content-encoding", "").lower() in ("gzip", "x-gzip") and part.startswith(GZIP[:1]):
            unpacker = zlib.decompressobj(wbits=31)
        try:
            out += unpacker.decompress(part, max_bytes + 1 - len(out)) if unpacker else part
        except zlib.error as e:
            raise Unreachable("what it sent is packed and damaged", url) from e
        if len(out) > max_bytes:
            raise SkipItem(f"it is over the limit of {max_bytes:,} bytes", url, "fetching")
    if unpacker and not unpacker.eof:
        raise Unreachable("what it sent is cut short", url)
    return bytes(out)


def _fetched(url: str, status: int, body: bytes, told: dict[str, str]) -> Fetched:
    kind, _, rest = told.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", rest, re.IGNORECASE)
    return Fetched(
        url=url,
        status=status,
        body=body,
        kind=kind.strip().lower(),
        charset=charset[1].lower() if charset else None,
        etag=told.get("etag"),
        modified=told.get("last-modified"),
    )


def _ascii(url: str) -> str:
    """Return an address as it is sent: the host in punycode, other letters percent-encoded."""
    parts = urlsplit(url)
    host = (
        (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname or ""
    )
    host = f"[{host}]" if ":" in host else host
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    kept = "!$&'()*+,;=:@/%?~-._"
    return parts._replace(
        netloc=netloc, path=quote(parts.path or "/", safe=kept), query=quote(parts.query, safe=kept)
    ).geturl()


def _short(e: BaseException) -> str:
    return (" ".join(str(e).split())[:120] or type(e).__name__).lower()
