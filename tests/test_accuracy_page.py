"""The page of accuracy: its pictures are the same bytes for the same counts, and its tables are those of evals/results.json."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import accuracy
import charts
from dragoman.cli.scoring import saved
from dragoman.errors import StopRun
from dragoman.evaluate.floors import Floor

SCORES: dict[str, float] = json.loads(accuracy.RESULTS.read_text("utf8"))
FLOORS = accuracy.all_floors()
ROWS = (*accuracy.SKILLS, *accuracy.ACTS, *accuracy.CONTEXTS)
COUNTS = {"AID": {"AID": 7, "COERCE": 1}, "CONSULT": {}, "ASSAULT": {"COERCE": 120}}
CLAIMS = [(0.05, False), (0.31, False), (0.39, True), (0.92, True), (1.0, True)]


def words(svg: str) -> list[str]:
    """Return the texts of a picture; it is read as XML on the way."""
    return [e.text or "" for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


# ---------------------------------------------------------------- pictures
def test_the_same_counts_give_the_same_bytes() -> None:
    backwards = {gold: dict(reversed(row.items())) for gold, row in reversed(COUNTS.items())}
    assert charts.matrix("t", COUNTS, accuracy.TYPE_GROUPS) == charts.matrix("t", backwards, accuracy.TYPE_GROUPS)
    assert charts.reliability("t", charts.bins(CLAIMS)) == charts.reliability("t", charts.bins(CLAIMS))


def test_a_matrix_names_all_classes_and_shows_its_counts() -> None:
    shown = words(charts.matrix("t", COUNTS, accuracy.TYPE_GROUPS))
    for name in (n for group in accuracy.TYPE_GROUPS for n in group):
        assert shown.count(name) == 2
    assert shown.count("120") == 2  # the cell and the sum of its row
    assert shown.count("0") == 14  # the sums of the rows that nothing is labelled with; their cells stay blank


@pytest.mark.parametrize(
    "counts", [{}, {"AID": {}}, {"AID": {"AID": 0}}], ids=["none", "an empty row", "a row of zeros"]
)
def test_a_matrix_without_counts_is_drawn(counts: charts.Counts) -> None:
    assert "acts" in words(charts.matrix("t", counts, accuracy.STATUS_GROUPS))
    assert charts.matrix("t", counts, ())


def test_bins() -> None:
    found = charts.bins(CLAIMS)
    assert [b.records for b in found] == [1, 0, 0, 2, 0, 0, 0, 0, 0, 2]
    assert found[1] == charts.Bin(0, None, None)
    assert found[3].claimed == pytest.approx(0.35)
    assert found[3].right == 0.5
    assert "acts" not in words(charts.reliability("t", charts.bins([])))


@pytest.mark.parametrize("name", ["types", "status", "calibration"])
def test_the_pictures_are_there_and_fetch_nothing(name: str) -> None:
    svg = (accuracy.DOCS / f"accuracy-{name}.svg").read_text("utf8")
    assert words(svg)
    for far in ("<script", "<image", "url(", "@import", "@font-face", "href"):
        assert far not in svg


# ---------------------------------------------------------------- page
@pytest.mark.parametrize("name", ["skills", "acts", "contexts", "plv", "muc4"])
def test_the_page_says_what_the_results_say(name: str) -> None:
    page = accuracy.PAGE.read_text("utf8")
    assert accuracy.fast(SCORES, FLOORS)[name] in page, "run `make accuracy`"


def test_the_page_ends_with_what_is_told_by_hand() -> None:
    assert accuracy.PAGE.read_text("utf8").endswith(f"\n\n{accuracy.ERRORS.read_text('utf8').strip()}\n")


def test_every_floor_has_a_row() -> None:
    assert set(FLOORS) <= {r.metric for r in ROWS}, "name the new floor in scripts/accuracy.py"
    assert len({r.metric for r in ROWS}) == len(ROWS)


def test_a_row_shows_the_score_and_the_floor_of_its_metric() -> None:
    scores = {r.metric: i / 1000 for i, r in enumerate(ROWS) if not r.metric.endswith("traps_sprung")}
    floors = {m: Floor(metric=m, data="d", fingerprint="f", least=s + 0.5) for m, s in scores.items()}
    lines = accuracy.table(ROWS, scores, floors).splitlines()[2:]
    for row, line in zip(ROWS, lines, strict=True):
        told = "– | –" if row.metric not in scores else f"{scores[row.metric]:.3f} | {floors[row.metric].least:.3f}"
        assert line.startswith(f"| {row.what} | {row.data} | {row.measure} | {told} |")


def test_what_is_not_measured_is_said() -> None:
    parts = accuracy.fast({"muc4.found": 0.25, "muc4.no_event": 0.5, "corpus.contexts_recall": 0.75}, {})
    assert parts["acts"] == parts["plv"] == accuracy.NOT_MEASURED
    assert parts["muc4"] == "found 0.250; no event 0.500."
    assert len(parts["contexts"].splitlines()) == 3


# ---------------------------------------------------------------- the file of results
def test_scores_are_saved_rounded_and_sorted(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text('{"plv.root": 0.6, "facts.gone": 0.1}')
    scores = {"facts.found": 0.123456, "actors.country": 1.0, "facts.seconds": 9.5, "facts.nothing": float("nan")}
    assert list(saved(scores, file).items()) == [("actors.country", 1.0), ("facts.found", 0.1235), ("plv.root", 0.6)]
    file.write_text("[]")
    with pytest.raises(StopRun, match="holds no scores"):
        saved(scores, file)
