"""A web site on 127.0.0.1 that tests can shape: what lies at each address, and what was asked of it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """Pages by path: bytes, an answer, or a function of the headers that gives an answer or writes itself."""

    def __init__(self) -> None:
        self.pages: dict[str, object] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.times: list[float] = []
        self.at = ""

    def paths(self) -> list[str]:
        """Return what was asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def serve() -> Iterator[Site]:
    """Serve a site until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            site.asked.append((self.path, headers))
            site.times.append(time.monotonic())
            page = site.pages.get(self.path, (404, {}, b"no"))
            try:
                if callable(page):
                    page = page(self, headers)
                if page is not None:
                    self.answer(page)
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def answer(self, page: object) -> None:
            status, headers, body = page if isinstance(page, tuple) else (200, {"content-type": "text/html"}, page)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "content-length" not in headers:
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.at = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def rss(site: Site, *entries: tuple[str, str], more: str = "", day: str = "Fri, 07 Mar 2025 10:00:00 +0000") -> Answer:
    """Return a feed of (path, title) pairs."""
    items = "".join(
        f"<item><title>{t}</title><link>{site.at}{p}</link><pubDate>{day}</pubDate></item>" for p, t in entries
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>{items}{more}</channel></rss>'
    return 200, {"content-type": "application/rss+xml"}, body.encode()


def report(text: str, head: str = "") -> bytes:
    """Return a page with an article."""
    body = f"<article><h1>A report from the harbour</h1><p>{text}</p></article>"
    return f"<html><head><title>A report from the harbour</title>{head}</head><body>{body}</body></html>".encode()


Page = Callable[[BaseHTTPRequestHandler, dict[str, str]], Answer | None]
__all__ = ["Answer", "Page", "Site", "report", "rss", "serve"]
