"""Dyads: what stands on which day, each event once, plans apart; trend and breaks; what changed; figures that open."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, text

from builders import document, mention, party, run
from dragoman.answer import dyads_trend, tables
from dragoman.answer.dyads import between
from dragoman.answer.dyads_series import Point, points, series
from dragoman.answer.dyads_tables import ROWS, chart, series_table
from dragoman.answer.ledger import Ledger
from dragoman.answer.parties import side
from dragoman.cli import cli
from dragoman.errors import StopRun
from dragoman.records import Event, EventMention, When
from dragoman.resolve import keep
from dragoman.store import Store, open_store
from dragoman.store import tables as t
from dragoman.store.dyads import DyadDay, dyad_days, party_key
from dragoman.store.events import events_of
from engines import Place
from test_resolve import filled, world

TOWNS = ("Homs", "Hama", "Aleppo", "Idlib", "Raqqa", "Palmyra", "Latakia", "Daraa")


def event(**changed: object) -> Event:
    """Return an event of one report on 7 March 2025."""
    d = document("Russia and Syria and Turkey met and agreed, delivered and fought.")
    names = {k: changed.pop(k) for k in ("actors", "recipients") if k in changed}
    made = mention(d, "met", **names)  # type: ignore[arg-type]
    (found,) = events_of([made], {d.id: d})
    return msgspec.structs.replace(found, **changed)


def when(edtf: str) -> When:
    return When(edtf=edtf, text=edtf, start=0, end=1, basis="absolute")


# ---------------------------------------------------------------- the rows of an event
@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        (("Russia",), ("Syria",), ["RUS>SYR"]),
        (("Russia", "Syria"), (), ["RUS>SYR", "SYR>RUS"]),
        (("Russia", "Turkey"), ("Syria",), ["RUS>SYR", "TUR>SYR"]),
        (("Vladimir Putin", "Russia"), ("Syria",), ["RUS>SYR"]),
        (("Russia",), (), []),
        (("Russia",), ("Vladimir Putin",), []),
        (("Wagner",), ("Syria",), ["wagner>SYR"]),
        (("12 people",), ("Syria",), []),
    ],
)
def test_who_to_whom(actors: Sequence[str], recipients: Sequence[str], expected: list[str]) -> None:
    found = dyad_days(event(actors=actors, recipients=recipients))
    assert [f"{r.source}>{r.target}" for r in found] == expected


@pytest.mark.parametrize(("country", "key"), [("RUS", "RUS"), (None, "wagner group"), ("IMG", "wagner group")])
def test_a_party_goes_by_its_state_or_its_name(country: str | None, key: str) -> None:
    assert party_key(party("Wagner Group", country=country)) == key


@pytest.mark.parametrize(
    ("edtf", "day", "dated"),
    [
        ("2025-03-05", "2025-03-05", True),
        ("2025-03", "2025-03-01", True),
        ("2024-07-29/2024-08-04", "2024-07-29", True),
        (None, "2025-03-07", False),
        ("2025", "2025-03-07", False),
        ("2015/..", "2025-03-07", False),
        ("2019", None, False),
        ("../2023", None, False),
        ("2026", None, False),
    ],
)
def test_the_day_is_the_events_own_or_that_of_its_telling_unless_its_time_rules_it_out(
    edtf: str | None,
    day: str | None,
    dated: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    (row,) = dyad_days(event(recipients=("Syria",), when=when(edtf) if edtf else None))
    assert (row.day, row.dated) == (day, dated)


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("AID", "occurred", "done"),
        ("AID", "ongoing", "done"),
        ("AGREE", "planned", "planned"),
        ("AID", "hypothetical", "planned"),
        ("REQUEST", "requested", "done"),
        ("REQUEST", "planned", "planned"),
        ("SANCTION", "requested", "planned"),
        ("REJECT", "refused", "done"),
        ("CONSULT", "negotiating", "done"),
        ("COOPERATE", "negotiating", "planned"),
        ("ASSAULT", "denied", "undone"),
        ("AID", "negated", "undone"),
        ("CONSULT", "cancelled", "undone"),
    ],
)
def test_done_planned_undone(kind: str, status: str, expected: str) -> None:
    (row,) = dyad_days(event(recipients=("Syria",), type=kind, status=status))
    assert row.status == expected


# ---------------------------------------------------------------- the table
def stored(store: Store) -> list[DyadDay]:
    return store.dyad_days()


def derived(store: Store) -> list[DyadDay]:
    rows = [r for e in store.events() for r in dyad_days(e)]
    return sorted(rows, key=lambda r: (r.day is None, r.day or "", r.event, r.source, r.target))


def test_the_table_is_kept_beside_the_events_and_can_be_made_anew(place: Place) -> None:
    with filled(place / "a.db", world(), size=2) as store:
        before = stored(store)
        assert before == derived(store) != []
        with store.engine.connect() as connection, connection.begin():
            connection.execute(delete(t.dyad_day))
        store.rebuild_dyads()
        assert stored(store) == before


def test_rows_go_with_their_event(place: Place) -> None:
    reports = world()
    d, (m,) = reports[0]
    with filled(place / "a.db", reports) as store:
        store.put(run(version="0.2.0"), d, [msgspec.structs.replace(m, actors=(), recipients=())])
        keep.resolve(store.resolving)
        assert stored(store) == derived(store)
        with store.engine.connect() as connection, connection.begin():
            connection.execute(delete(t.events))
        assert stored(store) == []


def test_an_older_ledger_gets_its_rows_when_it_is_opened(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", world()) as store:
        before = stored(store)
        with store.engine.connect() as connection, connection.begin():
            _undo_words(connection)
            connection.execute(text("DROP TABLE dyad_day"))
            connection.execute(text("UPDATE dragoman_version SET version_num = '0002'"))
    with open_store(tmp_path / "a.db") as store:
        assert stored(store) == before


def _undo_words(connection: Connection) -> None:
    """Take away what the migrations after 0003 add, less indexes that they make anew."""
    made = connection.execute(
        text(
            "SELECT type, name FROM sqlite_master WHERE name LIKE 'words\\_%' ESCAPE '\\' AND sql IS NOT NULL "
            "OR name IN ('names', 'items', 'feeds', 'articles', 'actors_by_name', 'actors_by_key', 'mentions_by_place')"
        )
    ).all()
    shadows = {f"{n}_{s}" for _, n in made for s in ("data", "idx", "content", "docsize", "config")}
    for kind in ("trigger", "table", "view", "index"):
        for of, name in sorted(made, reverse=True):
            if of == kind and name not in shadows:
                connection.execute(text(f"DROP {kind} {name}"))


@pytest.mark.parametrize("where", ["source = 'RUS' AND target = 'SYR' AND day >= '2025'", "day >= '2025'"])
def test_questions_go_by_an_index(tmp_path: Path, where: str) -> None:
    with open_store(tmp_path / "a.db") as store, store.engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN SELECT * FROM dyad_day WHERE {where}")).all()
    assert "USING INDEX dyad_day_by_" in str(plan)


# ---------------------------------------------------------------- series
def row(day: str | None = "2025-03-05", **changed: object) -> DyadDay:
    plain: dict[str, object] = {
        "event": "e", "source": "A", "target": "B", "day": day, "dated": True, "quad": 1, "score": 2.5,
        "status": "done", "historical": False, "certainty": "stated", "origins": 1,
    }  # fmt: skip
    return DyadDay(**(plain | changed))  # type: ignore[arg-type]


def test_each_event_once_plans_apart_background_out() -> None:
    rows = [
        row(event="met"), row(event="met", source="B", target="A"),
        row(event="gave", quad=2, score=10), row(event="will give", status="planned"),
        row(event="did not", status="undone"), row(event="long ago", historical=True), row(None, event="some day"),
    ]  # fmt: skip
    found = {(s.direction, s.status): [e for p in s.points for e in p.events] for s in series(rows, "A", "B", "none")}
    assert found == {
        ("A→B", "done"): ["gave", "met"],
        ("B→A", "done"): ["met"],
        ("both", "done"): ["gave", "met"],
        ("A→B", "planned"): ["will give"],
        ("B→A", "planned"): [],
        ("both", "planned"): ["will give"],
    }


@pytest.mark.parametrize(("by", "start"), [("day", "2025-01-01"), ("week", "2024-12-30"), ("month", "2025-01-01")])
def test_weeks_begin_on_monday(by: str, start: str) -> None:
    assert [p.start for p in points([row("2025-01-01")], by, "none")] == [start]


@pytest.mark.parametrize(
    ("weight", "counts", "net"),
    [("none", (1, 1, 0, 0), 12.5), ("origins", (3, 1, 0, 0), 17.5), ("certainty", (1, 0.5, 0, 0), 7.5)],
)
def test_weights(weight: str, counts: tuple[float, ...], net: float) -> None:
    rows = [row(event="a", origins=3), row(event="b", quad=2, score=10, certainty="hedged", dated=False)]
    (point,) = points(rows, "week", weight)
    assert (point.counts, point.net, point.undated, point.events) == (counts, net, 1, ("a", "b"))


ROW = st.builds(
    row,
    st.dates(date(2023, 11, 1), date(2025, 3, 1)).map(date.isoformat),
    event=st.uuids().map(str),
    source=st.sampled_from(["A", "B"]),
    quad=st.integers(1, 4),
    score=st.integers(-20, 20).map(lambda n: n / 2),
    status=st.sampled_from(["done", "planned", "undone"]),
    historical=st.booleans(),
    certainty=st.sampled_from(["stated", "hedged", "disputed"]),
    origins=st.integers(1, 9),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=40), st.sampled_from(["none", "origins", "certainty"]), st.randoms(use_true_random=False))
def test_days_weeks_and_months_add_up_alike_in_any_order(rows: list[DyadDay], weight: str, random: object) -> None:
    made = series(rows, "A", "B", weight)
    sums: dict[tuple[str, str], object] = {}
    for s in made:
        ids = [e for p in s.points for e in p.events]
        assert len(ids) == len(set(ids))
        total = ([sum(p.counts[i] for p in s.points) for i in range(4)], sum(p.net for p in s.points), sorted(ids))
        assert sums.setdefault((s.direction, s.status), total) == total
    shuffled = rows[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert series(shuffled, "A", "B", weight) == made


# ---------------------------------------------------------------- the course: its level, its breaks
def weeks(nets: Sequence[float]) -> list[tuple[str, float]]:
    return [((date(2024, 1, 1) + timedelta(days=7 * i)).isoformat(), float(x)) for i, x in enumerate(nets)]


@pytest.mark.parametrize("ratio", [0.01, 0.5, 3.0])
def test_the_smoother_is_the_exact_posterior(ratio: float) -> None:
    """Against the normal equations of the same model, solved whole."""
    y = np.random.default_rng(3).normal(0, 3, 30).cumsum()
    _, _, v, f, p = dyads_trend._filtered(y, ratio)
    level, spread = dyads_trend._smoothed(y, v, f, p)
    steps = np.diff(np.eye(30), axis=0)
    posterior = np.linalg.inv(np.eye(30) + steps.T @ steps / ratio)
    assert level == pytest.approx(posterior @ y)
    assert spread == pytest.approx(np.diag(posterior))


def test_the_band_holds_the_level_and_a_flat_series_has_a_flat_one() -> None:
    noise = np.random.default_rng(5).normal(4, 2, 60)
    found = dyads_trend.trend(weeks(noise.tolist()))
    assert all(x.low < x.level < x.high for x in found)
    assert sum(x.low < 4 < x.high for x in found) >= 57
    assert dyads_trend.trend(weeks([1.0] * (dyads_trend.SHORTEST - 1))) == ()


NOISE = np.random.default_rng(11).normal(0, 2, 60)


@pytest.mark.parametrize(
    ("nets", "expected"),
    [
        (NOISE, []),
        (NOISE + np.where(np.arange(60) < 30, 6, -6), [30]),
        (NOISE + np.where((np.arange(60) < 20) | (np.arange(60) >= 40), 6, -6), [20, 40]),
        (np.zeros(60), []),
        (np.where(np.arange(11) < 5, 9, -9), []),
    ],
    ids=["chance", "one break", "two breaks", "silence", "too short"],
)
def test_breaks(nets: Sequence[float], expected: list[int]) -> None:
    assert dyads_trend.breaks(weeks(list(nets))) == expected


# ---------------------------------------------------------------- a ledger with a planted break
BEGIN, BROKE, END = date(2024, 1, 1), date(2024, 6, 3), date(2024, 10, 28)


def course(store: Store) -> None:
    """Fill a ledger with talks each week until June 2024 and attacks after; one plan and one old war beside them."""
    day, i = BEGIN, 0
    while day < END:
        calm = day < BROKE
        town = TOWNS[i % len(TOWNS)]
        verb = "hosted" if calm else "bombed"
        d = document(f"Russia {verb} {town} number {i}.", published=day.isoformat(), url=f"https://a.example/{i}")
        what: dict[str, object] = {"act": "CONSULT", "score": 4.0} if calm else {"act": "ASSAULT", "score": -9.5}
        made = mention(d, verb, recipients=("Syria",), when=(day.isoformat(), town), **what)  # type: ignore[arg-type]
        store.put(run(), d, [made])
        day, i = day + timedelta(days=7 if i % 3 else 6), i + 1
    later: list[dict[str, object]] = [{"act": "AID", "type": "AGREE", "status": "planned"}, {"historical": True}]
    for n, more in enumerate(later):
        d = document(f"Russia spoke of Syria again {n}.", published="2024-05-02", url=f"https://b.example/{n}")
        store.put(run(), d, [mention(d, "spoke", recipients=("Syria",), when=("2024-05-01", str(n)), **more)])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def planted(places: Callable[[], Place]) -> str:
    path = places() / "planted.db"
    with open_store(path) as store:
        course(store)
    return path


def test_the_planted_break_is_found_and_named_by_its_events(planted: str) -> None:
    with Ledger.open(planted) as ledger:
        answer = ledger.dyad("RUS", "SYR")
        (found,) = answer.breaks
        assert abs((date.fromisoformat(found.week) - BROKE).days) <= 7
        assert found.before > 0 > found.after
        assert found.makers
        assert all(m.what.startswith("attack, Russia → Syria") and m.share < 0 for m in found.makers)
        assert {ledger.store.event(m.event).act for m in found.makers} == {"ASSAULT"}
        assert len(answer.background) == 1
        assert len(answer.one("both", "month", "planned").points) == 1


def test_every_figure_opens_to_its_events(planted: str) -> None:
    with Ledger.open(planted) as ledger:
        for s in ledger.dyad("RUS", "SYR").series:
            for p in s.points:
                events = [ledger.store.event(i) for i in p.events]
                assert p.net == sum(e.score for e in events)
                assert list(p.counts) == [sum(e.quad == q for e in events) for q in (1, 2, 3, 4)]


@pytest.mark.parametrize("pair", [("RUS", "SYR"), ("Syria", "Russia")])
@pytest.mark.parametrize("weight", ["none", "origins"])
def test_as_of_after_everything_is_now(planted: str, pair: tuple[str, str], weight: str) -> None:
    with Ledger.open(planted) as ledger:
        now, then = ledger.dyad(*pair, weight=weight), ledger.dyad(*pair, weight=weight, as_of="2030")
    assert msgspec.structs.replace(then, as_of=None) == now


@pytest.mark.parametrize("day", ["2025-02-15", "2025-03-11", "2025-03-13"])
def test_as_of_a_day_is_the_ledger_of_that_day(place: Place, day: str) -> None:
    reports = world()
    early = [r for r in reports if (r[0].published or "") <= day]
    with filled(place / "now.db", reports) as now, filled(place / "then.db", early) as then:
        expected = Ledger(then).dyad("RUS", "SYR")
        assert msgspec.structs.replace(Ledger(now).dyad("RUS", "SYR", as_of=day), as_of=None) == expected


def test_a_window_keeps_its_days(planted: str) -> None:
    with Ledger.open(planted) as ledger:
        days = [p.start for p in ledger.dyad("RUS", "SYR", since="2024-03", until="2024-04").one("both", "day").points]
    assert days[0] >= "2024-03-01"
    assert days[-1] <= "2024-04-30"
    assert len(days) > 5


def test_a_person_is_a_party_of_their_own(place: Place) -> None:
    with open_store(place / "a.db") as store:
        d = document("Vladimir Putin phoned Syria. Russia warned Syria.")
        calls = mention(d, "phoned", act="CONSULT", actors=("Vladimir Putin",), recipients=("Syria",))
        store.put(run(), d, [calls, mention(d, "warned", act="THREATEN", recipients=("Syria",))])
        rows, find = between(store, side("Putin"), side("SYR"), {})
        assert [(r.source, r.target, r.event) for r in rows] == [("Putin", "Syria", calls.id)]
        assert find([calls.id])[calls.id].act == "CONSULT"
        assert len(Ledger(store).dyad("RUS", "SYR").one("Russia→Syria", "day").points[0].events) == 2


@pytest.mark.parametrize(
    ("pair", "asked", "words"),
    [
        (("RUS", "Russia"), {}, "same party"),
        (("Nobody", "RUS"), {}, "no party 'Nobody'"),
        (("RUS", "SYR"), {"since": "soon"}, "--since soon: is no date"),
        (("RUS", "SYR"), {"since": "2025", "until": "2024"}, "swap them"),
        (("RUS", "SYR"), {"weight": "fame"}, "--weight fame: one of none"),
        (("RUS", "SYR"), {"party": "USA"}, "no filter of a dyad"),
    ],
)
def test_what_can_not_be_answered_is_said(
    planted: str, pair: tuple[str, str], asked: dict[str, str], words: str
) -> None:
    with Ledger.open(planted) as ledger, pytest.raises(StopRun, match=words):
        ledger.dyad(*pair, **asked)


# ---------------------------------------------------------------- what changed
def test_what_changed_since_a_day(place: Place) -> None:
    with filled(place / "a.db", world()) as store:
        ledger = Ledger(store)
        first, second, strike = store.events()
        all_new = ledger.changed("RUS", "SYR", "2025-02-01")
        assert {x.event for x in all_new.new} == {first.id, second.id, strike.id}
        assert not all_new.known
        late = ledger.changed("RUS", "SYR", "2025-03-12")
        assert not late.new
        assert {(c.event, c.kind, c.before, c.after) for c in late.known} == {
            (strike.id, "disagreement", "", "status, killed"),
            (strike.id, "origins", "1", "3"),
        }
        between_ = ledger.changed("RUS", "SYR", "2025-02-15", as_of="2025-03-06")
        assert [x.event for x in between_.new] == [second.id]
        assert {c.event for c in between_.known} == {first.id}
        assert not ledger.changed("RUS", "SYR", "2025-03-14").known


def test_a_plan_carried_out_is_a_change_of_status(place: Place) -> None:
    def told(published: str, status: str, verb: str) -> tuple[str, EventMention]:
        text_ = f"Russia {verb} wheat to Syria on 2025-03-05 by the ship Anna, said {published}."
        d = document(text_, publisher=published, published=published)
        made = mention(d, verb, recipients=("Syria",), goods="wheat", when=("2025-03-05", "2025-03-05"), status=status)
        store.put(run(), d, [made])
        return d.id, made

    with open_store(place / "a.db") as store:
        _, plan = told("2025-03-01", "planned", "will ship")
        told("2025-03-06", "occurred", "shipped")
        keep.resolve(store.resolving)
        changes = Ledger(store).changed("SYR", "RUS", "2025-03-01").known
    assert ("status", "planned", "occurred") in {(c.kind, c.before, c.after) for c in changes if c.event == plan.id}


# ---------------------------------------------------------------- the pairs that moved most
def test_the_pairs_that_moved_most(planted: str) -> None:
    with Ledger.open(planted) as ledger:
        answer = ledger.moved(since="2024-06-03", until="2024-10-27")
        assert answer is not None
        (pair,) = answer.pairs
        assert (pair.a, pair.b) == ("Russia", "Syria")
        assert pair.moved == pair.after - pair.before < 0
        assert pair.after == sum(ledger.store.event(i).score for i in pair.events)
        assert pair.before == sum(ledger.store.event(i).score for i in pair.earlier)
        told = ledger.moved(since="2024-06-03", until="2024-10-27", as_of="2030")
        assert told == answer


def test_nothing_moves_in_an_empty_ledger(place: Place) -> None:
    with Ledger.open(place / "a.db") as ledger:
        assert ledger.moved() is None


# ---------------------------------------------------------------- faces
def asked(planted: str, *words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "--store", str(planted)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_picture_is_well_formed_and_fetches_nothing(planted: str) -> None:
    svg = asked(planted, "dyad", "RUS", "SYR", "--format", "svg")
    ElementTree.fromstring(svg)
    assert svg == asked(planted, "dyad", "RUS", "SYR", "--format", "svg")
    assert "<script" not in svg
    assert svg.count("http") == 1, "only the name space"
    assert "attack, Russia → Syria" in svg


def test_the_same_figures_in_every_form(planted: str) -> None:
    found = json.loads(asked(planted, "dyad", "RUS", "SYR", "--json", "--by", "month"))
    assert {s["by"] for s in found["series"]} == {"month"}
    csv = asked(planted, "dyad", "RUS", "SYR", "--format", "csv", "--by", "month").splitlines()
    assert len(csv) - 1 == sum(len(s["points"]) for s in found["series"])
    assert found["breaks"][0]["makers"][0]["event"] in asked(planted, "dyad", "RUS", "SYR", "--format", "md")
    screen = asked(planted, "dyad", "RUS", "SYR")
    assert "BREAKS" in screen
    assert max(map(len, screen.splitlines())) <= 80
    with Ledger.open(planted) as ledger:
        flat = series_table(ledger.dyad("RUS", "SYR"), "month")
    pytest.importorskip("pyarrow")
    assert tables.to_parquet(flat)[:4] == b"PAR1"


def test_the_other_two_answers_on_the_screen(planted: str) -> None:
    assert "NEW: MATERIAL CONFLICT" in asked(planted, "dyad", "RUS", "SYR", "--changed-since", "2024-09")
    assert "Russia – Syria" in asked(planted, "dyads", "--since", "2024-06", "--until", "2024-10")


@pytest.mark.parametrize("words", [("--by", "day"), ("--weight", "origins"), ("--since", "2024"), ("--outlet", "Post")])
def test_what_changed_takes_no_option_of_the_series(planted: str, words: tuple[str, str]) -> None:
    done = CliRunner().invoke(cli, ["dyad", "RUS", "SYR", "--changed-since", "2024", *words, "--store", str(planted)])
    assert done.exit_code == 2
    assert f"not with {words[0]}" in done.output


@pytest.mark.parametrize("width", [1, 7, 60])
def test_a_chart_fits_its_width(width: int) -> None:
    found = chart([point("2024-01-01", 10), point("2024-03-04", -5), point("2024-12-30", 1)], "week", width)
    assert found is not None
    lines = {len(line) for line in (*found.above, *found.below)}
    assert len(lines) == 1
    assert lines.pop() <= width
    assert len(found.above) == len(found.below) == ROWS
    assert any("█" in line or "▀" in line for line in found.below)


def point(start: str, net: float) -> Point:
    scores = (max(net, 0.0), 0.0, 0.0, min(net, 0.0))
    return Point(start=start, counts=(1, 0, 0, 0), scores=scores, net=net, undated=0, events=("e",))


def test_all_conditions_of_the_table_hold_for_the_planted_ledger(planted: str) -> None:
    with open_store(planted) as store:
        assert stored(store) == derived(store)
        with store.engine.connect() as connection:
            known = set(connection.execute(select(t.events.c.id)).scalars())
        assert {r.event for r in stored(store)} <= known


def test_the_weeks_between_two_acts_a_thousand_years_apart_are_not_all_made() -> None:
    told = [
        Point(start=day, counts=(1, 0, 0, 0), scores=(n, 0, 0, 0), net=n, undated=0, events=("e",))
        for day, n in (("1066-05-07", 1.0), ("2025-02-03", 2.0), ("2025-03-03", 3.0))
    ]
    weeks = dyads_trend.weekly(told)
    assert len(weeks) == dyads_trend.LONGEST
    assert weeks[-1] == ("2025-03-03", 3.0)
    assert weeks[-5] == ("2025-02-03", 2.0)
