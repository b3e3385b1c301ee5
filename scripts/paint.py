"""When the pages of the desk are first painted and whether anything on them moves afterwards, in Chromium.

python scripts/paint.py ledger.db
"""

import argparse
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from dragoman.answer.ledger import Ledger
from dragoman.web.site import site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")  # None: the one that playwright installed
SIZES = {"wide": (1280, 800), "narrow": (360, 740)}
SETTLED = 700  # milliseconds after loading in which what a script puts in has been put in
PLAIN = (
    "/", "/search?q=met", "/events", "/dossiers", "/flows", "/contacts", "/map", "/network", "/actors", "/documents",
    "/sources", "/queue", "/decisions", "/rejected", "/runs",
)  # fmt: skip
_WATCH = """
window.moved = []; window.painted = null;
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.moved.push({
  value: e.value, what: e.sources.map((s) => s.node && (s.node.className || s.node.nodeName || s.node.textContent)) });
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries())
  if (e.name === "first-contentful-paint") window.painted = e.startTime;
}).observe({ type: "paint", buffered: true });
"""


def addresses(ledger: Ledger) -> list[str]:
    """Return one address of every page: of lists, of the first entry, of the two most frequent states."""
    events = ledger.latest_events(1)
    found = list(PLAIN)
    movers = ledger.moved(limit=1)
    if movers and movers.pairs:
        pair = f"a={movers.pairs[0].a}&b={movers.pairs[0].b}"
        found += [f"/dyad?{pair}", f"/dyad?{pair}&since={movers.since}", f"/brief?{pair}", f"/flows?{pair}"]
    for e in events:
        mention = ledger.store.mentions_by_id(e.mentions)[e.mentions[0]]
        found += [f"/event/{e.id}", f"/mention/{mention.id}", f"/document/{mention.document_id}"]
        found += [f"/document/{mention.document_id}?layers=actors&layers=times"]
        found += [f"/actor?name={p.name}" for p in e.actors[:1]]
    found += [f"/dossier/{d.id}" for d in ledger.dossiers()[:1]]
    return found


@contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """Serve the desk; give its address."""
    server = uvicorn.Server(uvicorn.Config(site(ledger), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def watched(browser: Browser, address: str, size: tuple[int, int]) -> dict[str, Any]:
    """Return what a browser that has nothing of the site yet sees of one page."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    found: dict[str, Any] = page.evaluate(
        """() => ({ painted: window.painted, moved: window.moved,
        answered: performance.getEntriesByType("navigation")[0].responseStart })"""
    )
    context.close()
    return found


def main(where: Path) -> None:
    """Print the table."""
    print("| page | size | answered, ms | painted, ms after that | moved (CLS) | what |\n|---|---|---|---|---|---|")
    with Ledger.open(where, create=False) as ledger, served(ledger) as desk, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        worst = 0.0
        for path in addresses(ledger):
            for name, size in SIZES.items():
                seen = watched(browser, desk + path, size)
                shift = sum(m["value"] for m in seen["moved"])
                worst = max(worst, shift)
                what = ", ".join(sorted({str(w) for m in seen["moved"] for w in m["what"] if w}))
                painted = "–" if seen["painted"] is None else f"{seen['painted'] - seen['answered']:,.0f}"
                print(f"| {path} | {name} | {seen['answered']:,.0f} | {painted} | {shift:.4f} | {what} |", flush=True)
        browser.close()
    print(f"the most that a page moved: {worst:.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    main(parser.parse_args().ledger)
