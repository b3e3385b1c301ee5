"""Files, folders and standard input: hands each item to the source that accepts it. No format is read here."""

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman.errors import SkipItem
from dragoman.sources import feed, html, jsonl, packed, parquet, sheet, text, warc
from dragoman.sources.decode import MAX_BYTES, refuse_binary, too_big
from dragoman.sources.fetch import Fetch, Fetched
from dragoman.sources.given import Found, Given, Item, Source, documents

SOURCES: tuple[Source, ...] = (warc, packed, parquet, feed, jsonl, sheet, html, text)
"""The formats in the order in which they are asked; `app` may hand its own list."""

_HEAD = 4096  # bytes that a source sees before it says whether it takes an item


def read_paths(
    paths: Iterable[str | os.PathLike[str]],
    given: Given | None = None,
    *,
    sources: Sequence[Source] = SOURCES,
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Found]:
    """Yield the documents of files, of folders (all below, in sorted order) and of "-"; a SkipItem for what gives none.

    Names that begin with a dot are left out of folders. A path that is not there is a SkipItem too: the caller decides
    what it stops.
    """
    return documents(items_of(paths, given, sources=sources, max_bytes=max_bytes, stdin=stdin))


def items_of(  # noqa: PLR0913 - options, by keyword
    paths: Iterable[str | os.PathLike[str]],
    given: Given | None = None,
    *,
    sources: Sequence[Source] = SOURCES,
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Item | SkipItem]:
    """Yield what `read_paths` reads, not yet looked into; web addresses by `fetch`, without it they are refused."""
    told = given or Given()
    for path in paths:
        name = os.fspath(path)
        if name == "-":
            yield from _stream(stdin or sys.stdin.buffer, "-", told, sources, max_bytes)
        elif name.startswith(("http://", "https://")):
            yield from _web(name, told, sources, max_bytes, fetch)
        else:
            yield from _path(Path(name), told, sources, max_bytes)


def count(paths: Iterable[str | os.PathLike[str]]) -> int:
    """Return how many files `read_paths` will open, for a progress bar; "-" and paths that fail count as one."""
    return sum(sum(1 for _ in _below(p)) if (p := Path(os.fspath(path))).is_dir() else 1 for path in paths)


def _path(path: Path, given: Given, sources: Sequence[Source], max_bytes: int) -> Iterator[Item | SkipItem]:
    if not path.is_dir():
        yield from _file(path, given, sources, max_bytes, named=True)
        return
    empty = True
    for item in _below(path):
        empty = False
        yield from [item] if isinstance(item, SkipItem) else _file(item, given, sources, max_bytes, named=False)
    if empty:
        yield SkipItem("the folder holds no files", str(path))


def _below(folder: Path, above: tuple[tuple[int, int], ...] = ()) -> Iterator[Path | SkipItem]:
    """Yield the files below a folder, sorted by name; a link back to a folder above it is a SkipItem."""
    try:
        here = folder.stat()
        if (here.st_dev, here.st_ino) in above:
            yield SkipItem("it is a symbolic link to a folder above it: it is not followed", str(folder))
            return
        entries = sorted(p.name for p in folder.iterdir())
    except OSError as e:
        yield SkipItem(_failure(e), str(folder))
        return
    for name in entries:
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir():
            yield from _below(path, (*above, (here.st_dev, here.st_ino)))
        else:
            yield path


def _file(
    path: Path, given: Given, sources: Sequence[Source], max_bytes: int, *, named: bool
) -> Iterator[Item | SkipItem]:
    """Yield what a file holds. `named`: the caller named it, so it is tried as text whatever its extension is."""
    origin = str(path)
    try:
        mode = path.stat()
        if not stat.S_ISREG(mode.st_mode):
            raise _irregular(origin)
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            source = _choose(path.name, head, origin, sources, named=named)
            if not getattr(source, "STREAMED", False) and mode.st_size > max_bytes:
                raise too_big(origin, max_bytes)
            yield from source.items(stream, origin, given, max_bytes=max_bytes)
    except SkipItem as e:
        yield e
    except OSError as e:
        yield SkipItem(_failure(e), origin)


def _stream(
    stream: BinaryIO, origin: str, given: Given, sources: Sequence[Source], max_bytes: int
) -> Iterator[Item | SkipItem]:
    """Yield what a stream without a name holds; its format is told by its first bytes."""
    try:
        buffered = io.BufferedReader(_Raw(stream), buffer_size=_HEAD)
        source = _choose("", buffered.peek(_HEAD), origin, sources, named=True)
        yield from source.items(buffered, origin, given, max_bytes=max_bytes)
    except SkipItem as e:
        yield e


def _web(
    address: str, given: Given, sources: Sequence[Source], max_bytes: int, fetch: Fetch | None
) -> Iterator[Item | SkipItem]:
    """Yield what a web address holds: a page, or a list of articles in any format."""
    try:
        got = (fetch or _no_fetch)(address)
        told = msgspec.structs.replace(given, at=got.url, charset=got.charset)
        source = html if got.is_html else _choose(got.name, got.body[:_HEAD], address, sources, named=True)
        yield from source.items(io.BytesIO(got.body), address, told, max_bytes=max_bytes)
    except SkipItem as e:
        yield e


class _Raw(io.RawIOBase):
    """A binary stream as the raw end of a buffered reader, so that its first bytes can be looked at first."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        got = self._stream.read(len(buffer))
        buffer[: len(got)] = got
        return len(got)


def _choose(name: str, head: bytes, origin: str, sources: Sequence[Source], *, named: bool) -> Source:
    """Return the first source that takes the item; the last, plain text, for a file that the caller named."""
    for source in sources:
        if source.accepts(name, head):
            if not getattr(source, "BINARY", False):
                refuse_binary(head, origin)
            return source
    refuse_binary(head, origin)
    if named:
        return sources[-1]
    known = sorted({e for s in sources for e in getattr(s, "EXTENSIONS", ()) if e})
    raise SkipItem(
        f"{Path(name).suffix or name!r} is not read in folders ({' '.join(known)} are): name the file itself",
        origin,
    )


def _no_fetch(address: str) -> Fetched:
    raise SkipItem("pages are not fetched here: save the page, then read the file with its address as --url", address)


def _irregular(origin: str) -> SkipItem:
    return SkipItem("it is no regular file: give a file, a folder or - for standard input", origin)


def _failure(e: OSError) -> str:
    """Return what an operating system error means for the item, in one line."""
    if isinstance(e, FileNotFoundError):
        return "there is no such file or folder: check the path"
    if isinstance(e, PermissionError):
        return "it may not be read: check its permissions"
    return f"it can't be read ({(e.strerror or 'input error').lower()})"
