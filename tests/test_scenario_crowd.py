"""The records that fill a large ledger: their shape, their offsets, the same for the same seed."""

from collections import Counter

import pytest

from crowd import Batch, batches


@pytest.fixture(scope="module")
def made() -> list[Batch]:
    return list(batches(3_000, seed=3, size=200))


def test_shape(made: list[Batch]) -> None:
    items = [item for b in made for item in b.items]
    mentions = [m for _, some in items for m in some]
    events = [e for b in made for _, e in b.events]
    assert 0.9 <= len(mentions) / 3_000 <= 1.1
    assert [d.published for d, _ in items] == sorted(d.published or "" for d, _ in items)
    assert (items[-1][0].published or "") >= "2024-12"
    assert 1.5 <= len(mentions) / len(events) <= 3
    assert 0.1 <= sum(len(b.copies) for b in made) / len(items) <= 0.3
    pairs = Counter(frozenset(p.country for p in (*e.actors, *e.recipients) if p.country) for e in events)
    assert len(pairs) > 200
    assert pairs.most_common(1)[0][1] > 20 * sorted(pairs.values())[len(pairs) // 2]


def test_every_mention_is_in_one_event_of_its_batch(made: list[Batch]) -> None:
    for b in made:
        told = Counter(m for _, e in b.events for m in e.mentions)
        assert told == Counter(m.id for _, some in b.items for m in some)
        assert set(told.values()) == {1}


def test_spans_fit(made: list[Batch]) -> None:
    for d, some in (item for b in made for item in b.items):
        for m in some:
            spans = [m.predicate, *m.actors, *m.recipients, *m.counts, *(x for x in (m.when, m.where, m.theme) if x)]
            for s in spans:
                assert d.text[s.start : s.end] == s.text
                assert m.sentence.start <= s.start < s.end <= m.sentence.end


def test_the_same_for_a_seed_and_not_for_another() -> None:
    one, two, other = (next(batches(300, seed=s)) for s in (1, 1, 2))
    assert one == two
    assert one != other
