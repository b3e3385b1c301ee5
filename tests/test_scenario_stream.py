"""The stream of records for measuring scale: its shape, its offsets, the same for the same seed."""

from collections import Counter
from itertools import islice

import pytest

from stream import Item, batches


@pytest.fixture(scope="module")
def first() -> list[Item]:
    return [item for batch in batches(3_000, seed=3, size=500) for item in batch]


def test_batches_are_full_and_in_order() -> None:
    sizes = [len(b) for b in batches(2_300, size=1_000)]
    assert sizes == [1_000, 1_000, 300]


def test_shape(first: list[Item]) -> None:
    mentions = [len(m) for _, m in first]
    assert 4.0 <= sum(mentions) / len(first) <= 6.0
    assert [d.published for d, _ in first] == sorted(d.published or "" for d, _ in first)
    assert (first[-1][0].published or "") >= "2024"
    texts = Counter(d.text for d, _ in first)
    assert 0.2 <= 1 - len(texts) / len(first) <= 0.4
    pairs = Counter((m[0].actors[0].country, m[0].recipients[0].country) for _, m in first)
    assert 60 <= len(pairs) <= 100
    assert pairs.most_common(1)[0][1] > 20 * min(pairs.values())


def test_ids_are_unique_and_spans_fit(first: list[Item]) -> None:
    ids = [d.id for d, _ in first] + [m.id for _, ms in first for m in ms]
    assert len(ids) == len(set(ids))
    for document, mentions in first:
        for m in mentions:
            spans = [m.predicate, *m.actors, *m.recipients, *m.counts, *(x for x in (m.when, m.where, m.theme) if x)]
            for s in spans:
                assert document.text[s.start : s.end] == s.text
                assert m.sentence.start <= s.start < s.end <= m.sentence.end
            assert m.document_id == document.id
            assert document.text[m.evidence[0].start : m.evidence[0].end] == m.evidence[0].quote


def test_the_same_for_a_seed_and_not_for_another() -> None:
    one, two, other = (next(islice(batches(100, seed=s, size=50), 1)) for s in (1, 1, 2))
    assert one == two
    assert one != other
