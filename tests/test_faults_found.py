"""Faults that a review found, each as it was found: kept so that they do not come back."""

import pytest

from dragoman import app
from dragoman.errors import SkipItem


@pytest.mark.parametrize(
    "text",
    [
        "South Africa said Israel's campaign was a genocide of the Palestinians.",
        "China said the sale was a threat to China by the United States.",
    ],
)
def test_a_judging_noun_makes_one_mention(text: str) -> None:
    found = app.read(text, published="2024-06-12").mentions
    assert len({m.id for m in found}) == len(found)
    assert not [m for m in found if m.type == "ASSAULT" and m.status == "occurred"]


@pytest.mark.parametrize(
    "span", ["past 3000 years", "next 10,000 years", "last 2,500 years", "next 99999999999999999999 days"]
)
def test_times_beyond_the_calendar_stay_open(span: str) -> None:
    assert app.read(f"Norway met Sweden in the {span}.", published="2025-03-07").mentions is not None


def test_a_fault_is_a_skip_also_for_one_text() -> None:
    with pytest.raises(SkipItem):
        app.read("Norway met Sweden and " + "Finland and " * 3000 + "Denmark.")
    with pytest.raises(SkipItem):
        app.read(None)  # type: ignore[arg-type]


def test_goods_made_at_home_have_no_giver() -> None:
    for m in app.read("Egypt received a shipment of wheat grown in Egypt.", published="2024-06-12").mentions:
        assert not {p.country for p in m.actors} & {p.country for p in m.recipients}


def test_denied_attacking_is_no_speech() -> None:
    found = app.read("Iran denied attacking Israel.", published="2024-06-12").mentions
    assert [(m.act, m.status) for m in found] == [("ASSAULT", "denied")]


def test_navies_of_several_states_are_told_apart() -> None:
    text = "Iran held joint exercises with the navies of China, India and Oman."
    names = [p.name for m in app.read(text, published="2024-06-12").mentions for p in (*m.actors, *m.recipients)]
    assert len(names) == len(set(names))


def test_the_document_outweighs_a_namesake_of_the_lexicon() -> None:
    text = "The minister, Elena Putin Markova, resigned. Putin said she was tired."
    assert [m.name for m in app.actors(text, published="2019-07-28") if m.text == "Putin"] == ["Elena Putin Markova"]
