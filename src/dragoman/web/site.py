"""The site: every route with its handler, and how errors leave it. A new page is a module in `PAGES`."""

from collections.abc import Callable
from http import HTTPStatus
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as Address
from starlette.staticfiles import StaticFiles

from dragoman.answer import evidence
from dragoman.answer.ledger import Ledger
from dragoman.answer.reclustered import day_of
from dragoman.errors import DragomanError, NotFound
from dragoman.web import drawing, faces, openapi, posts
from dragoman.web.access import NOBODY, Access, Visitor, visitor_of
from dragoman.web.asked import Asked
from dragoman.web.guard import Guard
from dragoman.web.pages import (
    actors,
    brief,
    documents,
    dyad,
    event,
    events,
    following,
    pictures,
    record,
    review,
    search,
    start,
)
from dragoman.web.problems import problem
from dragoman.web.safety import HEADERS, Headers
from dragoman.web.sheet import Route, Sheet
from dragoman.web.turns import Turns

PAGES = (start, search, brief, dyad, events, event, following, pictures, actors, documents, review, record)
ROUTES: tuple[Route, ...] = tuple(route for page in PAGES for route in page.ROUTES)
DATED = frozenset(r.path for r in ROUTES if "as_of" in r.known)  # pages that know a day: links to them carry it on


def site(ledger: Ledger, access: Access | None = None) -> Starlette:
    """Return the ASGI application over an open ledger. Without `access` it is for this machine, and only reads."""
    access, turns = access or Access(), Turns()
    static = StaticFiles(directory=str(files("dragoman.web") / "static"))
    routes: list[BaseRoute] = [
        Address(r.path, turns.taking(_handler(r, ledger)), name=r.name, methods=["GET"]) for r in ROUTES
    ]
    document = msgspec.json.encode(openapi.document(ROUTES)) + b"\n"

    def described(request: Request) -> Response:
        return faces.with_tag(request, document, "application/json")

    return Starlette(
        routes=[
            *routes,
            *posts.routes(ledger, access, turns),
            Address("/openapi.json", described, methods=["GET"]),
            Mount("/static", static, name="static"),
        ],
        middleware=[Middleware(Headers), Middleware(Guard, access=access)],
        exception_handlers={DragomanError: _refusing(ledger), HTTPException: _http, Exception: _fault},
    )


def _handler(route: Route, ledger: Ledger) -> Callable[[Request], Response]:
    """Return the function that answers a route; it runs in a thread, for a ledger blocks."""

    def handle(request: Request) -> Response:
        form = faces.form_of(request)
        if form is None:
            raise HTTPException(HTTPStatus.BAD_REQUEST, f"format: one of {', '.join(faces.FORMS)}")
        asked = Asked(request.path_params, request.query_params.multi_items(), route.known)
        page = _Page(route, request.url.path, asked, ledger, visitor_of(request), request.scope["state"]["mark"])
        return faces.respond(request, route.build(ledger, asked), form, {"html": page.drawn, "zip": page.bundled})

    return handle


class _Page(NamedTuple):
    """A page that was asked for: where it is, who asks, and what makes its faces for people."""

    route: Route
    here: str
    asked: Asked
    ledger: Ledger
    visitor: Visitor
    mark: str  # what its forms carry

    def drawn(self, sheet: Sheet, **more: Any) -> str:
        """Return the page."""
        view = {
            "title": sheet.title,
            "answer": sheet.answer,
            "asked": self.asked,
            "route": self.route,
            "here": self.here,
            "cursor": sheet.cursor,
            "read": sheet.read,
            "link": drawing.linking(dict(self.asked.query)),
            "dated": DATED,
            "visitor": self.visitor,
            "mark": self.mark,
            "again": drawing.again(self.here, self.asked.query),
            "exhibits": None,
            "span": self.ledger.published_span() if "as_of" in self.route.known else None,  # of the slider
        }
        return drawing.draw(sheet.template, **{**view, **sheet.view(), **more})

    def bundled(self, sheet: Sheet) -> bytes:
        """Return the bundle of evidence: the page with the sentences below it, the answer, sources and hashes."""
        address = drawing.address(self.here, *self.asked.but("format"))
        shown = evidence.exhibits(self.ledger.store, sheet.answer, day_of(self.asked.filters))
        alone = {"link": drawing.within, "again": drawing.nowhere, "visitor": NOBODY, "mark": ""}  # it has no forms
        page = self.drawn(sheet, exhibits=shown, style=drawing.style(), **alone)
        files = {f"answer.{form}": str(faces.plain(sheet, form)) for form in ("csv", "md")}
        return evidence.bundle(self.ledger.store, sheet.answer, shown, address, {**files, "index.html": page})


# ---------------------------------------------------------------- errors
def _refusing(ledger: Ledger) -> Callable[[Request, Exception], Response]:
    """Return what tells the asker what to mend: a bad value (400), or what the ledger does not hold (404)."""

    def refused(request: Request, fault: Exception) -> Response:
        status = HTTPStatus.NOT_FOUND if isinstance(fault, NotFound) else HTTPStatus.BAD_REQUEST
        return problem(request, status, str(fault).replace(ledger.store.name, "the ledger"))  # where it lies is no news

    return refused


def _http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return problem(request, HTTPStatus(fault.status_code), fault.detail, fault.headers)


def _fault(request: Request, fault: Exception) -> Response:
    """A fault of ours: named by its kind only, a page is no place for our insides. The server's log has the rest."""
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, f"a fault in dragoman ({type(fault).__name__})", HEADERS)
