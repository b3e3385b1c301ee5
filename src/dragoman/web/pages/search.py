"""Search over actors, places, dossiers, events and reports as a page; what was found is marked in its words."""

from collections.abc import Sequence

from markupsafe import Markup

from dragoman.answer import search_tables as flat
from dragoman.answer.ledger import Ledger
from dragoman.answer.search import Found
from dragoman.store.query import Range
from dragoman.web.asked import Asked
from dragoman.web.sheet import AS_OF, Param, Route, Sheet

SHOWN, MOST = 10, 100  # hits of a kind


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of what was found."""
    words, day = asked.needed("q"), asked.one("as_of")
    found = ledger.search(words, asked.number("limit", SHOWN, MOST), as_of=day, cursor=asked.one("cursor"))
    return Sheet(
        title=f"Search: {words}",
        template="search.html",
        answer=found,
        table=lambda: flat.search_table(found),
        view=lambda: {"marked": marked, "any": any((*_kinds(found),))},
        cursor=found.next,
    )


def _kinds(found: Found) -> Sequence[Sequence[object]]:
    return (found.actors, found.places, found.dossiers, found.events, found.documents)


def marked(text: str, marks: Sequence[Range], start: int = 0) -> Markup:
    """Return words of a report with marks around what was found; `start` is where they stand in the report."""
    made, at = Markup(), 0
    for a, b in marks:
        made += Markup("{}<mark>{}</mark>").format(text[at : a - start], text[a - start : b - start])
        at = b - start
    return made + text[at:]


ROUTES = (
    Route(
        "/search", "search", "Actors, places, dossiers, events and reports with these words.", build, Found, AS_OF,
        (
            Param("q", "Words, all of them needed; a phrase in double quotes; the last word may be cut.", needed=True),
            Param("limit", f"So many hits of a kind, up to {MOST}.  [default: {SHOWN}]", number=True),
            Param("cursor", "The next hits: what the Link header of the page before says."),
        ),
    ),
)  # fmt: skip
