"""Questions to a small ledger whose right answers are known: filters, parties, explanations, flat faces."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from builders import REPORT, document, mention, party, report_mentions, run
from dragoman.answer import tables
from dragoman.answer.filters import FILTERS, english
from dragoman.answer.ledger import Ledger
from dragoman.answer.parties import side, touches
from dragoman.errors import StopRun
from dragoman.records import EventMention, Theme


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The report above, and an older one without a date."""
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "ledger.db") as opened:
        d = document(REPORT)
        opened.store.put(run(), d, report_mentions(d))
        old = document("Russia praised Turkey.", publisher="Old Gazette", published=None)
        opened.store.put(
            run(), old, [mention(old, "praised", act="SUPPORT", recipients=("Turkey",), says=("the Kremlin", "said"))]
        )
        yield opened


def words(found: list[EventMention]) -> list[str]:
    return [m.predicate.text for m in found]


# ---------------------------------------------------------------- filters
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"actor": "TUR"}, ["struck", "praised"]),
        ({"actor": "Türkiye"}, ["struck", "praised"]),
        ({"actor": "turkey", "recipient": "RUS"}, ["praised"]),
        ({"actor": "Putin"}, ["phoned"]),
        ({"actor": "Put"}, []),
        ({"actor": ["TUR", "Ahmed Sharaa"]}, ["phoned", "struck", "praised"]),
        ({"party": "SYR", "act": "aid"}, ["delivered", "received"]),
        ({"between": ("RUS", "SYR")}, ["delivered", "asked", "refused", "phoned", "negotiate"]),
        ({"between": ("TUR", "Syria")}, ["struck"]),
        ({"type": "AGREE"}, ["plans", "negotiate"]),
        ({"act": "AGREE"}, ["negotiate"]),
        ({"quad": 4}, ["intervened", "struck"]),
        ({"status": ["requested", "refused"]}, ["asked", "refused"]),
        ({"historical": True}, ["intervened"]),
        ({"historical": "no", "quad": "4"}, ["struck"]),
        ({"certainty": "hedged"}, ["received"]),
        ({"since": "2025-03-02"}, ["delivered", "phoned"]),
        ({"until": "2025-03-03"}, ["phoned", "struck"]),
        ({"since": "2025", "until": "2025-03-01"}, ["struck"]),
        ({"actor": "RUS", "act": "SUPPORT"}, ["praised"]),
        ({"actor": "RUS", "act": "SUPPORT", "as_of": "2025-03"}, []),
        ({"as_of": "2025-03-06"}, []),
        ({"place": "Syria"}, ["plans"]),
        ({"place": "RUS"}, []),
        ({"source": "kremlin"}, ["praised"]),
        ({"outlet": "harbour", "act": "SUPPORT"}, ["praised"]),
        ({"min_confidence": 0.5, "act": "SUPPORT"}, ["praised"]),
        ({"text": "EXTRADITE assad"}, ["asked"]),
        ({"text": "100%"}, []),
        ({"document": document(REPORT).id[:7], "act": "SUPPORT"}, ["praised"]),
        ({"actor": None, "type": (), "text": "phoned"}, ["phoned"]),
    ],
)
def test_filters(ledger: Ledger, asked: dict[str, Any], wanted: list[str]) -> None:
    assert words(ledger.mentions(**asked)) == wanted
    assert [e.mentions[0] for e in ledger.events(**asked)] == [m.id for m in ledger.mentions(**asked)]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"colour": "red"}, "colour: no such filter"),
        ({"type": "FIGHT"}, "--type FIGHT: no such type; one of .*AGREE"),
        ({"status": "maybe"}, "--status maybe: one of occurred"),
        ({"since": "last week"}, "--since last week: is no date"),
        ({"as_of": "2025-02-30"}, "is no date"),
        ({"since": "2025-03", "until": "2025-01"}, "--since 2025-03-01 lies after --until 2025-01-31"),
        ({"min_confidence": "high"}, "is no number"),
        ({"historical": "perhaps"}, "one of yes, no"),
    ],
)
def test_filters_refuse(ledger: Ledger, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(StopRun, match=told):
        ledger.mentions(**asked)


def test_every_filter_has_flag_and_english() -> None:
    assert len({f.name for f in FILTERS}) == len(FILTERS)
    assert (
        english({"since": "2025", "between": ("RUS", "SYR"), "actor": ["RUS", "TUR"]})
        == "by RUS or by TUR, between RUS and SYR, since 2025"
    )
    assert all(f.help and "{}" in f.english for f in FILTERS)


def test_documents_and_actors(ledger: Ledger) -> None:
    assert [s.document.publisher for s in ledger.documents()] == ["The Harbour Post", "Old Gazette"]
    assert [s.document.publisher for s in ledger.documents(as_of="2025")] == ["The Harbour Post"]
    with pytest.raises(StopRun, match="no filter of documents"):
        ledger.documents(actor="RUS")
    found = {a.name: a for a in ledger.actors()}
    assert next(iter(found)) == "Russia"
    assert (found["Turkey"].acts, found["Turkey"].receives, found["Turkey"].documents) == (2, 1, 2)
    assert [a.name for a in ledger.actors(act="CONSULT")] == ["Ahmed Sharaa", "Vladimir Putin"]


# ---------------------------------------------------------------- parties
@pytest.mark.parametrize(
    ("asked", "label", "country"),
    [
        ("RUS", "Russia", "RUS"),
        ("rus", "Russia", "RUS"),
        ("Russian Federation", "Russia", "RUS"),
        ("  Syria ", "Syria", "SYR"),
        ("EUR", "European Union", "EUR"),
        ("Vladimir Putin", "Vladimir Putin", None),
        ("Wagner", "Wagner", None),
    ],
)
def test_side(asked: str, label: str, country: str | None) -> None:
    found = side(asked)
    assert (found.label, found.country) == (label, country)


@pytest.mark.parametrize(
    ("text", "origin", "wanted"),
    [
        ("Syrian pounds", None, True),
        ("bases near Damascus", None, True),
        ("wheat", "Syria", True),
        ("wheat", None, False),
        ("Syriac texts", None, False),
    ],
)
def test_touches(text: str, origin: str | None, wanted: bool) -> None:  # noqa: FBT001
    d = document()
    m = msgspec.structs.replace(mention(d, "delivered"), theme=Theme(text=text, start=0, end=1, origin=origin))
    assert touches(side("SYR"), m) is wanted


# ---------------------------------------------------------------- explain
def test_explain(ledger: Ledger) -> None:
    m = ledger.mentions(text="extradite")[0]
    found = ledger.explain(m.id[:8])
    text = ledger.documents_of([m])[m.document_id].text
    assert found.sentence == "Syria asked Russia to extradite Assad, a paper said."
    assert all(text[k.start : k.end] == k.text for k in found.marks)
    marks = {(k.label, k.text): k.value for k in found.marks}
    assert ("predicate", "asked") in marks
    assert ("theme", "extradite Assad") in marks
    facts = dict(found.facts())
    assert facts["says"] == "a paper"
    assert facts["models, rules"] == "model a1"
    assert facts["outlet"] == "The Harbour Post"


# ---------------------------------------------------------------- faces
def test_csv_and_markdown(ledger: Ledger) -> None:
    found = ledger.mentions()
    flat = tables.mentions_table(found, ledger.documents_of(found))
    rows = list(csv.DictReader(io.StringIO(tables.to_csv(flat))))
    assert len(rows) == len(found)
    phone = next(r for r in rows if r["modes"] == "phone")
    assert (phone["actors"], phone["actor_countries"]) == ("Ahmed Sharaa; Vladimir Putin", "SYR; RUS")
    assert (phone["historical"], phone["when"], phone["quad"]) == ("false", "2025-03-03", "1")
    assert len(tables.to_markdown(flat).splitlines()) == len(found) + 2


def test_events_json_has_no_clock_of_ours(ledger: Ledger) -> None:
    told = msgspec.json.encode(ledger.events()).decode()
    assert "read_at" not in told
    assert run().id not in told


def test_parquet(ledger: Ledger) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(io.BytesIO(tables.to_parquet(tables.events_table(ledger.events()))))
    assert found.num_rows == len(ledger.events())
    assert found.column("actors").to_pylist()[0] == ["Russia"]


def test_parties_of_builders() -> None:
    assert party("Russia").country == "RUS"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-cmd|x", "'-cmd|x"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("", ""),
        (-3.5, "-3.5"),  # a number stays one
        (None, ""),
        (["=1", "b"], "'=1; b"),
    ],
)
def test_no_spreadsheet_runs_words_of_a_report(value: tables.Value, cell: str) -> None:
    made = tables.to_csv(tables.table([("x", "text", lambda r: r)], [value]))
    assert [row["x"] for row in csv.DictReader(io.StringIO(made))] == [cell]
