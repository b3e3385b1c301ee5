"""What an HTML page says of itself: JSON-LD, meta elements, its address. The article's text is read in html."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import htmldate
from lxml.html import HtmlElement

from dragoman.errors import SkipItem
from dragoman.scheme.boilerplate import meta_names
from dragoman.sources import dates
from dragoman.text import fold

_ARTICLE_TYPES = (
    "Article",
    "Posting",
    "Report",
    "Review",
    "Story",
)  # endings: NewsArticle, BlogPosting, LiveBlogPosting ...
# htmldate refuses dates after its max_date, by default the reader's clock, and its extensive search hands such phrases
# as "2 days ago" to a parser that counts from the clock: without both, a page reads the same on every day.
HTMLDATE: dict[str, Any] = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
"""How htmldate is asked: for the first publication, deterministically."""
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")


def json_ld(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the objects of the page's JSON-LD, articles first, in page order; a block that is no JSON is left out."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath('//script[contains(translate(@type, "LDJSON", "ldjson"), "ld+json")]'):
        raw = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.text_content())
        try:
            found += _objects(json.loads(raw, strict=False))
        except (ValueError, RecursionError):
            continue
    return [o for o in found if _is_article(o)] + [o for o in found if not _is_article(o)]


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the top-level objects of a JSON-LD value: of lists, of @graph and of mainEntity."""
    for item in node if isinstance(node, list) else [node]:
        if isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity"):
                if key in item:
                    yield from _objects(item[key])


def _is_article(o: dict[str, Any]) -> bool:
    kinds = o.get("@type")
    return any(str(k).endswith(_ARTICLE_TYPES) for k in (kinds if isinstance(kinds, list) else [kinds]))


def metas(tree: HtmlElement) -> dict[str, str]:
    """Return the content of meta elements by lower-case name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for m in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            name, content = (m.get(key) or "").strip().lower(), (m.get("content") or "").strip()
            if name and content:
                found.setdefault(name, content)
    return found


def published(
    tree: HtmlElement, objects: list[dict[str, Any]], meta: dict[str, str], url: str | None
) -> tuple[str | None, str | None]:
    """Return the page's date in ISO 8601 and its basis (json-ld, meta, time, url, htmldate), or None twice."""
    marked = tree.xpath(
        '//*[@itemprop="datePublished" or @itemprop="DatePublished"]/@*[name()="content" or name()="datetime"]'
    )
    pubdate = tree.xpath("//time[@pubdate]/@datetime")
    candidates = [
        *(("json-ld", o.get("datePublished")) for o in objects if _is_article(o)),
        *(("meta", meta.get(name)) for name in meta_names("published")),
        *(("meta", value) for value in marked),
        *(("json-ld", o.get("datePublished")) for o in objects),
        *(("time", value) for value in pubdate),
    ]
    in_url = url_day(url)
    for basis, value in candidates:
        if moment := _moment(value):
            local = _local(moment, tree)
            # The address keeps the first day, in the publisher's zone, when a page is dated anew or its moments are
            # in UTC (4 of the 97 dated development pages).
            return (local, basis) if in_url in (None, local[:10]) else (in_url, "url")
    return (in_url, "url") if in_url else _by_htmldate(tree, url)


def url_day(url: str | None) -> str | None:
    """Return the full date in the path of an address, as in /2021/03/07/ or /2021-03-07-."""
    address = _absolute(None, url) if url else None
    m = _URL_DAY.search(urlsplit(address).path) if address else None
    try:
        return dt.date(int(m[1]), int(m[3]), int(m[4])).isoformat() if m else None
    except ValueError:
        return None


def _moment(value: Any) -> str | None:
    """Return a metadata value as ISO 8601, None where it is no date."""
    if not isinstance(value, str):
        return None
    text = re.sub(r"(\d)\.\d+(?=Z|[+-]\d\d:?\d\d|$)", r"\1", value.strip())  # fractions of a second
    try:
        return dates.parse_published(text)
    except SkipItem:
        day = re.match(r"\d{4}-\d\d-\d\d(?=\D)", text)
        return _moment(day[0]) if day else None


def _local(moment: str, tree: HtmlElement) -> str:
    """Return the same moment in the publisher's zone where the page shows it: UTC moves an evening to the next day."""
    if not moment.endswith("Z"):
        return moment
    for value in tree.xpath("//time/@datetime"):
        other = _moment(value)
        if (
            other
            and "T" in other
            and other[-6] in "+-"
            and dt.datetime.fromisoformat(other) == dt.datetime.fromisoformat(moment)
        ):
            return other
    return moment


def _by_htmldate(tree: HtmlElement, url: str | None) -> tuple[str | None, str | None]:
    day = htmldate.find_date(tree, url=url or "", **HTMLDATE)
    if day is None:
        return None, None
    # A bare year in the page ("© 2021") comes out as its first day: a guess, not a date.
    if day.endswith("-01-01") and day not in dates.full_dates(tree.text_content()):
        return None, None
    return day, "htmldate"


def publisher(objects: list[dict[str, Any]], meta: dict[str, str]) -> str | None:
    """Return who publishes the page: by its JSON-LD, its meta elements; None where neither says."""
    for o in objects:
        told = o.get("publisher") if _is_article(o) else None
        for one in told if isinstance(told, list) else [told]:
            name = one.get("name") if isinstance(one, dict) else one
            if isinstance(name, str) and name.strip() and not name.startswith("http"):
                return " ".join(name.split())
    found = next((" ".join(meta[n].split()) for n in meta_names("publisher") if n in meta), None)
    address = _absolute(None, found) if found else None
    return urlsplit(address).netloc if address else found


def canonical(tree: HtmlElement, meta: dict[str, str], url: str | None) -> str | None:
    """Return the page's canonical address, the given one where it names none."""
    for value in [*tree.xpath('//link[contains(concat(" ", @rel, " "), " canonical ")]/@href'), meta.get("og:url")]:
        full = _absolute(url, (value or "").strip())
        parts = urlsplit(full) if full else None
        if full and parts and (parts.path.strip("/") or parts.query or not url):
            return full
    return url


def _absolute(base: str | None, value: str) -> str | None:
    """Return a web address in full, None where it is none."""
    try:
        full = urljoin(base or "", value)
        parts = urlsplit(full)
    except ValueError:  # such as an IPv6 host that is not closed
        return None
    return full if parts.scheme in ("http", "https") and parts.netloc else None


def language(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    """Return the language that the page declares, as an ISO 639-1 code."""
    root = tree.getroottree().getroot()
    said = root.get("lang") or root.get("xml:lang") or meta.get("og:locale") or meta.get("content-language") or ""
    code = re.split(r"[-_]", said.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def title(tree: HtmlElement, objects: list[dict[str, Any]], site: str | None, fallback: str | None) -> str | None:
    """Return the article's headline: the only h1, the JSON-LD's, `fallback`; without the `site` after it."""
    heads = [words for h in tree.xpath("//h1") if (words := " ".join(h.text_content().split()))]
    told = next((o["headline"] for o in objects if _is_article(o) and isinstance(o.get("headline"), str)), "")
    alone = heads[0] if len(heads) == 1 and fold(heads[0]) != fold(site or "") and len(heads[0].split()) > 1 else ""
    return _without_site(alone or " ".join(told.split()) or fallback or "", site, heads) or None


def _without_site(words: str, site: str | None, heads: list[str]) -> str:
    """Return "Talks begin" of "Talks begin - Example Herald", where the rest is the site or the start an h1."""
    for m in re.finditer(r"\s+[|–—·»-]\s+", words):
        start, rest = words[: m.start()], words[m.end() :]
        if start in heads or (site and fold(rest) and fold(rest) in (fold(site), fold(site).removeprefix("the "))):
            return start
    return words
