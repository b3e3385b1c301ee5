"""The encoder: types, the class for nothing, determinism, and the refusal of damaged files."""

from pathlib import Path

import pytest

from dragoman.code import encoder
from dragoman.code.classify import code_pair, probabilities
from dragoman.code.encoder import PairInput, read_sentence
from dragoman.errors import StopRun
from dragoman.scheme import models

TYPES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
CASES: list[tuple[str, str, str | None, str]] = [
    ("Rebels of the northern front shelled the town of Marib.", "Rebels", "Marib", "ASSAULT"),
    (
        "The prime minister of Peru met the president of Chile in Lima.",
        "The prime minister of Peru",
        "Chile",
        "CONSULT",
    ),
    ("Kenya condemned the decision of Somalia.", "Kenya", "Somalia", "ACCUSE"),
    ("Police in Lima arrested a reporter.", "Police", "a reporter", "COERCE"),
    ("Japan refused to meet the envoy of Peru.", "Japan", "Peru", "REJECT"),
    ("Denmark pledged to cooperate with Sudan on fisheries.", "Denmark", "Sudan", "AGREE"),
    ("Chad freed forty prisoners from Libya.", "Chad", "Libya", "RETREAT"),
    ("Chad eased its travel ban on citizens of Libya.", "Chad", "Libya", "CONCEDE"),
]


def pair(sentence: str, source: str, target: str | None) -> PairInput:
    spans = [(sentence.index(w), sentence.index(w) + len(w)) for w in (source, target) if w]
    return PairInput(sentence=sentence, source=spans[0], target=spans[1] if target else None)


def named(sentence: str, source: str, target: str | None) -> str | None:
    p = pair(sentence, source, target)
    return code_pair(p.sentence, p.source, p.target).type


@pytest.mark.parametrize(("sentence", "source", "target", "expected"), CASES)
def test_types(sentence: str, source: str, target: str | None, expected: str) -> None:
    assert named(sentence, source, target) == expected


def test_two_names_are_not_an_event() -> None:
    assert named("Peru has a long border with Chile and lies near Ecuador.", "Peru", "Chile") is None


def test_probabilities_name_every_type_and_none_highest_first() -> None:
    shares = probabilities([pair(*CASES[0][:3])])[0]
    assert set(shares) == TYPES | {"none"}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


def test_an_answer_does_not_depend_on_the_other_pairs() -> None:
    items = [pair(*c[:3]) for c in CASES]
    together = probabilities(items)
    assert together == [probabilities([i])[0] for i in items]
    assert together == probabilities(items)


def test_no_target_long_sentences_and_overlapping_parties() -> None:
    long = "Kenya condemned the decision of Somalia " + "and then it rained again " * 60 + "over Mombasa."
    items = [pair(long, "Kenya", "Somalia"), pair(long, "Kenya", None), pair(long, "Mombasa", "Kenya")]
    assert all(len(encoder.mark(i, encoder.vocabulary())[0]) <= encoder.LONGEST for i in items)
    overlap = PairInput(sentence="The army of Chad rests.", source=(0, 16), target=(12, 16))
    assert len(probabilities([*items, overlap])) == 4


def test_a_word_is_read_where_it_stands_and_not_beyond_reach() -> None:
    sentence = "Rebels of the northern front shelled the town of Marib."
    read = read_sentence(sentence, [sentence.index(w) for w in ("Rebels", "shelled", "Marib")])
    word = read.word(sentence.index("shelled"))
    assert word is not None
    assert max(word.types, key=word.types.__getitem__) == "ASSAULT"
    assert sum(word.types.values()) == pytest.approx(1, abs=1e-4)
    assert read.word(3) is None
    far = "It rained again. " * 80 + "Rebels shelled Marib."
    assert read_sentence(far, [far.index("shelled")]).word(far.index("shelled")) is None


def test_who_acts_on_whom_is_told_by_the_words_not_by_their_order() -> None:
    for sentence in ("Rebels shelled Marib.", "Marib was shelled by Rebels."):
        at = {w: sentence.index(w) for w in ("Rebels", "shelled", "Marib")}
        read = read_sentence(sentence, list(at.values()))
        shares = [read.role(at["shelled"], at[party]) for party in ("Rebels", "Marib")]
        assert [max(x, key=x.__getitem__) for x in shares] == ["actor", "recipient"]


def test_nothing_asked_nothing_answered() -> None:
    assert probabilities([]) == []


def test_a_damaged_file_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "acts"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"sha256": {"labels.json": "00", "gone.txt": "00"}}', "utf8")
    (folder / "labels.json").write_text("{}", "utf8")
    monkeypatch.setattr(models, "_models", lambda: tmp_path)
    models._manifest.cache_clear()
    try:
        for name, said in (("labels.json", "damaged"), ("gone.txt", "missing"), ("other", "does not name")):
            with pytest.raises(StopRun, match=said):
                models.model_bytes("acts", name)
    finally:
        models._manifest.cache_clear()


def test_every_model_folder_has_a_hash() -> None:
    assert {"acts", "attribution"} <= set(models.model_hashes())
