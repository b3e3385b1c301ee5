"""The command line as a user meets it. Reading is replaced by a small stand-in: the reader itself has tests of its own."""

import csv
import io
import json
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

import dragoman
from builders import document, run, two_mentions
from dragoman.answer.filters import FILTERS
from dragoman.answer.ledger import Ledger
from dragoman.cli import cli
from dragoman.records import Record, Rejected
from dragoman.store import Store
from dragoman.text import digest

COMMANDS = (
    "read",
    "watch",
    "search",
    "brief",
    "dyad",
    "dyads",
    "events",
    "event",
    "mentions",
    "explain",
    "dossiers",
    "dossier",
    "flows",
    "contacts",
    "map",
    "network",
    "actors",
    "actor",
    "documents",
    "rejected",
    "serve",
    "token",
    "mcp",
    "verify",
    "review",
    "resolve",
    "evaluate",
    "demo",
)
LISTS = ("events", "mentions", "actors", "documents", "rejected")


class Outcome(Record, frozen=True):
    """What `app.read_paths` returns."""

    read: int = 0
    unchanged: int = 0
    mentions: int = 0
    rejected: tuple[Rejected, ...] = ()
    documents: tuple[str, ...] = ()


def read_paths(
    names: Sequence[str], store: Store, given: Any, progress: Callable[[str], None] | None = None
) -> Outcome:
    """Stand in for the reader: each file becomes a document with the two mentions of `builders`; a file "bad" is rejected."""
    done = Outcome()
    for path in [p for name in names for p in (sorted(Path(name).iterdir()) if Path(name).is_dir() else [Path(name)])]:
        if "bad" in path.name or not path.exists():
            reason = "is empty; leave it out" if path.exists() else "is not there; check the path"
            item = Rejected(where=str(path), stage="sources", reason=reason)
            store.reject(run(), item)
            done = msgspec.structs.replace(done, rejected=(*done.rejected, item))
            continue
        made = document(origin=str(path), publisher=given.publisher or path.stem, url=given.url)
        if given.published:
            made = msgspec.structs.replace(made, published=given.published)
        known = store.knows(run(), made)
        mentions = [msgspec.structs.replace(m, id=digest(m.id, path.stem)) for m in two_mentions(made)]
        store.put(run(), made, mentions)
        done = msgspec.structs.replace(
            done,
            read=done.read + (not known),
            unchanged=done.unchanged + known,
            mentions=done.mentions + (0 if known else 2),
            documents=(*done.documents, made.id),
        )
        if progress:
            progress(str(path))
    return done


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs a command line in an empty folder."""
    fake = types.ModuleType("dragoman.app")
    fake.read_paths = read_paths  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dragoman.app", fake)
    monkeypatch.setattr(dragoman, "app", fake, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str, **options: Any) -> Result:
        found = CliRunner().invoke(cli, arguments, prog_name="dragoman", **options)
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return call


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a folder with two reports and one that can't be read."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("one.txt", "two.txt", "bad.txt"):
        (folder / name).write_text("x")
    return folder


# ---------------------------------------------------------------- read
def test_the_address_is_kept(invoke: Callable[..., Result], reports: Path) -> None:
    invoke("read", str(reports / "one.txt"), "--url", "https://harbour.example/1", "--json")
    assert json.loads(invoke("documents", "--json").stdout)[0]["document"]["url"] == "https://harbour.example/1"


def test_read_a_folder(invoke: Callable[..., Result], reports: Path) -> None:
    first = invoke("read", str(reports))
    assert first.exit_code == 0
    assert "2 documents read, 0 unchanged, 1 rejected, 4 mentions → dragoman.db" in first.stderr
    assert f"dragoman: {reports / 'bad.txt'}: is empty; leave it out" in first.stderr
    assert first.stdout == ""
    before = invoke("events", "--json").stdout
    again = invoke("read", str(reports))
    assert "0 documents read, 2 unchanged, 1 rejected, 0 mentions" in again.stderr
    assert invoke("events", "--json").stdout == before
    assert len(json.loads(invoke("rejected", "--json").stdout)) == 1


def test_read_one_shows_its_mentions(invoke: Callable[..., Result], reports: Path) -> None:
    shown = invoke("read", str(reports / "one.txt"), "--publisher", "Me", "--published", "2025-03-07")
    assert "Russia → Syria" in shown.stdout
    assert "requested" in shown.stdout
    as_json = json.loads(invoke("read", str(reports / "one.txt"), "--publisher", "Me", "--json").stdout)
    assert [m["predicate"]["text"] for m in as_json] == ["delivered", "asked"]


def test_read_what_is_not_there(invoke: Callable[..., Result]) -> None:
    found = invoke("read", "nowhere.txt")
    assert found.exit_code == 1
    assert "dragoman: nowhere.txt: is not there; check the path" in found.stderr
    assert "Traceback" not in found.output


def test_read_refuses_a_date_that_is_none(invoke: Callable[..., Result], reports: Path) -> None:
    found = invoke("read", str(reports), "--published", "yesterday-ish")
    assert found.exit_code == 1
    assert "yesterday-ish" in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_the_ledger_is_named_by_flag_or_environment(
    invoke: Callable[..., Result], reports: Path, tmp_path: Path
) -> None:
    invoke("read", str(reports), "--store", "mine.db")
    assert (tmp_path / "mine.db").exists()
    assert not (tmp_path / "dragoman.db").exists()
    assert len(json.loads(invoke("documents", "--json", env={"DRAGOMAN_STORE": "mine.db"}).stdout)) == 2


# ---------------------------------------------------------------- asking
@pytest.mark.parametrize("command", LISTS)
def test_lists_in_every_form(invoke: Callable[..., Result], reports: Path, command: str, tmp_path: Path) -> None:
    invoke("read", str(reports))
    found = json.loads(invoke(command, "--json").stdout)
    assert isinstance(found, list)
    assert len(found) == {"events": 4, "mentions": 4, "actors": 2, "documents": 2, "rejected": 1}[command]
    assert invoke(command, "--format", "json").stdout == invoke(command, "--json").stdout
    assert len(list(csv.DictReader(io.StringIO(invoke(command, "--format", "csv").stdout)))) == len(found)
    assert len(invoke(command, "--format", "md").stdout.splitlines()) == len(found) + 2
    table = invoke(command)
    assert table.exit_code == 0
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert "\x1b[" not in table.stdout
    written = invoke(command, "-o", "answer.csv")
    assert written.stdout == ""
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "answer.csv").read_text(encoding="utf8"))))) == len(found)


@pytest.mark.parametrize("command", [*LISTS, "brief", "explain"])
def test_no_ledger_is_one_line(invoke: Callable[..., Result], command: str) -> None:
    found = invoke(command, *{"brief": ("RUS", "SYR"), "explain": ("ab",)}.get(command, ()))
    assert found.exit_code == 1
    assert found.stderr == (
        "dragoman: dragoman.db: no ledger here; make one with `dragoman read PATH`, or name another with --store\n"
    )


def test_no_clock_in_events(invoke: Callable[..., Result], reports: Path) -> None:
    invoke("read", str(reports))
    assert "read_at" not in invoke("events", "--json").stdout
    assert "read_at" in invoke("documents", "--json").stdout


def test_filters_reach_the_ledger(invoke: Callable[..., Result], reports: Path) -> None:
    invoke("read", str(reports))
    asked = json.loads(
        invoke("events", "--between", "RUS", "SYR", "--status", "requested", "--as-of", "2025-03", "--json").stdout
    )
    assert [e["act"] for e in asked] == ["REQUEST", "REQUEST"]
    nothing = invoke("events", "--actor", "FRA", "--since", "2025")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "no events by FRA, since 2025 in dragoman.db\n"
    assert json.loads(invoke("events", "--actor", "FRA", "--json").stdout) == []


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("events", "--since", "soon"), "--since soon: is no date; write YYYY", 1),
        (("events", "--status", "maybe"), "'maybe' is not one of", 2),
        (("events", "--format", "parquet"), "name a file with -o FILE", 1),
        (("explain", "zzz"), "zzz: no entry begins so", 1),
        (("brief", "RUS", "Russia"), "are the same party", 1),
        (("brief", "RUS", "SYR", "--changed-since", "2025-04"), "lies after the day of the brief", 1),
        (("events", "-o", "no/such/folder.json"), "can't be written", 1),
        (("explain", "ab", "--format", "csv"), "'csv' is not one of", 2),
        (("dance",), "No such command", 2),
    ],
)
def test_errors_are_one_clear_line(
    invoke: Callable[..., Result], reports: Path, arguments: tuple[str, ...], told: str, code: int
) -> None:
    invoke("read", str(reports))
    found = invoke(*arguments)
    assert (found.exit_code, found.stdout) == (code, "")
    assert told in found.stderr
    assert "Traceback" not in found.stderr


def test_parquet_without_the_extra(
    invoke: Callable[..., Result], reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke("read", str(reports))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found = invoke("events", "-o", "events.parquet")
    assert found.exit_code == 1
    assert "needs pyarrow; install it with `pip install pyarrow`" in found.stderr


def test_brief_and_explain(invoke: Callable[..., Result], reports: Path) -> None:
    invoke("read", str(reports))
    invoke("resolve")
    shown = invoke("brief", "RUS", "Syria")
    assert "RUSSIA – SYRIA" in shown.stdout
    assert "2 outlets, one origin" in " ".join(shown.stdout.split())
    assert max(map(len, shown.stdout.splitlines())) <= 80
    answer = json.loads(invoke("brief", "RUS", "SYR", "--as-of", "2025-04", "--json").stdout)
    assert answer["as_of"] == "2025-04"
    ids = [line["ids"][0] for section in answer["sections"] for line in section["lines"]]
    explained = invoke("explain", ids[0][:10])
    assert "extradite Assad" in explained.stdout
    assert "log-odds" in explained.stdout
    assert "model a1" in explained.stdout
    assert invoke("brief", "RUS", "SYR", "--format", "md").stdout.startswith("# Russia – Syria\n")
    assert invoke("brief", "RUS", "SYR", "--format", "html").stdout.startswith("<!doctype html>")
    assert invoke("brief", "RUS", "SYR", "-o", "page.html").stderr == "wrote page.html\n"
    assert invoke("explain", ids[0], "--format", "md").stdout.startswith("# REQUEST: Syria → Russia\n")
    assert json.loads(invoke("explain", ids[0], "--json").stdout)["id"] == ids[0]


def test_narrow_and_wide(invoke: Callable[..., Result], reports: Path) -> None:
    invoke("read", str(reports))
    for width in (60, 80, 200):
        for arguments in (("events",), ("brief", "RUS", "SYR"), ("documents",)):
            shown = invoke(*arguments, env={"COLUMNS": str(width)})
            assert max(map(len, shown.stdout.splitlines())) <= width


# ---------------------------------------------------------------- help
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(invoke: Callable[..., Result], command: str) -> None:
    shown = invoke(command, "--help")
    assert shown.exit_code == 0
    assert f"dragoman {command}" in shown.stdout.split("Examples:")[1]


def test_help_names_every_command_and_filter(invoke: Callable[..., Result]) -> None:
    assert tuple(cli.commands) == COMMANDS
    shown = invoke("events", "--help").stdout
    assert [f.flag for f in FILTERS if f.flag not in shown] == []


# ---------------------------------------------------------------- the real program
def test_as_a_program(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        for i in range(100):
            d = document(publisher=f"Outlet {i}")
            ledger.store.put(run(), d, two_mentions(d))
    program = [sys.executable, "-c", "from dragoman.cli import main; main()"]
    version = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout == f"dragoman {dragoman.__version__}\n"
    events = [*program, "events", "--store", str(path)]
    piped = subprocess.Popen([*events, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert piped.stdout is not None
    assert piped.stderr is not None
    piped.stdout.readline()
    piped.stdout.close()
    assert piped.wait() == 0
    assert piped.stderr.read() == b""
    piped.stderr.close()
    whole = subprocess.run(
        events, capture_output=True, text=True, check=True, env={"COLUMNS": "80", "PYTHONIOENCODING": "utf8"}
    )
    assert "200 entries" in whole.stdout
