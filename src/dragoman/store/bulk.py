"""The full-text index while many documents come in: filled at the end, not row by row. Searching is in `search`."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

# Documents of one load from which on the index waits. A trigger makes the index write out what it holds in memory with
# each row; to take the triggers away and put them back takes as long as some ten documents (desk_bench).
MANY = 50
# Bytes of words that the index gathers in memory before it writes them. SQLite's own 1 MiB means small parts that are
# merged again and again: with 32 MiB a load takes a sixth less (desk_bench).
GATHERED, USUAL = 32 * 2**20, 2**20
_TRIGGERS = """SELECT name, sql FROM sqlite_master
WHERE type = 'trigger' AND name IN ('words_documents_in', 'words_mentions_in')"""
_FILL = (
    "INSERT INTO words_documents (id, day) SELECT id, published_day FROM documents WHERE rowid > ? ORDER BY rowid",
    "INSERT INTO words_texts (rowid, title, text) SELECT n, title, text FROM words_texts_view WHERE n > ? ORDER BY n",
    """INSERT INTO words_mentions (id, day)
    SELECT m.id, d.published_day FROM mentions m JOIN documents d ON d.id = m.document_id
    WHERE m.rowid > ? ORDER BY m.rowid""",
    "INSERT INTO words_said (rowid, said) SELECT n, said FROM words_said_view WHERE n > ? ORDER BY n",
)
_LAST = tuple(
    f"SELECT coalesce(max({column}), 0) FROM {table}"  # noqa: S608 - constants
    for table, column in (
        ("documents", "rowid"),
        ("words_documents", "n"),
        ("mentions", "rowid"),
        ("words_mentions", "n"),
    )
)
_INDEXES = ("words_texts", "words_said")


@contextmanager
def indexed_at_the_end(connection: Connection, documents: int) -> Iterator[None]:
    """Let the index of words wait while that many documents are inserted, then fill it with all that is new.

    What it holds is the same either way. All is part of the caller's transaction, taking the triggers away too: when
    that fails, or the machine does, nothing has happened. Within it nothing may be deleted. Nothing is done for few
    documents, or for an engine that has no index.
    """
    if connection.dialect.name != "sqlite" or documents < MANY:
        yield
        return
    triggers = connection.exec_driver_sql(_TRIGGERS).all()
    last = [connection.exec_driver_sql(asked).scalar() for asked in _LAST]
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    _gather(connection, GATHERED)
    for statement, begin in zip(_FILL, last, strict=True):
        connection.exec_driver_sql(statement, (begin,))
    _gather(connection, USUAL)
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


def _gather(connection: Connection, most: int) -> None:
    """Let the indexes gather so many bytes; it is kept in the file, so that it has to be put back."""
    for index in _INDEXES:
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('hashsize', ?)", (most,))  # noqa: S608
