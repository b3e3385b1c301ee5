"""The scorer of scenarios on a world of two events: what is right scores 1, and each fault shows in its own figure."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders import document, mention, party
from dragoman.errors import StopRun
from dragoman.evaluate.scenario import align, b3, causes, plain, score
from dragoman.evaluate.scenario_truth import Truth, load_truth
from dragoman.records import (
    Corroboration,
    Disagreement,
    Dossier,
    Event,
    EventMention,
    Flow,
    Stage,
    Version,
)

FIRST = "Russia delivered 10 tonnes to Syria. Russia sent wheat again."
SECOND = "A day later Russia delivered 12 tonnes to Syria."
THIRD = "Russia had delivered wheat in May."
PAPERS = [
    document(text, url=f"https://a.example/{n}", published=f"2025-03-0{n}")
    for n, text in enumerate((FIRST, SECOND, THIRD), 1)
]
DELIVERED, SENT = (mention(PAPERS[0], w, recipients=("Syria",)) for w in ("delivered", "sent"))
LATER = mention(PAPERS[1], "delivered", recipients=("Syria",))
OTHER = mention(PAPERS[2], "delivered", recipients=("Syria",))
MENTIONS = {m.id: m for m in (DELIVERED, SENT, LATER, OTHER)}


def telling(name: str, paper: int, words: str, **changed: Any) -> dict[str, Any]:
    start = PAPERS[paper].text.index(words)
    plain_row = {
        "id": name, "document": paper, "start": start, "end": start + len(words), "role": "lead", "status": "occurred",
        "told": {}, "voice": "outlet", "background": False, "origin": "Post", "published": PAPERS[paper].published,
        "variant": f"act.delivery.lead[{name[1:]}]",
    }  # fmt: skip
    return plain_row | changed


def truth(**changed: Any) -> Truth:
    """A delivery told thrice by two newsrooms with two amounts, a look-alike told once; one dossier, two flows."""
    first = [
        telling("t1", 0, "Russia delivered 10 tonnes to Syria.", told={"goods": "10"}),
        telling("t2", 0, "Russia sent wheat again."),
        telling("t3", 1, SECOND, told={"goods": "12"}, origin="Herald"),
        telling("t9", 1, "A day", role="headline"),
    ]
    versions = [{"value": "10", "since": "2025-03-01"}, {"value": "12", "since": "2025-03-02"}]
    plain_truth: dict[str, Any] = {
        "events": [
            {"id": "one", "act": "AID", "date": "2025-03-01", "status": "occurred", "origins": 3, "tellings": first,
             "disagreements": [{"field": "goods", "versions": versions}]},
            {"id": "two", "act": "AID", "date": "2024-05-01", "status": "occurred", "origins": 1,
             "tellings": [telling("t4", 2, THIRD)]},
        ],
        "documents": [
            {"url": p.url, "published": p.published, "origin_group": "g", "kind": "original"} for p in PAPERS
        ],
        "look_alikes": [["one", "two"]],
        "dossiers": [{"id": "d", "kind": "aid", "stages": [
            {"stage": "pledged", "event": "one", "planned": False},
            {"stage": "delivered", "event": "two", "planned": False}]}],
        "flows": [
            {"event": "one", "from": "RUS", "to": "SYR", "low": 10, "high": 10, "unit": "t", "month": "2025-03", "class": "delivered"},
            {"event": "two", "from": "RUS", "to": "SYR", "low": 4, "high": 4, "unit": "t", "month": "2024-05", "class": "pledged"},
        ],
    }  # fmt: skip
    return msgspec.json.decode(json.dumps(plain_truth | changed), type=Truth)


def event(*mentions: EventMention, origins: int = 2, values: Sequence[str] = (), field: str = "goods") -> Event:
    first = mentions[0]
    told = tuple(Version(value=v, mentions=(), sources=(), origins=1, first_told=None, last_told=None) for v in values)
    return Event(
        id=first.id, type="AID", act="AID", modes=(), quad=2, score=10.0, actors=first.actors, recipients=(), theme=None,
        when=None, where=None, status="occurred", historical=False, certainty="stated", attribution=(), published=None,
        mentions=tuple(m.id for m in mentions), origins=origins,
        corroboration=Corroboration(origins=origins, outlets=(), third=0, party=0, anonymous=0),
        disagreements=(Disagreement(field=field, versions=told),) if told else (),
    )  # fmt: skip


def scored(
    events: Sequence[Event], *, kept: Sequence[EventMention] = (), of: Truth | None = None, **more: Any
) -> dict[str, float]:
    mentions = {m.id: m for m in kept} if kept else MENTIONS
    return score(of or truth(), events, mentions, {p.id: p for p in PAPERS}, **more)


RIGHT = [event(DELIVERED, SENT, LATER, values=("10 tonnes", "12 tonnes")), event(OTHER, origins=1)]


def test_all_right() -> None:
    got = scored(RIGHT)
    for name in ("found", "acts_right", "b3_f1", "b3_f1_found", "origins_exact", "disagreements_found"):
        assert got[name] == 1.0, name
    for name in ("lookalikes_merged", "lookalikes_touched", "disagreements_wrong"):
        assert got[name] == 0.0, name
    assert (got["n_tellings"], got["n_events"], got["n_look_alikes"], got["n_disagreements"]) == (4, 2, 1, 1)
    # The truth says three newsrooms; the tellings in the world show two.
    assert got["origins_exact_whole"] == 0.5


FAULTS = [
    ("the look-alikes in one event", [event(DELIVERED, SENT, LATER, OTHER)],
     {"lookalikes_merged": 1.0, "lookalikes_touched": 1.0, "b3_precision": (3 * 3 / 4 + 1 / 4) / 4, "b3_recall": 1.0}),
    ("one strays to the look-alike", [event(DELIVERED, SENT), event(OTHER, LATER, origins=1)],
     {"lookalikes_merged": 0.0, "lookalikes_touched": 1.0, "b3_recall": (4 / 3 + 1 / 3 + 1) / 4}),
    ("every mention alone", [event(m, origins=1) for m in (DELIVERED, SENT, LATER, OTHER)],
     {"b3_precision": 1.0, "b3_recall": (1 / 3 * 3 + 1) / 4, "origins_exact": 0.5, "disagreements_found": 0.0}),
    ("too many origins", [event(DELIVERED, SENT, LATER, origins=3), event(OTHER, origins=1)],
     {"origins_exact": 0.5, "origins_exact_whole": 1.0}),
    ("another field", [event(DELIVERED, SENT, LATER, values=("10", "12"), field="killed"), event(OTHER, origins=1)],
     {"disagreements_found": 0.0, "disagreements_wrong": 1.0}),
    ("one version wrong", [event(DELIVERED, SENT, LATER, values=("10", "13")), event(OTHER, origins=1)],
     {"disagreements_found": 0.0, "disagreements_wrong": 1.0}),
    ("a version that nobody told", [event(DELIVERED, SENT, LATER, values=("10", "12", "99")), event(OTHER, origins=1)],
     {"disagreements_found": 0.0, "disagreements_wrong": 1.0}),
    ("on the wrong event", [event(DELIVERED, SENT, LATER), event(OTHER, origins=1, values=("10", "12"))],
     {"disagreements_found": 0.0, "disagreements_wrong": 1.0}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "events", "figures"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_shows(name: str, events: list[Event], figures: dict[str, float]) -> None:
    got = scored(events)
    assert {k: got[k] for k in figures} == pytest.approx(figures)


def test_what_is_not_found_stands_alone() -> None:
    got = scored([event(DELIVERED, LATER), event(OTHER, origins=1)], kept=(DELIVERED, LATER, OTHER))
    assert got["found"] == 0.75
    assert got["b3_recall"] == pytest.approx((2 * 2 / 3 + 1 / 3 + 1) / 4)
    assert got["b3_f1_found"] == 1.0
    assert got["b3_precision"] == 1.0


def test_an_event_not_found_at_all_is_no_origin_and_no_look_alike() -> None:
    got = scored(RIGHT[:1], kept=(DELIVERED, SENT, LATER))
    assert (got["n_events_found"], got["n_look_alikes"], got["origins_exact"]) == (1, 0, 1.0)


@pytest.mark.parametrize(
    ("act", "kind", "status", "found", "right"),
    [
        ("AID", "AID", "occurred", 1.0, 1.0),
        ("ASSAULT", "ASSAULT", "occurred", 0.75, 0.75),
        ("ASSAULT", "AID", "occurred", 1.0, 1.0),  # PLOVER's type agrees
        ("SUPPORT", "AGREE", "planned", 1.0, 1.0),  # a plan is AGREE
        ("SUPPORT", "AGREE", "occurred", 0.75, 0.75),
        ("SANCTION", "SANCTION", "cancelled", 1.0, 1.0),
    ],
)
def test_acts(act: str, kind: str, status: str, found: float, right: float) -> None:
    rows = msgspec.to_builtins(truth())
    rows["events"][1]["tellings"][0]["status"] = status
    told = msgspec.structs.replace(OTHER, act=act, type=kind)
    got = scored(RIGHT, kept=(DELIVERED, SENT, LATER, told), of=msgspec.convert(rows, Truth))
    assert (got["found"], got["acts_right"]) == (found, right)


def test_of_two_mentions_in_a_sentence_the_act_decides_then_the_confidence() -> None:
    vague = mention(PAPERS[1], "later", act="COOPERATE", type="AID", id="a", confidence=0.99)
    surer = mention(PAPERS[1], "tonnes", id="b", confidence=0.9)
    mentions = {m.id: m for m in (vague, LATER, surer)}
    assert align(truth(), [], mentions, {p.id: p for p in PAPERS}).found["t3"] == "b"


def test_a_mention_outside_the_sentence_does_not_count() -> None:
    cut = truth()
    shifted = msgspec.to_builtins(cut)
    shifted["events"][1]["tellings"][0]["end"] = THIRD.index("delivered") + 3
    assert scored(RIGHT, of=msgspec.convert(shifted, Truth))["found"] == 0.75


def test_versions_of_one_address_are_told_apart() -> None:
    rows = msgspec.to_builtins(truth())
    rows["documents"][1]["url"] = rows["documents"][0]["url"]
    papers = {p.id: p for p in PAPERS} | {PAPERS[1].id: msgspec.structs.replace(PAPERS[1], url=PAPERS[0].url)}
    found = align(msgspec.convert(rows, Truth), RIGHT, MENTIONS, papers).found
    assert found == {"t1": DELIVERED.id, "t2": SENT.id, "t3": LATER.id, "t4": OTHER.id}


def test_a_corrected_value_is_neither_right_nor_wrong() -> None:
    rows = msgspec.to_builtins(truth())
    rows["events"][0]["disagreements"][0]["corrected"] = True
    got = scored(RIGHT, of=msgspec.convert(rows, Truth))
    assert (got["n_disagreements"], got["disagreements_found"], got["disagreements_wrong"]) == (0, 0.0, 0.0)


def test_what_no_found_telling_shows_is_not_possible() -> None:
    got = scored([event(DELIVERED, SENT), event(OTHER, origins=1)], kept=(DELIVERED, SENT, OTHER))
    assert got["disagreements_found"] == 0.0
    assert got["disagreements_found_possible"] == 0.0
    assert scored([event(m) for m in MENTIONS.values()])["disagreements_found_possible"] == 0.0
    assert scored(RIGHT)["disagreements_found_possible"] == 1.0


@pytest.mark.parametrize(
    ("value", "compared"),
    [
        ("12", "12"), ("at least 12", "12"), ("20,000 tonnes", "20000"), ("$40 million", "4e+07"), ("40000000", "4e+07"),
        ("2025-03-07", "2025-03-07"), ("2025-03", "2025-03"), ("Adi  Keyh", "adi keyh"), ("denied", "denied"),
    ],
)  # fmt: skip
def test_values_are_compared_by_what_they_mean(value: str, compared: str) -> None:
    assert plain(value) == compared


def test_b3_by_hand() -> None:
    """Bagga and Baldwin's example in small: two clusters of two and one, told as one of three."""
    assert b3({"a": "x", "b": "x", "c": "y"}, {"a": "s", "b": "s", "c": "s"}) == pytest.approx((5 / 9, 1.0))
    assert b3({}, {}) == (0.0, 0.0)


# ---------------------------------------------------------------- dossiers and flows
def stage(name: str, of: EventMention, *, planned: bool = False) -> Stage:
    return Stage(stage=name, date=None, told=None, event=of.id, planned=planned, certainty="stated", sources=())


def dossier(*stages: Stage, name: str = "x") -> Dossier:
    return Dossier(
        id=name, kind="asset", title="", parties=(), stages=stages, state="", amounts=(), events=tuple(s.event for s in stages)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dossiers", "f1"),
    [
        ([dossier(stage("pledged", DELIVERED), stage("delivered", OTHER))], 1.0),
        ([dossier(stage("pledged", DELIVERED))], 2 / 3),
        ([dossier(stage("pledged", DELIVERED), stage("delivered", OTHER, planned=True))], 2 / 3),  # no stage yet
        ([dossier(stage("signed", DELIVERED), stage("delivered", OTHER))], 0.5),
        (
            [dossier(stage("pledged", DELIVERED), name="x"), dossier(stage("delivered", OTHER), name="y")],
            0.5,
        ),  # one matter told as two
        ([], 0.0),
    ],
)
def test_stages(dossiers: list[Dossier], f1: float) -> None:
    assert scored(RIGHT, dossiers=dossiers)["dossier_stages_f1"] == pytest.approx(f1)


def flow(low: float, **changed: Any) -> Flow:
    made: dict[str, Any] = {
        "event": "e", "origin": party("Russia"), "target": party("Syria"), "goods": "wheat", "commodity": "food",
        "low": low, "high": low, "unit": "tonnes", "carrier": None, "imo": None, "flag": None, "route": (),
        "date": "2025-03-01", "told": None, "status": "occurred", "certainty": "stated", "doubts": (), "of": "delivered",
    }  # fmt: skip
    return Flow(**(made | changed))


@pytest.mark.parametrize(
    ("flows", "error"),
    [
        ([flow(10)], 0.0),
        ([flow(9)], 0.1),
        ([flow(4), flow(6)], 0.0),  # a sum
        ([flow(10), flow(10)], 1.0),  # counted twice
        ([flow(10, date="2025-04-01")], 1.0),
        ([flow(10, of="planned")], 1.0),
        ([flow(10), flow(10, again="e")], 0.0),  # the same sum told again
        ([flow(10, target=None)], 1.0),
        ([flow(10), flow(3, unit="USD")], 0.5),  # a sum that should not be there
        ([], 1.0),
    ],
)
def test_flow_sums(flows: list[Flow], error: float) -> None:
    assert scored(RIGHT, flows=flows)["flow_sums_error"] == pytest.approx(error)


def test_promises_are_summed_apart() -> None:
    promised = flow(4, of="pledged", date="2024-05")
    assert scored(RIGHT, flows=[promised])["flow_promised_error"] == 0.0
    assert scored(RIGHT, flows=[flow(4, date="2024-05")])["flow_promised_error"] == 1.0


# ---------------------------------------------------------------- files
def test_truth_is_loaded_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "truth.json"
    file.write_bytes(msgspec.json.encode(truth()))
    assert load_truth(file) == truth()
    file.write_text('{"events": 3}')
    with pytest.raises(StopRun, match=r"truth\.json: no truth of a scenario"):
        load_truth(file)


def test_causes_count_the_variants_that_are_lost() -> None:
    lost = align(truth(), RIGHT, {m.id: m for m in (DELIVERED, LATER, OTHER)}, {p.id: p for p in PAPERS})
    assert causes(truth(), lost) == [("act.delivery.lead[2]", 1, 1)]
