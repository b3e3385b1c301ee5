"""Grammatical slots: who is subject, object, by, to of a predicate, through passives, infinitives, relatives, coordination."""

import pytest

from dragoman.annotate.syntax import parse_text
from dragoman.code.slots import Slots, noun_slots, verb_slots

VERBS = [
    # sentence, verb, slot, words that fill it
    ("Norland attacked the port.", "attacked", "subject", ["Norland"]),
    ("The port was attacked by Norland and Sudland.", "attacked", "subject", ["Norland", "Sudland"]),
    ("The port was attacked by Norland.", "attacked", "object", ["port"]),
    ("France asked Moscow to extradite the banker.", "extradite", "subject", ["Moscow"]),
    ("France promised to extradite the banker.", "extradite", "subject", ["France"]),
    ("Germany, which sent weapons to Kenya, denied it.", "sent", "subject", ["Germany"]),
    ("Germany, which sent weapons to Kenya, denied it.", "sent", "to", ["Kenya"]),
    ("Troops holding the town left.", "holding", "subject", ["Troops"]),
    ("The currency printed in Russia arrived.", "printed", "object", ["currency"]),
    ("Italy arrested two men and expelled a diplomat.", "expelled", "subject", ["Italy"]),
    ("Russia expressed its intention to retain the bases.", "retain", "subject", ["its"]),
    ("Spain accused Morocco of seizing a ship.", "seizing", "subject", ["Morocco"]),
    ("The minister left after signing the treaty.", "signing", "subject", ["minister"]),
    ("The US urged allies such as Germany and Poland to act.", "urged", "object", ["allies", "Germany", "Poland"]),
    ("According to officials, Chile withdrew its envoy.", "withdrew", "to", []),
]
NOUNS = [
    ("The delivery of diesel to Syria by Russia surprised many.", "delivery", "to", ["Syria"]),
    ("The delivery of diesel to Syria by Russia surprised many.", "delivery", "by", ["Russia"]),
    ("Russia's delivery of diesel surprised many.", "delivery", "poss", ["Russia"]),
    ("Talks between Ankara and Athens resumed.", "Talks", "between", ["Ankara", "Athens"]),
    ("U.S. sanctions hurt trade.", "sanctions", "amod", ["U.S."]),
]


def words(text: str, slots: Slots, slot: str) -> list[str]:
    tokens = parse_text(text).tokens
    return [tokens[i].text for i in slots.get(slot)]


@pytest.mark.parametrize(("text", "verb", "slot", "want"), VERBS)
def test_verb_slots(text: str, verb: str, slot: str, want: list[str]) -> None:
    parse = parse_text(text)
    i = next(t.i for t in parse.tokens if t.text == verb)
    assert words(text, verb_slots(parse, i), slot) == want


@pytest.mark.parametrize(("text", "noun", "slot", "want"), NOUNS)
def test_noun_slots(text: str, noun: str, slot: str, want: list[str]) -> None:
    parse = parse_text(text)
    i = next(t.i for t in parse.tokens if t.text == noun)
    assert words(text, noun_slots(parse, i), slot) == want
