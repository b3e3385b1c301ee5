"""The ledger as a user asks it, with keyword filters: the object behind `dragoman.open`. Rows are read by the store."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.answer import asof, following, identities
from dragoman.answer.brief import Brief, brief
from dragoman.answer.choose import mentions_of
from dragoman.answer.conditions import conditions
from dragoman.answer.dyads import Dyad, dyad
from dragoman.answer.dyads_changes import Changed, changed
from dragoman.answer.dyads_moved import Movers, moved
from dragoman.answer.explain import Explanation, explain
from dragoman.answer.following import OpenDossier
from dragoman.answer.identities import OpenedActor
from dragoman.answer.map import Map, world
from dragoman.answer.network import NODES, Network, network
from dragoman.answer.sankey import Sankey, flow_picture
from dragoman.answer.search import Found, search
from dragoman.errors import StopRun
from dragoman.records import Contact, Document, Dossier, Event, EventMention, Flow, Rejected
from dragoman.resolve.actors import Actor
from dragoman.resolve.flows import FlowSum
from dragoman.store import Pulse, Store, StoredDocument, open_store

DOCUMENT_FILTERS = ("as_of", "outlet", "document")


class Ledger:
    """An open ledger. Filters are those of `answer.filters`, by name: `events(actor="RUS", since="2025-01")`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Self:
        """Open the ledger at a path or database URL; see `store.open_store`."""
        return cls(open_store(where, create=create))

    def close(self) -> None:
        """Close the ledger."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def mentions(self, **asked: Any) -> list[EventMention]:
        """Return what single documents say, in the order of publication."""
        return self.store.mentions(*conditions(asked, identities.sides(self.store, asked)))

    def events(self, **asked: Any) -> list[Event]:
        """Return events: mentions that tell the same, taken together; with `as_of`, as they stood on that day."""
        return asof.events(self.store, asked)

    def latest_events(self, limit: int, after: str | None = None, **asked: Any) -> list[Event]:
        """Return at most `limit` events, the latest told first; `after` is the id of the last of the page before."""
        return asof.latest(self.store, asked, limit, after)

    def actors(self, **asked: Any) -> list[Actor]:
        """Return the actors of the mentions asked for, each over all its names, the most frequent first."""
        return identities.actors(self.store, asked)

    def actor(self, name: str, **asked: Any) -> OpenedActor:
        """Return one actor, by any of its names or the first characters of its id: names, offices, latest events."""
        return identities.opened(self.store, name, asked)

    def documents(self, **asked: Any) -> list[StoredDocument]:
        """Return the documents with the time of reading; takes the filters as_of, outlet and document."""
        other = sorted(set(asked) - set(DOCUMENT_FILTERS))
        if other:
            raise StopRun(f"{other[0]}: no filter of documents; there are {', '.join(DOCUMENT_FILTERS)}")
        return self.store.documents(*conditions(asked))

    def published_span(self) -> tuple[str, str] | None:
        """Return the first and the last day of publication; None where no report has one."""
        return self.store.published_span()

    def pulse(self) -> Pulse:
        """Return how much the ledger holds now."""
        return self.store.pulse()

    def rejected(self) -> list[Rejected]:
        """Return the items that could not be read."""
        return self.store.rejected()

    def brief(self, a: str, b: str, *, changed_since: str | None = None, **asked: Any) -> Brief:
        """Return what stands between two parties; takes the same filters (as_of above all).

        `changed_since` is the day after which things are new; by default thirty days before that of the brief.
        """
        return brief(self.store, a, b, asked, changed_since)

    def dyad(self, a: str, b: str, *, weight: str = "none", **asked: Any) -> Dyad:
        """Return the course between two parties; `weight` none, origins or certainty; filters as everywhere."""
        return dyad(self.store, a, b, asked, weight)

    def changed(self, a: str, b: str, since: str, **asked: Any) -> Changed:
        """Return what reports after the day `since` brought between two parties; takes the filter as_of."""
        return changed(self.store, a, b, since, asked)

    def moved(self, *, weight: str = "none", limit: int | None = 20, **asked: Any) -> Movers | None:
        """Return the pairs that moved most between `since` and `until`; None where nothing was done on a known day."""
        return moved(self.store, asked, weight, limit)

    def search(self, words: str, limit: int = 10, *, as_of: str | None = None, cursor: str | None = None) -> Found:
        """Return actors, places, dossiers, events and documents with all these words; see `answer.search`."""
        return search(self.store, words, limit, as_of=as_of, cursor=cursor)

    def explain(self, prefix: str) -> Explanation:
        """Return one entry opened down to its words, by the first characters of its id."""
        return explain(self.store, prefix)

    def dossiers(
        self, a: str | None = None, b: str | None = None, theme: str | None = None, **asked: Any
    ) -> list[Dossier]:
        """Return the matters of A and B, of one of them, or all, with the stages that each went through."""
        return following.dossiers(self.store, a, b, theme, asked)

    def dossier(self, prefix: str, **asked: Any) -> OpenDossier:
        """Return one matter with every sentence that it rests on, by the first characters of an id in it."""
        return following.dossier(self.store, prefix, asked)

    def flows(self, a: str | None = None, b: str | None = None, **asked: Any) -> list[Flow]:
        """Return what was moved between A and B, from or to one of them, or all."""
        return following.flows(self.store, a, b, asked)

    def flow_sums(self, a: str | None = None, b: str | None = None, **asked: Any) -> list[FlowSum]:
        """Return the sums of these flows by from, to, commodity, unit, month and what they are of."""
        return following.flow_sums(self.store, a, b, asked)

    def sankey(self, a: str | None = None, b: str | None = None, **asked: Any) -> Sankey:
        """Return these flows as bands by kind and unit; `sankey_picture.picture` draws them."""
        return flow_picture(self.store, a, b, asked)

    def map(self, *, with_projects: bool = False, **asked: Any) -> Map:
        """Return where events happened, by place, and where projects lie; `map_picture.picture` draws it."""
        return world(self.store, asked, with_projects=with_projects)

    def network(self, *, limit: int = NODES, **asked: Any) -> Network:
        """Return the most active parties and what stands between each two; `network_picture.picture` draws it."""
        return network(self.store, asked, limit)

    def contacts(self, a: str | None = None, b: str | None = None, **asked: Any) -> list[Contact]:
        """Return who met, visited or phoned whom, of A and B, of one of them, or all."""
        return following.contacts(self.store, a, b, asked)

    def mentions_of(self, documents: Sequence[str]) -> list[EventMention]:
        """Return what these documents say, by their full ids."""
        return mentions_of(self.store, documents)

    def documents_of(self, mentions: list[EventMention]) -> Mapping[str, Document]:
        """Return the documents that these mentions stand in, by id."""
        return self.store.documents_by_id({m.document_id for m in mentions})
