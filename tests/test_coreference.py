"""Scores of coreference against cases worked by hand, among them those of the papers that proposed the measures."""

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.evaluate.coreference import Clusters, Measure, b_cubed, ceaf_e, conll, muc


def of(*clusters: str) -> list[str]:
    """A letter is a mention, a word a cluster."""
    return list(clusters)


BAGGA = of("12345", "67", "89ABC")  # Bagga and Baldwin 1998, figures 1 to 3
LUO = of("12345", "67", "89ABC")  # Luo 2005, table 1: the same key
PRADHAN = of("abc", "defg")  # Pradhan et al. 2014, figure 1: the key; the response has two mentions of its own
PRADHAN_GIVEN = of("ab", "cd", "fghi")

CASES = [
    # measure, gold, given, precision, recall
    (muc, BAGGA, of("12345", "6789ABC"), 9 / 10, 9 / 9),  # "response 1"
    (muc, BAGGA, of("1234589ABC", "67"), 9 / 10, 9 / 9),  # "response 2": MUC can't tell them apart …
    (b_cubed, BAGGA, of("12345", "6789ABC"), 0.762, 1.0),  # … B-cubed does
    (b_cubed, BAGGA, of("1234589ABC", "67"), 0.583, 1.0),
    (ceaf_e, LUO, of("12345", "6789ABC"), 0.917, 0.611),
    (ceaf_e, LUO, of("1234589ABC", "67"), 0.833, 0.556),
    (ceaf_e, LUO, of("123456789ABC"), 0.588, 0.196),
    (muc, LUO, of(*"123456789ABC"), 0.0, 0.0),
    (muc, PRADHAN, PRADHAN_GIVEN, 0.40, 0.40),
    (b_cubed, PRADHAN, PRADHAN_GIVEN, 0.50, 0.417),
    (ceaf_e, PRADHAN, PRADHAN_GIVEN, 0.433, 0.65),
    (muc, of("a", "b"), of("a", "b"), 0.0, 0.0),  # singletons have no links
    (b_cubed, of("a", "b"), of("a", "b"), 1.0, 1.0),
    (ceaf_e, of("ab"), of("cd"), 0.0, 0.0),
    (b_cubed, of(), of(), 0.0, 0.0),
]


@pytest.mark.parametrize(("measure", "gold", "said", "precision", "recall"), CASES)
def test_known_cases(
    measure: Callable[[Clusters, Clusters], Measure], gold: Clusters, said: Clusters, precision: float, recall: float
) -> None:
    got = measure(gold, said)
    assert (got.precision, got.recall) == pytest.approx((precision, recall), abs=0.0006)


def test_the_mean_of_three() -> None:
    # F1 of the figure's three measures: 0.40, 0.4545, 0.52
    assert conll(PRADHAN, PRADHAN_GIVEN) == pytest.approx((0.40 + 0.4545 + 0.52) / 3, abs=0.0005)


labels = st.lists(st.integers(0, 4), min_size=1, max_size=9)


def partition(labels: list[int]) -> list[list[int]]:
    return [[m for m, x in enumerate(labels) if x == label] for label in sorted(set(labels))]


@given(labels, labels)
@settings(max_examples=60, deadline=None)
def test_the_alignment_is_the_best(one: list[int], other: list[int]) -> None:
    gold, said = partition(one), partition(other)
    few, many = sorted((gold, said), key=len)
    best = max(
        sum(2 * len({*a} & {*b}) / (len(a) + len(b)) for a, b in zip(few, chosen, strict=True))
        for chosen in permutations(many, len(few))
    )
    assert ceaf_e(gold, said).recall * len(gold) == pytest.approx(best)


@given(labels, labels)
@settings(max_examples=60, deadline=None)
def test_sides_change_places(one: list[int], other: list[int]) -> None:
    gold, said = partition(one), partition(other)
    for measure in (muc, b_cubed, ceaf_e):
        there, back = measure(gold, said), measure(said, gold)
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
        assert 0 <= there.f1 <= 1


@given(labels.filter(lambda x: len(set(x)) < len(x)))
def test_the_gold_itself_is_right(one: list[int]) -> None:
    assert conll(partition(one), partition(one)) == pytest.approx(1)
