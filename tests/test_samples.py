"""The sample reports that ship with the package: what `demo` needs of them, by their own text and through the reader."""

import json
import re
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from dragoman.answer import brief_pages
from dragoman.answer.ledger import Ledger
from dragoman.cli import cli
from dragoman.store import Store

SAMPLES = Path(str(files("dragoman") / "data" / "samples"))
REPORTS = sorted((SAMPLES / "reports").iterdir())
MINUTES, WORDS_A_MINUTE = 5, 240  # reading of plain prose by an adult is put at 200 to 250 words a minute
PAGES = [p for p in REPORTS if p.suffix == ".html"]


def article(page: Path) -> str:
    """Return the paragraphs of the article, one a line."""
    told = re.findall(r"<p>(.*?)</p>", page.read_text("utf8").split("<article>")[1].split("</article>")[0], re.DOTALL)
    return "\n".join(" ".join(p.split()) for p in told)


def linked_data(page: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(re.findall(r'ld\+json">(.*?)</script>', page.read_text("utf8"))[0])
    return found


def test_a_dozen_and_more_each_short() -> None:
    assert len(REPORTS) >= 12
    assert {p.suffix for p in REPORTS} == {".html", ".txt"}
    for report in REPORTS:
        words = len((article(report) if report.suffix == ".html" else report.read_text("utf8")).split())
        assert 140 <= words <= 300, report.name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_pages_say_when_and_by_whom(page: Path) -> None:
    said = linked_data(page)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00[+]\d\d:\d\d", said["datePublished"])
    assert said["mainEntityOfPage"].split("/")[2].endswith(".example")


def test_one_wire_text_in_two_outlets() -> None:
    copies = [p for p in PAGES if "sharaa-kremlin" in p.stem]
    assert len({article(p) for p in copies}) == 1
    assert len({str(linked_data(p)["publisher"]) for p in copies}) == len(copies) == 2


def test_one_correction_at_the_same_address() -> None:
    first, later = (p for p in sorted(PAGES, key=lambda p: linked_data(p)["datePublished"]) if "armenia" in p.stem)
    assert linked_data(first)["mainEntityOfPage"] == linked_data(later)["mainEntityOfPage"]
    assert "released 23 Armenian" in article(first)
    assert "released 32 Armenian" in article(later)
    assert "Correction:" in article(later)


# ---------------------------------------------------------------- through the reader
@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """All samples, read."""
    from dragoman import app  # noqa: PLC0415 - loads the parser
    from dragoman.sources.given import Given  # noqa: PLC0415

    opened = Ledger.open(tmp_path_factory.mktemp("samples") / "ledger.db")
    store: Store = opened.store
    outcome = app.read_paths([str(SAMPLES / "reports")], store, Given())
    assert (outcome.read, outcome.rejected) == (len(REPORTS), ())
    return opened


def test_every_page_has_its_outlet_and_day(ledger: Ledger) -> None:
    read = {Path(s.document.origin).name: s.document for s in ledger.documents()}
    for page in PAGES:
        said = linked_data(page)
        assert (read[page.name].published or "")[:10] == said["datePublished"][:10]
        assert read[page.name].publisher == said["publisher"]["name"]  # type: ignore[index]
        assert "Related stories" not in read[page.name].text


def test_the_demo_brief_is_rich(ledger: Ledger) -> None:
    answer = ledger.brief("RUS", "SYR")
    assert answer.reports >= 6
    assert len(answer.outlets) >= 4
    assert {"talks", "asked", "delivered", "planned", "contacts", "other"} <= {s.name for s in answer.sections}
    assert any(len(x.outlets) == 2 and x.copied for x in answer.lines.values())
    assert any(x.what == "phone call" and x.origins == 2 for x in answer.lines.values())
    assert answer.dossiers
    assert answer.flows
    assert {c.by for c in answer.one_side} >= {"Russia", "Syria"}
    assert len({m for x in answer.lines.values() for m in x.ids}) == sum(len(x.ids) for x in answer.lines.values())


def test_the_demo_brief_is_five_minutes_of_reading(ledger: Ledger) -> None:
    page = brief_pages.markdown(ledger.brief("RUS", "SYR")).partition("## References")[0]
    assert 600 < len(page.split()) <= MINUTES * WORDS_A_MINUTE


def test_a_brief_of_a_past_day_knows_the_call_and_not_the_shipment(ledger: Ledger) -> None:
    """The call is of February 12, told on the 13th; the first shipment is of February 14, told on the 15th."""
    asked = [
        "brief",
        "RUS",
        "SYR",
        "--store",
        ledger.store.name,
        "--as-of",
        "2025-02-13",
        "--changed-since",
        "2025-02-12",
    ]
    shown = CliRunner().invoke(cli, asked).stdout
    answer = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)
    lines = [x for s in answer["sections"] for x in s["lines"]]
    (call,) = [x for x in lines if x["what"] == "phone call"]
    assert (call["date"], call["status"], call["section"], call["origins"]) == ("2025-02-12", "occurred", "contacts", 1)
    assert [c["number"] for c in answer["changed"] if c["kind"] == "new"].count(call["number"]) == 1
    assert "Syrian pounds" not in shown
    assert "2025-02-14" not in shown
    assert not any(r["published"][:10] > "2025-02-13" for x in lines for r in x["references"])
    later = {x.theme: x.date for x in ledger.brief("RUS", "SYR", as_of="2025-02-15").lines.values()}
    assert later["a shipment of Syrian pounds from Russia"] == "2025-02-14"


def test_both_orders_of_the_parties_give_one_brief(ledger: Ledger) -> None:
    there, back = ledger.brief("RUS", "SYR"), ledger.brief("SYR", "RUS")
    assert msgspec.structs.replace(back, a=there.a, b=there.b) == there


def test_the_correction_is_told(ledger: Ledger) -> None:
    answer = ledger.brief("ARM", "AZE")
    assert any("corrected since" in d.text and "released 23" in d.text for d in answer.not_settled)
    assert not any("released 23" in x.quote for x in answer.lines.values())
