"""Finding documents, mentions and names by their words: by the index of SQLite, elsewhere by comparing. No wording."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, or_, select, text

from dragoman.records import Document
from dragoman.store import tables as t
from dragoman.store.faults import Side
from dragoman.store.names import PARTY
from dragoman.store.query import Query, expression, fits, folded, plain_words

# Hits that are weighed against each other. Of a million sentences 300,000 name one state: to weigh all took 930 ms, the
# last thousand 30. Words that more sentences have say little of any of them: then what was read last comes first.
WEIGHED = 1_000
NAMES = 200  # names of one kind: what nobody reads to the end
TITLE = 4.0  # times the weight of the text: a title says what a report is about
_INDEXED = """
SELECT w.id AS id, w.day AS day, {rank} AS rank FROM {index} CROSS JOIN {numbers} w ON w.n = {index}.rowid
WHERE {index} MATCH :words {until} ORDER BY {index}.rowid DESC LIMIT :most"""
# The last that was read of what had been published by the day: what lies behind need not be looked at one by one.
_UNTIL = """AND w.day <= :day
AND {index}.rowid <= (SELECT n FROM {numbers} WHERE day <= :day ORDER BY n DESC LIMIT 1)"""
_NAMED = """
SELECT n.name, n.country, n.key, n.sightings FROM words_names CROSS JOIN names n ON n.n = words_names.rowid
WHERE words_names MATCH :words AND n.kind = :kind AND (:day IS NULL OR n.first_day <= :day)
ORDER BY n.sightings DESC, n.name, n.country LIMIT :most"""

_HAVING = """
SELECT n.name, n.key FROM words_names CROSS JOIN names n ON n.n = words_names.rowid
WHERE words_names MATCH :words AND n.kind = :kind"""
EITHER = 100  # words in one question: FTS5 takes 256


class FoundName(NamedTuple):
    """A name of a party or place, and how often the ledger has it."""

    name: str
    country: str | None
    key: str
    sightings: int


class Searching(Side):
    """The side of the ledger that is searched by words; see `query` for what words mean.

    `until` is an ISO day: only what had been published by then. Any other engine than SQLite finds the same without
    an index, and weighs nothing: the latest come first.
    """

    def mentions_with(self, asked: Query, until: str | None = None) -> list[str]:
        """Return the ids of mentions in whose sentence all terms stand, the weightiest first, then the latest."""
        if self._indexed:
            return self._by_index("words_said", "words_mentions", "", asked, until)
        m, d = t.mentions.c, t.documents.c
        found = select(m.id, d.published_day.label("day"), m.said).join(t.documents, d.id == m.document_id)
        return self._compared(found, asked, [m.said], lambda r: [r["said"]], until)

    def documents_with(self, asked: Query, until: str | None = None) -> list[str]:
        """Return the ids of documents in whose title and text all terms stand, in the same order."""
        if self._indexed:
            return self._by_index("words_texts", "words_documents", f", {TITLE}, 1.0", asked, until)
        d = t.documents.c
        found = select(d.id, d.published_day.label("day"), d.title, d.body)
        return self._compared(found, asked, [d.title, d.body], _title_and_text, until)

    def names_with(self, kind: str, asked: Query, until: str | None = None) -> list[FoundName]:
        """Return the names of a kind (party, place) in which all terms stand, the commonest first."""
        n, wanted = t.names.c, folded(asked)
        if not wanted.terms:
            return []
        if self._indexed:
            given = {"words": expression(wanted), "kind": kind, "day": until, "most": NAMES}
            with self._reading() as connection:
                return [_found(r) for r in connection.execute(text(_NAMED), given).mappings()]
        found = select(t.names).where(n.kind == kind, *_containing(wanted, [n.key]))
        found = found.where(n.first_day <= until) if until else found
        with self._reading() as connection:
            rows = connection.execute(found.order_by(n.sightings.desc(), n.name, n.country)).mappings()
            return [_found(r) for r in rows if fits(wanted, r["key"])][:NAMES]

    def name_words(self) -> list[str]:
        """Return the folded words of all names, sorted."""
        asked: Any = text("SELECT term FROM words_names_each") if self._indexed else select(t.names.c.key)
        with self._reading() as connection:
            return sorted({word for key in connection.execute(asked).scalars() for word in key.split()})

    def names_having(self, words: Collection[str]) -> dict[str, str]:
        """Return the names of parties in which any of these folded words stands, with their folded forms."""
        n, ordered = t.names.c, sorted(words)
        asked: Any = text(_HAVING) if self._indexed else select(n.name, n.key).where(n.kind == PARTY)
        found: dict[str, str] = {}
        with self._reading() as connection:
            for at in range(0, len(ordered), EITHER):
                some = ordered[at : at + EITHER]
                given = {"words": " OR ".join(f'"{w}"' for w in some), "kind": PARTY} if self._indexed else {}
                rows = connection.execute(asked, given)
                found |= {r.name: r.key.strip() for r in rows if not set(some).isdisjoint(r.key.split())}
        return found

    # ------------------------------------------------------------ the two ways
    @property
    def _indexed(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def _by_index(self, index: str, numbers: str, weights: str, asked: Query, until: str | None) -> list[str]:
        """Return what the index finds: weighed where that tells hits apart, the latest first where it does not."""
        if not asked.terms:
            return []
        limit = _UNTIL.format(index=index, numbers=numbers) if until else ""
        given = {"words": expression(asked), "most": WEIGHED + 1} | ({"day": until} if until else {})

        def hits(connection: Connection, rank: str) -> list[dict[str, Any]]:
            said = _INDEXED.format(rank=rank, index=index, numbers=numbers, until=limit)
            return [{**r} for r in connection.execute(text(said), given).mappings()]

        with self._reading() as connection:
            found = hits(connection, "0")
            if len(found) <= WEIGHED:
                found = hits(connection, f"bm25({index}{weights})")
        return _ordered(found)[:WEIGHED]

    def _compared(
        self,
        found: Select[Any],
        asked: Query,
        columns: Sequence[ColumnElement[Any]],
        texts: Callable[[RowMapping], Iterable[str]],
        until: str | None,
    ) -> list[str]:
        """Return what comparing finds, the latest first."""
        if not asked.terms:
            return []
        day = t.documents.c.published_day
        found = found.where(*_containing(asked, columns), *([day <= until] if until else []))
        with self._reading() as connection:
            rows = connection.execute(found).mappings()
            return _ordered([{**r, "rank": 0} for r in rows if fits(asked, *texts(r))])[:WEIGHED]


def _containing(asked: Query, columns: Sequence[ColumnElement[Any]]) -> list[ColumnElement[bool]]:
    """Return conditions that every hit satisfies: each word stands in a column, or signs beyond ASCII do."""
    some = [or_(func.lower(c).contains(w, autoescape=True), func.octet_length(c) > func.length(c))
            for w in plain_words(asked) for c in columns]  # fmt: skip
    n = len(columns)
    return [or_(*some[i : i + n]) for i in range(0, len(some), n)]


def _title_and_text(row: RowMapping) -> list[str]:
    return [row["title"] or "", msgspec.json.decode(row["body"], type=Document).text]


def _found(row: RowMapping) -> FoundName:
    return FoundName(row["name"], row["country"] or None, row["key"].strip(), row["sightings"])


def _ordered(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return ids by weight, then day (the latest first, unknown last), then id."""
    by_id = sorted(found, key=lambda r: str(r["id"]))
    by_day = sorted(by_id, key=lambda r: r["day"] or "", reverse=True)
    return [r["id"] for r in sorted(by_day, key=lambda r: float(r["rank"]))]
