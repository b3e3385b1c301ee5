"""From bytes to characters: size, kind of file, encoding. What the characters mean is read elsewhere."""

import codecs
import re
from typing import BinaryIO

from dragoman.config import Settings
from dragoman.errors import SkipItem
from dragoman.scheme.boilerplate import signatures

MAX_BYTES = Settings().max_bytes
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# English in Windows-1252 has a few high bytes (quotes, dashes, accents), a text in another alphabet mostly high bytes.
_HIGH_SHARE = 0.15
# One broken byte does not make a UTF-8 page another encoding: three valid sequences to a broken one are no accident.
_VALID_PER_BROKEN = 3


def read_all(stream: BinaryIO, origin: str, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a stream; SkipItem where there are none, or more than `max_bytes` (they are not all read)."""
    raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise too_big(origin, max_bytes)
    if not raw.strip():
        raise SkipItem("it is empty: there is nothing to read", origin)
    return raw


def too_big(origin: str, max_bytes: int) -> SkipItem:
    """Return the rejection of an item over the size limit."""
    return SkipItem(f"it is over the limit of {max_bytes:,} bytes: split it into one file an article", origin)


def decode(raw: bytes, origin: str, declared: str | None = None) -> str:
    """Return the characters of `raw`: by byte order mark, UTF-8, the declared charset, Windows-1252; else SkipItem."""
    refuse_binary(raw, origin)
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _clean(_strict(raw, name), origin)
    if b"\0" in raw:
        return _clean(_bare_utf16(raw), origin)
    text = _strict(raw, "utf-8") or _strict(raw, declared) or _damaged_utf8(raw) or _windows(raw)
    return _clean(text, origin)


def refuse_binary(raw: bytes, origin: str) -> None:
    """Raise SkipItem where the first bytes are those of a PDF, an archive, an image, a program."""
    for s in signatures():
        if raw.startswith(s.prefix):
            raise SkipItem(f"it is a {s.name}, not text: {s.advice}", origin)


def _clean(text: str | None, origin: str) -> str:
    """Return a decoded text that can be text: no NUL, few control characters."""
    if text is None:
        raise SkipItem("its encoding can't be told: save it as UTF-8", origin)
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > 2 + len(text) // 1000:
        raise SkipItem(
            "it is binary data (NUL bytes or control characters), not text: save the article as UTF-8 text", origin
        )
    return text


def _strict(raw: bytes, name: str | None) -> str | None:
    """Return `raw` in the named encoding, None where it is not in it or Python knows no such encoding."""
    try:
        return raw.decode(name) if name else None
    except (UnicodeError, LookupError):
        return None


def _damaged_utf8(raw: bytes) -> str | None:
    """Return UTF-8 with its few broken bytes shown as U+FFFD, None where it is not mostly valid."""
    text = raw.decode("utf-8", "replace")
    valid, broken = len(_MULTIBYTE.findall(raw)), text.count("\ufffd")
    return text if valid >= _VALID_PER_BROKEN * broken else None


def _windows(raw: bytes) -> str | None:
    high = sum(b >= 0x80 for b in raw)
    return _strict(raw, "cp1252") if high <= _HIGH_SHARE * len(raw) else None


def _bare_utf16(raw: bytes) -> str | None:
    """Return UTF-16 without a mark: English in it has a NUL in nearly every other byte, always on the same side."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    half = len(raw) // 2
    if half and min(even, odd) == 0 and max(even, odd) > half // 2:
        return _strict(raw, "utf-16-be" if even else "utf-16-le")
    return raw.decode("latin-1")  # left with its NULs, so that it is refused as binary
