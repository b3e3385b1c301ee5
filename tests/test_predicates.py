"""Predicates: each verb and event noun with its own status, certainty and whether it is background."""

import pytest

from dragoman.annotate.syntax import parse_text
from dragoman.code.predicates import find_predicates
from dragoman.records import Predicate
from dragoman.scheme.status import CERTAINTIES, STATUSES, status_lexicon

CASES: list[tuple[str, str, str]] = [
    # plain
    ("Norway delivered two ferries to Estonia.", "delivered", "occurred"),
    ("Norway has delivered two ferries to Estonia.", "delivered", "occurred"),
    ("Norway is delivering two ferries to Estonia.", "delivering", "ongoing"),
    ("The two sides are negotiating a fisheries agreement.", "negotiating", "ongoing"),
    ("The two sides are negotiating a fisheries agreement.", "agreement", "negotiating"),
    # the future, plans, promises
    ("Norway will deliver two ferries to Estonia.", "deliver", "planned"),
    ("Norway plans to deliver two ferries to Estonia.", "plans", "occurred"),
    ("Norway plans to deliver two ferries to Estonia.", "deliver", "planned"),
    ("Chile said it would recall its envoy.", "recall", "planned"),
    ("The minister is going to visit Lima.", "visit", "planned"),
    ("Chile is expected to sign the treaty.", "sign", "planned"),
    ("Ghana received a cargo of wheat, with more shipments expected.", "shipments", "planned"),
    ("The company is planning investments in Togo.", "investments", "planned"),
    ("The planned construction of a dam angered Sudan.", "construction", "planned"),
    ("Kenya signalled a desire to reset relations with Somalia.", "reset", "planned"),
    # requests
    ("Peru asked Japan to extradite the banker.", "asked", "occurred"),
    ("Peru asked Japan to extradite the banker.", "extradite", "requested"),
    ("Peru has requested the extradition of the banker.", "extradition", "requested"),
    ("Peru repeated its request for the extradition of the banker.", "extradition", "requested"),
    ("The general urged rebels to withdraw.", "withdraw", "requested"),
    # refusals, denials, negations
    ("Japan refused to extradite the banker.", "refused", "occurred"),
    ("Japan refused to extradite the banker.", "extradite", "refused"),
    ("Japan rejected a request for extradition.", "extradition", "refused"),
    ("Japan denied that its navy had attacked the boat.", "attacked", "denied"),
    ("Japan denied attacking the boat.", "attacking", "denied"),
    ("Japan did not attack the boat.", "attack", "negated"),
    ("Japan denied reports of an attack on the boat.", "attack", "denied"),
    ("Reports of an attack on the boat were denied by Japan.", "attack", "denied"),
    ("Japan rejected claims that its navy had attacked the boat.", "attacked", "denied"),
    ("The report that Japan attacked the boat is false, the ministry said.", "attacked", "denied"),
    ("Japan did not deny reports of an attack on the boat.", "attack", "occurred"),
    ("The two leaders never met.", "met", "negated"),
    ("No talks were held in Oslo.", "talks", "negated"),
    ("Storms prevented the ship from leaving.", "leaving", "negated"),
    ("Bolivia failed to pay its debt.", "pay", "negated"),
    ("Bolivia left the summit without signing the treaty.", "signing", "negated"),
    # what might be
    ("Bolivia could leave the union.", "leave", "hypothetical"),
    ("If Bolivia leaves the union, prices will rise.", "leaves", "hypothetical"),
    ("The talks covered a potential apology.", "apology", "hypothetical"),
    ("The talks covered a potential apology.", "talks", "occurred"),
    ("Bolivia is considering a withdrawal from the pact.", "withdrawal", "hypothetical"),
    # what was done by means of something was done; a purpose was not
    ("The gang used the money to buy rifles.", "buy", "occurred"),
    ("The minister used the occasion to thank Qatar.", "thank", "occurred"),
    ("He took to the airwaves to condemn the verdict.", "condemn", "occurred"),
    ("Ministers met on Monday to discuss the port.", "discuss", "occurred"),
    ("Chile sent troops to secure the border.", "secure", "planned"),
    ("The army deployed tanks to protect the bridge.", "protect", "planned"),
    ("The council plans to use the money to buy rifles.", "buy", "planned"),
    # bills
    ("Parliament debated a bill for banning the party.", "banning", "planned"),
    ("A motion for the dissolution of parliament was tabled.", "dissolution", "planned"),
    ("The senate passed a law banning the party.", "banning", "occurred"),
    # any such case
    ('"When a member is attacked, the others help," the general said.', "attacked", "hypothetical"),
    ('"We respond when they attack us," the envoy said.', "attack", "hypothetical"),
    ("Police arrested him when he attacked the guard.", "attacked", "occurred"),
    ("It is commonplace for states to expel diplomats.", "expel", "hypothetical"),
    # what a negated plan would have done
    ("The visit is not part of any broader plan to increase sanctions.", "sanctions", "negated"),
    ("Chile has no plans to withdraw its troops.", "withdraw", "negated"),
    ("Chile has plans to withdraw its troops.", "withdraw", "planned"),
    ("The ministry is not aware of any request for extradition.", "request", "negated"),
    ("The ministry will answer any request for extradition.", "request", "planned"),
    # those who did
    ("Norway was among the countries to vote against the motion.", "vote", "occurred"),
    ("Norway was one of the first states to recognise Kosovo.", "recognise", "occurred"),
    ("Norway is among the states to sign the treaty next week.", "sign", "planned"),
    # what lasts while the clause speaks of now
    ("The negotiations, led by Oman and Qatar, underscore the need for peace.", "led", "ongoing"),
    ("The talks, mediated by Oman, were held in Muscat.", "mediated", "occurred"),
    ("The war, launched by Ruritania, enters its third year.", "war", "ongoing"),
    ("The war, launched by Ruritania, enters its third year.", "launched", "occurred"),
    ("The attack shows that the border is weak.", "attack", "occurred"),
    # called off
    ("Chile cancelled the visit.", "visit", "cancelled"),
    # what the head says holds for what it lists
    ("Turkey is planning projects in Niger, including the construction of a port.", "construction", "planned"),
    # facts under words of saying and beginning stay facts
    ("Chile said that its envoy visited Lima.", "visited", "occurred"),
    ("Chile began outsourcing the work to Peru.", "outsourcing", "occurred"),
    ("Chile continues to outsource the work.", "outsource", "ongoing"),
    ("Chile is in the process of leaving the pact.", "leaving", "ongoing"),
    ("The negotiations show that Chile wants peace.", "negotiations", "ongoing"),
    ("The negotiations ended in March.", "negotiations", "occurred"),
]


def found(text: str, word: str, published: str | None = None) -> Predicate:
    return next(p for p in find_predicates(parse_text(text), published) if p.text == word)


@pytest.mark.parametrize(("text", "word", "status"), CASES)
def test_status(text: str, word: str, status: str) -> None:
    assert found(text, word).status == status


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("Turkey is reportedly planning investments in Niger.", "planning", "hedged"),
        ("Turkey is reportedly planning investments in Niger.", "investments", "hedged"),
        ("The ship is believed to have carried arms.", "carried", "hedged"),
        ("The alleged attack lasted an hour.", "attack", "hedged"),
        ("Turkey is planning investments in Niger.", "planning", "stated"),
        ("The alleged attackers shelled the town.", "shelled", "hedged"),
        ("Police arrested the alleged attackers.", "arrested", "stated"),
    ],
)
def test_certainty(text: str, word: str, certainty: str) -> None:
    assert found(text, word).certainty == certainty


@pytest.mark.parametrize(
    ("text", "word", "historical"),
    [
        ("Spain annexed the island in 1912.", "annexed", True),
        ("Spain annexed the island in 2024.", "annexed", False),
        ("The deal follows the fall of the president last year.", "fall", True),
        ("The deal follows the fall of the president last week.", "fall", False),
        ("Its support for the rebels during the civil war was pivotal.", "support", True),
        ("Spain visited the island on Monday.", "visited", False),
        ("Spain has supported the rebels since the war.", "supported", False),
        ("The talks covered casualties during the war.", "covered", False),
        ("Chile had signed the treaty in 2018 and imposed a tariff.", "tariff", True),
        ("Chile imposed a tariff in 2018 and lifted it on Monday.", "lifted", False),
        ("In 2018 Chile invaded the island, which it left this week.", "left", False),
        ("In 2018 Chile invaded the island, which it left in spring.", "left", True),
        ("Chile condemned the invasion of 2014.", "condemned", False),
        ("Chile condemned the invasion of 2014.", "invasion", True),
    ],
)
def test_background(text: str, word: str, historical: bool) -> None:  # noqa: FBT001
    assert found(text, word, "2024-05-03").historical is historical


def test_auxiliaries_and_prepositions_are_no_predicates() -> None:
    text = "According to Chile, the envoy has been told that talks will begin, including talks on fish."
    assert [p.text for p in find_predicates(parse_text(text))] == ["told", "talks", "begin", "talks"]


def test_spans_quote_the_text() -> None:
    text = "Peru asked Japan to extradite the banker.\n\nJapan has refused. No talks are planned."
    for p in find_predicates(parse_text(text)):
        assert text[p.start : p.end] == p.text
        assert p.status in STATUSES
        assert p.certainty in CERTAINTIES


def test_no_text_no_predicates() -> None:
    assert find_predicates(parse_text("")) == []


def test_an_order_with_a_party_stays_a_request() -> None:
    assert found("You must ask Japan to extradite the banker, Peru told reporters.", "extradite").status == "requested"


def test_the_lexicon_is_there() -> None:
    lexicon = status_lexicon()
    assert lexicon.embeds[("refuse", "VERB", "xcomp")].status == "refused"
    assert {"talk", "delivery", "extradition", "sanction", "war"} <= lexicon.nouns
