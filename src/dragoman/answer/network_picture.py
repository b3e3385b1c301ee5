"""A network as SVG: a disc for each party, a line for each quad class between two, what is only said dashed. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import hypot, log2, sqrt

import msgspec

from dragoman.answer.labels import Spot, labels, wide
from dragoman.answer.map_picture import halo, ring
from dragoman.answer.network import Edge, Network, Node
from dragoman.answer.network_layout import layout
from dragoman.answer.svg import QUAD_COLOURS, QUAD_WORDS, QUIET, line, link, svg, text
from dragoman.answer.words import clip, count

WIDTH, TOP = 900, 84
LEAST_TALL, MOST_TALL = 320, 640
LEAST, MOST = 7.0, 24.0  # radius of a disc
ROOM = 14.0  # kept free round a disc
DASH = {1: "5 3", 3: "5 3"}  # quad classes that are only words
LONGEST = 124
NAME = 26  # letters of a name
DRAWN = 60  # parties: more can't be told apart on 900 by 640 pixels, however many the table has
SAID = 20  # edges told in words to who does not see the picture; the table has all
Href = Callable[[Node | Edge], str | None]
Point = tuple[float, float]


def picture(answer: Network, *, href: Href | None = None) -> str:
    """Return the network; `href` gives the address to which a party (Node) or a line (Edge) leads."""
    lead: Href = href or (lambda _: None)
    answer = _drawable(answer)
    tall = min(MOST_TALL, max(LEAST_TALL, 130 + 22.0 * len(answer.nodes)))
    size = (WIDTH - 2.0, tall)
    parts = [*_head(answer), *(_drawn(answer, size, lead) if answer.nodes else _nothing(size))]
    said = f"{_title(answer)}. " + ". ".join(_edge_words(answer, e) for e in answer.edges[:SAID])
    return svg(_title(answer), (WIDTH, TOP + tall + 8), parts, described=said, linked=href is not None)


def _drawable(answer: Network) -> Network:
    """Return the most active parties of a network that is too large to draw."""
    if len(answer.nodes) <= DRAWN:
        return answer
    shown = {n.key for n in answer.nodes[:DRAWN]}
    edges = tuple(e for e in answer.edges if {e.a, e.b} <= shown)
    left = answer.left_nodes + len(answer.nodes) - DRAWN
    return msgspec.structs.replace(answer, nodes=answer.nodes[:DRAWN], edges=edges, left_nodes=left)


# ---------------------------------------------------------------- words
def _title(answer: Network) -> str:
    parties = f"{len(answer.nodes)} {'party' if len(answer.nodes) == 1 else 'parties'}"
    return f"Who has to do with whom: {parties}, {count(len(answer.edges), 'pair')}"


def _head(answer: Network) -> Iterator[str]:
    span = " to ".join(d for d in (answer.since, answer.until) if d)
    as_of = f"as of {answer.as_of}" if answer.as_of else ""
    left = f"{answer.left_nodes} less active not shown" if answer.left_nodes else ""
    said = " · ".join(x for x in (span, as_of, answer.only, "acts done, no background", left) if x)
    yield text(20, 30, _title(answer), size=16, weight="bold", anchor="start")
    yield text(20, 50, clip(said, LONGEST), size=12, fill=QUIET, anchor="start")
    x = 20.0
    for quad, words in QUAD_WORDS.items():
        yield line(x, 67, x + 26, 67, QUAD_COLOURS[quad], width=3, dash=DASH.get(quad, ""))
        yield text(x + 32, 71, words, size=12, anchor="start")
        x += 54 + 6.6 * len(words)


def _nothing(size: Point) -> Iterator[str]:
    yield text(size[0] / 2, TOP + size[1] / 2, "nothing between two parties", size=14, fill=QUIET, anchor="middle")


def _each(counts: Sequence[int]) -> str:
    return ", ".join(f"{n} {QUAD_WORDS[q]}" for q, n in enumerate(counts, 1) if n)


def _edge_words(answer: Network, e: Edge) -> str:
    a, b = answer.node(e.a).label, answer.node(e.b).label
    return f"{a} – {b}: {count(e.total, 'event')} ({_each(e.counts)}), net score {format(e.net, '+g') if e.net else 0}"


def _node_words(n: Node) -> str:
    return f"{n.label}: {count(n.total, 'event')} ({_each(n.counts)}) with {count(n.pairs, 'other')}"


# ---------------------------------------------------------------- the network
def _drawn(answer: Network, size: Point, lead: Href) -> Iterator[str]:
    """Yield lines, discs and names, in a frame of their own."""
    radii = {n.key: min(MOST, LEAST + 2.2 * (sqrt(n.total) - 1)) for n in answer.nodes}
    at = layout(answer, (size[0] - 2 * _side(answer), size[1]), {k: r + ROOM for k, r in radii.items()})
    at = {k: (x + _side(answer), y) for k, (x, y) in at.items()}
    yield f'<svg x="1" y="{TOP}" width="{size[0]:g}" height="{size[1]:g}" viewBox="0 0 {size[0]:g} {size[1]:g}">'
    for e in reversed(answer.edges):
        yield link("".join(_strands(e, at)), _edge_words(answer, e), lead(e))
    for n in answer.nodes:
        yield link(ring(*at[n.key], radii[n.key], n.counts), _node_words(n), lead(n))
    yield from _named(answer, at, radii, size)
    yield "</svg>"


def _side(answer: Network) -> float:
    """Return the room for names at the sides: that of the longest, half of it, for most stand inside."""
    return max(wide(clip(n.label, NAME)) for n in answer.nodes) / 2


def _named(answer: Network, at: Mapping[str, Point], radii: Mapping[str, float], size: Point) -> Iterator[str]:
    spots = [Spot(x=at[n.key][0], y=at[n.key][1], radius=radii[n.key], name=clip(n.label, NAME)) for n in answer.nodes]
    lines = [(*at[e.a], *at[e.b]) for e in answer.edges]
    for s in labels(spots, size, lines=lines, every=True):
        yield halo(s.x, s.y, s.name, s.anchor)


def _strands(e: Edge, at: Mapping[str, Point]) -> Iterator[str]:
    """Yield a line for each quad class, side by side, and under them one that is easily pointed at."""
    (x1, y1), (x2, y2) = at[e.a], at[e.b]
    long = hypot(x2 - x1, y2 - y1) or 1.0
    across = (-(y2 - y1) / long, (x2 - x1) / long)
    told = [(quad, 1.5 + 1.2 * log2(n)) for quad, n in enumerate(e.counts, 1) if n]
    all_ = sum(w for _, w in told) + len(told) - 1
    yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ffffff" stroke-width="{max(8.0, all_ + 3):.1f}"/>'
    off = -all_ / 2
    for quad, thick in told:
        dx, dy = (c * (off + thick / 2) for c in across)
        ends = f'x1="{x1 + dx:.1f}" y1="{y1 + dy:.1f}" x2="{x2 + dx:.1f}" y2="{y2 + dy:.1f}"'
        dash = f' stroke-dasharray="{DASH[quad]}"' if quad in DASH else ""
        yield f'<line {ends} stroke="{QUAD_COLOURS[quad]}" stroke-width="{thick:.1f}"{dash}/>'
        off += thick + 1
