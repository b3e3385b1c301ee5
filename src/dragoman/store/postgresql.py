"""What is PostgreSQL's own: the engine of an address, the lock of writers, columns as SQLite has them, rows by COPY."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from dragoman.config import without_password
from dragoman.errors import StopRun

DRIVER = "postgresql+psycopg"
ADDRESS = "postgresql://USER@HOST:5432/DATABASE"
# Seconds that a writer waits for the others of a shared ledger. A batch of resolution takes a second or two, and some
# dozens may stand in line; the lock of a program that has died is freed by the server, so nothing waits for ever.
WAIT = 300.0
CONNECT = 10  # seconds until a server that does not answer counts as absent
_ANY = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_OURS = re.compile(r"^(postgres|postgresql|postgresql\+psycopg)://")
_LOCK = 7264  # the class of our advisory locks; the second number is the schema, of which each may hold a ledger
_BEGIN = (
    "SELECT set_config('lock_timeout', '{wait}ms', true), "
    f"pg_advisory_xact_lock({_LOCK}, to_regnamespace(quote_ident(current_schema()))::oid::int)"
)
_UNLIKE = """
SELECT a.attrelid::regclass::text AS of, quote_ident(a.attname) AS name
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_collation o ON o.oid = a.attcollation
WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind = 'r' AND a.attnum > 0
AND NOT a.attisdropped AND a.atttypid IN ('varchar'::regtype, 'text'::regtype)
AND (a.atttypid = 'varchar'::regtype OR o.collname <> 'C')
ORDER BY c.relname, a.attnum"""


def is_address(name: str) -> bool:
    """Return whether a ledger is named by an address, not by a path."""
    return bool(_ANY.match(name))


def postgresql(name: str, wait: float = WAIT) -> Engine:
    """Return the engine of an address; nothing is connected yet. Raises StopRun for an address that is none of ours.

    Readers see the ledger as it was when they began; writers come one by one (see `_begin`) and see all before them.
    """
    url = _url(name)
    given = {"connect_timeout": CONNECT} if "connect_timeout" not in url.query else {}
    try:
        engine = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True, connect_args=given)
    except ModuleNotFoundError as fault:
        shown = without_password(name)
        raise StopRun(f"{shown}: needs {fault.name}; install it with `pip install 'dragoman[postgres]'`") from fault
    event.listen(engine, "connect", _settle)
    statement = _BEGIN.format(wait=int(1000 * wait))

    def begin(connection: Connection) -> None:
        """Let one writer in at a time, as SQLite does: no deadlock, and nothing is decided on what another changes."""
        if connection.get_execution_options().get("dragoman_writes"):
            connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)
    return engine


def _url(name: str) -> URL:
    shown = without_password(name)
    if not _OURS.match(name):
        raise StopRun(f"{shown}: no such kind of ledger; name a file, or a PostgreSQL database as {ADDRESS}")
    try:
        return make_url(name).set(drivername=DRIVER)
    except (ArgumentError, ValueError):  # without its cause, which may tell the password
        raise StopRun(f"{shown}: can't be read as an address; write {ADDRESS}") from None


def _settle(connection: Any, _: object) -> None:
    """Turn off compiling of questions: it takes longer than to answer them."""
    connection.execute("SET jit = off")
    connection.commit()


# ---------------------------------------------------------------- tables
def check_encoding(connection: Connection, name: str) -> None:
    """Refuse a database that can't hold every text."""
    found = connection.execute(text("SHOW server_encoding")).scalar_one()
    if found != "UTF8":
        raise StopRun(f"{name}: its encoding is {found}; make one with `createdb --encoding UTF8 --template template0`")


def make_plain(connection: Connection) -> None:
    """Let columns of text hold and order what they do in SQLite: any length, by code point.

    The database's own collation would order names by a language's rules, which differ from server to server.
    """
    by_table: dict[str, list[str]] = {}
    for row in connection.execute(text(_UNLIKE)):
        by_table.setdefault(row.of, []).append(f'ALTER COLUMN {row.name} TYPE text COLLATE "C"')
    for table, changes in by_table.items():
        connection.exec_driver_sql(f"ALTER TABLE {table} {', '.join(changes)}")


# ---------------------------------------------------------------- rows
def copy_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows by COPY. Raises the faults that an INSERT would."""
    preparer = connection.dialect.identifier_preparer
    columns = ", ".join(map(preparer.quote, names))
    statement = f"COPY {preparer.format_table(table)} ({columns}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    errors: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except errors.Error as fault:
        raise DBAPIError.instance(statement, None, fault, errors.Error, dialect=connection.dialect) from fault
