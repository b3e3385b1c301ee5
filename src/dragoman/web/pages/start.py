"""The start page: what is new, and the pairs that moved most."""

from dragoman.answer import dyads_tables
from dragoman.answer.dyads_moved import Movers
from dragoman.answer.ledger import Ledger
from dragoman.web.asked import Asked
from dragoman.web.sheet import AS_OF, Route, Sheet

SHOWN = 10  # pairs: what fits beside the search box


def build(ledger: Ledger, asked: Asked) -> Sheet:
    """Return the sheet of the pairs that moved most."""
    answer = ledger.moved(limit=SHOWN, **asked.filters)
    return Sheet("The ledger", "start.html", answer, lambda: dyads_tables.moved_table(answer))


ROUTES = (Route("/", "start", "What moved most lately.", build, Movers | None, filters=AS_OF),)
