"""One behaviour script for every backend of the ledger, and the faults a user can meet when opening one."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String

from builders import document, mention, run, two_mentions
from dragoman.edtf import bounds
from dragoman.errors import SkipItem, StopRun
from dragoman.records import EventMention, Rejected
from dragoman.resolve import keep
from dragoman.store import Put, Store, open_store
from dragoman.store import ledger as ledger_module
from dragoman.store import tables as t
from dragoman.store.events import events_of
from dragoman.store.query import query
from engines import Place


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A fresh, empty ledger of each engine."""
    with open_store(place / "ledger.db") as opened:
        yield opened


def ids(mentions: list[EventMention]) -> list[str]:
    return [m.id for m in mentions]


# ---------------------------------------------------------------- the contract
def test_what_goes_in_comes_out(store: Store) -> None:
    d = document()
    assert store.put(run(), d, two_mentions(d)) is Put.NEW
    assert store.mentions() == two_mentions(d)
    assert [s.document for s in store.documents()] == [d]
    assert store.documents()[0].mentions == 2
    assert store.runs() == [run()]
    assert [e.mentions for e in store.events()] == [(m.id,) for m in two_mentions(d)]
    assert {e.published for e in store.events()} == {"2025-03-07"}


def test_the_same_again_changes_nothing(store: Store) -> None:
    d = document()
    store.put(run(), d, two_mentions(d), at="2025-03-08T10:00:00+00:00")
    before = [msgspec.json.encode(x) for x in (store.events(), store.mentions(), store.documents(), store.runs())]
    later = run(started="2025-04-01T00:00:00+00:00", settings={"batch": 8})
    moved = msgspec.structs.replace(d, origin="elsewhere/report.txt")
    assert store.knows(later, moved)
    assert store.put(later, moved, two_mentions(d)) is Put.UNCHANGED
    assert before == [
        msgspec.json.encode(x) for x in (store.events(), store.mentions(), store.documents(), store.runs())
    ]


def test_loading_at_once_is_putting_one_by_one(store: Store, place: Place) -> None:
    items = [(d, two_mentions(d)) for d in (document(), document(publisher="Another", published="2025-03-09"))]
    with open_store(place / "other.db") as other:
        for d, mentions in items:
            other.put(run(), d, mentions, at="2025-03-10T00:00:00+00:00")
        assert store.load(run(), items, at="2025-03-10T00:00:00+00:00") == 4
        assert (store.events(), store.mentions(), store.documents()) == (
            other.events(),
            other.mentions(),
            other.documents(),
        )
        assert store.load(run(version="0.2.0"), items) == 0  # what is here stays as it is
        assert (store.dyad_days(), store.runs()[0]) == (other.dyad_days(), run())
        assert keep.resolve(store.resolving) == keep.resolve(other.resolving)
        assert store.events() == other.events()


def test_events_are_taken_over_with_their_documents(store: Store, place: Place) -> None:
    items = [(d, two_mentions(d)) for d in (document(), document(publisher="Another", published="2025-03-09"))]
    with open_store(place / "other.db") as other:
        other.load(run(), items)
        keep.resolve(other.resolving)
        events = [(min(e.mentions), e) for e in other.events()]
        store.load(run(), items, events)
        assert store.events() == other.events()
        assert store.dyad_days() == other.dyad_days()
        assert keep.resolve(store.resolving).documents == 0
        with pytest.raises(ValueError, match="is here already"):
            store.load(run(), items, events)
        with pytest.raises(SkipItem, match="there twice"):
            store.load(run(), [(items[0][0], [*items[0][1], items[0][1][0]])])


@pytest.mark.parametrize("newer", [{"version": "0.2.0"}, {"hashes": {"model": "b2"}}])
def test_newer_code_replaces_and_keeps_ids(store: Store, newer: dict[str, object]) -> None:
    d = document()
    first, second = two_mentions(d)
    store.put(run(), d, [first, second])
    better = msgspec.structs.replace(first, certainty="hedged")
    assert not store.knows(run(**newer), d)
    assert store.put(run(**newer), d, [better]) is Put.REPLACED
    assert store.mentions() == [better]
    assert ids([better]) == [e.id for e in store.events()] == [first.id]
    assert {s.mention for s in store.sightings()} == {first.id}
    with store.engine.connect() as connection:
        for table in (t.actors, t.event_mentions, t.voices):
            assert second.id not in set(
                connection.execute(table.select().with_only_columns(table.c.mention_id)).scalars()
            )


def test_a_date_given_later_counts(store: Store) -> None:
    undated = document(published=None)
    store.put(run(), undated, [])
    assert store.put(run(), document(), []) is Put.REPLACED
    assert store.documents()[0].document.published == "2025-03-07"


def test_nothing_half_written(store: Store) -> None:
    d = document()
    twice = [two_mentions(d)[0]] * 2
    with pytest.raises(SkipItem, match="there twice"):
        store.put(run(), d, twice)
    broken = msgspec.structs.replace(two_mentions(d)[1], confidence=None)
    with pytest.raises(Exception, match=r"(?i)not.null"):
        store.put(run(), d, [two_mentions(d)[0], broken])
    assert (store.documents(), store.mentions(), store.runs(), store.sightings()) == ([], [], [], [])


def test_half_a_character_is_refused(store: Store) -> None:
    d = msgspec.structs.replace(document(), text="Russia \ud83d met Syria.")
    with pytest.raises(SkipItem, match="half a character at 7"):
        store.put(run(), d, [])


def test_order_is_publication_document_place_id(store: Store) -> None:
    early, late = document(published="2025-01-02"), document(publisher="Another", published="2025-02-01T10:00")
    unknown = document(publisher="Third", published=None)
    for d in (unknown, late, early):
        store.put(run(), d, list(reversed(two_mentions(d))))
    wanted = [m for d in (early, late, unknown) for m in ids(two_mentions(d))]
    assert ids(store.mentions()) == wanted
    assert [e.id for e in store.events()] == wanted
    assert [s.document.id for s in store.documents()] == [early.id, late.id, unknown.id]


def test_events_of_is_the_order_of_the_store(store: Store) -> None:
    documents = {
        d.id: d
        for d in (document(), document(publisher="B", published="2024-01-01"), document(publisher="C", published=None))
    }
    everything = [m for d in documents.values() for m in two_mentions(d)]
    for d in documents.values():
        store.put(run(), d, two_mentions(d))
    assert events_of(reversed(everything), documents) == store.events()


def test_rejections_are_kept_once_and_withdrawn_when_read(store: Store) -> None:
    bad = Rejected(where="report.txt", stage="sources", reason="is empty")
    store.reject(run(), bad)
    store.reject(run(), bad)
    store.reject(None, Rejected(where="a.txt", stage="sources", reason="is empty"))
    assert [(r.where, r.run) for r in store.rejected()] == [("a.txt", ""), ("report.txt", run().id)]
    store.put(run(), document(), [])
    assert [r.where for r in store.rejected()] == ["a.txt"]
    store.reject(None, bad)
    assert [r.where for r in store.rejected()] == ["a.txt", "report.txt"]


def test_ids_by_prefix(store: Store) -> None:
    d = document()
    first, second = (msgspec.structs.replace(m, id=i) for m, i in zip(two_mentions(d), ("ab12", "ab34"), strict=True))
    store.put(run(), d, [first, second])
    assert store.mention("AB1") == first
    assert store.mention("ab34") == second
    assert store.document(d.id[:6]).document == d
    for prefix, words in (
        ("ab", "several begin so.*ab12, ab34"),
        ("zz", "no entry begins so"),
        ("", "empty id"),
        ("a%", "no entry"),
    ):
        with pytest.raises(StopRun, match=words):
            store.mention(prefix)


def test_two_open_ledgers_see_each_other(store: Store) -> None:
    with open_store(store.name) as other:
        d = document()
        other.put(run(), d, two_mentions(d))
    assert len(store.mentions()) == 2


def test_writers_side_by_side(store: Store) -> None:
    def write(outlet: str) -> None:
        with open_store(store.name) as other:
            for d in (document(publisher=outlet), document(publisher="both"), document(publisher=outlet + " Weekly")):
                other.put(run(), d, two_mentions(d))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, "ABC"))
    assert (len(store.documents()), len(store.mentions()), len(store.runs())) == (7, 14, 1)


# ---------------------------------------------------------------- opening
def is_no_index(name: str | None, kind: str, _parents: object) -> bool:
    """Return whether a table or index is drawn in `tables`: those of the index of words are the engine's own."""
    return not (kind in ("table", "index") and str(name).startswith("words_"))


def is_other_type(_c: object, _i: object, _m: object, there: object, drawn: object) -> bool | None:
    """Return whether a type differs, None for the usual way: a text is a text, of whatever length it is drawn."""
    return False if isinstance(there, String) and isinstance(drawn, String) else None


def test_head_is_the_newest_script_and_draws_the_tables(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(ledger_module.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == ledger_module.HEAD
    with store.engine.connect() as connection:
        options = {
            "version_table": ledger_module.VERSION_TABLE,
            "include_name": is_no_index,
            "compare_type": is_other_type,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), t.metadata) == []


def test_a_ledger_of_the_first_tables_keeps_all_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_store(path) as fresh:
        d = document()
        fresh.put(run(), d, two_mentions(d))
        expected = fresh.mentions()
    connection = sqlite3.connect(path)
    newer = (
        "words_names_each",
        "words_names",
        "words_said",
        "words_texts",
        "words_mentions",
        "words_documents",
        "names",
        "dyad_day",
        "bands",
        "copies",
        "blocks",
        "judgements",
        "items",
        "feeds",
        "articles",
    )
    indexes = (
        "documents_unresolved",
        "documents_by_superseded",
        "events_by_component",
        "actors_by_name",
        "actors_by_key",
        "mentions_by_place",
    )
    views = ("words_said_view", "words_texts_view")
    triggers = (f"words_{name}_{way}" for name in ("documents", "mentions", "names") for way in ("in", "out"))
    connection.executescript("".join(f"DROP TRIGGER {name};" for name in triggers))
    connection.executescript("".join(f"DROP TABLE {t};" for t in newer) + "".join(f"DROP INDEX {i};" for i in indexes))
    connection.executescript("".join(f"DROP VIEW {v};" for v in views))
    connection.execute("ALTER TABLE documents DROP COLUMN resolved")
    connection.execute("ALTER TABLE events DROP COLUMN component")
    connection.execute(f"UPDATE {ledger_module.VERSION_TABLE} SET version_num = '0001'")
    connection.commit()
    connection.close()
    with open_store(path) as upgraded:
        assert upgraded.mentions() == expected
        assert len(upgraded.events()) == len(expected)
        assert upgraded.mentions_with(query("wheat")) == [expected[0].id]
        assert len(upgraded.documents_with(query('"asked Russia"'))) == 1
        assert [n.name for n in upgraded.names_with("party", query("russia"))] == ["Russia"]
        assert keep.resolve(upgraded.resolving).documents == 1


def _text_file(path: Path) -> None:
    path.write_text("Moscow and Damascus talked. " * 50)


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id)")
    connection.close()


def _newer(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE dragoman_version SET version_num = '9999'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_text_file, "is no ledger"),
        (_other_database, "no ledger .it holds recipes"),
        (_newer, "written by a newer dragoman"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_ledger_is_left_alone(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "thing.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StopRun, match=words) as told:
        open_store(path)
    assert "\n" not in str(told.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match=r"the folder .* is not there"):
        open_store(tmp_path / "no" / "ledger.db")
    with pytest.raises(StopRun, match="no ledger here; make one"):
        open_store(tmp_path / "ledger.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_locked(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    open_store(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with open_store(path, wait=0.05) as store, pytest.raises(StopRun, match="locked by another program"):
        store.put(run(), document(), [])
    holder.close()


def test_a_ledger_that_can_not_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.db"
    with open_store(path) as store:
        store.put(run(), document(), two_mentions(document()))
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_store(path, create=False) as store:
        assert len(store.events()) == 2
    with pytest.raises(StopRun, match="can't be written"):
        open_store(path)


# ---------------------------------------------------------------- EDTF
@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-02-12", "2025-02-12", "2025-02-12"),
        ("2025-02-12T10:00:00", "2025-02-12", "2025-02-12"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024~", "2024-01-01", "2024-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2025-21", "2025-03-01", "2025-05-31"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2024-34", "2024-04-01", "2024-06-30"),
        ("2011/2024-12-08", "2011-01-01", "2024-12-08"),
        ("../2024", None, "2024-12-31"),
        ("2024/..", "2024-01-01", None),
        ("2025-02-30", None, None),
        ("2025-13", None, None),
        ("last week", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_bounds(edtf: str | None, first: str | None, last: str | None) -> None:
    assert bounds(edtf) == (first, last)


def test_a_mention_without_words_of_its_own_still_counts(store: Store) -> None:
    d = document()
    store.put(run(), d, [mention(d, "delivered", actors=())])
    assert (store.sightings(), store.names()) == ([], [])
    assert len(store.events()) == 1
