"""POST /read: reports that come by HTTP are read into the ledger. Off unless the desk was started for it."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman import app
from dragoman.answer.ledger import Ledger
from dragoman.errors import SkipItem, StopRun
from dragoman.records import Document, EventMention, Record, Rejected
from dragoman.sources.document import from_text
from dragoman.web.access import visitor_of
from dragoman.web.form import JSON, kind_of
from dragoman.web.layers import LONGEST, ONE
from dragoman.web.turns import Turns

PATH, SCOPE = "/read", "write"
MOST = 20  # reports of one request: a minute or so; more belong into a file for `dragoman read`


class Sent(Record, frozen=True):
    """A report as it is sent: its text, and what is known of it."""

    text: str
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None


class Taken(Record, frozen=True):
    """What came of the reports of one request: counts, what they say, and what could not be read, with the reason."""

    read: int
    unchanged: int
    documents: tuple[str, ...]
    mentions: tuple[EventMention, ...]
    rejected: tuple[Rejected, ...]


def route(ledger: Ledger) -> Route:
    """Return the address."""
    one = Turns(1)  # who waits for the parser holds no thread
    return Route(PATH, one.taking(_taking(ledger)), name="read", methods=["POST"])


def _taking(ledger: Ledger) -> Callable[[Request], Response]:
    def take(request: Request) -> Response:
        if not visitor_of(request).may(SCOPE):
            said = "this needs the scope write; start the desk with --write, or use a token that has it"
            raise HTTPException(HTTPStatus.FORBIDDEN, said)
        sent = _sent(request)
        with ONE:
            done = app.read_given([_document(x, i) for i, x in enumerate(sent)], ledger.store)
        taken = Taken(
            read=done.read,
            unchanged=done.unchanged,
            documents=done.documents,
            mentions=tuple(ledger.mentions_of(done.documents)),
            rejected=done.rejected,
        )
        return Response(msgspec.json.encode(taken) + b"\n", media_type=JSON)

    return take


def _sent(request: Request) -> list[Sent]:
    """Return the reports of a request: a JSON object, or a list of them. Raises StopRun for anything else."""
    if kind_of(request) != JSON:
        raise StopRun(f"content-type {kind_of(request) or 'none'}: send {JSON}")
    try:
        given = msgspec.json.decode(request.scope["state"].get("body", b""), type=Sent | list[Sent])
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise StopRun(f'the body is no report ({fault}); send {{"text": …, "published": …}}') from fault
    sent = given if isinstance(given, list) else [given]
    if len(sent) > MOST:
        raise StopRun(f"{len(sent)} reports; at most {MOST} can be sent at once")
    return sent


def _document(x: Sent, at: int) -> Document | SkipItem:
    """Return a report as a document; the reason, with its place in the request, where it can't be one."""
    where = f"report {at}"
    if len(x.text) > LONGEST:
        return SkipItem(f"longer than {LONGEST:,} characters", where)
    try:
        return from_text(x.text, published=x.published, publisher=x.publisher, title=x.title, url=x.url)
    except SkipItem as skip:
        return SkipItem(skip.reason, where, skip.stage)
