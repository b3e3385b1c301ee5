"""A run that is killed goes on where it was: no document lost or twice. scripts/soak_read.py does it to the program."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import app
from dragoman.records import Document, Reading
from dragoman.resolve import keep
from dragoman.sources.given import Given
from dragoman.store import open_store
from soak_read import contents, reports

LINES = reports(40, 0)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("soak") / "reports.jsonl"
    path.write_text("".join(line + "\n" for line in LINES))
    return path


@pytest.fixture(scope="module")
def readings(source: Path) -> dict[str, Reading]:
    """What each report says, read once: a killed child need not load the models."""
    from dragoman.sources.paths import read_paths  # noqa: PLC0415

    found = [d for d in read_paths([source]) if isinstance(d, Document)]
    return {d.id: app.read_document(d) for d in found}


@pytest.fixture
def known(readings: dict[str, Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "read_document", lambda d: readings[d.id])
    monkeypatch.setattr(keep, "BATCH", 7)  # so that kills fall between and into resolutions


def child(work: Callable[[], object]) -> int:
    """Start work in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def run(source: Path, ledger: Path) -> app.Outcome:
    with open_store(ledger) as store:
        return app.read_paths([str(source)], store, Given())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.usefixtures("known")
def test_killed_at_random_moments(source: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    assert os.waitpid(child(lambda: run(source, tmp_path / "calm.db")), 0)[1] == 0
    lasted = time.monotonic() - begun
    chance, killed = random.Random(7), 0
    for _ in range(8):
        pid = child(lambda: run(source, tmp_path / "rough.db"))
        time.sleep(chance.random() * lasted)
        os.kill(pid, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    assert killed
    assert os.waitpid(child(lambda: run(source, tmp_path / "rough.db")), 0)[1] == 0
    calm, rough = contents(tmp_path / "calm.db"), contents(tmp_path / "rough.db")
    assert {t: len(rows) for t, rows in rough.items()} == {t: len(rows) for t, rows in calm.items()}
    assert rough == calm
    assert len(calm["documents"]) > 30
    assert len(calm["rejected"]) == 4


@pytest.mark.usefixtures("known")
def test_what_is_known_is_not_looked_into_again(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(source, tmp_path / "ledger.db")
    before = contents(tmp_path / "ledger.db")

    def never(*_: object) -> None:
        raise AssertionError("looked into")

    monkeypatch.setattr("dragoman.sources.jsonl.build", never)
    monkeypatch.setattr(app, "read_document", never)
    again = run(source, tmp_path / "ledger.db")
    assert (again.read, again.unchanged, again.documents) == (0, first.read + first.unchanged, first.documents)
    assert [(r.where, r.reason) for r in again.rejected] == [(r.where, r.reason) for r in first.rejected]
    assert contents(tmp_path / "ledger.db") == before


@pytest.mark.usefixtures("known")
def test_what_else_is_given_is_another_reading(source: Path, tmp_path: Path) -> None:
    """A date that is given later counts, and so does its absence after that."""
    short = tmp_path / "short.jsonl"
    short.write_text(LINES[0] + "\n")
    with open_store(tmp_path / "ledger.db") as store:
        published = []
        for given in (Given(), Given(published="2024-01-01"), Given(published="2024-01-01"), Given()):
            app.read_paths([str(short)], store, given)
            [one] = store.documents()
            published.append(one.document.published)
    assert published == ["2025-03-01", "2024-01-01", "2024-01-01", "2025-03-01"]
