"""Opening a ledger: the engine, its settings and its migrations. No rows are read here."""

import os
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.pool import QueuePool

from dragoman.config import without_password
from dragoman.errors import StopRun
from dragoman.store.faults import explained, writing
from dragoman.store.postgresql import check_encoding, is_address, make_plain, postgresql
from dragoman.store.progress import Progress
from dragoman.store.search import Searching
from dragoman.store.shelf import Shelving, rebuild_dyads
from dragoman.store.view import View
from dragoman.store.writer import Writer

HEAD = "0007"  # the newest migration; a test holds it equal to the newest script
DYADS = "0003"  # the migration that brought the derived table of dyads
VERSION_TABLE = "dragoman_version"
WAIT = 10.0  # seconds that a writer waits for another: one document's rows take milliseconds, so longer means stuck
CACHE = 65536  # KiB of pages that a connection keeps; with SQLite's 2 MiB a large ledger's indexes are read ever anew


class Store(Writer, View, Searching, Shelving, Progress):
    """One ledger, open: `Writer` puts in, `View` takes out, `Searching` finds by words, `Shelving` resolves.

    `Progress` knows how far reading has come. A context manager; `close` frees the file.
    """

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_store(where: str | Path, *, create: bool = True, wait: float | None = None) -> Store:
    """Open the ledger at a path (SQLite) or at the address of a PostgreSQL database, creating and migrating it.

    With `create=False` a ledger that is not there is an error, and one in a folder that can't be written opens for
    reading. `wait`: seconds that a writer waits for another. Raises StopRun in one line that says what to do and shows
    no password.
    """
    name = without_password(str(where))
    given = {} if wait is None else {"wait": wait}
    engine = postgresql(str(where), **given) if is_address(str(where)) else _sqlite(Path(where), create=create, **given)
    try:
        with explained(name):
            _migrate(engine, name, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, name)


# ---------------------------------------------------------------- SQLite
def _sqlite(path: Path, *, create: bool, wait: float = WAIT) -> Engine:
    """Return the engine of one SQLite file in WAL mode, foreign keys on."""
    if path.is_dir():
        raise StopRun(f"{path}: is a folder; name a file, such as {path / 'dragoman.db'}")
    if not path.exists() and not create:
        raise StopRun(f"{path}: no ledger here; make one with `dragoman read PATH`, or name another with --store")
    if not path.parent.is_dir():
        raise StopRun(f"{path}: the folder {path.parent} is not there; make it first, or name another with --store")
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if not writable and create:
        raise StopRun(f"{path}: can't be written; change its permissions, or name another ledger with --store")

    def connect() -> sqlite3.Connection:
        address = f"{path.resolve().as_uri()}?{'mode=rwc' if writable else 'immutable=1'}"
        connection = sqlite3.connect(address, uri=True, timeout=wait, check_same_thread=False)
        connection.isolation_level = None  # transactions begin where `_begin` says so
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA cache_size=-{CACHE}")
        if writable:
            connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    # A URL without a path means a database in memory to SQLAlchemy, which would share one connection: hence the pool.
    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write: upgrading a read lock can fail half-way."""
    writes = connection.get_execution_options().get("dragoman_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# ---------------------------------------------------------------- migrations
def _migrate(engine: Engine, name: str, *, create: bool) -> None:
    """Bring the tables to HEAD; leave a database that is no ledger, or a newer one, alone."""
    with engine.connect() as connection:
        revision = _revision(connection, name)
        if revision is None and engine.dialect.name == "postgresql":
            if not create:
                raise StopRun(
                    f"{name}: no ledger here; make one with `dragoman read PATH`, or name another with --store"
                )
            check_encoding(connection, name)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StopRun(f"{name}: written by a newer dragoman (tables {revision}, known here {HEAD}); update dragoman")
    _upgrade(engine, name)


def _revision(connection: Connection, name: str) -> str | None:
    """Return the revision of the tables; None for an empty database."""
    there = inspect(connection).get_table_names()
    if VERSION_TABLE in there:
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
        return None if found is None else str(found)
    if there:
        raise StopRun(f"{name}: is a database, but no ledger (it holds {there[0]}); name another with --store")
    return None


def _upgrade(engine: Engine, name: str) -> None:
    """Run the migrations that are missing, all in one transaction. Alembic is loaded only when there is work."""
    from alembic import command  # noqa: PLC0415 - 0.1 s that an up-to-date ledger need not pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # kept in the file; not possible inside a transaction
            connection.connection.execute("PRAGMA journal_mode=WAL")
    with writing(engine) as connection:
        revision = _revision(connection, name)  # again: another program may have done it while this one waited
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if engine.dialect.name == "postgresql":
            make_plain(connection)
        if revision is None or revision < DYADS:  # the rows of `dyad_day`, which the ledger did not have
            rebuild_dyads(connection)
