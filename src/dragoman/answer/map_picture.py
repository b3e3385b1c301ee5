"""A map of events as SVG: circles by quad class, countries hatched where no more is known, the rest in words. Pure."""

from collections.abc import Callable, Iterator, Sequence
from math import cos, pi, sin, sqrt

from dragoman.answer.globe import View, around, whole
from dragoman.answer.labels import Spot, labels
from dragoman.answer.map import AREAS, Cluster, Map, Place, clusters
from dragoman.answer.map_projects import Project
from dragoman.answer.svg import INK, LINE, QUAD_COLOURS, QUAD_WORDS, QUIET, length, link, rect, svg, text
from dragoman.answer.words import called, clip, count
from dragoman.records import Record
from dragoman.scheme.outlines import outlines

WIDTH, TOP = 900, 84
SIZE = (WIDTH - 2, 560)  # of a region in pixels
LAND, SEA, BORDER, HATCH = "#e9ecef", "#f8fbfd", "#ffffff", "#8c959f"
LEAST, MOST = 9.0, 26.0  # radius of a circle
LINE_TALL, LONGEST = 18, 124  # of the words under the map
NAMED = 12  # places and countries named in a line of words
Href = Callable[[Cluster | Place | Project], str | None]


class _Circle(Record, frozen=True):
    x: float
    y: float
    radius: float
    cluster: Cluster


def region(answer: Map) -> View:
    """Return the part of the world that has places."""
    return around([(p.lat, p.lon) for p in answer.places if p.lat is not None and p.lon is not None], SIZE)


def picture(answer: Map, *, view: View | None = None, href: Href | None = None) -> str:
    """Return the map of the world, or of a part of it: `region(answer)`, or `globe.centred(lat, lon, degrees, SIZE)`.

    `href` gives the address to which a circle (Cluster), a country known by name alone (Place) or a project leads.
    """
    view = view or whole(WIDTH - 2)
    lead: Href = href or (lambda _: None)
    below = list(_below(answer, view))
    foot = TOP + view.height + 24
    parts = [
        *_head(answer),
        *_map(answer, view, lead),
        *(text(20, foot + LINE_TALL * i, clip(w, LONGEST), size=12, anchor="start") for i, w in enumerate(below)),
    ]
    tall = foot + LINE_TALL * len(below)
    places = [f"Most at: {_listed(answer.places)}"] if answer.places else []
    described = ". ".join([_title(answer), *places, *below])
    return svg(_title(answer), (WIDTH, tall), parts, described=described, linked=href is not None)


# ---------------------------------------------------------------- words
def _title(answer: Map) -> str:
    located = sum(p.total for p in answer.places)
    return f"Where it happened: {located} of {count(answer.total, 'event')} on the map"


def _head(answer: Map) -> Iterator[str]:
    span = " to ".join(d for d in (answer.since, answer.until) if d)
    as_of = f"as of {answer.as_of}" if answer.as_of else ""
    said = " · ".join(x for x in (span, as_of, answer.only, _left_out(answer)) if x)
    yield text(20, 30, _title(answer), size=16, weight="bold", anchor="start")
    yield text(20, 50, clip(said, LONGEST), size=12, fill=QUIET, anchor="start")
    x = 20.0
    for quad, words in QUAD_WORDS.items():
        yield ring(x + 7, 67, 7, _only(quad))
        yield text(x + 19, 71, words, size=12, anchor="start")
        x += 40 + 6.6 * len(words)
    yield rect(x, 61, 14, 12, fill="url(#dragoman-hatch)", stroke=QUIET)
    yield text(x + 19, 71, "somewhere in this country", size=12, anchor="start")
    if answer.projects:
        yield _diamond(x + 200, 67)
        yield text(x + 211, 71, "project", size=12, anchor="start")


def _only(quad: int) -> tuple[int, int, int, int]:
    one, two, three, four = (int(quad == q) for q in (1, 2, 3, 4))
    return one, two, three, four


def _left_out(answer: Map) -> str:
    left = ((answer.planned, "planned"), (answer.undone, "not done"), (answer.background, "background"))
    said = ", ".join(f"{n} {words}" for n, words in left if n)
    return f"not shown: {said}" if said else ""


def _below(answer: Map, view: View) -> Iterator[str]:
    """Yield what the map can't show as points."""
    outside = [p for p in answer.places if not view.shows(p.lat or 0.0, p.lon or 0.0)]
    if outside:
        yield f"Outside of this part of the world: {_listed(outside)}"
    middles = [p for p in answer.places if p.kind in AREAS]
    if middles:
        yield f"Dashed: the middle of an area: {_listed(middles)}"
    if answer.countries:
        yield f"Known by country only: {_listed(answer.countries)}"
    if answer.unresolved:
        yield f"Named, but not found: {_listed(answer.unresolved)}"
    if homeless := sum(p.lat is None for p in answer.projects):
        yield f"{count(homeless, 'project')} whose place is not told"
    if answer.nowhere:
        yield f"{count(answer.nowhere, 'event')} without a place"


def _listed(found: Sequence[Place]) -> str:
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return ", ".join(f"{p.name} {p.total}" for p in found[:NAMED]) + more


def _counts(total: int, counts: Sequence[int]) -> str:
    each = ", ".join(f"{n} {QUAD_WORDS[q]}" for q, n in enumerate(counts, 1) if n)
    return f"{count(total, 'event')} ({each})"


def _said(of: Cluster) -> str:
    names = [p.name for p in of.places]
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    where = ", ".join(names[:5]) + more + (f", {called(of.country)}" if of.country and len(names) == 1 else "")
    middle = " (the middle of an area)" if _is_middle(of) else ""
    return f"{where}{middle}: {_counts(of.total, of.counts)}"


def _project_words(p: Project) -> str:
    return f"{p.title} ({p.kind}, {p.place}): {p.state}, {' – '.join(p.parties)}"


def _diamond(x: float, y: float) -> str:
    """Return the mark of a project; it stands above its place, where a circle may be."""
    return f'<path d="M{length(x)} {length(y - 6)}l6 6l-6 6l-6-6z" fill="#f2c744" stroke="{INK}" stroke-width="1.2"/>'


def _is_middle(of: Cluster) -> bool:
    return all(p.kind in AREAS for p in of.places)


# ---------------------------------------------------------------- the map
def _map(answer: Map, view: View, lead: Href) -> Iterator[str]:
    """Yield the map in a frame of its own, which cuts what passes its edge."""
    size = f'width="{length(view.width)}" height="{length(view.height)}"'
    yield f'<svg x="1" y="{TOP}" {size} viewBox="0 0 {length(view.width)} {length(view.height)}">'
    yield "<defs>" + _pattern("dragoman-hatch", 6) + _pattern("dragoman-wide", 60) + "</defs>"
    yield rect(0, 0, view.width, view.height, fill=SEA)
    yield from _land(answer, view, lead)
    circles = [_circle(c, view) for c in clusters(answer.places, view)]
    for c in reversed(circles):  # the greatest on top
        yield link(ring(c.x, c.y, c.radius, c.cluster.counts, dashed=_is_middle(c.cluster)) + _number(c),
                   _said(c.cluster), lead(c.cluster))  # fmt: skip
    for p in answer.projects:
        if p.lat is not None and p.lon is not None and view.shows(p.lat, p.lon):
            x, y = view.at(p.lat, p.lon)
            yield link(_diamond(x, y - LEAST - 5), _project_words(p), lead(p))
    spots = [Spot(x=c.x, y=c.y, radius=c.radius, name=clip(_name(c.cluster), 28)) for c in circles]
    for s in labels(spots, (view.width, view.height)):
        yield halo(s.x, s.y, s.name, s.anchor)
    yield "</svg>"


def _land(answer: Map, view: View, lead: Href) -> Iterator[str]:
    """Yield all land as one path, then the countries of which no more is known, each with its link."""
    only = {p.country: p for p in answer.countries if p.country}
    style = f'stroke="{BORDER}" stroke-width="6" transform="scale(.1)"'
    yield f'<path d="{"".join(view.path(o) for o in outlines() if o.code not in only)}" fill="{LAND}" {style}/>'
    for code, p in only.items():
        drawn = "".join(view.path(o) for o in outlines() if o.code == code)
        if drawn:
            hatch = f'<path d="{drawn}" fill="{LAND}" {style}/>' + _hatched(drawn)
            yield link(hatch, f"{p.name}, place not told: {_counts(p.total, p.counts)}", lead(p))


def _pattern(name: str, step: int) -> str:
    """Return lines for an area, `step` units apart."""
    lines = f'<path d="M0 {step // 2}H{step}" stroke="{HATCH}" stroke-width="{step / 6:g}"/>'
    size = f'width="{step}" height="{step}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<pattern id="{name}" {size}>{lines}</pattern>'


def _hatched(drawn: str) -> str:
    """Return a country under lines; the pattern is blown up where the path is scaled down."""
    return f'<path d="{drawn}" fill="url(#dragoman-wide)" stroke="{QUIET}" stroke-width="6" transform="scale(.1)"/>'


def _circle(of: Cluster, view: View) -> _Circle:
    x, y = view.at(of.lat, of.lon)
    return _Circle(x=x, y=y, radius=min(MOST, LEAST + 2.6 * (sqrt(of.total) - 1)), cluster=of)


def _name(of: Cluster) -> str:
    return of.name if len(of.places) == 1 else f"{of.name} +{len(of.places) - 1}"


def _number(c: _Circle) -> str:
    return text(c.x, c.y + 4, str(c.cluster.total), size=11, anchor="middle") if c.cluster.total > 1 else ""


def halo(x: float, y: float, words: str, anchor: str, size: int = 12) -> str:
    """Return words with a white edge, to be read over lines."""
    return text(x, y, words, size=size, anchor=anchor).replace(
        "<text ", '<text stroke="#ffffff" stroke-width="3" paint-order="stroke" stroke-linejoin="round" ', 1
    )


# ---------------------------------------------------------------- rings
def ring(x: float, y: float, radius: float, counts: Sequence[int], *, dashed: bool = False) -> str:
    """Return a disc whose edge is parted by quad class: what was only said is a thinner edge than what was done."""
    edge = f'stroke="{INK}" stroke-width="1" stroke-dasharray="2 2"' if dashed else f'stroke="{LINE}"'
    parts = [f'<circle cx="{length(x)}" cy="{length(y)}" r="{length(radius + 1.5)}" fill="#ffffff" {edge}/>']
    start, total = 0.0, sum(counts)
    for quad, n in enumerate(counts, 1):
        if n:
            thick = radius * (0.4 if quad in (2, 4) else 0.22)
            parts.append(_arc((x, y), radius - thick / 2, (start / total, (start + n) / total), quad, thick))
            start += n
    return "".join(parts)


def _arc(at: tuple[float, float], radius: float, of: tuple[float, float], quad: int, thick: float) -> str:
    """Return a piece of a circle, from share to share of it, clockwise from the top."""
    style = f'fill="none" stroke="{QUAD_COLOURS[quad]}" stroke-width="{length(thick)}"'
    if of[1] - of[0] > 0.999:
        return f'<circle cx="{length(at[0])}" cy="{length(at[1])}" r="{length(radius)}" {style}/>'
    (x1, y1), (x2, y2) = ((at[0] + radius * sin(2 * pi * s), at[1] - radius * cos(2 * pi * s)) for s in of)
    long = int(of[1] - of[0] > 0.5)
    r = length(radius)
    return f'<path d="M{length(x1)} {length(y1)}A{r} {r} 0 {long} 1 {length(x2)} {length(y2)}" {style}/>'
