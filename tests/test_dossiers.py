"""Matters over time: which stage a sentence tells, which events are one matter, what is counted and what is not."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Dossier, Event, Telling
from dragoman.resolve.clues import clue
from dragoman.resolve.dossiers import dossiers
from dragoman.scheme import matters
from matters import event, goods, ledger, money, telling

PACT: dict[str, Any] = {"act": "SUPPORT", "actors": ("Russia", "Syria")}
# sentence, predicate, theme, what is told of the act -> kind, stage, planned
STAGES: list[tuple[str, str, str | None, dict[str, Any], tuple[str, str, bool]]] = [
    ("Russia proposed a transit agreement to Syria.", "proposed", "a transit agreement",
     {"act": "AGREE", "status": "planned"}, ("agreement", "proposed", False)),
    ("Russia and Syria are negotiating a transit agreement.", "negotiating", "a transit agreement",
     {"act": "CONSULT", "status": "negotiating"}, ("agreement", "negotiating", False)),
    ("Russia reached agreement with Syria on a transit treaty.", "reached", "agreement with Syria on a transit treaty",
     {}, ("agreement", "agreed", False)),
    ("Russia and Syria signed a transit agreement.", "signed", "a transit agreement", {}, ("agreement", "signed", False)),
    ("Russia and Syria will sign a transit agreement.", "sign", "a transit agreement",
     {"status": "planned"}, ("agreement", "signed", True)),
    ("Russia plans to sign a transit agreement with Syria.", "plans", "to sign a transit agreement",
     {"status": "planned"}, ("agreement", "signed", True)),
    ("Russian lawmakers approved the transit agreement.", "approved", "the transit agreement",
     {}, ("agreement", "ratified", False)),
    ("Russia announced the suspension of the rail link.", "announced", "the suspension of the rail link",
     {"act": "SANCTION"}, ("project", "suspended", False)),
    ("Russia put the rail link with Syria on hold.", "put", "the rail link", {"act": "SANCTION"},
     ("project", "suspended", False)),
    ("Work on the power plant was suspended by Russia.", "suspended", None, {"act": "SANCTION"},
     ("project", "suspended", False)),
    ("Russia and Syria are building a power plant.", "building", "a power plant",
     {"act": "COOPERATE", "status": "ongoing"}, ("project", "under way", False)),
    ("Russia delivered wheat to Syria.", "delivered", "wheat", {"act": "AID"}, ("aid", "delivered", False)),
    ("Russia promised Syria wheat.", "promised", "wheat", {"act": "AID", "status": "planned"}, ("aid", "proposed", False)),
    ("Russia cancelled a shipment of wheat to Syria.", "cancelled", "a shipment of wheat", {"act": "SANCTION"},
     ("aid", "cancelled", False)),
    ("The shipment of 9,000 tonnes of wheat left a Russian port.", "shipment", "wheat", {"act": "AID"},
     ("aid", "under way", False)),
    ("Russia imposed sanctions on Syria.", "sanctions", None, {"act": "SANCTION"}, ("sanction", "under way", False)),
    ("Russia lifted its sanctions on Syria.", "lifted", "its sanctions", {"act": "CONCEDE"}, ("sanction", "ended", False)),
    ("Syria asked Russia to hand over Karim Nader.", "asked", "to hand over Karim Nader",
     {"act": "REQUEST", "status": "requested"}, ("case", "proposed", False)),
    ("Russia refused to extradite Karim Nader.", "refused", "to extradite Karim Nader",
     {"act": "COOPERATE", "type": "REJECT", "status": "refused"}, ("case", "refused", False)),
    ("Russia and Syria agreed to hold talks.", "agreed", "to hold talks", {"act": "AGREE"},
     ("talks", "negotiating", True)),
    # what tells no stage
    ("Syria welcomed the transit agreement.", "welcomed", "the transit agreement", {}, ("agreement", "", False)),
    ("Russia and Syria did not sign a transit agreement.", "sign", "a transit agreement", {"status": "negated"},
     ("", "", False)),
    ("Russia could sign a transit agreement.", "sign", "a transit agreement", {"status": "hypothetical"}, ("", "", False)),
    ("Russia declined to comment on the extradition.", "declined", "to comment on the extradition",
     {"act": "REJECT", "status": "refused"}, ("case", "", False)),
    ("Russia called for an end to sanctions on Syria.", "called", "an end to sanctions on Syria",
     {"act": "REQUEST", "status": "requested"}, ("sanction", "", False)),
    ("Russia is rebuilding the energy network.", "rebuilding", "the energy network", {"act": "COOPERATE"}, ("", "", False)),
    ("Food prices are the talk of the town.", "talk", None, {"act": "CONSULT", "actors": ()}, ("talks", "negotiating", False)),
]  # fmt: skip


@pytest.mark.parametrize(("said", "predicate", "theme", "told", "wanted"), STAGES, ids=[row[0] for row in STAGES])
def test_the_stage_that_a_sentence_tells(
    said: str, predicate: str, theme: str | None, told: dict[str, Any], wanted: tuple[str, str, bool]
) -> None:
    found = clue(telling(said, predicate, theme=theme, **(PACT | told)))
    assert (found.kind, found.stage, found.planned) == wanted


# ---------------------------------------------------------------- one matter
PROPOSED = telling("Russia proposed a transit agreement to Syria.", "proposed", "2025-01-10", act="AGREE",
                   recipients=("Syria",), theme="a transit agreement", status="planned", when=None)  # fmt: skip
PLAN = telling("They will sign a transit agreement on March 5.", "sign", "2025-03-01", theme="a transit agreement",
               status="planned", when=("2025-03-05", "March 5"), **PACT)  # fmt: skip
SIGNED = telling("Both signed a transit agreement on March 5.", "signed", "2025-03-06", theme="a transit agreement",
                 when=("2025-03-05", "March 5"), **PACT)  # fmt: skip
RATIFIED = telling("Syria ratified the transit agreement.", "ratified", "2025-04-02", act="SUPPORT", actors=("Syria",),
                   theme="the transit agreement")  # fmt: skip
THE_DEAL = telling("Russia has suspended the agreement.", "suspended", "2025-05-02", act="SANCTION",
                   recipients=("Syria",), theme="the agreement")  # fmt: skip
OTHER = telling("Russia and Turkey signed a transit agreement.", "signed", "2025-03-09", act="SUPPORT",
                actors=("Russia", "Turkey"), theme="a transit agreement")  # fmt: skip
FISH = telling("Russia and Syria signed a fisheries agreement.", "signed", "2025-03-10", theme="a fisheries agreement",
               **PACT)  # fmt: skip
COURSE = ((PROPOSED,), (PLAN, SIGNED), (RATIFIED,), (THE_DEAL,), (OTHER,))


def found(*told: tuple[Telling, ...]) -> list[Dossier]:
    """Return the dossiers of groups of tellings."""
    return dossiers(*ledger(*told))


def shown(d: Dossier) -> list[str]:
    """Return the stages in a word each; planned ones in brackets."""
    return [f"({s.stage})" if s.planned else s.stage for s in d.stages]


def test_an_agreement_from_proposal_to_suspension() -> None:
    transit, turkish = found(*COURSE)
    assert shown(transit) == ["proposed", "signed", "ratified", "suspended", "(signed)"]
    assert (transit.kind, transit.state, transit.title) == ("agreement", "suspended", "transit agreement")
    assert [p.name for p in transit.parties] == ["Russia", "Syria"]
    assert transit.id == event(PROPOSED).id == transit.events[0]
    assert transit.stages[1].date == "2025-03-05"
    assert transit.stages[1].sources == ("Post",)
    assert shown(turkish) == ["signed"]


def test_two_agreements_of_the_same_parties_stay_apart() -> None:
    assert [d.title for d in found((SIGNED,), (FISH,))] == ["transit agreement", "fisheries agreement"]


def test_the_order_of_events_plays_no_part() -> None:
    events, told = ledger(*COURSE)
    wanted = dossiers(events, told)
    assert all(dossiers(some, told) == wanted for some in permutations(events))


@given(st.sets(st.integers(0, len(COURSE) - 1)))
def test_a_dossier_rests_on_the_events_given_and_no_others(chosen: set[int]) -> None:
    events, told = ledger(*(COURSE[i] for i in sorted(chosen)))
    made = dossiers(events, told)
    in_dossiers = [i for d in made for i in d.events]
    assert sorted(in_dossiers) == sorted(set(in_dossiers))
    assert set(in_dossiers) <= {e.id for e in events}
    assert all({s.event for s in d.stages} <= set(d.events) and d.id == d.events[0] for d in made)


def test_the_deal_without_a_name_is_the_only_one_there_is() -> None:
    assert shown(found((SIGNED,), (THE_DEAL,))[0]) == ["signed", "suspended"]
    assert sorted(map(shown, found((SIGNED,), (FISH,), (THE_DEAL,)))) == [["signed"], ["signed"], ["suspended"]]


def test_what_is_only_planned_says_so() -> None:
    assert [(d.state, shown(d)) for d in found((PLAN,))] == [("planned", ["(signed)"])]


def test_a_deed_that_a_party_denies_is_disputed() -> None:
    denied = telling("Russia denied that it signed a transit agreement.", "signed", "2025-03-08", theme="a transit agreement",
                     status="denied", outlet="Courier", **PACT)  # fmt: skip
    assert [s.certainty for s in found((SIGNED, denied))[0].stages] == ["disputed"]


def test_an_undated_step_stands_before_what_must_follow_it() -> None:
    ended = telling("Russia left the transit agreement with Syria in 2018.", "left", act="RETREAT", recipients=("Syria",),
                    theme="the transit agreement", when=("2018", "2018"))  # fmt: skip
    agreed = telling(
        "Russia and Syria had agreed on a transit agreement.", "agreed", theme="a transit agreement", **PACT
    )
    assert shown(found((ended,), (agreed,))[0]) == ["agreed", "ended"]


def test_a_refusal_on_the_issue_answers_the_request_before_it() -> None:
    said = "Syria asked Russia to extradite Karim Nader, but Moscow refused to engage on the issue."
    asked = telling(said, "asked", act="REQUEST", actors=("Syria",), recipients=("Russia",), status="requested",
                    theme="to extradite Karim Nader")  # fmt: skip
    refused = telling(said, "refused", act="CONSULT", type="REJECT", status="refused", recipients=("Syria",),
                      theme="to engage on the issue")  # fmt: skip
    assert [shown(d) for d in found((asked,), (refused,))] == [["proposed", "refused"]]


def test_goods_of_one_giver_are_one_matter_only_within_a_season() -> None:
    def offer(day: str, **told: Any) -> tuple[Telling]:
        return (telling("Russia pledged wheat.", "pledged", day, outlet=day, goods="wheat", status="planned", **told),)

    to_turkey = offer("2023-09-05", recipients=("Turkey",))
    assert len(found(to_turkey, offer("2023-09-25"))) == 1
    assert len(found(to_turkey, offer("2025-02-15"))) == 2


# ---------------------------------------------------------------- what is no dossier
def shipment(day: str, amount: float, said: str = "Russia delivered wheat to Syria.", **changed: Any) -> Telling:
    """Return the telling of a delivery of wheat on a day, or of an undated one."""
    told = {"recipients": ("Syria",), "goods": "wheat", "counts": (goods(amount),), "day": day} | changed
    return telling(said, "delivered", day or "2025-05-09", outlet=day or "Post", **told)


FIRST, SECOND = (shipment("2025-03-05", 20000),), (shipment("2025-04-05", 30000),)
MEETING = telling("Vladimir Putin met Ahmed Sharaa in Moscow.", "met", act="CONSULT", modes=("visit",),
                  actors=("Vladimir Putin",), recipients=("Ahmed Sharaa",))  # fmt: skip
TALKS = telling("Russia held talks with Syria.", "talks", **(PACT | {"act": "CONSULT"}))

ON_WATER: dict[str, Any] = {"act": "CONSULT", "actors": ("Russia", "Syria"), "theme": "water"}
DELEGATIONS = telling("Russia negotiated with Syria over water.", "negotiated", **ON_WATER)
MINISTERS = telling("Both foreign ministers held talks on water.", "talks",
                    **(ON_WATER | {"actors": ("Russian foreign minister", "Syrian foreign minister")}))  # fmt: skip


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([FIRST], 0),
        ([FIRST, SECOND], 1),
        ([(MEETING,)], 0),
        ([(TALKS,)], 0),
        ([(MINISTERS,)], 0),
        ([(DELEGATIONS,)], 1),
        ([(SIGNED,)], 1),
        ([], 0),
    ],
    ids=[
        "one shipment",
        "two shipments",
        "a meeting",
        "talks on nothing",
        "ministers' talks",
        "negotiations",
        "an agreement",
        "nothing",
    ],
)
def test_what_makes_a_dossier(told: list[tuple[Telling, ...]], wanted: int) -> None:
    assert len(found(*told)) == wanted


# ---------------------------------------------------------------- amounts
def sums(d: Dossier) -> dict[str, float]:
    return {a.of: a.low for a in d.amounts}


def test_a_pledge_is_not_added_to_what_is_delivered_under_it() -> None:
    pledge = telling("Russia pledged 90,000 tonnes of wheat to Syria.", "pledged", "2025-02-01", recipients=("Syria",),
                     goods="wheat", status="planned", counts=(goods(90000),))  # fmt: skip
    (aid,) = found((pledge,), FIRST, SECOND)
    assert sums(aid) == {"pledged": 90000, "delivered": 50000}
    assert shown(aid) == ["proposed", "delivered", "delivered"]


def test_the_same_sum_told_again_counts_once() -> None:
    again = shipment("", 20000, "Russia had delivered wheat to Syria.", historical=True)
    assert sums(found(FIRST, SECOND, (again,))[0]) == {"delivered": 50000}


def test_a_further_instalment_of_the_same_size_counts() -> None:
    third = shipment("2025-05-05", 20000)
    assert sums(found(FIRST, SECOND, (third,))[0]) == {"delivered": 70000}


def test_a_loan_is_committed_when_it_is_signed() -> None:
    loan = telling("Russia and Syria signed a loan agreement.", "signed", theme="a loan agreement", counts=(money(2e8),),
                   **PACT)  # fmt: skip
    assert sums(found((loan,))[0]) == {"committed": 2e8}


# ---------------------------------------------------------------- data
def test_every_stage_has_words() -> None:
    assert {row.stage for row in matters.stage_rows()} == set(matters.STAGES)


def test_base_forms() -> None:
    for word, base in [("signed", "sign"), ("getting", "get"), ("ratifies", "ratify"), ("ties", "tie"), ("goes", "go")]:
        assert base in list(matters.bases(word))


def test_an_event_without_its_tellings_is_left_out() -> None:
    events: list[Event] = [event(SIGNED)]
    assert dossiers(events, {}) == []
