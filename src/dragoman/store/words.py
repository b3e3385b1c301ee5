"""The index of words that a ledger in PostgreSQL has: the words of each sentence and report, as `query` cuts them.

They are cut here and not by the server, whose parser takes "wheat-bread" or "a.b" for one word: so that both engines
find the same. SQLite cuts them itself and keeps its index by triggers, see migration 0004.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, MetaData, String, Table, Text

from dragoman.records import Document, EventMention
from dragoman.store.query import Query, plain, plain_words_in

Row = dict[str, str | None]
LONGEST = 100  # characters of a word that the index keeps: PostgreSQL takes 2,046 bytes
MOST = 500_000  # bytes of the words of one text: PostgreSQL takes 2**20 with their places, and no report has as many
UNSURE = "_"  # in place of the words of such a text: what no word can be, and every question finds

_own = MetaData()  # apart from `tables.metadata`: tables of one engine only
documents = Table("words_documents", _own, Column("id", String), Column("day", String), Column("words", Text))
mentions = Table("words_mentions", _own, Column("id", String), Column("day", String), Column("words", Text))


def word_rows(items: Iterable[tuple[Document, Sequence[EventMention]]]) -> list[tuple[Table, list[Row]]]:
    """Return the rows of the index for documents and what they tell."""
    of_documents: list[Row] = []
    of_mentions: list[Row] = []
    for d, told in items:
        day = d.published[:10] if d.published else None
        of_documents.append({"id": d.id, "day": day, "words": vector(d.title or "", d.text)})
        for m in told:
            said = d.text[m.sentence.start : m.sentence.end]
            of_mentions.append({"id": m.id, "day": day, "words": vector(said)})
    return [(documents, of_documents), (mentions, of_mentions)]


def vector(*texts: str) -> str:
    """Return the words of texts as PostgreSQL writes a `tsvector` without places."""
    words = sorted({word[:LONGEST] for text in texts for word in plain_words_in(text)})
    written = " ".join(f"'{word}'" for word in words)
    return written if len(written.encode()) <= MOST else f"'{UNSURE}'"


def wanted(asked: Query) -> str:
    """Return the query as a `tsquery`: every word, the last perhaps as a beginning, or a text whose words are not kept.

    What it finds has all words, whatever their order: see `in_a_row`.
    """
    words = [
        f"'{plain(word)[:LONGEST]}'" + (":*" if term.open and i == len(term.words) - 1 else "")
        for term in asked.terms
        for i, word in enumerate(term.words)
    ]
    return f"({' & '.join(words)}) | '{UNSURE}'"


def in_a_row(asked: Query) -> bool:
    """Return whether the query wants what the index does not know: words in a row, or more letters than it keeps."""
    return any(len(term.words) > 1 or len(plain(term.words[0])) > LONGEST for term in asked.terms)
