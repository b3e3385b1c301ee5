"""Acts told in many words: each sentence is our own and must give one record of its type between its two parties."""

import pytest

from dragoman import app

# sentence, type, the states on either side (all of them where the two act alike), status
CASES = [
    ("Milei had the Chilean president, Gabriel Boric, on the line on Monday.", "CONSULT", {"ARG", "CHL"}, "occurred"),
    ("The two sides talked: Milei and Boric conferred on the phone.", "CONSULT", {"ARG", "CHL"}, "occurred"),
    ("The Omani and the Yemeni foreign minister sat down together in Cairo.", "CONSULT", {"OMN", "YEM"}, "occurred"),
    ("Negotiators from Muscat and Sanaa met in Cairo.", "CONSULT", {"OMN", "YEM"}, "occurred"),
    ("Oman played host to the Yemeni foreign minister.", "CONSULT", {"OMN", "YEM"}, "occurred"),
    ("The freighter docked in Beirut with 900 tonnes of rice from Pakistan.", "AID", {"PAK", "LBN"}, "occurred"),
    ("Lebanon took delivery on May 4 of 900 tonnes of rice from Pakistan.", "AID", {"PAK", "LBN"}, "occurred"),
    ("A loan instalment of $20 million flowed from Oslo to Rabat.", "AID", {"NOR", "MAR"}, "occurred"),
    ("The freighter is expected in Beirut with 900 tonnes of rice from Pakistan.", "AGREE", {"PAK", "LBN"}, "planned"),
    ("Latvia held Belarus responsible for a fire at its consulate.", "ACCUSE", {"LVA", "BLR"}, "occurred"),
    ("Latvia pointed the finger at Belarus over the fire.", "ACCUSE", {"LVA", "BLR"}, "occurred"),
    ("Poland sent five Belarusian diplomats back to Minsk.", "SANCTION", {"POL", "BLR"}, "occurred"),
    ("Five diplomats from Belarus were ordered out of Poland.", "SANCTION", {"BLR"}, "occurred"),
    ("Two firms from Iran had their assets frozen by Canada.", "SANCTION", {"CAN"}, "occurred"),
    ("Canada ordered a halt to the building of the railway with Iran.", "SANCTION", {"CAN", "IRN"}, "occurred"),
    ("Bulgaria said no to the extradition of a banker to Cyprus.", "REJECT", {"BGR"}, "refused"),
    ("Bulgaria decided against sending the banker to Cyprus.", "REJECT", {"BGR"}, "occurred"),
    ("Cyprus applied to Bulgaria for the extradition of a banker.", "REQUEST", {"CYP", "BGR"}, "requested"),
    ("The Indonesian navy set the Vietnamese crew at liberty.", "RETREAT", {"IDN", "VNM"}, "occurred"),
    ("After a year of haggling, Norway struck a deal with Iceland on herring.", "SUPPORT", {"NOR", "ISL"}, "occurred"),
]
# a report, the word that takes an act up again, and its type; "" where the word is as often another's act
AGAIN = [
    ("Poland expelled five Belarusian diplomats. The expulsion took effect at midnight.", "expulsion", "SANCTION"),
    ("Oman and Yemen held talks in Cairo. At the talks, the two sides exchanged lists.", "talks", "CONSULT"),
    ("Indonesia seized a trawler from Vietnam. The seized trawler lies in Ranai.", "seized", "COERCE"),
    ("Iran attacked Iraq. According to a museum, two million coins went missing in the war.", "war", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "states", "status"), CASES)
def test_an_act_in_other_words(text: str, kind: str, states: set[str], status: str) -> None:
    found = app.read(text, published="2026-06-10").mentions
    told = [(m.type, {p.country for p in (*m.actors, *m.recipients)} - {None}, m.status) for m in found]
    assert any(k == kind and states <= between and s == status for k, between, s in told), told


@pytest.mark.parametrize(("text", "word", "kind"), AGAIN)
def test_a_definite_word_tells_an_act_again(text: str, word: str, kind: str) -> None:
    at = text.rindex(word)
    found = [m.type for m in app.read(text, published="2026-06-10").mentions if m.predicate.start == at]
    assert found == ([kind] if kind else [])


def test_a_deed_of_a_later_day_is_planned() -> None:
    (m,) = app.read("A delivery of rice by Pakistan to Lebanon on June 20 is on the calendar.",
                    published="2026-06-10").mentions  # fmt: skip
    assert (m.status, m.when.edtf if m.when else None) == ("planned", "2026-06-20")
