"""Files packed whole by gzip or Zstandard (`.jsonl.zst`, `.csv.gz`): unpacked as they are read, never on disk."""

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from dragoman.errors import SkipItem
from dragoman.sources import feed, html, jsonl, sheet, text
from dragoman.sources.decode import MAX_BYTES, refuse_binary
from dragoman.sources.given import Given, Item, Source
from dragoman.sources.unpack import GZIP, ZSTD, Unpacked

EXTENSIONS = (".gz", ".zst")
STREAMED = BINARY = True
INSIDE: tuple[Source, ...] = (feed, jsonl, sheet, html, text)  # another archive inside is refused
_HEAD = 4096


def accepts(name: str, head: bytes) -> bool:
    """Take what begins as gzip or Zstandard do, if its name ends so or there is none."""
    return head.startswith((GZIP, ZSTD)) and PurePath(name).suffix.lower() in (*EXTENSIONS, "")


def items(stream: BinaryIO, origin: str, given: Given, *, max_bytes: int = MAX_BYTES) -> Iterator[Item | SkipItem]:
    """Yield the items of the file inside; where it is cut or a bomb, those before and one rejection."""
    inner = io.BufferedReader(Unpacked(stream, origin), buffer_size=1 << 16)
    head = inner.peek(_HEAD)[:_HEAD]
    refuse_binary(head, origin)
    name = PurePath(origin).stem if PurePath(origin).suffix.lower() in EXTENSIONS else ""
    source = next((s for s in INSIDE if s.accepts(name, head)), text)
    yield from source.items(inner, origin, given, max_bytes=max_bytes)
