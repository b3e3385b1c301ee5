"""The brief of two parties as a page."""

from dragoman.answer import brief_pages, tables
from dragoman.answer import brief_words as told
from dragoman.answer.brief import Brief
from dragoman.answer.ledger import Ledger
from dragoman.web.asked import Asked
from dragoman.web.sheet import Param, Route, Sheet

FILTERS = ("as_of", "since", "until", "type", "act", "status", "certainty", "outlet", "source", "min_confidence")
PARTIES = (
    Param("a", "A party: a code (RUS), a state (Russia) or a name.", needed=True),
    Param("b", "The other party.", needed=True),
)
WHOLE = ("no", "yes")


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of a brief."""
    since = asked.one("changed_since")
    answer = ledger.brief(asked.needed("a"), asked.needed("b"), changed_since=since, **asked.filters)
    whole = asked.choice("all", WHOLE) == "yes"

    def view() -> dict[str, object]:
        shown = told.parts(answer, whole=whole)
        return {"parts": shown, "referred": told.referred(shown), "words": told}

    return Sheet(
        title=f"{answer.a} – {answer.b}",
        template="brief.html",
        answer=answer,
        table=lambda: tables.brief_table(answer),
        markdown=lambda: brief_pages.markdown(answer, whole=whole),
        view=view,
    )


ROUTES = (
    Route(
        "/brief",
        "brief",
        "What stands between two parties.",
        build,
        Brief,
        FILTERS,
        (
            *PARTIES,
            Param("changed_since", "What is new is what came after this day."),
            Param("all", "Every line of every part.", WHOLE),
        ),
    ),
)
