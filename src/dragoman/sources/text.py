"""Plain text, one article a file or stream. What is cut from it is decided in clean."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from dragoman.records import Document
from dragoman.sources.decode import MAX_BYTES, decode, read_all
from dragoman.sources.document import build
from dragoman.sources.given import Given, Item

EXTENSIONS = (".txt", ".text", ".md", ".markdown", "")


def accepts(name: str, _head: bytes) -> bool:
    """Take files that are named as text, and a stream of which nothing else is known."""
    return PurePath(name).suffix.lower() in EXTENSIONS


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item]:
    """Yield the one item of a text."""
    yield Item(read_all(stream, origin, max_bytes), origin, given, document)


def document(raw: bytes, origin: str, given: Given) -> Document:
    """Return the document of a text; SkipItem where it is none."""
    return build(raw, decode(raw, origin, given.charset), given, origin)
