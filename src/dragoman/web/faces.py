"""A sheet as a response: page, JSON, CSV or Markdown at one address. What it says is decided by the sheet."""

from collections.abc import Callable
from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answer import tables
from dragoman.text import digest
from dragoman.web.sheet import Sheet

FORMS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_ACCEPTED = {kind.partition(";")[0]: form for form, kind in FORMS.items()}


def form_of(request: Request) -> str | None:
    """Return the face asked for: `?format=`, else the first known kind of `Accept`, else JSON; None: unknown."""
    named = request.query_params.get("format")
    if named is not None:
        return named if named in FORMS else None
    for kind in request.headers.get("accept", "").split(","):
        name = kind.partition(";")[0].strip().lower()
        if name in _ACCEPTED:
            return _ACCEPTED[name]
        if name == "application/xhtml+xml":
            return "html"
    return "json"


def respond(request: Request, sheet: Sheet, form: str, draw: Callable[[Sheet], str]) -> Response:
    """Return one face of a sheet with an ETag: 304 where the asker has it already. `draw` makes the page."""
    made: dict[str, Callable[[], str | bytes]] = {
        "html": lambda: draw(sheet),
        "json": lambda: msgspec.json.encode(sheet.answer) + b"\n",
        "csv": lambda: tables.to_csv(sheet.table()),
        "md": sheet.markdown or (lambda: tables.to_markdown(sheet.table())),
    }
    body = made[form]()
    return with_tag(request, body.encode() if isinstance(body, str) else body, FORMS[form])


def with_tag(request: Request, body: bytes, kind: str) -> Response:
    """Return a response whose ETag is the digest of its bytes."""
    tag = f'"{digest(kind, body.decode("utf8", "replace"))[:32]}"'
    headers = {"etag": tag, "vary": "accept, cookie", "cache-control": "private, no-cache"}
    held = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=kind, headers=headers)
