"""The public names, and what they promise: spans that quote, the same bytes again, nothing invented, faults that say what to do."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.annotate import syntax
from dragoman.errors import SkipItem, StopRun
from dragoman.records import Reading

NAMES = set(
    "actors attributions code_pair name_similarity open page places predicates read read_path stories times".split()
)
TEXT = (
    "Norway's foreign minister met his Ukrainian counterpart in Kyiv on Tuesday, the ministry in Oslo said. Norway “will "
    "deliver two generators to Ukraine next week”, he added.\n\nRussia refused to comment. Two days later it accused "
    "Norway of arming Ukraine, according to a Norwegian newspaper. The café’s owner — Zoë — wasn't hurt. 🚢"
)
KEYWORDS: list[tuple[str, set[str]]] = [
    ("read", {"text_", "published", "publisher", "title", "url"}),
    ("read_path", {"path", "store", "published", "publisher"}),
    ("times", {"text_", "published"}),
    ("places", {"text_"}),
    ("attributions", {"text_"}),
    ("actors", {"text_", "published"}),
    ("predicates", {"text_", "published"}),
    ("code_pair", {"sentence", "source", "target"}),
    ("name_similarity", {"a", "b", "kind"}),
    ("page", {"content", "url"}),
    ("open", {"where"}),
    ("stories", {"articles"}),
]
MENTION = set(
    "id document_id type act modes contexts quad score actors recipients theme when where status historical certainty "
    "attribution confidence evidence sentence".split()
)
LAYERS: list[tuple[Callable[[str], list[Any]], set[str]]] = [
    (dragoman.times, {"start", "end", "type", "value", "edtf"}),
    (dragoman.places, {"start", "end", "name", "geonameid", "lat", "lon", "country", "score", "kind"}),
    (dragoman.attributions, {"source", "cue", "content"}),
    (dragoman.actors, {"start", "end", "name", "country", "sectors", "role"}),
    (dragoman.predicates, {"start", "end", "status", "certainty", "historical"}),
]
GERMAN = (
    "Der norwegische Außenminister traf am Dienstag in Kiew seinen ukrainischen Kollegen und versprach ihm Hilfe. Die "
    "Generatoren sollen noch in der nächsten Woche geliefert werden, sagte er nach dem Treffen vor Journalisten. Russland "
    "wollte sich nicht dazu äußern und warf der norwegischen Regierung zwei Tage später vor, die Ukraine zu bewaffnen."
)
UNREADABLE = [
    ("", "empty"),
    (" \n\t ", "empty"),
    ("42, 17; 3.5 — 99", "no sentences"),
    (GERMAN, "'de': dragoman reads English only"),
    ("Министр иностранных дел России встретился во вторник в Дамаске с президентом Сирии.", "reads English only"),
    (
        "俄罗斯外交部长周二在大马士革会见了叙利亚总统，双方讨论了军事基地的未来。" * 3,
        "'zh': dragoman reads English only",
    ),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return dragoman.read(TEXT, published="2025-03-07", publisher="Harbour Post", title="Generators for Ukraine")


# ---------------------------------------------------------------- names
def test_exactly_these_names() -> None:
    assert set(dragoman.__all__) == NAMES
    assert set(dir(dragoman)) >= NAMES
    assert all(callable(getattr(dragoman, name)) for name in NAMES)
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = dragoman.reed


@pytest.mark.parametrize(("name", "wanted"), KEYWORDS, ids=lambda v: v if isinstance(v, str) else "")
def test_parameters(name: str, wanted: set[str]) -> None:
    assert set(inspect.signature(getattr(dragoman, name)).parameters) == wanted


def test_import_loads_nothing_heavy() -> None:
    code = "import sys, dragoman; sys.exit(len({'spacy', 'numpy', 'sqlalchemy', 'trafilatura'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_mention_has_the_fields_of_the_design(reading: Reading) -> None:
    assert reading.mentions
    for row in reading.to_dicts():
        assert set(row) >= MENTION


@pytest.mark.parametrize(("function", "wanted"), LAYERS, ids=lambda v: getattr(v, "__name__", ""))
def test_layers_have_the_fields_of_the_design(function: Callable[[str], list[Any]], wanted: set[str]) -> None:
    found = function(TEXT)
    assert found
    assert all(set(item.to_dict()) >= wanted for item in found)


# ---------------------------------------------------------------- spans
def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every dict below `value` that has offsets and words."""
    if isinstance(value, dict):
        if value.get("start", -1) >= 0 and (value.get("text") or value.get("quote")):
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_span_quotes_the_text(reading: Reading) -> None:
    text = reading.document.text
    found = [*spans(reading.to_dicts())]
    assert len(found) > 10
    for span in found:
        assert text[span["start"] : span["end"]] == (span.get("quote") or span["text"])


@pytest.mark.parametrize("function", [f for f, _ in LAYERS], ids=lambda f: f.__name__)
def test_every_span_of_a_layer_quotes_the_text(function: Callable[[str], list[Any]]) -> None:
    for span in spans([item.to_dict() for item in function(TEXT)]):
        assert TEXT[span["start"] : span["end"]] == span["text"]


def test_the_text_is_kept_as_given(reading: Reading) -> None:
    assert reading.document.text == TEXT


def test_evidence_and_sentence_hold_the_predicate(reading: Reading) -> None:
    for m in reading.mentions:
        assert m.sentence.start <= m.predicate.start < m.predicate.end <= m.sentence.end
        assert any(e.start <= m.predicate.start and m.predicate.end <= e.end for e in m.evidence)
        assert 0 <= m.confidence <= 1
        assert m.ingredients


# ---------------------------------------------------------------- the same again
def test_reading_twice_gives_the_same_bytes(reading: Reading) -> None:
    again = dragoman.read(TEXT, published="2025-03-07", publisher="Harbour Post", title="Generators for Ukraine")
    assert again.to_json() == reading.to_json()
    assert again.annotated == reading.annotated


def test_another_process_gives_the_same_bytes(reading: Reading) -> None:
    code = (
        "import sys, dragoman; sys.stdout.buffer.write(dragoman.read(sys.stdin.buffer.read().decode(), "
        "published='2025-03-07', publisher='Harbour Post', title='Generators for Ukraine').to_json().encode())"
    )
    env = {"PYTHONHASHSEED": "77", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", code], input=TEXT.encode(), capture_output=True, check=True, env=env)
    assert done.stdout.decode() == reading.to_json()


def test_ids_are_different(reading: Reading) -> None:
    assert len({m.id for m in reading.mentions}) == len(reading.mentions)


def test_two_outlets_are_two_documents(reading: Reading) -> None:
    other = dragoman.read(TEXT, published="2025-03-07", publisher="The Quay Dispatch", title="Generators for Ukraine")
    assert other.document.id != reading.document.id
    assert other.document.text_hash == reading.document.text_hash


# ---------------------------------------------------------------- abstention
def test_without_a_day_of_publication_relative_dates_stay_open() -> None:
    unknown = dragoman.read(TEXT)
    assert unknown.document.published is None
    assert [m.when.edtf for m in unknown.mentions if m.when] == []
    assert [t.edtf for t in dragoman.times(TEXT) if t.type == "DATE" and t.edtf] == []


def test_the_day_of_publication_is_never_the_day_of_the_act(reading: Reading) -> None:
    assert reading.document.published == "2025-03-07"
    assert "2025-03-07" not in {m.when.edtf for m in reading.mentions if m.when}
    assert "2025-03-04" in {m.when.edtf for m in reading.mentions if m.when}  # Tuesday


def test_a_place_that_is_in_no_gazetteer_stays_open() -> None:
    for place in dragoman.places("The convoy left the village of Qyzzarvund for the coast."):
        assert (place.geonameid, place.lat, place.lon) == (None, None, None)


# ---------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("text", "told"), UNREADABLE, ids=["nothing", "white space", "figures", "German", "Russian", "Chinese"]
)
def test_what_cannot_be_read_says_why(text: str, told: str) -> None:
    with pytest.raises(SkipItem, match=told):
        dragoman.read(text)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises((SkipItem, StopRun), match="2025-13-45"):
        dragoman.read(TEXT, published="2025-13-45")


def test_the_parser_is_the_tested_one() -> None:
    assert syntax.model_hash() == syntax.MODEL_SHA256


def test_another_parser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "MODEL_SHA256", "0" * 64)
    with pytest.raises(StopRun, match="install it again"):
        syntax._pipeline.__wrapped__()


# ---------------------------------------------------------------- other forms
def test_data_frames_have_a_row_a_mention(reading: Reading) -> None:
    pytest.importorskip("pandas", reason="an extra; the lock has it")
    pytest.importorskip("polars", reason="an extra; the lock has it")
    wanted = [m.id for m in reading.mentions]
    assert reading.to_pandas()["id"].tolist() == wanted
    assert reading.to_polars()["id"].to_list() == wanted


def test_a_ledger_says_what_the_reading_says(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, "utf8")
    with dragoman.open(tmp_path / "ledger.db") as ledger:
        outcome = dragoman.read_path(tmp_path / "report.txt", ledger, published="2025-03-07", publisher="Harbour Post")
        assert (outcome.read, outcome.mentions, outcome.rejected) == (1, len(reading.mentions), ())
        first = ledger.events(), ledger.mentions()
        assert dragoman.read_path(tmp_path, ledger, published="2025-03-07", publisher="Harbour Post").unchanged == 1
        assert (ledger.events(), ledger.mentions()) == first
    assert [m.act for m in first[1]] == [m.act for m in reading.mentions]
