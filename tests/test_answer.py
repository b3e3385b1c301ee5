"""Questions to a small ledger whose right answers are known: filters, the brief's choices, explanations, flat faces."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders import document, mention, party, run, two_mentions
from dragoman.answer import markdown, tables
from dragoman.answer.brief import Brief
from dragoman.answer.filters import FILTERS, english
from dragoman.answer.ledger import Ledger
from dragoman.answer.lines import Line
from dragoman.answer.parties import side, touches
from dragoman.errors import StopRun
from dragoman.records import Document, EventMention, Theme

REPORT = (
    "Russia delivered wheat to Syria on March 5. Syria asked Russia to extradite Assad, a paper said. "
    "Russia refused to answer. Ahmed Sharaa phoned Vladimir Putin on March 3. Russia plans a factory in Syria. "
    "Syria received diesel, officials said. Russia intervened in the Syrian war. Turkey struck Syria on March 1. "
    "Russia and Syria negotiate an agreement on bases. Turkey praised Russia. Russian exports grew."
)


def report_mentions(d: Document) -> list[EventMention]:
    """Return one mention for each of the sentences above, except the last."""
    return [
        *two_mentions(d),
        mention(d, "refused", act="REJECT", recipients=("Syria",), status="refused", theme="answer"),
        mention(
            d,
            "phoned",
            act="CONSULT",
            modes=("phone",),
            actors=("Ahmed Sharaa", "Vladimir Putin"),
            when=("2025-03-03", "March 3"),
        ),
        mention(
            d,
            "plans",
            act="COOPERATE",
            type="AGREE",
            status="planned",
            theme="a factory in Syria",
            where=("SYR", "Syria"),
        ),
        mention(
            d,
            "received",
            actors=(),
            recipients=("Syria",),
            goods="diesel",
            certainty="hedged",
            says=("officials", "said"),
        ),
        mention(d, "intervened", act="ASSAULT", theme="the Syrian war", historical=True),
        mention(d, "struck", act="ASSAULT", actors=("Turkey",), recipients=("Syria",), when=("2025-03-01", "March 1")),
        mention(
            d, "negotiate", act="AGREE", actors=("Russia", "Syria"), status="negotiating", theme="an agreement on bases"
        ),
        mention(d, "praised", act="SUPPORT", actors=("Turkey",), recipients=("Russia",), confidence=0.3),
    ]


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


# ---------------------------------------------------------------- the brief
def by_section(answer: Brief) -> dict[str, list[str]]:
    return {s.name: [f"{x.what} {x.parties}" for x in s.lines] for s in answer.sections}


def every_line(answer: Brief) -> list[Line]:
    return [x for s in answer.sections for x in s.lines]


def test_brief_puts_each_thing_in_its_place(ledger: Ledger) -> None:
    answer = ledger.brief("RUS", "Syria")
    assert by_section(answer) == {
        "talks": ["agreement or offer Russia – Syria"],
        "asked": ["request Syria → Russia", "refusal Russia → Syria"],
        "delivered": ["delivery or aid Russia → Syria", "delivery or aid ? → Syria"],
        "planned": ["cooperation Russia"],
        "contacts": ["phone call Ahmed Sharaa – Vladimir Putin"],
        "background": ["attack Russia"],
    }
    assert [x.number for x in every_line(answer)] == list(range(1, 9))
    assert (answer.cooperative, answer.conflictual, answer.reports, answer.since) == (5, 2, 1, "2025-03-03")
    assert (answer.as_of, answer.in_talks, answer.head) == ("2025-03-07", 1, "1 report, 1 outlet · as of 2025-03-07")
    assert "rests on one outlet" in answer.sources
    assert "hedged or disputed in the reports: [5]" in answer.not_settled
    assert next(x for x in every_line(answer) if x.parties.startswith("?")).note == "the other party is not named"


def test_brief_is_the_same_from_both_sides_and_every_id_explains(ledger: Ledger) -> None:
    there, back = ledger.brief("RUS", "SYR"), ledger.brief("SYR", "RUS")
    assert there.sections == back.sections
    for x in every_line(there):
        assert ledger.explain(x.ids[0]).id == x.ids[0]


def test_brief_between_persons_and_strangers(ledger: Ledger) -> None:
    assert by_section(ledger.brief("Vladimir Putin", "Ahmed Sharaa")) == {
        "contacts": ["phone call Ahmed Sharaa – Vladimir Putin"]
    }
    nothing = ledger.brief("FRA", "NER")
    assert (nothing.sections, nothing.as_of, nothing.sources) == (
        (),
        None,
        "nothing in the ledger stands between the two",
    )
    with pytest.raises(StopRun, match="same party"):
        ledger.brief("RUS", "Russia")


def test_brief_as_of(ledger: Ledger) -> None:
    assert ledger.brief("RUS", "SYR", as_of="2025-03-06").sections == ()
    assert ledger.brief("RUS", "SYR", as_of="2025-03-07").reports == 1
    narrowed = ledger.brief("RUS", "SYR", as_of=("2025-04",), act="CONSULT", since="2025-03")
    assert narrowed.head == "1 report, 1 outlet · as of 2025-04 · only with the act CONSULT, since 2025-03"
    assert by_section(narrowed) == {"contacts": ["phone call Ahmed Sharaa – Vladimir Putin"]}


def _put(
    ledger: Ledger, text: str, predicate: str, *, publisher: str, made: dict[str, Any], **changed: Any
) -> EventMention:
    d = document(text, publisher=publisher, **changed)
    m = mention(d, predicate, **made)
    ledger.store.put(run(), d, [m])
    return m


GIVEN = {"recipients": ("Syria",), "goods": "wheat", "when": ("2025-03-05", "March 5")}


def test_copies_are_one_line_and_one_origin(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        for outlet in ("A", "B"):
            _put(ledger, "Russia delivered wheat to Syria on March 5.", "delivered", publisher=outlet, made=GIVEN)
        _put(ledger, "On March 5, Russia brought wheat to Syria.", "brought", publisher="C", made=GIVEN)
        answer = ledger.brief("RUS", "SYR")
        (line,) = every_line(answer)
        assert (len(line.ids), sorted(line.outlets), line.origins, answer.cooperative) == (3, ["A", "B", "C"], 2, 1)
        assert "told independently by more than one outlet: [1]" in answer.sources


def test_acts_without_a_day_are_not_taken_together(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        month = GIVEN | {"when": ("2025-03", "March")}
        _put(ledger, "Russia delivered wheat to Syria in March.", "delivered", publisher="A", made=month)
        _put(ledger, "In March, Russia brought wheat to Syria.", "brought", publisher="B", made=month)
        assert len(every_line(ledger.brief("RUS", "SYR"))) == 2


def test_a_contradiction_is_shown_not_decided(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        _put(ledger, "Russia delivered wheat to Syria on March 5.", "delivered", publisher="A", made=GIVEN)
        denied = GIVEN | {"status": "denied"}
        _put(
            ledger,
            "Syria denied that Russia delivered wheat to Syria on March 5.",
            "delivered",
            publisher="B",
            made=denied,
        )
        answer = ledger.brief("RUS", "SYR")
        assert set(by_section(answer)) == {"delivered", "not_done"}
        assert answer.cooperative == 1
        assert any(d.startswith("told as occurred [1] and as denied [2]") for d in answer.not_settled)


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        same = {"publisher": "A", "url": "https://a.example/1"}
        _put(
            ledger,
            "Russia delivered diesel to Syria on March 5.",
            "delivered",
            made=GIVEN | {"goods": "diesel"},
            **same,
        )
        _put(
            ledger,
            "Russia delivered wheat to Syria on March 5.",
            "delivered",
            made=GIVEN,
            published="2025-03-08",
            **same,
        )
        answer = ledger.brief("RUS", "SYR")
        assert [x.theme for x in every_line(answer)] == ["wheat"]
        assert any("corrected since by A: “Russia delivered diesel" in d for d in answer.not_settled)
        assert [x.theme for x in every_line(ledger.brief("RUS", "SYR", as_of="2025-03-07"))] == ["diesel"]


def test_a_third_state_keeps_an_act_out(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        made = {"act": "CONSULT", "actors": ("Russia", "Turkey"), "theme": "Syria"}
        _put(ledger, "Russia and Turkey discussed Syria.", "discussed", publisher="A", made=made)
        assert ledger.brief("RUS", "SYR").sections == ()
        assert len(every_line(ledger.brief("RUS", "TUR"))) == 1


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


def test_markdown_keeps_markup_out(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        m = _put(
            ledger,
            "Russia | *Syria* <b> delivered_wheat [1].",
            "delivered",
            publisher="A_B",
            made={"recipients": ("Syria",)},
        )
        page = markdown.brief(ledger.brief("RUS", "SYR")) + markdown.explanation(ledger.explain(m.id))
    assert "\\*Syria\\* \\<b\\>" in page
    assert "A\\_B" in page


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
