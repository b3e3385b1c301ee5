"""The packed gazetteer: it is the one of the manifest, it knows what news names, damage stops the run."""

import shutil
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import StopRun
from dragoman.scheme.gazetteer import KINDS, Gazetteer, gazetteer, gazetteer_hash, place_key, place_weights, place_words

FOLDER = Path(dragoman.__file__).parent / "data" / "gazetteer"

KNOWN = [  # name, kind, country, GeoNames id, roughly where
    ("Syria", "country", "SYR", 163843, (35, 38)),
    ("U.S.", "country", "USA", 6252001, (39.8, -98.5)),
    ("Kosovo", "country", "KOS", 831053, (42.6, 21)),
    ("Damascus", "city", "SYR", 170654, (33.5, 36.3)),
    ("Kiev", "city", "UKR", 703448, (50.5, 30.5)),
    ("Sana'a", "city", "YEM", 71137, (15.4, 44.2)),
    ("Tartous", "city", "SYR", 163345, (34.9, 35.9)),
    ("Calif.", "admin1", "USA", 5332921, (37.2, -119.8)),
    ("Kherson Oblast", "admin1", "UKR", 706442, (46.5, 33.3)),
    ("Crimea", "admin1", "UKR", 703883, (45.3, 34.4)),
    ("Gaza Strip", "admin1", "PSE", 281132, (31.4, 34.4)),
    ("Strait of Hormuz", "water", None, None, (26.6, 56.3)),
    ("Hmeimim", "facility", "SYR", None, (35.4, 36)),
    ("Donbas", "region", "UKR", None, (48.3, 38.2)),
    ("Africa", "region", None, 6255146, (7, 21)),
]


@pytest.mark.parametrize(("name", "kind", "country", "geonameid", "where"), KNOWN)
def test_what_news_names_is_there(
    name: str, kind: str, country: str | None, geonameid: int | None, where: tuple[float, float]
) -> None:
    found = [
        p for p in gazetteer().lookup(place_key(name)) if (p.kind, p.country, p.geonameid) == (kind, country, geonameid)
    ]
    assert len(found) == 1, gazetteer().lookup(place_key(name))
    assert abs(found[0].lat - where[0]) < 1
    assert abs(found[0].lon - where[1]) < 1


def test_unknown_name_gives_nothing() -> None:
    assert gazetteer().lookup(place_key("Zzyzxburgh upon Nowhere")) == ()
    assert not gazetteer().has("zzyzxburgh upon nowhere")


def test_every_row_is_sound() -> None:
    rows = list(gazetteer().places())
    assert len(rows) == gazetteer().manifest.rows
    for p in rows:
        assert p.name
        assert -90 <= p.lat <= 90
        assert -180 <= p.lon <= 180
        assert p.admin1 is None or rows[p.admin1].kind == "admin1"
        assert p.admin2 is None or rows[p.admin2].kind == "admin2"
    assert {p.kind for p in rows} == set(KINDS)


def test_each_state_has_at_most_one_capital() -> None:
    seats = [p.country for p in gazetteer().places() if p.capital]
    assert len(seats) == len(set(seats))
    assert len(seats) > 200


def test_identity_is_that_of_the_rows() -> None:
    assert len(gazetteer_hash()) == 64


@pytest.mark.parametrize("name", ["names.marisa", "rows.bin", "labels.bin"])
def test_damage_stops_the_run(tmp_path: Path, name: str) -> None:
    for f in ("manifest.json", "names.marisa", "rows.bin", "labels.bin"):
        shutil.copy(FOLDER / f, tmp_path / f)
    with (tmp_path / name).open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\0\1\2\3")
    with pytest.raises(StopRun, match=name):
        Gazetteer(tmp_path)


def test_a_missing_file_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match="manifest"):
        Gazetteer(tmp_path)


def test_the_lists_are_read() -> None:
    assert "in" in place_words()["locative"]
    assert "wall street journal" in place_words()["mask"]
    assert place_weights()["surname-here"] < 0 < place_weights()["dateline"]
