"""Finding documents, mentions and names by their words, in the index that each engine has. No wording."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, RowMapping, Select, Table, select, text

from dragoman.records import Document
from dragoman.store import tables as t
from dragoman.store import words as index_of
from dragoman.store.faults import Side
from dragoman.store.names import PARTY
from dragoman.store.query import Query, expression, fits, folded, plain_words
from dragoman.store.words import UNSURE, in_a_row

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
# In PostgreSQL: the index of `words` and, of names, their words one by one.
_WORDS = """
SELECT id, day, words @@ CAST(:unsure AS tsquery) AS unsure FROM {index}
WHERE words @@ CAST(:words AS tsquery) {until} ORDER BY day DESC NULLS LAST, id OFFSET :at LIMIT :most"""
_SHARING = """
SELECT n.name, n.key FROM names n WHERE string_to_array(n.key, ' ') && CAST(:words AS text[]) AND n.kind = :kind"""
_EACH = "SELECT DISTINCT unnest(string_to_array(key, ' ')) FROM names"
EITHER = 100  # words in one question: FTS5 takes 256


class FoundName(NamedTuple):
    """A name of a party or place, and how often the ledger has it."""

    name: str
    country: str | None
    key: str
    sightings: int


class Searching(Side):
    """The side of the ledger that is searched by words; see `query` for what words mean.

    `until` is an ISO day: only what had been published by then. PostgreSQL finds the same and weighs nothing: there the
    latest come first, whatever they are about.
    """

    def mentions_with(self, asked: Query, until: str | None = None) -> list[str]:
        """Return the ids of mentions in whose sentence all terms stand, the weightiest first, then the latest."""
        if self._sqlite:
            return self._by_index("words_said", "words_mentions", "", asked, until)
        said = select(t.mentions.c.id, t.mentions.c.said)
        return self._by_words(index_of.mentions, asked, until, said, lambda r: [r["said"]])

    def documents_with(self, asked: Query, until: str | None = None) -> list[str]:
        """Return the ids of documents in whose title and text all terms stand, in the same order."""
        if self._sqlite:
            return self._by_index("words_texts", "words_documents", f", {TITLE}, 1.0", asked, until)
        told = select(t.documents.c.id, t.documents.c.title, t.documents.c.body)
        return self._by_words(index_of.documents, asked, until, told, _title_and_text)

    def names_with(self, kind: str, asked: Query, until: str | None = None) -> list[FoundName]:
        """Return the names of a kind (party, place) in which all terms stand, the commonest first."""
        n, wanted = t.names.c, folded(asked)
        if not wanted.terms:
            return []
        if self._sqlite:
            given = {"words": expression(wanted), "kind": kind, "day": until, "most": NAMES}
            with self._reading() as connection:
                return [_found(r) for r in connection.execute(text(_NAMED), given).mappings()]
        with_words = [n.key.contains(w, autoescape=True) for w in plain_words(wanted)]
        found = select(t.names).where(n.kind == kind, *with_words, *([n.first_day <= until] if until else []))
        with self._reading() as connection:
            rows = connection.execute(found.order_by(n.sightings.desc(), n.name, n.country)).mappings()
            return [_found(r) for r in rows if fits(wanted, r["key"])][:NAMES]

    def name_words(self) -> list[str]:
        """Return the folded words of all names, sorted."""
        asked = "SELECT term FROM words_names_each" if self._sqlite else _EACH
        with self._reading() as connection:
            return sorted({word for key in connection.execute(text(asked)).scalars() for word in key.split()})

    def names_having(self, words: Collection[str]) -> dict[str, str]:
        """Return the names of parties in which any of these folded words stands, with their folded forms."""
        ordered = sorted(words)
        found: dict[str, str] = {}
        with self._reading() as connection:
            for at in range(0, len(ordered), EITHER):
                some = ordered[at : at + EITHER]
                either: Any = " OR ".join(f'"{w}"' for w in some) if self._sqlite else some
                rows = connection.execute(text(_HAVING if self._sqlite else _SHARING), {"words": either, "kind": PARTY})
                found |= {r.name: r.key.strip() for r in rows if not set(some).isdisjoint(r.key.split())}
        return found

    # ------------------------------------------------------------ the two ways
    @property
    def _sqlite(self) -> bool:
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

    def _by_words(
        self,
        index: Table,
        asked: Query,
        until: str | None,
        texts: Select[Any],
        of: Callable[[RowMapping], Iterable[str]],
    ) -> list[str]:
        """Return what the index of PostgreSQL finds, the latest first; `texts` gives `of` what it does not know."""
        if not asked.terms:
            return []
        each, found = in_a_row(asked), list[str]()
        given = {"words": index_of.wanted(asked), "unsure": f"'{UNSURE}'", "day": until}
        statement = text(_WORDS.format(index=index.name, until="AND day <= :day" if until else ""))
        with self._reading() as connection:
            for hits in _pages(connection, statement, given):
                doubted = [h.id for h in hits if each or h.unsure]
                asked_for = texts.where(texts.selected_columns.id.in_(doubted))
                rows = connection.execute(asked_for).mappings() if doubted else ()
                kept = {r["id"] for r in rows if fits(asked, *of(r))}
                found += [h.id for h in hits if h.id in kept or not (each or h.unsure)]
                if len(found) >= WEIGHED:
                    break
        return found[:WEIGHED]


def _pages(connection: Connection, statement: Any, given: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    """Yield hits, some at a time; asked for in ever larger pieces, since the first mostly do."""
    at, most = 0, WEIGHED
    while hits := connection.execute(statement, {**given, "at": at, "most": most}).all():
        yield from (hits[n : n + WEIGHED] for n in range(0, len(hits), WEIGHED))
        if len(hits) < most:
            return
        at, most = at + most, 4 * most


def _title_and_text(row: RowMapping) -> list[str]:
    return [row["title"] or "", msgspec.json.decode(row["body"], type=Document).text]


def _found(row: RowMapping) -> FoundName:
    return FoundName(row["name"], row["country"] or None, row["key"].strip(), row["sightings"])


def _ordered(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return ids by weight, then day (the latest first, unknown last), then id."""
    by_id = sorted(found, key=lambda r: str(r["id"]))
    by_day = sorted(by_id, key=lambda r: r["day"] or "", reverse=True)
    return [r["id"] for r in sorted(by_day, key=lambda r: float(r["rank"]))]
