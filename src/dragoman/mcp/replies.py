"""What a tool gives back: one record for all tools, cut so that it fits a context window. Nothing is asked here."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from dragoman.answer.references import Citation
from dragoman.answer.words import count
from dragoman.errors import StopRun
from dragoman.records import Record
from dragoman.text import digest

T = TypeVar("T")
# Characters of JSON in one answer, about 15,000 tokens: a few such answers fit the smaller context windows of today
# (128,000 tokens) beside the rest, and clients that cut long answers do so at 25,000.
BUDGET = 60_000
LEFT = "ask again with the cursor to go on"


class Answer(Record, Generic[T], frozen=True):
    """An answer with the sentences that it rests on, and what was left out of it.

    `answer` has the records that `--json` gives; `cursor`, where it is not null, asks for what comes after.
    """

    answer: T
    left_out: tuple[str, ...]
    cursor: str | None
    references: tuple[Citation, ...]


class Reply(Record, frozen=True):
    """An answer and its short form in Markdown."""

    answer: Answer[Any]
    text: str


class Page(Record, Generic[T], frozen=True):
    """A piece of a list with the citations of each item; `first` counts from 0."""

    items: tuple[T, ...]
    cited: tuple[tuple[Citation, ...], ...]
    first: int
    total: int
    cursor: str | None

    @property
    def references(self) -> tuple[Citation, ...]:
        """Return the citations of all items, each once."""
        return tuple(dict.fromkeys(c for some in self.cited for c in some))

    def left_out(self, noun: str) -> tuple[str, ...]:
        """Return in words how much of the list does not stand here; nothing where all of it does."""
        left = self.total - len(self.items)
        where = LEFT if self.cursor else "they stood in the answers before"
        return (f"{left} of {count(self.total, noun)}; {where}",) if left else ()


def page(
    found: Sequence[T],
    cite: Callable[[Sequence[T]], Sequence[tuple[Citation, ...]]],
    *,
    limit: int,
    cursor: str | None,
    budget: int = BUDGET,
) -> Page[T]:
    """Return what comes after the cursor: at most `limit` items, fewer where they pass the budget, at least one."""
    first = _start(found, cursor)
    some = found[first : first + limit]
    cited = cite(some)
    fitting = _fitting([size(x) + size(c) for x, c in zip(some, cited, strict=True)], budget)
    last = first + fitting
    return Page(
        items=tuple(some[:fitting]),
        cited=tuple(cited[:fitting]),
        first=first,
        total=len(found),
        cursor=_cursor(found, last) if last < len(found) else None,
    )


def size(record: Any) -> int:
    """Return how many bytes of JSON a record makes."""
    return len(msgspec.json.encode(record))


def _fitting(sizes: Sequence[int], budget: int) -> int:
    total = 0
    for i, one in enumerate(sizes):
        total += one
        if i and total > budget:
            return i
    return len(sizes)


# ---------------------------------------------------------------- cursors
def _cursor(found: Sequence[Any], at: int) -> str:
    """Return the place in a list with a mark of what stands before it: a ledger that grew is noticed."""
    return f"{at}.{digest(msgspec.json.encode(found[at - 1]), length=8)}"


def _start(found: Sequence[Any], cursor: str | None) -> int:
    if cursor is None:
        return 0
    at = cursor.partition(".")[0]
    if not (at.isascii() and at.isdigit() and 0 < int(at) <= len(found) and _cursor(found, int(at)) == cursor):
        raise StopRun(
            f"cursor {cursor}: does not go with this question, or the ledger has changed since; ask without it"
        )
    return int(at)
