"""WARC, the archives of Common Crawl News and others: each HTML page that a server gave with status 200 is an item."""

import re
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from dragoman.errors import SkipItem
from dragoman.records import Record
from dragoman.sources import html
from dragoman.sources.decode import MAX_BYTES, too_big
from dragoman.sources.given import Given, Item
from dragoman.sources.unpack import GZIP, pieces

EXTENSIONS = (".warc", ".warc.gz")
STREAMED = BINARY = True
_VERSION = b"WARC/"
_END = b"\r\n\r\n"
_LINE = 1 << 16  # bytes of one header line; the longest addresses have some thousand
_LINES = 500  # header lines of a record
_HTML = re.compile(r"(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")


class Record_(Record, frozen=True):  # noqa: N801 - WARC calls it a record, as we call ours
    """The head of a record: where it begins, its fields in lower case, and the length of what follows."""

    at: str
    fields: dict[str, str]
    length: int


def accepts(name: str, head: bytes) -> bool:
    """Take files named as WARC, and streams that begin as one."""
    return name.lower().endswith(EXTENSIONS) or (not PurePath(name).suffix and head.startswith(_VERSION))


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield the pages of an archive; for a record that is cut or damaged one rejection that names file and byte."""
    tape = _Tape(stream, origin)
    while True:
        try:
            record = _head(tape)
            if record is None:
                return
            item = _item(tape, record, given, max_bytes)
            if item is not None:
                yield item
        except _Damage as e:
            yield SkipItem(e.reason, e.where)
            tape.seek_record()
        except SkipItem as e:
            yield e


class _Damage(SkipItem):
    """The tape can't be trusted from here to the next record."""


class _Tape:
    """The unpacked bytes in order, and where in the file the next of them lies."""

    def __init__(self, stream: BinaryIO, origin: str) -> None:
        self._pieces = pieces(stream, origin)
        self.origin = origin
        self._buffer, self._at = b"", 0
        self._member, self._inside = 0, 0  # where the packed member begins, and how much of what it holds was read

    def where(self) -> str:
        """Return file and byte: of a packed file that at which the member begins, `+` the byte in it unpacked."""
        self._fill()
        if not self._member:
            return f"{self.origin}:{self._inside}"
        return f"{self.origin}:{self._member}" + (f"+{self._inside}" if self._inside else "")

    def line(self) -> bytes:
        """Return the next line with its end; b"" at the end of the tape."""
        while (end := self._buffer.find(b"\n", self._at, self._at + _LINE)) < 0:
            if len(self._buffer) - self._at >= _LINE:
                where = self.where()
                self._take(_LINE)
                raise _Damage("a line of the record's head is too long", where)
            if not self._more():
                end = len(self._buffer) - 1
                break
        return self._take(end + 1 - self._at)

    def read(self, n: int) -> bytes:
        """Return the next `n` bytes, fewer at the end of the tape."""
        parts, left = [], n
        while left:
            self._fill()
            part = self._take(min(left, len(self._buffer) - self._at))
            if not part:
                break
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def skip(self, n: int) -> int:
        """Pass over `n` bytes; return how many there were."""
        left = n
        while left and (part := self.read(min(left, _LINE))):
            left -= len(part)
        return n - left

    def ends_here(self) -> bool:
        """Pass the empty lines that end a record; return whether they, the next record or the end stand here."""
        while len(self._buffer) - self._at < len(_END) and self._more():
            pass
        for end in (_END, b"\n\n"):
            if self._buffer.startswith(end, self._at):
                self._take(len(end))
                return True
        return self._at == len(self._buffer) or self._buffer.startswith(_VERSION[: len(_END)], self._at)

    def seek_record(self) -> None:
        """Go on to the next line that opens a record."""
        while True:
            try:
                self._fill()
                if self._buffer.startswith(_VERSION, self._at) or not self.line():
                    return
            except SkipItem:
                continue  # damage after damage: it has been told once

    def _fill(self) -> None:
        if self._at >= len(self._buffer):
            self._more()

    def _more(self) -> bool:
        """Get another piece; False at the end. What the file was damaged in before is dropped."""
        got = next(self._pieces, None)
        if isinstance(got, SkipItem):
            self._buffer, self._at = b"", 0
            raise _Damage(got.reason, got.where)
        if got is None:
            return False
        if got[1] != self._member:
            self._member, self._inside = got[1], self._at - len(self._buffer)
        self._buffer, self._at = self._buffer[self._at :] + got[0], 0
        return True

    def _take(self, n: int) -> bytes:
        part = self._buffer[self._at : self._at + n]
        self._at += len(part)
        self._inside += len(part)
        return part


def _head(tape: _Tape) -> Record_ | None:
    """Return the head of the next record; None at the end of the tape."""
    where = tape.where()
    line = tape.line()
    while line in (b"\r\n", b"\n"):
        where = tape.where()
        line = tape.line()
    if not line:
        return None
    if not line.startswith(_VERSION):
        raise _Damage("no WARC record begins here", where)
    fields: dict[str, str] = {}
    for _ in range(_LINES):
        line = tape.line()
        if line in (b"\r\n", b"\n"):
            break
        if not line.endswith(b"\n"):
            raise SkipItem("the archive is cut short: this record has no end", where)
        name, _colon, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    length = fields.get("content-length", "")
    if not re.fullmatch(r"\d{1,18}", length, re.ASCII):
        raise _Damage("the record does not say how long it is", where)
    return Record_(at=where, fields=fields, length=int(length))


def _item(tape: _Tape, record: Record_, given: Given, max_bytes: int) -> Item | None:
    """Read a record to its end; return its page, None where it is none."""
    wanted = record.fields.get("warc-type", "").lower() == "response"
    block = tape.read(min(record.length, max_bytes)) if wanted else b""
    got = len(block) + tape.skip(record.length - len(block))
    if got < record.length:
        raise SkipItem(f"the archive is cut short: this record has {got:,} of {record.length:,} bytes", record.at)
    if not tape.ends_here():
        raise _Damage("the record is longer than it says", record.at)
    page = _page(block) if wanted else None
    if page is None:
        return None
    if record.length > max_bytes:
        raise too_big(record.at, max_bytes)
    body, charset = page
    address = record.fields.get("warc-target-uri", "").strip("<>") or None
    told = msgspec.structs.replace(given, url=given.url or address, charset=charset)
    return Item(_decoded(body, block, record.at, max_bytes), record.at, told, html.document)


def _page(block: bytes) -> tuple[bytes, str | None] | None:
    """Return body and charset of an HTTP response, None where it is no HTML or its status is not 200."""
    head, body = _split(block)
    status = _STATUS.match(head)
    kind = _field(head, "content-type")
    if not status or status[1] != b"200" or not _HTML.match(kind):
        return None
    charset = _CHARSET.search(kind)
    return body, charset[1].lower() if charset else None


def _split(block: bytes) -> tuple[bytes, bytes]:
    """Return head and body of an HTTP response."""
    gap = re.search(rb"\r?\n\r?\n", block[: _LINE * 2])
    return (block[: gap.start()], block[gap.end() :]) if gap else (block, b"")


def _field(head: bytes, name: str) -> str:
    found = re.search(rb"(?im)^" + name.encode() + rb"[ \t]*:[ \t]*([^\r\n]*)", head)
    return found[1].decode("latin-1").strip() if found else ""


def _decoded(body: bytes, block: bytes, where: str, max_bytes: int) -> bytes:
    """Return the page without the codings of its transfer; archives keep the header though they have undone some."""
    head = _split(block)[0]
    if "chunked" in _field(head, "transfer-encoding").lower():
        body = _dechunked(body)
    coding = _field(head, "content-encoding").lower()
    if body.startswith(GZIP):
        body = _inflated(body, 31, where, max_bytes)
    elif coding == "deflate" and body[:1] == b"\x78":
        body = _inflated(body, 15, where, max_bytes)
    elif coding in ("br", "zstd") and b"<" not in body[:1024]:
        raise SkipItem(f"the page is packed by {coding}, which is not read", where)
    if not body.strip():
        raise SkipItem("it is empty: there is nothing to read", where)
    return body


def _inflated(body: bytes, wbits: int, where: str, max_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=wbits)
    try:
        out = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as e:
        raise SkipItem("the page is packed and damaged", where) from e
    if len(out) > max_bytes:
        raise too_big(where, max_bytes)
    return out


def _dechunked(body: bytes) -> bytes:
    """Return a body without its chunk sizes; as it is where it has none."""
    out, at = [], 0
    while m := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n").match(body, at):
        size = int(m[1], 16)
        out.append(body[m.end() : m.end() + size])
        at = m.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
        if not size:
            break
    return b"".join(out) or body
