"""The network: from the table as from the events, who is shown, the layout, the picture."""

import json
from math import hypot
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import document, mention
from dragoman.answer.ledger import Ledger
from dragoman.answer.network import Edge, Network, Node
from dragoman.answer.network_layout import layout
from dragoman.answer.network_picture import DRAWN, picture
from dragoman.cli import cli
from dragoman.errors import StopRun
from dragoman.records import When
from test_resolve import Report, filled

HOSTILE = "</text><script>alert('x')</script>\x00\x0b&\"<img src=x onerror=alert(1)>"
SIZE = (700.0, 500.0)


def act(goods: str, day: str, actors: tuple[str, ...], recipients: tuple[str, ...], **changed: Any) -> Report:
    """Return a report with one mention; no two are one event where they lie months apart."""
    d = document(f"They delivered {goods}.", published=day, url=f"https://a/{goods}/{day}")
    made = mention(d, "delivered", actors=actors, recipients=recipients, goods=goods)
    when = When(edtf=day, text="then", start=0, end=1, basis="absolute")
    return d, [msgspec.structs.replace(made, when=when, **changed)]


ATTACK: dict[str, Any] = {"quad": 4, "type": "ASSAULT", "act": "ASSAULT", "score": -9.0}
REPORTS = [
    act("wheat", "2024-01-01", ("Russia",), ("Syria",)),
    act("diesel", "2024-04-01", ("Russia",), ("Syria",)),
    act("shells", "2024-07-01", ("Syria",), ("Russia",), **ATTACK),
    act("talks", "2024-10-01", ("Russia", "Turkey"), (), quad=1, type="CONSULT", act="CONSULT", score=5.0),
    act("tanks", "2025-01-01", ("Turkey",), ("Syria",), **ATTACK),
    act("rifles", "2025-04-01", ("Wagner Group",), ("Syria",)),
    act("trucks", "2025-07-01", ("Russia",), ("Syria",), status="planned", type="AGREE", quad=1),
    act("maps", "2025-10-01", ("Russia",), ("Turkey",), historical=True),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("network") / "a.db"
    filled(path, REPORTS).close()
    return path


def asked(path: Path, **filters: Any) -> Network:
    with Ledger.open(path, create=False) as opened:
        return opened.network(**filters)


def edges(found: Network) -> list[str]:
    return [f"{e.a}-{e.b} {'/'.join(map(str, e.counts))} {e.net:+g} {e.forth}>{e.back}<" for e in found.edges]


# ---------------------------------------------------------------- what is shown
def test_acts_done_between_two(ledger: Path) -> None:
    found = asked(ledger)
    assert edges(found) == [
        "RUS-SYR 0/2/0/1 +11 2>1<",
        "RUS-TUR 1/0/0/0 +5 1>1<",
        "SYR-TUR 0/0/0/1 -9 0>1<",
        "SYR-wagner group 0/1/0/0 +10 0>1<",
    ]
    assert [(n.label, n.is_state, n.total, n.pairs) for n in found.nodes] == [
        ("Syria", True, 5, 3),
        ("Russia", True, 4, 2),
        ("Turkey", True, 2, 2),
        ("Wagner Group", False, 1, 1),
    ]
    assert (found.left_nodes, found.left_edges) == (0, 0)


@pytest.mark.parametrize(
    "filters",
    [{}, {"since": "2024-04"}, {"until": "2024-07-01"}, {"since": "2024-10", "until": "2025-01"}, {"since": "2030"}],
)
def test_the_table_and_the_events_say_the_same(ledger: Path, filters: dict[str, Any]) -> None:
    every = {"min_confidence": 0}  # lets everything through, and so asks the events
    assert asked(ledger, **filters) == msgspec.structs.replace(asked(ledger, **filters, **every), only="")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"since": "2025"}, ["SYR-TUR 0/0/0/1 -9 0>1<", "SYR-wagner group 0/1/0/0 +10 0>1<"]),
        ({"quad": 4}, ["RUS-SYR 0/0/0/1 -9 0>1<", "SYR-TUR 0/0/0/1 -9 0>1<"]),
        ({"party": "Wagner Group"}, ["SYR-wagner group 0/1/0/0 +10 0>1<"]),
        ({"as_of": "2024-02"}, ["RUS-SYR 0/1/0/0 +10 1>0<"]),
        ({"limit": 2}, ["RUS-SYR 0/2/0/1 +11 2>1<"]),
    ],
)
def test_filters(ledger: Path, filters: dict[str, Any], expected: list[str]) -> None:
    assert edges(asked(ledger, **filters)) == expected


def test_what_is_left_out_is_counted(ledger: Path) -> None:
    found = asked(ledger, limit=2)
    assert [n.key for n in found.nodes] == ["SYR", "RUS"]
    assert (found.left_nodes, found.left_edges) == (2, 3)
    with pytest.raises(StopRun, match="from 1 on"):
        asked(ledger, limit=0)


def test_ids_open_the_newest_first(ledger: Path) -> None:
    with Ledger.open(ledger, create=False) as opened:
        first = opened.network().edges[0]
        days = [(found.when.edtf if found.when else "") for e in first.events for found in [opened.store.event(e)]]
    assert days == ["2024-07-01", "2024-04-01", "2024-01-01"]


# ---------------------------------------------------------------- layout
def node(key: str, total: int = 1, label: str = "") -> Node:
    return Node(key=key, label=label or key, is_state=True, counts=(total, 0, 0, 0), total=total, pairs=1)


def edge(a: str, b: str, *counts: int) -> Edge:
    one, two, three, four = (*counts, 0, 0, 0, 0)[:4]
    quads, total = (one, two, three, four), sum(counts)
    return Edge(a=a, b=b, counts=quads, scores=(0.0, 0.0, 0.0, 0.0), total=total, net=0.0, origins=total, forth=total,
                back=0, events=("e",))  # fmt: skip


def network(nodes: list[Node], found: list[Edge]) -> Network:
    return Network(as_of=None, since=None, until=None, only="", nodes=tuple(nodes), edges=tuple(found), left_nodes=0,
                   left_edges=0)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 14), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.integers(1, 30)), max_size=30))
def test_no_two_discs_touch_and_none_leaves_the_picture(number: int, pairs: list[tuple[int, int, int]]) -> None:
    nodes = [node(f"N{i:02}") for i in range(number)]
    joined = {(a, b): n for a, b, n in pairs if a < b < number}
    made = network(nodes, [edge(f"N{a:02}", f"N{b:02}", n) for (a, b), n in joined.items()])
    radii = {n.key: 20.0 for n in nodes}
    at = layout(made, SIZE, radii)
    assert at == layout(made, SIZE, radii)
    points = [at[n.key] for n in nodes]
    assert all(19.9 <= x <= SIZE[0] - 19.9 and 19.9 <= y <= SIZE[1] - 19.9 for x, y in points)
    assert all(hypot(x - a, y - b) > 36 for i, (x, y) in enumerate(points) for a, b in points[:i])


def test_who_has_to_do_with_each_other_stands_together() -> None:
    groups = [[f"{g}{i}" for i in range(4)] for g in "AB"]
    made = network([node(k) for g in groups for k in g], [edge(a, b, 3) for g in groups for a in g for b in g if a < b])
    at = layout(made, SIZE, {n.key: 10.0 for n in made.nodes})

    def far(a: str, b: str) -> float:
        return hypot(at[a][0] - at[b][0], at[a][1] - at[b][1])

    within = [far(a, b) for g in groups for a in g for b in g if a < b]
    between = [far(a, b) for a in groups[0] for b in groups[1]]
    assert sum(within) / len(within) < 0.7 * sum(between) / len(between)


# ---------------------------------------------------------------- the picture
def test_lines_by_quad_class_words_dashed() -> None:
    drawn = picture(network([node("RUS", 5, "Russia"), node("SYR", 4, "Syria")], [edge("RUS", "SYR", 1, 2, 3, 4)]))
    root = ElementTree.fromstring(drawn)
    said = [e for e in root.iter() if e.tag.endswith("}line") and e.get("stroke") != "#ffffff"]
    strands = said[4:]  # the first four are the legend
    assert [bool(e.get("stroke-dasharray")) for e in strands] == [True, False, True, False]
    assert len({e.get("stroke") for e in strands}) == 4
    assert float(strands[3].get("stroke-width", "0")) > float(strands[1].get("stroke-width", "0"))
    assert "Russia – Syria: 10 events (1 verbal cooperation, 2 material cooperation" in drawn
    assert 'role="img"' in drawn
    assert "href" not in drawn


def test_links(ledger: Path) -> None:
    def lead(of: Node | Edge) -> str:
        return f"/actor/{of.key}" if isinstance(of, Node) else f"/dyad/{of.a}/{of.b}"

    drawn = picture(asked(ledger), href=lead)
    assert drawn == picture(asked(ledger), href=lead)
    root = ElementTree.fromstring(drawn)
    found = {a.get("href") for a in root.iter() if a.tag.endswith("}a")}
    assert {"/actor/RUS", "/actor/wagner group", "/dyad/RUS/SYR"} <= found
    assert len(found) == 8
    assert root.get("role") == "group"


def test_hostile_names_are_text() -> None:
    drawn = picture(
        network([node("A", 2, HOSTILE), node("B", 1, HOSTILE)], [edge("A", "B", 1)]), href=lambda _: HOSTILE
    )
    root = ElementTree.fromstring(drawn)
    assert {e.tag.split("}")[1] for e in root.iter()} <= set("svg title desc rect text circle path line a g".split())
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


def test_a_large_network_is_drawn_in_part() -> None:
    nodes = [node(f"N{i:03}", 100 - i) for i in range(DRAWN + 5)]
    drawn = picture(network(nodes, [edge("N000", "N001", 1), edge("N000", nodes[-1].key, 1)]))
    assert f"{DRAWN} parties, 1 pair" in drawn
    assert "5 less active not shown" in drawn


def test_nothing_is_a_picture_too() -> None:
    assert "nothing between two parties" in picture(network([], []))


@pytest.mark.parametrize("form", ["table", "json", "csv", "md", "svg"])
def test_every_form(ledger: Path, form: str) -> None:
    done = CliRunner().invoke(cli, ["network", "--store", str(ledger), "--format", form], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Wagner Group" in done.output
    if form == "json":
        assert json.loads(done.output) == asked(ledger).to_dict()
