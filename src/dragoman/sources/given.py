"""What the caller says of an item, and the shape that every input format shares. No reading lives here."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from dragoman.errors import SkipItem
from dragoman.records import Document, Record


class Given(Record, frozen=True):
    """What the caller knows of an item; it outranks what the item says of itself."""

    published: str | None = None  # as checked by dates.parse_published
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


Found = Document | SkipItem
"""What a source yields: a document, or why there is none, yielded and not raised so that the next item is read."""


class Source(Protocol):
    """An input format: a module with these two functions. `app` lists them in the order in which they are asked."""

    def accepts(self, name: str, head: bytes, /) -> bool:
        """Say whether an item with this file name and these first bytes is of this format."""

    def read(self, stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = ...) -> Iterator[Found]:
        """Yield the documents of a stream; `origin` names it in messages."""
