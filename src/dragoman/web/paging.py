"""Long lists a page at a time. The entry after which a page begins is named by its id: new entries shift nothing."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dragoman.errors import NotFound
from dragoman.web.asked import Asked
from dragoman.web.sheet import Param

T = TypeVar("T")
SHOWN, MOST = 100, 1000  # entries of one page: what one scrolls through; what a program takes at once
PAGED = (
    Param("limit", f"So many entries, up to {MOST:,}.  [default: {SHOWN}]", number=True),
    Param("cursor", "Begin after this entry: what the Link header of the page before says."),
)


def limit(asked: Asked) -> int:
    """Return how many entries are asked for."""
    return asked.number("limit", SHOWN, MOST)


def page_of(found: Sequence[T], asked: Asked, key: Callable[[T], str]) -> tuple[list[T], str | None]:
    """Return the page asked for of a whole list, and the cursor of the next one, None where it is the last."""
    after, begin = asked.one("cursor"), 0
    if after is not None:
        at = next((i for i, x in enumerate(found) if key(x) == after), None)
        if at is None:
            raise NotFound(f"cursor={after}: no entry of this list has that id any more; begin anew without it")
        begin = at + 1
    return cut(found[begin : begin + limit(asked) + 1], asked, key)


def cut(found: Sequence[T], asked: Asked, key: Callable[[T], str]) -> tuple[list[T], str | None]:
    """Return the entries of a page, of which one too many was asked for, and the cursor of the next page."""
    most = limit(asked)
    shown = list(found[:most])
    return shown, key(shown[-1]) if len(found) > most else None
