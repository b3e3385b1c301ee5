"""Tables of articles as Parquet, a few rows at a time. Which column holds what is decided as for CSV, in sheet."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from dragoman.errors import SkipItem, StopRun
from dragoman.sources import dates
from dragoman.sources.decode import MAX_BYTES
from dragoman.sources.given import Given, Item
from dragoman.sources.sheet import columns, item

EXTENSIONS = (".parquet", ".pq")
STREAMED = BINARY = True
_MAGIC = b"PAR1"
_ROWS = 64  # rows unpacked at once
_GROUP = 4 << 30  # bytes that the wanted columns of a row group may say they unpack to; writers keep to 1 GiB


def accepts(name: str, head: bytes) -> bool:
    """Take files named as Parquet, and streams that begin as one."""
    return PurePath(name).suffix.lower() in EXTENSIONS or (not PurePath(name).suffix and head.startswith(_MAGIC))


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield an item a row; a row group that is damaged is one rejection, and the others are read."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as e:
        raise StopRun(f"{origin}: Parquet needs a package: pip install 'dragoman[parquet]'") from e
    if not stream.seekable():
        raise SkipItem("Parquet is read from its end: give the file by name", origin)
    try:
        table = pq.ParquetFile(stream)
        names = table.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as e:
        raise SkipItem(f"it is no Parquet file, or cut short ({_short(e)})", origin) from e
    held = columns(names, given, origin)
    wanted = sorted({n for some in held.values() for n in some})
    stream.seek(0)
    # As dictionaries: a value that stands in a million rows is there once.
    table = pq.ParquetFile(stream, read_dictionary=_texts(table.schema_arrow, wanted))
    first = 0
    for group in range(table.num_row_groups):
        where = f"{origin}: row group {group}"
        try:
            for number, row in _rows(table, group, wanted, where):
                at = f"{origin}:{first + number + 1}"
                try:
                    yield item({n: _text(v, at, max_bytes) for n, v in row.items()}, held, given, at)
                except SkipItem as e:
                    yield e
        except (pa.ArrowException, OSError, ValueError) as e:
            yield SkipItem(f"its rows can't be read ({_short(e)})", where)
        except SkipItem as e:
            yield e
        first += table.metadata.row_group(group).num_rows


def _rows(table: Any, group: int, wanted: list[str], where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a row group, numbered from 0, each unpacked when it is asked for."""
    meta = table.metadata.row_group(group)
    chunks = [meta.column(i) for i in range(meta.num_columns)]
    size = sum(c.total_uncompressed_size for c in chunks if c.path_in_schema.split(".")[0] in wanted)
    if size > _GROUP:
        raise SkipItem(f"its rows unpack to {size:,} bytes, over {_GROUP:,}: write smaller row groups", where)
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=wanted):
        for n in range(batch.num_rows):
            yield number, {name: batch.column(i)[n] for i, name in enumerate(batch.schema.names)}
            number += 1


def _texts(schema: Any, wanted: list[str]) -> list[str]:
    return [n for n in wanted if str(schema.field(n).type) in ("string", "large_string", "binary", "large_binary")]


def _text(scalar: Any, where: str, max_bytes: int) -> str | None:
    """Return a value as text: days and moments in ISO 8601, None where there is none."""
    try:
        value = scalar.as_py()
    except UnicodeDecodeError as e:
        raise SkipItem("its text is no UTF-8", where) from e
    except ValueError as e:  # a moment of nanoseconds, or outside of the calendar
        raise SkipItem(f"it holds a value that can't be read ({_short(e)})", where) from e
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        value = value.date()  # a moment at midnight without a zone is how tables write a day
    if isinstance(value, dt.date):
        return dates.parse_published(value, where)
    if value is not None and not isinstance(value, str):
        raise SkipItem(f"a column holds {type(value).__name__}, not text", where)
    if value and len(value) > max_bytes:
        raise SkipItem(f"its text has {len(value):,} characters, over {max_bytes:,}", where)
    return value


def _short(e: BaseException) -> str:
    return " ".join(str(e).split())[:120].lower()
