"""Tables of articles as CSV or TSV, a row at a time. Which column holds what is given, or told by the usual names."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO

import msgspec

from dragoman.errors import SkipItem, StopRun
from dragoman.sources import jsonl
from dragoman.sources.decode import MAX_BYTES, decode, too_big
from dragoman.sources.fields import NAMES
from dragoman.sources.given import FIELDS, Given, Item

EXTENSIONS = (".csv", ".tsv")
STREAMED = True
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = ",\t;|"


def accepts(name: str, _head: bytes) -> bool:
    """Take files named as CSV or TSV."""
    return PurePath(name).suffix.lower() in EXTENSIONS


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield an item a row, or why it holds none; `max_bytes` bounds a row, not the table.

    A row that is no CSV is rejected by its line, and reading goes on at the next line.
    """
    rows = _rows(stream, origin, max_bytes)
    head = next(rows, None)
    if head is None:
        raise SkipItem("it is empty: there is nothing to read", origin)
    if isinstance(head, SkipItem):
        raise head
    names = head[1]
    held = columns(names, given, origin)
    for row in rows:
        if isinstance(row, SkipItem):
            yield row
            continue
        line, values = row
        if len(values) != len(names):
            yield SkipItem(f"the row has {len(values)} fields, the first line {len(names)}", f"{origin}:{line}")
        else:
            yield item(dict(zip(names, values, strict=True)), held, given, f"{origin}:{line}")


def columns(names: Sequence[str], given: Given, origin: str) -> dict[str, tuple[str, ...]]:
    """Return which columns hold each field, the best first: those that are given, else by the usual names.

    Raises StopRun for a given column that is not there, SkipItem where no column holds the text.
    """
    lower = {n.strip().lower(): n for n in reversed(names)}
    held = {f: tuple(lower[n] for n in dict.fromkeys(map(str.lower, NAMES[f])) if n in lower) for f in FIELDS}
    for field, column in given.columns:
        if column.lower() not in lower:
            raise StopRun(f"{origin}: has no column {column!r}; it has {', '.join(map(str, names[:20]))}")
        held[field] = (lower[column.lower()],)
    if not held["text"]:
        there = ", ".join(map(str, names[:20]))
        raise SkipItem(
            f"no column is known to hold the text: say which by --columns text=NAME (it has {there})", origin
        )
    return held


def item(row: Mapping[str, str | None], held: Mapping[str, tuple[str, ...]], given: Given, where: str) -> Item:
    """Return the item of a row: the same as that of a line of JSON with the fields of the row."""
    filled = {f: next((v for n in names if (v := row.get(n)) and v.strip()), None) for f, names in held.items()}
    raw = msgspec.json.encode({f: v for f, v in filled.items() if v is not None})
    return Item(raw, where, msgspec.structs.replace(given, columns=()), jsonl.document)


def _rows(stream: BinaryIO, origin: str, max_bytes: int) -> Iterator[tuple[int, list[str]] | SkipItem]:
    """Yield the rows with the line on which each begins."""
    lines = _Lines(stream, origin, max_bytes)
    first = lines.peek()
    separator = max(_SEPARATORS, key=lambda c: (first.count(c), -_SEPARATORS.index(c)))
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))  # of the whole process, and only ever widened
    while True:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        try:
            for row in reader:
                if row:
                    yield lines.start, row
                lines.begin()
        except csv.Error as e:
            yield SkipItem(f"the row is no CSV ({e}): reading goes on at the next line", f"{origin}:{lines.start}")
            lines.again()
        except SkipItem as e:
            yield e
            lines.begin()
        else:
            return


class _Lines:
    """The lines of a table, decoded; those of the row being read are kept, so that a broken row can be left."""

    def __init__(self, stream: BinaryIO, origin: str, max_bytes: int) -> None:
        self._stream: BinaryIO | _Narrow = stream
        self._origin, self._max = origin, max_bytes
        self._ahead: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.start = 1
        self._wide = False

    def __iter__(self) -> Iterator[str]:
        return self

    def peek(self) -> str:
        """Return the first line; it comes again."""
        head = self._stream.readline(self._max + 1)
        if head.startswith(_UTF16):
            whole = io.BufferedReader(_Both(io.BytesIO(head), self._stream))
            self._stream = _Narrow(io.TextIOWrapper(whole, "utf-16", errors="replace", newline=""))
            head = self._stream.readline(self._max + 1)
        if not head:
            return ""
        self._ahead.append(self._decoded(head, 1))
        return self._ahead[0]

    def __next__(self) -> str:
        if self._ahead:
            line = self._ahead.popleft()
        else:
            raw = self._stream.readline(self._max + 1)
            if not raw:
                raise StopIteration
            line = self._decoded(raw, self.start + len(self._row))
        self._row.append(line)
        self._size += len(line)
        if self._size > self._max:
            raise csv.Error(f"a field over {self._max:,} characters, or a quotation mark that is never closed")
        return line

    def _decoded(self, raw: bytes, number: int) -> str:
        where = f"{self._origin}:{number}"
        try:
            if len(raw) > self._max:
                while (more := self._stream.readline(1 << 16)) and not more.endswith(b"\n"):
                    pass
                raise too_big(where, self._max)
            return decode(raw, where)
        except SkipItem:
            self._row.append("")  # it counts as a line
            raise

    def begin(self) -> None:
        """Begin another row."""
        self.start += len(self._row)
        self._row, self._size = [], 0

    def again(self) -> None:
        """Leave the row, and come again with its lines but the first."""
        self._ahead.extendleft(reversed(self._row[1:]))
        self._row = self._row[:1]
        self.begin()


class _Both(io.RawIOBase):
    """Two streams, one after the other."""

    def __init__(self, first: BinaryIO, second: "BinaryIO | _Narrow") -> None:
        self._first, self._second = first, second

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        got = self._first.read(len(buffer)) or self._second.read(len(buffer))
        buffer[: len(got)] = got
        return len(got)


class _Narrow:
    """Text in a wide encoding as UTF-8, by lines."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, n: int) -> bytes:
        """Return up to `n` characters."""
        return self._text.read(n).encode("utf-8", "replace")

    def readline(self, n: int) -> bytes:
        """Return a line, of `n` characters at most."""
        return self._text.readline(n).encode("utf-8", "replace")
