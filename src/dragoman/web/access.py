"""Who may do what on this desk: how it was started, who is asking, signed sessions. Requests are judged in `guard`."""

import hashlib
import hmac
import ipaddress
import math
import secrets
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.web.limits import Buckets
from dragoman.web.tokens import Token, Tokens

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ANY = ("", "0.0.0.0", "::", "[::]")  # noqa: S104 - named in order to be told apart, not to listen there
SESSION = 12 * 3600  # seconds: a working day
OWN_RATE = (200.0, 2000)  # requests a second of one client on this machine, and at once: a script walks the ledger
RATE = (10.0, 200)  # of one elsewhere: fifty pages at once with all that belongs to them
TRY_RATE, TRY_BURST = 0.1, 5  # wrong tokens of one client: five, then one in ten seconds
LOCAL = "local"  # what a form is signed for where nobody signs in


class Visitor(Record, frozen=True):
    """Who asks. `name` is None where nobody signs in; `session` is what their forms are signed for."""

    name: str | None
    scopes: frozenset[str]
    session: str | None = None

    def may(self, scope: str) -> bool:
        """Return whether a scope was given."""
        return scope in self.scopes


NOBODY = Visitor(name=None, scopes=frozenset())


class Sessions:
    """Signed, expiring values of cookies, and the marks of forms. The key lives as long as the program runs."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock

    def give(self, token: str) -> str:
        """Return a new session of a token, named by its id."""
        said = f"{token}.{int(self._clock()) + SESSION}.{secrets.token_hex(16)}"
        return f"{said}.{self._sign('session', said)}"

    def token_of(self, session: str) -> str | None:
        """Return the id of the token of a session; None where it is not one of ours or has ended."""
        said, _, signature = session.rpartition(".")
        if not _equal(self._sign("session", said), signature):
            return None
        token, until, _ = said.split(".")
        return token if int(until) > self._clock() else None

    def mark(self, session: str) -> str:
        """Return the mark that a form of this session carries."""
        return self._sign("form", session)

    def fits(self, session: str, mark: str) -> bool:
        """Return whether a form carries the mark of this session."""
        return _equal(self.mark(session), mark)

    def _sign(self, use: str, said: str) -> str:
        return hmac.new(self._key, f"{use}:{said}".encode("utf8", "surrogatepass"), hashlib.sha256).hexdigest()


class Access:
    """How a desk was started. Without tokens it is for this machine: to read, and what `also` names (review, write)."""

    def __init__(self, *, tokens: Path | None = None, also: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
        """Raise StopRun where the file of tokens can't be used; `hosts` are names that a request may be sent to."""
        self.tokens = Tokens(tokens) if tokens else None
        self.sessions = Sessions()
        self._tried = Buckets(TRY_RATE, TRY_BURST)
        self.rate = RATE if tokens else OWN_RATE
        self.hosts = frozenset([*LOOPBACK, *map(host_name, hosts)])
        scopes = frozenset(["read", *also])
        self.local = None if self.tokens else Visitor(name=None, scopes=scopes, session=LOCAL)

    def token(self, request: Request, words: str) -> Token:
        """Return the token of these words. Raises 401 where it is nobody's, 429 after too many that were wrong."""
        client = client_of(request)
        bound(self._tried.empty(client), "too many wrong tokens")
        found = self.tokens.of(words) if self.tokens else None
        if found is None:
            self._tried.wait(client)
            said = {"www-authenticate": 'Bearer error="invalid_token"'}
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "no token of this desk", said)
        return found


def allowed(host: str, *, tokens: Path | None, also: Iterable[str], hosts: Iterable[str]) -> Access:
    """Return the access of a desk that listens at `host`. Raises StopRun where that would open it to strangers."""
    if not tokens and not is_loopback(host):
        raise StopRun(
            f"serve: {host} can be reached by others. Give --tokens FILE (made by `dragoman token add NAME`), "
            "or listen on 127.0.0.1"
        )
    if tokens and (more := list(also)):
        raise StopRun(f"serve: --{more[0]} is for a desk without tokens; with --tokens the scope {more[0]} decides")
    named = [] if host in ANY else [f"[{host}]" if ":" in host and host[:1] != "[" else host]
    return Access(tokens=tokens, also=also, hosts=[*named, *hosts])


def is_loopback(host: str) -> bool:
    """Return whether an address can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def visitor_of(request: Request) -> Visitor:
    """Return who asks, as the guard found."""
    found: Visitor = request.scope["state"]["visitor"]
    return found


def host_name(host: str) -> str:
    """Return a Host header, or a name as it was typed, without its port and in lower case."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def client_of(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else ""


def bound(wait: float, said: str) -> None:
    """Raise 429 where somebody has to wait, for so many seconds."""
    if wait > 0:
        seconds = math.ceil(wait)
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, f"{said}; wait {seconds} s", {"retry-after": str(seconds)})


def _equal(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode("utf8", "surrogatepass"), b.encode("utf8", "surrogatepass"))
