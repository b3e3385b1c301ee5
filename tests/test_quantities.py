"""Money, percentages, measures and counted nouns in whole sentences."""

from itertools import pairwise

import pytest

from dragoman.annotate.quantities import find_quantities
from dragoman.annotate.syntax import parse_text

ONE = [
    ("Russia signed a multi-million-dollar contract.", "multi-million-dollar", "money", 2e6, None, "USD"),
    ("Moscow plans multibillion-dollar investments.", "multibillion-dollar", "money", 2e9, None, "USD"),
    ("The bank paid $3 bn for it.", "$3 bn", "money", 3e9, 3e9, "USD"),
    ("The bank paid US$1.5 million for it.", "US$1.5 million", "money", 1.5e6, 1.5e6, "USD"),
    ("The fund gave €20m for it.", "€20m", "money", 20e6, 20e6, "EUR"),
    ("The bond covers a 38.8 million euro loan.", "38.8 million euro", "money", 38.8e6, 38.8e6, "EUR"),
    ("They received 200 million Syrian pounds.", "200 million Syrian pounds", "money", 200e6, 200e6, "SYP"),
    ("It costs between $40 and $50 million.", "between $40 and $50 million", "money", 40e6, 50e6, "USD"),
    ("The aid is worth $5-10 million.", "$5-10 million", "money", 5e6, 10e6, "USD"),
    ("Prices rose 12.5 percent.", "12.5 percent", "percent", 12.5, 12.5, "%"),
    ("More than 60% voted.", "More than 60%", "percent", 60, None, "%"),
    ("Kyiv shipped 100,000 tonnes of wheat.", "100,000 tonnes", "measure", 1e5, 1e5, "t"),
    ("The base is 30 km away.", "30 km", "measure", 30, 30, "km"),
    ("It pumps 2 million barrels a day.", "2 million barrels a day", "measure", 2e6, 2e6, "bbl/d"),
    ("Forty people died.", "Forty people", "count", 40, 40, "people"),
    ("At least 12 civilians were hurt.", "At least 12 civilians", "count", 12, None, "civilian"),
    ("Dozens of soldiers fled.", "Dozens of soldiers", "count", 24, None, "soldier"),
    ("Between 40 and 50 houses burned.", "Between 40 and 50 houses", "count", 40, 50, "house"),
    ("They host more than two million Syrian refugees.", "more than two million Syrian refugees", "count", 2e6, None,
     "refugee"),
    ("Up to 1,000 troops arrived.", "Up to 1,000 troops", "count", None, 1000, "troop"),
    ("The army lost 10 to 15 tanks.", "10 to 15 tanks", "count", 10, 15, "tank"),
]  # fmt: skip


@pytest.mark.parametrize("case", ONE, ids=lambda c: c[1])
def test_one_quantity(case: tuple[str, str, str, float | None, float | None, str]) -> None:
    text, *expected = case
    found = find_quantities(parse_text(text))
    assert [[q.text, q.kind, q.low, q.high, q.unit] for q in found] == [expected]
    assert text[found[0].start : found[0].end] == found[0].text


NONE = [
    "The 2016 elections were free.",
    "They met three years ago.",
    "The summit opened on March 3, 2021.",
    "It was the second visit.",
    "One official said so.",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_no_quantity(text: str) -> None:
    assert find_quantities(parse_text(text)) == []


def test_quantities_are_in_order_and_do_not_overlap() -> None:
    text = "The $3 million deal covers 20 tanks, 5,000 tonnes of grain and 12 percent of two ports."
    found = find_quantities(parse_text(text))
    assert [q.kind for q in found][:3] == ["money", "count", "measure"]
    assert all(a.end <= b.start for a, b in pairwise(found))
