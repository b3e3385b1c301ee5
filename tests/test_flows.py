"""What was moved, from whom to whom, by which ship, and what it comes to; who met whom and at what level."""

from typing import Any

import pytest

from builders import party
from dragoman.records import Contact, Flow, Telling
from dragoman.resolve.carriers import flag, imo, valid_imo
from dragoman.resolve.contacts import contacts
from dragoman.resolve.flows import FlowSum, flows, sums
from dragoman.scheme import matters
from matters import goods, ledger, money, telling

TO_SYRIA: dict[str, Any] = {"recipients": ("Syria",)}


def moved(*told: Telling | tuple[Telling, ...]) -> list[Flow]:
    """Return the flows of events of one telling each, or of several."""
    return flows(*ledger(*(t if isinstance(t, tuple) else (t,) for t in told)))


def summed(*told: Telling) -> list[FlowSum]:
    return sums(moved(*told))


# ---------------------------------------------------------------- goods
GOODS = [
    ("Russia delivered a new shipment of its local currency to Syria.", "a new shipment of its local currency", "local currency", "currency"),
    ("Russia delivered 20,000 tonnes of wheat to Syria.", "20,000 tonnes of wheat", "wheat", "food"),
    ("Russia delivered a diesel cargo to Syria.", "a diesel cargo", "diesel", "energy"),
    ("Russia delivered air defence missiles to Syria.", "air defence missiles", "air defence missiles", "arms"),
    ("Russia delivered vaccines to Syria.", "vaccines", "vaccines", "medicine"),
    ("Russia delivered phosphate to Syria.", "phosphate", "phosphate", "minerals"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "theme", "phrase", "commodity"), GOODS, ids=[row[3] for row in GOODS])
def test_goods_and_their_class(said: str, theme: str, phrase: str, commodity: str) -> None:
    (flow,) = moved(telling(said, "delivered", theme=theme, **TO_SYRIA))
    assert (flow.goods, flow.commodity, flow.of) == (phrase, commodity, "delivered")
    assert flow.origin
    assert flow.target
    assert (flow.origin.name, flow.target.name) == ("Russia", "Syria")


NONE = [
    ("Russia delivered a speech to Syria.", "delivered", {"theme": "a speech"}),
    ("Russia may deliver wheat to Syria.", "deliver", {"goods": "wheat", "status": "hypothetical"}),
    ("Russia did not deliver wheat to Syria.", "deliver", {"goods": "wheat", "status": "negated"}),
    ("Russia asked Syria for wheat.", "asked", {"goods": "wheat", "act": "REQUEST", "status": "requested"}),
    ("Russia attacked a wheat silo in Syria.", "attacked", {"goods": "wheat", "act": "ASSAULT"}),
]


@pytest.mark.parametrize(("said", "predicate", "told"), NONE, ids=[row[0] for row in NONE])
def test_what_is_no_flow(said: str, predicate: str, told: dict[str, Any]) -> None:
    assert moved(telling(said, predicate, **(TO_SYRIA | told))) == []


def test_aid_that_a_pledge_only_names_is_no_delivery() -> None:
    said = "Russia pledged $5 million in aid to Syria."
    pledge = telling(said, "pledged", goods="$5 million in aid", status="planned", counts=(money(5e6),), **TO_SYRIA)
    named = telling(said, "aid", goods="aid", counts=(money(5e6),), **TO_SYRIA)
    assert [(f.of, f.low) for f in moved(pledge, named)] == [("pledged", 5e6)]


def test_a_buyer_is_where_the_goods_go() -> None:
    bought = telling("Syria bought four fighter jets from Russia.", "bought", act="COOPERATE", actors=("Syria",),
                     recipients=("Russia",), goods="fighter jets")  # fmt: skip
    (flow,) = moved(bought)
    assert flow.origin
    assert flow.target
    assert (flow.origin.name, flow.target.name) == ("Russia", "Syria")


# ---------------------------------------------------------------- sums
def wheat(day: str, amount: float, predicate: str = "delivered", **changed: Any) -> Telling:
    """Return the telling of a delivery of wheat."""
    told = TO_SYRIA | {"goods": "wheat", "counts": (goods(amount),), "day": day} | changed
    return telling(
        f"Russia {predicate} wheat to Syria.", predicate, day or "2025-05-09", outlet=f"{day} {amount}", **told
    )


def test_sums_by_month_each_event_once_and_plans_apart() -> None:
    found = summed(
        wheat("2025-03-05", 20000),
        wheat("2025-03-25", 10000),
        wheat("2025-04-02", 5000),
        wheat("2025-05-02", 7000, "deliver", status="planned"),
        wheat("2025-01-02", 90000, "pledged", status="planned"),
        wheat("2025-04-20", 1000, "cancelled", act="SANCTION"),
    )
    assert [(s.month, s.of, s.low, s.flows) for s in found] == [
        ("2025-01", "pledged", 90000, 1),
        ("2025-03", "delivered", 30000, 2),
        ("2025-04", "delivered", 5000, 1),
        ("2025-05", "planned", 7000, 1),
    ]
    assert {(s.origin, s.target, s.commodity, s.unit) for s in found} == {("Russia", "Syria", "food", "tonne")}


def test_a_sum_told_again_is_marked_and_left_out() -> None:
    told = wheat("2025-03-05", 20000)
    again = wheat("", 20000, historical=True)
    first, second = moved(told, again)
    assert (first.again, second.again) == (None, first.event)
    assert [s.low for s in summed(told, again)] == [20000]


def test_another_instalment_of_the_same_size_is_counted() -> None:
    assert [s.low for s in summed(wheat("2025-03-05", 20000), wheat("2025-03-19", 20000))] == [40000]


def test_flows_without_a_number_are_counted_as_such() -> None:
    (found,) = summed(telling("Russia delivered diesel to Syria.", "delivered", goods="diesel", **TO_SYRIA))
    assert (found.month, found.low, found.flows, found.unmeasured) == (None, 0, 1, 1)


def test_a_loan_that_both_sign_goes_as_the_rest_of_the_matter_does() -> None:
    loan = telling("Russia and Syria signed a loan agreement.", "signed", act="SUPPORT", actors=("Russia", "Syria"),
                   theme="a loan agreement", counts=(money(2e8),), day="2025-03-01")  # fmt: skip
    paid = telling("Russia paid $5 million to Syria.", "paid", money="$5 million", counts=(money(5e6),), **TO_SYRIA)
    ends = [(f.of, f.origin and f.origin.name, f.target and f.target.name) for f in moved(loan, paid)]
    assert sorted(ends) == [("committed", "Russia", "Syria"), ("delivered", "Russia", "Syria")]
    assert [(f.origin, f.target) for f in moved(loan)] == [(None, None)] or moved(loan) == []


# ---------------------------------------------------------------- carriers
SHIP = "The Panama-flagged tanker Aster (IMO 9074729) delivered diesel to Syria via Port Said."


def test_vessel_flag_number_and_route() -> None:
    (flow,) = moved(telling(SHIP, "delivered", goods="diesel", **TO_SYRIA))
    assert (flow.carrier, flow.flag, flow.imo, flow.route) == ("tanker Aster", "Panama", "9074729", ("Port Said",))
    assert flow.doubts == ()


def test_a_number_that_fails_its_check_digit_is_a_doubt() -> None:
    (flow,) = moved(telling(SHIP.replace("9074729", "9074721"), "delivered", goods="diesel", **TO_SYRIA))
    assert (flow.imo, flow.doubts) == (None, ("IMO number 9074721 fails its check digit",))


@pytest.mark.parametrize(
    ("said", "number"), [("IMO 9074729", "9074729"), ("IMO number 9074729", "9074729"), ("imo: 9074729", "9074729"),
                         ("call 9074729", None), ("IMO 90747291", None)],
)  # fmt: skip
def test_imo_numbers(said: str, number: str | None) -> None:
    assert imo(said) == number


def test_check_digits() -> None:
    assert [n for n in range(10) if valid_imo(f"907472{n}")] == [9]


@pytest.mark.parametrize(
    ("said", "state"), [("the Liberian-flagged ship", "Liberia"), ("sailing under the Maltese flag", "Malta"),
                        ("under the flag of Panama", "Panama"), ("the red-flagged case", None), ("a flag", None)],
)  # fmt: skip
def test_flags(said: str, state: str | None) -> None:
    assert flag(said) == state


# ---------------------------------------------------------------- contacts
def met(said: str, predicate: str, **told: Any) -> list[Contact]:
    """Return the contacts of one telling of a CONSULT."""
    return contacts(*ledger((telling(said, predicate, **({"act": "CONSULT", "actors": ()} | told)),)))


def official(name: str, country: str, role: str | None) -> Any:
    return party(name, country=country, role=role)


PUTIN, SHARAA = official("Vladimir Putin", "RUS", "president"), official("Ahmed Sharaa", "SYR", "president")
LAVROV, BOGDANOV = (
    official("Sergei Lavrov", "RUS", "foreign minister"),
    official("Mikhail Bogdanov", "RUS", "deputy foreign minister"),
)
LEVELS = [
    ((PUTIN, SHARAA), "leaders"),
    ((LAVROV, SHARAA), "ministers"),
    ((BOGDANOV, SHARAA), "officials"),
    ((PUTIN, LAVROV, SHARAA), "leaders"),
    ((official("Russia", "RUS", None), official("Syria", "SYR", None)), "others"),
    ((official("Russia", "RUS", None), SHARAA), "leaders"),
    ((official("ministers", "RUS", None), official("ministers", "SYR", None)), "ministers"),
    ((official("Ivan Ivanov", "RUS", "former president"), SHARAA), "others"),
]


@pytest.mark.parametrize(("parties", "level"), LEVELS, ids=lambda v: v if isinstance(v, str) else v[0].name)
def test_the_level_is_that_of_the_lower_side(parties: tuple[Any, ...], level: str) -> None:
    (found,) = contacts(*_with(parties))
    assert found.level == level


def _with(parties: tuple[Any, ...]) -> Any:
    import msgspec  # noqa: PLC0415

    made = telling("They met in Moscow.", "met", act="CONSULT", actors=())
    changed = msgspec.structs.replace(made, mention=msgspec.structs.replace(made.mention, actors=parties))
    return ledger((changed,))


FORMS = [
    ("Russia telephoned Syria.", "telephoned", {"modes": ("phone",)}, "phone"),
    ("Russia discussed water with Syria in a phone call.", "discussed", {}, "phone"),
    ("Russia plans to visit Syria.", "plans", {"theme": "to visit Syria", "status": "planned"}, "visit"),
    ("Russia met Syria.", "met", {}, "meeting"),
    ("Russia negotiated with Syria.", "negotiated", {}, "talks"),
]


@pytest.mark.parametrize(("said", "predicate", "told", "form"), FORMS, ids=[row[0] for row in FORMS])
def test_forms(said: str, predicate: str, told: dict[str, Any], form: str) -> None:
    assert [c.form for c in met(said, predicate, actors=("Russia",), recipients=("Syria",), **told)] == [form]


def test_a_guest_meets_the_state_where_he_is() -> None:
    (visit,) = met("Vladimir Putin was in Damascus.", "was", actors=("Vladimir Putin",), where=("SYR", "Damascus"))
    assert ([p.name for p in visit.parties], visit.place) == (["Vladimir Putin", "Syria"], "Damascus")


@pytest.mark.parametrize("status", ["requested", "refused", "hypothetical", "negated"])
def test_what_is_no_contact(status: str) -> None:
    assert met("Russia met Syria.", "met", actors=("Russia", "Syria"), status=status) == []


def test_one_party_alone_meets_nobody() -> None:
    assert met("Russia met behind closed doors.", "met", actors=("Russia",)) == []


def test_every_level_and_form_has_words() -> None:
    assert {matters.level_of(r) for r in ("president", "foreign minister", "envoy", "former president")} == set(
        matters.LEVELS
    )
    assert {matters.form_of(w) for w in ("phone", "visit", "met", "talks")} == set(matters.FORMS)
