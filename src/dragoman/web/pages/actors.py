"""The parties of the ledger as pages: all of them, and one with its names, offices and events."""

from collections.abc import Iterator

from dragoman.answer import identities, markdown, tables
from dragoman.answer.identities import OpenedActor, actor_lines
from dragoman.answer.ledger import Ledger
from dragoman.resolve.actors import Actor
from dragoman.web import extent, paging
from dragoman.web.asked import Asked
from dragoman.web.sheet import ALL_FILTERS, AS_OF, Param, Route, Sheet


def actors(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the actors, the most frequent first."""
    read = extent.part(ledger, asked)
    every = identities.actors(ledger.store, asked.filters, read.only)
    found, cursor = paging.page_of(every, asked, lambda a: a.id)
    return Sheet(
        title="Actors",
        template="actors.html",
        answer=found,
        table=lambda: tables.actors_table(found),
        cursor=cursor,
        batches=lambda: _all(ledger.actors(**asked.filters)),
        read=read.said,
    )


def _all(every: list[Actor]) -> Iterator[tuple[list[Actor], tables.Table]]:
    """Yield all actors with their table, for streaming: read only when it is asked for."""
    yield every, tables.actors_table(every)


def actor(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of one actor, by any of its names or the first characters of its id."""
    opened = ledger.actor(asked.needed("name"), **asked.filters)
    return Sheet(
        title=opened.actor.name,
        template="actor.html",
        answer=opened,
        table=lambda: tables.events_table(opened.events),
        markdown=lambda: markdown.actor(opened),
        view=lambda: {"lines": actor_lines(opened)},
    )


ROUTES = (
    Route(
        "/actors", "actors", "The parties, each over all its names, the most frequent first.", actors, list[Actor],
        ALL_FILTERS, (*paging.PAGED, extent.WHOLE),
    ),
    Route(
        "/actor", "actor", "One actor: names, offices, latest events.", actor, OpenedActor, AS_OF,
        (Param("name", "Any of its names, or the first characters of its id.", needed=True),),
    ),
)  # fmt: skip
