"""The whole as pictures: where events happened, who has to do with whom; a stretch of time is brushed above them."""

from typing import Any

from markupsafe import Markup

from dragoman.answer import asof, map_picture, network_picture, strip_picture
from dragoman.answer import pictures_tables as flat
from dragoman.answer.dyads import window
from dragoman.answer.filters import english
from dragoman.answer.ledger import Ledger
from dragoman.answer.map import Cluster, Map, Place
from dragoman.answer.map_projects import Project
from dragoman.answer.network import Edge, Network, Node
from dragoman.web import drawing, extent
from dragoman.web.asked import Asked
from dragoman.web.extent import Part
from dragoman.web.sheet import ALL_FILTERS, Param, Route, Sheet

STRETCH = ("since", "until")
NO, YES = CHOICE = ("no", "yes")
PARTIES, MOST = 30, 60  # parties of a network: what can be told apart in a picture


def strip(ledger: Ledger, asked: Asked, here: str, read: Part) -> Markup:
    """Return the strip of time from which a page chooses its stretch."""
    since, until = window({name: asked.many(name) for name in STRETCH})
    since = since or read.since
    kept = asked.but(*STRETCH, "cursor", "whole")
    days = asof.acts_by_day(ledger.store, asked.filters)
    drawn = strip_picture.picture(days, lambda a, b: drawing.address(here, *kept, since=a, until=b), since, until)
    return Markup(drawn)  # noqa: S704 - drawn by us, escaped


def _stretch(ledger: Ledger, asked: Asked) -> tuple[Part, dict[str, Any]]:
    """Return the part of the ledger that is read, and the filters for it."""
    read = extent.part(ledger, asked)
    return read, {**asked.filters, **({"since": read.since} if read.since else {})}


def _view(ledger: Ledger, asked: Asked, here: str, picture: str, read: Part) -> dict[str, Any]:
    return {
        "picture": Markup(picture),  # noqa: S704 - drawn by us, escaped
        "strip": strip(ledger, asked, here, read),
        "english": english(asked.filters),
    }


def world(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the map."""
    projects, region = (asked.choice(name, CHOICE, NO) == YES for name in ("projects", "region"))
    read, filters = _stretch(ledger, asked)
    answer = ledger.map(with_projects=projects, **filters)

    def href(of: Cluster | Place | Project) -> str | None:
        """Return where a mark leads: the event, where there is one; the events of the place; the dossier."""
        link = drawing.linking(dict(asked.query))
        if isinstance(of, Project):
            return link(f"/dossier/{of.dossier}")
        if of.total == 1 and of.events:
            return link(f"/event/{of.events[0]}")
        kept = asked.but("place", "projects", "region", "whole", *STRETCH)
        places = [p.name for p in of.places] if isinstance(of, Cluster) else [of.country or of.name]
        return drawing.address("/events", *kept, place=places)

    def view() -> dict[str, Any]:
        drawn = map_picture.picture(answer, view=map_picture.region(answer) if region else None, href=href)
        return {**_view(ledger, asked, "/map", drawn, read), "counted": flat.counted(answer), "href": href}

    return Sheet(
        title="Map",
        template="map.html",
        answer=answer,
        table=lambda: flat.places_table(answer),
        markdown=lambda: flat.map_markdown(answer),
        view=view,
        read=read.said,
    )


def network(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the network."""
    read, filters = _stretch(ledger, asked)
    answer = ledger.network(limit=asked.number("limit", PARTIES, MOST), **filters)
    link = drawing.linking(dict(asked.query))
    stretch = {name: filters.get(name) for name in STRETCH}

    def href(of: Node | Edge) -> str | None:
        if isinstance(of, Node):
            return link("/actor", name=of.label)
        return link("/dyad", a=answer.node(of.a).label, b=answer.node(of.b).label, **stretch)

    return Sheet(
        title="Network",
        template="network.html",
        answer=answer,
        table=lambda: flat.pairs_table(answer),
        markdown=lambda: flat.network_markdown(answer),
        view=lambda: {
            **_view(ledger, asked, "/network", network_picture.picture(answer, href=href), read), "href": href
        },
        read=read.said,
    )  # fmt: skip


ROUTES = (
    Route(
        "/map", "map", "Where events happened: by place, by country alone, and names found nowhere.", world, Map,
        ALL_FILTERS,
        (
            Param("region", "In the picture: the part of the world that has places, not all of it.", CHOICE),
            Param("projects", "Projects and assets too, where their names say where they lie.", CHOICE),
            extent.WHOLE,
        ),
    ),
    Route(
        "/network", "network", "Who has to do with whom, by quad class.", network, Network, ALL_FILTERS,
        (Param("limit", f"So many parties, up to {MOST}.  [default: {PARTIES}]", number=True), extent.WHOLE),
    ),
)  # fmt: skip
