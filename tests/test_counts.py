"""Numbers tied to acts, in whole sentences and from one to the next; their faces, and the scorers that measure them."""

import json
from pathlib import Path

import pytest

import dragoman
from builders import document, mention
from dragoman.answer.explain import marks_of
from dragoman.answer.tables import mentions_table
from dragoman.answer.words import count_words
from dragoman.errors import StopRun
from dragoman.evaluate import muc4_counts
from dragoman.evaluate.counts import GoldCount, Sentence, count_scores, load, score
from dragoman.evaluate.muc4 import Tally
from dragoman.evaluate.muc4_counts import Victims, victims
from dragoman.records import Count, Reading
from dragoman.scheme import counts as words

Told = tuple[str, float | None, float | None, str | None, str]  # of, low, high, unit, words

CASES: list[tuple[str, list[Told]]] = [
    # persons, tied by syntax
    ("Israel killed 12 people and wounded 30 in a strike on Gaza.",
     [("killed", 12, 12, None, "12 people"), ("wounded", 30, 30, None, "30")]),
    ("Russia attacked Kharkiv on Monday, leaving 12 killed and 30 injured.",
     [("killed", 12, 12, None, "12"), ("wounded", 30, 30, None, "30")]),
    ("Turkey launched a strike, which left 19 dead.", [("killed", 19, 19, None, "19")]),
    ("Rebels attacked Fort Aden and inflicted two dead and three wounded, Yemen said.",
     [("killed", 2, 2, None, "two"), ("wounded", 3, 3, None, "three")]),
    ("Israeli strikes claimed the lives of 100 people.", [("killed", 100, 100, None, "100 people")]),
    ("Guerrillas attacked a patrol, killing a sergeant and two privates.",
     [("killed", 3, 3, None, "a sergeant and two privates")]),
    ("Three policemen and the mayor were killed in the attack by the Taliban.",
     [("killed", 4, 4, None, "Three policemen and the mayor")]),
    ("A roadside bomb killed a policeman and injured three others, two of them seriously.",
     [("killed", 1, 1, None, "a policeman"), ("wounded", 3, 3, None, "three others")]),
    ("Iran arrested 14 protesters on Friday.", [("detained", 14, 14, None, "14 protesters")]),
    ("Hamas abducted 250 people and killed 1,200 in an attack on Israel.",
     [("detained", 250, 250, None, "250 people"), ("killed", 1200, 1200, None, "1,200")]),
    ("Egypt freed 37 prisoners.", [("released", 37, 37, None, "37 prisoners")]),
    ("Russia and Ukraine exchanged 150 prisoners on Saturday.", [("released", 150, 150, None, "150 prisoners")]),
    ("The offensive by Syria displaced more than 800,000 people.",
     [("displaced", 800000, None, None, "more than 800,000 people")]),
    ("France sent 200 troops to Niger.", [("troops", 200, 200, None, "200 troops")]),
    ("Russia withdrew 500 of its 2,000 soldiers from Syria.", [("troops", 500, 500, None, "500")]),
    # bounds
    ("Israel killed at least a dozen fighters.", [("killed", 12, None, None, "at least a dozen fighters")]),
    ("Israel killed dozens in Gaza.", [("killed", 24, None, None, "dozens")]),
    ("Syria killed between 40 and 50 rebels.", [("killed", 40, 50, None, "between 40 and 50 rebels")]),
    ("Turkey killed more than 100 militants, nearly 100 of them in Iraq.",
     [("killed", 100, None, None, "more than 100 militants")]),
    ("Turkey killed nearly 100 militants.", [("killed", 100, 100, None, "nearly 100 militants")]),
    ("The raid by Israel killed up to 15 Palestinians, Hamas said.",
     [("killed", None, 15, None, "up to 15 Palestinians")]),
    ("Ethiopia killed fewer than 10 rebels.", [("killed", None, 10, None, "fewer than 10 rebels")]),
    # what is no count
    ("Israel killed nine people, including three children.", [("killed", 9, 9, None, "nine people")]),
    ("Israel killed a family of five in Gaza.", [("killed", 5, 5, None, "five")]),
    ("Israel killed two families in Gaza.", []),
    ("No one was killed when Russia attacked Odesa.", []),
    ("Rebels killed or captured 60 soldiers in Mali.", []),
    ("Two people were killed and several injured when rebels attacked a bus in Syria.",
     [("killed", 2, 2, None, "Two people")]),
    ("An earthquake killed 300 people in Iran.", []),
    ("Turkey hosted two Russian ministers.", []),
    # money
    ("The EU gave Ukraine $2.5 billion.", [("money", 2.5e9, 2.5e9, "USD", "$2.5 billion")]),
    ("The bank lent Egypt €500m.", [("money", 5e8, 5e8, "EUR", "€500m")]),
    ("Russia granted Syria a loan of 3.2bn rubles.", [("money", 3.2e9, 3.2e9, "RUB", "3.2bn rubles")]),
    ("The court fined Google about US$40 million.", [("money", 4e7, 4e7, "USD", "about US$40 million")]),
    ("Qatar agreed to lend up to $2 billion to Egypt.", [("money", None, 2e9, "USD", "up to $2 billion")]),
    ("Russia signed a multibillion-dollar contract with Iran.", [("money", None, None, "USD", "multibillion-dollar")]),
    ("Germany pledged €200 million to Ukraine, of which €50 million was for housing.",
     [("money", 2e8, 2e8, "EUR", "€200 million")]),
    ("Sweden gave Jordan 2 billion euros ($2.1 billion).", [("money", 2e9, 2e9, "EUR", "2 billion euros")]),
    ("Iraq gave Yemen 40 million dinars.", [("money", 4e7, 4e7, "IQD", "40 million dinars")]),
    ("Norland gave Yemen 40 million dinars.", [("money", 4e7, 4e7, None, "40 million dinars")]),
    # goods
    ("Russia delivered 50,000 tonnes of wheat to Syria.", [("goods", 50000, 50000, "tonne", "50,000 tonnes")]),
    ("Germany sent 30 Leopard tanks to Ukraine.", [("goods", 30, 30, "piece", "30 Leopard tanks")]),
    ("Iran delivered a million barrels of oil to Syria.",
     [("goods", 1e6, 1e6, "barrel", "a million barrels of oil")]),
    ("Russia delivered two shipments of banknotes to Syria.", [("goods", 2, 2, "shipment", "two shipments")]),
    ("India donated 500,000 doses of vaccine to Nepal.", [("goods", 500000, 500000, "dose", "500,000 doses")]),
    ("Police seized 12 tons of cocaine from the cartel.", [("goods", 12, 12, "tonne", "12 tons")]),
    # from sentence to sentence
    ("Russia bombed Kharkiv. At least 19 people died. Twelve others were hurt.",
     [("killed", 19, None, None, "At least 19 people"), ("wounded", 12, 12, None, "Twelve others")]),
    ("Russia bombed Kharkiv. The ministry put the toll at 19.", [("killed", 19, 19, None, "19")]),
    ("Russia bombed Kharkiv. Officials said the number of dead had risen to 19.", [("killed", 19, 19, None, "19")]),
    ("Russia bombed Kharkiv. The death toll rose from 12 to 19 on Tuesday.", [("killed", 19, 19, None, "19")]),
    ("Russia bombed Kharkiv. Some 60 civilians lost their lives.", [("killed", 60, 60, None, "Some 60 civilians")]),
    ("Russia bombed Kharkiv. Casualties rose to 60.", []),
    ("Russia bombed Kharkiv. An earthquake killed 300 people in Iran.", []),
    ("Russia plans to bomb Kharkiv. The toll rose to 19.", []),
]  # fmt: skip


def told(text: str) -> list[Told]:
    found = {c for m in dragoman.read(text, published="2025-03-10").mentions for c in m.counts}
    return [(c.of, c.low, c.high, c.unit, c.text) for c in sorted(found, key=lambda c: c.start)]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_counts(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "act", "of"),
    [
        ("Nigeria's army killed 5 militants, freed 20 hostages and seized 30 rifles.", "freed", "released"),
        ("Nigeria's army killed 5 militants, freed 20 hostages and seized 30 rifles.", "seized", "goods"),
        ("Russia bombed Kharkiv. Turkey met Iran. The toll rose to 19.", "bombed", "killed"),
    ],
)
def test_a_count_is_its_own_acts(text: str, act: str, of: str) -> None:
    held = [m.predicate.text for m in dragoman.read(text).mentions for c in m.counts if c.of == of]
    assert held == [act]


def test_a_text_in_capitals_keeps_its_words() -> None:
    text = "RUSSIA BOMBED THE PORT OF ODESA ON 3 MARCH. AT LEAST TWELVE PEOPLE WERE KILLED, POLICE SAID."
    found = [c for m in dragoman.read(text).mentions for c in m.counts]
    assert [c.text for c in found] == ["AT LEAST TWELVE PEOPLE"]
    assert all(text[c.start : c.end] == c.text for c in found)


# ---------------------------------------------------------------- faces
def count(of: str = "killed", low: float | None = 12, high: float | None = 12, unit: str | None = None) -> Count:
    return Count(of=of, low=low, high=high, unit=unit, text="delivered", start=7, end=16)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (count(), "killed 12"),
        (count(high=None), "killed 12 or more"),
        (count(low=None), "killed up to 12"),
        (count("goods", 40000.0, 50000.0, "tonne"), "goods 40,000 to 50,000 tonne"),
        (count("money", None, None, "USD"), "money USD"),
        (count("money", 2.5e9, 2.5e9, "USD"), "money 2,500,000,000 USD"),
    ],
)
def test_a_count_in_words(made: Count, said: str) -> None:
    assert count_words(made) == said


def test_counts_are_marked_and_have_a_column() -> None:
    reading = dragoman.read("Israel killed 12 people and wounded 30 in Gaza.")
    marks = [
        (k.text, k.value) for m in reading.mentions for k in marks_of(m, reading.document.text) if k.label == "count"
    ]
    assert marks == [("12 people", "killed 12"), ("30", "wounded 30")]
    table = mentions_table(reading.mentions, {reading.document.id: reading.document})
    column = table.columns.index("counts")
    assert [row[column] for row in table.rows] == [["killed 12"], ["wounded 30"]]


# ---------------------------------------------------------------- data
def test_every_trigger_is_of_a_known_kind() -> None:
    for (word, pos), found in words._triggers().items():
        assert word == word.lower()
        assert pos in ("verb", "noun", "adjective")
        assert len({(t.of, t.slot) for t in found}) == len(found)


def test_goods_have_units() -> None:
    assert words.goods_unit("measure", "kt") == ("tonne", 1000)
    assert words.goods_unit("count", "Consignment") == ("shipment", 1)
    assert words.goods_unit("measure", "km") is None


# ---------------------------------------------------------------- scorers
def gold(*, optional: bool = False) -> Sentence:
    wanted = GoldCount(of="killed", low=12, high=12, unit=None, start=7, end=9, optional=optional)
    return Sentence(file="a", id="1", start=0, end=40, counts=(wanted,))


@pytest.mark.parametrize(
    ("given", "optional", "tally"),
    [
        ([count()], False, Tally(right=1, given=1, wanted=1)),
        ([count(high=None)], False, Tally(right=0, given=1, wanted=1)),
        ([], False, Tally(right=0, given=0, wanted=1)),
        ([], True, Tally()),
        ([count()], True, Tally(right=1, given=1, wanted=1)),
    ],
)
def test_scores(given: list[Count], optional: bool, tally: Tally) -> None:  # noqa: FBT001
    found = score([(gold(optional=optional), given)])
    assert found["all"] == found["killed"] == tally


def test_the_gold_is_read_in_its_documents(tmp_path: Path) -> None:
    text = "Norland killed 12 people."
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "text": text, "date": "2025-01-02"}) + "\n")
    line = json.dumps({"file": "a", "id": "1", "start": 0, "end": 25, "counts": []})
    for part in ("seen", "guard"):
        (tmp_path / f"{part}.jsonl").write_text(line + "\n")
    seen: list[tuple[str, str | None]] = []

    def read(said: str, published: str | None) -> Reading:
        seen.append((said, published))
        of = document()
        return Reading(document=of, mentions=(mention(of, "delivered", counts=(count(),)),))

    scores = count_scores(tmp_path, tmp_path, read)
    assert seen == [(text, "2025-01-02")] * 2
    assert scores["counts.guard.killed.precision"] == 0
    assert scores["counts.guard.killed.recall"] == 0


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "seen.jsonl").write_text('{"file": "a"}\n')
    with pytest.raises(StopRun, match=r"seen\.jsonl:1"):
        load(tmp_path / "seen.jsonl")


SLOTS = {
    "hum_tgt.number": ['6: "PRIESTS" / "CLERGYMEN"', '2: "WOMEN"', '1: "JUAN PAZ"', 'PLURAL: "PEASANTS"'],
    "hum_tgt.effect_of_incident": ['DEATH: "PRIESTS"', 'DEATH: "WOMEN"', 'DEATH: "JUAN PAZ"', 'NO INJURY: "PEASANTS"'],
}


def test_victims_of_a_template() -> None:
    assert victims(SLOTS) == [
        Victims(words=("PRIESTS", "CLERGYMEN"), number=6, of="killed"),
        Victims(words=("WOMEN",), number=2, of="killed"),
    ]


@pytest.mark.parametrize(
    ("said", "number", "tally"),
    [
        ("six priests", 6, Tally(right=1, given=1, wanted=2)),
        ("six priests and two women", 8, Tally(right=2, given=2, wanted=2)),
        ("seven priests", 7, Tally(right=0, given=1, wanted=2)),
        ("seven soldiers", 7, Tally(right=0, given=0, wanted=2)),
    ],
)
def test_victims_are_compared(said: str, number: int, tally: Tally) -> None:
    given = Count(of="killed", low=number, high=number, unit=None, text=said, start=0, end=len(said))
    assert muc4_counts.tally([(victims(SLOTS), [given])])["killed"] == tally
