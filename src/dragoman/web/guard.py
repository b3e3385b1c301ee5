"""Every request passes here first: where it was sent to, how often, how long, by whom. What a page may is its own."""

import asyncio
import logging
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import DragomanError
from dragoman.web import faces, reading
from dragoman.web.access import NOBODY, Access, Visitor, bound, client_of, host_name
from dragoman.web.form import FORM, SIMPLE, fields_of, kind_of
from dragoman.web.limits import Buckets
from dragoman.web.problems import problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ENTER, STATIC = "/enter", "/static/"  # open to those who have not signed in; a style sheet is no secret
COOKIE = "dragoman"
BODY = 64 * 1024  # bytes of a form: 500 ids and a reason fill half of it
REPORTS = 2 * 1024 * 1024  # bytes of reports that are sent to be read: twenty long ones
SLOWEST = 10.0  # seconds in which a body must be here
log = logging.getLogger(__name__)


class Guard:
    """Refuses what should not reach a page, and notes who asks in `scope["state"]["visitor"]`."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app, self.access = app, access
        self._asked = Buckets(*access.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with what is wrong with it."""
        if scope["type"] == "websocket":  # there is none here, and what passes by is not judged
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            refusal = await self._judge(request)
        except HTTPException as fault:
            refusal = problem(request, HTTPStatus(fault.status_code), fault.detail, fault.headers)
        except DragomanError as fault:  # a form that can't be read
            refusal = problem(request, HTTPStatus.BAD_REQUEST, str(fault))
        if refusal is not None:
            await refusal(scope, receive, send)
        else:
            await self.app(scope, _replayed(scope, receive), send)

    async def _judge(self, request: Request) -> Response | None:
        """Return what refuses a request; None where it may go on. Raises HTTPException too."""
        state = request.scope.setdefault("state", {})
        state["mark"] = ""
        self._sent_here(request)
        bound(self._asked.wait(client_of(request)), "too many requests")
        visitor = self._known(request)
        if visitor is None and not _is_open(request.scope["path"]):
            return _ask_in(request)
        state["visitor"] = visitor or NOBODY
        if visitor and visitor.session:
            state["mark"] = self.access.sessions.mark(visitor.session)
        if request.method not in SAFE:
            reads = request.scope["path"] == reading.PATH and (visitor or NOBODY).may(reading.SCOPE)
            state["body"] = await _body(request, REPORTS if reads else BODY)
            self._meant(request, visitor)
        return None

    # ------------------------------------------------------------ where to
    def _sent_here(self, request: Request) -> None:
        """Refuse a request that names another host: a page elsewhere may have bent its own name to this address."""
        host = request.headers.get("host", "")
        if host_name(host) not in self.access.hosts:
            said = f"Host {host[:100]}: this desk is not known by that name; start it with --allow-host NAME"
            raise HTTPException(HTTPStatus.FORBIDDEN, said)

    # ------------------------------------------------------------ who
    def _known(self, request: Request) -> Visitor | None:
        """Return who asks; 503 for everybody where the file of tokens can't be used any more."""
        try:
            return self._visitor(request)
        except DragomanError as fault:
            log.warning("nobody is let in: %s", fault)  # where the file lies is not for strangers
            said = "the file of tokens can't be used; the log says why"
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, said) from fault

    def _visitor(self, request: Request) -> Visitor | None:
        """Return who asks; None where a token is needed and none was given. Raises HTTPException for a wrong one."""
        if self.access.tokens is None:
            return self.access.local
        kind, _, words = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            found = self.access.token(request, words.strip())
            return Visitor(name=found.name, scopes=frozenset(found.scopes))
        return self._by_cookie(request)

    def _by_cookie(self, request: Request) -> Visitor | None:
        session = request.cookies.get(cookie_name(request), "")
        token = self.access.sessions.token_of(session)
        found = self.access.tokens.by_id(token) if token and self.access.tokens else None
        return Visitor(name=found.name, scopes=frozenset(found.scopes), session=session) if found else None

    # ------------------------------------------------------------ whether they meant it
    def _meant(self, request: Request, visitor: Visitor | None) -> None:
        """Refuse a change that another site had a browser ask for.

        A token in the header is proof enough. Otherwise the request must come from a page of ours, and a body that
        other sites could send unasked must carry the mark of our form.
        """
        if visitor is not None and visitor.session is None:
            return
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
        entering = request.scope["path"] == ENTER  # that form has no mark, so the browser must say whence it comes
        foreign = origin.partition("://")[2] != request.headers["host"] if origin is not None else entering
        if foreign or site not in ("same-origin", "none"):
            raise HTTPException(HTTPStatus.FORBIDDEN, "this was asked for by a page of another site")
        if entering or visitor is None or visitor.session is None or kind_of(request) not in SIMPLE:
            return
        body = request.scope["state"]["body"]
        marks = [v for n, v in fields_of(body) if n == "mark"] if kind_of(request) == FORM else []
        given = marks[0] if marks else request.headers.get("x-mark", "")
        if not self.access.sessions.fits(visitor.session, given):
            raise HTTPException(HTTPStatus.FORBIDDEN, "the form is no longer good; load its page again")


def cookie_name(request: Request) -> str:
    """Return the name of the cookie of a session; over https it is one that only this host can set."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


# ---------------------------------------------------------------- small judgements
def _is_open(path: str) -> bool:
    return path == ENTER or path.startswith(STATIC)


def _ask_in(request: Request) -> Response:
    """Send a browser to where it can sign in; tell a program what it lacks."""
    if faces.form_of(request) == "html" and request.method in SAFE:
        here = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{ENTER}?{urlencode({'to': here})}", HTTPStatus.SEE_OTHER)
    said = "a token is needed: send `Authorization: Bearer TOKEN`"
    return problem(request, HTTPStatus.UNAUTHORIZED, said, {"www-authenticate": "Bearer"})


async def _body(request: Request, most: int) -> bytes:
    """Return the body. Raises 413 for one of more bytes than `most`, 408 for one that is too slow."""
    said = request.headers.get("content-length", "0")
    long = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {most:,} bytes here", {"connection": "close"})
    if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) > most:
        raise long
    parts, size = [], 0
    try:
        async with asyncio.timeout(SLOWEST):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise long
                parts.append(part)
    except TimeoutError as fault:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "the body came too slowly", {"connection": "close"}) from fault
    return b"".join(parts)


def _replayed(scope: Scope, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read already, once."""
    body: bytes | None = scope["state"].get("body")
    if body is None:
        return receive
    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def again() -> Message:
        message = next(given, None)
        return message if message is not None else await receive()

    return again
