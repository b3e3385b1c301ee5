"""Tokens for those who ask from elsewhere: made, kept as hashes in a file of their owner only, looked up."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dragoman.errors import StopRun
from dragoman.records import Record

SCOPES = ("read", "write", "review")  # see pages; add reports; decide. The others hold the first
PREFIX = "dragoman_"  # so that a token is known where it has strayed
SECRET = 32  # bytes: 256 bits can't be guessed, so a fast hash keeps them well enough
NAMED = 64  # characters of a name, as many as a decision keeps of it
OPEN_TO_OTHERS = 0o077


class Token(Record, frozen=True):
    """A token as it is kept: whose it is, what it allows, the SHA-256 of its words in hex, when it was made."""

    name: str
    scopes: tuple[str, ...]
    sha256: str
    added: str

    @property
    def id(self) -> str:
        """Return what a session names it by."""
        return self.sha256[:16]


class _File(Record, frozen=True):
    tokens: tuple[Token, ...] = ()


def load(path: Path) -> tuple[Token, ...]:
    """Return the tokens of a file. Raises StopRun where it is not there, damaged, or open to other users."""
    try:
        with path.open("rb") as file:
            if os.name != "nt" and os.fstat(file.fileno()).st_mode & OPEN_TO_OTHERS:
                raise StopRun(f"{path}: others on this machine can get at it; run `chmod 600 {path}`")
            return msgspec.json.decode(file.read(), type=_File).tokens
    except FileNotFoundError as fault:
        raise StopRun(f"{path}: no tokens here; make one with `dragoman token add NAME --tokens {path}`") from fault
    except (OSError, msgspec.MsgspecError) as fault:
        raise StopRun(f"{path}: can't be read as a file of tokens ({fault})") from fault


def add(path: Path, name: str, scopes: Sequence[str]) -> str:
    """Make a token, keep its hash, and return its words: they are shown this once and kept nowhere.

    Raises StopRun for a name that is empty, too long or taken.
    """
    held, name = load(path) if path.exists() else (), " ".join(name.split())
    if not name or len(name) > NAMED or not name.isprintable() or name in ("rule", "model"):
        raise StopRun(f"{name or 'an empty name'}: can't name a token; use the name of a person, up to {NAMED} letters")
    if any(t.name == name for t in held):
        raise StopRun(f"{name}: has a token already; remove it first with `dragoman token remove`")
    words = PREFIX + secrets.token_urlsafe(SECRET)
    kept = tuple(s for s in SCOPES if s == "read" or s in scopes)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    _save(path, (*held, Token(name=name, scopes=kept, sha256=_hash(words), added=at)))
    return words


def remove(path: Path, name: str) -> None:
    """Take a token back; sessions that began with it end too. Raises StopRun where there is none of that name."""
    held = load(path)
    left = tuple(t for t in held if t.name != name)
    if len(left) == len(held):
        raise StopRun(f"{name}: no token of that name; there are {', '.join(t.name for t in held) or 'none'}")
    _save(path, left)


class Tokens:
    """The tokens of a file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        """Raise StopRun where the file can't be used."""
        self.path = path
        self._stamp: tuple[int, ...] = ()
        self._held: tuple[Token, ...] = ()
        self.held()

    def held(self) -> tuple[Token, ...]:
        """Return the tokens as the file has them now; StopRun where it can't be used any more."""
        try:
            s = self.path.stat()
        except OSError as fault:
            raise StopRun(f"{self.path}: the file of tokens is gone") from fault
        stamp = (s.st_mtime_ns, s.st_size, s.st_ino, s.st_mode)
        if stamp != self._stamp:
            self._held, self._stamp = load(self.path), stamp
        return self._held

    def of(self, words: str) -> Token | None:
        """Return the token of these words; all are compared, each in constant time."""
        given = _hash(words)
        fitting = [t for t in self.held() if hmac.compare_digest(t.sha256, given)]
        return fitting[0] if fitting else None

    def by_id(self, id_: str) -> Token | None:
        """Return the token that a session names."""
        return next((t for t in self.held() if t.id == id_), None)


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf8", "surrogatepass")).hexdigest()


def _save(path: Path, tokens: Sequence[Token]) -> None:
    """Write the file whole or not at all, readable by its owner only from its first byte."""
    body = msgspec.json.format(msgspec.json.encode(_File(tokens=tuple(tokens))), indent=2) + b"\n"
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
        fresh.replace(path)
    except OSError as fault:
        fresh.unlink(missing_ok=True)
        raise StopRun(f"{path}: can't be written ({fault.strerror or fault})") from fault
