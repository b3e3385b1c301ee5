"""The composition root: what a run does with items that fail, and that nothing else is lost."""

from pathlib import Path

import pytest

from dragoman import app
from dragoman.records import Document, Reading
from dragoman.sources.given import Given
from dragoman.store import open_store

GOOD = "Norway delivered forty trucks to Ukraine on Tuesday. The ministry in Oslo confirmed it."
BAD = "Sweden asked Denmark to extradite a banker. The request was made in Stockholm on Monday."


def test_a_fault_of_ours_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "b.txt").write_text(GOOD)
    real = app.read_document

    def fails(document: Document) -> Reading:
        if "banker" in document.text:
            raise IndexError("list index out of range")
        return real(document)

    monkeypatch.setattr(app, "read_document", fails)
    with open_store(tmp_path / "ledger.db") as store:
        outcome = app.read_paths(
            [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], store, Given(published="2025-03-07")
        )
        assert outcome.read == 1
        assert [r.where for r in store.rejected()] == [str(tmp_path / "a.txt")]
        assert "IndexError" in outcome.rejected[0].reason
        assert store.mentions()


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(GOOD)
    with open_store(tmp_path / "ledger.db") as store:
        first = app.read_paths([str(tmp_path / "b.txt")], store, Given(published="2025-03-07"))
        before = store.mentions()
        again = app.read_paths([str(tmp_path / "b.txt")], store, Given(published="2025-03-07"))
        assert (first.read, again.read, again.unchanged) == (1, 0, 1)
        assert store.mentions() == before
