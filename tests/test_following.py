"""Dossiers, flows and contacts as a user asks for them: from reports read for real to the lines on the screen."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dragoman
from dragoman.answer.ledger import Ledger
from dragoman.cli import cli
from dragoman.errors import StopRun

REPORTS = {
    "2025-01-11": (
        "Norway proposed a fisheries agreement to Georgia on Friday. Norwegian Foreign Minister Espen Barth Eide met "
        "Georgian Foreign Minister Maka Botchorishvili in Batumi on Friday."
    ),
    "2025-02-03": (
        "Norway pledged 60,000 tonnes of wheat to Georgia on Sunday. The Norwegian foreign ministry said that the wheat "
        "would come by ship."
    ),
    "2025-03-06": (
        "Norway and Georgia signed the fisheries agreement on Wednesday. Norway delivered 20,000 tonnes of wheat to "
        "Georgia on March 4."
    ),
    "2025-04-10": (
        "Norway delivered 30,000 tonnes of wheat to Georgia on Tuesday. The Georgian parliament ratified the fisheries "
        "agreement with Norway on Wednesday."
    ),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of four reports, each read as it is."""
    folder = tmp_path_factory.mktemp("following")
    where = folder / "ledger.db"
    for day, text in REPORTS.items():
        report = folder / f"{day}.txt"
        report.write_text(text, "utf8")
        dragoman.read_path(report, where, published=day, publisher="The Quay Dispatch")
    return where


@pytest.fixture(scope="module")
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def invoke(path: Path) -> Callable[..., Result]:
    """Return a function that runs the command line on the ledger."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--store", str(path)], prog_name="dragoman")

    return run


# ---------------------------------------------------------------- as a user reads it
def test_the_agreement_from_proposal_to_ratification(ledger: Ledger) -> None:
    (pact,) = ledger.dossiers("NOR", "Georgia", theme="fishery agreements")
    assert [(s.stage, s.date) for s in pact.stages] == [
        ("proposed", "2025-01-10"),
        ("signed", "2025-03-05"),
        ("ratified", "2025-04-09"),
    ]
    assert (pact.kind, pact.state) == ("agreement", "ratified")
    assert [p.name for p in pact.parties] == ["Norway", "Georgia"]


def test_the_wheat_is_pledged_and_in_part_delivered(ledger: Ledger) -> None:
    (wheat,) = ledger.dossiers("NOR", "GEO", theme="wheat")
    assert (wheat.kind, [s.stage for s in wheat.stages]) == ("aid", ["proposed", "delivered", "delivered"])


def test_flows_between_two_in_both_directions_and_to_one(ledger: Ledger) -> None:
    found = ledger.flows("GEO", "NOR")
    assert [(f.of, f.date, f.goods) for f in found] == [
        ("pledged", "2025-02-02", "wheat"),
        ("delivered", "2025-03-04", "wheat"),
        ("delivered", "2025-04-08", "wheat"),
    ]
    assert found == ledger.flows("Norway")
    assert ledger.flows("RUS") == []
    assert [s.flows for s in ledger.flow_sums("NOR")] == [1, 1, 1]


def test_the_ministers_met(ledger: Ledger) -> None:
    (contact,) = ledger.contacts("NOR", "GEO")
    assert (contact.form, contact.level, contact.date, contact.place) == (
        "meeting",
        "ministers",
        "2025-01-10",
        "Batumi",
    )


# ---------------------------------------------------------------- as of a day
@pytest.mark.parametrize(
    ("day", "state", "flows"), [("2025-01-31", "proposed", 0), ("2025-03-31", "signed", 2), ("2025-12", "ratified", 3)]
)
def test_what_was_known_by_a_day(ledger: Ledger, day: str, state: str, flows: int) -> None:
    assert [d.state for d in ledger.dossiers(theme="fisheries", as_of=day)] == [state]
    assert len(ledger.flows(as_of=day)) == flows


def test_a_ledger_of_the_day_says_the_same(ledger: Ledger, tmp_path: Path) -> None:
    for day in [d for d in REPORTS if d <= "2025-03-31"]:
        report = tmp_path / f"{day}.txt"
        report.write_text(REPORTS[day], "utf8")
        dragoman.read_path(report, tmp_path / "then.db", published=day, publisher="The Quay Dispatch")
    with Ledger.open(tmp_path / "then.db") as then:
        assert then.dossiers() == ledger.dossiers(as_of="2025-03-31")
        assert then.flows() == ledger.flows(as_of="2025-03-31")
        assert then.contacts() == ledger.contacts(as_of="2025-03-31")


# ---------------------------------------------------------------- one dossier
def test_a_dossier_opens_by_any_of_its_ids(ledger: Ledger) -> None:
    (pact,) = ledger.dossiers(theme="fisheries")
    opened = ledger.dossier(pact.id)
    assert opened.dossier == pact
    assert {ledger.dossier(i).dossier.id for i in pact.events} == {pact.id}
    assert {t.event for t in opened.told} == set(pact.events)
    assert all(t.said in REPORTS[(t.published or "")[:10]] for t in opened.told)


def test_what_belongs_to_no_dossier_says_so(ledger: Ledger) -> None:
    (contact,) = ledger.contacts()
    with pytest.raises(StopRun, match="belongs to no dossier; `dragoman dossiers` lists them"):
        ledger.dossier(contact.event)


def test_the_parties_are_named_once(ledger: Ledger) -> None:
    with pytest.raises(StopRun, match="actor: the parties are named as A and B already"):
        ledger.flows("NOR", actor="GEO")


# ---------------------------------------------------------------- the command line
@pytest.mark.parametrize("words", [["dossiers"], ["flows"], ["flows", "--by", "month"], ["contacts"]], ids=" ".join)
def test_every_form(invoke: Callable[..., Result], words: list[str]) -> None:
    found = json.loads(invoke(*words, "NOR", "GEO", "--json").stdout)
    assert found
    table = invoke(*words, "NOR", "GEO")
    assert table.exit_code == 0
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert len(list(csv.DictReader(io.StringIO(invoke(*words, "NOR", "GEO", "--format", "csv").stdout)))) == len(found)
    assert len(invoke(*words, "NOR", "GEO", "--format", "md").stdout.splitlines()) == len(found) + 2


def test_a_dossier_in_every_form(invoke: Callable[..., Result], ledger: Ledger) -> None:
    (pact,) = ledger.dossiers(theme="fisheries")
    drawn = invoke("dossier", pact.id[:8]).stdout
    assert "proposed 2025-01-10 → signed 2025-03-05 → ratified 2025-04-09" in drawn
    assert max(map(len, drawn.splitlines())) <= 80
    assert json.loads(invoke("dossier", pact.id, "--json").stdout)["dossier"]["id"] == pact.id
    assert len(list(csv.DictReader(io.StringIO(invoke("dossier", pact.id, "--format", "csv").stdout)))) == 3
    assert invoke("dossier", pact.id, "--format", "md").stdout.startswith("# ")


def test_nothing_found_says_what_was_asked(invoke: Callable[..., Result]) -> None:
    found = invoke("dossiers", "NOR", "FRA", "--theme", "wheat", "--since", "2025")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.startswith("no dossiers of NOR and FRA on “wheat” since 2025 in ")


def test_an_id_that_is_none_is_one_line(invoke: Callable[..., Result]) -> None:
    found = invoke("dossier", "zz")
    assert (found.exit_code, found.stderr) == (
        1,
        "dragoman: zz: no entry begins so; `dragoman mentions` lists the ids\n",
    )
