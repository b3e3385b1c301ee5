"""Whole sentences to records: who did what to whom, whether it happened, according to whom. Sentences are our own."""

from typing import Any

import pytest

from dragoman import app
from dragoman.code.timing import is_past_year
from dragoman.records import EventMention

# text, then what one record must carry: type, actor (country or name), recipient, status; "-" where none is wanted
CASES = [
    ("Norway delivered forty trucks to Ukraine on Tuesday.", "AID", "NOR", "UKR", "occurred"),
    ("Forty trucks were delivered to Ukraine by Norway.", "AID", "NOR", "UKR", "occurred"),
    ("Japan will deliver vaccines to Vietnam next month.", "AGREE", "JPN", "VNM", "planned"),
    ("Egypt asked France to extradite the banker.", "REQUEST", "EGY", "FRA", "requested"),
    ("Spain refused to recognise the new government of Niger.", "REJECT", "ESP", None, "refused"),
    (
        "Turkish President Recep Tayyip Erdogan held a phone call with Vladimir Putin.",
        "CONSULT",
        "TUR",
        None,
        "occurred",
    ),
    ("The foreign minister of India visited Tokyo in May.", "CONSULT", "IND", "JPN", "occurred"),
    ("The United States imposed sanctions on Iran.", "SANCTION", "USA", "IRN", "occurred"),
    ("Australia condemned China over the arrest of a journalist.", "ACCUSE", "AUS", "CHN", "occurred"),
    ("Rebels attacked an army base in Mali.", "ASSAULT", None, None, "occurred"),
    ("Thousands of protesters marched in Tbilisi against the law.", "PROTEST", None, None, "occurred"),
    ("Pakistan withdrew its troops from the border.", "RETREAT", "PAK", None, "occurred"),
    ("Pakistan announced that it would withdraw its troops from the border.", None, "PAK", None, "planned"),
    ("Colombia released twelve prisoners.", "RETREAT", "COL", None, "occurred"),
    ("Greece expelled two Russian diplomats.", "SANCTION", "GRC", "RUS", "occurred"),
    ("Poland deployed soldiers along the border with Belarus.", "MOBILIZE", "POL", None, "occurred"),
    ("Police in Kenya arrested three opposition leaders.", "COERCE", "KEN", None, "occurred"),
    ("Kenya and Ethiopia signed a trade agreement.", "SUPPORT", "KEN", None, "occurred"),
    ("Sweden praised Finland.", "SUPPORT", "SWE", "FIN", "occurred"),
    ("Algeria threatened to cut off gas supplies to Spain.", "THREATEN", "DZA", None, None),
    ("Chile is negotiating with Bolivia over the port.", "CONSULT", "CHL", "BOL", "negotiating"),
    ("Serbia apologised to Croatia.", "CONCEDE", "SRB", "HRV", "occurred"),
    ("Oman did not sign the treaty with Yemen.", "SUPPORT", "OMN", None, "negated"),
    ("Qatar denied that it had sent money to the rebels.", None, "QAT", None, "denied"),
    ('"China must stop the flights," the Japanese foreign minister said.', "REQUEST", "JPN", "CHN", "requested"),
    ('"The decision is a disgrace," said the president of Serbia.', "ACCUSE", "SRB", None, "occurred"),
    ("Chile and Bolivia have negotiated the port treaty for three years.", "CONSULT", "CHL", "BOL", "occurred"),
    ("The Kurdish party opposed the withdrawal of the soldiers.", "REJECT", None, None, "occurred"),
    ("Malawi launched a housing programme in 2021.", "AGREE", "MWI", None, "occurred"),
    ('"If they want peace, they must not send weapons," the president of Ghana said.', "REQUEST", "GHA", None, None),
    ("The minister said that Sudan had won and Chad would send soldiers into Darfur.", None, "TCD", None, "planned"),
    ('"It was a blunder," said Anton ter Braak of the union.', "ACCUSE", "Anton ter Braak", None, "occurred"),
    ("Lawyers in Peru documented police violence against protesters.", "ASSAULT", "police", "protesters", "occurred"),
    ("Two bombings on Monday struck the old cathedral of Tartu.", "ASSAULT", None, "old cathedral", "occurred"),
    (
        "Legal and religious groups called for the bill to be dropped.",
        "REQUEST",
        "Legal and religious groups",
        None,
        None,
    ),
    ("According to the ruling, Norway must release the ship.", "REQUEST", None, "NOR", "requested"),
    (
        '"This is a deeply cruel and foolish way to rule," said the president of Serbia.',
        "ACCUSE",
        "SRB",
        None,
        "occurred",
    ),
    (
        '"Denmark has shut the strait — this is a reckless step," said the president of Serbia.',
        "ACCUSE",
        "SRB",
        "DNK",
        "occurred",
    ),
    ('"Denmark undermines the treaty," said the president of Serbia.', "ACCUSE", "SRB", "DNK", "occurred"),
    ('"Denmark treats the court with contempt," said the president of Serbia.', "ACCUSE", "SRB", "DNK", "occurred"),
    ("The president of Serbia said Denmark was showing disregard for the law.", "ACCUSE", "SRB", "DNK", "occurred"),
    ("The foreign minister announced that Latvia was to join the convoy.", None, "LVA", None, "planned"),
    ("The premier's bid for an early vote failed.", "REJECT", None, None, "refused"),
    ("Peru and Ecuador have been at odds over the canal.", "ACCUSE", "PER", None, "occurred"),
    ("The senator was a critic of Gazprom.", "ACCUSE", "senator", "Gazprom", "occurred"),
    ("The parliament of Kenya voted to condemn Uganda.", "ACCUSE", "KEN", "UGA", "occurred"),
    ("The premier of Samoa was interrupted by protesting students.", "PROTEST", "students", "WSM", "occurred"),
    ("A military coup removed the president of Mali in 2012.", "ASSAULT", "military", "MLI", "occurred"),
    ('The mayor of Riga called the ban a "shameful farce".', "ACCUSE", "LVA", None, "occurred"),
    ("The bishop considered it improper and foolish for princes to vote.", "ACCUSE", "bishop", None, "occurred"),
    ("The Chile-Peru talks resumed on Monday.", "CONSULT", "CHL", None, "occurred"),
    ("The Chile-Peru talks resumed on Monday.", "CONSULT", "PER", None, "occurred"),
    ("The president of Chile made a phone call to the premier of Peru.", "CONSULT", "CHL", None, "occurred"),
    ("The freighter will carry Russian equipment away from Syria, an official said.", "CONCEDE", None, None, "planned"),
]

SILENT = [
    "The Kremlin lies on the bank of the Moskva.",
    "The capital of Kenya is Nairobi.",
    "He was born in Poland and studied in France.",
    "The old fort stands on a hill above Valletta.",
]


def fits(m: EventMention, kind: str | None, actor: str | None, recipient: str | None, status: str | None) -> bool:
    def has(want: str | None, parties: Any) -> bool:
        return want is None or any(want in (p.country, p.name) for p in parties)

    sides = (*m.actors, *m.recipients) if m.type == "CONSULT" else m.recipients
    return (
        (kind is None or m.type == kind)
        and has(actor, m.actors)
        and has(recipient, sides)
        and (status is None or m.status == status)
    )


@pytest.mark.parametrize(("text", "kind", "actor", "recipient", "status"), CASES, ids=[c[0][:40] for c in CASES])
def test_what_is_recorded(
    text: str, kind: str | None, actor: str | None, recipient: str | None, status: str | None
) -> None:
    found = app.read(text, published="2024-06-12").mentions
    told = [(m.type, [p.name for p in m.actors], [p.name for p in m.recipients], m.status) for m in found]
    assert any(fits(m, kind, actor, recipient, status) for m in found), told


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_made_of_description(text: str) -> None:
    assert app.read(text, published="2024-06-12").mentions == ()


def test_two_demands_of_one_sentence_are_two() -> None:
    found = app.read(
        "The strikers in Peru demanded a pay rise and demanded the minister's resignation.", published="2024-06-12"
    )
    asked = [m.theme.text for m in found.mentions if m.type == "REQUEST" and m.theme is not None]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("text", "predicate", "place", "day"),
    [
        ("Mali and Niger met in Oslo, where on Sunday they signed a pact.", "signed", "Oslo", "2024-06-09"),
        ("Chad announced that its troops would be leaving Sudan.", "leaving", "Sudan", None),
        ("The British gave up control of Malta to nobody in 1964.", "gave", None, "1964"),
        ("African leaders have negotiated the deal over the last four years.", "negotiated", None, "2020/2024"),
        (
            "On Monday the president announced that Malian troops would be leaving Chad.",
            "leaving",
            "Chad",
            "2024-06-10",
        ),
        (
            "The United States announced new sanctions against Chad, to be imposed on 22 August.",
            "imposed",
            None,
            "2024-08-22",
        ),
        (
            "The United States announced sanctions against Chad on Monday, to be imposed on 22 August.",
            "sanctions",
            None,
            "2024-06-10",
        ),
        ("Malian troops shelled the port of Lagos late last year.", "shelled", None, "2023-10/2023-12"),
        ("Malian troops shelled the port of Lagos this past weekend.", "shelled", None, "2024-06-08/2024-06-09"),
    ],
)
def test_when_and_where(text: str, predicate: str, place: str | None, day: str | None) -> None:
    told = {m.predicate.text: m for m in app.read(text, published="2024-06-12").mentions}
    m = told[predicate]
    assert (m.where and m.where.name) == place or place is None
    assert (m.when and m.when.edtf) == day


def test_a_phone_call_is_at_no_place() -> None:
    told = app.read("The president of Chile held a phone call with the premier of Peru in Santiago.").mentions
    assert [(m.type, m.where) for m in told] == [("CONSULT", None)]


def test_he_in_a_speakers_words_is_another() -> None:
    said = '"Emmanuel Macron respects nobody," said Olaf Scholz. "He must release the ship."'
    asked = [m for m in app.read(said).mentions if m.type == "REQUEST"]
    assert [([p.country for p in m.actors], [p.country for p in m.recipients]) for m in asked] == [(["DEU"], ["FRA"])]


def test_a_protest_taken_up_has_its_crowd() -> None:
    text = "Dutch farmers blocked the motorway on Monday. It comes after weeks of protests against the tax law."
    told = [(m.predicate.text, [p.name for p in m.actors]) for m in app.read(text).mentions if m.type == "PROTEST"]
    assert told == [("blocked", ["Dutch farmers"]), ("protests", ["Dutch farmers"])]
    other = app.read("Dutch farmers blocked the motorway on Monday. A protest in Oslo was small.").mentions
    assert [[p.name for p in m.actors] for m in other if m.predicate.text == "protest"] == [[]]


def test_he_who_goes_on_is_who_spoke_before() -> None:
    text = (
        '"Norway shut the strait," said Olaf Scholz. "The boats lay idle. The men went home. The fish rotted." '
        '"Your step is a disgrace," he continued.'
    )
    blamed = [m for m in app.read(text).mentions if m.type == "ACCUSE"]
    assert [[p.name for p in m.actors] for m in blamed] == [["Olaf Scholz"]]


def test_the_deed_that_is_judged_may_be_a_countrymans() -> None:
    text = "Premier Boris Johnson suspended parliament. Opposition leader Jeremy Corbyn called the move a disgrace."
    blamed = [m for m in app.read(text).mentions if m.type == "ACCUSE"]
    assert [[p.name for p in m.recipients] for m in blamed] == [["Boris Johnson"]]


def test_a_judgement_in_a_speakers_words_is_the_speakers() -> None:
    text = '"The president treats the law with utter contempt," said Attorney General Maria Lopez of Chile.'
    judged = [m for m in app.read(text, published="2024-06-12").mentions if m.type == "ACCUSE"]
    assert [p.name for m in judged for p in m.actors] == ["Maria Lopez"] * len(judged)
    assert judged


def test_what_serves_a_purpose_is_planned() -> None:
    text = "Kenya declared an emergency so it could fund a wall."
    status = {p.text: p.status for p in app.predicates(text)}
    assert status["fund"] == "planned"


@pytest.mark.parametrize("edtf", ["2018", "2018-04", "2018-10/2018-12"])  # the last: "late last year"
def test_what_lies_in_a_year_named_as_past_is_background(edtf: str) -> None:
    assert is_past_year(edtf, "2019-05-19")


@pytest.mark.parametrize("edtf", ["2019", "2018-12", "2019-01/2019-03", "2018/.."])
def test_what_is_of_this_year_or_goes_on_is_no_background(edtf: str) -> None:
    assert not is_past_year(edtf, "2019-05-19")
