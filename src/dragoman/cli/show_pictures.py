"""Maps and networks drawn for the terminal with rich. What they say is decided by `answer`."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.answer.map import Map, Place
from dragoman.answer.network import Network
from dragoman.answer.pictures_tables import counted
from dragoman.answer.words import called, clip
from dragoman.cli.show import ID

IDS = 3  # ids shown in a line: the other forms have more
HEADS = ("verbal\ncoop.", "mat.\ncoop.", "verbal\nconfl.", "mat.\nconfl.")  # short, for names need the room


def places(answer: Map) -> RenderableType:
    """Return the three lists of places."""
    lists = (("ON THE MAP", answer.places), ("KNOWN BY COUNTRY ONLY", answer.countries),
             ("NAMED, BUT NOT FOUND", answer.unresolved))  # fmt: skip
    parts: list[RenderableType] = [Text(counted(answer))]
    for head, some in lists:
        if some:
            parts += [Text(), Text(head, style="bold"), _places(some)]
    if answer.projects:
        parts += [Text(), Text("PROJECTS AND ASSETS", style="bold"), _projects(answer)]
    return Group(*parts)


def _projects(answer: Map) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("project", "state", "place", "id"):
        drawn.add_column(name, overflow="fold", style="dim" if name == "id" else "")
    for p in answer.projects:
        where = ", ".join(x for x in (p.place, called(p.country) if p.country else "") if x)
        drawn.add_row(Text(clip(p.title, 60)), Text(p.state), Text(where or "not told"), p.dossier[:ID])
    return drawn


def _places(some: Sequence[Place]) -> RenderableType:
    drawn = _table("place")
    for p in some:
        country = called(p.country) if p.country else ""
        name = p.name if country in ("", p.name) else f"{p.name}, {country}"
        kind = f" ({p.kind})" if p.kind not in ("", "city", "country") else ""
        drawn.add_row(Text(name + kind), *_counts(p.counts), _ids(p.events, p.total))
    return drawn


def network(answer: Network) -> RenderableType:
    """Return the pairs, and how many are left out."""
    drawn = _table("pair", "net")
    labels = {n.key: n.label for n in answer.nodes}
    for e in answer.edges:
        pair = Text(f"{labels[e.a]} – {labels[e.b]}")
        drawn.add_row(pair, f"{e.net:+g}" if e.net else "0", *_counts(e.counts), _ids(e.events, e.total))
    said = f"{len(answer.nodes)} parties, {len(answer.edges)} pairs between them"
    left = f"; {answer.left_nodes} parties, {answer.left_edges} pairs not shown" if answer.left_edges else ""
    return Group(Text(said + left), Text(), drawn)


def _table(*first: str) -> Table:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for i, name in enumerate(first):
        drawn.add_column(name, overflow="fold", justify="right" if i else "left")
    for words in HEADS:
        drawn.add_column(words, justify="right")
    drawn.add_column("ids", overflow="fold", style="dim")
    return drawn


def _counts(counts: Sequence[int]) -> list[str]:
    return [str(n) if n else "–" for n in counts]


def _ids(events: Sequence[str], total: int) -> str:
    more = f" +{total - IDS}" if total > IDS else ""
    return " ".join(e[:ID] for e in events[:IDS]) + more
