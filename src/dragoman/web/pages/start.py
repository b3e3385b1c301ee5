"""The start page: search, the pairs that moved most, and what was told last."""

from dragoman.answer import dyads_tables
from dragoman.answer.dyads_moved import Movers
from dragoman.answer.ledger import Ledger
from dragoman.web.asked import Asked
from dragoman.web.sheet import AS_OF, Route, Sheet

SHOWN = 10  # pairs, and events: what a glance takes in


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the pairs that moved most."""
    answer = ledger.moved(limit=SHOWN, **asked.filters)

    def view() -> dict[str, object]:
        latest = ledger.latest_events(SHOWN, **asked.filters)
        return {"latest": latest, "pulse": ledger.pulse()}

    return Sheet("The ledger", "start.html", answer, lambda: dyads_tables.moved_table(answer), view=view)


ROUTES = (Route("/", "start", "What moved most lately.", build, Movers | None, filters=AS_OF),)
