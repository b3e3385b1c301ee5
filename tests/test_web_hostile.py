"""Reports written to do harm: no text of theirs becomes markup, a script, a link that runs, or a template, on any page."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

pytest.importorskip("starlette", reason="the desk needs the extra [web]")

from msgspec.structs import replace
from starlette.testclient import TestClient

from builders import document, mention, run
from dragoman.answer import review
from dragoman.answer.ledger import Ledger
from dragoman.records import Document, EventMention, Ingredient, Party, Rejected, Theme, Voice, Where
from dragoman.resolve import keep
from dragoman.store import open_store
from dragoman.web.access import Access
from dragoman.web.site import ROUTES, site

PAGE = {"accept": "text/html"}
TAG = "<script>alert('x')</script>"
SVG = "<svg/onload=alert(1)>"
BREAK = "\"'><img src=x onerror=alert(2)>"
TEMPLATE = "{{7*7}}{% raw %}${7*7}"
BIDI = "\u202egnp.exe\u2066"
BAD = f"{TAG} {SVG} {BREAK} {TEMPLATE} {BIDI} </title></textarea></style>&lt;b&gt;"
OURS = {"/static/desk.js"}
RUNS = ("javascript:", "data:", "vbscript:")


def hostile(n: int, verb: str, url: str) -> tuple[Document, list[EventMention]]:
    """Return a report all of whose words are an attack."""
    text = f"{BAD} Russia {verb} {BAD} to Syria on March 5, {BAD} said.\n\n{BAD} {n}"
    d = document(
        text, publisher=f"Outlet {BAD}", title=f"Title {BAD}", url=url, published=f"2025-03-0{n}", origin=f"{BAD}.txt"
    )
    made = mention(d, verb, actors=("Russia",), recipients=("Syria",), when=("March 5", "2025-03-05"), goods="wheat")
    at = text.index(BAD)
    party = Party(name=f"Name {BAD}", country="RUS", text=BAD, start=at, end=at + len(BAD), role=BAD)
    spoilt = replace(
        made,
        actors=(party,),
        theme=Theme(text=BAD, start=at, end=at + len(BAD), kind="goods", goods=BAD, carrier=BAD),
        where=Where(name=BAD, country="SYR", lat=35.0, lon=36.0, text=BAD, start=at, end=at + len(BAD)),
        attribution=(Voice(source=BAD, kind="named", cue="said", start=at, end=at + len(BAD)),),
        ingredients=(Ingredient(name=BAD, value=BAD, weight=1.0),),
    )
    return d, [spoilt]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Ledger]]:
    """A client of a desk over hostile reports, a hostile decision and a hostile rejection, open to review."""
    path = tmp_path_factory.mktemp("hostile") / "a.db"
    urls = (
        "javascript:alert(3)",
        "JaVaScRiPt:alert(4)",
        f"https://a.example/{BAD}",
        "data:text/html,<script>1</script>",
    )
    with open_store(path) as store:
        reports = [hostile(n, "delivered", url) for n, url in enumerate(urls, 1)]
        for d, found in reports:
            store.put(run(), d, found)
        store.reject(run(), Rejected(where=BAD, stage="sources", reason=BAD))
        keep.resolve(store.resolving)
        review.put_right(store, reports[0][1][0].id, "place", BAD, f"Ann {BAD}")
        ledger = Ledger(store)
        yield TestClient(site(ledger, Access(also=["review"])), base_url="http://127.0.0.1"), ledger


def addresses(ledger: Ledger) -> list[str]:
    """Return an address of every route that shows what the reports say."""
    told = ledger.mentions()[0]
    ids = {
        "/event/{id}": told.id,
        "/mention/{id}": told.id,
        "/document/{id}": told.document_id,
        "/dossier/{id}": told.id,
    }
    found = []
    for r in ROUTES:
        path = r.path.replace("{id}", ids.get(r.path, told.id))
        asked = {"a": "RUS", "b": "SYR", "name": f"Name {BAD}", "q": "Russia"}
        query = {p.name: asked[p.name] for p in r.params if p.name in asked and (p.needed or p.name != "name")}
        found.append(f"{path}?{urlencode(query)}")
    return [*found, f"/document/{told.document_id}?layers=actors&layers=attributions&layers=predicates"]


VOID = {"meta", "link", "input", "br", "hr", "img"}
TURNS = "\u202e"
# What keeps turned text to itself: an element of its own, one with `dir`, one of a picture, or one that is not drawn.
HOLD = {"bdi", "q", "title", "option", "textarea", "text", "desc"}


class Page(HTMLParser):
    """Notes what a browser would run, what stands as text, and text that could turn what stands beside it round."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.loose: list[str] = []
        self.words = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = (value or "").strip().lower()
            runs = name in ("href", "src", "action", "formaction", "xlink:href") and said.startswith(RUNS)
            if runs or name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"<{tag} {name}={value}>")
        foreign = tag == "script" and dict(attrs).get("src") not in OURS
        if foreign or tag in ("img", "iframe", "object", "embed", "base", "style", "math", "foreignobject"):
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self._open.append((tag, tag in HOLD or "dir" in dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words += data
        if TURNS in data and not any(held for _, held in self._open):
            self.loose.append(f"{self._open[-1][0]}: {data.strip()[:60]}")


def test_no_page_runs_what_a_report_says(desk: tuple[TestClient, Ledger]) -> None:
    client, ledger = desk
    shown = 0
    for address in addresses(ledger):
        given = client.get(address, headers=PAGE)
        assert given.status_code in (200, 404), address
        page = Page(given.text)
        assert not page.faults, address
        assert not page.loose, address
        assert TAG not in given.text
        assert "49{%" not in page.words
        shown += TAG in page.words
    assert shown >= 6  # it is there, as words


def test_a_link_is_only_to_the_web(desk: tuple[TestClient, Ledger]) -> None:
    client, ledger = desk
    event = ledger.events()[0]
    pages = [client.get(f"/event/{event.id}", headers=PAGE).text]
    pages += [client.get(f"/document/{d.document.id}", headers=PAGE).text for d in ledger.documents()]
    assert not any(f'href="{scheme}' in p.lower() for p in pages for scheme in RUNS)
    assert any('href="https://a.example/&lt;script&gt;' in p for p in pages)
    assert all('rel="noreferrer nofollow"' in p for p in pages if 'href="https://a.example' in p)


def test_programs_get_the_words_as_they_are(desk: tuple[TestClient, Ledger]) -> None:
    client, ledger = desk
    event = ledger.events()[0]
    given = client.get(f"/event/{event.id}?format=json")
    assert given.headers["content-type"] == "application/json"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert TAG in json.loads(given.content)["told"][0]["said"]
    assert TAG not in client.get(f"/event/{event.id}?format=md").text  # Markdown viewers pass HTML on


def test_an_error_says_what_was_asked_as_words(desk: tuple[TestClient, Ledger]) -> None:
    client, _ = desk
    for address in (f"/event/{TAG}", f"/events?status={TAG}", f"/events?{TAG}=1", f"/document/{SVG}", f"/{TAG}"):
        page = client.get(address, headers=PAGE).text
        assert TAG not in page
        assert SVG not in page


@pytest.mark.parametrize(
    ("html", "faults", "loose"),
    [
        ("<p>a</p>", 0, 0),
        ("<p>a<script>1</script></p>", 1, 0),
        ('<a href="javascript:1">a</a>', 1, 0),
        ("<svg onload=1 />", 1, 0),
        (f"<p>{TURNS}</p>", 0, 1),
        (f"<p><b>a</b><bdi>{TURNS}</bdi></p>", 0, 0),
        (f"<p><bdi>a</bdi>{TURNS}</p>", 0, 1),
    ],
)
def test_what_would_do_harm_is_seen(html: str, faults: int, loose: int) -> None:
    page = Page(html)
    assert (len(page.faults), len(page.loose)) == (faults, loose)
