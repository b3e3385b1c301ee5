"""How a POST is answered: decisions, signing in and out. Whether it may come this far is judged in `guard`."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dragoman.answer.ledger import Ledger
from dragoman.errors import StopRun
from dragoman.web import drawing, faces, reading
from dragoman.web.access import SESSION, Access, visitor_of
from dragoman.web.deciding import ACTIONS, Action
from dragoman.web.form import Form, form_of, own_path
from dragoman.web.guard import ENTER, cookie_name
from dragoman.web.turns import Turns

MARKED = "text/html; charset=utf-8"


def routes(ledger: Ledger, access: Access, turns: Turns) -> list[BaseRoute]:
    """Return the addresses that take a POST."""
    decided: list[BaseRoute] = [
        Route(a.path, turns.taking(_deciding(a, ledger)), name=a.name, methods=["POST"]) for a in ACTIONS
    ]
    decided.append(reading.route(ledger))
    if access.tokens is None:
        return decided
    return [
        *decided,
        Route(ENTER, _entry, name="enter", methods=["GET"]),
        Route(ENTER, _entering(access), name="entering", methods=["POST"]),
        Route("/leave", _leave, name="leave", methods=["POST"]),
    ]


def _deciding(action: Action, ledger: Ledger) -> Callable[[Request], Response]:
    """Return the function that answers an action: back to a page for a browser, the decisions for a program."""

    def decide(request: Request) -> Response:
        visitor = visitor_of(request)
        if not visitor.may(action.scope):
            said = f"this needs the scope {action.scope}; start the desk with --review, or use a token that has it"
            raise HTTPException(HTTPStatus.FORBIDDEN, said)
        form = form_of(request)
        made = action.do(ledger, request.path_params, form, visitor.name or _named(action, form))
        if faces.form_of(request) != "html":
            return Response(msgspec.json.encode(made) + b"\n", media_type="application/json")
        back = own_path(form.one("back"), "") or action.back(ledger, request.path_params)
        return RedirectResponse(back, HTTPStatus.SEE_OTHER)

    return decide


def _named(action: Action, form: Form) -> str:
    """Return who decides where nobody signs in."""
    name = form.one("by")
    if not name and action.signed:
        raise StopRun("by: is missing; a decision needs the name of a person")
    return name


# ---------------------------------------------------------------- signing in
def _entry(request: Request) -> Response:
    """Show the form to sign in by."""
    to = own_path(request.query_params.get("to", ""), "/")
    view = {"title": "Sign in", "to": to, "link": drawing.linking({}), "here": ENTER}
    return Response(drawing.draw("enter.html", **view), media_type=MARKED, headers={"cache-control": "no-store"})


def _entering(access: Access) -> Callable[[Request], Response]:
    def enter(request: Request) -> Response:
        """Give a session for a token. The guard has seen that the form came from a page of ours."""
        form = form_of(request)
        found = access.token(request, form.one("token"))
        answer = RedirectResponse(own_path(form.one("to"), "/"), HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            cookie_name(request),
            access.sessions.give(found.id),
            max_age=SESSION,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    return enter


def _leave(request: Request) -> Response:
    """End a session in this browser."""
    answer = RedirectResponse(ENTER, HTTPStatus.SEE_OTHER)
    secure = request.url.scheme == "https"
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="strict", secure=secure)
    return answer
