"""The tool that looks for words: actors, places, dossiers, events and documents that have them."""

from collections.abc import Mapping
from typing import Any

from dragoman.answer import search_tables
from dragoman.answer.conditions import last_day
from dragoman.answer.ledger import Ledger
from dragoman.answer.markdown import plain
from dragoman.answer.references import Citation, of_mentions
from dragoman.answer.search import DocumentHit
from dragoman.answer.words import clip
from dragoman.mcp import text
from dragoman.mcp.lists import ONE, cited_events
from dragoman.mcp.replies import LEFT, Answer, Reply

Cited = dict[tuple[str, str], tuple[Citation, ...]]  # by kind and id: a dossier has the id of its first event


def search(ledger: Ledger, asked: Mapping[str, Any]) -> Reply:
    """Answer with the hits of each kind."""
    found = ledger.search(asked["words"], asked["limit"], as_of=asked.get("as_of"), cursor=asked.get("cursor"))
    day = last_day("--as-of", asked["as_of"]) if "as_of" in asked else None
    sentences = of_mentions(ledger.store, [e.mention for e in found.events], day=day)
    matters = cited_events(ledger, [d.id for d in found.dossiers], ONE, day)
    rests: Cited = {("event", e.id): (sentences[e.mention],) for e in found.events if e.mention in sentences}
    rests |= {("dossier", d.id): matters.get(d.id, ()) for d in found.dossiers}
    rests |= {("document", d.id): (_piece(d),) for d in found.documents}
    references = tuple(dict.fromkeys(c for some in rests.values() for c in some))
    left = (f"further hits; {LEFT}",) if found.next else ()
    lines = [f"{_line(x)} {text.marks(rests.get((x.kind, x.id), ()), references)}" for x in search_tables.lines(found)]
    title = f"“{found.words}”" + (f" as of {found.as_of}" if found.as_of else "") + ("" if lines else ": nothing")
    return Reply(
        answer=Answer(answer=found, left_out=left, cursor=found.next, references=references),
        text=text.page(title, lines, left, found.next, references),
    )


def _line(x: search_tables.Line) -> str:
    date = f"**{x.date}** " if x.date else ""
    return f"{x.kind} {date}{plain(clip(x.name))} ({plain(x.about)}) `{x.id}`"


def _piece(d: DocumentHit) -> Citation:
    """Return a document's piece as a reference, though no mention tells of it."""
    return Citation(
        event=None,
        mention=None,
        document=d.id,
        title=d.title,
        publisher=d.publisher,
        published=d.published,
        url=d.url,
        start=d.start,
        end=d.start + len(d.snippet),
        quote=d.snippet,
        says=(),
        corrected=False,
    )
