"""The corpus of the project: every line follows the format, and it is as wide as corpus/README.md says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from dragoman.errors import StopRun
from dragoman.evaluate.corpus import find, is_dev, part, read_corpus

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = sorted(CORPUS.rglob("*.txt"))
ROWS = [s for p in FILES for s in read_corpus(p) if s.text]
ACTS = [a for s in ROWS for a in s.acts if a.type != "NONE"]
RARE = ("COOPERATE", "MOBILIZE", "THREATEN", "PROTEST", "CONCEDE", "RETREAT")


def test_it_is_as_large_as_it_says() -> None:
    assert len(ROWS) >= 3000
    assert len({s.report for s in ROWS if s.report}) >= 100


def test_rare_types_are_there_and_nothing_is_told_in_many_sentences() -> None:
    counts = Counter(a.type for a in ACTS)
    assert all(counts[t] >= 0.04 * len(ACTS) for t in RARE), counts
    assert sum(all(a.type == "NONE" for a in s.acts) for s in ROWS) >= 0.15 * len(ROWS)


def test_targets_stand_first_and_acts_have_not_happened_often_enough() -> None:
    both = [(a.actors[0], a.recipients[0]) for a in ACTS if a.actors and a.recipients]
    named = [(x[0], y[0]) for x, y in both if not isinstance(x, str) and not isinstance(y, str)]
    assert sum(y < x for x, y in named) >= 0.2 * len(named)
    assert sum(a.status != "occurred" for a in ACTS) >= 0.3 * len(ACTS)


def test_no_five_words_stand_in_more_than_one_sentence_of_a_hundred() -> None:
    seen: Counter[tuple[str, ...]] = Counter()
    for s in ROWS:
        words = re.findall(r"\w+", s.text.lower())
        seen.update({tuple(words[i : i + 5]) for i in range(len(words) - 4)})
    assert seen.most_common(1)[0][1] <= len(ROWS) / 100
    assert len({s.text for s in ROWS}) == len(ROWS)


def test_a_third_is_kept_from_all_models() -> None:
    held = len(part(CORPUS, dev=True))
    assert 0.2 <= held / len(ROWS) <= 0.4
    assert {p.stem for p in FILES if is_dev(p)} >= {"a03", "a06", "e03"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("E delivered | AID | Chad > Peru", "status wanted"),
        ("E delivered | AIDS | Chad > | occurred", "TYPE wanted"),
        ("E shipped | AID | Chad > | occurred", "is not in the sentence"),
        ("E delivered | AID | Chad > | occured", "is no status"),
        ("A Chad | said", "3 fields wanted"),
        ("X Chad", "begins with"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "x01.txt"
    file.write_text(f"S Chad delivered tents to Peru.\n{line}\n", "utf8")
    with pytest.raises(StopRun, match=said) as fault:
        list(read_corpus(file))
    assert "x01.txt:2" in str(fault.value)


def test_words_that_stand_twice_are_told_apart() -> None:
    assert find("a ban on a ban", "ban#2", "here") == (11, 14)
    with pytest.raises(StopRun, match="3 times"):
        find("a ban on a ban", "ban#3", "here")
