"""Following feeds: asks each when its time has come, fetches what it announces, reads it into a ledger.

What it knows of feeds and articles is in the ledger, so that a round that was broken off goes on where it was. How an
address is fetched is decided in sources/polite.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dragoman import app
from dragoman.config import from_environment
from dragoman.errors import SkipItem, StopRun
from dragoman.records import Document, Record, Rejected
from dragoman.sources import dates, feed, html
from dragoman.sources.address import checked
from dragoman.sources.fetch import Fetched, Refused
from dragoman.sources.given import Given, Item
from dragoman.sources.polite import Busy, Polite, backoff
from dragoman.store import Store
from dragoman.store.progress import Article, FeedState

EVERY = 900.0  # seconds between two rounds; most feeds change less often
MAX_AGE = 7 * 86_400.0  # seconds: a feed that is new brings its last week, not its archive
TRIES = 5  # for an article that can't be had just now; by `backoff` that is a day
FEED_BYTES = 5_000_000  # of one feed or list; the longest have some hundred kilobytes
_LISTS = 50  # lists of a sitemap index that are followed: the newest are named first or last, and few
_MOST = 10_000  # feeds of one OPML or list
_PAGE = 200  # articles taken from the ledger at once


class Round(Record, frozen=True):
    """What a round over the feeds came to."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    announced: int = 0
    fetched: int = 0
    given_up: int = 0
    outcome: app.Outcome = app.Outcome()


class Plan(Record, frozen=True):
    """What is followed and how: `max_age` in seconds, None for any age; without `articles` the feed's own words."""

    feeds: tuple[str, ...]
    every: float = EVERY
    max_age: float | None = MAX_AGE
    articles: bool = True


def addresses(names: Iterable[str]) -> tuple[str, ...]:
    """Return the feeds that are named: addresses, OPML files, and text files of an address a line.

    Raises StopRun for a file that is not there, holds no address, or is broken.
    """
    found = [a for name in names for a in ([name] if "://" in name else _listed(Path(name)))]
    try:
        return tuple(dict.fromkeys(checked(a) for a in found))
    except SkipItem as e:
        raise StopRun(f"{e.where}: {e.reason}") from e


def _listed(path: Path) -> list[str]:
    try:
        raw = path.read_bytes() if path.stat().st_size <= FEED_BYTES else b""
        if feed.accepts("", raw[:4096]):
            found = list(feed.parse(raw, str(path)).lists)
        else:
            lines = (line.strip() for line in raw.decode("utf-8", "replace").splitlines())
            found = [line.split()[0] for line in lines if line and not line.startswith("#")]
    except OSError as e:
        raise StopRun(
            f"{path}: can't be read ({(e.strerror or 'input error').lower()}); give a file or an address"
        ) from e
    except SkipItem as e:
        raise StopRun(f"{path}: {e.reason}") from e
    if not found or len(found) > _MOST:
        raise StopRun(f"{path}: holds {len(found)} feeds; give an OPML, or an address a line, at most {_MOST:,}")
    return found


class Watch:
    """Follows the feeds of a plan into a ledger. `tell` gets a line for each thing that happens."""

    def __init__(
        self,
        plan: Plan,
        store: Store,
        client: Polite,
        tell: Callable[[str], None] = lambda _: None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._plan, self._store, self._client, self._tell, self._clock = plan, store, client, tell, clock
        self._settings = from_environment()
        self._done = Round()

    def round(self) -> Round:
        """Ask each feed whose time has come, and fetch what waits. A feed that fails costs only itself."""
        self._done = Round()
        desk = app.Desk(self._store, app.run_record(self._settings))
        for url in self._plan.feeds:
            self._visit(url, desk)
        if self._plan.articles:
            self._fetch_waiting(desk)
        return msgspec.structs.replace(self._done, outcome=desk.close())

    # ---------------------------------------------------------------- feeds
    def _visit(self, url: str, desk: app.Desk) -> None:
        """Ask one feed and note what it announces."""
        state, now = self._store.feed(url), self._clock()
        if state.next_at > now:
            return
        self._count("feeds")
        try:
            got = self._client.get(url, FEED_BYTES, etag=state.etag, modified=state.modified)
            told = None if got.status == 304 else self._told(got, url)
        except SkipItem as e:
            self._failed(state, e)
            return
        new = self._announce(state, got, told, desk)
        if told is None:
            self._count("unchanged")
        self._tell(f"{url}: " + ("unchanged" if told is None else f"{len(told.entries)} entries, {new} new"))

    def _told(self, got: Fetched, url: str) -> feed.Feed:
        """Return what a feed or sitemap holds; of an index, what its lists hold, as far as they can be had."""
        told = feed.parse(got.body, url, got.url)
        if not told.lists:
            return told
        entries = list(told.entries)
        for inner in told.lists[:_LISTS]:
            try:
                more = self._client.get(inner, FEED_BYTES)
                entries += feed.parse(more.body, inner, more.url).entries
            except SkipItem as e:
                self._tell(f"{inner}: {e.reason}")
        return msgspec.structs.replace(told, entries=tuple(entries))

    def _failed(self, state: FeedState, fault: SkipItem) -> None:
        """Note that a feed could not be had: it is asked again, each time later."""
        failures, now = state.failures + 1, self._clock()
        again = fault.until if isinstance(fault, Busy) else now + backoff(failures)
        self._store.note_feed(
            msgspec.structs.replace(state, failures=failures, fault=fault.reason, checked_at=now, next_at=again)
        )
        self._count("failed")
        self._tell(f"{state.url}: {fault.reason}; asked again {_moment(again)}")

    def _announce(self, state: FeedState, got: Fetched, told: feed.Feed | None, desk: app.Desk) -> int:
        """Note a visit with the articles that it announced, in one transaction; return how many are new."""
        now = self._clock()
        entries = [e for e in (told.entries if told else ()) if e.url and self._wanted(e, now)]
        if told and not self._plan.articles:
            for item in _own_words(entries, state.url):
                desk.take(item)
        visited = FeedState(
            url=state.url,
            etag=got.etag or (state.etag if told is None else None),
            modified=got.modified or (state.modified if told is None else None),
            checked_at=now,
            next_at=now + self._plan.every / 2,  # a feed that is asked by two plans is not asked twice
            title=told.title if told else state.title,
        )
        announced = [a for e in entries if (a := _article(e, state.url))] if self._plan.articles else []
        new = self._store.note_feed(visited, announced)
        self._count("announced", new)
        return new

    def _wanted(self, entry: feed.Entry, now: float) -> bool:
        """Return whether an article is young enough, as far as its feed says, and in English."""
        if entry.language and not entry.language.lower().startswith("en"):
            return False
        moment = _seconds(entry.published)
        return self._plan.max_age is None or moment is None or moment >= now - self._plan.max_age

    # ---------------------------------------------------------------- articles
    def _fetch_waiting(self, desk: app.Desk) -> None:
        """Fetch and read all articles whose time has come, the hosts in turns, so that few pauses are waited for."""
        while waiting := self._store.waiting(self._clock(), _PAGE, self._plan.feeds):
            while waiting:
                article = min(waiting, key=lambda a: self._client.ready(a.url))
                waiting.remove(article)
                self._take(article, desk)

    def _take(self, article: Article, desk: app.Desk) -> None:
        """Fetch and read one article, and note what came of it."""
        replace = msgspec.structs.replace
        try:
            got = self._client.get(article.url, self._settings.max_bytes)
        except Busy as e:
            self._store.note_article(replace(article, next_at=e.until))
            return
        except SkipItem as e:
            self._store.note_article(self._missed(article, e))
            return
        self._count("fetched")
        came = desk.take(_item(article, got))
        if isinstance(came, Rejected):
            self._tell(f"{article.url}: {came.reason}")
            self._store.note_article(replace(article, state="rejected", reason=came.reason))
        else:
            self._tell(f"{article.url}: read")
            self._store.note_article(replace(article, state="read", document=came))

    def _missed(self, article: Article, fault: SkipItem) -> Article:
        """Return what is noted of an article that could not be had: it waits, or is given up."""
        tries = article.tries + 1
        final = type(fault) is SkipItem or (isinstance(fault, Refused) and fault.status < 500)
        if final or tries >= TRIES:
            self._count("given_up")
            self._tell(f"{article.url}: given up: {fault.reason}")
            return msgspec.structs.replace(article, state="given up", tries=tries, reason=fault.reason)
        self._tell(f"{article.url}: {fault.reason}; tried again later")
        return msgspec.structs.replace(
            article, tries=tries, reason=fault.reason, next_at=self._clock() + backoff(tries)
        )

    def _count(self, name: str, n: int = 1) -> None:
        self._done = msgspec.structs.replace(self._done, **{name: getattr(self._done, name) + n})


def _article(entry: feed.Entry, url: str) -> Article | None:
    """Return what waits to be fetched; None where its address is none."""
    try:
        address = checked(entry.url or "")
    except SkipItem:
        return None
    return Article(
        url=address,
        feed=url,
        title=entry.title,
        published=_checked_date(entry.published),
        publisher=entry.publisher,
        language=entry.language,
    )


def _item(article: Article, got: Fetched) -> Item:
    """Return the item of an article that was fetched: what its page says of itself outranks what its feed says."""
    told = Given(at=got.url, charset=got.charset, published=article.published)
    return Item(got.body, article.url, told, _document)


def _document(raw: bytes, where: str, given: Given) -> Document:
    """Return the document of a fetched page, dated by its feed only where it gives no date itself."""
    found = html.document(raw, where, msgspec.structs.replace(given, published=None))
    if found.published is None and given.published is not None:
        return msgspec.structs.replace(found, published=given.published, published_basis="feed")
    return found


def _own_words(entries: Sequence[feed.Entry], url: str) -> Iterator[Item | SkipItem]:
    """Yield what the feed itself tells of the articles."""
    for entry in entries:
        if entry.content:
            yield Item(msgspec.json.encode(entry), f"{url}#{entry.url}", Given(), feed.document)


def _checked_date(said: str | None) -> str | None:
    try:
        return dates.parse_published(said) if said else None
    except SkipItem:
        return None


def _seconds(said: str | None) -> float | None:
    """Return the moment of a date in seconds since 1970, its end for a day; None where it is no date."""
    day = _checked_date(said)
    if day is None:
        return None
    moment = datetime.fromisoformat(day if len(day) > 10 else f"{day}T23:59:59")
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return None


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
