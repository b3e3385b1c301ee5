"""What a page is made of: a route with its parameters; a sheet, one answer with all its faces. Nothing is served."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dragoman.answer.filters import BY_NAME
from dragoman.answer.ledger import Ledger
from dragoman.answer.tables import Table
from dragoman.web.asked import Asked


class Param(NamedTuple):
    """A parameter of an address that is no filter."""

    name: str
    help: str
    choices: tuple[str, ...] = ()
    needed: bool = False
    number: bool = False
    many: bool = False


class Sheet(NamedTuple):
    """An answer and its faces. A face is made only when it is asked for.

    `view` gives what the page alone draws beside `answer`; `table` gives CSV, `markdown` Markdown; where that is None,
    the table does. Of a list `cursor` is where the next page begins (None: nowhere), and `batches` gives all of it, in
    pieces of records with their table, for streaming; None: the answer is all of it. `read` says what part of a large
    ledger was read for it, in every face but a stream; None: all that was asked for.
    """

    title: str
    template: str
    answer: Any
    table: Callable[[], Table]
    markdown: Callable[[], str] | None = None
    view: Callable[[], Mapping[str, Any]] = dict
    cursor: str | None = None
    batches: Callable[[], Iterator[tuple[Sequence[Any], Table]]] | None = None
    read: str | None = None


class Route(NamedTuple):
    """One address and the sheet that it shows. `filters` are names of the filter table; `answer` types the JSON."""

    path: str
    name: str
    summary: str
    build: Callable[[Ledger, Asked], Sheet]
    answer: Any
    filters: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """Return the names that its query may hold."""
        return frozenset([*self.filters, *(p.name for p in self.params), *COMMON])


COMMON = ("format",)  # the face asked for
AS_OF = ("as_of",)
ALL_FILTERS = tuple(BY_NAME)
