"""Where tests keep ledgers: files, or databases of a PostgreSQL server of their own that is started for them.

The server has the collation of American English, so that a question that leaves its order to the server is found out.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.store import open_store

SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "autovacuum": "off", "shared_buffers": "32MB", "max_connections": "60",
}  # fmt: skip
MODEL = "model"  # the database that all others are copied from: an empty ledger


class NoServer(Exception):
    """Why there is no PostgreSQL to test with."""


class Cluster:
    """A PostgreSQL server in a folder, over a socket there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0
        self._free: list[str] = []

    def address(self, database: str, user: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def do(self, statement: str, database: str = "postgres") -> None:
        """Run one statement of administration."""
        import psycopg  # noqa: PLC0415 - an extra: tests run without it

        with psycopg.connect(f"host={self.folder} user=postgres dbname={database}", autocommit=True) as connection:
            connection.execute(statement.encode())

    def take(self) -> str:
        """Return the name of a database with an empty ledger: one that a test has given back, or a new one."""
        if self._free:
            return self._free.pop()
        self._made += 1
        self.do(f"CREATE DATABASE ledger_{self._made} TEMPLATE {MODEL}")
        return f"ledger_{self._made}"

    def give_back(self, name: str) -> None:
        """Empty a database for the next: far quicker than to drop it and make another."""
        self.do("TRUNCATE rejected, judgements, names, events, documents, runs CASCADE", name)
        self._free.append(name)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server and stop it in the end. Raises NoServer with the reason where that can't be."""
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra: tests run without it
    except ImportError as fault:
        raise NoServer("no package psycopg") from fault
    programs = _programs()
    owner: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-", dir="/tmp"))
    if owner:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"
    locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
    settings = [f"-c {k}={v or chr(39) * 2}" for k, v in SETTINGS.items()] + [f"-c unix_socket_directories={folder}"]

    def call(*command: str | Path) -> None:
        subprocess.run(
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **owner
        )

    started = False
    try:
        call(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", *locale)
        call(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", " ".join(settings), "start")
        started = True
        made = Cluster(folder)
        made.do(f"CREATE DATABASE {MODEL}")
        open_store(made.address(MODEL)).close()
        yield made
    except subprocess.CalledProcessError as fault:
        if started:
            raise
        raise NoServer(f"{fault.cmd[0].name} fails: {' '.join(fault.stderr.split())[-200:]}") from fault
    finally:
        if started:
            call(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs: on the PATH, or where Debian keeps them."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not kept:
        raise NoServer("no program initdb (Debian's package postgresql has it)")
    return kept[-1].parent


class Place:
    """Where a test keeps its ledgers: `place / "a.db"` is what `open_store` takes, the same for the same name."""

    def __init__(self, folder: Path, server: Cluster | None) -> None:
        self.folder = folder
        self._server = server
        self._known: dict[str, str] = {}

    @property
    def engine(self) -> str:
        return "postgresql" if self._server else "sqlite"

    def __truediv__(self, name: str) -> str:
        if not self._server:
            return str(self.folder / name)
        if name not in self._known:
            self._known[name] = self._server.take()
        return self._server.address(self._known[name])

    def clear(self) -> None:
        """Give the databases back."""
        if self._server:
            for name in self._known.values():
                self._server.give_back(name)
            self._known.clear()
