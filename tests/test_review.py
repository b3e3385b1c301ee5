"""What people decide: kept with name and time, holding through later reports and re-reading, undone by id."""

import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from builders import run
from dragoman.answer import event as opening
from dragoman.answer import review
from dragoman.cli.group import cli
from dragoman.errors import StopRun
from dragoman.resolve import keep
from dragoman.store import Store
from engines import Place
from test_resolve import filled, world


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with filled(place / "a.db", world()) as opened:
        yield opened


def sizes(store: Store) -> list[int]:
    return [len(e.mentions) for e in store.events()]


def test_merge_and_undo(store: Store) -> None:
    before = store.events()
    first, second, _ = before
    (decided,) = review.merge(store, [first.id, second.id[:8]], "Ann", "one convoy")
    assert sizes(store) == [4, 5]
    assert decided.judgement.by == "Ann"
    assert decided.judgement.note == "one convoy"
    review.undo(store, decided.id[:6])
    assert store.events() == before
    assert review.decisions(store)[0].judgement.withdrawn_at
    with pytest.raises(StopRun, match="was undone"):
        review.undo(store, decided.id)


def test_split_holds_when_more_is_read_and_read_again(place: Place) -> None:
    reports = world()
    with filled(place / "a.db", reports[:8]) as store:
        strike = store.events()[2]
        review.split(store, strike.id, [strike.mentions[-1]], "Ann", "another strike")
        assert sizes(store) == [2, 2, 3, 1]
        store.put(run(), *reports[8])
        d, found = reports[7]
        store.put(run(version="0.2.0"), d, found)
        keep.resolve(store.resolving)
        apart = store.event(strike.mentions[-1])
        assert strike.id not in apart.mentions


def test_a_field_set_stays_and_says_who(store: Store) -> None:
    strike = store.events()[2]
    review.put_right(store, strike.mentions[3], "killed", "17", "Ann")
    review.put_right(store, strike.id, "date", "2025-03-09", "Bo")
    changed = store.event(strike.id)
    assert [(c.of, c.low) for c in changed.counts] == [("killed", 17.0)]
    assert changed.when is not None
    assert changed.when.edtf == "2025-03-09"
    assert {field: rule.split(" on ")[0] for field, rule in changed.rules if "set by" in rule} == {
        "killed": "set by Ann",
        "date": "set by Bo",
    }
    with store.resolving() as shelf:
        keep.rebuild(shelf, changed.mentions)
    assert store.event(strike.id) == changed


def test_a_rejected_mention_is_in_no_event(store: Store) -> None:
    strike = store.events()[2]
    review.reject(store, strike.mentions[4], "Ann", "a film")
    assert sizes(store) == [2, 2, 4]
    with pytest.raises(StopRun, match="was rejected"):
        store.event(strike.mentions[4])
    review.undo(store, review.decisions(store)[0].id)
    assert sizes(store) == [2, 2, 5]


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (lambda s, e: review.merge(s, [e.id, e.mentions[1]], "Ann", ""), "one event already"),
        (lambda s, e: review.split(s, e.id, e.mentions, "Ann", ""), "some, not all"),
        (lambda s, e: review.put_right(s, e.id, "colour", "red", "Ann"), "no field"),
        (lambda s, e: review.put_right(s, e.id, "status", "done", "Ann"), "one of occurred"),
        (lambda s, e: review.put_right(s, e.id, "date", "5 March", "Ann"), "no EDTF date"),
        (lambda s, e: review.put_right(s, e.id, "killed", "many", "Ann"), "whole number"),
        (lambda s, e: review.reject(s, e.id, " ", ""), "name of a person"),
        (lambda s, e: review.reject(s, e.id, "rule", ""), "name of a person"),
        (lambda s, e: review.undo(s, "ffff"), "no decision"),
    ],
)
def test_what_can_not_be_decided(store: Store, decide: Callable[..., object], words: str) -> None:
    before = store.events()
    with pytest.raises(StopRun, match=words):
        decide(store, before[2])
    assert store.events() == before
    assert review.decisions(store) == []


def test_an_event_opens_with_origins_and_reasons(store: Store) -> None:
    strike = store.events()[2]
    answer = opening.opened(store, strike.mentions[3][:10])
    assert answer.event == strike
    assert len({x.origin for x in answer.told}) == strike.origins
    assert all(sum(i.weight for i in x.reasons) == pytest.approx(x.score, abs=1e-3) for x in answer.told)


# ---------------------------------------------------------------- the command line
@pytest.fixture
def invoke(store: Store) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(cli, [*words, "--store", store.name])


def test_review_from_the_command_line(invoke: Callable[..., Result], store: Store) -> None:
    first, second, strike = store.events()
    said = invoke("review", "merge", first.id[:10], second.id[:10], "--by", "Ann", "--reason", "one convoy")
    assert said.exit_code == 0, said.output
    listed = json.loads(invoke("review", "list", "--json").stdout)
    assert [d["judgement"]["note"] for d in listed] == ["one convoy"]
    assert invoke("review", "undo", listed[0]["id"]).exit_code == 0
    assert invoke("review", "reject", strike.id, "--by", "rule").exit_code == 1
    for form in ("table", "json", "md"):
        assert strike.id in invoke("event", strike.id[:10], "--format", form).stdout
    assert "Sarmada" in invoke("event", strike.id[:10]).stdout
    assert invoke("review", "queue").exit_code == 0
    before = store.events()
    assert invoke("resolve", "--anew").exit_code == 0
    assert store.events() == before
