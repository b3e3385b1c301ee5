"""The floor gate itself: it must fail below a floor, on missing scores and on other data, and never lower a floor."""

from pathlib import Path

import pytest

from dragoman.errors import StopRun
from dragoman.evaluate.floors import Floor, compare, dump, fingerprint, flatten, load, raised


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "gold.jsonl").write_text("{}\n")
    return tmp_path


def floor(data: Path, *, least: float | None = None, most: float | None = None) -> Floor:
    return Floor(metric="a.b", data="gold.jsonl", fingerprint=fingerprint(data / "gold.jsonl"), least=least, most=most)


@pytest.mark.parametrize(
    ("least", "most", "got", "state"),
    [
        (0.5, None, 0.5, "held"),
        (0.5, None, 0.499, "below"),
        (None, 3, 3, "held"),
        (None, 3, 4, "below"),
        (0.5, None, None, "missing"),
    ],
)
def test_verdicts(data: Path, least: float | None, most: float | None, got: float | None, state: str) -> None:
    scores = {} if got is None else {"a.b": got}
    assert [v.state for v in compare([floor(data, least=least, most=most)], scores, data)] == [state]


def test_other_data_is_seen(data: Path) -> None:
    f = floor(data, least=0.1)
    (data / "gold.jsonl").write_text("{} \n")
    assert compare([f], {"a.b": 0.9}, data)[0].state == "moved"


def test_raising_never_lowers(data: Path) -> None:
    assert raised([floor(data, least=0.5)], {"a.b": 0.4}, data)[0].least == 0.5
    assert raised([floor(data, least=0.5)], {"a.b": 0.8}, data)[0].least == 0.795
    assert raised([floor(data, most=4)], {"a.b": 5}, data)[0].most == 4
    assert raised([floor(data, most=4)], {"a.b": 1}, data)[0].most == 1


def test_floors_survive_the_file(data: Path, tmp_path: Path) -> None:
    floors = (floor(data, least=0.5), floor(data, most=2.0))
    file = tmp_path / "floors.toml"
    file.write_text(dump(floors))
    assert load(file) == floors


def test_a_floor_without_bound_stops(data: Path) -> None:
    with pytest.raises(StopRun, match="neither least nor most"):
        compare([floor(data)], {"a.b": 1.0}, data)


def test_flatten() -> None:
    assert flatten({"a": {"b": 1, "c": {"d": 0.5}}, "e": True, "f": "x"}) == {"a.b": 1.0, "a.c.d": 0.5}
