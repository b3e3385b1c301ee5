"""The pages that open a figure down to its words: what they say of planted reports, and how a text is cut at its marks."""

import io
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

pytest.importorskip("starlette", reason="the desk needs the extra [web]")

from starlette.testclient import TestClient

from builders import document, run
from dragoman.answer import review
from dragoman.answer.explain import Mark
from dragoman.answer.ledger import Ledger
from dragoman.records import Document, SentenceSpan, Span, When
from dragoman.web import layers
from dragoman.web.marking import cut, excerpts
from dragoman.web.site import site
from dragoman.web.turns import TOGETHER
from test_resolve import filled, world

PAGE = {"accept": "text/html"}
Desk = tuple[TestClient, Ledger]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A client over two shipments and one strike, which a wire tells in three outlets."""
    with Ledger(filled(tmp_path / "a.db", world())) as ledger:
        yield TestClient(site(ledger), base_url="http://127.0.0.1"), ledger


# ---------------------------------------------------------------- as of a day
LATER = re.compile(r"Delta|Epsilon|2025-03-1[2-7]|19 died")  # what reports of after the strike brought


@pytest.mark.parametrize(
    "address",
    ["/events?", "/event/ID?", "/mention/ID?", "/brief?a=RUS&b=SYR&", "/map?", "/network?", "/search?q=bombed&",
     "/actor?name=RUS&", "/"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "csv", "md", "zip"])
def test_nothing_of_a_later_day_stands_in_any_face(desk: Desk, address: str, form: str) -> None:
    client, ledger = desk
    asked = address.replace("ID", ledger.events()[2].id).rstrip("?&")
    told = client.get(f"{asked}{'&' if '?' in asked else '?'}as_of=2025-03-11&format={form}")
    assert told.status_code == 200
    files = [told.text]
    if form == "zip":
        with ZipFile(io.BytesIO(told.content)) as bundle:
            files = [bundle.read(n).decode() for n in bundle.namelist() if n.startswith(("answer", "evidence"))]
    assert not [found[0] for text in files for found in LATER.finditer(text)]
    assert form != "zip" or "Alpha" in files[-1]  # something is there


@pytest.mark.parametrize("page", ["/map", "/network"])
def test_the_strip_of_time_has_the_acts_of_its_day_only(desk: Desk, page: str) -> None:
    client, _ = desk
    assert "of 2025-03-10: " in client.get(f"{page}?as_of=2025-03-11", headers=PAGE).text
    early = client.get(f"{page}?as_of=2025-03-08", headers=PAGE).text
    assert "of 2025-02-14: " in early or "of 2025-02-10: " in early
    assert "of 2025-03-10: " not in early


@pytest.mark.parametrize("page", ["/map?", "/network?", "/dyad?a=RUS&b=SYR&"])
@pytest.mark.parametrize(
    ("asked", "status"), [("until=9999-12-31", 200), ("since=0001", 200), ("since=0000", 400), ("until=0000", 400)]
)
def test_the_ends_of_the_calendar(desk: Desk, page: str, asked: str, status: int) -> None:
    client, _ = desk
    assert client.get(f"{page}{asked}", headers=PAGE).status_code == status


# ---------------------------------------------------------------- events
def test_an_event_opens_with_origins_versions_and_passages(desk: Desk) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    answer = client.get(f"/event/{strike.mentions[3][:10]}").json()
    assert answer["event"]["id"] == strike.id
    sizes = {o["name"]: len(o["documents"]) for o in answer["origins"]}
    assert sorted(sizes.values()) == [1, 1, 3]
    (wire,) = [o for o in answer["origins"] if len(o["documents"]) == 3]
    assert set(wire["outlets"]) == {"Alpha", "Beta", "Gamma"}
    assert wire["copies"][0]["passages"]
    page = client.get(f"/event/{strike.id}", headers=PAGE).text
    assert "Where the tellers differ" in page
    assert re.search(r'class="value"><bdi>12</bdi>.*class="value"><bdi>19</bdi>', page, re.DOTALL)
    assert "What they share" in page
    assert page.count('class="telling"') == 5
    assert '<mark class="m-predicate "' in page


def test_a_table_has_one_row_a_telling(desk: Desk) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    lines = client.get(f"/event/{strike.id}?format=csv").text.splitlines()
    assert len(lines) == 1 + len(strike.mentions)
    assert lines[0].startswith("mention,published,publisher,title,url")
    assert client.get(f"/event/{strike.id}?format=md").text.startswith("# ASSAULT")


@pytest.mark.parametrize(
    ("day", "tellings", "differing"),
    [
        ("2025-03-11", 2, []),
        ("2025-03-12", 3, []),
        ("2025-03-13", 4, ["killed"]),
        ("2025-03-14", 5, ["status", "killed"]),
    ],
)
def test_an_event_as_of_a_day(desk: Desk, day: str, tellings: int, differing: list[str]) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    answer = client.get(f"/event/{strike.id}?as_of={day}").json()
    assert len(answer["told"]) == tellings
    assert [d["field"] for d in answer["event"]["disagreements"]] == differing


def test_what_a_day_does_not_know_is_not_found(desk: Desk) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    told = ledger.mentions(act="ASSAULT")[0]
    for path in (f"/event/{strike.id}", f"/mention/{told.id}", f"/document/{told.document_id}"):
        assert client.get(path).status_code == 200
        assert client.get(f"{path}?as_of=2025-03-10").status_code == 404
    assert client.get("/event/ffffffff").status_code == 404


def test_a_rejected_telling_still_opens(desk: Desk) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    gone = strike.mentions[1]
    review.reject(ledger.store, gone, "Ann", "a film")
    assert client.get(f"/event/{gone}").status_code == 404
    assert "it was rejected" in client.get(f"/mention/{gone}", headers=PAGE).text
    document_id = ledger.explain(gone).document_id
    page = client.get(f"/document/{document_id}", headers=PAGE).text
    assert f'href="/mention/{gone}"' in page
    assert client.get(f"/document/{document_id}").json()["document"]["mentions"][0]["event"] is None


# ---------------------------------------------------------------- reports
def test_a_report_shows_whose_words_it_prints(desk: Desk) -> None:
    client, ledger = desk
    strike = ledger.events()[2]
    second = ledger.explain(strike.mentions[1]).document_id
    answer = client.get(f"/document/{second}").json()["document"]
    assert {r["relation"] for r in answer["related"]} == {"copy"}
    assert answer["origin"]["origin"] != second
    assert len(client.get(f"/document/{second}?as_of=2025-03-11").json()["document"]["related"]) == 1


def test_layers_are_made_when_one_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client, ledger = desk
    text = ledger.documents()[4].document
    kinds = {s["layer"] for s in client.get(f"/document/{text.id}").json()["layers"]}
    assert kinds == {"events"}
    asked = client.get(f"/document/{text.id}?layers=actors&layers=quantities").json()["layers"]
    assert {s["layer"] for s in asked} == {"actors", "quantities"}
    assert all(text.text[s["start"] : s["end"]] == s["text"] for s in asked)
    assert any(s["text"] == "12 people" for s in asked)
    page = client.get(f"/document/{text.id}?layers=actors", headers=PAGE).text
    assert 'class="text show-actors"' in page
    assert "data-switch" in page
    body = re.search(r"<div class=\"text.*?>(.*?)</div>", page, re.DOTALL)
    assert body
    assert re.sub(r"<[^>]*>", "", body[1]) == text.text
    monkeypatch.setattr(layers, "LONGEST", 10)
    assert client.get(f"/document/{text.id}?layers=actors").json()["layers"] == []
    assert client.get(f"/document/{text.id}?layers=colours").status_code == 400


def test_those_who_ask_for_layers_do_not_hold_up_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client, ledger = desk
    go = Event()

    def slow(_: Document) -> tuple[layers.LayerSpan, ...]:
        assert go.wait(20)
        return ()

    monkeypatch.setattr(layers, "_made", slow)
    page = f"/document/{ledger.documents()[0].document.id}?layers=actors"

    with ThreadPoolExecutor(TOGETHER) as pool:
        asked = [pool.submit(client.get, page) for _ in range(TOGETHER)]
        while sum(a.done() for a in asked) < TOGETHER - layers.WAITING:  # the others are told at once
            time.sleep(0.01)
        assert client.get("/pulse").status_code == 200
        go.set()
    assert sorted(a.result().status_code for a in asked) == [200] * layers.WAITING + [503] * (TOGETHER - layers.WAITING)


def test_sources_part_own_words_from_printed_ones(desk: Desk) -> None:
    client, _ = desk
    found = {o["outlet"]: o for o in client.get("/sources").json()}
    assert [found[o]["documents"] for o in ("Alpha", "Beta", "Gamma")] == [3, 2, 2]
    assert all(o["own"] + o["printed"] + o["versions"] == o["documents"] for o in found.values())
    # Alpha and Beta print the wire on one day, so the id decides which of them had it first.
    assert (found["Gamma"]["printed"], found["Alpha"]["printed"] + found["Beta"]["printed"]) == (1, 1)
    early = {o["outlet"]: o["printed"] for o in client.get("/sources?as_of=2025-03-11").json()}
    assert (early["Gamma"], early["Alpha"] + early["Beta"]) == (0, 1)


def test_documents_by_filter(desk: Desk) -> None:
    client, _ = desk
    assert [d["publisher"] for d in client.get("/documents?outlet=Gamma").json()] == ["Gamma", "Gamma"]
    days = [d["published"] for d in client.get("/documents?as_of=2025-03-07").json()]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2025-03-07"
    assert len(client.get("/documents?limit=2").json()) == 2
    every = client.get("/documents").json()
    assert "text" not in every[0]
    read: list[dict[str, object]] = []
    address: str | None = "/documents?limit=2"
    while address:
        page = client.get(address)
        read += page.json()
        address = page.links["next"]["url"] if "next" in page.links else None
    assert read == every
    assert len(client.get("/documents?format=ndjson").text.splitlines()) == len(every) == 9
    assert client.get("/documents?cursor=ffff").status_code == 404


def test_a_telling_that_was_read_again_keeps_its_page(desk: Desk) -> None:
    client, ledger = desk
    d, found = world()[4]
    ledger.store.put(run(version="0.2.0"), d, found)
    assert client.get(f"/mention/{found[0].id}").json()["version"] == "0.2.0"


# ---------------------------------------------------------------- marks
LABEL = st.sampled_from(["actor", "when", "cue"])
SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30), LABEL)


@given(st.text(min_size=1, max_size=30), st.lists(SPAN, max_size=8), st.integers(0, 30), st.integers(0, 30))
def test_pieces_are_the_text_and_each_mark_covers_its_words(
    text: str, spans: list[tuple[int, int, str]], one: int, other: int
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    marks = [
        Mark(label=k, start=a, end=min(z, len(text)), text=text[a:z])
        for a, z, k in dict.fromkeys((min(x, y), max(x, y), k) for x, y, k in spans)
        if a < min(z, len(text))
    ]
    pieces = cut(text, marks, start, end)
    assert "".join(p.text for p in pieces) == text[start:end]
    for m in marks:
        covered = "".join(p.text for p in pieces if m in p.marks)
        assert covered == text[max(start, m.start) : min(end, m.end)]
        assert sum(m in p.begun for p in pieces) == sum(m in p.ended for p in pieces) == bool(covered)


def test_words_outside_the_sentence_are_shown_in_their_place() -> None:
    text = (
        "The envoy came on Monday, with a large delegation.\n\nNothing was said of it. Russia delivered wheat to Syria."
    )
    d = document(text)
    start = text.index("Russia")
    made = world()[0][1][0]
    m = replace(
        made,
        document_id=d.id,
        actors=(),
        recipients=(),
        theme=None,
        evidence=(),
        counts=(),
        where=None,
        sentence=SentenceSpan(start=start, end=len(text)),
        predicate=Span(start=text.index("delivered"), end=text.index(" wheat"), text="delivered"),
        when=When(edtf="2025-03-03", text="Monday", start=18, end=24, basis="tense"),
    )
    shown = excerpts(m, text)
    assert ["".join(p.text for p in x.pieces) for x in shown] == [text[:50], text[start:]]
    assert [(x.before, x.behind) for x in shown] == [(False, True), (True, False)]
    assert [p.text for x in shown for p in x.pieces if p.marks] == ["Monday", "delivered"]
