"""Events over many reports: what is one, what is not, and that neither order nor time of arrival changes it."""

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import document, mention, run
from dragoman.answer.ledger import Ledger
from dragoman.records import Count, Document, Event, EventMention, Judgement, Telling
from dragoman.resolve import compare, keep
from dragoman.resolve.cluster import clusters, components
from dragoman.resolve.facets import facet
from dragoman.store import Store, open_store
from engines import Place

Report = tuple[Document, list[EventMention]]
FIRST = "Russia delivered a first shipment of wheat to Syria on {day}, the ministry said. Nothing else was made public."
AGAIN = "Wheat from Russia was delivered to Syria on {day}, according to port records, for the first time in years."
ONCE_MORE = "Another cargo, this time of diesel, was delivered by Russia to Syria on {day}; its price is not known."
SECOND = (
    "A second Russian shipment, of diesel, was delivered to Syria on {day}, port workers said. They gave no details."
)
WIRE = (
    "Russian aircraft bombed the town of Sarmada in Syria on {day}, killing 12 people, medics said. Rescue teams searched the "
    "ruins of two houses until the evening while neighbours brought water, blankets and bread to the families who had fled."
)


def killed(n: int) -> tuple[Count, ...]:
    return (Count(of="killed", low=n, high=n, unit=None, text=str(n), start=0, end=1),)


def report(form: str, day: str, outlet: str, published: str, verb: str, **fields: object) -> Report:
    text = f"{form.format(day=day)} [{outlet}]"
    d = document(text, publisher=outlet, published=published, url=f"https://{outlet.lower()}.example/{published}")
    made = mention(d, verb, actors=("Russia",), recipients=("Syria",), when=(day, day), **fields)  # type: ignore[arg-type]
    return d, [made]


def world() -> list[Report]:
    """Return nine reports of three events: two shipments and one strike; the wire of the strike is printed three times."""
    strike = {"act": "ASSAULT", "where": ("SYR", "Sarmada")}
    return [
        report(FIRST, "2025-02-14", "Alpha", "2025-02-15", "delivered", goods="wheat"),
        report(AGAIN, "2025-02-14", "Beta", "2025-02-16", "delivered", goods="wheat"),
        report(SECOND, "2025-03-05", "Alpha", "2025-03-06", "delivered", goods="diesel"),
        report(ONCE_MORE, "2025-03-05", "Gamma", "2025-03-07", "delivered", goods="diesel"),
        report(WIRE, "2025-03-10", "Alpha", "2025-03-11", "bombed", counts=killed(12), **strike),
        report(WIRE, "2025-03-10", "Beta", "2025-03-11", "bombed", counts=killed(12), **strike),
        report(WIRE, "2025-03-10", "Gamma", "2025-03-12", "bombed", counts=killed(12), **strike),
        report(
            "Syria said Russian planes bombed Sarmada on {day} and that 19 died.",
            "2025-03-10",
            "Delta",
            "2025-03-13",
            "bombed",
            counts=killed(19),
            **strike,
        ),
        report(
            "Russia denied that its planes bombed Sarmada on {day}.",
            "2025-03-10",
            "Epsilon",
            "2025-03-14",
            "bombed",
            status="denied",
            **strike,
        ),
    ]


def filled(path: str | Path, reports: Sequence[Report], size: int = keep.BATCH) -> Store:
    """Return a ledger with these reports, resolved after every `size` of them."""
    store = open_store(path)
    for n, (d, found) in enumerate(reports, 1):
        store.put(run(), d, found, at="2025-04-01T00:00:00+00:00")
        if n % size == 0:
            keep.resolve(store.resolving, size=size)
    keep.resolve(store.resolving, size=size)
    return store


def told(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda e: e.id)


# ---------------------------------------------------------------- what is one event
def test_three_events_with_their_origins_and_versions(place: Place) -> None:
    with filled(place / "a.db", world()) as store:
        first, second, strike = store.events()
    assert [len(e.mentions) for e in (first, second, strike)] == [2, 2, 5]
    assert [e.origins for e in (first, second, strike)] == [2, 2, 3], "the wire counts once for its three outlets"
    assert strike.corroboration is not None
    assert set(strike.corroboration.outlets) == {"Alpha", "Beta", "Gamma", "Delta", "Epsilon"}
    versions = {d.field: [v.value for v in d.versions] for d in strike.disagreements}
    assert versions == {"killed": ["12", "19"], "status": ["occurred", "denied"]}
    assert not first.disagreements
    assert strike.status == "occurred"


def test_an_event_bears_the_id_of_its_earliest_mention_whichever_came_first(place: Place) -> None:
    reports = world()
    late = filled(place / "a.db", reports[1:2])
    before = late.events()[0].id
    late.put(run(), *reports[0])
    keep.resolve(late.resolving)
    (event,) = late.events()
    assert event.id == reports[0][1][0].id != before
    assert late.event(before) == event, "the older name still finds it"
    late.close()


# ---------------------------------------------------------------- order, repetition, removal, time
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), size=st.integers(1, 9))
def test_neither_order_nor_batches_matter(place: Place, seed: int, size: int) -> None:
    reports = world()
    expected = filled(place / f"whole-{seed}-{size}.db", reports)
    random.Random(seed).shuffle(reports)
    shuffled = filled(place / f"parts-{seed}-{size}.db", reports, size)
    assert told(shuffled.events()) == told(expected.events())
    expected.close()
    shuffled.close()


def test_resolving_again_changes_nothing(place: Place) -> None:
    with filled(place / "a.db", world()) as store:
        before = store.events()
        with store.resolving() as shelf:
            assert keep.rebuild(shelf, store.mention_ids()) == len(before)
        assert store.events() == before
        assert keep.resolve(store.resolving).documents == 0


def test_a_report_read_anew_takes_its_old_ties_with_it(place: Place) -> None:
    reports = world()
    d, (m,) = reports[7]
    other = mention(
        d, "bombed", act="ASSAULT", actors=("Turkey",), recipients=("Syria",), when=("2024-01-01", "2025-03-10")
    )
    with filled(place / "a.db", reports) as store:
        store.put(run(version="0.2.0"), d, [other])
        keep.resolve(store.resolving)
        with filled(place / "b.db", [*reports[:7], (d, [other]), reports[8]]) as fresh:
            assert told(store.events()) == told(fresh.events())
        assert m.id == other.id
        assert store.event(other.id).mentions == (other.id,)


@pytest.mark.parametrize(
    "day", ["2025-02-15", "2025-02-16", "2025-03-06", "2025-03-11", "2025-03-12", "2025-03-13", "2025-04"]
)
def test_as_of_a_day_is_the_ledger_of_that_day(place: Place, day: str) -> None:
    reports = world()
    with (
        filled(place / "now.db", reports) as now,
        filled(
            place / "then.db",
            [r for r in reports if (r[0].published or "") <= day + ("-31" if len(day) == 7 else "")],
        ) as then,
    ):
        assert Ledger(now).events(as_of=day) == then.events()


# ---------------------------------------------------------------- judgements by people
def test_a_person_joins_and_parts(place: Place) -> None:
    with filled(place / "a.db", world()) as store:
        first, second, strike = store.events()
        ids = sorted((first.id, second.id))
        same = Judgement(
            kind="event", a=ids[0], b=ids[1], verdict="same", score=0, reasons=(), by="Ann", at="2025-04-02"
        )
        parted = sorted((strike.mentions[0], strike.mentions[4]))
        apart = Judgement(
            kind="event", a=parted[0], b=parted[1], verdict="different", score=0, reasons=(), by="Ann", at="2025-04-02"
        )
        with store.resolving() as shelf:
            shelf.put_judgements([same, apart])
            keep.rebuild(shelf, {*ids, *parted})
        joined, *strikes = sorted(store.events(), key=lambda e: e.published or "")
        assert {first.id, second.id} <= set(joined.mentions)
        assert not any(set(parted) <= set(e.mentions) for e in strikes)
        with store.resolving() as shelf:
            shelf.withdraw(same, "2025-04-03")
            shelf.withdraw(apart, "2025-04-03")
            keep.rebuild(shelf, {*ids, *parted, *first.mentions, *second.mentions, *strike.mentions})
        assert store.events() == [first, second, strike]


# ---------------------------------------------------------------- comparing
def pair(**changed: object) -> tuple[Telling, Telling]:
    """Return two tellings of one delivery in two reports, the second with changes."""
    (a, (m,)), (b, (n,)) = (
        world()[0],
        report(FIRST, "2025-02-14", "Beta", "2025-02-15", "delivered", **{"goods": "wheat"} | changed),
    )
    return (
        Telling(mention=m, said=a.text, published=a.published, publisher=a.publisher),
        Telling(mention=n, said=str(changed.pop("said", b.text)), published=b.published, publisher=b.publisher),
    )


@pytest.mark.parametrize(
    ("feature", "changed", "value"),
    [
        ("act", {}, "same"),
        ("act", {"act": "ASSAULT"}, "other"),
        ("act", {"act": "COOPERATE"}, "kin"),
        ("date", {}, "same day"),
        ("parties", {}, "same"),
        ("goods", {}, "same"),
        ("goods", {"goods": "Nothing"}, "other"),
        ("status", {"status": "planned"}, "plan and deed"),
        ("status", {"status": "denied"}, "deed and denial"),
    ],
)
def test_a_feature_says_what_it_found(feature: str, changed: dict[str, object], value: str) -> None:
    a, b = (facet(x) for x in pair(**changed))
    found = {i.name: i.value for i in compare.reasons(a, b)}
    assert found[feature] == value
    assert sum(i.weight for i in compare.reasons(a, b)) == pytest.approx(compare.score(a, b))
    assert compare.score(a, b) == compare.score(b, a)


def test_clusters_respect_vetoes_and_components_do_not_mix() -> None:
    same = {("a", "b"): 3.0, ("b", "c"): 2.0, ("d", "e"): 1.0}
    assert components("abcdef", same) == [["a", "b", "c"], ["d", "e"], ["f"]]

    near = {p: s for p, s in same.items() if p != ("d", "e")}

    def score(_: str, __: str) -> float:
        return 1.0

    def apart(one: Sequence[str], other: Sequence[str]) -> bool:
        return "c" in {*one, *other} and "a" in {*one, *other}

    assert clusters("abc", near, score, {}, apart) == [["a", "b"], ["c"]]
    assert clusters("abc", near, score, {("a", "b"): False}, apart) == [["a"], ["b", "c"]]
    assert clusters("abc", near, score, {("a", "c"): True}, apart) == [["a", "b", "c"]]


def test_talks_are_not_what_was_promised_at_them_where_a_sentence_tells_both() -> None:
    a, _ = (facet(x) for x in pair())
    met = msgspec.structs.replace(a, act="CONSULT")
    vowed = msgspec.structs.replace(a, act="SUPPORT")
    elsewhere = msgspec.structs.replace(vowed, sentence=a.sentence + 100)
    assert compare.groups_apart([met], [vowed])
    assert compare.groups_apart([vowed], [met])
    assert not compare.groups_apart([met], [elsewhere])  # two sentences may tell one act in two words
    assert not compare.groups_apart([vowed], [msgspec.structs.replace(a, act="AGREE")])
