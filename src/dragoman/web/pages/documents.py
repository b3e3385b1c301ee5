"""The reports as pages: one text with its layers, the list of all, and the outlets that they come from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.answer import document as opening
from dragoman.answer import tables
from dragoman.answer.document import OpenDocument, Outlet
from dragoman.answer.ledger import DOCUMENT_FILTERS, Ledger
from dragoman.answer.tables import Table
from dragoman.records import Record
from dragoman.store import Listed
from dragoman.web import paging
from dragoman.web.asked import Asked
from dragoman.web.layers import LONGEST, NAMES, LayerSpan, of_events, of_text
from dragoman.web.marking import cut
from dragoman.web.sheet import AS_OF, Param, Route, Sheet

SPANS: tuple[tables.Column, ...] = (
    ("layer", "text", lambda s: s.layer),
    ("start", "integer", lambda s: s.start),
    ("end", "integer", lambda s: s.end),
    ("words", "text", lambda s: s.text),
    ("value", "text", lambda s: s.value),
    ("mention", "text", lambda s: s.mention),
)
LISTED: tuple[tables.Column, ...] = (
    ("id", "text", lambda d: d.id),
    ("published", "text", lambda d: d.published),
    ("publisher", "text", lambda d: d.publisher),
    ("title", "text", lambda d: d.title),
    ("url", "text", lambda d: d.url),
    ("language", "text", lambda d: d.language),
    ("origin", "text", lambda d: d.origin),
    ("mentions", "integer", lambda d: d.mentions),
    ("read_at", "text", lambda d: d.read_at),
    ("run", "text", lambda d: d.run),
)
OUTLETS: tuple[tables.Column, ...] = (
    ("outlet", "text", lambda o: o.outlet),
    ("documents", "integer", lambda o: o.documents),
    ("mentions", "integer", lambda o: o.mentions),
    ("own", "integer", lambda o: o.own),
    ("printed", "integer", lambda o: o.printed),
    ("versions", "integer", lambda o: o.versions),
    ("first", "text", lambda o: o.first),
    ("last", "text", lambda o: o.last),
)


class Layered(Record, frozen=True):
    """A document with the spans of the layers asked for, which this version makes anew."""

    document: OpenDocument
    layers: tuple[LayerSpan, ...]


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of one document. The layer of events is the ledger's; the others are made when one is asked."""
    opened = opening.opened(ledger.store, asked.path["id"], asked.filters)
    text, wanted = opened.document.text, _wanted(asked)
    told = of_events(opened.mentions, text)
    made = of_text(opened.document) if set(wanted) - {"events"} else ()
    spans = sorted([*told, *made], key=lambda s: (s.start, -s.end, NAMES.index(s.layer)))
    answer = Layered(document=opened, layers=tuple(s for s in spans if s.layer in wanted))
    return Sheet(
        title=opened.document.title or "Untitled report",
        template="document.html",
        answer=answer,
        table=lambda: tables.table(SPANS, answer.layers),
        view=lambda: {
            "pieces": cut(text, spans),
            "wanted": wanted,
            "made": bool(made),
            "names": NAMES,
            "long": len(text) > LONGEST,
            "events": {s.mention: s.event for s in opened.mentions},
        },
    )


def _wanted(asked: Asked) -> tuple[str, ...]:
    """Return the layers asked for, in the order of the legend; without any it is the layer of events."""
    given = asked.choices("layers", (*NAMES, "none"))
    return tuple(n for n in NAMES if n in given) if given else ("events",)


def build_list(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the documents, the latest first."""
    filters = asked.filters
    found = opening.latest(ledger.store, filters, paging.limit(asked) + 1, asked.one("cursor"))
    shown, cursor = paging.cut(found, asked, lambda d: d.id)
    return Sheet(
        title="Documents",
        template="documents.html",
        answer=shown,
        table=lambda: tables.table(LISTED, shown),
        cursor=cursor,
        batches=lambda: _all(ledger, filters),
    )


def _all(ledger: Ledger, filters: Mapping[str, Any]) -> Iterator[tuple[Sequence[Listed], Table]]:
    """Yield all documents, the latest first, some at a time."""
    after: str | None = None
    while True:
        found = opening.latest(ledger.store, filters, paging.MOST, after)
        yield found, tables.table(LISTED, found)
        if len(found) < paging.MOST:
            return
        after = found[-1].id


def build_sources(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the outlets."""
    found = opening.outlets(ledger.store, asked.filters)
    return Sheet(
        title="Sources",
        template="sources.html",
        answer=found,
        table=lambda: tables.table(OUTLETS, found),
    )


ROUTES = (
    Route(
        "/document/{id}",
        "document",
        "One report: its text with layers, copies and versions of it.",
        build,
        Layered,
        AS_OF,
        (Param("layers", "What is marked in the text.  [default: events]", (*NAMES, "none"), many=True),),
    ),
    Route(
        "/documents",
        "documents",
        "The reports, the latest first.",
        build_list,
        list[Listed],
        DOCUMENT_FILTERS,
        paging.PAGED,
    ),
    Route("/sources", "sources", "The outlets, and how much of them is their own.", build_sources, list[Outlet], AS_OF),
)
