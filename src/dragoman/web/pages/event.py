"""One event opened as a page, down to the words of each telling; one mention likewise."""

from dragoman.answer import asof, event, explain, markdown, tables
from dragoman.answer.document import check_known
from dragoman.answer.event import Opened
from dragoman.answer.explain import Explanation
from dragoman.answer.ledger import Ledger
from dragoman.answer.words import act_words, parties_words
from dragoman.resolve.corrections import FIELDS
from dragoman.text import fold
from dragoman.web.asked import Asked
from dragoman.web.marking import excerpts
from dragoman.web.sheet import AS_OF, Param, Route, Sheet

SHOWN = 40  # tellings with their sentences on one page; `all=yes` shows every one
LABELS = ("predicate", "actor", "recipient", "theme", "when", "where", "voice", "cue", "count")
TOLD: tuple[tables.Column, ...] = (
    ("mention", "text", lambda x: x.mention),
    ("published", "text", lambda x: x.published),
    ("publisher", "text", lambda x: x.publisher),
    ("title", "text", lambda x: x.title),
    ("url", "text", lambda x: x.url),
    ("document", "text", lambda x: x.document),
    ("origin", "text", lambda x: x.origin),
    ("says", "list", lambda x: list(x.says)),
    ("status", "text", lambda x: x.status),
    ("certainty", "text", lambda x: x.certainty),
    ("historical", "truth", lambda x: x.historical),
    ("confidence", "number", lambda x: x.confidence),
    ("nearest", "text", lambda x: x.nearest),
    ("score", "number", lambda x: x.score),
    ("said", "text", lambda x: x.said),
)
MARKS: tuple[tables.Column, ...] = (
    ("label", "text", lambda k: k.label),
    ("words", "text", lambda k: k.text),
    ("value", "text", lambda k: k.value),
    ("start", "integer", lambda k: k.start),
    ("end", "integer", lambda k: k.end),
)


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of an event."""
    answer = event.opened(ledger.store, asked.path["id"], asked.filters)
    whole = asked.choice("all", ("no", "yes")) == "yes"

    def view() -> dict[str, object]:
        shown = answer.told if whole else answer.told[:SHOWN]
        mentions = ledger.store.mentions_by_id({x.mention for x in shown})
        documents = ledger.store.documents_by_id({x.document for x in shown})
        return {
            "told": [(x, excerpts(mentions[x.mention], documents[x.document].text)) for x in shown],
            "by_id": {x.mention: x for x in answer.told},
            "left": len(answer.told) - len(shown),
            "labels": LABELS,
            "fields": tuple(FIELDS),
            "fold": fold,
        }

    return Sheet(
        title=_title(answer),
        template="event.html",
        answer=answer,
        table=lambda: tables.table(TOLD, answer.told),
        markdown=lambda: markdown.event(answer),
        view=view,
    )


def build_mention(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of a mention."""
    answer = explain.explain(ledger.store, asked.path["id"])
    m, document = answer.mention, ledger.store.document(answer.document_id).document
    check_known(document, asof.day_of(asked.filters))
    return Sheet(
        title=f"{act_words(m)}: {parties_words(m.actors, m.recipients)}",
        template="mention.html",
        answer=answer,
        table=lambda: tables.table(MARKS, answer.marks),
        markdown=lambda: markdown.explanation(answer),
        view=lambda: {
            "excerpts": excerpts(m, document.text),
            "labels": LABELS,
            "events": ledger.store.events_holding([answer.id]),
        },
    )


def _title(answer: Opened) -> str:
    e = answer.event
    return f"{act_words(e)}: {parties_words(e.actors, e.recipients)}"


ROUTES = (
    Route(
        "/event/{id}",
        "event",
        "One event: each telling, origins, where they differ, why they are one.",
        build,
        Opened,
        AS_OF,
        (Param("all", "Every telling with its sentences.", ("no", "yes")),),
    ),
    Route(
        "/mention/{id}",
        "mention",
        "One telling down to its words, with what speaks for it.",
        build_mention,
        Explanation,
        AS_OF,
    ),
)
