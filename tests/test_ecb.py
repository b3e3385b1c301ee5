"""Scoring against ECB+: what counts as gold, how mentions are compared and grouped, what meets what. Texts are our own."""

import json
from pathlib import Path

import msgspec
import pytest

from dragoman import app
from dragoman.errors import StopRun
from dragoman.evaluate.ecb import ecb_scores, meet, read_gold, same_lemma
from dragoman.evaluate.ecb_gold import GoldDocument, GoldMention, events, load, offsets
from dragoman.evaluate.ecb_pairs import Nearness, Rule, extended, features, load_weights, nearness, resolved
from dragoman.evaluate.ecb_triggers import Trigger, of_gold
from dragoman.records import Document, Reading

WEIGHTS = Path(__file__).parent.parent / "evals" / "ecb" / "weights.tsv"
RAID = "Police arrested a baker in Norwich on Monday .\nThe arrest followed a raid .\nPosted : 3 May 2020"
FIRE = "A fire burned the old mill in Bergen .\nFiremen put out the blaze ."


def row(name: str, topic: str, text: str, acts: dict[str, str | None], **other: object) -> dict[str, object]:
    """Return a line of the data; `acts`: word of the text → its event, None for one that stands alone."""
    lines = text.split("\n")
    starts = [sum(len(x) + 1 for x in lines[:n]) for n in range(len(lines))]
    mentions = []
    for n, (word, cluster) in enumerate(acts.items()):
        start = text.index(word)
        sent = max(i for i, s in enumerate(starts) if s <= start)
        spans = [{"start": start, "end": start + len(word), "text": word}]
        mentions.append({"m_id": str(n), "tag": "ACTION_OCCURRENCE", "sent": sent, "spans": spans, "cluster": cluster,
                         "validated": True} | other)  # fmt: skip
    sentences = [[n, s, s + len(x)] for n, (s, x) in enumerate(zip(starts, lines, strict=True))]
    return {"id": name, "topic": topic, "subtopic": f"{topic}ecb", "split": "dev", "text": text,
            "sentences": sentences, "mentions": mentions}  # fmt: skip


ROWS = [
    row("2_1ecb", "2", RAID, {"arrested": "A1", "arrest ": "A1", "raid": None}),
    row("5_1ecb", "5", FIRE, {"fire": "F1", "burned": None, "blaze": "F1"}),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ecbplus.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), "utf8")
    return path


# ---------------------------------------------------------------- gold
def test_events_hold_single_mentions_too(file: Path) -> None:
    assert events(load(file)) == [["2_1ecb:0", "2_1ecb:1"], ["2_1ecb:2"], ["5_1ecb:0", "5_1ecb:2"], ["5_1ecb:1"]]


@pytest.mark.parametrize(
    "other", [{"validated": False}, {"tag": "HUMAN_PART_PER"}], ids=["a sentence that was not checked", "a party"]
)
def test_what_does_not_count(file: Path, other: dict[str, object]) -> None:
    file.write_text(json.dumps(row("2_1ecb", "2", RAID, {"arrested": "A1"}, **other)), "utf8")
    assert load(file)[0].mentions == ()


def test_a_test_split_and_other_topics_are_never_read(file: Path) -> None:
    file.write_text("\n".join(json.dumps(r) for r in (ROWS[0] | {"split": "test"}, ROWS[1] | {"topic": "36"})), "utf8")
    assert load(file) == ()
    assert load(file, ("2",)) == ()


def test_sentences_are_found_again_where_a_line_was_cut(file: Path) -> None:
    gold = load(file)[0]
    cut = Reading(document=Document(id="x", text=RAID.split("\n")[1], text_hash=""), mentions=())
    assert offsets(gold, cut) == {1: -gold.sentences[1][0]}


# ---------------------------------------------------------------- pairs
UNREAD = Reading(document=Document(id="", text="", text_hash=""), mentions=())
FACET = next(
    iter(
        of_gold(
            GoldDocument(
                id="d", topic="2", subtopic="2ecb", text="It fell .", sentences=((0, 9),),
                mentions=(GoldMention(id="d:0", start=3, end=7, sentence=0, cluster="d:0"),),
            ),
            UNREAD,
        ).values()
    )
).facet  # fmt: skip


def trigger(lemma: str, *fillers: str, document: str = "d", words: tuple[str, ...] = ()) -> Trigger:
    told = msgspec.structs.replace(FACET, id=f"{document}:{lemma}", document=document, words=words)
    return Trigger(facet=told, lemma=lemma, fillers=fillers)


NEAR = Nearness(story={"d": "d", "e": "d", "f": "f", "g": "g"}, odds={("d", "f"): -2.0, ("d", "g"): -9.0})
FEATURES = [
    # one, other, feature, value
    (trigger("burn"), trigger("burn"), "word", "same"),
    (trigger("say"), trigger("say"), "word", "empty"),
    (trigger("arrest"), trigger("arrested"), "word", "like"),
    (trigger("arrest"), trigger("detain"), "word", "frame"),
    (trigger("burn"), trigger("sing"), "word", "other"),
    (trigger("burn", "mill"), trigger("blaze", "mill", "bergen"), "fillers", "shared"),
    (trigger("burn", "mill"), trigger("burn", "barn"), "fillers", "other"),
    (trigger("burn", "mill"), trigger("burn"), "fillers", "none"),
    (trigger("burn"), trigger("burn", document="e"), "word and report", "same, story"),
    (trigger("burn"), trigger("burn", document="f"), "word and report", "same, near"),
    (trigger("burn"), trigger("burn", document="g"), "word and report", "same, apart"),
    (trigger("burn"), trigger("sing", words=("burn", "sing")), "told beside", "one"),
    (trigger("burn"), trigger("sing", words=("sing",)), "told beside", "neither"),
]


@pytest.mark.parametrize(("one", "other", "feature", "value"), FEATURES)
def test_features(one: Trigger, other: Trigger, feature: str, value: str) -> None:
    for a, b in ((one, other), (other, one)):
        assert dict(features(a, b, NEAR))[feature] == value


def test_the_weights_have_all_that_is_looked_at_and_like_what_is_alike() -> None:
    rule = extended(load_weights(WEIGHTS), NEAR)
    here, same, unlike, far = (
        trigger("burn", "mill"),
        trigger("burn", "mill", document="e"),
        trigger("sing", "choir", document="e"),
        trigger("burn", "barn", document="g"),
    )
    assert rule.score(here, same) > 0 > max(rule.score(here, unlike), rule.score(here, far))


def test_a_faulty_table_stops_the_run(tmp_path: Path) -> None:
    bad = tmp_path / "weights.tsv"
    bad.write_text("feature\tvalue\tweight\nword\tsame\tmuch\n", "utf8")
    with pytest.raises(StopRun):
        load_weights(bad)


def test_events_stay_within_a_topic() -> None:
    one, two, three = trigger("burn"), trigger("burn", document="e"), trigger("burn", document="f")
    rule = Rule(meet=lambda _a, _b: True, score=lambda _a, _b: 1.0, parts=False)
    found = resolved({"1": one, "2": two, "3": three}, rule, {"d": "2", "e": "2", "f": "5"})
    assert found == [["1", "2"], ["3"]]
    assert same_lemma({"1": one, "2": two, "3": three}, {"d": "2", "e": "2", "f": "5"}) == found


def test_each_topic_has_its_own_stories(file: Path) -> None:
    near = nearness(load(file))
    assert near.where("2_1ecb", "2_1ecb") == "same"
    assert near.where("2_1ecb", "5_1ecb") == "apart"


# ---------------------------------------------------------------- from the text
def read(text: str, published: str | None) -> Reading:
    return app.read(text, published=published)


def test_a_trigger_has_the_words_around_the_act(file: Path) -> None:
    gold = load(file)[0]
    found = of_gold(gold, read_gold(gold, read))
    assert [t.lemma for t in found.values()] == ["arrest", "arrest", "raid"]
    assert {"baker", "police"} <= set(found["2_1ecb:0"].fillers)
    assert found["2_1ecb:0"].facet.document == "2_1ecb"


def test_our_mention_meets_the_gold_at_its_word(file: Path) -> None:
    gold = load(file)[0]
    reading = read_gold(gold, read)
    met = meet(gold, reading, [m.id for m in reading.mentions])
    said = {m.id: m.predicate.text for m in reading.mentions}
    assert {(said[ours], theirs) for ours, theirs in met.items()} >= {("arrested", "2_1ecb:0")}
    assert len(set(met.values())) == len(met)


def test_every_rule_is_scored(file: Path) -> None:
    found = ecb_scores(WEIGHTS.parent, file, read)
    assert {
        "ecb.extended.conll",
        "ecb.ledger.conll",
        "ecb.same_lemma_report.conll",
        "ecb.own_extended_met.conll",
    } <= set(found)
    assert all(0 <= v <= 1 for v in found.values())
    assert found["ecb.same_lemma_topic.b_cubed_recall"] == pytest.approx((1 + 1 + 1 + 1 + 0.5 + 0.5) / 6)
