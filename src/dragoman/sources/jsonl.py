"""JSON Lines: one article a line, as an object. A bad line is rejected by its number and the others are read."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.sources.decode import MAX_BYTES, too_big
from dragoman.sources.document import build
from dragoman.sources.fields import field, kind, told
from dragoman.sources.given import Given, Item

EXTENSIONS = (".jsonl", ".ndjson", ".jsonlines", ".json")
STREAMED = True


def accepts(name: str, head: bytes) -> bool:
    """Take files named as JSON Lines, and streams whose first line opens an object."""
    return PurePath(name).suffix.lower() in EXTENSIONS or (
        not PurePath(name).suffix and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')
    )


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield an item a line, or why that line holds none; `max_bytes` bounds a line, not the stream."""
    filled = False
    for number, raw in enumerate(iter(lambda: stream.readline(max_bytes + 1), b""), 1):
        where = f"{origin}:{number}"
        line = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if len(raw) > max_bytes:
            _skip_rest(stream)
            yield too_big(where, max_bytes)
        elif line:
            yield Item(line, where, given, document)
        filled = filled or bool(line)
        if line in (b"{", b"["):
            return  # one object over many lines: each of them would be rejected for the same reason
    if not filled:
        yield SkipItem("it is empty: there is nothing to read", origin)


def _skip_rest(stream: BinaryIO) -> None:
    """Read on to the end of a line, a piece at a time."""
    while (piece := stream.readline(1 << 16)) and not piece.endswith(b"\n"):
        pass


def document(line: bytes, where: str, given: Given) -> Document:
    """Return the document of a line; SkipItem where it holds none."""
    if line in (b"{", b"["):
        raise SkipItem("a JSON object opens here and ends on another line: write one object a line (JSON Lines)", where)
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise SkipItem(f"the line is no JSON ({str(e).lower()}): write one object a line", where) from e
    if not isinstance(row, dict):
        raise SkipItem(f"the line holds a {kind(row)}, not an object with the key 'text'", where)
    text = field(row, "text", where)
    if text is None:
        raise SkipItem(
            f"the object has no text: put it under 'text' (its keys: {', '.join(sorted(row)[:8]) or 'none'})",
            where,
        )
    return build(line, text, told(row, given, where), where)
