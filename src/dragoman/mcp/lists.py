"""The tools that answer with a list, a page at a time: events, dossiers, flows, contacts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from dragoman.answer import asof
from dragoman.answer.filters import BY_NAME, MATTERS, english
from dragoman.answer.identities import must_know, sides
from dragoman.answer.ledger import Ledger
from dragoman.answer.references import Citation, citations
from dragoman.answer.words import count
from dragoman.mcp import text
from dragoman.mcp.replies import Answer, Page, Reply, page
from dragoman.records import Dossier, Event

T = TypeVar("T")
Asked = Mapping[str, Any]
CITED = 3  # sentences of an event in a list; `event` has the others
STAGES = 20  # the latest of a dossier; its `events` are whole, and `event` opens them
SUMMED = 10  # events named of a sum
ONE = 1  # sentence of each event where a record counts several


def events(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with events."""
    filters = filters_of(asked, tuple(BY_NAME))
    named = [n for f in BY_NAME.values() if f.value == "PARTY" for n in _several(filters.get(f.name, ()))]
    know(ledger, named, filters)
    found = ledger.events(**filters)
    day = asof.day_of(filters)

    def cite(some: Sequence[Event]) -> list[tuple[Citation, ...]]:
        told = citations(ledger.store, some, CITED, day=day)
        return [told[e.id] for e in some]

    return _reply("event", english(filters), _page(found, cite, asked), text.event)


def dossiers(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with matters and their stages."""
    a, b, theme = asked.get("a"), asked.get("b"), asked.get("theme")
    filters = _matters(ledger, asked)
    found = [_late(d) for d in ledger.dossiers(a, b, theme, **filters)]
    made = _page(found, _by_event(ledger, filters, _of_dossier, ONE), asked)
    about = f"on “{theme}”" if theme else ""
    return _reply("dossier", _question(a, b, filters, about), made, text.dossier)


def flows(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with flows, or with their sums by month."""
    a, b = asked.get("a"), asked.get("b")
    filters = _matters(ledger, asked)
    question = _question(a, b, filters)
    if asked["by"] == "month":
        summed = [msgspec.structs.replace(s, events=s.events[:SUMMED]) for s in ledger.flow_sums(a, b, **filters)]
        sums = _page(summed, _by_event(ledger, filters, lambda s: s.events, ONE), asked)
        return _reply("monthly sum", question, sums, text.flow_sum)
    found = ledger.flows(a, b, **filters)
    made = _page(found, _by_event(ledger, filters, lambda f: (f.event,), CITED), asked)
    return _reply("flow", question, made, text.flow)


def contacts(ledger: Ledger, asked: Asked) -> Reply:
    """Answer with meetings, visits and calls."""
    a, b = asked.get("a"), asked.get("b")
    filters = _matters(ledger, asked)
    found = ledger.contacts(a, b, **filters)
    made = _page(found, _by_event(ledger, filters, lambda c: (c.event,), CITED), asked)
    return _reply("contact", _question(a, b, filters), made, text.contact)


# ---------------------------------------------------------------- what is asked
def filters_of(asked: Asked, names: Sequence[str]) -> dict[str, Any]:
    """Return those of the arguments that are filters."""
    return {n: asked[n] for n in names if n in asked}


def know(ledger: Ledger, names: Sequence[str], filters: Asked) -> None:
    """Raise StopRun for a party that nobody knows."""
    side = sides(ledger.store, filters)
    must_know(ledger.store, *map(side, names))


def _matters(ledger: Ledger, asked: Asked) -> dict[str, Any]:
    filters = filters_of(asked, MATTERS)
    know(ledger, [x for x in (asked.get("a"), asked.get("b")) if x], filters)
    return filters


def _several(value: Any) -> Sequence[str]:
    return [value] if isinstance(value, str) else list(value)


def _question(a: str | None, b: str | None, filters: Asked, about: str = "") -> str:
    parties = " and ".join(x for x in (a, b) if x)
    return ", ".join(x for x in (f"of {parties}" if parties else "", about, english(filters)) if x)


# ---------------------------------------------------------------- what they rest on
def _late(d: Dossier) -> Dossier:
    """Return a matter with its latest stages and the first events of each sum: all of which can be cited."""
    sums = tuple(msgspec.structs.replace(a, events=a.events[:SUMMED]) for a in d.amounts)
    return msgspec.structs.replace(d, stages=d.stages[-STAGES:], amounts=sums)


def _of_dossier(d: Dossier) -> Sequence[str]:
    return tuple(dict.fromkeys([*(s.event for s in d.stages), *(i for a in d.amounts for i in a.events)]))


def _by_event(
    ledger: Ledger, filters: Asked, events_of: Callable[[Any], Sequence[str]], most: int
) -> Callable[[Sequence[Any]], list[tuple[Citation, ...]]]:
    """Return the function that cites records by the events that they rest on."""

    def cite(some: Sequence[Any]) -> list[tuple[Citation, ...]]:
        told = cited_events(ledger, [i for x in some for i in events_of(x)], most, asof.day_of(filters))
        return [tuple(c for i in events_of(x) for c in told.get(i, ())) for x in some]

    return cite


def cited_events(ledger: Ledger, ids: Sequence[str], most: int, day: str | None) -> dict[str, tuple[Citation, ...]]:
    """Return event id → citations, of events by the ids of any of their mentions."""
    found = asof.events_with(ledger.store, set(ids), day)
    told = citations(ledger.store, found, most, day=day)
    return {m: told[e.id] for e in found for m in (e.id, *e.mentions)}


# ---------------------------------------------------------------- the reply
def _page(found: Sequence[T], cite: Callable[[Sequence[T]], Sequence[tuple[Citation, ...]]], asked: Asked) -> Page[T]:
    return page(found, cite, limit=asked["limit"], cursor=asked.get("cursor"))


def _reply(noun: str, question: str, made: Page[T], line: Callable[[T], str]) -> Reply:
    rests, left = made.references, made.left_out(noun)
    lines = [f"{line(x)} {text.marks(c, rests)}" for x, c in zip(made.items, made.cited, strict=True)]
    title = " ".join(f"{count(made.total, noun)} {question}".split())
    return Reply(
        answer=Answer(answer=made.items, left_out=left, cursor=made.cursor, references=rests),
        text=text.page(title, lines, left, made.cursor, rests),
    )
