"""The map: what has a point and what has not, which events count, the projection, the picture."""

import json
from collections.abc import Sequence
from math import cos, radians
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import worldmap
from builders import document, mention
from dragoman.answer.globe import View, around, centred, cut, project, whole
from dragoman.answer.labels import Spot, labels, wide
from dragoman.answer.ledger import Ledger
from dragoman.answer.map import LISTED, Cluster, Map, Place, clusters
from dragoman.answer.map_picture import SIZE, picture, region
from dragoman.answer.map_projects import Project, site_of
from dragoman.answer.svg import QUAD_COLOURS
from dragoman.cli import cli
from dragoman.errors import StopRun
from dragoman.records import When, Where
from dragoman.scheme.actors import rows
from dragoman.scheme.outlines import outlines
from dragoman.scheme.states import state_name
from test_resolve import Report, filled

DAMASCUS = Where(name="Damascus", country="SYR", lat=33.5102, lon=36.29128, geonameid=170654)
SYRIA = Where(name="Syria", country="SYR", lat=35.0, lon=38.0, geonameid=163843)
ADEN = Where(name="Gulf of Aden", lat=12.5, lon=48.0)
UNKNOWN = Where(name="Checkpoint Zero")
HOSTILE = "</text><script>alert('x')</script>\x00\x0b&\"<img src=x onerror=alert(1)>"
WORLD = whole(900)


def act(goods: str, where: Where | None, told: str, day: str | None = None, **changed: Any) -> Report:
    """Return a report with one mention, of goods of its own; no two are one event where they lie a month apart."""
    d = document(f"Russia delivered {goods} to Syria.", published=told, url=f"https://a/{goods}/{told}")
    when = When(edtf=day, text="then", start=0, end=1, basis="absolute") if day else None
    made = mention(d, "delivered", recipients=("Syria",), goods=goods)
    return d, [msgspec.structs.replace(made, where=where, when=when, **changed)]


ATTACK = {"quad": 4, "type": "ASSAULT", "act": "ASSAULT"}
REPORTS = [
    act("wheat", DAMASCUS, "2025-03-02", "2025-03-01"),
    act("tanks", DAMASCUS, "2024-01-06", "2024-01-05", **ATTACK),
    act("diesel", SYRIA, "2025-05-04", "2025-05-03"),
    act("shells", ADEN, "2025-07-05", "2025-07-04", **ATTACK),
    act("trucks", UNKNOWN, "2025-09-06"),
    act("medicine", None, "2025-11-07"),
    act("cement", DAMASCUS, "2026-01-08", status="planned", type="AGREE", quad=1),
    act("coal", DAMASCUS, "2026-03-09", "1990", historical=True),
    act("rice", DAMASCUS, "2028-05-10", "2028-05-09", status="denied"),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "a.db"
    filled(path, REPORTS).close()
    return path


def asked(path: Path, **filters: Any) -> Map:
    with Ledger.open(path, create=False) as opened:
        return opened.map(**filters)


def place(name: str, lat: float, lon: float, *counts: int, kind: str = "city") -> Place:
    quads = (*counts, 0, 0, 0, 0)[:4]
    total = sum(quads)
    return Place(name=name, country="SYR", kind=kind, lat=lat, lon=lon, counts=quads, total=total, events=(name[:8],))  # type: ignore[arg-type]


def answer(*places: Place, **changed: Any) -> Map:
    plain: dict[str, Any] = dict.fromkeys(("as_of", "since", "until")) | {"only": "", "countries": (), "unresolved": ()}
    counts = dict.fromkeys(("nowhere", "planned", "undone", "background"), 0)
    return Map(**(plain | counts | {"places": places} | changed))


# ---------------------------------------------------------------- what counts where
def test_three_lists_of_which_one_has_points(ledger: Path) -> None:
    found = asked(ledger)
    assert [(p.name, p.kind, p.counts) for p in found.places] == [
        ("Damascus", "city", (0, 1, 0, 1)),
        ("Gulf of Aden", "water", (0, 0, 0, 1)),
    ]
    assert [(p.name, p.lat, p.total) for p in found.countries] == [("Syria", None, 1)], "no dot in its middle"
    assert [(p.name, p.total) for p in found.unresolved] == [("Checkpoint Zero", 1)]
    assert (found.nowhere, found.planned, found.undone, found.background) == (1, 1, 1, 1)
    assert found.total == 6


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"since": "2025-03"}, ["Damascus 1", "Gulf of Aden 1", "Syria 1", "Checkpoint Zero 1"]),
        ({"until": "2025-01"}, ["Damascus 1"]),
        ({"since": "2025-09-06", "until": "2025-09-06"}, ["Checkpoint Zero 1"]),
        ({"quad": 4}, ["Damascus 1", "Gulf of Aden 1"]),
        ({"quad": 4, "until": "2025-02"}, ["Damascus 1"]),
        ({"status": "planned"}, ["Damascus 1"]),
        ({"historical": True}, ["Damascus 1"]),
        ({"place": "Damascus"}, ["Damascus 2"]),
        ({"party": "TUR"}, []),
        ({"between": ("RUS", "SYR"), "type": "ASSAULT"}, ["Damascus 1", "Gulf of Aden 1"]),
        ({"as_of": "2025-06"}, ["Damascus 2", "Syria 1"]),
    ],
)
def test_filters(ledger: Path, filters: dict[str, Any], expected: list[str]) -> None:
    found = asked(ledger, **filters)
    assert [
        f"{p.name} {p.total}" for some in (found.places, found.countries, found.unresolved) for p in some
    ] == expected


def test_what_was_told_in_a_window_need_not_have_satisfied_the_other_filters_there(ledger: Path) -> None:
    everywhere = asked(ledger, since="2025-03-02", party="RUS")
    assert everywhere == msgspec.structs.replace(asked(ledger, since="2025-03-02"), only=everywhere.only)


@pytest.mark.parametrize("filters", [{"since": "2025-05", "until": "2025-01"}, {"since": "soon"}, {"colour": "red"}])
def test_what_is_no_question_is_refused(ledger: Path, filters: dict[str, Any]) -> None:
    with pytest.raises(StopRun):
        asked(ledger, **filters)


def test_ids_are_the_newest_first_and_capped(tmp_path: Path) -> None:
    many = [act(f"item {n}", DAMASCUS, f"{1900 + n}-03-02", f"{1900 + n}-03-01") for n in range(LISTED + 4)]
    filled(tmp_path / "a.db", many).close()
    with Ledger.open(tmp_path / "a.db", create=False) as opened:
        (found,) = opened.map().places
        days = {e.id: e.when.edtf if e.when else "" for e in opened.events()}
    assert (found.total, len(found.events)) == (LISTED + 4, LISTED)
    told = [days[e] for e in found.events]
    assert told == sorted(told, reverse=True)


# ---------------------------------------------------------------- projection
@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"),
    [  # of the paper and its reference implementation: the equator's end, the pole, and what lies between
        (0, 0, 0.0, 0.0),
        (0, 180, 2.70663, 0.0),
        (90, 0, 0.0, 1.31736),
        (-90, 0, 0.0, -1.31736),
        (90, 180, 0.59247 * 2.70663, 1.31736),
        (45, 90, 1.15985, 0.86023),
    ],
)
def test_equal_earth(lat: float, lon: float, x: float, y: float) -> None:
    assert project(lat, lon) == pytest.approx((x, y), abs=2e-5)


@given(st.floats(-80, 80), st.floats(-170, 170))
def test_equal_areas_stay_equal(lat: float, lon: float) -> None:
    """A small field at any place is as large as one at the equator, less what the cosine takes from it on the sphere."""
    d = 0.01
    (x0, y0), (x1, y1), (x2, y2) = project(lat, lon), project(lat, lon + d), project(lat + d, lon)
    area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    assert area == pytest.approx(radians(d) ** 2 * cos(radians(lat + d / 2)), rel=2e-3)


@pytest.mark.parametrize(
    ("places", "middle"),
    [
        ([(33.5, 36.3), (35.0, 40.3)], 38.3),
        ([(52.0, 179.0), (53.0, -177.0)], -179.0),
        ([(60.0, 5.0), (-10.0, -75.0)], -35.0),
    ],
)
def test_a_region_holds_its_places_across_any_meridian(places: list[tuple[float, float]], middle: float) -> None:
    view = around(places, (898, 560))
    assert view.middle == pytest.approx(middle)
    assert all(view.shows(*p) for p in places)


def test_places_far_apart_are_the_world() -> None:
    assert around([(10, -120), (10, 20), (10, 150)], (900, 560)) == whole(900)
    assert around([], (900, 560)) == whole(900)


@pytest.mark.parametrize(("lat", "lon"), [(33.5, 36.3), (-41.0, 174.8), (71.0, -156.0), (0.0, 180.0)])
def test_a_view_has_its_place_in_the_middle(lat: float, lon: float) -> None:
    near, far = (centred(lat, lon, degrees, SIZE) for degrees in (20, 60))
    for view in (near, far):
        assert view.at(lat, lon) == pytest.approx((SIZE[0] / 2, SIZE[1] / 2))
    assert near.scale == pytest.approx(3 * far.scale)
    assert centred(lat, lon, 0.001, SIZE) == centred(lat, lon, 5, SIZE), "no nearer than the coasts are true"


@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=12))
def test_what_is_cut_lies_inside(ring: list[tuple[float, float]]) -> None:
    assert all(-1e-6 <= x <= 100 + 1e-6 and -1e-6 <= y <= 100 + 1e-6 for x, y in cut(ring, (0, 0, 100, 100)))


def test_no_outline_runs_across_the_whole_world() -> None:
    russia = next(o for o in outlines() if o.code == "RUS")
    steps = [int(n) for part in WORLD.path(russia).replace("-", " -").replace("M", " ").split("l")[1:]
             for n in part.split("z")[0].split()]  # fmt: skip
    assert max(map(abs, steps)) < 0.2 * 10 * WORLD.width


# ---------------------------------------------------------------- outlines
@pytest.mark.parametrize("code", ["SYR", "RUS", "KOS", "PSE", "MLT", "SGP", "TWN", "SSD", "FRA", "NOR", "BHR"])
def test_a_state_has_its_outline(code: str) -> None:
    found = [o for o in outlines() if o.code == code]
    assert found
    assert state_name(code) != code
    assert all(len(r) >= 6 and len(r) % 2 == 0 for o in found for r in o.rings)


def test_most_states_of_the_lexicon_are_on_the_map() -> None:
    codes = {row["code"] for _, row in rows("countries.tsv", "code")}
    assert codes - {o.code for o in outlines()} == {"EUR", "UNO", "TUV"}


@pytest.mark.parametrize(
    ("name", "lat", "lon", "code"),
    [("Simferopol", 44.95, 34.1, "UKR"), ("Kaliningrad", 54.6, 21.2, "RUS"), ("Anadyr", 65.5, 174.0, "RUS"),
     ("Damascus", 33.5, 36.5, "SYR"), ("Pristina", 42.6, 21.1, "KOS"), ("Nuuk", 64.4, -50.5, "GRL")],
)  # fmt: skip
def test_a_town_lies_in_the_outline_of_its_country(name: str, lat: float, lon: float, code: str) -> None:
    assert [o.code for o in outlines() if sum(_holds(r, lon, lat) for r in o.rings) % 2] == [code], name


def _holds(flat: Sequence[float], x: float, y: float) -> bool:
    """Return whether a ring holds a point: whether a line eastwards from it crosses the ring an odd number of times."""
    ring = list(zip(flat[::2], flat[1::2], strict=True))
    crossed = [
        (x1, y1, x2, y2) for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True) if (y1 > y) != (y2 > y)
    ]
    return sum(x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for x1, y1, x2, y2 in crossed) % 2 == 1


def test_a_border_is_simplified_once_for_both_sides() -> None:
    arcs = [worldmap.simplified([(0.0, 0.0), (1.0, 0.04), (2.0, 0.0), (2.0, 2.0)])]
    assert arcs == [[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]]
    assert worldmap.closed(arcs, [0]) == worldmap.closed([arcs[0][::-1]], [~0])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([179.0, -179.0, -178.0], [179.0, 181.0, 182.0]),
        ([-179.0, 179.5], [-179.0, -180.5]),
        ([10.0, 20.0], [10.0, 20.0]),
    ],
)
def test_a_ring_goes_on_past_the_date_line(line: Sequence[float], expected: Sequence[float]) -> None:
    assert [x for x, _ in worldmap.unwrapped([(x, 0.0) for x in line])] == expected


@pytest.mark.parametrize(
    ("number", "code"), [("643", "RUS"), ("760", "SYR"), ("180", "COD"), ("104", "MMR"), (None, None)]
)
def test_codes(number: str | None, code: str | None) -> None:
    assert worldmap.alpha3(number) == code


# ---------------------------------------------------------------- clusters
NEARBY = (place("Damascus", 33.5, 36.3, 3, 1), place("Homs", 34.7, 36.7, 1), place("Lima", -12.0, -77.0, 0, 0, 2))


def test_neighbours_are_one_circle_from_afar_and_two_from_near() -> None:
    afar = clusters(NEARBY, WORLD)
    assert [(c.name, [p.name for p in c.places], c.counts) for c in afar] == [
        ("Damascus", ["Damascus", "Homs"], (4, 1, 0, 0)),
        ("Lima", ["Lima"], (0, 0, 2, 0)),
    ]
    near = clusters(NEARBY, around([(33.5, 36.3), (34.7, 36.7)], (898, 560)))
    assert [c.name for c in near] == ["Damascus", "Homs"], "Lima lies outside"


@given(st.lists(st.tuples(st.floats(-50, 80), st.floats(-180, 180), st.integers(1, 9)), max_size=25))
def test_every_event_stands_in_one_circle(found: list[tuple[float, float, int]]) -> None:
    places = sorted((place(f"p{i}", lat, lon, n) for i, (lat, lon, n) in enumerate(found)), key=lambda p: -p.total)
    made = clusters(places, WORLD)
    assert sum(c.total for c in made) == sum(p.total for p in places if WORLD.shows(p.lat or 0, p.lon or 0))
    assert made == clusters(places, WORLD)


def test_names_hide_no_disc_and_no_name() -> None:
    spots = [Spot(x=50 + 14 * i, y=50 + (i % 3), radius=6, name=f"Long name {i}") for i in range(12)]
    found = labels(spots, (400, 120))
    lefts = [(s.x - {"start": 0, "middle": 0.5, "end": 1}[s.anchor] * wide(s.name), s) for s in found]
    boxes = [(x, s.y - 11, x + wide(s.name), s.y + 3) for x, s in lefts]
    assert found
    assert not [
        (a, b) for i, a in enumerate(boxes) for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]  # fmt: skip
    assert len(labels(spots, (400, 120), every=True)) == len(spots)


# ---------------------------------------------------------------- projects
@pytest.mark.parametrize(
    ("name", "codes", "found"),
    [
        ("Tartous", {"SYR", "RUS"}, "SYR"),
        ("Tartous", {"RUS"}, "SYR"),  # one large town of the name in the world
        ("Paris", {"USA"}, None),  # several towns, none so much larger
        ("Paris", {"FRA", "USA"}, "FRA"),
        ("Springfield", set(), None),
        ("Assad", {"SYR"}, None),
        ("Utopia Parkway", {"USA"}, None),
    ],
)
def test_where_a_project_lies(name: str, codes: set[str], found: str | None) -> None:
    site = site_of(name, codes)
    assert (site.country if site else None) == found


def test_projects_are_marked_where_their_names_say(tmp_path: Path) -> None:
    made = [project_report(1, "refinery in Tartous", "2025-01-01"), project_report(2, "power line", "2025-08-01")]
    filled(tmp_path / "a.db", made).close()
    with Ledger.open(tmp_path / "a.db", create=False) as opened:
        found = opened.map(with_projects=True, status=["occurred", "planned", "negotiating"])
        assert not opened.map().projects
    assert [(p.kind, p.place is not None, p.country) for p in found.projects] == [
        ("project", True, "SYR"),
        ("project", False, None),
    ]
    drawn = picture(found, href=lambda of: f"/dossier/{of.dossier}" if isinstance(of, Project) else None)
    assert f'href="/dossier/{found.projects[0].dossier}"' in drawn
    assert "1 project whose place is not told" in drawn


def project_report(n: int, matter: str, day: str) -> Report:
    d = document(f"Russia and Syria agreed on the {matter}.", published=day, url=f"https://p/{n}")
    return d, [mention(d, "agreed", act="AGREE", actors=("Russia", "Syria"), theme=matter)]


# ---------------------------------------------------------------- the picture
def test_the_picture_says_what_it_shows(ledger: Path) -> None:
    drawn = picture(asked(ledger))
    ElementTree.fromstring(drawn)
    assert drawn == picture(asked(ledger))
    for words in ("3 of 6 events on the map", "Known by country only: Syria 1", "Named, but not found: Checkpoint Zero 1",
                  "1 event without a place", "not shown: 1 planned, 1 not done, 1 background",
                  "Dashed: the middle of an area: Gulf of Aden 1", 'role="img"', "<desc>"):  # fmt: skip
        assert words in drawn
    assert "href" not in drawn
    assert drawn.count("http") == 1, "only the name space"
    assert "<script" not in drawn


def test_circles_and_countries_lead_where_they_are_told(ledger: Path) -> None:
    def lead(of: Cluster | Place | Project) -> str:
        assert not isinstance(of, Project)
        return f"/events?place={of.name}&id={of.events[0]}"

    drawn = picture(asked(ledger), href=lead)
    root = ElementTree.fromstring(drawn)
    links = root.findall(".//{http://www.w3.org/2000/svg}a")
    assert {a.get("href", "").split("=")[1].split("&")[0] for a in links} == {"Damascus", "Gulf of Aden", "Syria"}
    assert all(a.get("aria-label") for a in links)
    assert root.get("role") == "group", "the parts of an image can't be reached"


def test_what_lies_outside_a_view_is_said() -> None:
    drawn = picture(answer(*NEARBY), view=centred(33.5, 36.3, 20, SIZE))
    assert "Outside of this part of the world: Lima 2" in drawn
    assert "Lima: " not in drawn.split("<svg x=")[1], "no circle"
    assert "Outside" not in picture(answer(*NEARBY))


def test_hostile_names_are_text() -> None:
    bad = place(HOSTILE, 33.5, 36.3, 1)
    country = msgspec.structs.replace(bad, kind="country", country="SYR", lat=None, lon=None)
    drawn = picture(answer(bad, countries=(country,), unresolved=(country,)), href=lambda _: f"/x?{HOSTILE}")
    root = ElementTree.fromstring(drawn)
    kinds = {e.tag.split("}")[1] for e in root.iter()}
    assert kinds <= set("svg title desc rect text circle path a g defs pattern".split())
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def test_an_empty_ledger_has_an_empty_map() -> None:
    drawn = picture(answer(), view=region(answer()))
    ElementTree.fromstring(drawn)
    assert "0 of 0 events" in drawn


def test_a_circle_is_parted_by_quad_class() -> None:
    drawn = picture(answer(place("Damascus", 33.5, 36.3, 1, 2, 3, 4)))
    land = drawn.split("<svg x=")[1]
    assert all(f'stroke="{colour}"' in land for colour in QUAD_COLOURS.values())
    assert "10 events (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict)" in drawn


@pytest.mark.parametrize("form", ["table", "json", "csv", "md", "svg"])
def test_every_form(ledger: Path, form: str) -> None:
    done = CliRunner().invoke(cli, ["map", "--store", str(ledger), "--format", form], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Checkpoint Zero" in done.output
    if form == "json":
        assert json.loads(done.output) == asked(ledger).to_dict()


def test_a_view_is_a_record() -> None:
    assert msgspec.json.decode(msgspec.json.encode(WORLD), type=View) == WORLD
