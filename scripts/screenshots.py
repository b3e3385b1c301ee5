"""Pictures of the desk over the sample reports, for README.md and docs/ (needs Chromium): `make screenshots`."""

import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import dragoman
from dragoman.app import read_path
from dragoman.web.server import run
from dragoman.web.site import site

DOCS = Path(__file__).parent.parent / "docs"
REPORTS = Path(dragoman.__file__).parent / "data" / "samples" / "reports"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SIZE = {"width": 1000, "height": 760}
PAGES = {  # file → address; {event}: the event most often told
    "desk-dyad": "/dyad?a=RUS&b=SYR&since=2025-01-20&until=2025-02-20",
    "desk-event": "/event/{event}",
    "desk-map": "/map",
    "desk-network": "/network",
}


def main() -> None:
    """Read the samples, serve them, and photograph each page."""
    with tempfile.TemporaryDirectory() as made:
        ledger = Path(made) / "samples.db"
        read_path(REPORTS, ledger)
        up, at = threading.Event(), [""]

        def announce(address: str) -> None:
            at[0] = address.rstrip("/")
            up.set()

        with dragoman.open(ledger) as opened:
            event = max(opened.events(), key=lambda e: (e.origins, len(e.mentions), e.id)).id
            threading.Thread(target=run, args=(site(opened), "127.0.0.1", 0, announce), daemon=True).start()
            up.wait(30)
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")  # type: ignore[arg-type]
                for name, address in PAGES.items():
                    photograph(page, at[0] + address.format(event=event), DOCS / f"{name}.png")


def photograph(page: Page, address: str, into: Path) -> None:
    """Take the picture of a page."""
    page.goto(address)
    page.screenshot(path=into)
    print(into.name)


if __name__ == "__main__":
    main()
