"""What a shared ledger has beside the contract of `test_store.py`: addresses, faults, several programs at once."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from builders import document, mention, run, two_mentions
from dragoman.app import read_path, run_record
from dragoman.cli import cli
from dragoman.config import Settings, without_password
from dragoman.errors import SkipItem, StopRun
from dragoman.resolve import keep
from dragoman.store import Store, open_store
from dragoman.store import tables as t
from dragoman.store.query import query
from engines import Cluster, Place
from test_resolve import world

SHORT = (
    "Norway delivered wheat to Georgia on 4 March 2025.",
    "Norway sent Georgia a shipload of wheat on 4 March 2025. Georgia thanked Norway.",
    "Georgia and Norway signed a fisheries agreement in Tbilisi on 5 March 2025.",
)


@pytest.fixture
def address(server: Cluster, tmp_path: Path) -> Iterator[str]:
    """The address of an empty ledger."""
    place = Place(tmp_path, server)
    yield place / "ledger.db"
    place.clear()


def everything(store: Store) -> list[bytes]:
    """Return all that a ledger says, but for when and by which run it was read."""
    documents = [(d.document, d.mentions) for d in store.documents()]
    found = (store.events(), store.mentions(), documents, store.dyad_days(), store.names(), sorted(store.sightings()))
    return [msgspec.json.encode(x) for x in (*found, store.documents_with(query("wheat")))]


# ---------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://localhost/ledger", "no such kind of ledger; name a file, or a PostgreSQL database as postgresql://"),
        ("sqlite:///ledger.db", "no such kind of ledger; name a file"),
        ("postgresql+asyncpg://localhost/ledger", "no such kind of ledger"),
        ("postgresql://ann:s3cret@host:port/ledger", r"ann:\*\*\*@host:port/ledger: can't be read as an address"),
    ],
)
def test_an_address_of_another_kind_is_refused(address: str, words: str) -> None:
    with pytest.raises(StopRun, match=words) as told:
        open_store(address)
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("ledgers/a.db", "ledgers/a.db"),
        ("postgresql://host/ledger", "postgresql://host/ledger"),
        ("postgresql://ann@host/ledger", "postgresql://ann@host/ledger"),
        ("postgresql://ann:s3cret@host:5432/ledger", "postgresql://ann:***@host:5432/ledger"),
        ("postgresql://ann:s3@c/r:et@host/ledger", "postgresql://ann:***@host/ledger"),
        ("postgresql:///ledger?user=ann&password=s3cret&port=1", "postgresql:///ledger?user=ann&password=***&port=1"),
    ],
)
def test_a_password_is_neither_shown_nor_kept(given: str, shown: str) -> None:
    assert without_password(given) == shown
    assert run_record(Settings(store=given)).settings["store"] == shown


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StopRun, match=r"needs psycopg; install it with `pip install 'dragoman\[postgres\]'`"):
        open_store("postgresql://localhost/ledger")


# ---------------------------------------------------------------- faults
def faults(server: Cluster, tmp_path: Path) -> list[tuple[str, str]]:
    at = f"host={server.folder}"
    return [
        (f"postgresql://postgres:s3cret@/ledger?host={tmp_path}", "no server answers there; start it"),
        ("postgresql://postgres:s3cret@127.0.0.1:1/ledger", "no server answers there; start it"),
        (f"postgresql://postgres:s3cret@/nowhere?{at}", "there is no such database; make it with `createdb`"),
        (f"postgresql://nobody:s3cret@/postgres?{at}", "there is no such user"),
        (f"postgresql://guest:s3cret@/locked?{at}", "the server refuses the password; put the right one into"),
        (f"postgresql://guest@/locked?{at}", "the server refuses the password; put the right one into"),
        (f"postgresql://postgres@/cooking?{at}", r"is a database, but no ledger \(it holds recipes\)"),
        (f"postgresql://postgres@/latin?{at}", "its encoding is LATIN1; make one with `createdb --encoding UTF8"),
        (f"postgresql://reader@/untouched?{at}", "can't be written .*; ask its owner"),
    ]


def test_what_is_wrong_with_an_address_is_told_in_one_line(server: Cluster, tmp_path: Path) -> None:
    for statement in (
        "CREATE DATABASE locked", "CREATE ROLE guest LOGIN PASSWORD 'right'", "CREATE ROLE reader LOGIN",
        "CREATE DATABASE cooking", "CREATE DATABASE untouched",
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'",
    ):  # fmt: skip
        server.do(statement)
    server.do("CREATE TABLE recipes (id int)", "cooking")
    rules = server.folder / "data" / "pg_hba.conf"
    rules.write_text(f"local locked all scram-sha-256\n{rules.read_text()}")
    server.do("SELECT pg_reload_conf()")
    time.sleep(0.2)
    for given, words in faults(server, tmp_path):
        with pytest.raises(StopRun, match=words) as told:
            open_store(given)
        assert "s3cret" not in str(told.value)
        assert "\n" not in str(told.value)
    with pytest.raises(StopRun, match="no ledger here; make one with"):
        open_store(server.address("untouched"), create=False)
    said = CliRunner().invoke(cli, ["events", "--store", f"postgresql://guest:s3cret@/locked?host={server.folder}"])
    assert said.exit_code == 1
    assert "s3cret" not in said.output


def test_a_user_who_may_only_read_reads(server: Cluster, address: str) -> None:
    with open_store(address) as store:
        store.put(run(), document(), two_mentions(document()))
        database = store.engine.url.database
    for statement in ("DROP ROLE IF EXISTS looker", "CREATE ROLE looker LOGIN"):
        server.do(statement)
    server.do("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker", str(database))
    with open_store(server.address(str(database), "looker"), create=False) as store:
        assert len(store.events()) == 2
        assert len(store.documents_with(query("wheat"))) == 1
        with pytest.raises(StopRun, match="can't be written"):
            store.put(run(), document(publisher="Another"), [])
    server.do("DROP OWNED BY looker", str(database))


def test_a_connection_that_was_lost_is_made_anew(server: Cluster, address: str) -> None:
    with open_store(address) as store:
        assert store.events() == []
        server.do(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename <> ''"
        )
        assert store.events() == []


@pytest.mark.parametrize("field", ["text", "title", "url", "publisher"])
def test_a_nul_is_refused_and_the_next_report_read(address: str, field: str) -> None:
    d = msgspec.structs.replace(document(), **{field: "Russia\x00 met Syria."})
    with open_store(address) as store:
        for put in (lambda: store.put(run(), d, []), lambda: store.load(run(), [(d, [])])):
            with pytest.raises(SkipItem, match="a NUL character"):
                put()
        store.put(run(), document(), two_mentions(document()))
        assert len(store.documents()) == 1
        with pytest.raises(StopRun, match="NUL"):
            store.mention("ab\x00")


# ---------------------------------------------------------------- the same as a file
def test_names_of_any_length_and_script_in_the_order_of_their_code_points(place: Place) -> None:
    names = ["Zürich", "zürich", "Äbo", "abo", "Abo", "a-bo", "a bo", "Ωmega", "Ж", "é", "e\u0301", "𐍈", "x" * 5000]
    with open_store(place / "ledger.db") as store:
        d = document("; ".join(names) + ": all met.", publisher="P" * 300)
        store.put(run(), d, [mention(d, "met", actors=tuple(names))])
        assert [n for n, _, _ in store.names()] == sorted(names)
        keep.resolve(store.resolving)
        assert {p.name for e in store.events() for p in e.actors} <= set(names)


# ---------------------------------------------------------------- several programs at once
def test_two_programs_that_make_a_ledger_at_once(server: Cluster) -> None:
    server.do("CREATE DATABASE fresh")
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(open_store, [server.address("fresh")] * 3))
    assert [s.events() for s in stores] == [[], [], []]
    for s in stores:
        s.close()


def test_readers_do_not_wait_for_a_writer(address: str) -> None:
    with open_store(address) as store, open_store(address) as other:
        store.put(run(), document(), two_mentions(document()))
        with store.resolving() as shelf:
            shelf.settle([document().id])
            assert other.pulse().waiting == 1
            assert len(other.events()) == 2
        assert other.pulse().waiting == 0


def test_a_writer_waits_for_another_and_no_longer_than_it_was_told(address: str) -> None:
    with open_store(address) as store, open_store(address, wait=0.05) as hasty:
        with store.resolving(), pytest.raises(StopRun, match="locked by another program"):
            hasty.put(run(), document(), [])
        hasty.put(run(), document(), [])
        release = threading.Timer(0.3, lambda: None)
        with ThreadPoolExecutor(1) as pool:
            with store.resolving() as shelf:
                release.start()
                waiting = pool.submit(open_and_put, address)
                release.join()
                assert not waiting.done()
                shelf.settle([document().id])
            waiting.result(timeout=30)
        assert len(store.documents()) == 2


def open_and_put(address: str) -> None:
    with open_store(address) as store:
        store.put(run(), document(publisher="Another"), [])


def test_a_question_sees_one_state_of_the_ledger(address: str) -> None:
    with open_store(address) as store, store._reading() as connection:
        asked = t.documents.select()
        assert connection.execute(asked).all() == []
        open_and_put(address)
        assert connection.execute(asked).all() == []


def test_several_writers_and_resolvers_make_the_ledger_that_one_makes(address: str, tmp_path: Path) -> None:
    reports = world()

    def write(mine: list[Any]) -> None:
        with open_store(address) as store:
            for d, found in mine:
                store.put(run(), d, found)
                keep.resolve(store.resolving, size=2)

    with ThreadPoolExecutor(3) as pool:  # some reports are written by two
        list(pool.map(write, (reports[:5], reports[4:], list(reversed(reports)))))
    with open_store(address) as shared, open_store(tmp_path / "alone.db") as alone:
        for d, found in reports:
            alone.put(run(), d, found)
        keep.resolve(alone.resolving)
        assert everything(shared)[:4] == everything(alone)[:4]
        assert everything(shared)[4] == everything(alone)[4]
        with shared.engine.connect() as connection:
            assert connection.execute(text("SELECT sum(sightings) FROM names")).scalar() == len(shared.sightings()) + 5


@pytest.mark.timeout(300)  # each of three programs loads the models: ten seconds on a quiet machine
def test_two_commands_that_read_at_once_make_the_ledger_that_one_makes(address: str, tmp_path: Path) -> None:
    for n, told in enumerate(SHORT):
        (tmp_path / str(n)).write_text(told, "utf8")
    mine, others = [str(tmp_path / n) for n in "01"], [str(tmp_path / n) for n in "12"]  # both read the second
    program = [sys.executable, "-c", "from dragoman.cli import main; main()", "read", "--store"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    running = [
        subprocess.Popen([*program, address, *some], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        for some in (mine, others)
    ]
    for n in range(3):
        read_path(tmp_path / str(n), tmp_path / "alone.db")
    told_of = [one.communicate()[1] for one in running]
    assert [one.returncode for one in running] == [0, 0], told_of
    with open_store(address) as shared, open_store(tmp_path / "alone.db") as alone:
        assert len(alone.events()) > 1
        assert everything(shared) == everything(alone)
