"""Plain text, one article a file or stream. What is cut from it is decided in clean."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from dragoman.errors import SkipItem
from dragoman.sources.decode import MAX_BYTES, decode, read_all
from dragoman.sources.document import build
from dragoman.sources.given import Found, Given

EXTENSIONS = (".txt", ".text", ".md", ".markdown", "")


def accepts(name: str, _head: bytes) -> bool:
    """Take files that are named as text, and a stream of which nothing else is known."""
    return PurePath(name).suffix.lower() in EXTENSIONS


def read(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Found]:
    """Yield the one document of a text, or why there is none."""
    try:
        raw = read_all(stream, origin, max_bytes)
        yield build(raw, decode(raw, origin), given, origin)
    except SkipItem as e:
        yield e
