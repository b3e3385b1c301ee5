"""HTML pages: text, captions, date and its basis, publisher, address; broken and foreign pages."""

import io
from pathlib import Path

import pytest

from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.sources import html
from dragoman.sources.given import Found, Given, documents

PAGE = (Path(__file__).parent / "fixtures" / "sources" / "page.html").read_bytes()
LEAD = "Norvia and Estmark signed an accord on Wednesday that reopens the ferry line between their capitals, they said."
MORE = "The first boat is to leave on June 3, and Norvia will pay for two of the three vessels, its minister said."


def made(head: str = "", body: str = "", address: str | None = None) -> html.Page:
    return html.page(
        f"<html><head>{head}</head><body>{body}<article><p>{LEAD}</p><p>{MORE}</p></article></body></html>", address
    )


def read(raw: bytes, **given: str) -> Found:
    [found] = documents(html.items(io.BytesIO(raw), "a.html", Given(**given)))  # type: ignore[arg-type]
    return found


def test_page_has_its_fields() -> None:
    page = html.page(PAGE, "https://harbourgazette.example/amp/ferry-accord?utm=x")
    assert page.title == "Norvia and Estmark sign ferry accord"
    assert (page.published, page.published_basis) == (
        "2024-05-15T21:30:00-04:00",
        "json-ld",
    )  # the evening before, in its own zone
    assert page.publisher == "The Harbour Gazette"
    assert page.url == "https://harbourgazette.example/world/ferry-accord"
    assert page.language == "en"
    assert page.captions == ("The quay at Estmark on Tuesday. Photo: Jane Sample/Harbour Pictures",)


def test_text_is_the_report_and_nothing_else() -> None:
    paragraphs = [x for x in html.page(PAGE).text.split("\n") if x.strip()]
    assert paragraphs.pop(0) == "Norvia and Estmark sign ferry accord"  # the page keeps its headline inside the article
    assert [x.split()[0] for x in paragraphs] == ["Norvia", "The", "Estmark", "An"]
    assert paragraphs[-1].endswith("asked for a vote before the first boat sails.")


def test_document_has_its_title_as_first_block() -> None:
    document = read(PAGE)
    assert isinstance(document, Document)
    title = document.blocks[0]
    assert (title.kind, document.text[title.start : title.end]) == ("title", "Norvia and Estmark sign ferry accord")
    assert document.captions
    assert "quay at Estmark" not in document.text


def test_caller_outranks_the_page() -> None:
    document = read(PAGE, published="2024-05-20", publisher="Wire", title="A title", url="https://wire.example/1")
    assert isinstance(document, Document)
    assert (document.published, document.published_basis) == ("2024-05-20", "given")
    assert (document.publisher, document.title, document.url) == ("Wire", "A title", "https://wire.example/1")


@pytest.mark.parametrize(
    ("head", "body", "address", "expected"),
    [
        ('<meta property="article:published_time" content="2024-05-15T10:00:00+02:00">', "", None, ("2024-05-15T10:00:00+02:00", "meta")),
        ('<meta name="pubdate" content="2024-05-15T10:00:00.123Z">', "", None, ("2024-05-15T10:00:00Z", "meta")),
        ("", '<span itemprop="datePublished" content="2024-05-15">Wed</span>', None, ("2024-05-15", "meta")),
        ("", '<time pubdate datetime="2024-05-15T10:00">Wed</time>', None, ("2024-05-15T10:00:00", "time")),
        ("", "", "https://a.example/2024/05/15/ferry", ("2024-05-15", "url")),
        ("", "", "https://a.example/20240515-ferry", ("2024-05-15", "url")),
        ('<meta name="pubdate" content="2024-05-16T02:00:00Z">', "", "https://a.example/2024/05/15/ferry", ("2024-05-15", "url")),
        ('<script type="application/ld+json">{not json</script><meta name="pubdate" content="2024-05-15">', "", None, ("2024-05-15", "meta")),
        ('<meta name="pubdate" content="soon">', "", None, (None, None)),
        ("", "<footer>© 2021 The Harbour Gazette</footer>", None, (None, None)),  # a bare year is no date
        ("", "", None, (None, None)),
        ("", "", "https://a.example/2024/13/45/ferry", (None, None)),
    ],
)  # fmt: skip
def test_date_and_its_basis(head: str, body: str, address: str | None, expected: tuple[str | None, str | None]) -> None:
    page = made(head, body, address)
    assert (page.published, page.published_basis) == expected


@pytest.mark.parametrize(
    ("href", "address", "expected"),
    [
        ("https://a.example/one", "https://a.example/one?utm=x", "https://a.example/one"),
        ("/one", "https://a.example/amp/one", "https://a.example/one"),
        (
            "https://a.example/",
            "https://a.example/one",
            "https://a.example/one",
        ),  # a site that names its front page everywhere
        ("http://[broken", "https://a.example/one", "https://a.example/one"),
        ("/one", None, None),
        ("javascript:void(0)", None, None),
    ],
)
def test_canonical_address(href: str, address: str | None, expected: str | None) -> None:
    assert made(f'<link rel="canonical" href="{href}">', "", address).url == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Talks begin on ferry - The Gazette</title><meta property='og:site_name' content='The Gazette'>", "", "Talks begin on ferry"),
        ("<title>Talks begin - The Gazette</title>", "<h1>Talks begin on the ferry</h1>", "Talks begin on the ferry"),
        ("<meta property='og:title' content='Ceasefire - what we know'>", "", "Ceasefire - what we know"),
    ],
)  # fmt: skip
def test_title(head: str, body: str, expected: str) -> None:
    assert made(head, body).title == expected


@pytest.mark.parametrize(
    ("name", "declared"),
    [("utf-8", "utf-8"), ("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("utf-16", "utf-16"), ("cp1252", "")],
)
def test_encodings(name: str, declared: str) -> None:
    words = "The minister’s café in Malmö — closed since 2015 — will open again on the day when the first ferry sails, he said."
    meta = f'<meta charset="{declared}">' if declared else ""
    raw = f"<html><head>{meta}<title>Ferry</title></head><body><article><p>{LEAD}</p><p>{words}</p></article></body></html>".encode(
        name
    )
    assert words in html.page(raw).text


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{LEAD}<p>{MORE}",
        f"<html><body><div><article><p>{LEAD}</p><p>{MORE}</div></b></i><td>",
        f"<html><body><article><p>{LEAD}</p>\0<p>{MORE}</p></article></body></html>",
        f"<?xml version='1.0' encoding='utf-8'?><html><body><article><p>{LEAD}</p><p>{MORE}</p></article></body></html>",
        "<div>" * 3000 + f"<p>{LEAD}</p><p>{MORE}</p>",
    ],
)
def test_broken_markup_is_read(markup: str) -> None:
    text = html.page(markup.encode()).text
    assert LEAD in text or markup.startswith("<div><div>")  # so deep a page is cut by the parser, and does not fail


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><body></body></html>", "no article text"),
        (b"%PDF-1.7 <html>", "PDF"),
        (("<html><body><article>" + "<p>Die Regierung hat am Mittwoch ein Abkommen mit dem Nachbarland unterzeichnet, das die Linie "
          "zwischen den beiden Städten wieder öffnet.</p>" * 3 + "</article></body></html>").encode(), "'de'"),
    ],
)  # fmt: skip
def test_page_that_is_refused(raw: bytes, reason: str) -> None:
    found = read(raw)
    assert isinstance(found, SkipItem)
    assert reason in found.reason
    assert found.where == "a.html"
    assert "\n" not in str(found)


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.html", b"", True),
        ("a.HTM", b"", True),
        ("", b"\xef\xbb\xbf <!DOCTYPE html>", True),
        ("a.txt", b"Two <3 five", False),
        ("", b"{}", False),
    ],
)
def test_accepts(name: str, head: bytes, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert html.accepts(name, head) is expected
