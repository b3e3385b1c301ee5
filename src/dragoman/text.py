"""Spans and normal forms of plain text: paragraphs, hashes, folded names. No parser, no files."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii

from dragoman.records import Block

_BREAK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
# A shorter line that ends without a stop is a heading, not a hard wrap (MUC-4 wraps at 65 to 75).
_WRAPPED = 45
_STOP = tuple(".!?:;\"'”’)…")
_DESCRIBED = re.compile(r"^(?:[a-z]|\d|(?:At|More|About|Nearly|Some|Several|Dozens|The|A|An|Two|Three)\b)")


def digest(*parts: str | bytes | None, length: int = 16) -> str:
    """Return `length` hex digits of the SHA-256 over `parts`, each length-prefixed so that no two lists collide."""
    h = hashlib.sha256()
    for part in parts:
        raw = b"\xff" if part is None else part if isinstance(part, bytes) else part.encode("utf8", "surrogatepass")
        h.update(f"{len(raw)}:".encode() + raw)
    return h.hexdigest()[:length]


@lru_cache(maxsize=1 << 14)  # the same names come again and again
def fold(name: str) -> str:
    """Return `name` in lower-case ASCII letters and digits, single spaces: for comparing, never for showing."""
    plain = anyascii(unicodedata.normalize("NFKC", name)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def is_name(words: str) -> bool:
    """Return whether words name somebody: *Wagner*, not *a market* or *12 people*."""
    return not _DESCRIBED.match(words)


def paragraphs(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of `text`: split at blank lines, and at line ends unless the lines are a hard wrap."""
    found: list[Block] = []
    at = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found += _lines(text, at, end)
        at = gap.end() if gap else end
    return tuple(found)


def _lines(text: str, start: int, end: int) -> list[Block]:
    """Cut one blank-line block into paragraphs at its line ends, joining hard wraps."""
    cuts = [start]
    for m in re.finditer(r"\n", text[start:end]):
        here = start + m.start()
        before, after = text[cuts[-1] : here].rsplit("\n", 1)[-1].rstrip(), text[here + 1 : end].lstrip()
        wraps = len(before) >= _WRAPPED and not before.endswith(_STOP) and len(before) <= 100
        if not wraps and not (after[:1].islower() and len(before) <= 100 and not before.endswith((".", "!", "?"))):
            cuts.append(here + 1)
    cuts.append(end)
    return [b for a, z in pairwise(cuts) if (b := trimmed(text, a, z))]


def trimmed(text: str, start: int, end: int, kind: str = "paragraph") -> Block | None:
    """Return the block without outer white space; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(start=start, end=end, kind=kind) if end > start else None
