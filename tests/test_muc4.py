"""The MUC-4 scorer: reading of the gold's fill syntax, alignment and slots, and the mapping from records to incidents."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders import document, mention, party
from dragoman.errors import SkipItem
from dragoman.evaluate.muc4 import Fill, Gold, Tally, Template, align, compare, days, load, muc4_scores, score, template
from dragoman.evaluate.muc4_incidents import Incident, compatible, incidents
from dragoman.records import EventMention, Reading, Span, Voice

TEXT = "Gunmen murdered two farmers near Lima on March 5. The Red Path guerrillas claimed the crime."


def incident(**changed: Any) -> Incident:
    plain: dict[str, Any] = {
        "type": "ATTACK",
        "stage": "ACCOMPLISHED",
        "earliest": "1989-03-05",
        "latest": "1989-03-05",
        "country": "PER",
        "place": "Lima",
        "victims": ("two farmers",),
        "organisation": None,
        "claimed": False,
        "points": 4,
    }
    return Incident(**(plain | changed))


def slots(**changed: list[str]) -> dict[str, list[str]]:
    plain = {
        "incident.date": ["05 MAR 89"],
        "incident.location": ["PERU: LIMA (CITY): RIMAC (DISTRICT)"],
        "incident.type": ["ATTACK"],
        "incident.stage_of_execution": ["ACCOMPLISHED"],
        "hum_tgt.description": ['"FARMERS" / "TWO FARMERS"'],
        "perp.organization_id": ['"RED PATH" / "RP"'],
        "perp.organization_confidence": ['CLAIMED OR ADMITTED: "RED PATH" / "RP"'],
    }
    return plain | {k.replace("__", "."): v for k, v in changed.items()}


def gold(*templates: Template) -> Gold:
    return Gold(id="a", text="", published="1989-03-06", templates=templates)


# ---------------------------------------------------------------- reading
@pytest.mark.parametrize(
    ("line", "spans", "optional"),
    [
        ("05 MAR 89", ("1989-03-05/1989-03-05",), False),
        ("08 JAN 90 - 09 JAN 90", ("1990-01-08/1990-01-09",), False),
        ("- 31 MAR 89", ("1988-12-31/1989-03-31",), True),
        ("19 MAR 89 / 18 MAR 89", ("1989-03-19/1989-03-19", "1989-03-18/1989-03-18"), False),
        ("03 MARCH 90", ("1990-03-03/1990-03-03",), False),
        ("11 NOV 89 - 31 NOV 89", ("1989-11-11/1989-11-30",), False),
    ],
)
def test_dates_are_read(line: str, spans: tuple[str, ...], *, optional: bool) -> None:
    assert days(line) == Fill(alternatives=spans, optional=optional)


@pytest.mark.parametrize("line", ["11 NOV", "OCT 18", ""])
def test_a_date_without_a_year_is_none(line: str) -> None:
    assert days(line) is None


def test_a_template_is_read() -> None:
    t = template(slots(), optional=False)
    assert t.fills["town"] == (Fill(alternatives=("lima",)),)
    assert t.fills["country"] == (Fill(alternatives=("peru",)),)
    assert t.fills["victims"] == (Fill(alternatives=("FARMERS", "TWO FARMERS")),)
    assert t.fills["organisation"] == t.fills["claimed"] == (Fill(alternatives=("RED PATH", "RP")),)
    assert "rimac" in t.areas


def test_suspected_is_not_claimed() -> None:
    t = template(slots(perp__organization_confidence=['POSSIBLE: "RED PATH"']), optional=False)
    assert t.fills["claimed"] == ()


def test_a_description_joins_its_name() -> None:
    lines = {
        "hum_tgt__name": ['"JUAN PAZ"'],
        "hum_tgt__description": ['? "JUDGE" / "OLD JUDGE": "JUAN PAZ"', '"GUARDS"'],
    }
    fills = template(slots(**lines), optional=False).fills["victims"]
    assert [set(f.alternatives) >= {"JUAN PAZ", "JUDGE", "OLD JUDGE"} for f in fills] == [True, False]
    assert [f.optional for f in fills] == [True, False]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [
        {"id": f"d{i}", "split": split, "dct": "1989-03-06", "text": TEXT, "templates": []}
        for i, split in enumerate(["train"] * 5 + ["dev"] * 5 + ["test"] * 5)
    ]
    path = tmp_path / "muc4.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def test_the_sample_is_fixed_and_never_of_a_test_split(file: Path) -> None:
    whole = [g.id for g in load(file, None)]
    assert sorted(whole) == sorted(f"d{i}" for i in range(10))
    assert [g.id for g in load(file, 4)] == whole[:4]


# ---------------------------------------------------------------- scoring
def test_slots_honour_alternatives() -> None:
    t = template(slots(incident__stage_of_execution=["ACCOMPLISHED / ATTEMPTED"]), optional=False)
    i = incident(stage="ATTEMPTED", organisation="RP", claimed=True)
    for slot in ("type", "stage", "date", "country", "town", "victims", "organisation", "claimed"):
        assert compare(slot, t, i) == Tally(right=1, given=1, wanted=1), slot


def test_optional_fills_are_not_missed() -> None:
    t = template(slots(perp__organization_id=['? "RED PATH"']), optional=False)
    assert compare("organisation", t, incident()) == Tally()
    assert compare("organisation", t, incident(organisation="Red Path")) == Tally(right=1, given=1, wanted=1)


def test_an_area_is_no_wrong_town() -> None:
    t = template(slots(), optional=False)
    assert compare("town", t, incident(place="Rímac")) == Tally(wanted=1)
    assert compare("town", t, incident(place="Cuzco")) == Tally(given=1, wanted=1)


def test_the_best_pair_comes_first() -> None:
    near, far = template(slots(), optional=False), template(slots(incident__date=["01 JAN 89"]), optional=False)
    right, other = incident(), incident(victims=("a judge",), earliest="1989-01-01", latest="1989-01-01")
    assert align([far, near], [right, other]) == [(far, other), (near, right)]


def test_a_document_of_optional_templates_counts_neither_way() -> None:
    t = template(slots(), optional=True)
    for given in ([], [incident()]):
        assert score([(gold(t), given)])["muc4.document.f1"] == 0.0
    assert score([(gold(t), [])])["muc4.incidents.recall"] == 0.0
    assert score([(gold(t), [incident()])])["muc4.incidents.f1"] == 1.0


def test_scores_add_up() -> None:
    t = template(slots(), optional=False)
    scores = score([(gold(t), [incident(type="BOMBING")]), (gold(), [incident()]), (gold(t), []), (gold(), [])])
    assert scores["muc4.document.precision"] == scores["muc4.document.recall"] == 0.5
    assert scores["muc4.incidents.precision"] == 1.0
    assert scores["muc4.incidents.recall"] == 0.5
    assert scores["muc4.type.accuracy"] == 0.0


def test_a_skipped_document_holds_nothing(file: Path) -> None:
    def skip(_text: str, _published: str | None) -> Reading:
        raise SkipItem("no English", "text")

    assert muc4_scores(file, skip)["muc4.document.precision"] == 0.0


def test_the_reader_is_handed_text_and_date(file: Path) -> None:
    seen = []

    def read(text: str, published: str | None) -> Reading:
        seen.append((text, published))
        return Reading(document=document(text), mentions=())

    muc4_scores(file, read, size=2)
    assert seen == [(TEXT, "1989-03-06")] * 2


# ---------------------------------------------------------------- the mapping
def told(predicate: str = "murdered", **changed: Any) -> EventMention:
    plain: dict[str, Any] = {"act": "ASSAULT", "when": ("1989-03-05", "March 5"), "where": ("PER", "Lima")}
    victims = changed.pop("victims", (party("two farmers", country="PER", sectors=("CVL",)),))
    made = mention(document(TEXT), predicate, actors=(), **(plain | changed))
    return msgspec.structs.replace(made, recipients=victims)


def test_a_murder_is_an_attack() -> None:
    (found,) = incidents([told()], "1989-03-06")
    assert (found.type, found.stage, found.latest, found.country) == ("ATTACK", "ACCOMPLISHED", "1989-03-05", "PER")
    assert found.victims == ("two farmers",)


@pytest.mark.parametrize(
    ("modes", "kind"), [(("abduct",), "KIDNAPPING"), (("explosives",), "BOMBING"), (("targeted",), "ATTACK")]
)
def test_modes_tell_the_type(modes: tuple[str, ...], kind: str) -> None:
    assert [i.type for i in incidents([told(modes=modes)], "1989-03-06")] == [kind]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "negated"},
        {"status": "hypothetical"},
        {"historical": True},
        {"when": ("1988-11-01", "March 5")},
        {"act": "CONSULT"},
        {"victims": (party("two soldiers", sectors=("MIL",)),)},
        {"victims": (party("two rebels", sectors=("UNK",)),)},
    ],
)
def test_no_incident(changed: dict[str, Any]) -> None:
    assert incidents([told(**changed)], "1989-03-06") == []


def test_two_records_of_one_act_are_joined() -> None:
    assert len(incidents([told(), told()], "1989-03-06")) == 1
    other = told(victims=(party("a mayor", sectors=("GOV",)),))
    assert len(incidents([told(), other], "1989-03-06")) == 2


@pytest.mark.parametrize(
    ("changed", "joins"),
    [
        ({}, True),
        ({"type": "BOMBING"}, True),
        ({"type": "KIDNAPPING", "victims": ("a judge",)}, False),
        ({"latest": "1989-03-09", "earliest": "1989-03-09"}, False),
        ({"place": "Cuzco"}, False),
        ({"latest": None, "earliest": None, "place": None}, True),
    ],
)
def test_what_keeps_incidents_apart(changed: dict[str, Any], *, joins: bool) -> None:
    assert compatible(incident(**changed), incident()) is joins


def test_who_claims_is_the_organisation() -> None:
    red = party("Red Path", sectors=("REB",))
    (found,) = incidents([told(attribution=(Voice(source="Red Path", actor=red, cue="claimed"),))], "1989-03-06")
    assert (found.organisation, found.claimed) == ("Red Path", True)


def test_who_is_accused_is_the_organisation() -> None:
    blame = told("claimed", act="ACCUSE", victims=(party("Red Path", sectors=("REB",)),))
    blame = msgspec.structs.replace(blame, predicate=Span(start=0, end=6, text="blamed"))
    (found,) = incidents([told(), blame], "1989-03-06")
    assert (found.organisation, found.claimed) == ("Red Path", False)
