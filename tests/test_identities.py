"""Who is who across documents: one actor over its names and offices, namesakes apart, and what asks by name."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import document, mention, party, run
from dragoman.answer import review
from dragoman.answer.identities import sides
from dragoman.answer.ledger import Ledger
from dragoman.cli import cli
from dragoman.errors import StopRun
from dragoman.evaluate.identities import gold, identity_scores, score
from dragoman.resolve.actors import Sighting, identify, identities, name_key
from dragoman.resolve.actors_names import named

GOLD = Path(__file__).parent.parent / "evals" / "identities"


def seen(told: str, day: str = "2025-03-01", document: str = "") -> Sighting:
    """Return a sighting from "NAME, COUNTRY, SECTOR, ROLE"; its document is its own unless it is given."""
    name, country, sector, role = [part.strip() or None for part in (told + ", , , ").split(",")[:4]]
    assert name
    where = document or f"{told} {day}"
    return Sighting(
        name=name, country=country, sector=sector, role=role, document=where, mention=f"{where} {told}", published=day,
        publisher="Cedar Gate News",
    )  # fmt: skip


# ---------------------------------------------------------------- two sightings
SAME = [
    ("Ahmed al-Sharaa, SYR, GOV, president", "Ahmad Al Sharaa, SYR"),
    ("Ahmed al-Sharaa, SYR, GOV, president", "Abu Mohammad al-Jolani, SYR, REB, leader"),
    ("Hayat Tahrir al-Sham, SYR, REB", "HTS, SYR, REB"),
    ("Syrian foreign ministry, SYR, GOV", "the Syrian Ministry of Foreign Affairs, SYR, GOV"),
    ("Russia's air force, RUS, MIL", "Russian Air Force, RUS, MIL"),
    ("Marek Dvorsky, CZE, GOV, foreign minister", "Marek Dvorský, CZE"),
    ("Marek Dvorsky, CZE, GOV, foreign minister", "M. Dvorsky, CZE"),
    ("Marek Dvorsky, CZE, GOV, foreign minister", "Marek Dvorsky, AUT, GOV, foreign minister"),
    ("Marek Dvorsky, CZE, GOV, foreign minister", "Czech foreign minister, CZE, GOV, foreign minister"),
    ("Marek Dvorsky, CZE, GOV, foreign minister", "Dvorsky, CZE, GOV, foreign minister"),
    ("Syria, SYR, GOV", "Syria"),
]
APART = [
    ("Ahmed al-Sharaa, SYR, GOV, president", "Farouk al-Sharaa, SYR, GOV, vice president"),
    ("Carlos Mendez, ARG, GOV, finance minister", "Carlos Mendez, CHL, COP, police chief"),
    ("Tomas Varga, HUN, GOV, interior minister", "Tomas Varga Jr., HUN, BUS, businessman"),
    ("George H. W. Bush, USA, GOV, president", "George W. Bush, USA, GOV, president"),
    ("Piotr A. Lis, POL, GOV, minister", "Piotr K. Lis, POL, GOV, minister"),
    ("Omar Haddad, JOR, GOV, trade minister", "Omar Haddad, JOR, JRN, journalist"),
    ("Kim Jong Un, PRK, GOV, leader", "Kim Jong-il, PRK, GOV, leader"),
    ("Syrian foreign ministry, SYR, GOV", "Syrian defence ministry, SYR, GOV"),
    ("Syrian foreign ministry, SYR, GOV", "Russian foreign ministry, RUS, GOV"),
    ("Wagner Group, RUS, REB", "Ivan Wagner, RUS, GOV, minister"),
    ("Gazprom, RUS, BUS", "Gazprom Neft, RUS, BUS"),
    ("Two officials, SYR, GOV, official", "officials, SYR, GOV, official"),
    ("former Czech foreign minister, CZE, ELI", "Marek Dvorsky, CZE, GOV, foreign minister"),
    ("Mendez", "Carlos Mendez, CHL, COP, police chief"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_actor(a: str, b: str) -> None:
    (one,) = identities([seen(a), seen(b, "2025-03-09")])
    assert one.why or one.kind == "state"
    assert one.documents == 2


@pytest.mark.parametrize(("a", "b"), APART)
def test_two_actors(a: str, b: str) -> None:
    assert len(identities([seen(a), seen(b, "2025-03-09")])) == 2


READ = [
    ("Syria", None, "state"),
    ("Hayat Tahrir al-Sham", None, "body"),
    ("Turkish Ministry of National Defence", "TUR", "body"),
    ("ministry", "THA", "other"),
    ("police", "USA", "other"),
    ("Sri Lankan president", "LKA", "office"),
    ("acting president", "LKA", "office"),
    ("Sri Lankan spokesman", "LKA", "other"),
    ("19 people", "THA", "other"),
    ("Mendez", None, "surname"),
    ("Carlos Mendez", None, "person"),
]


@pytest.mark.parametrize(("name", "country", "kind"), READ)
def test_what_a_name_is(name: str, country: str | None, kind: str) -> None:
    assert named(name, country).kind == kind


# ---------------------------------------------------------------- several
def test_a_lone_surname_is_whom_its_own_document_names() -> None:
    brothers = [seen("Ali Karam, LBN, GOV, interior minister", document="a"),
                seen("Karam, LBN", document="a"),
                seen("Rami Karam, LBN, GOV, oil minister", document="b"),
                seen("Karam, LBN", document="b"),
                seen("Karam, LBN", document="c")]  # fmt: skip
    found = {a.name: a for a in identities(brothers)}
    assert {n: a.documents for n, a in found.items()} == {"Ali Karam": 1, "Rami Karam": 1, "Karam": 1}
    assert set(found["Karam"].unsettled) == {found["Ali Karam"].id, found["Rami Karam"].id}
    assert found["Ali Karam"].why == ("the full name stands in the same document",)


def test_an_office_passes_on() -> None:
    told = [
        seen("Ana Lund, DNK, GOV, foreign minister", "2025-01-05"),
        seen("Danish foreign minister, DNK, GOV, foreign minister", "2025-01-20"),
        seen("Bo Krag, DNK, GOV, foreign minister", "2026-01-05"),
        seen("Danish foreign minister, DNK, GOV, foreign minister", "2026-01-20"),
        seen("Danish foreign minister, DNK, GOV, foreign minister", "2025-06-20"),
    ]
    found = {a.name: a for a in identities(told)}
    assert [a.documents for a in found.values()] == [2, 2, 1]
    assert found["Danish foreign minister"].kind == "office"


def test_offices_over_time_with_their_sources() -> None:
    told = [
        seen("Ahmed al-Sharaa, SYR, REB, leader", "2024-11-30"),
        seen("Ahmad al-Sharaa, SYR, GOV, president", "2025-02-01"),
        seen("Ahmed al-Sharaa, SYR, GOV, president", "2025-03-01"),
    ]
    (one,) = identities(told)
    assert [(o.role, o.first_told, o.last_told, o.documents, o.sources) for o in one.offices] == [
        ("leader", "2024-11-30", "2024-11-30", 1, ("Cedar Gate News",)),
        ("president", "2025-02-01", "2025-03-01", 2, ("Cedar Gate News",)),
    ]
    assert one.name == "Ahmed al-Sharaa"
    assert one.id == name_key("Ahmed al-Sharaa", "SYR")


def test_a_short_name_that_fits_two_stays_unsettled() -> None:
    told = [
        seen("Hassan Ali Khaire, SOM, GOV, prime minister", "2019-01-01"),
        seen("Hassan Ali Barre, SOM, GOV, trade minister", "2019-01-02"),
        seen("Hassan Ali, SOM", "2019-01-03"),
    ]
    short = next(a for a in identities(told) if a.name == "Hassan Ali")
    assert len(short.unsettled) == 2


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_sightings_does_not_matter(random: object) -> None:
    _, told = gold(GOLD / "seen.tsv")
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert identify(shuffled) == identify(told)


def test_an_id_survives_what_comes_later() -> None:
    _, told = gold(GOLD / "seen.tsv")
    first = {i.sightings[0].mention: i.id for i in identify(told[:30])}
    later = {i.sightings[0].mention: i.id for i in identify(told)}
    assert {m: i for m, i in first.items() if m in later} == {m: later[m] for m in first if m in later}


# ---------------------------------------------------------------- the gold
def test_the_gold_scores_what_it_scores() -> None:
    scores = identity_scores(GOLD)
    assert set(scores) == {f"identities.{t}.{m}" for t in ("seen", "guard") for m in ("precision", "recall")}
    assert min(scores.values()) >= 0.95


def test_scores_fall_with_wrong_pairs() -> None:
    told = [seen("Ana Lund, DNK"), seen("Ana Lund, DNK", "2025-03-02"), seen("Bo Krag, DNK")]
    numbered = [msgspec.structs.replace(s, mention=str(n)) for n, s in enumerate(told)]
    wrong, missed = score(["a", "b", "c"], numbered), score(["a", "a", "a"], numbered)
    assert (wrong.precision, wrong.recall) == (0.0, 1.0)
    assert missed.precision == 1.0
    assert missed.recall == pytest.approx(1 / 3)


def test_a_broken_gold_table_stops(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match="no gold tables"):
        identity_scores(tmp_path)
    (tmp_path / "a.tsv").write_text("who\tname\nx\tAna Lund\n")
    with pytest.raises(StopRun, match="wants the columns"):
        identity_scores(tmp_path)


# ---------------------------------------------------------------- asking a ledger by name
REPORTS = (
    ("2024-12-01", "Abu Mohammad al-Jolani met Russia in Idlib.", "Abu Mohammad al-Jolani", "REB", "leader"),
    ("2025-02-01", "Ahmed al-Sharaa met Russia in Damascus.", "Ahmed al-Sharaa", "GOV", "president"),
    ("2025-02-03", "Ahmad Sharaa met Russia again.", "Ahmad Sharaa", "GOV", "president"),
    ("2012-05-01", "Farouk al-Sharaa met Russia in Moscow.", "Farouk al-Sharaa", "GOV", "vice president"),
    ("2025-02-05", "Tomas Varga met Russia in Budapest.", "Tomas Varga", "GOV", "interior minister"),
    ("2025-02-06", "Tomas Varga Jr. met Russia in Gyor.", "Tomas Varga Jr.", "BUS", "businessman"),
)
COUNTRIES = {"Tomas Varga": "HUN", "Tomas Varga Jr.": "HUN"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "a.db") as opened:
        for day, text, name, sector, role in REPORTS:
            d = document(text, published=day, publisher="Cedar Gate News")
            actor = party(name, country=COUNTRIES.get(name, "SYR"), sectors=(sector,), role=role)
            made = mention(d, "met", act="CONSULT", recipients=("Russia",))
            opened.store.put(run(), d, [msgspec.structs.replace(made, actors=(actor,))])
        yield opened


def days(ledger: Ledger, **asked: object) -> list[str]:
    documents = ledger.documents_of(found := ledger.mentions(**asked))
    return [documents[m.document_id].published or "" for m in found]


ASKED = [
    ("Jolani", ["2024-12-01", "2025-02-01", "2025-02-03"]),
    ("jolani", ["2024-12-01", "2025-02-01", "2025-02-03"]),
    ("Ahmed Sharaa", ["2024-12-01", "2025-02-01", "2025-02-03"]),
    ("Ahmad al-Shara", ["2024-12-01", "2025-02-01", "2025-02-03"]),
    ("Farouk al-Sharaa", ["2012-05-01"]),
    ("Sharaa", ["2012-05-01", "2025-02-01", "2025-02-03"]),  # two bear it: the word alone decides
    ("Tomas Varga", ["2025-02-05"]),
    ("Varga", ["2025-02-05", "2025-02-06"]),
    ("Tomas Varga Jr.", ["2025-02-06"]),
    ("Sharaab", []),
    ("...", []),
]


@pytest.mark.parametrize(("name", "found"), ASKED)
def test_a_name_finds_all_names_of_its_actor(ledger: Ledger, name: str, found: list[str]) -> None:
    assert days(ledger, party=name) == found
    assert days(ledger, between=(name, "RUS")) == found


def test_as_of_a_day_later_names_are_not_known(ledger: Ledger) -> None:
    assert days(ledger, actor="Ahmad Sharaa", as_of="2024") == ["2024-12-01"], "our lists know the name of war"
    assert [a.name for a in ledger.actors(as_of="2012")] == ["Farouk al-Sharaa", "Russia"]


def test_actors_count_the_mentions_asked_for(ledger: Ledger) -> None:
    whole = {a.name: a for a in ledger.actors()}
    assert [n.name for n in whole["Ahmad Sharaa"].names] == [
        "Abu Mohammad al-Jolani", "Ahmad Sharaa", "Ahmed al-Sharaa"
    ]  # fmt: skip
    (one, _) = sorted(ledger.actors(text="again"), key=lambda a: a.country != "SYR")
    assert (one.id, one.acts, one.documents) == (whole["Ahmad Sharaa"].id, 1, 1)
    assert len(one.names) == 3


def test_an_actor_opens_by_name_or_id(ledger: Ledger) -> None:
    opened = ledger.actor("Jolani")
    assert len(opened.events) == 3
    assert ledger.actor(opened.actor.id[:8]) == opened
    assert ledger.actor("Russia").actor.kind == ledger.actor("RUS").actor.kind == "state"
    with pytest.raises(StopRun, match="Farouk"):
        ledger.actor("Sharaa")
    with pytest.raises(StopRun, match="no party"):
        ledger.actor("Nobody Atall")


def test_a_brief_takes_two_names_of_one_actor_for_one(ledger: Ledger) -> None:
    with pytest.raises(StopRun, match="same party"):
        ledger.brief("Jolani", "Ahmed al-Sharaa")
    assert ledger.brief("Jolani", "Russia").reports == 3


# ---------------------------------------------------------------- people
@pytest.fixture
def invoke(ledger: Ledger) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(cli, [*words, "--store", ledger.store.name])


def test_people_join_and_part_names(ledger: Ledger) -> None:
    before = ledger.actors()
    (decided,) = review.on_actors(ledger.store, ("Tomas Varga", "Tomas Varga Jr."), "Ann", "one man", same=True)
    assert days(ledger, party="Tomas Varga") == ["2025-02-05", "2025-02-06"]
    assert decided.judgement.note == "Tomas Varga = Tomas Varga Jr.: one man"
    review.undo(ledger.store, decided.id)
    assert ledger.actors() == before
    review.on_actors(ledger.store, ("Ahmed al-Sharaa/SYR", "Ahmad Sharaa"), "Ann", "", same=False)
    names = [{n.name for n in a.names} for a in ledger.actors()]
    assert not any({"Ahmed al-Sharaa", "Ahmad Sharaa"} <= some for some in names)
    with pytest.raises(StopRun, match="written so"):
        review.on_actors(ledger.store, ("Ahmed al-Sharaa", "Nobody Atall"), "Ann", "", same=True)
    with pytest.raises(StopRun, match="one name"):
        review.on_actors(ledger.store, ("Tomas Varga", "Tomas Varga"), "Ann", "", same=True)


def test_actors_from_the_command_line(invoke: Callable[..., Result]) -> None:
    listed = json.loads(invoke("actors", "--json").stdout)
    assert {"id", "name", "names", "offices", "why", "unsettled"} <= set(listed[0])
    for form in ("table", "json", "md"):
        answer = invoke("actor", "Jolani", "--format", form).stdout
        assert "Ahmad Sharaa" in answer
        assert "vice president" not in answer
    assert "Cedar Gate News" in invoke("actor", "Jolani").stdout
    assert invoke("actor", "Sharaa").exit_code == 1
    assert invoke("review", "same-actor", "Tomas Varga", "Tomas Varga Jr.", "--by", "Ann").exit_code == 0
    assert invoke("review", "other-actor", "Tomas Varga", "Tomas Varga Jr.", "--by", "Ann").exit_code == 0
    assert len(json.loads(invoke("review", "list", "--json").stdout)) == 2


def test_a_side_is_the_name_itself_where_the_ledger_knows_nobody(ledger: Ledger) -> None:
    plain = sides(ledger.store, {})("Nobody Atall")
    assert (plain.actor, plain.literal, plain.spellings) == (None, True, frozenset())
