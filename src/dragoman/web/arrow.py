"""Tables as an Arrow IPC stream, batch by batch: nothing is held whole. Needs the extra `parquet`."""

import io
from collections.abc import Iterator

from dragoman.answer.tables import Table, to_arrow
from dragoman.errors import StopRun


def stream(tables: Iterator[Table]) -> Iterator[bytes]:
    """Return the bytes of a stream, piece by piece. Raises StopRun at once where pyarrow is missing."""
    try:
        import pyarrow.ipc  # noqa: PLC0415 - an extra, loaded when asked for
    except ModuleNotFoundError as fault:
        raise StopRun("format=arrow: needs pyarrow on the server; `pip install 'dragoman[parquet]'`") from fault
    return _written(tables, pyarrow.ipc)


def _written(tables: Iterator[Table], ipc: object) -> Iterator[bytes]:
    out = io.BytesIO()
    writer = None
    for t in tables:
        batch = to_arrow(t)
        writer = writer or ipc.new_stream(out, batch.schema)  # type: ignore[attr-defined]
        writer.write_table(batch)
        yield _taken(out)
    if writer is not None:
        writer.close()
        yield _taken(out)


def _taken(out: io.BytesIO) -> bytes:
    """Return what was written and empty the buffer."""
    piece = out.getvalue()
    out.seek(0)
    out.truncate()
    return piece
