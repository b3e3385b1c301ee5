"""The picture of flows: one unit at a time, promises apart, nothing added up that was not; links, hostile names."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from builders import document, two_mentions
from dragoman.answer.sankey import Band, Panel, Sankey, bands_table, panels
from dragoman.answer.sankey_picture import picture
from dragoman.cli import cli
from dragoman.resolve.flows import FlowSum
from test_resolve import filled

HOSTILE = "</text><script>alert('x')</script>\x00\x0b&\"<img src=x onerror=alert(1)>"


def flow(amount: float = 0.0, unit: str | None = None, of: str = "delivered", **changed: Any) -> FlowSum:
    plain: dict[str, Any] = {
        "origin": "Russia", "target": "Syria", "commodity": "food", "unit": unit, "month": "2025-01", "of": of,
        "low": amount, "high": amount, "flows": 1, "unmeasured": int(not amount), "events": (f"e{amount:g}",),
    }  # fmt: skip
    return FlowSum(**(plain | changed))


def drawn(*sums: FlowSum, **more: Any) -> str:
    return picture(Sankey(a=None, b=None, only="", panels=panels(sums)), **more)


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([flow(5, "tonne"), flow(7, "tonne", month="2025-02")], ["delivered tonne: 12"]),
        ([flow(5, "tonne"), flow(9, "USD")], ["delivered USD: 9", "delivered tonne: 5"]),
        ([flow(5, "tonne"), flow(5, "tonne", "pledged")], ["delivered tonne: 5", "pledged tonne: 5"]),
        ([flow(), flow(month=None), flow(5, "tonne")], ["delivered tonne: 5", "delivered None: 2"]),
        ([flow(unit="tonne")], ["delivered None: 1"]),
        ([flow(5, "tonne"), flow(3, "tonne", target="Turkey")], ["delivered tonne: 5, 3"]),
        ([flow(5, "tonne"), flow(8, "tonne", commodity="fuel")], ["delivered tonne: 8, 5"]),
        ([], []),
    ],
)
def test_a_panel_has_one_kind_and_one_unit(sums: list[FlowSum], expected: list[str]) -> None:
    found = [f"{p.of} {p.unit}: {', '.join(f'{b.size(p.unit):g}' for b in p.bands)}" for p in panels(sums)]
    assert found == expected


def test_a_band_keeps_its_events_and_what_has_no_amount() -> None:
    (panel,) = panels(
        [flow(5, "tonne", events=("a", "b"), flows=2, unmeasured=1), flow(7, "tonne", high=9.0, events=("c",))]
    )
    (band,) = panel.bands
    assert (band.low, band.high, band.flows, band.unmeasured, band.events) == (12, 14, 3, 1, ("a", "b", "c"))


def widths(svg: str) -> dict[str, float]:
    """Return title → height of the first ribbon under it."""
    found = {}
    for link in ElementTree.fromstring(svg).iter():
        title = link.find("{http://www.w3.org/2000/svg}title")
        path = link.find("{http://www.w3.org/2000/svg}path")
        if title is not None and path is not None:
            first, last = path.get("d", "").split("C")[0], path.get("d", "").split(" ")[-1]
            found[title.text or ""] = float(last.rstrip("Z")) - float(first.split(" ")[1])
    return found


def test_one_scale_a_unit() -> None:
    found = widths(drawn(flow(10, "tonne"), flow(40, "tonne", "pledged"), flow(3, "USD")))
    pledged, tonnes, dollars = (
        next(w for t, w in found.items() if words in t) for words in ("pledged", "10 tonne", "3 USD")
    )
    assert pledged == pytest.approx(4 * tonnes)
    assert dollars == pytest.approx(pledged), "the greatest panel of each unit is as high as that of another"


def test_promises_are_dashed() -> None:
    assert "stroke-dasharray" in drawn(flow(5, "tonne", "pledged"))
    assert "stroke-dasharray" not in drawn(flow(5, "tonne"))


def test_who_is_not_told_is_said() -> None:
    svg = drawn(flow(5, "tonne", target=None, commodity=None))
    assert "Russia → not told: not told, delivered, 5 tonne (1 event)" in svg
    assert "not told: 5 tonne" in svg


def test_links() -> None:
    def lead(b: Band, p: Panel) -> str:
        return f"/flows?of={p.of}&to={b.target}"

    svg = drawn(flow(5, "tonne"), flow(3, "tonne", target="Turkey"), href=lead)
    root = ElementTree.fromstring(svg)
    links = [a.get("href") for a in root.iter() if a.tag.endswith("}a")]
    assert links == ["/flows?of=delivered&to=Syria", "/flows?of=delivered&to=Turkey"]
    assert root.get("role") == "group"


def test_hostile_names_are_text() -> None:
    root = ElementTree.fromstring(drawn(flow(5, HOSTILE, origin=HOSTILE, target=HOSTILE, commodity=HOSTILE)))
    assert {e.tag.split("}")[1] for e in root.iter()} <= set("svg title desc rect text path line g".split())


def test_nothing_is_a_picture_too() -> None:
    assert "nothing was moved" in drawn()


def test_the_table_has_a_row_a_band() -> None:
    found = bands_table(Sankey(a=None, b=None, only="", panels=panels([flow(5, "tonne"), flow()])))
    assert [row[:7] for row in found.rows] == [
        ("delivered", "tonne", "Russia", "food", "Syria", 5, 5),
        ("delivered", None, "Russia", "food", "Syria", 0, 0),
    ]


def test_the_command(tmp_path: Path) -> None:
    d = document()
    filled(tmp_path / "a.db", [(d, two_mentions(d))]).close()
    words = ["flows", "RUS", "SYR", "--store", str(tmp_path / "a.db"), "-o", str(tmp_path / "a.svg")]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code == 0
    svg = (tmp_path / "a.svg").read_text("utf8")
    assert "Russia → Syria: food" in svg
    assert "(RUS and SYR)" in svg
