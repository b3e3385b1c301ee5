"""The writing side of the ledger: a document with all it says goes in whole, or not at all."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, update

from dragoman.edtf import bounds
from dragoman.errors import SkipItem
from dragoman.records import Document, Event, EventMention, Record, Rejected, Run
from dragoman.store import tables as t
from dragoman.store.bulk import indexed_at_the_end
from dragoman.store.events import events_of
from dragoman.store.faults import Side
from dragoman.store.names import count_names, discount_names, names_in
from dragoman.store.postgresql import copy_rows
from dragoman.store.shelf import STEP, dyad_rows, event_row, forget
from dragoman.store.words import word_rows
from dragoman.text import digest, fold

Row = dict[str, Any]
Rows = tuple[Table, list[Row]]
Item = tuple[Document, Sequence[EventMention]]
Components = Sequence[tuple[str, Event]]  # component, one of its events


class Put(enum.StrEnum):
    """What `put` did."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


def code_of(run: Run) -> str:
    """Return the digest of what decides a reading: version and the hashes of models and data, not time or settings."""
    return digest(run.version, *(f"{k}={v}" for k, v in sorted(run.hashes.items())))


def key_of(name: str) -> str:
    """Return the folded name between two spaces: `% putin %` finds whole words only."""
    return f" {fold(name)} "


class Writer(Side):
    """Writes documents, mentions, runs and rejections. Safe beside other writers and readers of the same ledger."""

    def put(self, run: Run, document: Document, mentions: Sequence[EventMention], *, at: str | None = None) -> Put:
        """Keep `document` and `mentions` in one transaction.

        The same document read by the same code changes nothing; read by other code, or with another date or title
        given, its mentions are replaced. `at` is the time of reading (default: now). Raises SkipItem where the
        mentions contradict themselves.
        """
        _check(document, mentions)
        at = at or _now()
        with self._writing() as connection:
            known = _known(connection, document.id)
            if known and _same(known, document, run):
                return Put.UNCHANGED
            _insert_once(connection, t.runs, _run_row(run))
            if known:
                _forget(connection, document.id)
            _insert_all(connection, run, document, mentions, at)
            _withdraw(connection, document.origin, at)
        return Put.REPLACED if known else Put.NEW

    def load(self, run: Run, items: Sequence[Item], events: Components | None = None, *, at: str | None = None) -> int:
        """Keep many new documents in one transaction, without comparing anything; return how many mentions came in.

        Documents that are here already are left as they are, whatever code read them. Without `events` each mention is
        an event of its own and the documents wait for resolution. `events` are those that another ledger's resolution
        made of these very mentions, each with its component: they are kept as they are and the documents do not wait;
        then none of the documents may be here. Raises SkipItem as `put`, and ValueError for such a document.
        """
        for document, mentions in items:
            _check(document, mentions)
        with self._writing() as connection:
            known = _there(connection, [d.id for d, _ in items])
            if known and events is not None:
                raise ValueError(f"{min(known)}: is here already, and events would be made of it twice")
            new = [item for item in items if item[0].id not in known]
            if new:
                _insert_once(connection, t.runs, _run_row(run))
            made = _alone(new) if events is None else events
            own = _own_rows(run, new, at or _now(), resolved=events is not None)
            with indexed_at_the_end(connection, len(new)):
                _insert_many(connection, [*own, *_word_rows(connection, new), *_event_rows(new, made)])
            _count_names(connection, own)
        return sum(len(mentions) for _, mentions in new)

    def knows(self, run: Run, document: Document) -> bool:
        """Return whether `put` would change nothing: asked before the expensive steps."""
        with self._reading() as connection:
            known = _known(connection, document.id)
        return known is not None and _same(known, document, run)

    def reject(self, run: Run | None, item: Rejected) -> None:
        """Keep `item` once per place, stage and reason; a reason that had been withdrawn counts again."""
        row = msgspec.structs.asdict(item) | {"id": digest(item.where, item.stage, item.reason), "withdrawn_at": None}
        row |= {"run": item.run or (run.id if run else ""), "at": item.at or _now()}
        with self._writing() as connection:
            if run:
                _insert_once(connection, t.runs, _run_row(run))
            if not _insert_once(connection, t.rejected, row):
                again = t.rejected.c.id == row["id"], t.rejected.c.withdrawn_at.is_not(None)
                connection.execute(update(t.rejected).where(*again).values(withdrawn_at=None, at=row["at"]))


# ---------------------------------------------------------------- what is there already
def _known(connection: Connection, document_id: str) -> tuple[str, str] | None:
    """Return the stored body of the document and the code that read it."""
    asked = (
        select(t.documents.c.body, t.runs.c.code)
        .join(t.runs, t.runs.c.id == t.documents.c.run_id)
        .where(t.documents.c.id == document_id)
    )
    row = connection.execute(asked).first()
    return (row.body, row.code) if row else None


def _same(known: tuple[str, str], document: Document, run: Run) -> bool:
    """Return whether the stored reading is the one that `run` would give; the path it lay at is no part of it."""
    body, code = known
    stored = msgspec.json.decode(body, type=Document)
    return code == code_of(run) and msgspec.structs.replace(stored, origin=document.origin) == document


def _forget(connection: Connection, document_id: str) -> None:
    """Take out a document with its mentions and events, in the same transaction that writes the new ones."""
    names, this = names_in(connection, document_id), t.documents.c.id == document_id
    day = connection.execute(select(t.documents.c.published_day).where(this)).scalar()
    forget(connection, document_id)
    connection.execute(delete(t.documents).where(this))
    discount_names(connection, names, day)


def _withdraw(connection: Connection, origin: str, at: str) -> None:
    """Mark earlier rejections of this item as withdrawn: it has been read now."""
    if origin:
        standing = t.rejected.c.where == origin, t.rejected.c.withdrawn_at.is_(None)
        connection.execute(update(t.rejected).where(*standing).values(withdrawn_at=at))


# ---------------------------------------------------------------- rows
def _insert_all(
    connection: Connection, run: Run, document: Document, mentions: Sequence[EventMention], at: str
) -> None:
    """Write the rows of one document in an order that satisfies the foreign keys."""
    items = [(document, mentions)]
    own = _own_rows(run, items, at)
    _insert_many(connection, [*own, *_word_rows(connection, items), *_event_rows(items, _alone(items))])
    _count_names(connection, own)


def _alone(items: Iterable[Item]) -> list[tuple[str, Event]]:
    """Return the events of mentions that have not been compared: each one alone, its own component."""
    return [(e.id, e) for document, mentions in items for e in events_of(mentions, {document.id: document})]


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Return those of the documents that the ledger has."""
    slices = (ids[n : n + STEP] for n in range(0, len(ids), STEP))
    asked = select(t.documents.c.id)
    return {str(i) for some in slices for i in connection.execute(asked.where(t.documents.c.id.in_(some))).scalars()}


def _own_rows(run: Run, items: Sequence[Item], at: str, *, resolved: bool = False) -> list[Rows]:
    """Return the rows of documents with all they say, in an order that satisfies the foreign keys."""
    said = [(m, d) for d, mentions in items for m in mentions]
    return [
        (t.documents, [_document_row(d, run, at) | {"resolved": resolved} for d, _ in items]),
        (t.mentions, [_mention_row(m, d) for m, d in said]),
        (t.actors, [row for m, _ in said for row in _actor_rows(m)]),
        (t.voices, [row for m, _ in said for row in _voice_rows(m)]),
    ]


def _word_rows(connection: Connection, items: Iterable[Item]) -> list[Rows]:
    """Return the rows of the index of words, where the engine does not keep it itself."""
    return word_rows(items) if connection.dialect.name == "postgresql" else []


def _event_rows(items: Iterable[Item], events: Components) -> list[Rows]:
    """Return the rows of events of these documents' mentions, and what hangs on them."""
    where = {m.id: (d.id, m.predicate.start) for d, mentions in items for m in mentions}
    return [
        (t.events, [event_row(e, component, *where[e.id]) for component, e in events]),
        (t.event_mentions, [{"mention_id": m, "event_id": e.id} for _, e in events for m in e.mentions]),
        (t.dyad_day, [row for _, e in events for row in dyad_rows(e)]),
    ]


def _count_names(connection: Connection, own: Iterable[Rows]) -> None:
    """Add the names of the rows of documents, by the day of their publication."""
    rows = {table.name: some for table, some in own}
    day = {d["id"]: d["published_day"] for d in rows["documents"]}
    count_names(
        connection, rows["actors"], rows["mentions"], {m["id"]: day[m["document_id"]] for m in rows["mentions"]}
    )


def _insert_many(connection: Connection, many: Iterable[Rows]) -> None:
    """Insert rows as the driver takes them: SQLAlchemy's own way over each row is a third of the time of a load."""
    for table, rows in many:
        names = [c.name for c in table.columns]
        if rows and connection.dialect.name == "postgresql":
            copy_rows(connection, table, names, map(itemgetter(*names), rows))
        elif rows:
            statement = str(insert(table).compile(dialect=connection.dialect, column_keys=names))
            connection.exec_driver_sql(statement, list(map(itemgetter(*names), rows)))


def _insert_once(connection: Connection, table: Table, row: Row) -> bool:
    """Insert unless the id is there; return whether it was inserted."""
    if connection.execute(select(table.c.id).where(table.c.id == row["id"])).first():
        return False
    connection.execute(insert(table), row)
    return True


def _run_row(run: Run) -> Row:
    return {"id": run.id, "version": run.version, "code": code_of(run), "started": run.started, "body": _json(run)}


def _document_row(d: Document, run: Run, at: str) -> Row:
    plain = ("id", "text_hash", "url", "publisher", "title", "language", "published", "origin", "supersedes")
    row: Row = {name: getattr(d, name) for name in plain}
    day = d.published[:10] if d.published else None
    return row | {"published_day": day, "read_at": at, "run_id": run.id, "body": _json(d), "resolved": False}


def _mention_row(m: EventMention, document: Document) -> Row:
    plain = ("id", "document_id", "type", "act", "quad", "status", "historical", "certainty", "confidence")
    row: Row = {name: getattr(m, name) for name in plain}
    first, last = bounds(m.when.edtf if m.when else None)
    return row | {
        "start": m.predicate.start,
        "edtf": m.when.edtf if m.when else None,
        "first_day": first,
        "last_day": last,
        "place": m.where.name if m.where else None,
        "place_key": key_of(m.where.name) if m.where else None,
        "place_country": m.where.country if m.where else None,
        "said": document.text[m.sentence.start : m.sentence.end],
        "body": _json(m),
    }


def _actor_rows(m: EventMention) -> Iterator[Row]:
    for side, parties in (("actor", m.actors), ("recipient", m.recipients)):
        for i, p in enumerate(parties):
            yield {
                "mention_id": m.id,
                "side": side,
                "position": i,
                "name": p.name,
                "key": key_of(p.name),
                "country": p.country,
                "sector": p.sectors[0] if p.sectors else None,
                "role": p.role,
            }


def _voice_rows(m: EventMention) -> Iterator[Row]:
    for i, v in enumerate(m.attribution):
        yield {"mention_id": m.id, "position": i, "source": v.source, "key": key_of(v.source), "kind": v.kind}


def _json(record: Record) -> str:
    return msgspec.json.encode(record).decode()


def _check(document: Document, mentions: Sequence[EventMention]) -> None:
    """Refuse what would break the ledger's promises, naming the document."""
    where = document.origin or document.id
    kept = (document.text, document.title, document.url, document.publisher, document.published, document.origin)
    if any(words and "\x00" in words for words in kept):  # PostgreSQL keeps none
        raise SkipItem(
            "holds a NUL character; save it as UTF-8 text and read it again", where.replace("\x00", ""), "store"
        )
    try:
        document.text.encode("utf8")
    except UnicodeEncodeError as fault:
        reason = f"the text has half a character at {fault.start}; save the file as UTF-8 and read it again"
        raise SkipItem(reason, where, "store") from fault
    seen: set[str] = set()
    for m in mentions:
        if m.document_id != document.id or m.id in seen:
            raise SkipItem(f"entry {m.id} is there twice or belongs to another document; report this", where, "store")
        seen.add(m.id)


def _now() -> str:
    """Return the time in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
