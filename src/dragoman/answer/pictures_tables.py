"""Maps and networks as flat tables and as Markdown. What they say is decided in `map` and `network`."""

from dragoman.answer.dyads_tables import QUADS
from dragoman.answer.map import Map, Place
from dragoman.answer.network import Edge, Network, Node
from dragoman.answer.tables import Column, Table, table, to_markdown

PLACES: tuple[Column, ...] = (
    ("located", "text", lambda r: r[0]),  # point, country (no more is known), nowhere (named, but not found)
    ("place", "text", lambda r: r[1].name),
    ("country", "text", lambda r: r[1].country),
    ("kind", "text", lambda r: r[1].kind),
    ("lat", "number", lambda r: r[1].lat),
    ("lon", "number", lambda r: r[1].lon),
    *((name, "integer", lambda r, i=i: r[1].counts[i]) for i, name in enumerate(QUADS)),
    ("total", "integer", lambda r: r[1].total),
    ("events", "list", lambda r: list(r[1].events)),
)
PROJECTS: tuple[Column, ...] = (
    ("project", "text", lambda p: p.title),
    ("kind", "text", lambda p: p.kind),
    ("state", "text", lambda p: p.state),
    ("parties", "list", lambda p: list(p.parties)),
    ("place", "text", lambda p: p.place),
    ("country", "text", lambda p: p.country),
    ("lat", "number", lambda p: p.lat),
    ("lon", "number", lambda p: p.lon),
    ("dossier", "text", lambda p: p.dossier),
)
PAIRS: tuple[Column, ...] = (
    ("a", "text", lambda r: r[0].label),
    ("b", "text", lambda r: r[1].label),
    ("key_a", "text", lambda r: r[0].key),
    ("key_b", "text", lambda r: r[1].key),
    *((name, "integer", lambda r, i=i: r[2].counts[i]) for i, name in enumerate(QUADS)),
    *((f"score_{name}", "number", lambda r, i=i: r[2].scores[i]) for i, name in enumerate(QUADS)),
    ("total", "integer", lambda r: r[2].total),
    ("net", "number", lambda r: r[2].net),
    ("origins", "integer", lambda r: r[2].origins),
    ("forth", "integer", lambda r: r[2].forth),
    ("back", "integer", lambda r: r[2].back),
    ("events", "list", lambda r: list(r[2].events)),
)
PARTIES: tuple[Column, ...] = (
    ("party", "text", lambda n: n.label),
    ("key", "text", lambda n: n.key),
    ("state", "truth", lambda n: n.is_state),
    *((name, "integer", lambda n, i=i: n.counts[i]) for i, name in enumerate(QUADS)),
    ("total", "integer", lambda n: n.total),
    ("pairs", "integer", lambda n: n.pairs),
)


def places_table(answer: Map) -> Table:
    """Return one row a place: those with a point, then those of which the country is known, then those not found."""
    rows: list[tuple[str, Place]] = [("point", p) for p in answer.places]
    rows += [("country", p) for p in answer.countries] + [("nowhere", p) for p in answer.unresolved]
    return table(PLACES, rows)


def pairs_table(answer: Network) -> Table:
    """Return one row a pair."""
    nodes = {n.key: n for n in answer.nodes}
    rows: list[tuple[Node, Node, Edge]] = [(nodes[e.a], nodes[e.b], e) for e in answer.edges]
    return table(PAIRS, rows)


def parties_table(answer: Network) -> Table:
    """Return one row a party."""
    return table(PARTIES, answer.nodes)


def map_markdown(answer: Map) -> str:
    """Return a map as Markdown: what is counted, then the places, then the projects."""
    projects = f"\n{to_markdown(table(PROJECTS, answer.projects))}" if answer.projects else ""
    return f"{counted(answer)}.\n\n{to_markdown(places_table(answer))}{projects}"


def network_markdown(answer: Network) -> str:
    """Return a network as Markdown: the parties, then the pairs."""
    return f"{to_markdown(parties_table(answer))}\n{to_markdown(pairs_table(answer))}"


def counted(answer: Map) -> str:
    """Return what a map holds and what it leaves out, in a sentence."""
    located, country, named = (
        sum(p.total for p in some) for some in (answer.places, answer.countries, answer.unresolved)
    )
    left = ((answer.planned, "planned"), (answer.undone, "not done"), (answer.background, "background"))
    out = ", ".join(f"{n} {words}" for n, words in left if n)
    held = f"{located} with a point, {country} known by country only, {named} with a name that is found nowhere"
    return f"{answer.total} events: {held}, {answer.nowhere} without a place" + (f"; not counted: {out}" if out else "")
