"""HTML pages: the article's text, its captions apart. What a page says of itself is read in metadata."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from dragoman.errors import SkipItem
from dragoman.records import Document, Record
from dragoman.sources import metadata
from dragoman.sources.clean import clean
from dragoman.sources.decode import MAX_BYTES, decode, read_all
from dragoman.sources.document import Told, assemble, checked_language
from dragoman.sources.given import Given, Item
from dragoman.sources.language import detect
from dragoman.text import fold

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")
_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|div|p|h1)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_CAPTION_LONGEST = 600  # a figcaption longer than that holds the article, not a caption
_CAPTIONS = "//figcaption | //*[contains(concat(' ', @class, ' '), ' wp-caption-text ')] | //*[@itemprop='caption']"


class Page(Record, frozen=True):
    """The article's text without boilerplate, and what the page says of itself, None where it is silent."""

    title: str | None
    text: str
    published: str | None  # ISO 8601, a day or a moment
    published_basis: str | None  # json-ld, meta, time, url, htmldate, dateline
    url: str | None
    publisher: str | None
    language: str | None
    captions: tuple[str, ...] = ()


def accepts(name: str, head: bytes) -> bool:
    """Take files named as HTML, and anything whose first bytes are markup."""
    return PurePath(name).suffix.lower() in EXTENSIONS or _MARKUP.search(head[:1024].replace(b"\0", b"")) is not None


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item]:
    """Yield the one item of a page."""
    yield Item(read_all(stream, origin, max_bytes), origin, given, document)


def page(html: bytes | str, url: str | None = None) -> Page:
    """Return the article of a page and what the page says of itself; SkipItem where the bytes hold no page.

    A page without an article has an empty text. `url` is where it was found; the page's canonical address outranks it.
    """
    where = url or "page"
    tree = _tree(html if isinstance(html, str) else _decoded(html, where), where)
    objects, meta = metadata.json_ld(tree), metadata.metas(tree)
    address = metadata.canonical(tree, meta, url)
    published, basis = metadata.published(tree, objects, meta, address)
    captions = _take_captions(tree)
    told = trafilatura.bare_extraction(
        tree,
        url=address,
        fast=True,
        with_metadata=True,
        include_comments=False,
        date_extraction_params=metadata.HTMLDATE,
    )
    publisher = metadata.publisher(objects, meta) or getattr(told, "sitename", None) or None
    title = metadata.title(tree, objects, publisher, getattr(told, "title", None))
    cleaned = clean(_spaced(getattr(told, "text", None) or ""), title=title, publisher=publisher)
    if published is None and cleaned.stated:
        published, basis = cleaned.stated, "dateline"
    return Page(
        title=title,
        text=cleaned.text.strip(),
        published=published,
        published_basis=basis,
        url=address,
        publisher=publisher,
        language=detect(cleaned.text) or metadata.language(tree, meta),
        captions=(*captions, *cleaned.captions),
    )


def document(raw: bytes, origin: str, given: Given) -> Document:
    """Return the document of a page; SkipItem where it holds no article."""
    found = page(_decoded(raw, origin, given.charset), given.url or given.at)
    if not found.text:
        raise SkipItem("the page holds no article text: save the article's own page, with its text", origin)
    title = given.title or found.title
    headed = title is None or fold(found.text.partition("\n")[0]) == fold(title)
    text = found.text if headed else f"{title}\n\n{found.text}"
    told = Told(
        published=given.published or found.published,
        published_basis="given" if given.published else found.published_basis,
        publisher=given.publisher or found.publisher,
        title=title,
        url=given.url or found.url,
        language=checked_language(text, given, origin),
        captions=found.captions,
    )
    return assemble(raw, text, told, given, origin)


def _decoded(raw: bytes, origin: str, charset: str | None = None) -> str:
    """Return the characters of a page; NUL bytes are dropped, as browsers do."""
    declared = _XML_CHARSET.search(raw[:200]) or _CHARSET.search(raw[:4096])
    name = declared[1].decode("ascii").lower() if declared else charset
    stripped = raw if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw[:64].count(0) > 8 else raw.replace(b"\0", b"")
    # A page that says iso-8859-1 means Windows-1252: the WHATWG encoding standard reads it so.
    return decode(
        stripped, origin, "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name
    )


def _tree(markup: str, where: str) -> HtmlElement:
    """Return the parsed page; lxml mends broken markup."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as e:
        raise SkipItem("it holds no HTML: save the article's page again", where) from e
    return tree


def _take_captions(tree: HtmlElement) -> tuple[str, ...]:
    """Take the captions out of the tree and return them."""
    captions: list[str] = []
    for element in tree.xpath(_CAPTIONS):
        words = " ".join(element.text_content().split())
        if len(words) <= _CAPTION_LONGEST and element.getparent() is not None:
            captions += [words] if words else []
            element.drop_tree()
    return tuple(dict.fromkeys(captions))


def _spaced(text: str) -> str:
    """Return extracted text with a blank line between its paragraphs, which trafilatura sets apart by one line end."""
    return re.sub(r"\n+", "\n\n", text)
