"""What carries goods, read from the sentence that tells it: vessel, IMO number, flag, route. No parsing."""

import re

from dragoman.records import Record
from dragoman.scheme import matters, themes

_NAME = r"[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|[IVX]+|\d+))*"
_VESSEL = re.compile(rf"\b([A-Za-z]+)\s+({_NAME})")
_ABOARD = re.compile(rf"\baboard\s+(?:the\s+)?({_NAME})")
_IMO = re.compile(r"\bIMO\s*(?:number|no\.?|:)?\s*:?\s*(\d{7})\b", re.IGNORECASE)
_FLAGS = (
    re.compile(r"\b([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)-flag(?:ged)?\b"),
    re.compile(r"\b(?:under|flying|flies|flew)\s+(?:the\s+|an?\s+)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)\s+flag\b"),
    re.compile(r"\bflag\s+of\s+(?:the\s+)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)?)"),
)
_VIA = re.compile(rf"\b(?:via|through|by way of)\s+(?:the\s+)?(?:port\s+of\s+)?({_NAME})")
_WEIGHTS = (7, 6, 5, 4, 3, 2)


class Carrier(Record, frozen=True):
    """What carries goods. `doubt`: what is wrong with the number as told."""

    name: str | None = None
    imo: str | None = None
    flag: str | None = None
    via: tuple[str, ...] = ()
    doubt: str = ""


def carrier(said: str, told: str | None) -> Carrier:
    """Return the carrier that a sentence names; `told` is the phrase that the reader took for it, None for none."""
    number = imo(said)
    wrong = number is not None and not valid_imo(number)
    return Carrier(
        name=_named(said) or told,
        imo=None if wrong else number,
        flag=flag(said),
        via=tuple(dict.fromkeys(m[1] for m in _VIA.finditer(said))),
        doubt=f"IMO number {number} fails its check digit" if wrong else "",
    )


def imo(said: str) -> str | None:
    """Return the IMO number that a sentence gives, None where it gives none."""
    found = _IMO.search(said)
    return found[1] if found else None


def valid_imo(number: str) -> bool:
    """Return whether seven digits are an IMO ship number: the last is that of the weighted sum (IMO A.1117(30))."""
    digits = [int(d) for d in number]
    return len(digits) == 7 and sum(d * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 10 == digits[6]


def flag(said: str) -> str | None:
    """Return the state under whose flag the carrier goes, by name; None where the sentence does not say."""
    named = (m[1] for pattern in _FLAGS for m in pattern.finditer(said))
    codes = (code for name in named for n in (name, name.split()[-1]) if (code := matters.state_named(n)))
    return next((matters.state_names()[code] for code in codes), None)


def _named(said: str) -> str | None:
    """Return the vessel by kind and name: *tanker Aster*, *Aster*."""
    for m in _VESSEL.finditer(said):
        if themes.is_carrier(m[1].lower()) and not matters.state_named(m[2]):
            return f"{m[1].lower()} {m[2]}"
    found = _ABOARD.search(said)
    return found[1] if found and not matters.state_named(found[1]) else None
