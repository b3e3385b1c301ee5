"""The connection that both sides of the ledger use, and the engine's faults in one line that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from dragoman.errors import StopRun


class Side:
    """A side of one ledger: its engine, and the name that the user knows it by."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.name), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            explained(self.name),
            self.engine.connect().execution_options(dragoman_writes=True) as connection,
            connection.begin(),
        ):
            yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the engine's faults into StopRun; a broken constraint is a fault of the program and stays as it is."""
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        raise StopRun(f"{name}: {_advice(str(getattr(fault, 'orig', None) or fault))}") from fault


def _advice(reason: str) -> str:
    """Return the fault with what to do about it."""
    reason = " ".join(reason.split())
    if "locked" in reason:
        return "is locked by another program; wait for it to end, or close it"
    if "not a database" in reason:
        return "is no ledger (not an SQLite file); name another with --store"
    if "readonly" in reason or "unable to open" in reason:
        return f"can't be written ({reason}); change its permissions, or name another with --store"
    return f"can't be used ({reason}); restore it from a copy, or name another with --store"
