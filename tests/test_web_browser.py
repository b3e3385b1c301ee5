"""The desk in a browser (Debian's Chromium): every page without a fault of console or access, and what is clicked.

Skipped where there is no Chromium; CI installs it.
"""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

import dragoman
from dragoman.app import read_path
from dragoman.web.access import Access
from dragoman.web.server import run
from dragoman.web.site import site
from test_resolve import filled, world
from test_web import ADDRESSES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCENARIO = Path(__file__).parent.parent / "evals" / "scenario"
NARROW = 360  # pixels of a small phone


@contextmanager
def listening(ledger: Path, access: Access | None = None) -> Iterator[str]:
    """The address of a desk that listens."""
    up, at = threading.Event(), []

    def announce(address: str) -> None:
        at.append(address.rstrip("/"))
        up.set()

    with dragoman.open(ledger) as opened:
        threading.Thread(target=run, args=(site(opened, access), "127.0.0.1", 0, announce), daemon=True).start()
        assert up.wait(20)
        yield at[0]


@pytest.fixture
def reviewing(tmp_path: Path) -> Iterator[str]:
    """The address of a desk over planted reports, on which one may decide."""
    filled(tmp_path / "a.db", world()).close()
    with listening(tmp_path / "a.db", Access(also=["review"])) as address:
        yield address


@pytest.fixture(scope="module")
def served(samples: Path) -> Iterator[str]:
    """The address of the desk over the samples."""
    with listening(samples) as address:
        yield address


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the desk over a scenario: eight pairs of states, wire copies, rival tolls, plans."""
    made = tmp_path_factory.mktemp("scenario")
    words = SCENARIO / "wordings-dev.toml"
    asked = ["--wordings", str(words), "--seed", "1", "--documents", "40", "-o", str(made)]
    subprocess.run([sys.executable, str(SCENARIO / "generate.py"), *asked], check=True, capture_output=True)
    read_path(made / "documents.jsonl", made / "ledger.db")
    with listening(made / "ledger.db") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose console must stay silent."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    opened = context.new_page()
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    opened.on("console", hear)
    opened.on("pageerror", lambda fault: said.append(str(fault)))
    yield opened
    context.close()
    assert not said


def whole(served: str, address: str, page: Page) -> str:
    """Return an address; LIST@PATH is the path of the first entry of a list."""
    listed, opens, path = address.partition("@")
    if not opens:
        return served + listed
    first = page.request.get(f"{served}{listed}", headers={"accept": "application/json"}).json()[0]
    return f"{served}{path}{first['id']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_no_serious_fault_of_access(served: str, page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(whole(served, address, page))
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert not serious


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_phone_scrolls_downwards_only(served: str, page: Page, address: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": 740})
    page.goto(whole(served, address, page))
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_a_week_of_the_chart_opens_down_to_the_sentence(served: str, page: Page) -> None:
    page.goto(f"{served}/dyad?a=RUS&b=SYR")
    page.locator("figure.chart svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("since="))
    page.locator("section:has(#counted) tbody a").first.click()
    page.wait_for_url(re.compile("/event/"))
    expect(page.locator("main blockquote mark").first).to_be_visible()


def counted(page: Page) -> list[str]:
    return page.locator("section:has(#counted) tbody tr").all_inner_texts()


def test_what_is_brushed_is_what_is_counted(served: str, page: Page) -> None:
    page.goto(f"{served}/dyad?a=RUS&b=SYR")
    every = counted(page)
    box = page.locator("figure.chart svg").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.07, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, y, steps=8)
    page.mouse.up()
    page.wait_for_url(re.compile("since=2025-01.*until="))
    expect(page.locator("#counted small")).to_be_visible()
    told = page.request.get(page.url, headers={"accept": "application/json"}).json()
    months = next(s for s in told["series"] if (s["direction"], s["by"], s["status"]) == ("both", "month", "done"))
    assert len(counted(page)) == sum(len(p["events"]) for p in months["points"]) < len(every)
    page.reload()
    assert len(counted(page)) < len(every)
    page.go_back()
    expect(page.locator("section:has(#counted) tbody tr")).to_have_count(len(every))


def test_the_slider_takes_the_desk_back_to_a_day(served: str, page: Page) -> None:
    page.goto(f"{served}/brief?a=RUS&b=SYR")
    expect(page.locator("main")).to_contain_text("a shipment of Syrian pounds")
    slider = page.get_by_label("Known by, as a slider")
    slider.focus()
    slider.evaluate("x => { x.value = Date.parse('2025-02-13') / 86400000; x.dispatchEvent(new Event('input')); }")
    slider.dispatch_event("change")
    page.wait_for_url(re.compile("as_of=2025-02-13"))
    expect(page.locator("main")).not_to_contain_text("a shipment of Syrian pounds")
    expect(page.locator("main")).to_contain_text("phone call")


@pytest.mark.parametrize("width", [NARROW, 800, 1280])
def test_nothing_moves_when_the_script_comes(served: str, page: Page, width: int) -> None:
    places = "[...document.querySelectorAll('.top nav, .asof button, main')].map((x) => [x.offsetLeft, x.offsetTop])"
    page.set_viewport_size({"width": width, "height": 800})
    page.route("**/desk.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{served}/brief?a=RUS&b=SYR")
    expect(page.locator(".asof input[type=range]")).to_be_hidden()
    before = page.evaluate(places)
    page.unroute("**/desk.js")
    page.reload()
    expect(page.get_by_label("Known by, as a slider")).to_be_visible()
    expect(page.get_by_label("Light or dark")).to_be_visible()
    assert page.evaluate(places) == before


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_pages_of_a_scenario_are_sound(crowded: str, page: Page, address: str) -> None:
    moved = page.request.get(f"{crowded}/", headers={"accept": "application/json"}).json()["pairs"][0]
    of_pair = address.replace("RUS", moved["a"]).replace("SYR", moved["b"])
    named = re.sub(r"name=[^&]*", f"name={moved['a']}", re.sub(r"q=[^&]*", "q=ministry", of_pair))
    page.set_viewport_size({"width": NARROW, "height": 740})
    answer = page.goto(whole(crowded, named, page))
    assert answer is not None
    assert answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_the_keyboard_skips_to_the_content(served: str, page: Page) -> None:
    page.goto(f"{served}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_light_and_dark_can_be_chosen(served: str, page: Page) -> None:
    page.goto(f"{served}/")
    ground = "getComputedStyle(document.body).backgroundColor"
    first = page.evaluate(ground)
    page.get_by_label("Light or dark").click()
    assert page.evaluate(ground) != first
    page.reload()
    assert page.evaluate(ground) != first


def test_pages_work_without_a_script(served: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/dyad?a=RUS&b=SYR")
    page.locator("input[name=since]").fill("2025-02-01")
    page.get_by_role("button", name="Show").last.click()
    assert "since=2025-02-01" in page.url
    context.close()


def test_layers_of_a_text_are_switched(served: str, page: Page) -> None:
    page.goto(whole(served, ADDRESSES["document"], page))
    text = page.locator("[data-layers]")
    before = text.inner_text()
    page.get_by_label("actors").check()
    page.wait_for_url(re.compile("layers=actors"))
    expect(text).to_have_class(re.compile("show-actors"))
    page.get_by_label("times").check()
    expect(text).to_have_class(re.compile("show-times"))
    page.get_by_label("actors").uncheck()
    expect(text).not_to_have_class(re.compile("show-actors"))
    page.wait_for_url(re.compile("layers=events&layers=times$"))
    assert page.locator("[data-layers]").inner_text() == before
    page.locator("[data-layers] a").first.click()
    page.wait_for_url(re.compile("/event/"))


def test_events_are_merged_and_parted_again(reviewing: str, page: Page) -> None:
    first, second = [e["id"] for e in page.request.get(f"{reviewing}/events?act=AID&format=json").json()]
    page.goto(f"{reviewing}/event/{first}")
    form = page.locator("form[action$=merge]")
    form.get_by_label("Id or address").fill(f"{reviewing}/event/{second}")
    form.get_by_label("By").fill("Ann")
    form.get_by_role("button").click()
    expect(page.locator("article.telling")).to_have_count(4)
    expect(page.get_by_role("region", name="Decisions")).to_contain_text("Ann")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("article.telling")).to_have_count(2)
    assert page.locator("form#split").get_by_label("By").input_value() == "Ann"  # asked once in this browser
    page.get_by_label("take out").last.check()
    page.locator("form#split").get_by_role("button").click()
    expect(page.locator("article.telling")).to_have_count(1)
    assert len(page.request.get(f"{reviewing}/events?act=AID&format=json").json()) == 3


def test_what_is_read_meanwhile_is_announced_and_shown(samples: Path, page: Page, tmp_path: Path) -> None:
    ledger = tmp_path / "live.db"
    shutil.copy(samples, ledger)
    report = tmp_path / "late.txt"
    report.write_text("Norway delivered 20 generators to Georgia on Tuesday, the Norwegian defence ministry said.")
    with listening(ledger) as served:
        page.goto(f"{served}/events?actor=NOR")
        expect(page.locator("main")).not_to_contain_text("Georgia")
        page.wait_for_function("performance.getEntriesByType('resource').some(x => x.name.endsWith('/pulse'))")
        read_path(report, ledger, published="2025-11-20", publisher="Fjord Post")
        link = page.get_by_role("link", name="1 new report: show")
        expect(link).to_be_visible(timeout=15_000)
        link.click()
        expect(page.locator("main")).to_contain_text("Georgia")
