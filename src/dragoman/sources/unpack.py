"""Unpacking gzip and Zstandard piece by piece, with bounds on what a bomb can unfold. No format inside is read here."""

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.errors import SkipItem, StopRun

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# Text packs to a fifth or a tenth, lists of near-copies to a fiftieth; a bomb in gzip to a thousandth.
RATIO = 200
FLOOR = 64 << 20  # bytes below which no ratio counts: a small file may be one line a million times
PIECE = 1 << 20  # bytes handed on at once
_READ = 1 << 16
_ZSTD_READ = 512  # bytes fed at once: four bytes can tell a block of 128 KiB, so 512 unfold to 16 MiB at most
_ZSTD_WINDOW = 1 << 27  # bytes; the zstd tool asks for a flag beyond it, too

Piece = tuple[bytes, int]  # what was inside, and at which byte of the file its member begins; 0 in a plain file


def pieces(stream: BinaryIO, origin: str) -> Iterator[Piece | SkipItem]:
    """Return what is inside a packed stream, or a plain one itself, and a SkipItem where it is damaged.

    After damage inside a gzip file it goes on with the next member. Reading ends with a bomb or a cut.
    """
    source = _Source(stream)
    if source.peek(2) == GZIP:
        return _gunzip(source, origin)
    if source.peek(4) == ZSTD:
        return _unzstd(source, origin)
    return _plain(source)


class Unpacked(io.RawIOBase):
    """A packed stream as the raw end of a buffered reader; it raises SkipItem where the file is damaged or a bomb."""

    def __init__(self, stream: BinaryIO, origin: str) -> None:
        self._pieces = pieces(stream, origin)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        while not self._left:
            got = next(self._pieces, None)
            if got is None:
                return 0
            if isinstance(got, SkipItem):
                raise got
            self._left = memoryview(got[0])
        n = min(len(buffer), len(self._left))
        buffer[:n] = self._left[:n]
        self._left = self._left[n:]
        return n


class _Source:
    """The bytes of the file, with what was read too far put back, and how many have been taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._back, self.taken = stream, b"", 0

    def read(self, n: int) -> bytes:
        got, self._back = (self._back[:n], self._back[n:]) if self._back else (self._stream.read(n) or b"", b"")
        self.taken += len(got)
        return got

    def back(self, raw: bytes) -> None:
        self._back = raw + self._back
        self.taken -= len(raw)

    def peek(self, n: int) -> bytes:
        got = b""
        while len(got) < n and (more := self.read(n - len(got))):
            got += more
        self.back(got)
        return got


def _plain(source: _Source) -> Iterator[Piece]:
    while got := source.read(_READ):
        yield got, 0


class _Bound:
    """How much has been unfolded of how much."""

    def __init__(self, origin: str) -> None:
        self.origin, self.out = origin, 0

    def add(self, raw: bytes, taken: int) -> SkipItem | None:
        """Count a piece; return the rejection where it is too much."""
        self.out += len(raw)
        if self.out <= max(FLOOR, RATIO * taken):
            return None
        return SkipItem(
            f"it unpacks to over {RATIO} times its size (at byte {taken:,}): it is read no further", self.origin
        )


def _gunzip(source: _Source, origin: str) -> Iterator[Piece | SkipItem]:
    """Yield the members of a gzip file; zlib checks length and sum of each when its end is read."""
    bound = _Bound(origin)
    while source.peek(1):
        start = source.taken
        if source.peek(2) != GZIP:
            if not source.read(_READ).strip(b"\0"):
                continue  # some tapes are filled up with zeros
            source.back(b"")
            yield _damaged(origin, start)
            _seek_member(source)
            continue
        unpacker, raw = zlib.decompressobj(wbits=31), b""
        try:
            while not unpacker.eof:
                raw = unpacker.unconsumed_tail or source.read(_READ)
                if not raw:
                    yield SkipItem(f"it is cut short: the part that begins at byte {start:,} has no end", origin)
                    return
                out = unpacker.decompress(raw, PIECE)
                if fault := bound.add(out, source.taken):
                    yield fault
                    return
                if out:
                    yield out, start
            source.back(unpacker.unused_data)
        except zlib.error:
            yield _damaged(origin, start)
            source.back(raw[2:] if raw.startswith(GZIP) else raw)  # the next member may begin in what was read
            _seek_member(source)


def _seek_member(source: _Source) -> None:
    """Read on to where the next member of a gzip file can begin."""
    while raw := source.read(_READ):
        at = raw.find(GZIP + b"\x08")
        if at >= 0:
            source.back(raw[at:])
            return
        if raw.endswith((GZIP[:1], GZIP)) and source.peek(1):
            source.back(raw[-2:] if raw.endswith(GZIP) else raw[-1:])
            if source.peek(3) == GZIP + b"\x08":
                return
            source.read(2)


def _unzstd(source: _Source, origin: str) -> Iterator[Piece | SkipItem]:
    """Yield the frames of a Zstandard file."""
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError as e:
        raise StopRun(f"{origin}: Zstandard needs a package: pip install 'dragoman[zst]'") from e
    bound = _Bound(origin)
    while source.peek(1):
        start = source.taken
        unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        try:
            while not unpacker.eof:
                raw = source.read(_ZSTD_READ)
                if not raw:
                    yield SkipItem(f"it is cut short: the part that begins at byte {start:,} has no end", origin)
                    return
                out = unpacker.decompress(raw)
                if fault := bound.add(out, source.taken):
                    yield fault
                    return
                if out:
                    yield out, start
            source.back(unpacker.unused_data)
        except zstandard.ZstdError:
            yield _damaged(origin, start)
            return


def _damaged(origin: str, start: int) -> SkipItem:
    return SkipItem(f"it is damaged: the part that begins at byte {start:,} can't be unpacked", origin)
