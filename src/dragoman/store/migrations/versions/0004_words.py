"""The distinct names of parties and places, counted; the index of words of either engine."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_PARTIES = """
INSERT INTO names (kind, name, country, key, sightings, first_day)
SELECT 'party', a.name, coalesce(a.country, ''), max(a.key), count(*), min(d.published_day)
FROM actors a JOIN mentions m ON m.id = a.mention_id JOIN documents d ON d.id = m.document_id
GROUP BY a.name, coalesce(a.country, '')"""
_PLACES = """
INSERT INTO names (kind, name, country, key, sightings, first_day)
SELECT 'place', m.place, coalesce(m.place_country, ''), max(m.place_key), count(*), min(d.published_day)
FROM mentions m JOIN documents d ON d.id = m.document_id WHERE m.place IS NOT NULL
GROUP BY m.place, coalesce(m.place_country, '')"""
# The index numbers what it holds in tables of its own: rowids of tables without an integer key change on VACUUM.
# Triggers keep it, whoever writes and whatever a cascade takes along. `day` is that of publication.
_WORDS = """
CREATE TABLE words_documents (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT);
CREATE TABLE words_mentions (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT);
CREATE VIEW words_texts_view AS
  SELECT w.n AS n, d.title AS title, json_extract(d.body, '$.text') AS text
  FROM words_documents w JOIN documents d ON d.id = w.id;
CREATE VIEW words_said_view AS SELECT w.n AS n, m.said AS said FROM words_mentions w JOIN mentions m ON m.id = w.id;
CREATE VIRTUAL TABLE words_texts USING fts5(
  title, text, content='words_texts_view', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words_said USING fts5(
  said, content='words_said_view', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words_names USING fts5(key, content='names', content_rowid='n', tokenize='ascii');
CREATE VIRTUAL TABLE words_names_each USING fts5vocab(words_names, row);
INSERT INTO words_documents (id, day) SELECT id, published_day FROM documents ORDER BY rowid;
INSERT INTO words_mentions (id, day)
  SELECT m.id, d.published_day FROM mentions m JOIN documents d ON d.id = m.document_id ORDER BY m.rowid;
INSERT INTO words_texts (words_texts) VALUES ('rebuild');
INSERT INTO words_said (words_said) VALUES ('rebuild');
INSERT INTO words_names (words_names) VALUES ('rebuild');
"""
_TRIGGERS = (
    """CREATE TRIGGER words_documents_in AFTER INSERT ON documents BEGIN
  INSERT INTO words_documents (id, day) VALUES (new.id, new.published_day);
  INSERT INTO words_texts (rowid, title, text)
    SELECT n, new.title, json_extract(new.body, '$.text') FROM words_documents WHERE id = new.id;
END""",
    """CREATE TRIGGER words_documents_out AFTER DELETE ON documents BEGIN
  INSERT INTO words_texts (words_texts, rowid, title, text)
    SELECT 'delete', n, old.title, json_extract(old.body, '$.text') FROM words_documents WHERE id = old.id;
  DELETE FROM words_documents WHERE id = old.id;
END""",
    """CREATE TRIGGER words_mentions_in AFTER INSERT ON mentions BEGIN
  INSERT INTO words_mentions (id, day) SELECT new.id, published_day FROM documents WHERE id = new.document_id;
  INSERT INTO words_said (rowid, said) SELECT n, new.said FROM words_mentions WHERE id = new.id;
END""",
    """CREATE TRIGGER words_mentions_out AFTER DELETE ON mentions BEGIN
  INSERT INTO words_said (words_said, rowid, said) SELECT 'delete', n, old.said FROM words_mentions WHERE id = old.id;
  DELETE FROM words_mentions WHERE id = old.id;
END""",
    """CREATE TRIGGER words_names_in AFTER INSERT ON names BEGIN
  INSERT INTO words_names (rowid, key) VALUES (new.n, new.key);
END""",
    """CREATE TRIGGER words_names_out AFTER DELETE ON names BEGIN
  INSERT INTO words_names (words_names, rowid, key) VALUES ('delete', old.n, old.key);
END""",
)
# PostgreSQL's is written with the rows, see store/words.py; none of its ledgers is older than this migration.
_VECTORS = """
CREATE TABLE words_documents (
  id text PRIMARY KEY REFERENCES documents ON DELETE CASCADE, day text, words tsvector NOT NULL);
CREATE TABLE words_mentions (
  id text PRIMARY KEY REFERENCES mentions ON DELETE CASCADE, day text, words tsvector NOT NULL);
CREATE INDEX words_documents_each ON words_documents USING gin (words);
CREATE INDEX words_mentions_each ON words_mentions USING gin (words);
CREATE INDEX words_names ON names USING gin (string_to_array(key, ' '));
"""


def upgrade() -> None:
    """Create the tables and fill them."""
    op.create_table(
        "names",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(10)),
    )
    op.create_index("names_by_name", "names", ["kind", "name", "country"], unique=True)
    op.create_index("actors_by_name", "actors", ["name"])
    op.create_index("actors_by_key", "actors", ["key", "country", "side"])
    op.create_index("mentions_by_place", "mentions", ["place_key"])
    op.execute(_PARTIES)
    op.execute(_PLACES)
    if op.get_bind().dialect.name == "sqlite":
        for statement in (*_WORDS.strip().split(";\n"), *_TRIGGERS):
            op.execute(statement.rstrip(";\n"))
    elif op.get_bind().dialect.name == "postgresql":
        for statement in _VECTORS.strip().split(";\n"):
            op.execute(statement.rstrip(";\n"))
