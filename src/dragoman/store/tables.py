"""The tables of the ledger: the columns that filters need, and `body`, the record as JSON. No rows are handled here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Text, nullable=False),
    Column("code", String(16), nullable=False),  # digest of version and hashes: equal code gives equal mentions
    Column("started", Text, nullable=False),
    Column("body", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("text_hash", String(64), nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("title", Text),
    Column("language", Text),
    Column("published", Text),
    Column("published_day", String(10)),
    Column("origin", Text, nullable=False),
    Column("supersedes", String(64)),
    Column("read_at", Text, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column(
        "resolved", Boolean, nullable=False, server_default=false()
    ),  # its mentions have been compared with those of the other documents
    Index("documents_by_day", "published_day"),
    Index("documents_by_url", "url"),
    Index("documents_by_publication", "published", "id"),
    Index("documents_by_reading", "read_at"),
    Index("documents_by_superseded", "supersedes"),
    Index("documents_unresolved", "resolved", "published", "id"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),  # of the predicate
    Column("type", String(16), nullable=False),
    Column("act", String(16), nullable=False),
    Column("quad", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("historical", Boolean, nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("edtf", Text),
    Column("first_day", String(10)),  # bounds of `edtf`; None: open or unknown
    Column("last_day", String(10)),
    Column("place", Text),
    Column("place_key", Text),  # folded, for comparing
    Column("place_country", String(3)),
    Column("said", Text, nullable=False),  # the sentence, for text search
    Column("confidence", Float, nullable=False),
    Column("body", Text, nullable=False),
    Index("mentions_by_document", "document_id", "start"),
    Index("mentions_by_type", "type", "status"),
    Index("mentions_by_day", "last_day", "first_day"),
    Index("mentions_by_place", "place_key"),
    Index("mentions_by_state", "place_country"),
)

actors = Table(
    "actors",
    metadata,
    Column("mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Column("side", String(9), primary_key=True),  # actor, recipient
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),  # folded name between two spaces, so that a whole word can be looked for
    Column("country", String(3)),
    Column("sector", String(3)),
    Column("role", Text),
    Index("actors_by_country", "country", "side", "mention_id"),
    Index("actors_by_name", "name"),
    Index("actors_by_key", "key", "country", "side"),  # all three: else the planner takes that by country
)

names = Table(  # the distinct names of parties (rows of `actors`) and places (of `mentions`): kept by the writer
    "names",
    metadata,
    Column("n", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),  # counted up by every sighting
    Column("kind", String(5), nullable=False),  # party, place
    Column("name", Text, nullable=False),
    Column("country", String(3), nullable=False),  # "" where none was read with it
    Column("key", Text, nullable=False),
    Column("sightings", Integer, nullable=False),
    Column("first_day", String(10)),  # of publication, of the earliest document; None where none has a date
    Index("names_by_name", "kind", "name", "country", unique=True),
)

voices = Table(
    "voices",
    metadata,
    Column("mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", String(16), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("published", Text),
    Column("document_id", String(64), nullable=False),  # of the earliest mention, with `start`: for the order
    Column("start", Integer, nullable=False),
    Column(
        "component", String(64), nullable=False, server_default=""
    ),  # the least id of all mentions that hang together with its own
    Column("body", Text, nullable=False),
    Index("events_by_component", "component"),
    Index("events_by_telling", "published", "document_id", "start", "id"),
)

event_mentions = Table(
    "event_mentions",
    metadata,
    Column("mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), nullable=False),
    Index("event_mentions_by_event", "event_id"),
)

dyad_day = Table(  # derived from `events`: see store/dyads.py
    "dyad_day",
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("source", Text, primary_key=True),  # country, or folded name of a party without one
    Column("target", Text, primary_key=True),
    Column("day", String(10)),
    Column("dated", Boolean, nullable=False),  # the day is the event's own, not that of its first telling
    Column("quad", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("status", String(8), nullable=False),  # done, planned, undone
    Column("historical", Boolean, nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("origins", Integer, nullable=False),
    Index("dyad_day_by_pair", "source", "target", "day", "event_id"),
    Index("dyad_day_by_day", "day"),
)

# ---------------------------------------------------------------- resolution: rebuildable, but for what people judged
bands = Table(
    "bands",
    metadata,
    Column("band", String(40), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Index("bands_by_document", "document_id"),
)

copies = Table(
    "copies",
    metadata,
    Column("a", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("b", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("verdict", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Index("copies_by_b", "b"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("mention_id", ForeignKey("mentions.id", ondelete="CASCADE"), primary_key=True),
    Index("blocks_by_mention", "mention_id"),
)

judgements = Table(  # no foreign keys: what a person judged outlives a re-reading, which gives mentions the same ids
    "judgements",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("a", String(64), primary_key=True),
    Column("b", String(64), primary_key=True),
    Column("by", String(64), primary_key=True),
    Column("at", Text, primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("note", Text, nullable=False),
    Column("withdrawn_at", Text),
    Index("judgements_by_b", "kind", "b"),
)

rejected = Table(
    "rejected",
    metadata,
    Column("id", String(64), primary_key=True),  # digest of where, stage and reason
    Column("where", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("withdrawn_at", Text),  # set when the same item was read later
    Index("rejected_by_where", "where"),
)

# ---------------------------------------------------------------- how far reading has come
items = Table(  # an item that was read by this code, or rejected: it need not be looked into again
    "items",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE")),
    Column("rejected_id", ForeignKey("rejected.id", ondelete="CASCADE")),
    Index("items_by_document", "document_id"),
    Index("items_by_rejected", "rejected_id"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("next_at", Float, nullable=False),  # seconds since 1970: not to be asked before
    Column("body", Text, nullable=False),
    Index("feeds_by_next", "next_at"),
)

articles = Table(  # that feeds have announced; one stays when it has been read, so that it is not fetched again
    "articles",
    metadata,
    Column("url", Text, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, read, rejected, given up
    Column("next_at", Float, nullable=False),
    Column("body", Text, nullable=False),
    Index("articles_by_state", "state", "next_at"),
)
