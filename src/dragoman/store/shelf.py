"""What resolution asks of the ledger: documents that wait, candidates by key, judgements, events. No judging here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.records import CopyJudgement, Document, Event, EventMention, Judgement, Telling
from dragoman.store import tables as t
from dragoman.store.dyads import dyad_days
from dragoman.store.events import alone
from dragoman.store.faults import Side

T = TypeVar("T")
STEP = 500  # parameters of one statement: every engine takes as many
Pair = tuple[str, str]


class Shelf:
    """The ledger inside one transaction of the resolver: all of a batch is kept, or nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ------------------------------------------------------------ documents
    def waiting(self, limit: int) -> list[Document]:
        """Return the next documents that are not resolved yet, by publication (unknown last) and id."""
        d = t.documents.c
        asked = select(d.body).where(d.resolved.is_(False)).order_by(d.published.is_(None), d.published, d.id)
        return self._bodies(asked.limit(limit), Document)

    def documents(self, ids: Collection[str]) -> list[Document]:
        """Return these documents, by id."""
        found = [r.body for r in self._rows(select(t.documents.c.body), t.documents.c.id, ids)]
        return sorted((msgspec.json.decode(b, type=Document) for b in found), key=lambda d: d.id)

    def days(self, ids: Collection[str]) -> dict[str, str | None]:
        """Return document → when it was published."""
        asked = select(t.documents.c.id, t.documents.c.published)
        return {r.id: r.published for r in self._rows(asked, t.documents.c.id, ids)}

    def at_addresses(self, urls: Collection[str]) -> dict[str, list[str]]:
        """Return address → the ids of the documents published there."""
        return self._grouped(t.documents.c.url, t.documents.c.id, urls)

    def replacing(self, ids: Collection[str]) -> dict[str, list[str]]:
        """Return document → the documents that say they replace it."""
        return self._grouped(t.documents.c.supersedes, t.documents.c.id, ids)

    def settle(self, ids: Collection[str]) -> None:
        """Mark documents as resolved."""
        self._each(ids, lambda some: update(t.documents).where(t.documents.c.id.in_(some)).values(resolved=True))

    def wait(self, ids: Collection[str]) -> None:
        """Let documents be resolved anew."""
        self._each(ids, lambda some: update(t.documents).where(t.documents.c.id.in_(some)).values(resolved=False))

    # ------------------------------------------------------------ copies
    def put_bands(self, bands: Mapping[str, Sequence[str]]) -> None:
        """Keep the bands of documents that have none here."""
        self._insert(t.bands, ({"band": b, "document_id": d} for d, many in bands.items() for b in dict.fromkeys(many)))

    def band_mates(self, bands: Collection[str]) -> dict[str, list[str]]:
        """Return band → the ids of the documents that have it."""
        return self._grouped(t.bands.c.band, t.bands.c.document_id, bands)

    def put_copies(self, judged: Iterable[CopyJudgement]) -> None:
        """Keep judgements on pairs of documents."""
        self._insert(t.copies, ({"a": j.a, "b": j.b, "verdict": j.verdict, "body": _json(j)} for j in judged))

    def copies_of(self, ids: Collection[str]) -> list[CopyJudgement]:
        """Return the judgements on pairs with at least one of these documents, by pair."""
        found: dict[Pair, CopyJudgement] = {}
        for column in (t.copies.c.a, t.copies.c.b):
            for r in self._rows(select(t.copies), column, ids):
                found[r.a, r.b] = msgspec.json.decode(r.body, type=CopyJudgement)
        return [found[key] for key in sorted(found)]

    def copy_group(self, ids: Collection[str]) -> set[str]:
        """Return these documents with all that judgements on copies tie to them, directly or through others."""
        members, frontier = set(ids), set(ids)
        while frontier:
            frontier = {i for j in self.copies_of(frontier) for i in (j.a, j.b)} - members
            members |= frontier
        return members

    # ------------------------------------------------------------ mentions
    def tellings(self, ids: Collection[str]) -> list[Telling]:
        """Return the mentions with these ids, with what is known of their documents."""
        return self._tellings(t.mentions.c.id, ids)

    def tellings_in(self, documents: Collection[str]) -> list[Telling]:
        """Return the mentions of these documents."""
        return self._tellings(t.mentions.c.document_id, documents)

    def put_blocks(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Keep the block keys of mentions that have none here."""
        self._insert(t.blocks, ({"key": k, "mention_id": m} for m, many in keys.items() for k in many))

    def block_mates(self, keys: Collection[str]) -> dict[str, list[str]]:
        """Return key → the ids of the mentions in that block."""
        return self._grouped(t.blocks.c.key, t.blocks.c.mention_id, keys)

    # ------------------------------------------------------------ judgements
    def put_judgements(self, judged: Iterable[Judgement]) -> None:
        """Keep judgements; one that is there already stays as it is."""
        names = ("kind", "a", "b", "by", "at", "verdict", "score", "note", "withdrawn_at")
        self._insert(t.judgements, ({n: getattr(j, n) for n in names} for j in judged))

    def judgements(self, kind: str, ids: Collection[str]) -> list[Judgement]:
        """Return the standing judgements of a kind on pairs with at least one of these ids, by pair."""
        j = t.judgements.c
        found: dict[tuple[str, ...], Judgement] = {}
        for column in (j.a, j.b):
            asked = select(t.judgements).where(j.kind == kind, j.withdrawn_at.is_(None))
            for r in self._rows(asked, column, ids):
                row = r._asdict()
                found[r.a, r.b, r.by, r.at] = Judgement(reasons=(), **row)
        return [found[key] for key in sorted(found)]

    def withdraw(self, judged: Judgement, at: str) -> None:
        """Withdraw one standing judgement."""
        self._connection.execute(update(t.judgements).where(_is(judged)).values(withdrawn_at=at))

    # ------------------------------------------------------------ events
    def put_events(self, components: Mapping[str, Sequence[Event]], documents: Mapping[str, tuple[str, int]]) -> None:
        """Replace the events of all mentions in `documents`, which gives mention → (document, start)."""
        held = t.event_mentions.c
        old = {r.event_id for r in self._rows(select(t.event_mentions), held.mention_id, documents)}
        left = {r.mention_id for r in self._rows(select(t.event_mentions), held.event_id, old)} - set(documents)
        self._each(sorted(old), lambda some: delete(t.event_mentions).where(t.event_mentions.c.event_id.in_(some)))
        self._each(sorted(old), lambda some: delete(t.events).where(t.events.c.id.in_(some)))
        flat = [(c, e) for c, events in components.items() for e in events]
        self._insert(t.events, (event_row(e, c, *documents[e.id]) for c, e in flat))
        self._insert(t.event_mentions, ({"mention_id": m, "event_id": e.id} for _, e in flat for m in e.mentions))
        self._insert(t.dyad_day, (row for _, e in flat for row in dyad_rows(e)))
        self.put_alone(left)

    def put_alone(self, mentions: Collection[str]) -> None:
        """Make each of these mentions an event of its own, until it is compared again: none is ever without one."""
        asked = select(t.mentions.c.body, t.documents.c.published).join(t.documents)
        decode = msgspec.json.Decoder(EventMention).decode
        told = [(decode(r.body), r.published) for r in self._rows(asked, t.mentions.c.id, mentions)]
        made = [(m, alone(m, published)) for m, published in told]
        self._insert(t.events, (event_row(e, e.id, m.document_id, m.predicate.start) for m, e in made))
        self._insert(t.event_mentions, ({"mention_id": e.id, "event_id": e.id} for _, e in made))
        self._insert(t.dyad_day, (row for _, e in made for row in dyad_rows(e)))

    # ------------------------------------------------------------ statements
    def _tellings(self, column: ColumnElement[str], ids: Collection[str]) -> list[Telling]:
        m, d = t.mentions.c, t.documents.c
        asked = select(m.body, m.said, d.published, d.publisher).join(t.documents, d.id == m.document_id)
        decode = msgspec.json.Decoder(EventMention).decode
        found = [
            Telling(mention=decode(r.body), said=r.said, published=r.published, publisher=r.publisher)
            for r in self._rows(asked, column, ids)
        ]
        return sorted(found, key=lambda x: x.mention.id)

    def _grouped(self, by: ColumnElement[Any], of: ColumnElement[str], values: Collection[str]) -> dict[str, list[str]]:
        """Return each of the values in column `by` → the entries of column `of` beside it."""
        found: dict[str, list[str]] = {}
        for key, value in self._rows(select(by, of), by, values):
            found.setdefault(key, []).append(value)
        return found

    def _rows(self, asked: Any, column: ColumnElement[Any], values: Collection[str]) -> Iterator[Any]:
        """Yield the rows in which a column has one of the values."""
        for some in _slices(sorted(values)):
            yield from self._connection.execute(asked.where(column.in_(some))).all()

    def _bodies(self, asked: Any, kind: type[T]) -> list[T]:
        decode = msgspec.json.Decoder(kind).decode
        return [decode(body) for body in self._connection.execute(asked).scalars()]

    def _each(self, values: Collection[str], statement: Any) -> None:
        for some in _slices(sorted(values)):
            self._connection.execute(statement(some))

    def _insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows, leaving those that are there."""
        into: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[self._connection.dialect.name]
        for some in _slices(rows, 2000):
            self._connection.execute(into(table).on_conflict_do_nothing(), [dict(r) for r in some])


class Shelving(Side):
    """The side of the ledger that resolution uses."""

    @contextmanager
    def resolving(self) -> Iterator[Shelf]:
        """Give the ledger for one batch: kept whole, or not at all."""
        with self._writing() as connection:
            yield Shelf(connection)

    def unsettle(self) -> None:
        """Let every document wait anew, without what rules made of it; what people judged stays."""
        with self._writing() as connection:
            connection.execute(update(t.documents).values(resolved=False))
            connection.execute(delete(t.judgements).where(t.judgements.c.by == "rule"))
            for table in (t.blocks, t.bands, t.copies):
                connection.execute(delete(table))

    def rebuild_dyads(self) -> None:
        """Make the rows of `dyad_day` anew from all events."""
        with self._writing() as connection:
            rebuild_dyads(connection)

    @contextmanager
    def consulting(self) -> Iterator[Shelf]:
        """Give the ledger for asking only."""
        with self._reading() as connection:
            yield Shelf(connection)


def forget(connection: Connection, document_id: str) -> None:
    """Take back what resolution made of a document: its judgements by rule; what hung together with it waits anew."""
    own = select(t.mentions.c.id).where(t.mentions.c.document_id == document_id)
    j = t.judgements.c
    events = select(t.event_mentions.c.event_id).where(t.event_mentions.c.mention_id.in_(own))
    whole = select(t.events.c.component).where(t.events.c.id.in_(events))
    touched = (
        select(t.mentions.c.document_id)
        .join(t.event_mentions, t.event_mentions.c.mention_id == t.mentions.c.id)
        .join(t.events, t.events.c.id == t.event_mentions.c.event_id)
        .where(t.events.c.component.in_(whole))
    )
    connection.execute(update(t.documents).where(t.documents.c.id.in_(touched)).values(resolved=False))
    shelf = Shelf(connection)
    shelf.wait(shelf.copy_group({document_id}))
    held = select(t.event_mentions.c.mention_id).where(
        t.event_mentions.c.event_id.in_(events), t.event_mentions.c.mention_id.not_in(own)
    )
    left = list(connection.execute(held).scalars())
    rule = and_(j.by == "rule", j.kind == "event", or_(j.a.in_(own), j.b.in_(own)))
    connection.execute(delete(t.judgements).where(rule))
    connection.execute(delete(t.events).where(t.events.c.id.in_(events)))
    shelf.put_alone(left)


def rebuild_dyads(connection: Connection) -> None:
    """Make the rows of `dyad_day` anew from all events, in the caller's transaction."""
    decode = msgspec.json.Decoder(Event).decode
    connection.execute(delete(t.dyad_day))
    ids = connection.execute(select(t.events.c.id).order_by(t.events.c.id)).scalars().all()
    for some in _slices(ids):
        bodies = connection.execute(select(t.events.c.body).where(t.events.c.id.in_(some))).scalars()
        if rows := [row for body in bodies for row in dyad_rows(decode(body))]:
            connection.execute(insert(t.dyad_day), rows)


def dyad_rows(e: Event) -> list[dict[str, Any]]:
    """Return the rows of `dyad_day` that an event gives."""
    rows = [msgspec.structs.asdict(d) for d in dyad_days(e)]
    return [{"event_id": row.pop("event")} | row for row in rows]


def event_row(e: Event, component: str, document_id: str, start: int) -> dict[str, Any]:
    """Return the row of an event; document and start are those of its earliest mention."""
    row = {"id": e.id, "published": e.published, "document_id": document_id, "start": start}
    return row | {"component": component, "body": _json(e)}


def _is(judged: Judgement) -> ColumnElement[bool]:
    j = t.judgements.c
    return and_(j.kind == judged.kind, j.a == judged.a, j.b == judged.b, j.by == judged.by, j.at == judged.at)


def _slices(values: Iterable[T], step: int = STEP) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, step)):
        yield some


def _json(record: Any) -> str:
    return msgspec.json.encode(record).decode()
