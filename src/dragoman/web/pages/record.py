"""How the ledger came about, as pages: the runs that read into it, and what they could not read."""

from dragoman.answer import tables
from dragoman.answer.ledger import Ledger
from dragoman.records import Rejected, Run
from dragoman.store import Pulse
from dragoman.web.asked import Asked
from dragoman.web.sheet import Route, Sheet

RUNS: tuple[tables.Column, ...] = (
    ("id", "text", lambda r: r.id),
    ("started", "text", lambda r: r.started),
    ("version", "text", lambda r: r.version),
    ("hashes", "list", lambda r: [f"{name} {value}" for name, value in sorted(r.hashes.items())]),
)


def rejected(ledger: Ledger, _: Asked) -> Sheet:
    """Return the sheet of what could not be read."""
    found = ledger.rejected()
    return Sheet("Rejected", "rejected.html", found, lambda: tables.rejected_table(found))


def runs(ledger: Ledger, _: Asked) -> Sheet:
    """Return the sheet of the runs, the latest first."""
    found = ledger.store.runs()[::-1]
    return Sheet("Runs", "runs.html", found, lambda: tables.table(RUNS, found))


PULSE: tuple[tables.Column, ...] = (
    ("documents", "integer", lambda p: p.documents),
    ("waiting", "integer", lambda p: p.waiting),
    ("last_read", "text", lambda p: p.last_read),
)


def pulse(ledger: Ledger, _: Asked) -> Sheet:
    """Return the sheet of how much the ledger holds now: what a page asks to know whether more has come in."""
    now = ledger.pulse()
    return Sheet("Pulse", "pulse.html", now, lambda: tables.table(PULSE, [now]))


ROUTES = (
    Route("/pulse", "pulse", "How many reports the ledger holds now.", pulse, Pulse),
    Route("/rejected", "rejected", "What could not be read, and why.", rejected, list[Rejected]),
    Route("/runs", "runs", "The runs that read into the ledger: version, hashes of models and data.", runs, list[Run]),
)
