"""JSON Lines: one article a line, as an object. A bad line is rejected by its number and the others are read."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

import msgspec

from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.sources import dates
from dragoman.sources.decode import MAX_BYTES, too_big
from dragoman.sources.document import build
from dragoman.sources.given import Found, Given

EXTENSIONS = (".jsonl", ".ndjson", ".jsonlines", ".json")
# The names under which exports keep a field; the first that is there and filled counts.
_TEXT = ("text", "body", "content", "article", "maintext", "article_body")
_TITLE = ("title", "headline")
_URL = ("url", "link", "canonical_url")
_PUBLISHER = ("publisher", "source", "outlet", "site_name", "sitename")
_PUBLISHED = ("published", "date", "date_publish", "datePublished", "published_at", "pubDate", "publication_date")
_LANGUAGE = ("language", "lang")


def accepts(name: str, head: bytes) -> bool:
    """Take files named as JSON Lines, and streams whose first line opens an object."""
    return PurePath(name).suffix.lower() in EXTENSIONS or (
        not PurePath(name).suffix and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')
    )


def read(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Found]:
    """Yield a document a line, or why that line holds none; `max_bytes` bounds a line, not the stream."""
    filled = False
    for number, raw in enumerate(iter(lambda: stream.readline(max_bytes + 1), b""), 1):
        where = f"{origin}:{number}"
        line = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if len(raw) > max_bytes:
            _skip_rest(stream)
            yield too_big(where, max_bytes)
        elif line:
            yield _found(line, where, given)
        filled = filled or bool(line)
        if line in (b"{", b"["):
            return  # one object over many lines: each of them would be rejected for the same reason
    if not filled:
        yield SkipItem("it is empty: there is nothing to read", origin)


def _found(line: bytes, where: str, given: Given) -> Found:
    try:
        return _document(line, where, given)
    except SkipItem as e:
        return e


def _skip_rest(stream: BinaryIO) -> None:
    """Read on to the end of a line, a piece at a time."""
    while (piece := stream.readline(1 << 16)) and not piece.endswith(b"\n"):
        pass


def _document(line: bytes, where: str, given: Given) -> Document:
    if line in (b"{", b"["):
        raise SkipItem("a JSON object opens here and ends on another line: write one object a line (JSON Lines)", where)
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise SkipItem(f"the line is no JSON ({str(e).lower()}): write one object a line", where) from e
    if not isinstance(row, dict):
        raise SkipItem(f"the line holds a {_kind(row)}, not an object with the key 'text'", where)
    text = _field(row, _TEXT, where)
    if text is None:
        raise SkipItem(
            f"the object has no text: put it under 'text' (its keys: {', '.join(sorted(row)[:8]) or 'none'})",
            where,
        )
    told = Given(
        published=given.published or _published(row, where),
        publisher=given.publisher or _field(row, _PUBLISHER, where),
        title=given.title or _field(row, _TITLE, where),
        url=given.url or _field(row, _URL, where),
        language=given.language or _field(row, _LANGUAGE, where),
    )
    return build(line, text, told, where)


def _published(row: dict[str, Any], where: str) -> str | None:
    value = _field(row, _PUBLISHED, where)
    return dates.parse_published(value, where) if value else None


def _field(row: dict[str, Any], names: tuple[str, ...], where: str) -> str | None:
    """Return the first filled field of `names`; an object there gives its name (schema.org writes publishers so)."""
    for name in names:
        value = row.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
        if value not in (None, "", [], {}) and not isinstance(value, str):
            raise SkipItem(f"{name!r} holds a {_kind(value)}, not a string", where)
    return None


def _kind(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")
