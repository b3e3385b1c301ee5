"""The course between two parties as a page: the chart of all weeks, and what lies in the stretch that was chosen."""

from markupsafe import Markup

from dragoman.answer import brief_words as told
from dragoman.answer import dyads, dyads_picture, dyads_tables
from dragoman.answer.dyads import Dyad
from dragoman.answer.dyads_picture import OnPage
from dragoman.answer.ledger import Ledger
from dragoman.web import drawing
from dragoman.web.asked import Asked
from dragoman.web.pages.brief import PARTIES
from dragoman.web.sheet import Param, Route, Sheet

FILTERS = ("as_of", "since", "until", "type", "act", "certainty", "outlet", "source", "min_confidence")
STEPS, WEIGHTS = ("day", "week", "month"), ("none", "origins", "certainty")
STRETCH = ("since", "until")
EVENTS = 50  # listed below the chart, the latest; a shorter stretch shows the others


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of a dyad: JSON, CSV and Markdown tell the stretch; the page draws it within the whole."""
    a, b, filters = asked.needed("a"), asked.needed("b"), asked.filters
    weight = asked.choice("weight", WEIGHTS, "none") or "none"
    by = asked.choice("by", STEPS, "week") or "week"
    answer = ledger.dyad(a, b, weight=weight, **filters)

    def view() -> dict[str, object]:
        rest = {name: value for name, value in filters.items() if name not in STRETCH}
        whole = ledger.dyad(a, b, weight=weight, **rest) if rest != filters else answer
        brief = ledger.brief(a, b, **filters)
        shown = told.parts(brief)
        ids = [e for p in answer.one("both", "month").points for e in p.events]
        latest = ids[::-1][:EVENTS]
        return {
            "picture": Markup(dyads_picture.picture(whole, _on_page(asked))),  # noqa: S704 - drawn by us, escaped
            "brief": brief,
            "parts": shown,
            "referred": told.referred(shown),
            "words": told,
            "counted": dyads_tables.counted(answer),
            "events": dyads.events_behind(ledger.store, a, b, filters, latest),
            "left": len(ids) - len(latest),
            "weights": WEIGHTS,
        }

    return Sheet(
        title=f"{answer.a} – {answer.b}",
        template="dyad.html",
        answer=answer,
        table=lambda: dyads_tables.series_table(answer, by),
        markdown=lambda: dyads_tables.markdown(answer, by),
        view=view,
    )


def _on_page(asked: Asked) -> OnPage:
    """Return what makes each week of the picture a link to the same page of that week."""
    kept = asked.but(*STRETCH)
    since, until = dyads.window({n: asked.many(n) for n in STRETCH})
    return OnPage(lambda first, last: drawing.address("/dyad", *kept, since=first, until=last), since, until)


ROUTES = (
    Route(
        "/dyad",
        "dyad",
        "The course between two parties: counts and scores by day, week and month, level, breaks.",
        build,
        Dyad,
        FILTERS,
        (
            *PARTIES,
            Param("by", "The step of the series in CSV and Markdown.  [default: week]", STEPS),
            Param("weight", "What an event counts: one, its origins, or half where hedged or disputed.", WEIGHTS),
        ),
    ),
)
