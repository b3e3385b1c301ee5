"""What pages of a large ledger read where nothing is said: the latest, and they say so; all of it where it is asked."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

import dragoman
from dragoman.answer import latest
from dragoman.answer.map import Map
from dragoman.web.site import site
from test_resolve import filled, world

SAID = "dragoman-read"
SINCE = "2025-03-11"  # the last four of the reports were published on this day or later
LATEST = f"read from the latest reports, published since {SINCE}"
PAGES = ("/flows", "/flows/months", "/contacts", "/dossiers", "/map", "/network", "/actors", "/flows?a=RUS")


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A client of a desk to which nine reports are many."""
    filled(tmp_path / "a.db", world()).close()
    for name, value in (("WHOLE_REPORTS", 5), ("LATEST_REPORTS", 4), ("WHOLE", 2), ("LATEST", 1)):
        monkeypatch.setattr(latest, name, value)
    with dragoman.open(tmp_path / "a.db") as ledger, TestClient(site(ledger), base_url="http://127.0.0.1") as client:
        yield client


def goods(answer: object) -> set[str]:
    assert isinstance(answer, list)
    return {f["commodity"] for f in answer}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_large_ledger_says_what_it_was_read_from(large: TestClient, page: str) -> None:
    for form in ("json", "csv", "md", "html"):
        answer = large.get(page, params={"format": form} if "?" not in page else None)
        assert answer.headers[SAID] == LATEST
    shown = large.get(page, headers={"accept": "text/html"})
    assert f"This is {LATEST}" in shown.text
    assert "whole=yes" in shown.text


@pytest.mark.parametrize("more", ["whole=yes", "since=2025-01", "until=2025-12"])
@pytest.mark.parametrize("page", ["/flows", "/map", "/dossiers"])
def test_what_is_asked_for_is_read_whole(large: TestClient, page: str, more: str) -> None:
    answer = large.get(f"{page}?{more}")
    assert SAID not in answer.headers
    if page == "/flows":
        assert goods(answer.json()) == {"food", "energy"}


def test_earlier_reports_are_left_out_but_never_of_a_stream(large: TestClient) -> None:
    assert large.get("/flows").json() == []
    lines = large.get("/flows?format=ndjson").text.splitlines()
    assert goods([msgspec.json.decode(x) for x in lines]) == {"food", "energy"}


def test_of_two_parties_the_reports_of_their_latest_events_are_read(large: TestClient) -> None:
    answer = large.get("/flows?a=RUS&b=SYR")
    assert answer.headers[SAID].startswith("read from the reports that tell the latest 1 of ")
    assert answer.json() == []  # the latest is the strike
    assert goods(large.get("/flows?a=RUS&b=SYR&whole=yes").json()) == {"food", "energy"}


def test_a_day_of_knowledge_has_its_own_latest_reports(large: TestClient) -> None:
    answer = large.get("/flows?as_of=2025-03-11")
    assert "published since 2025-03-06" in answer.headers[SAID]
    assert goods(answer.json()) == {"energy"}


def test_a_map_and_a_network_have_their_stretch_in_the_answer(large: TestClient) -> None:
    found = msgspec.json.decode(large.get("/map").content, type=Map)
    assert found.since == SINCE
    assert large.get("/network").json()["since"] == SINCE
    assert msgspec.json.decode(large.get("/map?whole=yes").content, type=Map).since is None


def test_a_small_ledger_is_read_whole(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", world()).close()
    with dragoman.open(tmp_path / "a.db") as ledger, TestClient(site(ledger), base_url="http://127.0.0.1") as client:
        for page in PAGES:
            assert SAID not in client.get(page).headers
