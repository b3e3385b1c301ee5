"""Stories: which articles tell one, whatever their order and number, and which are related and why."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.errors import SkipItem
from dragoman.records import Document
from dragoman.resolve.stories import groups_of, related, stories
from dragoman.resolve.stories_pairs import compare_all
from dragoman.resolve.stories_words import Article, count_words, stem
from dragoman.text import digest

# Three stories and their look-alikes: two ships aground, two strikes of teachers.
SHIP = [
    Article(
        title="Freighter runs aground off Norhavn",
        text="The freighter Halvard ran aground off Norhavn in thick fog on Friday with 19 sailors aboard. Tugs from Norhavn are to pull the Halvard free at high tide.",
        published="2026-03-06",
    ),
    Article(
        title="Fog blamed after Halvard strands",
        text="Fog off Norhavn drove the freighter Halvard onto the rocks, pilots said on Saturday. All 19 sailors stayed aboard while tugs waited for the tide.",
        published="2026-03-07",
    ),
    Article(
        title="",
        text="Tugs freed the stranded Halvard on Sunday. The freighter had lain on the rocks off Norhavn since Friday; its 19 sailors are well.",
        published="2026-03-08",
    ),
]
OTHER_SHIP = [
    Article(
        title="Tanker strands at Quillport",
        text="The tanker Mirabel struck a sandbank at Quillport in strong wind on Friday with 24 sailors aboard. A salvage firm from Quillport is to pump out its oil.",
        published="2026-03-06",
    ),
    Article(
        title="Oil pumped from stranded Mirabel",
        text="A salvage firm began to pump oil from the tanker Mirabel, which lies on a sandbank at Quillport with 24 sailors aboard.",
        published="2026-03-08",
    ),
]
STRIKE = [
    Article(
        title="Teachers in Ostmark walk out over pay",
        text="Teachers in Ostmark walked out on Monday after the ministry refused a rise of 7 percent. Their union, led by Greta Lindqvist, closed 400 schools.",
        published="2026-03-09",
    ),
    Article(
        title="Schools shut as Lindqvist calls strike",
        text="Some 400 schools in Ostmark stayed shut as teachers followed the call of Greta Lindqvist to strike for a rise of 7 percent.",
        published="2026-03-09",
    ),
]
OTHER_STRIKE = [
    Article(
        title="Sundal teachers strike again",
        text="Teachers in Sundal struck for the third time this year because classes have grown to 38 pupils. The mayor, Henrik Aas, asked for patience.",
        published="2026-03-10",
    ),
]
ALL = [*SHIP, *OTHER_SHIP, *STRIKE, *OTHER_STRIKE]
GOLD = [[0, 1, 2], [3, 4], [5, 6], [7]]


def texts(articles: list[Article], groups: list[list[int]]) -> list[list[str]]:
    return sorted(sorted(articles[i].text for i in group) for group in groups)


# ---------------------------------------------------------------- what is one story
def test_look_alikes_are_kept_apart() -> None:
    assert stories(ALL) == GOLD


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (SHIP[0], SHIP[1], True),
        (STRIKE[0], STRIKE[1], True),
        (OTHER_SHIP[0], OTHER_SHIP[1], True),
        (SHIP[0], OTHER_SHIP[0], False),
        (STRIKE[0], OTHER_STRIKE[0], False),
        (SHIP[0], STRIKE[0], False),
    ],
)
def test_two_articles_alone(a: Article, b: Article, *, one: bool) -> None:
    assert (len(stories([a, b])) == 1) is one


def test_a_story_with_many_tellings_is_not_its_own_crowd() -> None:
    dice = random.Random(5)
    tellings = [
        Article(text=" ".join(w for w in SHIP[0].text.split() if dice.random() > 0.25), published="2026-03-07")
        for _ in range(40)
    ]
    groups = stories([*tellings, *OTHER_SHIP, *STRIKE])
    assert groups[0] == [*range(40)]
    assert len(groups) == 3


def test_days_part_what_words_do_not() -> None:
    def score(day: str) -> float:
        later = Article(text=OTHER_STRIKE[0].text, title=OTHER_STRIKE[0].title, published=day)
        return float(compare_all([STRIKE[1], later]).score[0])

    assert score("2026-03-10") > score("2026-06-07") > score("2027-03-07")


# ---------------------------------------------------------------- whatever is given
article = st.builds(
    Article,
    text=st.one_of(st.text(max_size=30), st.sampled_from([a.text for a in ALL])),
    title=st.one_of(st.just(""), st.sampled_from([a.title for a in ALL])),
    published=st.sampled_from([None, "2026-03-06", "2026-03-06T10:00:00Z", "2026-03-09"]),
)


@given(st.lists(article, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_every_article_once_and_order_plays_no_part(articles: list[Article], dice: random.Random) -> None:
    groups = stories(articles)
    assert sorted(i for g in groups for i in g) == [*range(len(articles))]
    assert groups == sorted(sorted(g) for g in groups)
    assert stories(articles) == groups
    shuffled = [*articles]
    dice.shuffle(shuffled)
    assert texts(shuffled, stories(shuffled)) == texts(articles, groups)


@given(st.lists(article, min_size=2, max_size=10))
@settings(max_examples=40, deadline=None)
def test_a_higher_bar_never_makes_more_of_fewer(articles: list[Article]) -> None:
    pairs = compare_all(articles)
    counts = [len(groups_of(len(articles), pairs, bar)) for bar in (-6.0, -3.0, 0.0, 3.0, 9.0)]
    assert counts == sorted(counts)
    assert counts[-1] == len(articles)


def test_the_public_function_takes_what_is_there() -> None:
    rows: list[dict[str, Any]] = [a.to_dict() for a in ALL]
    assert dragoman.stories(rows) == GOLD
    assert dragoman.stories([]) == []
    assert dragoman.stories([{}, {"text": None}, {"title": "", "text": "", "published": None}]) == [[0], [1], [2]]
    rows[0]["published"] = "some day in spring"
    assert dragoman.stories(rows) == GOLD


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (["a text"], "article 0: wants a mapping with title, text and published, not str"),
        ([{"text": "a"}, {"text": 5}], "article 1: wants text as str, not int"),
        ([{"title": ["a"]}], "article 0: wants title as str, not list"),
        ([{"published": 20260306}], "article 0: wants published as str or date, not int"),
    ],
)
def test_what_is_no_article_is_named(given_: list[Any], told: str) -> None:
    with pytest.raises(SkipItem, match=told):
        dragoman.stories(given_)


# ---------------------------------------------------------------- related documents
def test_related_documents_with_score_and_reason() -> None:
    documents = [
        Document(id=f"d{i}", text=a.text, text_hash=digest(a.text), title=a.title, published=a.published)
        for i, a in enumerate(ALL)
    ]
    found = related(documents)
    assert found == related(reversed(documents))
    assert sorted(found) == [f"d{i}" for i in range(len(ALL))]
    assert {r.document for r in found["d0"] if r.score >= 0.5} == {"d1", "d2"}
    first = next(r for r in found["d0"] if r.document == "d1")
    assert "Halvard" in first.reason
    assert first.reason.endswith("1 day apart")
    assert all(
        r.score == next(x.score for x in found[r.document] if x.document == d) for d, rs in found.items() for r in rs
    )


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("word", "cut"),
    [("Ships", "ship"), ("walked", "walk"), ("bus", "bus"), ("Halvard’s", "halvard"), ("1,200", "1,200")],
)
def test_stems(word: str, cut: str) -> None:
    assert stem(word) == cut


def test_names_are_capitals_that_never_stand_small() -> None:
    counted = count_words(
        Article(text="Tugs pulled the Halvard. The tugs came from Norhavn. Ålesund sent 2."), frozenset()
    )
    assert set(counted.names) == {"halvard", "norhavn", "ålesund"}
    assert dict(counted.numbers) == {"2": 1}
