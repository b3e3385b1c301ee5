"""The desk without a browser: faces, errors, headers, and that no text of a report becomes markup."""

import pytest
from starlette.testclient import TestClient

from dragoman.web.site import ROUTES

PAGE = {"accept": "text/html"}
# One address a route that shows something on the samples; @ is an id that the list before it gives.
ADDRESSES = {
    "start": "/",
    "search": "/search?q=naval+base",
    "brief": "/brief?a=RUS&b=SYR",
    "dyad": "/dyad?a=RUS&b=SYR",
    "events": "/events?actor=RUS",
    "dossiers": "/dossiers?a=RUS&b=SYR",
    "dossier": "/dossiers?a=RUS&b=SYR@/dossier/",
    "flows": "/flows?a=RUS",
    "sums": "/flows/months?a=RUS",
    "contacts": "/contacts?a=RUS",
    "map": "/map?party=RUS",
    "network": "/network",
    "actors": "/actors",
    "actor": "/actor?name=Ahmed+al-Sharaa",
    "event": "/events@/event/",
    "mention": "/events@/mention/",
    "documents": "/documents",
    "document": "/documents@/document/",
    "sources": "/sources",
    "queue": "/queue",
    "decisions": "/decisions",
    "rejected": "/rejected",
    "pulse": "/pulse",
    "runs": "/runs",
}


@pytest.fixture
def address(request: pytest.FixtureRequest, desk: TestClient) -> str:
    """An address that shows something: LIST@PATH is the path of the first entry of a list."""
    listed, opens, path = str(request.param).partition("@")
    return f"{path}{desk.get(listed).json()[0]['id']}" if opens else listed


def test_every_route_has_an_address_here() -> None:
    assert set(ADDRESSES) == {r.name for r in ROUTES}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES, indirect=True)
@pytest.mark.parametrize(
    ("form", "kind"),
    [("html", "text/html"), ("json", "application/json"), ("csv", "text/csv"), ("md", "text/markdown")],
)
def test_four_faces_at_one_address(desk: TestClient, address: str, form: str, kind: str) -> None:
    given = desk.get(address, params=None, headers={"accept": kind})
    named = desk.get(f"{address}{'&' if '?' in address else '?'}format={form}")
    assert given.status_code == named.status_code == 200
    assert given.headers["content-type"].startswith(kind)
    assert form == "html" or given.content == named.content
    assert given.content or form == "md"  # a list of nothing has no lines


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES, indirect=True)
def test_a_page_that_did_not_change_is_not_sent_again(desk: TestClient, address: str) -> None:
    first = desk.get(address, headers=PAGE)
    again = desk.get(address, headers={**PAGE, "if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nowhere", 404, "Not Found"),
        ("/events?actr=RUS", 400, "actr: no parameter here"),
        ("/events?status=maybe", 400, "one of"),
        ("/events?since=yesterday", 400, "is no date"),
        ("/events?between=RUS", 400, "wants two parties"),
        ("/events?limit=0", 400, "wants a whole number"),
        ("/events?format=xml", 400, "one of html"),
        ("/brief?a=RUS", 400, "b: is missing"),
        ("/brief?a=RUS&b=RUS", 400, "the same party"),
        ("/brief?a=RUS&b=Nobody+Ever", 404, "no party"),
        ("/events?text=" + "x" * 501, 400, "longer than"),
    ],
)
def test_what_the_asker_can_mend_is_said(desk: TestClient, address: str, status: int, says: str) -> None:
    given = desk.get(address)
    assert given.status_code == status
    assert given.headers["content-type"] == "application/problem+json"
    assert says in given.json()["detail"]
    page = desk.get(address, headers=PAGE)
    assert page.status_code in (status, 200)  # 200: the page whose other face was asked for
    assert "content-security-policy" in page.headers


def test_every_answer_carries_the_headers(desk: TestClient) -> None:
    for address in ("/", "/nowhere", "/static/desk.css", "/events?actr=1"):
        headers = desk.get(address, headers=PAGE).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_brief_of_a_day_knows_only_what_was_told(desk: TestClient) -> None:
    page = desk.get("/brief?a=RUS&b=SYR&as_of=2025-02-13", headers=PAGE).text
    assert "phone call" in page
    assert "a shipment of Syrian pounds" not in page
    assert "as_of=2025-02-13" in page  # links carry the day on
