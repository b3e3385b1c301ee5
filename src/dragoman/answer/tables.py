"""An answer as a flat table: for CSV, Markdown, parquet and the terminal. Values stay typed."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dragoman.answer.brief import Brief
from dragoman.answer.review import Decision
from dragoman.answer.words import count_words
from dragoman.records import Document, Event, EventMention, Party, Record, Rejected
from dragoman.resolve.actors import Actor
from dragoman.store import StoredDocument

FORMULA = ("=", "+", "-", "@")  # with which a formula of Excel or LibreOffice begins, also behind white space
Value = str | int | float | bool | list[str] | None


class Table(Record, frozen=True):
    """Rows under columns. `kinds`: text, integer, number, truth or list, one a column."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


Column = tuple[str, str, Callable[[Any], Value]]


def table(columns: Sequence[Column], records: Sequence[Any]) -> Table:
    """Return the table of `records`; a column is (name, kind, how to take its value)."""
    rows = tuple(tuple(take(record) for _, _, take in columns) for record in records)
    return Table(columns=tuple(c[0] for c in columns), kinds=tuple(c[1] for c in columns), rows=rows)


# ---------------------------------------------------------------- the tables
def _names(parties: Sequence[Party]) -> list[str]:
    return [p.name for p in parties]


def _countries(parties: Sequence[Party]) -> list[str]:
    return list(dict.fromkeys(p.country for p in parties if p.country))


ACT: tuple[Column, ...] = (
    ("when", "text", lambda m: m.when.edtf if m.when else None),
    ("type", "text", lambda m: m.type),
    ("act", "text", lambda m: m.act),
    ("modes", "list", lambda m: list(m.modes)),
    ("quad", "integer", lambda m: m.quad),
    ("score", "number", lambda m: m.score),
    ("actors", "list", lambda m: _names(m.actors)),
    ("actor_countries", "list", lambda m: _countries(m.actors)),
    ("recipients", "list", lambda m: _names(m.recipients)),
    ("recipient_countries", "list", lambda m: _countries(m.recipients)),
    ("status", "text", lambda m: m.status),
    ("historical", "truth", lambda m: m.historical),
    ("certainty", "text", lambda m: m.certainty),
    ("theme", "text", lambda m: m.theme.text if m.theme else None),
    ("goods", "text", lambda m: m.theme.goods if m.theme else None),
    ("money", "text", lambda m: m.theme.money if m.theme else None),
    ("carrier", "text", lambda m: m.theme.carrier if m.theme else None),
    ("counts", "list", lambda m: [count_words(c) for c in m.counts]),
    ("place", "text", lambda m: m.where.name if m.where else None),
    ("place_country", "text", lambda m: m.where.country if m.where else None),
    ("lat", "number", lambda m: m.where.lat if m.where else None),
    ("lon", "number", lambda m: m.where.lon if m.where else None),
    ("says", "list", lambda m: [v.source for v in m.attribution]),
)
EVENTS: tuple[Column, ...] = (
    ("id", "text", lambda e: e.id),
    ("published", "text", lambda e: e.published),
    *ACT,
    ("mentions", "list", lambda e: list(e.mentions)),
    ("origins", "integer", lambda e: e.origins),
    ("outlets", "list", lambda e: list(e.corroboration.outlets) if e.corroboration else []),
    ("differing", "list", lambda e: [d.field for d in e.disagreements]),
    ("last_told", "text", lambda e: e.last_told),
)
DOCUMENTS: tuple[Column, ...] = (
    ("id", "text", lambda s: s.document.id),
    ("published", "text", lambda s: s.document.published),
    ("published_basis", "text", lambda s: s.document.published_basis),
    ("publisher", "text", lambda s: s.document.publisher),
    ("title", "text", lambda s: s.document.title),
    ("language", "text", lambda s: s.document.language),
    ("url", "text", lambda s: s.document.url),
    ("origin", "text", lambda s: s.document.origin),
    ("characters", "integer", lambda s: len(s.document.text)),
    ("mentions", "integer", lambda s: s.mentions),
    ("read_at", "text", lambda s: s.read_at),
    ("run", "text", lambda s: s.run),
)
ACTORS: tuple[Column, ...] = (
    ("id", "text", lambda a: a.id),
    ("name", "text", lambda a: a.name),
    ("also", "list", lambda a: [n for n in dict.fromkeys(s.name for s in a.names) if n != a.name]),
    ("kind", "text", lambda a: a.kind),
    ("country", "text", lambda a: a.country),
    ("sectors", "list", lambda a: list(a.sectors)),
    ("roles", "list", lambda a: list(a.roles)),
    ("acts", "integer", lambda a: a.acts),
    ("receives", "integer", lambda a: a.receives),
    ("documents", "integer", lambda a: a.documents),
    ("events", "integer", lambda a: a.events),
    ("first_told", "text", lambda a: a.first_told),
    ("last_told", "text", lambda a: a.last_told),
    ("unsettled", "list", lambda a: list(a.unsettled)),
)
LINES: tuple[Column, ...] = (
    ("number", "integer", lambda x: x.number),
    ("section", "text", lambda x: x.section),
    ("date", "text", lambda x: x.date),
    ("act", "text", lambda x: x.act),
    ("quad", "integer", lambda x: x.quad),
    ("parties", "text", lambda x: x.parties),
    ("theme", "text", lambda x: x.theme),
    ("details", "list", lambda x: list(x.details)),
    ("status", "text", lambda x: x.status),
    ("certainty", "text", lambda x: x.certainty),
    ("says", "list", lambda x: list(x.says)),
    ("outlets", "list", lambda x: list(x.outlets)),
    ("origins", "integer", lambda x: x.origins),
    ("third", "integer", lambda x: x.third),
    ("party", "integer", lambda x: x.party),
    ("anonymous", "integer", lambda x: x.anonymous),
    ("differing", "list", lambda x: [d.field for d in x.disagreements]),
    ("ids", "list", lambda x: list(x.ids)),
    ("quote", "text", lambda x: x.quote),
)
DECISIONS: tuple[Column, ...] = (
    ("id", "text", lambda d: d.id),
    ("at", "text", lambda d: d.judgement.at),
    ("by", "text", lambda d: d.judgement.by),
    ("kind", "text", lambda d: d.judgement.kind),
    ("verdict", "text", lambda d: d.judgement.verdict),
    ("a", "text", lambda d: d.judgement.a),
    ("b", "text", lambda d: d.judgement.b),
    ("note", "text", lambda d: d.judgement.note),
    ("withdrawn_at", "text", lambda d: d.judgement.withdrawn_at),
)
REJECTED: tuple[Column, ...] = (
    ("where", "text", lambda r: r.where),
    ("stage", "text", lambda r: r.stage),
    ("reason", "text", lambda r: r.reason),
    ("run", "text", lambda r: r.run),
    ("at", "text", lambda r: r.at),
)


def events_table(events: Sequence[Event]) -> Table:
    """Return one row an event."""
    return table(EVENTS, events)


def mentions_table(mentions: Sequence[EventMention], documents: Mapping[str, Document]) -> Table:
    """Return one row a mention, with its sentence and what is known of its document."""
    columns: tuple[Column, ...] = (
        ("id", "text", lambda m: m.id),
        ("document", "text", lambda m: m.document_id),
        ("published", "text", lambda m: documents[m.document_id].published),
        ("publisher", "text", lambda m: documents[m.document_id].publisher),
        *ACT,
        ("confidence", "number", lambda m: m.confidence),
        ("sentence", "text", lambda m: documents[m.document_id].text[m.sentence.start : m.sentence.end]),
    )
    return table(columns, mentions)


def documents_table(stored: Sequence[StoredDocument]) -> Table:
    """Return one row a document, without its text."""
    return table(DOCUMENTS, stored)


def brief_table(answer: Brief) -> Table:
    """Return one row a line of a brief."""
    return table(LINES, [x for section in answer.sections for x in section.lines])


def actors_table(found: Sequence[Actor]) -> Table:
    """Return one row a party."""
    return table(ACTORS, found)


def decisions_table(found: Sequence[Decision]) -> Table:
    """Return the table of what people decided."""
    return table(DECISIONS, found)


def rejected_table(found: Sequence[Rejected]) -> Table:
    """Return one row a rejected item."""
    return table(REJECTED, found)


# ---------------------------------------------------------------- plain faces
def to_csv(t: Table) -> str:
    """Return RFC 4180 CSV with a header; lists are joined with "; ".

    Words that a spreadsheet would take for a formula have an apostrophe before them: reports are written by strangers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(t.columns)
    writer.writerows([_no_formula(v) for v in row] for row in t.rows)
    return out.getvalue()


def _no_formula(value: Value) -> str:
    cell = _cell(value)
    return f"'{cell}" if isinstance(value, str | list) and cell.lstrip()[:1] in FORMULA else cell


def to_markdown(t: Table) -> str:
    """Return a Markdown table."""
    head = ["| " + " | ".join(t.columns) + " |", "|" + " --- |" * len(t.columns)]
    return "\n".join(head + ["| " + " | ".join(_escaped(_cell(v)) for v in row) + " |" for row in t.rows]) + "\n"


def to_parquet(t: Table) -> bytes:
    """Return a parquet file; raises ModuleNotFoundError without the extra `parquet`."""
    made = to_arrow(t)
    import pyarrow.parquet  # noqa: PLC0415 - there now

    out = io.BytesIO()
    pyarrow.parquet.write_table(made, out)
    return out.getvalue()


def to_arrow(t: Table) -> Any:
    """Return a pyarrow.Table; raises ModuleNotFoundError without the extra `parquet`."""
    import pyarrow  # noqa: PLC0415 - an extra, loaded when asked for

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in zip(t.columns, t.kinds, strict=True)])
    rows = [dict(zip(t.columns, row, strict=True)) for row in t.rows]
    return pyarrow.Table.from_pylist(rows, schema=schema)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)


def _escaped(cell: str) -> str:
    return " ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<")
