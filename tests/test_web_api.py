"""The HTTP API: its description, paging, streams; schemathesis asks what nobody thought of."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from starlette.testclient import TestClient

import dragoman
from dragoman.records import Event
from dragoman.web import openapi
from dragoman.web.access import Access
from dragoman.web.deciding import ACTIONS
from dragoman.web.site import ROUTES, site

EXAMPLES = 15  # questions an address: some seconds for all; more by raising it


def test_the_description_names_every_route_and_parameter(desk: TestClient) -> None:
    told = desk.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {r.path for r in ROUTES} | {a.path for a in ACTIONS} | {"/read"}
    for r in ROUTES:
        named = {p["name"] for p in told["paths"][r.path]["get"]["parameters"]}
        assert set(r.known) <= named


def test_every_reference_of_the_description_leads_somewhere() -> None:
    text = msgspec.json.encode(openapi.document(ROUTES)).decode()
    known = set(openapi.document(ROUTES)["components"]["schemas"])
    said = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert said <= known
    assert said


@pytest.mark.parametrize("listed", ["/events", "/dossiers", "/flows", "/contacts", "/actors"])
def test_pages_of_a_list_hold_each_entry_once(desk: TestClient, listed: str) -> None:
    whole = desk.get(listed, params={"limit": 1000}).json()
    address, found = f"{listed}?limit=3", []
    for _ in range(1 + len(whole) // 3):
        page = desk.get(address)
        found += page.json()
        if "link" not in page.headers:
            break
        address = page.headers["link"].partition(">")[0].removeprefix("<")
    assert found == whole
    assert len(whole) > 3


def test_events_stand_with_the_latest_told_first(desk: TestClient) -> None:
    told = [e["published"] for e in desk.get("/events", params={"limit": 1000}).json()]
    assert told == sorted(told, reverse=True)


def test_a_page_after_nothing_is_refused(desk: TestClient) -> None:
    for listed in ("/events", "/dossiers", "/events?as_of=2025-03"):
        given = desk.get(listed, params={"cursor": "0123456789abcdef"} if "?" not in listed else None)
        assert given.status_code == (404 if "?" not in listed else 200)
    assert desk.get("/events?as_of=2025-03&cursor=0123456789abcdef").status_code == 404


def test_a_stream_holds_all_of_a_list(desk: TestClient) -> None:
    whole = desk.get("/events", params={"limit": 1000}).json()
    lines = desk.get("/events?format=ndjson").text.splitlines()
    assert [msgspec.json.decode(x) for x in lines] == whole
    assert msgspec.json.decode(lines[0], type=Event).id == whole[0]["id"]


def test_a_stream_of_arrow_is_read_by_arrow(desk: TestClient) -> None:
    ipc = pytest.importorskip("pyarrow.ipc")
    for question, n in (("", None), ("&actor=Nobody+Ever", 0)):
        told = desk.get(f"/events?format=arrow{question}").content
        table = ipc.open_stream(io.BytesIO(told)).read_all()
        assert table.num_rows == (len(desk.get("/events?limit=1000").json()) if n is None else n)
        assert "actor_countries" in table.column_names


def test_one_answer_is_no_stream(desk: TestClient) -> None:
    assert "only a list" in desk.get("/brief?a=RUS&b=SYR&format=ndjson").json()["detail"]


# ---------------------------------------------------------------- reports that are sent
REPORT = {
    "text": "Norway delivered 20 generators to Georgia on Tuesday.",
    "published": "2025-11-20",
    "publisher": "Fjord",
}


@pytest.fixture
def taking(samples: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A desk that takes reports, over a copy of the samples."""
    shutil.copy(samples, tmp_path / "copy.db")
    with (
        dragoman.open(tmp_path / "copy.db") as ledger,
        TestClient(site(ledger, Access(also=["write"])), base_url="http://127.0.0.1") as client,
    ):
        yield client


def test_a_report_that_is_sent_is_read_once(taking: TestClient) -> None:
    first = taking.post("/read", json=REPORT).json()
    assert (first["read"], first["unchanged"]) == (1, 0)
    assert [(m["act"], m["when"]["edtf"]) for m in first["mentions"]] == [("AID", "2025-11-18")]
    again = taking.post("/read", json=[REPORT]).json()
    assert (again["read"], again["unchanged"], again["documents"]) == (0, 1, first["documents"])
    assert [e["recipients"][0]["country"] for e in taking.get("/events?actor=NOR&recipient=GEO").json()] == ["GEO"]


@pytest.mark.parametrize(
    ("body", "says"),
    [({"txt": "x"}, "no report"), ([REPORT] * 21, "at most 20"), ("text", "no report")],
    ids=["no text", "many", "no object"],
)
def test_what_is_no_report_is_refused(taking: TestClient, body: object, says: str) -> None:
    given = taking.post("/read", json=body)
    assert given.status_code == 400
    assert says in given.json()["detail"]


def test_a_report_that_cannot_be_read_costs_only_itself(taking: TestClient) -> None:
    sent = [{"text": "x" * 60_001}, {**REPORT, "published": "some day"}, {"text": ""}, REPORT]
    done = taking.post("/read", json=sent).json()
    assert done["read"] == 1
    assert [(r["where"], bool(r["reason"])) for r in done["rejected"]] == [(f"report {i}", True) for i in range(3)]


def test_a_desk_takes_no_reports_unless_it_was_started_for_it(desk: TestClient) -> None:
    given = desk.post("/read", json=REPORT)
    assert given.status_code == 403
    assert "--write" in given.json()["detail"]


# ---------------------------------------------------------------- what nobody thought of
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def test_no_question_breaks_the_server_or_the_description(samples: Path) -> None:
    asked = 0
    with dragoman.open(samples) as ledger:
        desk = site(ledger, Access(hosts=["testserver"]))
        for found in schemathesis.openapi.from_asgi("/openapi.json", desk).get_all_operations():
            asked += _ask(found.ok())  # type: ignore[union-attr]
    assert asked > len(ROUTES)


def _ask(operation: Any) -> int:
    """Ask one address many questions; return how many."""
    n = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        nonlocal n
        n += 1
        case.call_and_validate(checks=CHECKS)

    ask()
    return n
