"""What a POST brings, as names and values: an HTML form or a JSON object. Its size was bounded by `guard`."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from dragoman.errors import StopRun

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# What a page of another site can send without asking first: such a body must carry the mark of a form of ours.
SIMPLE = frozenset({FORM, "multipart/form-data", "text/plain", ""})
FIELDS = 500  # fields of one form: a split may name many mentions
LONGEST = 2000  # characters of one value: a reason, no essay


class Form:
    """The fields of one POST."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        """Raise StopRun for a field that is too long."""
        for name, value in fields:
            if len(value) > LONGEST:
                raise StopRun(f"{name[:40]}: longer than {LONGEST} characters")
        self._fields = tuple((name, value.strip()) for name, value in fields)

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that are not empty."""
        return tuple(v for n, v in self._fields if n == name and v)

    def one(self, name: str, default: str = "") -> str:
        """Return the value of a field, the first where several are given."""
        return next(iter(self.many(name)), default)

    def needed(self, name: str) -> str:
        """Return the value of a field that can't be left out."""
        value = self.one(name)
        if not value:
            raise StopRun(f"{name}: is missing")
        return value


def form_of(request: Request) -> Form:
    """Return the form of a request. Raises StopRun for a body of another kind or one that is damaged."""
    body: bytes = request.scope["state"].get("body", b"")
    kind = kind_of(request)
    if kind == FORM:
        return Form(fields_of(body))
    if kind == JSON:
        return Form(_of_json(body))
    raise StopRun(f"content-type {kind or 'none'}: send {FORM} or {JSON}")


def kind_of(request: Request) -> str:
    """Return the type of a body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def fields_of(body: bytes) -> list[tuple[str, str]]:
    """Return the fields of an HTML form's body."""
    try:
        return parse_qsl(body.decode("utf8"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as fault:
        raise StopRun(f"the form can't be read ({fault})") from fault


def _of_json(body: bytes) -> list[tuple[str, str]]:
    try:
        given = msgspec.json.decode(body, type=dict[str, str | list[str]])
    except msgspec.MsgspecError as fault:
        raise StopRun(f"the body is no JSON object of texts ({fault})") from fault
    return [(name, v) for name, value in given.items() for v in ([value] if isinstance(value, str) else value)]


def own_path(asked: str, default: str) -> str:
    """Return an address of this site as it was asked for; `default` for any other, where it would lead away."""
    plain = asked.startswith("/") and asked[1:2] not in ("/", "\\") and asked.isprintable() and "\\" not in asked
    return asked if plain else default
