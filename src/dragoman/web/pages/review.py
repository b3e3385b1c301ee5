"""What people decide, as pages: the pairs that wait for a judgement, and the decisions. Deciding is in `deciding`."""

from dragoman.answer import review, tables
from dragoman.answer.ledger import Ledger
from dragoman.answer.review import Decision, Doubt
from dragoman.answer.words import act_words, parties_words
from dragoman.web.asked import Asked
from dragoman.web.sheet import Param, Route, Sheet

SHOWN = 20  # pairs of one page
DOUBTS: tuple[tables.Column, ...] = (
    ("score", "number", lambda x: x.score),
    ("a", "text", lambda x: x.a.id),
    ("b", "text", lambda x: x.b.id),
    ("what_a", "text", lambda x: f"{act_words(x.a)}: {parties_words(x.a.actors, x.a.recipients)}"),
    ("what_b", "text", lambda x: f"{act_words(x.b)}: {parties_words(x.b.actors, x.b.recipients)}"),
    ("said_a", "text", lambda x: x.said[0]),
    ("said_b", "text", lambda x: x.said[1]),
    ("reasons", "list", lambda x: [f"{i.name} {i.value} {i.weight:+.2f}" for i in x.reasons]),
)


def queue(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the pairs that the rules are unsure of, the likeliest first."""
    found = review.queue(ledger.store, asked.number("limit", SHOWN, most=500))
    return Sheet("Review queue", "queue.html", found, lambda: tables.table(DOUBTS, found))


def decisions(ledger: Ledger, _: Asked) -> Sheet:
    """Return the sheet of what people decided, the latest first."""
    found = review.decisions(ledger.store)[::-1]
    return Sheet("Decisions", "decisions.html", found, lambda: tables.decisions_table(found))


ROUTES = (
    Route(
        "/queue",
        "queue",
        "Pairs of tellings that the rules are unsure of.",
        queue,
        list[Doubt],
        params=(Param("limit", f"So many pairs, up to 500.  [default: {SHOWN}]", number=True),),
    ),
    Route("/decisions", "decisions", "What people decided, undone or not.", decisions, list[Decision]),
)
