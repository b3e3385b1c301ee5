"""WordPiece against ids frozen from the reference tokenizer."""

import pytest

from dragoman.code.wordpiece import encode, pieces, read_vocabulary, words
from dragoman.scheme.models import model_bytes

VOCABULARY = read_vocabulary(model_bytes("acts", "vocab.txt").decode("utf8").splitlines())

FROZEN: list[tuple[str, list[int]]] = [
    ("Moscow refused to extradite him.", [4924, 4188, 2000, 4469, 23194, 2063, 2032, 1012]),
    (
        "Recep Tayyip Erdoğan met Zelenskyy in Kyiv’s old town.",
        [
            28667,
            13699,
            28117,
            10139,
            2361,
            9413,
            16168,
            2319,
            2777,
            27838,
            7770,
            5874,
            2100,
            1999,
            25669,
            1521,
            1055,
            2214,
            2237,
            1012,
        ],
    ),
    (
        "The U.S.-led coalition's F-16s",
        [1996, 1057, 1012, 1055, 1012, 1011, 2419, 6056, 1005, 1055, 1042, 1011, 2385, 2015],
    ),
    ("São Tomé and Príncipe", [7509, 21269, 1998, 26927, 12273, 15457]),
    ("習近平 visited 東京", [100, 100, 1839, 4716, 1879, 1755]),
    ("Hay'at Tahrir al-Sham", [10974, 1005, 2012, 11937, 26378, 2099, 2632, 1011, 25850]),
    ("€2.5bn—paid on 3/4", [1574, 2475, 1012, 1019, 24700, 1517, 3825, 2006, 1017, 1013, 1018]),
    ("zero\u200bwidth space\ttab", [5717, 9148, 11927, 2232, 2686, 21628]),
    ("Ünïcödé ﬁne print", [27260, 1984, 2638, 6140]),
    ("naïve 😀 emoji", [15743, 100, 7861, 29147, 2072]),
    ("Путин приехал", [1194, 29748, 22919, 10325, 18947, 1194, 16856, 10325, 15290, 29750, 10260, 29436]),
    ('don\'t `quote` "me"', [2123, 1005, 1056, 1036, 14686, 1036, 1000, 2033, 1000]),
    ("Qatar's Al-Thani: «non»", [12577, 1005, 1055, 2632, 1011, 2084, 2072, 1024, 1077, 2512, 1090]),
    ("İstanbul", [9960]),
]


@pytest.mark.parametrize(("text", "ids"), FROZEN)
def test_ids_are_those_of_the_reference(text: str, ids: list[int]) -> None:
    assert encode(text, VOCABULARY) == ids


def test_vocabulary_is_bert_uncased() -> None:
    assert len(VOCABULARY) == 30522
    assert (VOCABULARY["[PAD]"], VOCABULARY["[UNK]"], VOCABULARY["[CLS]"], VOCABULARY["[SEP]"]) == (0, 100, 101, 102)


def test_words_split_marks_and_drop_accents() -> None:
    assert words("Erdoğan’s “U.S.” visit—today") == [
        "erdogan",
        "’",
        "s",
        "“",
        "u",
        ".",
        "s",
        ".",
        "”",
        "visit",
        "—",
        "today",
    ]


def test_a_word_that_is_too_long_is_unknown() -> None:
    assert pieces("a" * 101, VOCABULARY) == [VOCABULARY["[UNK]"]]


def test_no_text_no_ids() -> None:
    assert encode(" \n\t", VOCABULARY) == []
