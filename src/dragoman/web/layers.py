"""The layers of one text, made when they are asked for and kept a while: a parse costs a second. No drawing."""

import functools
from collections.abc import Iterator
from http import HTTPStatus
from threading import BoundedSemaphore, Lock

from starlette.exceptions import HTTPException

from dragoman import app
from dragoman.answer.document import Said
from dragoman.records import ActorMention, Annotated, Document, PlaceMention, Predicate, Quantity, Record

KEPT = 16  # documents: what one reader goes back and forth between
LONGEST = (
    60_000  # characters: some ten seconds of parsing; no article is longer, and one asker must not hold the others
)
# What a reader can switch on, in the order of the legend.
NAMES = ("events", "actors", "times", "places", "quantities", "attributions", "predicates")


class LayerSpan(Record, frozen=True):
    """One span of one layer; offsets index the document's text."""

    layer: str
    start: int
    end: int
    text: str
    value: str  # what the words were read as
    mention: str | None = None  # in the layer of events


ONE = Lock()  # the parser is not made for two threads
WAITING = 3  # who may ask for layers at once, less than `turns.TOGETHER`: the others find the pages without layers open
_PLACES = BoundedSemaphore(WAITING)


def of_text(document: Document) -> tuple[LayerSpan, ...]:
    """Return every layer of a document but that of events, by offset; none where the text is too long.

    One text is parsed at a time. Raises 503 where WAITING ask already: ten seconds each, they would hold up everybody.
    """
    if len(document.text) > LONGEST:
        return ()
    if not _PLACES.acquire(blocking=False):
        said = "the layers of other texts are being made; ask again in some seconds"
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, said, {"retry-after": "5"})
    try:
        with ONE:
            return _made(document)
    finally:
        _PLACES.release()


@functools.lru_cache(maxsize=KEPT)
def _made(document: Document) -> tuple[LayerSpan, ...]:
    return tuple(_spans(*app.layers(document)))


def of_events(said: tuple[Said, ...], text: str) -> list[LayerSpan]:
    """Return the layer of events: the words that tell them."""
    return [
        LayerSpan(layer="events", start=s.start, end=s.end, text=text[s.start : s.end], value=s.what, mention=s.mention)
        for s in said
    ]


def _spans(layered: Annotated, predicates: tuple[Predicate, ...]) -> Iterator[LayerSpan]:
    for a in layered.actors:
        yield LayerSpan(layer="actors", start=a.start, end=a.end, text=a.text, value=_actor(a))
    for t in layered.times:
        value = " ".join(x for x in (t.type.lower(), t.edtf or t.value or "unresolved") if x)
        yield LayerSpan(layer="times", start=t.start, end=t.end, text=t.text, value=value)
    for p in layered.places:
        yield LayerSpan(layer="places", start=p.start, end=p.end, text=p.text, value=_place(p))
    for q in layered.quantities:
        yield LayerSpan(layer="quantities", start=q.start, end=q.end, text=q.text, value=_quantity(q))
    for n, x in enumerate(layered.attributions, 1):
        for kind, spans in (("source", x.source), ("cue", x.cue), ("content", x.content)):
            for s in spans:
                yield LayerSpan(layer="attributions", start=s.start, end=s.end, text=s.text, value=f"{kind} {n}")
    for v in predicates:
        said = [v.status, *([v.certainty] if v.certainty != "stated" else []), *(["background"] * v.historical)]
        yield LayerSpan(layer="predicates", start=v.start, end=v.end, text=v.text, value=", ".join(said))


def _actor(a: ActorMention) -> str:
    name = f"{a.name} [{a.country}]" if a.country else a.name
    return ", ".join(x for x in (name, "/".join(a.sectors), a.role) if x)


def _place(p: PlaceMention) -> str:
    if p.lat is None or p.lon is None:
        return f"{p.name}, unresolved"
    return f"{p.name} [{p.country or '?'}] {p.lat:.2f}, {p.lon:.2f}"


def _quantity(q: Quantity) -> str:
    bounds = [f"{b:,.10g}" for b in (q.low, q.high) if b is not None]
    return " ".join(x for x in (q.kind, "–".join(dict.fromkeys(bounds)) or "open", q.unit) if x)
