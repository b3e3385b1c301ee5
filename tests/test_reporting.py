"""Labels of public reporting: words become offsets, offsets become the words again, a changed text is noticed."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.errors import StopRun

SCRIPT = Path(__file__).parent.parent / "scripts" / "reporting.py"
FOLDER = Path(__file__).parent.parent / "corpus" / "reporting"
TEXT = "Filler. Chad thanked Peru for grain, and will visit Lima. Nothing happened."
LABELS = """@1
E thanked | SUPPORT | Chad > Peru | occurred, historical
E visit | CONSULT | Chad > =Alan Garcia | planned, hedged
P Chad + Lima
@2
E happened | NONE
"""


@pytest.fixture(scope="module")
def reporting() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reporting", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kept(reporting: ModuleType, tmp_path: Path, labels: str = LABELS) -> Path:
    (tmp_path / "wire.jsonl").write_text(json.dumps({"id": "wire-1", "text": TEXT}) + "\n", "utf8")
    (tmp_path / "n01.json").write_text(
        json.dumps([{"set": "wire", "id": "wire-1", "start": a, "end": z} for a, z in ((8, 57), (58, 75))]), "utf8"
    )
    (tmp_path / "n01.lab").write_text(labels, "utf8")
    out = tmp_path / "n01.labels"
    reporting.keep(tmp_path, tmp_path / "n01.json", tmp_path / "n01.lab", out)
    return out


def test_offsets_give_the_words_back_and_hold_none_themselves(reporting: ModuleType, tmp_path: Path) -> None:
    out = kept(reporting, tmp_path)
    assert not any(word in out.read_text("utf8") for word in ("Chad", "thanked", "Lima"))
    first, second = reporting.read(tmp_path, tmp_path, dev=False)
    thanked, visit = first.acts
    assert (first.text[slice(*thanked.trigger)], thanked.historical, thanked.status) == ("thanked", True, "occurred")
    assert [first.text[slice(*p)] for p in (*thanked.actors, *thanked.recipients)] == ["Chad", "Peru"]
    assert (visit.recipients, visit.certainty, visit.status) == (("Alan Garcia",), "hedged", "planned")
    assert [first.text[slice(*p)] for p in first.idle[0]] == ["Chad", "Lima"]
    assert second.acts[0].type == "NONE"


def test_a_text_that_has_changed_stops_the_reading(reporting: ModuleType, tmp_path: Path) -> None:
    kept(reporting, tmp_path)
    (tmp_path / "wire.jsonl").write_text(json.dumps({"id": "wire-1", "text": TEXT + " "}) + "\n", "utf8")
    with pytest.raises(StopRun, match="wire-1 in wire is not the one that was labelled"):
        reporting.read(tmp_path, tmp_path, dev=False)


def test_a_word_that_is_not_in_the_sentence_is_named_with_its_place(reporting: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(StopRun, match=r"n01.lab @2: 'shipped' is not in the sentence"):
        kept(reporting, tmp_path, "@2\nE shipped | AID | > | occurred\n")


def test_the_kept_files_are_well_formed_and_hold_offsets_only(reporting: ModuleType) -> None:
    files = sorted(FOLDER.glob("*.labels"))
    lines = [x for p in files for x in p.read_text("utf8").splitlines()]
    assert sum(x.startswith("S ") for x in lines) >= 3000
    assert {x[:2] for x in lines} == {"D ", "S ", "E ", "P "}
    assert 0.1 <= sum(map(reporting.is_dev, files)) / len(files) <= 0.3
