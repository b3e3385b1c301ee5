"""The reading side of the ledger: records back out, in one stable order. Conditions are built by `answer`, not here."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select, tuple_

from dragoman.errors import NotFound, StopRun
from dragoman.records import Document, Event, EventMention, Judgement, Record, Rejected, Run
from dragoman.store import tables as t
from dragoman.store.dyads import DyadDay, PairSum
from dragoman.store.faults import Side
from dragoman.store.names import PARTY

R = TypeVar("R", bound=Record)
Condition = ColumnElement[bool]
SHOWN = 5  # ids listed when a prefix fits several: enough to choose from, still one line
MENTION_ORDER = (
    t.documents.c.published.is_(None),
    t.documents.c.published,
    t.mentions.c.document_id,
    t.mentions.c.start,
    t.mentions.c.id,
)


MENTIONS_OF = t.mentions.join(t.documents, t.documents.c.id == t.mentions.c.document_id)
_LISTED = {"entry": "mentions", "document": "documents"}


class StoredDocument(Record, frozen=True):
    """A document with what only the ledger knows of it."""

    document: Document
    read_at: str
    run: str
    mentions: int


class Listed(Record, frozen=True):
    """A document without its text."""

    id: str
    published: str | None
    publisher: str | None
    title: str | None
    url: str | None
    language: str | None
    origin: str
    read_at: str
    run: str
    mentions: int


class CopyPair(NamedTuple):
    """Two documents that share words or are versions of one, and how they were judged."""

    a: str
    b: str
    verdict: str


class _Time(Record, frozen=True):
    edtf: str


class _Dated(Record, frozen=True):
    """As much of an event as says when it was."""

    id: str
    when: _Time | None
    published: str | None


class Pulse(Record, frozen=True):
    """How much a ledger holds: reports, those of them that wait to be resolved, and when the last one was read."""

    documents: int
    waiting: int
    last_read: str | None


class Seen(NamedTuple):
    """A party as one mention names it, with the event of the mention and what is known of its document."""

    name: str
    document: str
    mention: str
    country: str | None
    sector: str | None
    role: str | None
    side: str
    event: str | None
    published: str | None
    publisher: str | None


class View(Side):
    """Reads the ledger. Every list comes in a stable order."""

    def mentions(self, *conditions: Condition) -> list[EventMention]:
        """Return the mentions that satisfy all conditions (over `tables.mentions` joined with `tables.documents`)."""
        asked = select(t.mentions.c.body).select_from(MENTIONS_OF).where(*conditions).order_by(*MENTION_ORDER)
        return self._bodies(asked, EventMention)

    def events(self, *conditions: Condition) -> list[Event]:
        """Return the events with at least one mention that satisfies all conditions."""
        chosen = select(t.mentions.c.id).select_from(MENTIONS_OF).where(*conditions)
        grouped = select(t.event_mentions.c.event_id).where(t.event_mentions.c.mention_id.in_(chosen))
        e = t.events.c
        asked = select(e.body).where(e.id.in_(grouped))
        return self._bodies(asked.order_by(e.published.is_(None), e.published, e.document_id, e.start, e.id), Event)

    def mentions_by_id(self, ids: Collection[str]) -> dict[str, EventMention]:
        """Return the mentions with these ids."""
        ordered, step = sorted(set(ids)), 500
        found: list[EventMention] = []
        for at in range(0, len(ordered), step):
            found += self.mentions(t.mentions.c.id.in_(ordered[at : at + step]))
        return {m.id: m for m in found}

    def latest_events(self, limit: int, after: str | None, *conditions: Condition) -> list[Event]:
        """Return at most `limit` events, the latest told first (undated last), from the one after the event `after` on.

        Raises NotFound where there is no event of that id.
        """
        e = t.events.c
        asked = select(e.body)
        if conditions:
            chosen = select(t.mentions.c.id).select_from(MENTIONS_OF).where(*conditions)
            grouped = select(t.event_mentions.c.event_id).where(t.event_mentions.c.mention_id.in_(chosen))
            asked = asked.where(e.id.in_(grouped))
        if after is not None:
            asked = asked.where(self._told_before(after))
        latest = (
            e.published.desc().nulls_last(),
            e.document_id.desc(),
            e.start.desc(),
            e.id.desc(),
        )  # as the index has it
        return self._bodies(asked.order_by(*latest).limit(limit), Event)

    def _told_before(self, event_id: str) -> Condition:
        """Return the condition that an event stands after this one in the order of `latest_events`."""
        e = t.events.c
        with self._reading() as connection:
            row = connection.execute(select(e.published, e.document_id, e.start, e.id).where(e.id == event_id)).first()
        if row is None:
            raise NotFound(f"{event_id}: no event has this id any more; begin the list anew")
        beside: Condition = tuple_(e.document_id, e.start, e.id) < tuple_(row.document_id, row.start, row.id)
        if row.published is None:
            return and_(e.published.is_(None), beside)
        same_time = and_(e.published == row.published, beside)
        return or_(e.published.is_(None), e.published < row.published, same_time)

    def mention_ids(self, *conditions: Condition) -> list[str]:
        """Return the ids of the mentions that satisfy all conditions, sorted."""
        asked = select(t.mentions.c.id).select_from(MENTIONS_OF).where(*conditions).order_by(t.mentions.c.id)
        with self._reading() as connection:
            return [str(i) for i in connection.execute(asked).scalars()]

    def hanging_with(self, ids: Collection[str]) -> set[str]:
        """Return the ids of all mentions whose events hang together with those of these mentions, and these."""
        found: set[str] = set(ids)
        e, em, step = t.events.c, t.event_mentions.c, 500
        ordered = sorted(found)
        with self._reading() as connection:
            for at in range(0, len(ordered), step):
                of = select(em.event_id).where(em.mention_id.in_(ordered[at : at + step]))
                whole = select(e.component).where(e.id.in_(of))
                asked = select(em.mention_id).join(t.events, e.id == em.event_id).where(e.component.in_(whole))
                found |= {str(i) for i in connection.execute(asked).scalars()}
        return found

    def events_holding(self, ids: Collection[str]) -> list[Event]:
        """Return the events that hold any of these mentions, in the order of `events`; in slices, as above."""
        e, em, step = t.events.c, t.event_mentions.c, 500
        found: dict[str, Any] = {}
        ordered = sorted(ids)
        asked = select(e.id, e.published, e.document_id, e.start, e.body).join(t.event_mentions, em.event_id == e.id)
        with self._reading() as connection:
            for at in range(0, len(ordered), step):
                rows = connection.execute(asked.where(em.mention_id.in_(ordered[at : at + step])))
                found |= {r.id: r for r in rows}
        told = sorted(
            found.values(), key=lambda r: (r.published is None, r.published or "", r.document_id, r.start, r.id)
        )
        return [msgspec.json.decode(r.body, type=Event) for r in told]

    def event(self, mention_id: str) -> Event:
        """Return the event that a mention belongs to; raises StopRun for one that a person rejected."""
        asked = select(t.events.c.body).join(t.event_mentions, t.event_mentions.c.event_id == t.events.c.id)
        found = self._bodies(asked.where(t.event_mentions.c.mention_id == mention_id), Event)
        if not found:
            raise NotFound(
                f"{mention_id}: belongs to no event, since it was rejected: `dragoman review list` says by whom"
            )
        return found[0]

    def events_by_id(self, ids: Collection[str]) -> dict[str, Event]:
        """Return the events with these ids."""
        ordered, step = sorted(set(ids)), 500
        found: list[Event] = []
        for at in range(0, len(ordered), step):
            chosen = t.events.c.id.in_(ordered[at : at + step])
            found += self._bodies(select(t.events.c.body).where(chosen), Event)
        return {e.id: e for e in found}

    def dyad_days(self, *conditions: Condition) -> list[DyadDay]:
        """Return the rows of `dyad_day` that satisfy all conditions, by day (unknown last), event and direction."""
        d = t.dyad_day.c
        asked = select(t.dyad_day).where(*conditions)
        with self._reading() as connection:
            rows = connection.execute(asked.order_by(d.day.is_(None), d.day, d.event_id, d.source, d.target)).all()
        return [
            DyadDay(
                event=event, source=source, target=target, day=day, dated=dated, quad=quad, score=score, status=status,
                historical=historical, certainty=certainty, origins=origins,
            )
            for event, source, target, day, dated, quad, score, status, historical, certainty, origins in rows
        ]  # fmt: skip

    def latest_between(
        self, limit: int, pairs: Sequence[Condition], conditions: Sequence[Condition]
    ) -> list[tuple[str, str]]:
        """Return the latest events of `pairs` (over `tables.dyad_day`) with their day, the latest first.

        With `conditions` a mention of the event must satisfy them; events without a day are left out.
        """
        d, em = t.dyad_day.c, t.event_mentions.c
        told = MENTIONS_OF.join(t.event_mentions, em.mention_id == t.mentions.c.id)
        fits = [exists().select_from(told).where(em.event_id == d.event_id, *conditions)] if conditions else []
        found: dict[str, str] = {}
        with self._reading() as connection:
            for pair in pairs:  # one at a time, so that an index gives them in order
                asked = select(d.event_id, d.day).where(pair, d.day.is_not(None), *fits)
                found |= {r[0]: r[1] for r in connection.execute(asked.order_by(d.day.desc()).limit(limit))}
        return sorted(found.items(), key=lambda x: (x[1], x[0]), reverse=True)[:limit]

    def latest_told(self, limit: int, *conditions: Condition) -> list[tuple[str, str]]:
        """Return the events whose mentions that satisfy all conditions were published last, with that day."""
        em, d = t.event_mentions.c, t.documents.c
        last = func.max(d.published_day)
        told = MENTIONS_OF.join(t.event_mentions, em.mention_id == t.mentions.c.id)
        asked = select(em.event_id, last).select_from(told).where(*conditions, d.published_day.is_not(None))
        with self._reading() as connection:
            rows = connection.execute(asked.group_by(em.event_id).order_by(last.desc(), em.event_id).limit(limit))
            return [(r[0], r[1]) for r in rows]

    def count_between(self, pairs: Sequence[Condition]) -> int:
        """Return how many events stand in `dyad_day` between two parties, background and undone acts too."""
        with self._reading() as connection:
            asked = select(func.count(t.dyad_day.c.event_id.distinct())).where(or_(*pairs))
            return int(connection.execute(asked).scalar_one())

    def reports_of(self, events: Collection[str]) -> list[str]:
        """Return the ids of the documents that tell these events, sorted."""
        ordered, step, found = sorted(set(events)), 500, set[str]()
        asked = select(t.mentions.c.document_id).join(
            t.event_mentions, t.event_mentions.c.mention_id == t.mentions.c.id
        )
        with self._reading() as connection:
            for at in range(0, len(ordered), step):
                some = t.event_mentions.c.event_id.in_(ordered[at : at + step])
                found |= set(connection.execute(asked.where(some)).scalars())
        return sorted(found)

    def parties_up_to(self, limit: int, condition: Condition) -> int:
        """Return how often mentions name a party that satisfies the condition (over `tables.actors`), up to `limit`."""
        some = select(t.actors.c.mention_id).where(condition).limit(limit).subquery()
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(some)).scalar_one())

    def last_dyad_day(self, *conditions: Condition) -> str | None:
        """Return the last day in `dyad_day` that satisfies all conditions; None where none does."""
        with self._reading() as connection:
            found = connection.execute(select(func.max(t.dyad_day.c.day)).where(*conditions)).scalar()
        return None if found is None else str(found)

    def pair_sums(self, *conditions: Condition) -> list[PairSum]:
        """Return the rows of `dyad_day` that satisfy all conditions, summed by pair and quad class, in no order."""
        p = _pairs(*conditions).c
        sums = (func.count(), func.sum(p.score), func.sum(p.origins), func.sum(p.forth), func.sum(p.back))
        asked = select(p.a, p.b, p.quad, *sums).group_by(p.a, p.b, p.quad)
        with self._reading() as connection:
            rows = [(*r[:4], round(float(r[4]), 6), *map(int, r[5:])) for r in connection.execute(asked)]
        return [PairSum(**dict(zip(PairSum.__struct_fields__, r, strict=True))) for r in rows]

    def pair_events(
        self, pairs: Collection[tuple[str, str]], most: int, *conditions: Condition
    ) -> dict[tuple[str, str], list[str]]:
        """Return pair → ids of its events in `dyad_day`, the newest first, at most so many of each."""
        d = t.dyad_day.c
        newest = select(d.day, d.event_id).where(*conditions).order_by(d.day.desc(), d.event_id).limit(most)
        found: dict[tuple[str, str], list[str]] = {}
        with self._reading() as connection:
            for a, b in sorted(pairs):  # one by one: the index by pair and day leads straight to the newest
                ways = (newest.where(d.source == x, d.target == y) for x, y in ((a, b), (b, a)))
                days = {r.event_id: r.day for way in ways for r in connection.execute(way)}
                found[a, b] = sorted(sorted(days), key=days.__getitem__, reverse=True)[:most]
        return found

    def acts_by_day(self) -> list[tuple[str, int]]:
        """Return the days that acts stand under, in order, with the rows of `dyad_day` on each."""
        d = t.dyad_day.c.day
        asked = select(d, func.count()).where(d.is_not(None)).group_by(d).order_by(d)
        with self._reading() as connection:
            return [(str(day), int(n)) for day, n in connection.execute(asked)]

    def decisions(self) -> list[Judgement]:
        """Return what people judged, withdrawn or not, by time, person and record."""
        j = t.judgements.c
        asked = select(t.judgements).where(j.by.not_in(("rule", "model"))).order_by(j.at, j.by, j.kind, j.a, j.b)
        with self._reading() as connection:
            return [Judgement(reasons=(), **r) for r in connection.execute(asked).mappings()]

    def unsure(self, limit: int) -> list[tuple[str, str]]:
        """Return the pairs of mentions that the rules are unsure of and no person has judged, the likeliest first."""
        j, other = t.judgements.c, t.judgements.alias().c
        judged = exists().where(
            other.kind == j.kind, other.a == j.a, other.b == j.b, other.by != "rule", other.withdrawn_at.is_(None)
        )
        asked = select(j.a, j.b).where(j.kind == "event", j.verdict == "unsure", j.by == "rule", ~judged)
        with self._reading() as connection:
            return [(r.a, r.b) for r in connection.execute(asked.order_by(j.score.desc(), j.a, j.b).limit(limit))]

    def documents(self, *conditions: Condition) -> list[StoredDocument]:
        """Return the documents that satisfy all conditions, by publication (unknown last) and id."""
        d = t.documents.c
        count = select(func.count()).where(t.mentions.c.document_id == d.id).scalar_subquery()
        asked = select(d.body, d.read_at, d.run_id, count.label("n")).where(*conditions)
        with self._reading() as connection:
            rows = connection.execute(asked.order_by(d.published.is_(None), d.published, d.id)).all()
        return [
            StoredDocument(
                document=msgspec.json.decode(r.body, type=Document), read_at=r.read_at, run=r.run_id, mentions=r.n
            )
            for r in rows
        ]

    def listed(self, *conditions: Condition) -> list[Listed]:
        """Return the documents that satisfy all conditions, without their texts, in the order of `documents`."""
        d, m = t.documents.c, t.mentions.c
        counted = select(m.document_id, func.count().label("n")).group_by(m.document_id).subquery()
        columns = (d.id, d.published, d.publisher, d.title, d.url, d.language, d.origin, d.read_at)
        asked = (
            select(*columns, d.run_id.label("run"), func.coalesce(counted.c.n, 0).label("mentions"))
            .outerjoin(counted, counted.c.document_id == d.id)
            .where(*conditions)
            .order_by(d.published.is_(None), d.published, d.id)
        )
        with self._reading() as connection:
            return [Listed(**r) for r in connection.execute(asked).mappings()]

    def latest_documents(self, limit: int, after: str | None, *conditions: Condition) -> list[Listed]:
        """Return at most `limit` documents, the latest published first (undated last), from the one after `after` on.

        Raises NotFound where there is no document of that id.
        """
        d = t.documents.c
        counted = select(func.count()).where(t.mentions.c.document_id == d.id).scalar_subquery()
        columns = (d.id, d.published, d.publisher, d.title, d.url, d.language, d.origin, d.read_at)
        asked = select(*columns, d.run_id.label("run"), counted.label("mentions")).where(*conditions)
        if after is not None:
            asked = asked.where(self._published_before(after))
        latest = (d.published.desc().nulls_last(), d.id.desc())  # as the index has it
        with self._reading() as connection:
            return [Listed(**r) for r in connection.execute(asked.order_by(*latest).limit(limit)).mappings()]

    def _published_before(self, document_id: str) -> Condition:
        """Return the condition that a document stands after this one in the order of `latest_documents`."""
        d = t.documents.c
        with self._reading() as connection:
            row = connection.execute(select(d.published, d.id).where(d.id == document_id)).first()
        if row is None:
            raise NotFound(f"{document_id}: no report has this id any more; begin the list anew")
        if row.published is None:
            return and_(d.published.is_(None), d.id < row.id)
        same_time = and_(d.published == row.published, d.id < row.id)
        return or_(d.published.is_(None), d.published < row.published, same_time)

    def copy_pairs(self) -> list[CopyPair]:
        """Return every pair of documents that share words or are versions of one, by pair."""
        c = t.copies.c
        with self._reading() as connection:
            rows = connection.execute(select(c.a, c.b, c.verdict).order_by(c.a, c.b))
            return [CopyPair._make(r) for r in rows]

    def pulse(self) -> Pulse:
        """Return how much the ledger holds now: cheap enough to be asked every few seconds."""
        d = t.documents.c
        with self._reading() as connection:
            n = connection.execute(select(func.count()).select_from(t.documents)).scalar_one()
            last = connection.execute(select(func.max(d.read_at))).scalar()  # alone: then an index has it
            waiting = connection.execute(select(func.count()).where(d.resolved.is_(False))).scalar_one()
        return Pulse(documents=n, waiting=waiting, last_read=last)

    def published_span(self) -> tuple[str, str] | None:
        """Return the first and the last day on which a report was published; None where no day is known."""
        d = t.documents.c.published_day
        with self._reading() as connection:
            first = connection.execute(select(func.min(d))).scalar()  # one at a time: then an index has it
            last = connection.execute(select(func.max(d))).scalar()
        return (str(first), str(last)) if first else None

    def published_since(self, most: int, until: str | None = None) -> str | None:
        """Return the day since which the latest `most` reports were published, up to `until`; None where all were."""
        d = t.documents.c.published_day
        asked = select(d).where(d.is_not(None), *([d <= until] if until else []))
        with self._reading() as connection:
            if connection.execute(asked.order_by(d.desc()).limit(1).offset(most)).scalar() is None:
                return None
            return str(connection.execute(asked.order_by(d.desc()).limit(1).offset(most - 1)).scalar())

    def documents_by_id(self, ids: set[str]) -> dict[str, Document]:
        """Return the documents with these ids; in slices, since an engine takes a limited number of parameters."""
        ordered, step = sorted(ids), 500
        found: list[Document] = []
        for at in range(0, len(ordered), step):
            chosen = t.documents.c.id.in_(ordered[at : at + step])
            found += self._bodies(select(t.documents.c.body).where(chosen), Document)
        return {d.id: d for d in found}

    def names(self) -> list[tuple[str, str | None, str]]:
        """Return each name of a party, its country and its folded form, once."""
        n = t.names.c
        asked = select(n.name, n.country, n.key).where(n.kind == PARTY).order_by(n.name, n.country)
        with self._reading() as connection:
            return [(r.name, r.country or None, r.key.strip()) for r in connection.execute(asked)]

    def latest_of(self, mentions: Collection[str], limit: int) -> list[Event]:
        """Return the latest events that hold any of these mentions, by their time or else their telling."""
        ordered, step, found = sorted(mentions), 500, set[str]()
        em, read = t.event_mentions.c, msgspec.json.Decoder(_Dated).decode
        with self._reading() as connection:
            for at in range(0, len(ordered), step):
                some = em.mention_id.in_(ordered[at : at + step])
                found |= set(connection.execute(select(em.event_id).where(some)).scalars())
            dated: list[tuple[str, str]] = []
            ids = sorted(found)
            for at in range(0, len(ids), step):
                asked = select(t.events.c.body).where(t.events.c.id.in_(ids[at : at + step]))
                told = map(read, connection.execute(asked).scalars())
                dated += [(e.when.edtf if e.when else e.published or "", e.id) for e in told]
        latest = [i for _, i in sorted(dated, reverse=True)[:limit]]
        events = self.events_by_id(latest)
        return [events[i] for i in latest]

    def sightings(self, *conditions: Condition) -> list[Seen]:
        """Return every party of the mentions that satisfy all conditions (over `tables.actors` too), in no order."""
        a, m, d, e = t.actors.c, t.mentions.c, t.documents.c, t.event_mentions.c
        source = MENTIONS_OF.join(t.actors, a.mention_id == m.id).outerjoin(t.event_mentions, e.mention_id == m.id)
        columns = (
            a.name,
            m.document_id,
            m.id,
            a.country,
            a.sector,
            a.role,
            a.side,
            e.event_id,
            d.published,
            d.publisher,
        )
        asked = select(*columns).select_from(source).where(*conditions)
        with self._reading() as connection:
            return [Seen._make(row) for row in connection.execute(asked)]

    def rejected(self) -> list[Rejected]:
        """Return the items that could not be read and have not been read since, by place, stage and reason."""
        r = t.rejected.c
        asked = select(r.where, r.stage, r.reason, r.run, r.at).where(r.withdrawn_at.is_(None))
        with self._reading() as connection:
            rows = connection.execute(asked.order_by(r.where, r.stage, r.reason)).mappings().all()
        return [Rejected(**row) for row in rows]

    def runs(self) -> list[Run]:
        """Return the runs that wrote something, by time and id."""
        return self._bodies(select(t.runs.c.body).order_by(t.runs.c.started, t.runs.c.id), Run)

    def run(self, run_id: str) -> Run:
        """Return one run by its full id."""
        return self._bodies(select(t.runs.c.body).where(t.runs.c.id == run_id), Run)[0]

    def mention(self, prefix: str) -> EventMention:
        """Return the one mention whose id, or whose event's id, begins with `prefix`; raises StopRun otherwise."""
        return self.mentions(t.mentions.c.id == self._whole(prefix, t.mentions.c.id, "entry"))[0]

    def document(self, prefix: str) -> StoredDocument:
        """Return the one document whose id begins with `prefix`; raises StopRun otherwise."""
        return self.documents(t.documents.c.id == self._whole(prefix, t.documents.c.id, "document"))[0]

    def _whole(self, prefix: str, column: ColumnElement[str], kind: str) -> str:
        """Return the full id that `prefix` begins; none and several are the user's to mend."""
        prefix = prefix.strip().lower()
        asked = select(column).where(*_beginning(column, prefix)).order_by(column).limit(SHOWN + 1)
        with self._reading() as connection:
            ids = list(connection.execute(asked).scalars()) if prefix else []
        if not ids:
            raise NotFound(f"{prefix or 'empty id'}: no {kind} begins so; `dragoman {_LISTED[kind]}` lists the ids")
        if len(ids) > 1:
            more = ", …" if len(ids) > SHOWN else ""
            raise StopRun(f"{prefix}: several begin so; give more characters: {', '.join(ids[:SHOWN])}{more}")
        return str(ids[0])

    def _bodies(self, asked: Select[str], kind: type[R]) -> list[R]:
        """Return the records in the first column."""
        decoder = msgspec.json.Decoder(kind)
        with self._reading() as connection:
            return [decoder.decode(body) for body in connection.execute(asked).scalars()]


def _pairs(*conditions: Condition) -> Subquery:
    """Return the rows of `dyad_day` as pairs: an event once a pair, with the ways that it goes."""
    d = t.dyad_day.c
    ahead = d.source < d.target
    a, b = case((ahead, d.source), else_=d.target), case((ahead, d.target), else_=d.source)
    ways = func.max(case((ahead, 1), else_=0)).label("forth"), func.max(case((ahead, 0), else_=1)).label("back")
    of_event = d.event_id, d.quad, d.score, d.origins
    return (
        select(a.label("a"), b.label("b"), *of_event, *ways).where(*conditions).group_by("a", "b", *of_event).subquery()
    )


def _beginning(column: ColumnElement[str], prefix: str) -> list[Condition]:
    """Return the conditions that an id begins so; as a range too, for no index answers SQLite's LIKE."""
    begins = column.startswith(prefix, autoescape=True)
    return [column >= prefix, column < f"{prefix}g", begins] if set(prefix) <= set("0123456789abcdef") else [begins]
