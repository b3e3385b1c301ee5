"""Fetching: what may be connected to, what a hostile server can cost, and how polite it is. Servers on 127.0.0.1 only."""

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from dragoman.errors import SkipItem
from dragoman.sources.address import admitted, checked, public
from dragoman.sources.client import Client
from dragoman.sources.fetch import Refused, Unreachable
from dragoman.sources.polite import Busy, Polite, backoff, retry_after
from feed_server import Answer, Site, serve

BIG = 100_000


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(allow_private=True, seconds=2.0, stall=1.0) as opened:
        yield opened


class Clock:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.now, self.waits = 1_000_000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.now += seconds


# ---------------------------------------------------------------- where it may connect
@pytest.mark.parametrize(
    ("ip", "open_"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("0.0.0.0", False),
        ("100.64.1.1", False), ("224.0.0.1", False), ("240.0.0.1", False), ("255.255.255.255", False), ("::1", False),
        ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True), ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False), ("198.18.0.1", False),
        ("192.0.2.1", False), ("no ip", False), ("2130706433", False),
    ],
)  # fmt: skip
def test_addresses_in_the_open_net(ip: str, open_: bool) -> None:  # noqa: FBT001
    assert public(ip) is open_


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "http:///x", "http://user:word@a.example/", "gopher://a.example",
        "http://a.example:99999/", "http://[::1/", "javascript:alert(1)", "http://a.example/" + "x" * 3000,
        "http://a.example/a b", "http://a.example/\r\nHost: b.example", "http://a.example:0/",
    ],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(SkipItem):
        checked(url)


def test_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(SkipItem, match=r"leads to 10\.0\.0\.1"):
        admitted("a.example", 80, lambda *_: ["8.8.8.8", "10.0.0.1"])
    assert admitted("a.example", 80, lambda *_: ["8.8.8.8"]) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_in_all_its_names(site: Site, host: str) -> None:
    port = site.at.rpartition(":")[2]
    with Client() as client, pytest.raises(SkipItem):
        client.get(f"http://{host}:{port}/", BIG)
    assert site.asked == []


def test_a_name_that_changes_in_between_leads_nowhere_else(site: Site) -> None:
    """The host is resolved once a connection, and that address is connected to: a second answer is never asked for."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    with Client(resolved=lambda *_: next(answers)) as client, pytest.raises(SkipItem, match="inside this network"):
        client.get(f"http://rebinding.example:{site.at.rpartition(':')[2]}/", BIG)
    asked: list[str] = []

    def once(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.pages["/"] = b"hello"
    with Client(allow_private=True, resolved=once) as client:
        assert client.get(f"http://harbour.example:{site.at.rpartition(':')[2]}/", BIG).body == b"hello"
    assert asked == ["harbour.example"]
    assert site.asked[-1][1]["host"].startswith("harbour.example:")


def test_a_redirect_is_checked_like_an_address(site: Site) -> None:
    """From a site that may be asked to one inside: the second host resolves to a private address."""
    port = site.at.rpartition(":")[2]
    site.pages["/go"] = (302, {"location": f"http://inside.example:{port}/secret"}, b"")
    site.pages["/file"] = (302, {"location": "file:///etc/passwd"}, b"")
    site.pages["/secret"] = b"secret"

    class Opened(Client):
        """The first host counts as public, though it is this machine."""

    def resolved(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "outside.example" else ["10.0.0.7"]

    from dragoman.sources import address  # noqa: PLC0415

    real = address.public
    address.public = lambda ip: ip == "127.0.0.1" or real(ip)
    try:
        with Opened(resolved=resolved) as client:
            for path, said in (("/go", "10.0.0.7"), ("/file", "only http")):
                with pytest.raises(SkipItem, match=said):
                    client.get(f"http://outside.example:{port}{path}", BIG)
    finally:
        address.public = real
    assert "/secret" not in site.paths()


def test_redirects_end(site: Site, client: Client) -> None:
    site.pages["/a"] = (301, {"location": "/b"}, b"")
    site.pages["/b"] = b"there"
    site.pages["/round"] = (302, {"location": "/round"}, b"")
    assert client.get(f"{site.at}/a", BIG).url == f"{site.at}/b"
    with pytest.raises(SkipItem, match="redirected over 5 times"):
        client.get(f"{site.at}/round", BIG)


# ---------------------------------------------------------------- what a server can cost
def slow_body(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    for _n in range(1000):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def slow_head(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(1000):
        handler.wfile.write(f"X-{n}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def silent(_handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    time.sleep(5)


def endless(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    handler.send_response(200)
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def endless_head(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        handler.wfile.write(b"x" * 65536)


def no_http(handler: BaseHTTPRequestHandler, _: dict[str, str]) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n" * 10)
    handler.close_connection = True


def short(_handler: BaseHTTPRequestHandler, _: dict[str, str]) -> Answer:
    _handler.close_connection = True
    return 200, {"content-length": "5000"}, b"half"


GZIP = {"content-encoding": "gzip"}
COSTLY = [  # what the server does → the failure, what it says
    (slow_body, Unreachable, "too long"), (slow_head, Unreachable, "too long"), (silent, Unreachable, "too long"),
    (endless, SkipItem, "limit"), (endless_head, Unreachable, "connection failed"), (no_http, Unreachable, "connection failed"),
    (short, Unreachable, "connection failed"), (b"x" * (BIG + 1), SkipItem, "limit"),
    ((200, GZIP, gzip.compress(b"0" * 50_000_000)), SkipItem, "limit"),
    ((200, GZIP, gzip.compress(b"0" * 5000)[:-9]), Unreachable, "cut short"),
    ((200, GZIP, b"\x1f\x8b" + b"?" * 99), Unreachable, "damaged"),
    ((404, {}, b""), Refused, "404"), ((302, {}, b""), Refused, "302"), ((204, {}, b""), Refused, "204"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "kind", "said"), COSTLY)
def test_what_a_server_can_cost(site: Site, client: Client, page: object, kind: type[SkipItem], said: str) -> None:
    site.pages["/"] = page
    begun = time.monotonic()
    with pytest.raises(kind, match=said) as fault:
        client.get(f"{site.at}/", BIG)
    assert time.monotonic() - begun < 3
    assert fault.value.where == f"{site.at}/"
    site.pages["/good"] = b"still there"
    assert client.get(f"{site.at}/good", BIG).body == b"still there"


def test_a_packed_page_and_what_it_says(site: Site, client: Client) -> None:
    told = {
        "content-type": "text/HTML; charset=ISO-8859-1",
        "etag": '"1"',
        "last-modified": "Fri, 07 Mar 2025 10:00:00 GMT",
    }
    site.pages["/p%C3%A4ge?q=%20"] = (200, told | GZIP, gzip.compress(b"hello"))
    got = client.get(f"{site.at}/päge?q=%20", BIG)
    assert (got.body, got.is_html, got.charset, got.etag) == (b"hello", True, "iso-8859-1", '"1"')
    assert site.asked[0][1]["user-agent"].startswith("dragoman/")


def test_nobody_there(client: Client) -> None:
    with pytest.raises(Unreachable):
        client.get("http://127.0.0.1:9/", BIG)
    with Client() as strict, pytest.raises(SkipItem, match="not known"):
        strict.get("http://nowhere.invalid/", BIG)


# ---------------------------------------------------------------- politeness
def polite(client: Client, clock: Clock, delay: float = 2.0) -> Polite:
    return Polite(client, delay=delay, clock=clock, sleep=clock.sleep)


def test_robots_are_asked_once_and_kept_to(site: Site, client: Client) -> None:
    site.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n\nUser-agent: otherbot\nDisallow: /",
        "/a": b"a",
        "/private/b": b"b",
    }
    site.pages["/go"] = (302, {"location": "/private/b"}, b"")
    asking = polite(client, Clock())
    assert asking.get(f"{site.at}/a", BIG).body == b"a"
    for path in ("/private/b", "/go"):
        with pytest.raises(SkipItem, match=r"robots\.txt"):
            asking.get(f"{site.at}{path}", BIG)
    assert site.paths() == ["/robots.txt", "/a", "/go"]


def test_a_site_that_names_us(site: Site, client: Client) -> None:
    site.pages |= {"/robots.txt": b"User-agent: dragoman\nDisallow: /", "/a": b"a"}
    with pytest.raises(SkipItem, match=r"robots\.txt"):
        polite(client, Clock()).get(f"{site.at}/a", BIG)


@pytest.mark.parametrize(
    ("robots", "may"),
    [((404, {}, b""), True), ((403, {}, b""), True), ((500, {}, b""), False), ((503, {}, b""), False)],
)
def test_robots_that_cannot_be_had(site: Site, client: Client, robots: Answer, may: bool) -> None:  # noqa: FBT001
    """None is no rule; a server at fault may have had one (RFC 9309)."""
    site.pages |= {"/robots.txt": robots, "/a": b"a"}
    asking = polite(client, Clock())
    if may:
        assert asking.get(f"{site.at}/a", BIG).body == b"a"
    else:
        with pytest.raises((Unreachable, Busy)):
            asking.get(f"{site.at}/a", BIG)
        assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "pause"),
    [(b"", 2.0), (b"User-agent: *\nCrawl-delay: 7", 7.0), (b"User-agent: *\nCrawl-delay: 9000", 60.0)],
)
def test_a_pause_between_requests_to_a_host(site: Site, client: Client, robots: bytes, pause: float) -> None:
    site.pages |= {"/robots.txt": robots, "/a": b"a", "/b": b"b"}
    clock = Clock()
    asking = polite(client, clock)
    asking.get(f"{site.at}/a", BIG)
    asking.get(f"{site.at}/b", BIG)
    assert clock.waits == [pause, pause]  # after robots.txt, and between the two


def test_a_busy_host_is_left_alone(site: Site, client: Client) -> None:
    site.pages |= {"/a": (429, {"retry-after": "120"}, b""), "/b": b"b"}
    clock = Clock()
    asking = polite(client, clock)
    with pytest.raises(Busy) as fault:
        asking.get(f"{site.at}/a", BIG)
    assert fault.value.until == clock.now - 0 + 120
    asked = len(site.asked)
    with pytest.raises(Busy):
        asking.get(f"{site.at}/b", BIG)
    assert len(site.asked) == asked
    clock.now += 121
    assert asking.get(f"{site.at}/b", BIG).body == b"b"


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 120.0),
        ("0", 60.0),
        ("999999999", 86_400.0),
        ("Thu, 01 Jan 1970 00:20:00 GMT", 200.0),
        ("soon", 300.0),
        (None, 300.0),
        ("-5", 300.0),
    ],
)
def test_retry_after(said: str | None, wait: float) -> None:
    assert retry_after(said, 1000.0) == wait


def test_failures_are_waited_out_longer_and_longer() -> None:
    waits = [backoff(n) for n in range(1, 14)]
    assert waits[:3] == [300.0, 600.0, 1200.0]
    assert waits == sorted(waits)
    assert backoff(10_000) == 86_400.0
