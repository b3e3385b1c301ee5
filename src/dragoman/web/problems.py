"""An error as a response: a page to a browser, problem+json to a program."""

from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.web import drawing, faces


def problem(request: Request, status: HTTPStatus, detail: str, headers: Any = None) -> Response:
    """Return an error as a page to a browser, as problem+json (RFC 9457) to a program."""
    if faces.form_of(request) == "html":
        view = {"title": status.phrase, "detail": detail, "link": drawing.linking({}), "here": request.url.path}
        return Response(drawing.draw("problem.html", **view), status, headers, "text/html; charset=utf-8")
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return Response(msgspec.json.encode(body) + b"\n", status, headers, "application/problem+json")
