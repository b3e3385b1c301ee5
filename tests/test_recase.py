"""Ordinary case for paragraphs in capitals: names and acronyms kept, all else down, offsets and quotes as given."""

from typing import Any

import pytest

import dragoman
from dragoman.annotate.recase import in_capitals, recased
from dragoman.annotate.syntax import parse_text, word_kinds
from dragoman.text import paragraphs

LOUD = "A BOMB EXPLODED AT A BANK IN LIMA ON 3 MARCH. GUNMEN KIDNAPPED THE MAYOR OF SANTA ELENA, POLICE SAID."
CALM = "A bomb exploded at a bank in Lima on 3 March. The UN and the FMLN met; U.S. officials said so."


def ordinary(text: str) -> str:
    return recased(text, paragraphs(text), word_kinds)


@pytest.mark.parametrize(
    "wanted",
    [
        "A bomb exploded at a bank in Lima on 3 March.",
        "The mayor was kidnapped on 3 March near his house.",
        "The soldiers march to the north in May, and they may return on Tuesday.",
        "President Alfredo Cristiani met General Rafael Bustillo in San Salvador.",
        "The Farabundo Marti National Liberation Front [FMLN] burned two trucks.",
        "Colombian police said that they will tell us who owns the car.",
        "The OAS and the UN told the U.S. ambassador about the attack.",
        "Mr. Romero wrote to J. Duarte about the peasants of Usulutan Department.",
        "The country's leaders didn't answer. The guerrillas blew up a bridge.",
        "The M-19 freed two judges near Medellin.",
        "The priest lives in Rio de Janeiro and works in Central America.",
    ],
)
def test_capitals_become_ordinary_case(wanted: str) -> None:
    assert ordinary(wanted.upper()) == wanted


@pytest.mark.parametrize("text", [CALM, "", "UN", "NATO-EU TALKS", "Zoë’s café — 🚢", "12 345", "\n\n"])
def test_ordinary_text_is_the_same_object(text: str) -> None:
    assert ordinary(text) is text


def test_what_was_recased_stays() -> None:
    once = ordinary(LOUD)
    assert ordinary(once) is once


@pytest.mark.parametrize(
    "text",
    [LOUD, "ĲSSELMEER STRAẞE ΟΔΥΣΣΕΥΣ İSTANBUL ﬁ GROSSE MAẞE UND ŒUVRE ÅÄÖ", "GARCiA WENT TO THE MARKET IN QUITO"],
)
def test_only_case_changes_and_the_length_stays(text: str) -> None:
    found = ordinary(text)
    assert len(found) == len(text)
    assert all(a == b or a.lower() == b for a, b in zip(text, found, strict=True))


def test_a_headline_in_capitals_takes_its_names_from_the_story() -> None:
    text = (
        "VANTORI STRIKE HITS PORT OF DELLMOOR\n\nThe workers at Vantori said the port of Dellmoor stays closed today."
    )
    found = ordinary(text)
    assert found.startswith("Vantori strike hits port of Dellmoor\n\n")
    assert found.endswith(text.partition("\n\n")[2])


def test_a_short_line_in_capitals_teaches_nothing() -> None:
    assert "THE" not in ordinary("OF THE END\n\n" + LOUD)[12:]


@pytest.mark.parametrize(("text", "loud"), [(LOUD, True), (CALM, False), ("UN HABITAT REPORT", False), ("", False)])
def test_capitals_are_seen(text: str, loud: bool) -> None:  # noqa: FBT001
    assert in_capitals(text) is loud


def test_quotes_are_those_given() -> None:
    reading = dragoman.read(LOUD, published="1990-03-04")
    assert reading.document.text == LOUD
    assert {m.type for m in reading.mentions} == {"ASSAULT"}
    for m in reading.mentions:
        for e in (*m.evidence, *m.doubts):
            assert LOUD[e.start : e.end] == e.quote
        assert LOUD[m.predicate.start : m.predicate.end] == m.predicate.text
    assert parse_text(LOUD).text == ordinary(LOUD)


def test_layers_quote_what_was_given() -> None:
    spans: list[Any] = [
        *dragoman.times(LOUD),
        *dragoman.places(LOUD),
        *dragoman.actors(LOUD),
        *dragoman.predicates(LOUD),
    ]
    assert spans
    assert all(LOUD[s.start : s.end] == s.text for s in spans)
    assert {p.name for p in dragoman.places(LOUD)} >= {"Lima"}
