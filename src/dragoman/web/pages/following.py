"""What is followed over time as pages: dossiers, one dossier, flows, contacts."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from markupsafe import Markup

from dragoman.answer import dossiers_picture, following, sankey_picture
from dragoman.answer import following_tables as flat
from dragoman.answer.filters import english
from dragoman.answer.following import OpenDossier
from dragoman.answer.ledger import Ledger
from dragoman.answer.sankey import Band, Panel, of_sums
from dragoman.answer.tables import Table
from dragoman.records import Contact, Dossier, Flow
from dragoman.resolve import flows as moving
from dragoman.resolve.flows import FlowSum, amount_words
from dragoman.web import drawing, extent, paging
from dragoman.web.asked import Asked
from dragoman.web.sheet import AS_OF, Param, Route, Sheet

T = TypeVar("T")
FILTERS = ("as_of", "since", "until", "status", "certainty", "place", "outlet", "source", "min_confidence", "text")
ENDS = (
    Param("a", "A party: a code (RUS), a state (Russia) or a name; without it, all."),
    Param("b", "The other party."),
)


def _title(kind: str, asked: Asked) -> str:
    """Return "Flows: Russia, Syria"."""
    named = ", ".join(x for x in (asked.one("a"), asked.one("b")) if x)
    return f"{kind}: {named}" if named else kind


def _view(asked: Asked, **more: Any) -> dict[str, Any]:
    return {"english": english(asked.filters), "words": flat, **more}


def _all(every: list[T], table: Callable[[list[T]], Table]) -> Iterator[tuple[list[T], Table]]:
    """Yield a whole list with its table, for streaming: read only when it is asked for."""
    yield every, table(every)


def dossiers(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the matters of two parties, of one, or all; the latest told first."""
    ends, theme = (asked.one("a"), asked.one("b")), asked.one("theme")
    part = extent.part(ledger, asked, *ends)
    every = following.dossiers(ledger.store, *ends, theme, asked.filters, only=part.only)[::-1]
    found, cursor = paging.page_of(every, asked, lambda d: d.id)
    return Sheet(
        title=_title("Dossiers", asked),
        template="dossiers.html",
        answer=found,
        table=lambda: flat.dossiers_table(found),
        view=lambda: _view(asked),
        cursor=cursor,
        batches=lambda: _all(ledger.dossiers(*ends, theme, **asked.filters)[::-1], flat.dossiers_table),
        read=part.said,
    )


def dossier(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of one matter: stages on a line, amounts, and the sentences that it rests on."""
    opened = ledger.dossier(asked.path["id"], **asked.filters)
    link = drawing.linking(dict(asked.query))

    def view() -> dict[str, Any]:
        drawn = dossiers_picture.picture(opened.dossier, lambda event: link(f"/event/{event}"))
        return _view(asked, picture=Markup(drawn))  # noqa: S704 - drawn by us, escaped

    return Sheet(
        title=opened.dossier.title,
        template="dossier.html",
        answer=opened,
        table=lambda: flat.stages_table(opened),
        markdown=lambda: flat.opened_markdown(opened),
        view=view,
    )


def flows(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of what was moved, the latest first; the page sums it by month, too."""
    ends = asked.one("a"), asked.one("b")
    part = extent.part(ledger, asked, *ends)
    told = following.flows(ledger.store, *ends, asked.filters, only=part.only)
    every = told[::-1]
    found, cursor = paging.page_of(every, asked, lambda f: f.event)

    def view() -> dict[str, Any]:
        sums = moving.sums(told)
        drawn = sankey_picture.picture(of_sums(*ends, asked.filters, sums), href=href)
        return _view(asked, sums=sums, amount=amount_words, picture=Markup(drawn))  # noqa: S704 - drawn by us

    def href(band: Band, _: Panel) -> str | None:
        link = drawing.linking(dict(asked.query))
        if len(band.events) == 1:
            return link(f"/event/{band.events[0]}")
        return link("/flows", a=band.origin, b=band.target)

    return Sheet(
        title=_title("Flows", asked),
        template="flows.html",
        answer=found,
        table=lambda: flat.flows_table(found),
        view=view,
        cursor=cursor,
        batches=lambda: _all(ledger.flows(*ends, **asked.filters)[::-1], flat.flows_table),
        read=part.said,
    )


def sums(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of what flows come to by month: few, so in one page."""
    ends = asked.one("a"), asked.one("b")
    part = extent.part(ledger, asked, *ends)
    found = moving.sums(following.flows(ledger.store, *ends, asked.filters, only=part.only))
    return Sheet(
        title=_title("Flows by month", asked),
        template="sums.html",
        answer=found,
        table=lambda: flat.sums_table(found),
        view=lambda: _view(asked, amount=amount_words),
        batches=lambda: _all(ledger.flow_sums(*ends, **asked.filters), flat.sums_table),
        read=part.said,
    )


def contacts(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of who met, visited or phoned whom; the latest first."""
    ends = asked.one("a"), asked.one("b")
    part = extent.part(ledger, asked, *ends)
    every = following.contacts(ledger.store, *ends, asked.filters, only=part.only)[::-1]
    found, cursor = paging.page_of(every, asked, lambda c: c.event)
    return Sheet(
        title=_title("Contacts", asked),
        template="contacts.html",
        answer=found,
        table=lambda: flat.contacts_table(found),
        view=lambda: _view(asked),
        cursor=cursor,
        batches=lambda: _all(ledger.contacts(*ends, **asked.filters)[::-1], flat.contacts_table),
        read=part.said,
    )


THEME = Param("theme", "Only matters of these words, whatever their endings.")
ROUTES = (
    Route(
        "/dossiers", "dossiers", "Matters over time, with their stages.", dossiers, list[Dossier], FILTERS,
        (*ENDS, THEME, *paging.PAGED, extent.WHOLE),
    ),
    Route(
        "/dossier/{id}", "dossier", "One matter: stages, amounts, and every sentence that it rests on.", dossier,
        OpenDossier, AS_OF,
    ),
    Route(
        "/flows", "flows", "What was moved from whom to whom, the latest first.", flows, list[Flow], FILTERS,
        (*ENDS, *paging.PAGED, extent.WHOLE),
    ),
    Route(
        "/flows/months", "sums", "What flows come to by month, goods and state.", sums, list[FlowSum], FILTERS,
        (*ENDS, extent.WHOLE),
    ),
    Route(
        "/contacts", "contacts", "Who met, visited or phoned whom, and at what level.", contacts, list[Contact],
        FILTERS, (*ENDS, *paging.PAGED, extent.WHOLE),
    ),
)  # fmt: skip
