"""The connection that both sides of the ledger use, and the engine's faults in one line that says what to do."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from dragoman.errors import StopRun

# What a fault says (in words, or PostgreSQL's code before them) → what to do; "{}" is its own words. The first counts.
_ADVICE = (
    ("locked|^55P03", "is locked by another program; wait for it to end, or close it"),
    ("not a database", "is no ledger (not an SQLite file); name another with --store"),
    ("readonly|unable to open", "can't be written ({}); change its permissions, or name another with --store"),
    (
        "password authentication failed|no password supplied",
        "the server refuses the password; put the right one into ~/.pgpass or into the address (user:password@host)",
    ),
    ("authentication failed|no pg_hba.conf entry", "the server lets this user not in ({}); ask who runs it"),
    ('database ".*" does not exist', "there is no such database; make it with `createdb`, or name another by --store"),
    ('role ".*" does not exist', "there is no such user ({}); name one in the address (user@host)"),
    (
        "connection refused|no such file|timeout expired|timed out|resolve host|translate host|unreachable",
        "no server answers there; start it, or give its address with --store",
    ),
    ("too many clients|connection slots", "the server has no connection left; close other programs, or try again"),
    ("closed the connection|terminating connection|connection is lost", "the server ended the connection; try again"),
    ("^42501|^25006|^3F000", "can't be written ({}); ask its owner for the right to, or name another with --store"),
    ("^53100|disk is full", "there is no space left; free some and try again"),
    ("^22021|NUL", "no text with a NUL character can be kept or looked for; leave it out"),
)  # fmt: skip


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
        with explained(self.name), writing(self.engine) as connection:
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a transaction that writes, alone among all that do: each begins with what the one before it left."""
    options: dict[str, Any] = {"dragoman_writes": True}
    if engine.dialect.name == "postgresql":  # else it would see what was there before it waited for the others
        options["isolation_level"] = "READ COMMITTED"
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the engine's faults into StopRun; a broken constraint is a fault of the program and stays as it is."""
    try:
        yield
    except IntegrityError:
        raise
    except (DatabaseError, sqlite3.DatabaseError) as fault:
        raise StopRun(f"{name}: {_advice(getattr(fault, 'orig', None) or fault)}") from fault


def _advice(fault: BaseException) -> str:
    """Return the fault with what to do about it."""
    reason = " ".join(str(fault).split())
    told = f"{getattr(fault, 'sqlstate', None) or ''} {reason}".lstrip()
    for sign, advice in _ADVICE:
        if re.search(sign, told, re.IGNORECASE):
            return advice.format(reason)
    return f"can't be used ({reason}); restore it from a copy, or name another with --store"
