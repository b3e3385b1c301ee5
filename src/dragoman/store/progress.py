"""How far reading has come: items known by their bytes, feeds, and the articles that they announced."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import insert, select, update

from dragoman.records import Record, Rejected
from dragoman.store import tables as t
from dragoman.store.faults import Side
from dragoman.text import digest

_STEP = 400  # addresses asked for at once


class FeedState(Record, frozen=True):
    """What is remembered of a feed between two visits."""

    url: str
    etag: str | None = None
    modified: str | None = None  # the server's own Last-Modified, sent back to it
    checked_at: float = 0.0  # seconds since 1970, as all times here
    next_at: float = 0.0
    failures: int = 0  # in a row
    fault: str | None = None
    title: str | None = None


class Article(Record, frozen=True):
    """An article that a feed announced. `state`: waiting, read, rejected or given up."""

    url: str
    feed: str
    state: str = "waiting"
    next_at: float = 0.0
    tries: int = 0
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    document: str | None = None
    reason: str | None = None


class Progress(Side):
    """Remembers what has been read, so that a run that was broken off goes on where it was."""

    def past(self, key: str) -> str | Rejected | None:
        """Return the document that came of an item, or its rejection; None where the item is not known."""
        with self._reading() as connection:
            row = connection.execute(select(t.items).where(t.items.c.key == key)).first()
            if row is None or row.document_id:
                return str(row.document_id) if row else None
            asked = select(t.rejected).where(t.rejected.c.id == row.rejected_id, t.rejected.c.withdrawn_at.is_(None))
            found = connection.execute(asked).mappings().first()
        names = Rejected.__struct_fields__
        return Rejected(**{n: found[n] for n in names}) if found else None

    def note(self, key: str, came: str | Rejected) -> None:
        """Remember what came of an item: the id of a document of the ledger, or a rejection that it holds."""
        rejected = digest(came.where, came.stage, came.reason) if isinstance(came, Rejected) else None
        row = {"key": key, "document_id": None if rejected else came, "rejected_id": rejected}
        with self._writing() as connection:
            if not connection.execute(update(t.items).where(t.items.c.key == key).values(row)).rowcount:
                connection.execute(insert(t.items), row)

    def feed(self, url: str) -> FeedState:
        """Return what is remembered of a feed; a blank for a new one."""
        with self._reading() as connection:
            body = connection.execute(select(t.feeds.c.body).where(t.feeds.c.url == url)).scalar()
        return msgspec.json.decode(body, type=FeedState) if body else FeedState(url=url)

    def note_feed(self, state: FeedState, announced: Iterable[Article] = ()) -> int:
        """Remember a visit and what the feed announced, in one transaction; return how many articles are new."""
        row = {"url": state.url, "next_at": state.next_at, "body": msgspec.json.encode(state).decode()}
        new = {a.url: a for a in reversed(list(announced))}
        with self._writing() as connection:
            if not connection.execute(update(t.feeds).where(t.feeds.c.url == state.url).values(row)).rowcount:
                connection.execute(insert(t.feeds), row)
            urls = list(new)
            for n in range(0, len(urls), _STEP):
                known = select(t.articles.c.url).where(t.articles.c.url.in_(urls[n : n + _STEP]))
                for url in connection.execute(known).scalars().all():
                    del new[url]
            if new:
                connection.execute(insert(t.articles), [_row(a) for a in reversed(new.values())])
        return len(new)

    def waiting(self, now: float, limit: int, feeds: Sequence[str] | None = None) -> list[Article]:
        """Return articles whose time has come, those that have waited longest first; of these feeds only, if given."""
        due = [t.articles.c.state == "waiting", t.articles.c.next_at <= now]
        asked = select(t.articles.c.body).where(*due).order_by(t.articles.c.next_at, t.articles.c.url)
        with self._reading() as connection:
            if feeds is not None:
                asked = asked.where(t.articles.c.feed.in_(feeds))
            bodies = connection.execute(asked.limit(limit)).scalars().all()
        return [msgspec.json.decode(b, type=Article) for b in bodies]

    def note_article(self, article: Article) -> None:
        """Remember what came of an article."""
        with self._writing() as connection:
            connection.execute(update(t.articles).where(t.articles.c.url == article.url).values(_row(article)))


def _row(article: Article) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(article, name) for name in ("url", "feed", "state", "next_at")}
    return row | {"body": msgspec.json.encode(article).decode()}
