"""Search by words: what a query means, that the index finds what comparing finds, and the answer as a user reads it."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

import dragoman
from builders import document, mention, run, two_mentions
from dragoman.answer.ledger import Ledger
from dragoman.answer.search import DEEPEST, Found
from dragoman.cli import cli
from dragoman.errors import StopRun
from dragoman.resolve.actors_about import related, sought, telling
from dragoman.store import Put, Store, bulk, open_store
from dragoman.store import search as search_module
from dragoman.store import tables as t
from dragoman.store.query import LONGEST, Term, fits, folded, marks, query
from dragoman.store.search import FoundName
from dragoman.text import fold
from engines import Place

REPORTS = {
    "2025-01-11": "Norway proposed a fisheries agreement to Georgia on Friday. Georgia welcomed the offer from Oslo.",
    "2025-02-03": (
        "Norway pledged 60,000 tonnes of wheat to Georgia on Sunday. Norwegian Foreign Minister Espen Barth Eide met "
        "Georgian Foreign Minister Maka Botchorishvili in Batumi on Friday.\n\nA café owner in Zürich was not asked."
    ),
    "2025-03-06": (
        "Norway and Georgia signed the fisheries agreement in Tbilisi on Wednesday. Norway delivered 20,000 tonnes of "
        "wheat to Georgia on March 4."
    ),
}


# ---------------------------------------------------------------- what a query means
@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        (' "" - * ^ ( ', []),
        ("wheat", [Term(words=("wheat",), open=True)]),
        ("wheat ", [Term(words=("wheat",))]),
        ("US", [Term(words=("US",))]),
        ("wheat Oslo", [Term(words=("wheat",)), Term(words=("Oslo",), open=True)]),
        ('"wheat to Georgia"', [Term(words=("wheat", "to", "Georgia"))]),
        ('"to Georgia" whe', [Term(words=("to", "Georgia")), Term(words=("whe",), open=True)]),
        ('wheat "to Geor', [Term(words=("wheat",)), Term(words=("to", "Geor"))]),
        ("al-Sharaa's", [Term(words=("al", "Sharaa", "s"))]),
        ("NEAR(wheat, 2) OR", [Term(words=("NEAR", "wheat")), Term(words=("2",)), Term(words=("OR",))]),
        ("wheat wheat", [Term(words=("wheat",), open=True)]),
        ("Путин", [Term(words=("Путин",), open=True)]),
    ],
)
def test_a_query(typed: str, terms: list[Term]) -> None:
    assert list(query(typed).terms) == terms


def test_a_whole_text_is_no_query() -> None:
    with pytest.raises(StopRun, match=f"takes {LONGEST} words at most"):
        query(" ".join(f"w{i}" for i in range(LONGEST + 1)))


@pytest.mark.parametrize(
    ("typed", "said", "found"),
    [
        ("wheat", "Wheat, wheaten and WHEAT.", ["Wheat", "wheaten", "WHEAT"]),
        ('"wheat"', "Wheat, wheaten and WHEAT.", ["Wheat", "WHEAT"]),
        ("cafe zurich", "A café in Zu\u0308rich.", ["café", "Zu\u0308rich"]),
        ("al-Sharaa", "Al Sharaa met al-Sharaa.", ["Al Sharaa", "al-Sharaa"]),
        ('"b a" "a b"', "a b a", ["a b a"]),
        ("ПУТИН", "путин", ["путин"]),
        ("wheat", "rye", []),
    ],
)
def test_marks(typed: str, said: str, found: list[str]) -> None:
    assert [said[a - 7 : b - 7] for a, b in marks(query(typed), said, 7)] == found
    assert fits(query(typed), said) is bool(found)


@given(st.text("abB _-'.1\n", max_size=12), st.text("abB _-1", max_size=5), st.sampled_from(['"{}"', "{} ", "abb{}"]))
def test_a_text_in_ascii_is_searched_as_any_other(said: str, words: str, form: str) -> None:
    asked = query(form.format(words.strip()))
    if len(asked.terms) == 1:
        assert fits(asked, said) is bool(marks(asked, said)) is fits(asked, said + " é")


# ---------------------------------------------------------------- the index
@pytest.fixture(scope="module")
def shelf(places: Callable[[], Place]) -> Iterator[Store]:
    """A ledger with two sentences, as records."""
    with open_store(places() / "ledger.db") as store:
        for i, words in enumerate(
            ("Zoë sent the wheat to São Tomé.", "The owner sent wheat-bread; a café's owner, 2 b.")
        ):
            d = document(words, published=f"2025-0{i + 1}-01", title=f"Title {i}")
            store.put(run(), d, [mention(d, "sent", actors=(words.split()[0],), where=("STP", words.split()[-1]))])
        yield store


def everything(store: Store, typed: str, until: str | None = None) -> tuple[object, ...]:
    asked = query(typed)
    names = [store.names_with(kind, asked, until) for kind in ("party", "place")]
    return sorted(store.mentions_with(asked, until)), sorted(store.documents_with(asked, until)), names


def compared(store: Store, typed: str, until: str | None = None) -> tuple[object, ...]:
    """Return what `everything` should, by looking at each text."""
    asked, keys = query(typed), folded(query(typed))
    documents = {d.document.id: d.document for d in store.documents()}
    known = {i: d for i, d in documents.items() if not until or (d.published and d.published <= until)}
    told = [m for m in store.mentions() if m.document_id in known]
    said = {m.id: known[m.document_id].text[m.sentence.start : m.sentence.end] for m in told}
    named: dict[str, Counter[tuple[str, str | None]]] = {"party": Counter(), "place": Counter()}
    for m in (m for m in store.mentions() if m.document_id in known):
        named["party"].update((p.name, p.country) for p in (*m.actors, *m.recipients))
        named["place"].update([(m.where.name, m.where.country)] if m.where else [])
    return (
        sorted(i for i, words in said.items() if fits(asked, words)),
        sorted(i for i, d in known.items() if fits(asked, d.title or "", d.text)),
        [
            [FoundName(name, country, fold(name), n) for (name, country), n in sorted(some.items(), key=_commonest)
             if fits(keys, fold(name))]
            for some in named.values()
        ],
    )  # fmt: skip


def _commonest(counted: tuple[tuple[str, str | None], int]) -> tuple[int, str, str]:
    (name, country), n = counted
    return -n, name, country or ""


TYPED = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from('zoe Zoë sent the whe wheat bread "wheat bread" "café s" owner Tomé "São 2 b - zz'.split(" "))
    ).map(" ".join),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED, st.sampled_from([None, "2025-01-15"]))
@example('"', None)
@example("\x00", None)
@example("\ud800 wheat", None)
@example("𞤀𞤣", None)
@example("AND OR NOT said:wheat ^a {x}", None)
def test_any_string_is_a_query_and_the_index_finds_what_comparing_finds(
    shelf: Store, typed: str, until: str | None
) -> None:
    try:
        found = everything(shelf, typed, until)
    except StopRun as told:
        assert "words at most" in str(told)  # noqa: PT017 - anything else is a fault
        return
    assert compared(shelf, typed, until) == found


def test_something_is_found(shelf: Store) -> None:
    assert len(shelf.mentions_with(query("zoe tome"))) == 1
    assert len(shelf.documents_with(query("wheat"))) == 2
    assert shelf.documents_with(query("title wheat"), "2025-01-15") == shelf.documents_with(query('"sao tome"'))
    assert {"zoe", "the", "tome"} <= set(shelf.name_words())
    assert shelf.names_having(["zoe", "tome"]) == {"Zoë": "zoe"}


def test_words_of_any_length_and_texts_of_any_number(place: Place) -> None:
    long, other = "x" * 3000, "x" * 2999 + "y"
    texts = (f"Zoë sent {long}.", f"Zoë sent {other}.", "Zoë sent " + " ".join(f"word{i}" for i in range(70_000)) + ".")
    with open_store(place / "ledger.db") as store:
        made = [document(words, publisher=str(i)) for i, words in enumerate(texts)]
        for d in made:
            store.put(run(), d, [mention(d, "sent", actors=())])
        for typed, expected in ((f'"{long}"', 0), (f'"{other}"', 1), ("word69999", 2), ('"word5 word6"', 2)):
            assert store.documents_with(query(typed)) == [made[expected].id]
        assert store.documents_with(query('"word5 word7"')) == []
        assert store.documents_with(query("word70000")) == []
        assert len(store.mentions_with(query("zoe"))) == 3


def test_of_too_many_hits_some_are_read_until_there_are_enough(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "WEIGHED", 3)
    with open_store(place / "ledger.db") as store:
        for n in range(40):
            words = "wheat to Georgia" if n in (2, 21, 30) else "Georgia to wheat"
            d = document(f"Norway sent {words}.", published=f"2025-01-{1 + n // 2:02}", publisher=f"{n}")
            store.put(run(), d, [mention(d, "sent", actors=("Norway",))])
        days = [store.document(i).document.published for i in store.documents_with(query('"wheat to"'))]
        assert sorted(map(str, days)) == ["2025-01-02", "2025-01-11", "2025-01-16"]
        assert len(store.documents_with(query("georgia"))) == 3


def test_of_too_many_the_latest(shelf: Store, engine: object, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (d for d in shelf.documents())
    by_weight = shelf.documents_with(query("wheat"))
    monkeypatch.setattr(search_module, "WEIGHED", 1)
    ordered = [short.document.id, long.document.id] if engine is None else [long.document.id, short.document.id]
    assert by_weight == ordered, "SQLite: the shorter text speaks more of it; PostgreSQL: the latest first"
    assert shelf.documents_with(query("wheat")) == [long.document.id], "what was read last"
    assert shelf.documents_with(query("wheat"), "2025-01-15") == [short.document.id]


# ---------------------------------------------------------------- kept up to date
def counted(store: Store) -> dict[tuple[str, str, str], tuple[int, str | None]]:
    """Return what the table of names should hold, from the rows themselves."""
    a, m, d = t.actors.c, t.mentions.c, t.documents.c
    party = select(text("'party'"), a.name, func.coalesce(a.country, ""), func.count(), func.min(d.published_day))
    place = select(
        text("'place'"), m.place, func.coalesce(m.place_country, ""), func.count(), func.min(d.published_day)
    )
    parties = party.select_from(t.actors.join(t.mentions).join(t.documents)).group_by(a.name, a.country)
    places = (
        place.select_from(t.mentions.join(t.documents)).where(m.place.is_not(None)).group_by(m.place, m.place_country)
    )
    with store.engine.connect() as connection:
        rows = [r for asked in (parties, places) for r in connection.execute(asked)]
    return {(r[0], r[1], r[2]): (r[3], r[4]) for r in rows}


def kept(store: Store) -> dict[tuple[str, str, str], tuple[int, str | None]]:
    with store.engine.connect() as connection:
        rows = connection.execute(t.names.select()).all()
    return {(r.kind, r.name, r.country): (r.sightings, r.first_day) for r in rows}


def whole(store: Store) -> bool:
    """Return whether the index holds what its texts say: FTS5 checks itself and raises where it does not."""
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect() as connection:
            count = "SELECT (SELECT count(*) FROM words_{0}) = (SELECT count(*) FROM {0})"
            return all(connection.execute(text(count.format(of))).scalar() for of in ("documents", "mentions"))
    with store.engine.begin() as connection:
        for index in ("words_texts", "words_said", "words_names"):
            connection.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"))
    return True


READ = st.lists(st.tuples(st.integers(0, 2), st.sampled_from([None, "2025-01-02", "2025-03-07"]), st.integers(0, 2)))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(READ)
def test_names_and_index_follow_every_reading(
    places: Callable[[], Place], read: list[tuple[int, str | None, int]]
) -> None:
    where = places()
    with open_store(where / "ledger.db") as store:
        for which, day, n in read:
            d = document(publisher=f"Outlet {which}", published=day)
            store.put(run(version=f"{n}"), d, two_mentions(d)[:n])
        assert kept(store) == counted(store)
        assert whole(store)
        delivered = [m.id for m in store.mentions() if m.predicate.text == "delivered"]
        assert sorted(store.mentions_with(query('"to Syria"'))) == sorted(delivered)
    where.clear()


def in_all(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return what the index holds and how it is kept."""
    asked = {
        "documents": "SELECT n, id, day FROM words_documents ORDER BY n",
        "mentions": "SELECT n, id, day FROM words_mentions ORDER BY n",
        "triggers": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "gathered": "SELECT k, v FROM words_texts_config WHERE k = 'hashsize' AND v != 1048576",
    }
    with store.engine.connect() as connection:
        return {name: [tuple(r) for r in connection.execute(text(sql))] for name, sql in asked.items()}


def test_an_index_filled_at_the_end_is_the_one_kept_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [document(publisher=f"Outlet {n}", published=f"2025-03-{n % 28 + 1:02}") for n in range(bulk.MANY)]
    items = [(d, two_mentions(d)) for d in reports]
    with open_store(tmp_path / "end.db") as end, open_store(tmp_path / "row.db") as row:
        for store, many in ((end, bulk.MANY), (row, bulk.MANY + 1)):
            monkeypatch.setattr(bulk, "MANY", many)
            first, last = document(publisher="Before"), document(publisher="After")
            store.put(run(), first, two_mentions(first))
            triggers = in_all(store)["triggers"]
            store.load(run(), items)
            store.put(run(), last, two_mentions(last))
            assert whole(store)
            assert in_all(store)["triggers"] == triggers
            assert kept(store) == counted(store)
        assert in_all(end) == in_all(row)
        for asked in ("wheat", '"to Syria"', "extradite"):
            assert end.mentions_with(query(asked)) == row.mentions_with(query(asked))
            assert end.documents_with(query(asked), "2025-03-20") == row.documents_with(query(asked), "2025-03-20")


def test_a_load_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    items = [(d, two_mentions(d)) for d in (document(publisher=f"Outlet {n}") for n in range(bulk.MANY))]
    with open_store(tmp_path / "ledger.db") as store:
        first = document(publisher="Before")
        store.put(run(), first, two_mentions(first))
        before, (told, *_) = in_all(store), store.events()
        own = items[0][1][0].id
        with pytest.raises(IntegrityError):  # an event with a mention that is nowhere
            store.load(run(), items, [(own, msgspec.structs.replace(told, id=own, mentions=("0" * 64,)))])
        assert in_all(store) == before
        assert whole(store)
        assert len(store.documents_with(query("wheat"))) == 1


def test_words_that_are_read_no_more_are_found_no_more(place: Place) -> None:
    with open_store(place / "ledger.db") as store:
        d = document()
        store.put(run(), d, two_mentions(d))
        assert len(store.mentions_with(query("extradite"))) == 1
        assert store.put(run(version="9"), d, two_mentions(d)[:1]) is Put.REPLACED
        assert store.mentions_with(query("extradite")) == []
        assert len(store.documents_with(query("extradite"))) == 1
        assert [n.sightings for n in store.names_with("party", query("syria"))] == [1]
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("VACUUM")
        assert len(store.mentions_with(query("wheat"))) == 1


NAMES = (
    "Vladimir Putin", "Putin", "President Putin", "Владимир Путин", "Poutine", "Ahmed al-Sharaa", "Abu Mohammad al-Jolani",
    "Jolani", "Ahmad Sharaa", "Farouk al-Sharaa", "Ahmed", "Muhammad Ali", "Mohammed Aly", "Ali", "the ministry of defence",
    "Ministry of Defence", "Kim Jong Un", "Kim", "E. Barth Eide", "Espen Barth Eide", "A", "12 people", "Wagner", "Wagner Group",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_words_lead_to_every_related_name(name: str) -> None:
    names = {n: fold(n) for n in NAMES}
    wanted = sought(name)
    told = set(telling(sorted({w for key in names.values() for w in key.split()}), wanted))
    near = {n: key for n, key in names.items() if told & set(key.split())}
    assert related(wanted, near) == related(wanted, names)
    assert name in near


# ---------------------------------------------------------------- as a user reads it
@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three reports, each read as it is."""
    return _read(tmp_path_factory.mktemp("searching"), REPORTS)


def _read(folder: Path, days: Sequence[str] | dict[str, str]) -> Path:
    for day in days:
        report = folder / f"{day}.txt"
        report.write_text(REPORTS[day], "utf8")
        dragoman.read_path(report, folder / "ledger.db", published=day, publisher="The Quay Dispatch")
    return folder / "ledger.db"


@pytest.fixture(scope="module")
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture
def invoke(path: Path) -> Callable[..., Result]:
    """Return a function that runs the command line on the ledger."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--store", str(path)], prog_name="dragoman")

    return run


def test_every_kind_is_found(ledger: Ledger) -> None:
    assert [(a.id, a.name, a.kind) for a in ledger.search("Georg").actors] == [("GEO", "Georgia", "state")]
    assert [a.id for a in ledger.search("NOR").actors][:1] == ["NOR"]
    assert [a.name for a in ledger.search("espen").actors] == ["Espen Barth Eide"]
    assert [(p.name, p.country) for p in ledger.search("batumi").places] == [("Batumi", "GEO")]
    assert [(d.kind, d.first_told, d.last_told) for d in ledger.search("fisheries Norway").dossiers] == [
        ("agreement", "2025-01-11", "2025-03-06")
    ]
    found = ledger.search('"tonnes of wheat"')
    assert {(e.act, e.status) for e in found.events} >= {("AID", "occurred")}
    assert [d.published for d in ledger.search("cafe zurich").documents] == ["2025-02-03"]


def test_all_words_are_needed(ledger: Ledger) -> None:
    nothing = Found(
        words="wheat fisheries Zürich",
        as_of=None,
        actors=(),
        places=(),
        dossiers=(),
        events=(),
        documents=(),
        next=None,
    )
    assert ledger.search("wheat fisheries Zürich") == nothing
    assert ledger.search("").documents == ()
    assert ledger.search('"').events == ()


@pytest.mark.parametrize("typed", ["wheat", "norway georgia", '"fisheries agreement"', "Batumi"])
def test_what_is_shown_stands_in_the_text(ledger: Ledger, typed: str) -> None:
    found = ledger.search(typed)
    texts = {d.document.id: d.document.text for d in ledger.documents()}
    words = fold(typed).split()
    shown = [(e.document, e.sentence, e.start, e.marks) for e in found.events]
    shown += [(d.id, d.snippet, d.start, d.marks) for d in found.documents]
    assert found.events
    for of, piece, start, marked in shown:
        assert texts[of][start : start + len(piece)] == piece
        assert marked
        assert all(start <= a < b <= start + len(piece) for a, b in marked)
        assert {w for a, b in marked for w in fold(texts[of][a:b]).split()} <= {*words, "norwegian", "georgian"}


@pytest.mark.parametrize("typed", ["wheat", "norway", "georgia", "espen", "fisheries"])
def test_every_id_opens(ledger: Ledger, typed: str) -> None:
    found = ledger.search(typed)
    for a in found.actors:
        assert a.name in {n.name for n in ledger.actor(a.id).actor.names}
    for d in found.dossiers:
        assert d.id in ledger.dossier(d.id).dossier.events
    for e in found.events:
        assert e.id == ledger.store.event(e.mention).id
    for x in found.documents:
        assert ledger.documents(document=x.id)


@pytest.mark.parametrize("day", ["2025-01-31", "2025-02", "2025"])
def test_as_of_a_day_it_is_as_a_ledger_of_the_day(ledger: Ledger, tmp_path: Path, day: str) -> None:
    known = [d for d in REPORTS if d <= f"{day}-99"]
    with Ledger.open(_read(tmp_path, known)) as then:
        for typed in ("wheat", "georgia", "fisheries", "batumi", "espen"):
            now, old = ledger.search(typed, as_of=day), then.search(typed)
            assert set(now.events) == set(old.events)
            assert {d.id for d in now.documents} == {d.id for d in old.documents}
            assert now.dossiers == old.dossiers
            for a, b in ((now.actors, old.actors), (now.places, old.places)):
                assert {x.name for x in a} == {x.name for x in b}
                assert all(x.sightings is None for x in a)


def test_pages_follow_each_other(ledger: Ledger) -> None:
    every, pages = ledger.search("georgia", 100), [ledger.search("georgia", 1)]
    while pages[-1].next:
        pages.append(ledger.search("georgia", 1, cursor=pages[-1].next))
    assert every.next is None
    assert len(pages) > 2
    for kind in ("actors", "places", "dossiers", "events", "documents"):
        assert tuple(x for page in pages for x in getattr(page, kind)) == getattr(every, kind)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"limit": 0}, "--limit 0: wants a number from 1 up"),
        ({"as_of": "soon"}, "--as-of soon: is no date"),
        ({"cursor": "x"}, "cursor 'x': is none that"),
        ({"cursor": str(DEEPEST + 1)}, "is none that an answer gave"),
        ({"cursor": "²"}, "is none that an answer gave"),
    ],
)
def test_faults_are_one_line(ledger: Ledger, asked: dict[str, object], words: str) -> None:
    with pytest.raises(StopRun, match=words):
        ledger.search("wheat", **asked)  # type: ignore[arg-type]


def test_every_form(invoke: Callable[..., Result]) -> None:
    found = json.loads(invoke("search", "georgia", "--json").stdout)
    hits = sum(len(found[kind]) for kind in ("actors", "places", "dossiers", "events", "documents"))
    drawn = invoke("search", "georgia")
    assert drawn.exit_code == 0
    assert [line for line in drawn.stdout.splitlines() if line.isupper() and line.isalpha()] == [
        "ACTORS", "PLACES", "DOSSIERS", "EVENTS", "DOCUMENTS"
    ]  # fmt: skip
    assert max(map(len, drawn.stdout.splitlines())) <= 80
    rows = list(csv.DictReader(io.StringIO(invoke("search", "georgia", "--format", "csv").stdout)))
    assert len(rows) == hits
    for row in rows:
        for mark in filter(None, row["marks"].split("; ")):
            a, b = map(int, mark.split("-"))
            assert fold(row["words"][a:b]) in ("georgia", "georgian")
    assert len(invoke("search", "georgia", "--format", "md").stdout.splitlines()) == hits + 2
    assert json.loads(invoke("search", "norway", "georgia", "--limit", "1", "--json").stdout)["next"] == "1"


def test_nothing_found_says_what_was_asked(invoke: Callable[..., Result]) -> None:
    found = invoke("search", "wheat", "banana", "--as-of", "2025")
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr.startswith("nothing with “wheat banana” as of 2025 in ")
