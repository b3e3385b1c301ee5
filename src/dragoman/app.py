"""The composition root: ordered lists of parts, and the public functions made of them."""

import datetime as dt
import functools
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dragoman import __version__
from dragoman.annotate import actors as actor_layer
from dragoman.annotate import attribution as attribution_layer
from dragoman.annotate import places as place_layer
from dragoman.annotate import quantities as quantity_layer
from dragoman.annotate import syntax
from dragoman.annotate import times as time_layer
from dragoman.annotate.recase import as_given
from dragoman.answer.ledger import Ledger
from dragoman.code import classify, coder
from dragoman.code import predicates as predicate_layer
from dragoman.config import Settings, from_environment, without_password
from dragoman.errors import SkipItem, StopRun
from dragoman.names import name_similarity as name_likeness
from dragoman.records import (
    ActorMention,
    Annotated,
    AttributionSpan,
    Document,
    PlaceMention,
    Predicate,
    Reading,
    Record,
    Rejected,
    Run,
    TimeExpression,
)
from dragoman.resolve import keep
from dragoman.resolve import stories as story_groups
from dragoman.resolve.stories_words import Article
from dragoman.scheme import plover
from dragoman.scheme.hashes import data_hash
from dragoman.scheme.models import model_hashes
from dragoman.sources import feed, html, jsonl, packed, parquet, sheet, text, warc
from dragoman.sources.dates import parse_published
from dragoman.sources.document import from_text
from dragoman.sources.fetch import Fetch
from dragoman.sources.given import Found, Given, Item, Source
from dragoman.sources.html import Page
from dragoman.sources.paths import items_of
from dragoman.store import Store
from dragoman.store.writer import code_of
from dragoman.text import digest

# Asked in this order: the first that accepts an item reads it.
SOURCES: tuple[Source, ...] = (warc, packed, parquet, feed, jsonl, sheet, html, text)


class Outcome(Record, frozen=True):
    """What a run over many items came to."""

    read: int = 0
    unchanged: int = 0
    mentions: int = 0
    rejected: tuple[Rejected, ...] = ()
    documents: tuple[str, ...] = ()


# ---------------------------------------------------------------- one text
def annotate(document: Document) -> Annotated:
    """Return the document with every layer, from one parse."""
    parse = syntax.parse(document)
    return Annotated(
        document=document,
        parse=parse,
        actors=tuple(actor_layer.find_actors(parse, document.published)),
        times=tuple(time_layer.find_times(parse, document.published)),
        places=tuple(place_layer.find_places(parse)),
        quantities=tuple(quantity_layer.find_quantities(parse)),
        attributions=tuple(attribution_layer.find_attributions(parse)),
    )


def layers(document: Document) -> tuple[Annotated, tuple[Predicate, ...]]:
    """Return a document with every layer and its predicates, their words as its text has them."""
    annotated = annotate(document)
    found = tuple(predicate_layer.find_predicates(annotated.parse, document.published))
    if annotated.parse.text != document.text:
        annotated, found = as_given(annotated, document.text), as_given(found, document.text)
    return annotated, found


def read_document(document: Document) -> Reading:
    """Return what a document says."""
    annotated = annotate(document)
    mentions = tuple(coder.code(annotated))
    if annotated.parse.text != document.text:  # paragraphs in capitals were read in ordinary case
        mentions, annotated = as_given(mentions, document.text), as_given(annotated, document.text)
    return Reading(document=document, mentions=mentions, annotated=annotated)


def read(
    text_: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one text. `published` is an ISO date with or without a time; without it relative dates stay unresolved.

    Raises SkipItem, with a line that says what to do, where the text can't be read.
    """
    if not isinstance(text_, str):
        raise SkipItem(f"wants the text as str, not {type(text_).__name__}", "text")
    return _read_or_skip(from_text(text_, published=published, publisher=publisher, title=title, url=url))


def times(text_: str, *, published: str | None = None) -> list[TimeExpression]:
    """Return the TIMEX3 expressions of a text."""
    return list(as_given(tuple(time_layer.times_of_text(text_, published)), text_))


def places(text_: str) -> list[PlaceMention]:
    """Return the toponyms of a text; coordinates and id None where unresolved."""
    return list(as_given(tuple(place_layer.places_of_text(text_)), text_))


def attributions(text_: str) -> list[AttributionSpan]:
    """Return who says what in a text."""
    return list(as_given(tuple(attribution_layer.attributions_of_text(text_)), text_))


def actors(text_: str, *, published: str | None = None) -> list[ActorMention]:
    """Return the parties of a text, offices as of `published`."""
    return list(as_given(tuple(actor_layer.actors_of_text(text_, published)), text_))


def predicates(text_: str, *, published: str | None = None) -> list[Predicate]:
    """Return every verb and event noun of a text with its own status."""
    return list(as_given(tuple(predicate_layer.find_predicates(syntax.parse_text(text_), published)), text_))


def code_pair(sentence: str, source: tuple[int, int], target: tuple[int, int] | None = None) -> classify.PairCode:
    """Return the type of act between two marked parties (None: no act) and the probabilities of all types."""
    return classify.code_pair(sentence, source, target)


def name_similarity(a: str, b: str, kind: str = "Person") -> float:
    """Return how like two names are, 0 to 1; 0.7 and over = the same name. `kind` as in FollowTheMoney.

    Raises ValueError for names that are no strings.
    """
    return name_likeness(a, b, kind)


def page(content: bytes | str, url: str | None = None) -> Page:
    """Return title, text, date, publisher and language of an HTML page."""
    return html.page(content, url)


# ---------------------------------------------------------------- many documents
def stories(articles: Sequence[Mapping[str, object]]) -> list[list[int]]:
    """Return which of some articles tell one story, as lists of their indexes; each article stands in one list.

    An article is a mapping with `title`, `text` and `published`, any of which may be missing; a date that can't be
    read counts as missing. Raises SkipItem, with the index, for what is no such mapping.
    """
    return story_groups.stories([_article(i, a) for i, a in enumerate(articles)])


def _article(index: int, given: object) -> Article:
    where = f"article {index}"
    if not isinstance(given, Mapping):
        raise SkipItem(f"wants a mapping with title, text and published, not {type(given).__name__}", where, "stories")
    for name in ("title", "text"):
        if not isinstance(given.get(name), str | None):
            raise SkipItem(f"wants {name} as str, not {type(given[name]).__name__}", where, "stories")
    return Article(text=given.get("text") or "", title=given.get("title") or "", published=_day(given, where))


def _day(given: Mapping[str, object], where: str) -> str | None:
    """Return the date of a given article; None where it has none that can be read."""
    published = given.get("published")
    if not isinstance(published, str | dt.date | None):
        raise SkipItem(f"wants published as str or date, not {type(published).__name__}", where, "stories")
    try:
        return parse_published(published) if published else None
    except SkipItem:
        return None


def open(where: str | Path) -> Ledger:  # noqa: A001 - the public name of design.md
    """Open a ledger, made where it is not there."""
    return Ledger.open(where)


def read_path(
    path: str | Path, store: Ledger | str | Path, *, published: str | None = None, publisher: str | None = None
) -> Outcome:
    """Read a file, folder or "-" (standard input) into a ledger; what is there already stays as it is."""
    given = Given(published=parse_published(published) if published else None, publisher=publisher)
    if isinstance(store, Ledger):
        return read_paths([str(path)], store.store, given)
    with Ledger.open(store) as ledger:
        return read_paths([str(path)], ledger.store, given)


def read_file(path: Path) -> Reading:
    """Read the first report of a file, without a ledger; SkipItem where it holds none."""
    for item in items_of([path], Given(), sources=SOURCES):
        if isinstance(item, SkipItem):
            raise item
        return _read_or_skip(item.document())
    raise SkipItem("holds no report", str(path))


def read_paths(
    names: Sequence[str],
    store: Store,
    given: Given,
    progress: Callable[[str], None] | None = None,
    *,
    fetch: Fetch | None = None,
) -> Outcome:
    """Read every item below `names` into `store`, one transaction each; what can't be read is kept as rejected.

    An item that the ledger knows by its bytes, read by the same code, is not looked into again: a run that was broken
    off goes on where it was. Web addresses are fetched by `fetch`, and refused without it.
    """
    settings = from_environment()
    desk = Desk(store, run_record(settings))
    for item in items_of(names, given, sources=SOURCES, max_bytes=settings.max_bytes, fetch=fetch):
        desk.take(item)
        if progress is not None:
            progress(item.where)
    return desk.close()


def read_given(items: Sequence[Found], store: Store, settings: Settings | None = None) -> Outcome:
    """Read documents that are at hand into `store`, one transaction each; a SkipItem among them is kept as rejected."""
    desk = Desk(store, run_record(settings or from_environment()))
    for item in items:
        desk.take(item)
    return desk.close()


class Desk:
    """Reads items into a ledger, one by one, and counts what came of them."""

    def __init__(self, store: Store, run: Run) -> None:
        self._store, self._run, self._code = store, run, code_of(run)
        self._documents: list[str] = []
        self._rejected: list[Rejected] = []
        self._read = self._mentions = self._unresolved = 0

    def take(self, item: Item | Found) -> str | Rejected:
        """Read an item; return the id of its document, or its rejection, which the ledger then holds."""
        came = self._known(item) or self._taken(item)
        if isinstance(came, Rejected):
            self._rejected.append(came)
        else:
            self._documents.append(came)
        if self._unresolved >= keep.BATCH:
            self.resolve()
        return came

    def resolve(self) -> None:
        """Compare what has been read with the rest of the ledger."""
        self._unresolved = 0
        keep.resolve(self._store.resolving)

    def close(self) -> Outcome:
        """Compare what waits, and return what all came to."""
        self.resolve()
        return Outcome(
            read=self._read,
            unchanged=len(self._documents) - self._read,
            mentions=self._mentions,
            rejected=tuple(self._rejected),
            documents=tuple(self._documents),
        )

    def _known(self, item: Item | Found) -> str | Rejected | None:
        """Return what came of the item when it was read before. A rejection holds where it was made."""
        if not isinstance(item, Item):
            return None
        past = self._store.past(item.key(self._code))
        return None if isinstance(past, Rejected) and past.where != item.where else past

    def _taken(self, item: Item | Found) -> str | Rejected:
        try:
            if isinstance(item, SkipItem):
                raise item
            document = item.document() if isinstance(item, Item) else item
        except SkipItem as skip:
            row = self._reject(skip)
            if isinstance(item, Item):
                self._store.note(item.key(self._code), row)
            return row
        try:
            self._put(document)
        except SkipItem as skip:
            return self._reject(skip)  # it is tried again next time: the fault may be ours
        if isinstance(item, Item):
            self._store.note(item.key(self._code), document.id)
        return document.id

    def _put(self, document: Document) -> None:
        if self._store.knows(self._run, document):
            return
        reading = _read_or_skip(document)
        self._store.put(self._run, document, reading.mentions)
        self._read += 1
        self._unresolved += 1
        self._mentions += len(reading.mentions)

    def _reject(self, skip: SkipItem) -> Rejected:
        row = Rejected(where=skip.where, stage=skip.stage, reason=skip.reason, run=self._run.id, at=self._run.started)
        self._store.reject(self._run, row)
        return row


def _read_or_skip(document: Document) -> Reading:
    """Read a document; a fault of ours in it becomes a rejection of this one, so that the others are read.

    Broad on purpose: whatever a stranger's text brings to light, the run goes on and the item is listed with the fault.
    StopRun (a damaged model) still stops the run.
    """
    try:
        return read_document(document)
    except (SkipItem, StopRun):
        raise
    except Exception as fault:
        where = traceback.extract_tb(fault.__traceback__)[-1]
        at = f"{Path(where.filename).name}:{where.lineno}"
        reason = f"a fault in dragoman ({type(fault).__name__} at {at}): please report it with this text"
        raise SkipItem(reason, document.origin, "reading") from fault


def run_record(settings: Settings) -> Run:
    """Return the record of a run begun now: version, settings, hashes of models and data."""
    hashes = versions()
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Run(
        id=digest(__version__, started, *(f"{k}={v}" for k, v in sorted(hashes.items()))),
        version=__version__,
        settings=msgspec.structs.replace(settings, store=without_password(settings.store)).to_dict(),
        hashes=hashes,
        started=started,
    )


@functools.cache
def versions() -> dict[str, str]:
    """Return the hashes of all that decides a reading besides the code: parser, scheme, models, all packaged data."""
    return {"syntax": syntax.model_hash(), "scheme": plover.scheme_hash(), **model_hashes(), "data": data_hash()}
