"""What the caller says of an item, and the shape that every input format shares. No reading lives here."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

import msgspec

from dragoman.errors import SkipItem
from dragoman.records import Document, Record
from dragoman.text import digest

FIELDS = ("text", "title", "published", "url", "publisher", "language")
"""What a row can say of an article, and what `columns` may name."""


class Given(Record, frozen=True):
    """What the caller knows of an item; it outranks what the item says of itself, but for the last three."""

    published: str | None = None  # as checked by dates.parse_published
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    at: str | None = None  # where a page was fetched: the address that it gives itself outranks it
    charset: str | None = None  # what the server said; what the bytes and the page say outranks it
    columns: tuple[tuple[str, str], ...] = ()  # of a table: field, the column that holds it


class Item(Record, frozen=True):
    """One item as it was found, not yet looked into: its bytes, and the function that makes a document of them."""

    raw: bytes
    where: str
    given: Given
    make: Callable[[bytes, str, Given], Document]  # a function of a module, so that another process can be handed it

    def document(self) -> Document:
        """Return the document; SkipItem where the bytes hold none."""
        return self.make(self.raw, self.where, self.given)

    def key(self, code: str) -> str:
        """Return what tells this item and its reading by `code` from all others, wherever it lies."""
        return digest(code, self.make.__module__, self.raw, msgspec.json.encode(self.given), length=32)


Found = Document | SkipItem
"""What comes of an item: a document, or why there is none, yielded and not raised so that the next item is read."""


class Source(Protocol):
    """An input format: a module with these two functions. `app` lists them in the order in which they are asked.

    It may also say `STREAMED` (it holds one item at a time: no limit on the size of the file), `BINARY` (its files are
    no text), and the `EXTENSIONS` that it takes in folders.
    """

    def accepts(self, name: str, head: bytes, /) -> bool:
        """Say whether an item with this file name and these first bytes is of this format."""

    def items(self, stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = ...) -> Iterator[Item | SkipItem]:
        """Yield the items of a stream; `origin` names it in messages. It may raise SkipItem for what is left of it."""


def documents(items: Iterable[Item | SkipItem]) -> Iterator[Found]:
    """Yield what comes of items; a SkipItem that ends them is the last."""
    try:
        for item in items:
            yield _found(item)
    except SkipItem as e:
        yield e


def _found(item: Item | SkipItem) -> Found:
    try:
        return item if isinstance(item, SkipItem) else item.document()
    except SkipItem as e:
        return e
