"""A sheet as a response: page, JSON, CSV or Markdown at one address. What it says is decided by the sheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answer import tables
from dragoman.answer.tables import Table
from dragoman.errors import StopRun
from dragoman.text import digest
from dragoman.web import arrow
from dragoman.web.sheet import Sheet
from dragoman.web.turns import Pieces

FORMS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "arrow": "application/vnd.apache.arrow.stream",
    "zip": "application/zip",
}
STREAMED = ("ndjson", "arrow")  # all of a list, in pieces
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


def respond(request: Request, sheet: Sheet, form: str, more: Mapping[str, Callable[[Sheet], str | bytes]]) -> Response:
    """Return one face of a sheet with an ETag: 304 where the asker has it already. `more` makes the faces html and zip.

    The streamed faces give all of a list and have no tag. What part of a large ledger was read is said in a header.
    """
    if form in STREAMED:
        return _streamed(sheet, form)
    body = more[form](sheet) if form in more else plain(sheet, form)
    response = with_tag(request, body.encode() if isinstance(body, str) else body, FORMS[form])
    if sheet.cursor is not None:
        following = request.url.include_query_params(cursor=sheet.cursor)
        response.headers["link"] = f'<{following.path}?{following.query}>; rel="next"'
    if sheet.read is not None:
        response.headers["dragoman-read"] = sheet.read
    if form == "zip":
        response.headers["content-disposition"] = 'attachment; filename="evidence.zip"'
    return response


def plain(sheet: Sheet, form: str) -> str | bytes:
    """Return a sheet as JSON, CSV or Markdown."""
    if form == "json":
        return msgspec.json.encode(sheet.answer) + b"\n"
    if form == "csv":
        return tables.to_csv(sheet.table())
    return sheet.markdown() if sheet.markdown else tables.to_markdown(sheet.table())


def _streamed(sheet: Sheet, form: str) -> Response:
    """Return all of a list: a record a line, or batches of the table as an Arrow stream."""
    if sheet.batches is None and not isinstance(sheet.answer, list):
        raise StopRun(f"format={form}: only a list can be streamed; this is one answer")
    batches = sheet.batches() if sheet.batches else iter([(sheet.answer, sheet.table())])
    made = lines(batches) if form == "ndjson" else arrow.stream(table for _, table in batches)
    return Pieces(made, FORMS[form])


def lines(batches: Iterator[tuple[Sequence[Any], Table]]) -> Iterator[bytes]:
    """Yield records as lines of JSON."""
    for records, _ in batches:
        yield b"".join(msgspec.json.encode(r) + b"\n" for r in records)


def with_tag(request: Request, body: bytes, kind: str) -> Response:
    """Return a response whose ETag is the digest of its bytes."""
    tag = f'"{digest(kind, body, length=32)}"'
    headers = {"etag": tag, "vary": "accept, cookie", "cache-control": "private, no-cache"}
    held = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=kind, headers=headers)
