"""Feeds and lists of articles: RSS, Atom, RDF, JSON Feed, news sitemaps, OPML. Nothing is fetched here."""

import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO
from urllib.parse import urljoin

import lxml.html
import msgspec
from lxml import etree

from dragoman.errors import SkipItem, StopRun
from dragoman.records import Document, Record
from dragoman.sources import dates
from dragoman.sources.decode import MAX_BYTES, decode, read_all
from dragoman.sources.document import build
from dragoman.sources.given import Given, Item

EXTENSIONS = (".rss", ".atom", ".rdf", ".xml")
# Elements within elements, those that broken markup leaves open included. Feeds nest about ten; feedparser's time
# grows with the square of it (half a minute for 50,000).
_DEEP = 1000
MAX_ENTRIES = 10_000  # of one feed; a news sitemap may hold a thousand, a sitemap 50,000
# The first element, after declarations and comments.
_ROOT = re.compile(
    r"(?:\s+|<\?[^>]*>|<!--.*?-->|<!(?i:DOCTYPE)[^>\[]*(?:\[[^\]]*\])?[^>]*>)*+<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex|opml)\b",
    re.DOTALL,
)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DROPPED = "//script | //style | //figure | //iframe | //noscript | //form"
_PARAGRAPHS = set("p div li h1 h2 h3 h4 h5 h6 blockquote tr section article ul ol table pre".split())
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class Entry(Record, frozen=True):
    """An article as a feed announces it; what the feed does not say is None."""

    url: str | None = None
    title: str | None = None
    published: str | None = None  # as the feed writes it
    content: str | None = None  # HTML or text: the whole article, or what the feed tells of it
    publisher: str | None = None
    language: str | None = None


class Feed(Record, frozen=True):
    """What a feed or list holds: its name, entries in its order, and further lists (of a sitemap index, an OPML)."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    lists: tuple[str, ...] = ()


def accepts(name: str, head: bytes) -> bool:
    """Take what opens as a feed or a list does, whatever it is called."""
    start = head.replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe")
    suffix = PurePath(name).suffix.lower()
    return suffix in EXTENSIONS or _ROOT.match(start) is not None or (suffix in ("", ".json") and _is_json_feed(start))


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield an item an entry: what the feed itself tells of the article. The articles are not fetched."""
    feed = parse(read_all(stream, origin, max_bytes), origin, given.at or given.url)
    if not feed.entries:
        yield SkipItem("it is a feed or list without articles: `dragoman watch` follows lists of feeds", origin)
    for number, entry in enumerate(feed.entries, 1):
        where = f"{origin}:{number}"
        if entry.content is None:
            yield SkipItem("the entry has no text: `dragoman watch` fetches the articles of a feed", where)
        else:
            told = msgspec.structs.replace(given, at=None, charset=None)
            yield Item(msgspec.json.encode(entry), where, told, document)


def document(raw: bytes, where: str, given: Given) -> Document:
    """Return the document of what a feed tells of an article; SkipItem where that is no text."""
    entry = msgspec.json.decode(raw, type=Entry)
    told = Given(
        published=given.published or (dates.parse_published(entry.published, where) if entry.published else None),
        publisher=given.publisher or entry.publisher,
        title=given.title or entry.title,
        url=given.url or entry.url,
        language=given.language or entry.language,
    )
    return build(raw, plain(entry.content or ""), told, where)


def parse(raw: bytes, where: str, base: str | None = None) -> Feed:
    """Return what a feed or list holds; SkipItem where it is none, declares entities, or nests beyond reason."""
    text = decode(raw, where, m[1].decode() if (m := _ENCODING.match(raw)) else None).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return _json_feed(text, where, base)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise SkipItem("it declares XML entities, which are not read", where)
    root = _ROOT.match(text[:20_000])
    if root is None:
        raise SkipItem("it is no feed: RSS, Atom, RDF, JSON Feed, a sitemap or OPML is read", where)
    _refuse_deep(text, where)
    if root[1] in ("urlset", "sitemapindex"):
        return _sitemap(_tree(text, where), base)
    if root[1] == "opml":
        found = _tree(text, where).iter("{*}outline")
        return Feed(lists=tuple(dict.fromkeys(u for o in found if (u := _address(base, o.get("xmlUrl"))))))
    return _feed(text, where, base)


# ---------------------------------------------------------------- RSS, Atom, RDF
def _feed(text: str, where: str, base: str | None) -> Feed:
    try:
        import feedparser  # noqa: PLC0415 - an extra
    except ImportError as e:
        raise StopRun(f"{where}: feeds need a package: pip install 'dragoman[feeds]'") from e
    raw = _DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base or ""}
    # Bytes in a stream, for it would fetch a string that is an address; what it would clean is never shown as HTML.
    try:
        told: Any = feedparser.parse(io.BytesIO(raw), response_headers=headers, sanitize_html=False)
    except Exception as e:  # broad on purpose: whatever a stranger's feed brings to light in it costs that feed only
        raise SkipItem(f"it is a broken feed ({type(e).__name__})", where) from e
    if not told.entries and not told.feed.get("title"):
        raise SkipItem("it is a broken feed: nothing in it can be read", where)
    title = _words(told.feed.get("title"))
    language = _words(told.feed.get("language"))
    entries = (_entry(e, base, title, language) for e in told.entries[:MAX_ENTRIES])
    return Feed(title=title, entries=tuple(entries))


def _entry(told: Any, base: str | None, title: str | None, language: str | None) -> Entry:
    texts = [c.get("value") or "" for c in told.get("content", ())] + [told.get("summary") or ""]
    source = told.get("source")
    return Entry(
        url=_address(base, told.get("link") or told.get("id")),
        title=_words(plain(told.get("title") or "")),
        published=_words(told.get("published") or told.get("updated")),
        content=next((t for t in texts if t.strip()), None),
        publisher=_words(source.get("title") if source else None) or title,
        language=language,
    )


# ---------------------------------------------------------------- sitemaps, JSON Feed
def _sitemap(root: Any, base: str | None) -> Feed:
    lists = [_address(base, loc.text) for loc in root.iterfind("{*}sitemap/{*}loc")]
    entries = []
    for element in root.iterfind("{*}url"):
        news = element.find("{*}news")
        entry = Entry(
            url=_address(base, element.findtext("{*}loc")),
            title=_words(news.findtext("{*}title")) if news is not None else None,
            published=_words(news.findtext("{*}publication_date")) if news is not None else None,
            publisher=_words(news.findtext("{*}publication/{*}name")) if news is not None else None,
            language=_words(news.findtext("{*}publication/{*}language")) if news is not None else None,
        )
        entries.append(entry)
        if len(entries) == MAX_ENTRIES:
            break
    return Feed(entries=tuple(entries), lists=tuple(dict.fromkeys(u for u in lists if u)))


def _is_json_feed(start: str) -> bool:
    return start.lstrip("\ufeff \t\r\n").startswith("{") and "://jsonfeed.org/version/" in start.replace("\\/", "/")


def _json_feed(text: str, where: str, base: str | None) -> Feed:
    try:
        told = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as e:
        raise SkipItem(f"it is no JSON Feed ({str(e).lower()})", where) from e
    rows = told.get("items")
    if not _is_json_feed(text) or not isinstance(rows, list):
        raise SkipItem("it is no JSON Feed: it has no version or no items", where)
    title = _words(told.get("title"))
    entries = (
        Entry(
            url=_address(base, r.get("url") or r.get("id")),
            title=_words(r.get("title")),
            published=_words(r.get("date_published")),
            content=next(
                (c for k in ("content_html", "content_text", "summary") if (c := _words(r.get(k), raw=True))), None
            ),
            publisher=title,
            language=_words(r.get("language") or told.get("language")),
        )
        for r in rows[:MAX_ENTRIES]
        if isinstance(r, dict)
    )
    return Feed(title=title, entries=tuple(entries))


# ---------------------------------------------------------------- text and addresses
def plain(markup: str) -> str:
    """Return the text of a piece of HTML, its paragraphs a blank line apart; text without markup as it is."""
    if not _TAG.search(markup) and "&" not in markup:
        return markup
    try:
        tree = lxml.html.fragment_fromstring(markup.replace("\0", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for element in tree.xpath(_DROPPED):
        element.drop_tree()
    return re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", "".join(_walk(tree))).strip()


def _walk(tree: Any) -> Iterator[str]:
    """Yield the words of a tree in order, with line ends where paragraphs begin and end."""
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            words = element.tail
        else:
            if element.tag in _PARAGRAPHS:
                yield "\n\n"
            elif element.tag == "br" and event == "start":
                yield "\n"
            words = element.text if event == "start" else element.tail if element is not tree else None
        if words:
            yield re.sub(r"\s+", " ", words)


def _refuse_deep(text: str, where: str) -> None:
    """Refuse nesting beyond reason, tags that never end included: they cost feedparser as much."""
    depth = 0
    for m in re.finditer(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[A-Za-z_][^<>]*(>?)", text, re.DOTALL):
        if m[1] is not None and not m[0].endswith("/>"):
            depth += -1 if m[1] and m[2] else 1
        if depth > _DEEP:
            raise SkipItem(f"its elements are nested over {_DEEP} deep", where)


def _tree(text: str, where: str) -> Any:
    """Return the root of a list in XML; lxml mends what is broken, resolves nothing and fetches nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as e:
        raise SkipItem("it is broken XML: nothing in it can be read", where) from e
    if root is None:
        raise SkipItem("it is broken XML: nothing in it can be read", where)
    return root


def _words(value: object, *, raw: bool = False) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return value if raw else " ".join(value.split())


def _address(base: str | None, value: object) -> str | None:
    """Return a web address in full, None where it is none."""
    words = value.strip() if isinstance(value, str) else ""
    try:
        full = urljoin(base or "", words) if words else ""
    except ValueError:
        return None
    return full if full.startswith(("http://", "https://")) else None
