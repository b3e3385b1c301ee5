"""Who may do what on the desk: hosts, tokens, sessions, forms, limits. Everything that is refused, and how."""

import io
import json
import re
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("starlette", reason="the desk needs the extra [web]")

import anyio
from click.testing import CliRunner
from sqlalchemy.pool import QueuePool
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from dragoman.answer import review
from dragoman.answer.ledger import Ledger
from dragoman.cli.group import cli
from dragoman.errors import StopRun
from dragoman.web import access, guard, tokens, turns
from dragoman.web.access import Access, Sessions, allowed
from dragoman.web.deciding import id_in
from dragoman.web.form import own_path
from dragoman.web.limits import Buckets
from dragoman.web.site import site
from test_resolve import filled, world

PAGE = {"accept": "text/html"}
HERE = "http://127.0.0.1"
Client = Callable[..., TestClient]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(filled(tmp_path / "a.db", world())) as opened:
        yield opened


@pytest.fixture
def client(ledger: Ledger) -> Client:
    """Return a client of a desk that was started so."""

    def make(given: Access | None = None, at: str = HERE) -> TestClient:
        return TestClient(site(ledger, given), base_url=at, follow_redirects=False)

    return make


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, str]:
    """Return token words by name, and under `file` where they are kept."""
    path = tmp_path / "tokens.json"
    made = {name: tokens.add(path, name, [scope]) for name, scope in (("Ann", "review"), ("Bo", "read"))}
    return {**made, "file": str(path)}


def bearer(words: str) -> dict[str, str]:
    return {"authorization": f"Bearer {words}"}


def mark_of(page: str) -> str:
    found = re.search(r'name="mark" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


# ---------------------------------------------------------------- tokens in a file
def test_a_token_is_kept_as_a_hash_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    words = tokens.add(path, "Ann", ["review"])
    assert len(words.removeprefix("dragoman_")) >= 43  # 256 bits in base64
    assert words not in path.read_text("utf8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    held = tokens.Tokens(path)
    found = held.of(words)
    assert found is not None
    assert (found.name, found.scopes) == ("Ann", ("read", "review"))
    assert held.of(words[:-1]) is None
    tokens.remove(path, "Ann")
    assert held.of(words) is None  # the file is read again when it changes
    assert [p.name for p in tmp_path.iterdir()] == ["t.json"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: p.chmod(0o644), "chmod 600"),
        (lambda p: p.write_text("{", "utf8"), "can't be read"),
        (lambda p: p.write_text('{"tokens": [{"name": 1}]}', "utf8"), "can't be read"),
        (lambda p: p.unlink(), "no tokens here"),
    ],
)
def test_a_file_of_tokens_that_can_not_be_used(tmp_path: Path, spoil: Callable[[Path], object], says: str) -> None:
    path = tmp_path / "t.json"
    tokens.add(path, "Ann", [])
    spoil(path)
    with pytest.raises(StopRun, match=says):
        tokens.load(path)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "rule", "a\x00b", "Ann"])
def test_a_name_that_no_token_can_have(tmp_path: Path, name: str) -> None:
    tokens.add(tmp_path / "t.json", "Ann", [])
    with pytest.raises(StopRun):
        tokens.add(tmp_path / "t.json", name, [])


def test_tokens_by_command(tmp_path: Path) -> None:
    def invoke(*words: str) -> str:
        done = CliRunner().invoke(cli, ["token", *words, "--tokens", str(tmp_path / "t.json")])
        assert done.exit_code == 0, done.output
        return done.stdout

    words = invoke("add", "Ann", "--scope", "write", "--scope", "review").strip()
    assert tokens.Tokens(tmp_path / "t.json").of(words)
    assert "read, write, review" in invoke("list")
    assert words not in invoke("list")
    invoke("remove", "Ann")
    assert invoke("list") == ""


# ---------------------------------------------------------------- how a desk is started
@pytest.mark.parametrize(
    ("host", "review_", "with_tokens", "says"),
    [
        ("0.0.0.0", False, False, "can be reached by others"),
        ("192.168.1.4", True, False, "can be reached by others"),
        ("::", False, False, "can be reached by others"),
        ("desk.example", False, False, "can be reached by others"),
        ("127.0.0.1", True, True, "scope review decides"),
    ],
)
def test_a_desk_that_is_not_started(
    secret: dict[str, str],
    host: str,
    review_: bool,  # noqa: FBT001 - a column of the table
    with_tokens: bool,  # noqa: FBT001
    says: str,
) -> None:
    with pytest.raises(StopRun, match=says):
        allowed(host, tokens=Path(secret["file"]) if with_tokens else None, also=["review"] * review_, hosts=())


def test_the_command_says_in_one_line_why_it_does_not_listen(ledger: Ledger) -> None:
    done = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--store", ledger.store.name])
    assert done.exit_code == 1
    assert "dragoman token add" in done.output
    assert done.output.count("\n") == 1


# ---------------------------------------------------------------- hosts
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("rebound.example", 403),
        ("127.0.0.1.rebound.example", 403),
        ("localhost:evil", 403),
        ("", 403),
    ],
)
def test_a_desk_answers_to_its_names_only(client: Client, host: str, status: int) -> None:
    assert client().get("/events", headers={"host": host}).status_code == status


def test_a_name_that_was_allowed(client: Client) -> None:
    desk = client(allowed("127.0.0.1", tokens=None, also=(), hosts=["Desk.Example:443"]))
    assert desk.get("/events", headers={"host": "desk.example:9000"}).status_code == 200


# ---------------------------------------------------------------- deciding on this machine
def test_a_desk_only_reads_unless_told(client: Client, ledger: Ledger) -> None:
    desk, event = client(), ledger.events()[0]
    page = desk.get(f"/event/{event.id}", headers=PAGE).text
    assert '<form method="post"' not in page
    for path in (f"/event/{event.id}/merge", "/judge", "/decision/ab/undo"):
        given = desk.post(path, json={"by": "Ann"})
        assert (given.status_code, given.headers["content-type"]) == (403, "application/problem+json")
    assert review.decisions(ledger.store) == []


def test_decided_on_the_page_and_undone(client: Client, ledger: Ledger) -> None:
    desk, (first, second, *_) = client(Access(also=["review"])), ledger.events()
    page = desk.get(f"/event/{second.id}", headers=PAGE).text
    fields = {
        "mark": mark_of(page),
        "by": "Ann",
        "with": f"http://127.0.0.1/event/{first.id}?as_of=2025",
        "reason": "r",
    }
    given = desk.post(f"/event/{second.id}/merge", data=fields, headers={**PAGE, "origin": HERE})
    assert (given.status_code, given.headers["location"]) == (303, f"/event/{first.id}")
    assert len(ledger.events()) == 2
    (made,) = review.decisions(ledger.store)
    assert (made.judgement.by, made.judgement.note) == ("Ann", "r")
    assert "set-cookie" not in given.headers
    page = desk.get(given.headers["location"], headers=PAGE).text
    undo = desk.post(
        f"/decision/{made.id}/undo", data={"mark": mark_of(page), "back": f"/event/{first.id}"}, headers=PAGE
    )
    assert undo.headers["location"] == f"/event/{first.id}"
    assert len(ledger.events()) == 3


def test_every_decision_has_its_form(client: Client, ledger: Ledger) -> None:
    desk, strike = client(Access(also=["review"])), ledger.events()[2]
    mark = mark_of(desk.get(f"/event/{strike.id}", headers=PAGE).text)

    def post(path: str, **fields: str) -> str:
        given = desk.post(path, data={"mark": mark, "by": "Ann", **fields}, headers=PAGE)
        assert given.status_code == 303, given.text
        return given.headers["location"]

    assert post(f"/event/{strike.id}/set", field="killed", value="17") == f"/event/{strike.id}"
    assert post(f"/event/{strike.id}/split", mention=strike.mentions[-1]) == f"/event/{strike.id}"
    assert post(f"/mention/{strike.mentions[1]}/reject", reason="a film") == "/decisions"
    assert post("/judge", a=strike.mentions[0], b=strike.mentions[-1], verdict="same", back="/queue") == "/queue"
    kinds = [d.judgement.verdict for d in review.decisions(ledger.store)]
    assert kinds == ["set", "different", "rejected", "same"]
    shown = desk.get("/decisions", headers=PAGE).text
    assert shown.count("<button>Undo</button>") == 4


@pytest.mark.parametrize(
    ("headers", "fields", "status"),
    [
        ({}, {"mark": ""}, 403),
        ({}, {"mark": "0" * 64}, 403),
        ({"origin": "https://elsewhere.example"}, {}, 403),
        ({"origin": "null"}, {}, 403),
        ({"origin": "http://["}, {}, 403),
        ({"origin": "http://127.0.0.1:9999"}, {}, 403),
        ({"sec-fetch-site": "cross-site"}, {}, 403),
        ({"sec-fetch-site": "same-site"}, {}, 403),
        ({"content-type": "text/plain"}, {}, 403),
        ({"content-type": "application/xml"}, {}, 400),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, {}, 303),
        ({}, {"by": ""}, 400),
        ({}, {"reason": "x" * 2001}, 400),
        ({}, {"reason": "x" * guard.BODY}, 413),
    ],
)
def test_a_form_that_did_not_come_from_here(
    client: Client, ledger: Ledger, headers: dict[str, str], fields: dict[str, str], status: int
) -> None:
    desk, (first, second, *_) = client(Access(also=["review"])), ledger.events()
    mark = mark_of(desk.get(f"/event/{first.id}", headers=PAGE).text)
    given = desk.post(
        f"/event/{first.id}/merge",
        data={"mark": mark, "by": "Ann", "with": second.id, **fields},
        headers={**PAGE, **headers},
    )
    assert given.status_code == status
    assert len(review.decisions(ledger.store)) == (status == 303)


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"a=1&" * 600])
def test_a_form_that_can_not_be_read(client: Client, body: bytes) -> None:
    desk = client(Access(also=["review"]))
    given = desk.post("/judge", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert given.status_code == 400
    assert "the form can't be read" in given.json()["detail"]


def test_a_body_without_a_length_is_counted_too(client: Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 4096

    given = client(Access(also=["review"])).post("/judge", content=endless(), headers={"content-type": "a/b"})
    assert given.status_code == 413


# ---------------------------------------------------------------- with tokens
def test_no_error_says_where_the_ledger_lies(client: Client, ledger: Ledger) -> None:
    with sqlite3.connect(ledger.store.name) as other:
        other.execute("DROP TABLE event_mentions")
    refused = client().get("/events?actor=RUS")
    assert refused.status_code == 400
    assert "the ledger: can't be used" in refused.json()["detail"]
    assert ledger.store.name not in refused.text


@pytest.fixture
def guarded(client: Client, secret: dict[str, str]) -> TestClient:
    return client(Access(tokens=Path(secret["file"])))


def test_without_a_token_nothing_is_shown(guarded: TestClient) -> None:
    for path in ("/", "/events", "/nowhere", "/enter%3Fto=/events", "/enter/", "//enter", "/queue?x=/static/"):
        given = guarded.get(path)
        assert (given.status_code, given.headers["www-authenticate"]) == (401, "Bearer")
        assert given.json()["title"] == "Unauthorized"
    page = guarded.get("/events?actor=RUS", headers=PAGE)
    assert (page.status_code, page.headers["location"]) == (303, "/enter?to=%2Fevents%3Factor%3DRUS")
    assert guarded.get("/static/desk.css").status_code == 200


def test_a_program_asks_by_its_token(guarded: TestClient, ledger: Ledger, secret: dict[str, str]) -> None:
    first, second, *_ = ledger.events()
    assert guarded.get("/events", headers=bearer(secret["Bo"])).status_code == 200
    refused = guarded.post(f"/event/{first.id}/merge", json={"with": second.id}, headers=bearer(secret["Bo"]))
    assert refused.status_code == 403
    done = guarded.post(f"/event/{first.id}/merge", json={"with": second.id, "by": "X"}, headers=bearer(secret["Ann"]))
    assert done.status_code == 200
    assert done.json()[0]["judgement"]["by"] == "Ann"  # whose token it is, whatever the form says


def test_a_browser_signs_in_and_out(guarded: TestClient, ledger: Ledger, secret: dict[str, str]) -> None:
    enter = {"token": secret["Ann"], "to": "/queue"}
    given = guarded.post("/enter", data=enter, headers={**PAGE, "origin": HERE})
    assert (given.status_code, given.headers["location"]) == (303, "/queue")
    cookie = given.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert secret["Ann"] not in cookie
    event = ledger.events()[0]
    page = guarded.get(f"/event/{event.id}", headers=PAGE)
    assert "Sign out" in page.text
    assert guarded.post("/enter", data=enter, headers={**PAGE, "origin": HERE}).status_code == 303  # once more
    page = guarded.get(f"/event/{event.id}", headers=PAGE)
    assert 'name="by"' not in page.text
    fields = {"mark": mark_of(page.text), "field": "place", "value": "Tartus"}
    assert guarded.post(f"/event/{event.id}/set", data=fields, headers=PAGE).status_code == 303
    assert review.decisions(ledger.store)[0].judgement.by == "Ann"
    assert guarded.post(f"/event/{event.id}/set", data={**fields, "mark": "0"}, headers=PAGE).status_code == 403
    assert guarded.post("/leave", data=fields, headers=PAGE).status_code == 303
    assert guarded.get("/events").status_code == 401


def test_over_https_the_cookie_is_of_this_host_alone(client: Client, secret: dict[str, str]) -> None:
    at = "https://desk.example"
    desk = client(Access(tokens=Path(secret["file"]), hosts=["desk.example"]), at)
    given = desk.post("/enter", data={"token": secret["Bo"]}, headers={**PAGE, "origin": at})
    assert given.headers["set-cookie"].startswith("__Host-dragoman=")
    assert "Secure" in given.headers["set-cookie"]
    assert desk.get("/events").status_code == 200


def test_a_session_ends_with_its_token(guarded: TestClient, secret: dict[str, str]) -> None:
    guarded.post("/enter", data={"token": secret["Bo"]}, headers={**PAGE, "origin": HERE})
    assert guarded.get("/events").status_code == 200
    tokens.remove(Path(secret["file"]), "Bo")
    assert guarded.get("/events").status_code == 401


def test_nobody_is_let_in_by_a_file_that_broke(guarded: TestClient, secret: dict[str, str]) -> None:
    Path(secret["file"]).chmod(0o644)
    refused = guarded.get("/events", headers=bearer(secret["Bo"]))
    assert refused.status_code == 503
    assert secret["file"] not in refused.text
    Path(secret["file"]).unlink()
    assert guarded.get("/events", headers=bearer(secret["Bo"])).status_code == 503


def test_no_other_site_signs_anybody_in(guarded: TestClient, secret: dict[str, str]) -> None:
    for headers in ({}, {"origin": "https://elsewhere.example"}, {"origin": "null"}):
        given = guarded.post("/enter", data={"token": secret["Bo"]}, headers={**PAGE, **headers})
        assert given.status_code == 403
        assert "set-cookie" not in given.headers


def test_wrong_tokens_are_slowed(guarded: TestClient, secret: dict[str, str]) -> None:
    tried = [guarded.get("/events", headers=bearer(f"dragoman_{n}")) for n in range(7)]
    assert [t.status_code for t in tried] == [401] * access.TRY_BURST + [429] * 2
    assert int(tried[-1].headers["retry-after"]) >= 1
    assert guarded.get("/events", headers=bearer(secret["Bo"])).status_code == 429  # nor is a right one told apart
    entered = guarded.post("/enter", data={"token": "x"}, headers={**PAGE, "origin": HERE})
    assert entered.status_code == 429


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/events?actor=RUS", "/events?actor=RUS"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("/\t/elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_led_away(to: str, leads: str) -> None:
    assert own_path(to, "/") == leads


# ---------------------------------------------------------------- sessions and limits alone
def test_a_session_is_signed_and_ends() -> None:
    now = [1000.0]
    ours, theirs = Sessions(lambda: now[0]), Sessions(lambda: now[0])
    session = ours.give("ab12")
    assert ours.token_of(session) == "ab12"
    assert theirs.token_of(session) is None
    assert ours.token_of(session.replace("ab12", "ab13", 1)) is None
    assert [ours.token_of(x) for x in ("", ".", "a.b.c.d", "é", session + "0")] == [None] * 5
    assert ours.fits(session, ours.mark(session))
    assert not ours.fits(session, ours.mark(ours.give("ab12")))
    assert not ours.fits(session, session.rpartition(".")[2])  # the signature of a session is no mark
    now[0] += access.SESSION
    assert ours.token_of(session) is None


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(rate=2.0, burst=3, clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("b") == 0
    now[0] = 0.5
    assert buckets.wait("a") == 0
    assert buckets.wait("a") > 0
    now[0] = 100.0
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_too_many_requests_are_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "OWN_RATE", (0.01, 3))
    desk = client()
    given = [desk.get("/static/desk.css") for _ in range(4)]
    assert [g.status_code for g in given] == [200, 200, 200, 429]
    assert int(given[-1].headers["retry-after"]) > 1
    assert json.loads(given[-1].content)["status"] == 429
    assert "content-security-policy" in given[-1].headers


def test_a_bundle_of_evidence_holds_no_form(client: Client, ledger: Ledger) -> None:
    desk = client(Access(also=["review"]))
    event = ledger.events()[2]
    mark = mark_of(desk.get(f"/event/{event.id}", headers=PAGE).text)
    bundle = ZipFile(io.BytesIO(desk.get(f"/event/{event.id}?format=zip").content))
    page = bundle.read("index.html").decode()
    assert "Who tells it" in page
    assert 'method="post"' not in page
    assert not any(mark.encode() in bundle.read(name) for name in bundle.namelist())


# ---------------------------------------------------------------- many at once
def test_no_more_ask_at_once_than_the_ledger_has_connections_for(ledger: Ledger) -> None:
    inside, most = [0], [0]

    def answer(_: Request) -> Response:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        inside[0] -= 1
        return Response()

    async def many() -> None:
        handle = turns.Turns().taking(answer)
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(handle, Request({"type": "http", "headers": []}))

    anyio.run(many)
    pool = ledger.store.engine.pool
    assert isinstance(pool, QueuePool)
    assert 1 < most[0] <= turns.TOGETHER
    assert pool.size() + pool._max_overflow >= 2 * turns.TOGETHER


def test_a_stream_takes_its_turn_for_each_piece(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.paging.MOST", 1)
    told = client().get("/events?format=ndjson")
    assert told.headers["content-type"] == "application/x-ndjson"
    assert len(told.text.splitlines()) == 3
    assert "content-length" not in told.headers


@pytest.mark.parametrize(
    "words",
    ["0a1b", "/event/0a1b", "http://127.0.0.1:8765/event/0a1b?as_of=2025#tffff", "https://d.example/event/0a1b/"],
)
def test_an_event_is_named_by_its_id_or_any_address_of_it(words: str) -> None:
    assert id_in(words) == "0a1b"
