"""Finds where a document credits a news agency, whole or sentence by sentence. The forms lie in data/agencies."""

import functools

from dragoman.records import Credit, Document, Evidence
from dragoman.scheme.agencies import CreditRule, agency_named, credit_rules, lines_naming

_LEAD = 400  # characters: the first two sentences below a title
_HEAD, _TAIL = 500, 300  # characters: a dateline or byline below the title and summary; a sign-off in the last lines
WHOLE = ("dateline", "byline", "signoff")  # kinds that credit the whole text, the surest first


def credits(document: Document) -> tuple[Credit, ...]:  # noqa: A001 - what it returns
    """Return the credits of a document in the order of the text, one per place."""
    return _credits(document.text)


@functools.lru_cache(maxsize=1024)  # each document of a batch is asked three times
def _credits(text: str) -> tuple[Credit, ...]:
    found: dict[tuple[int, int], Credit] = {}
    for rule in credit_rules():
        for credit in _matches(text, rule):
            key = credit.evidence.start, credit.evidence.end
            if not any(s < key[1] and key[0] < e for s, e in found):
                found[key] = credit
    return tuple(found[key] for key in sorted(found))


def wire_of(document: Document) -> str | None:
    """Return the agency whose text a document is by its publisher or its first credit for the whole text."""
    published = agency_named(document.publisher) if document.publisher else None
    whole = [c for c in credits(document) if c.kind in WHOLE]
    whole.sort(key=lambda c: (WHOLE.index(c.kind), c.evidence.start))
    return published or (whole[0].agency if whole else None)


def source_named(text: str, start: int, end: int) -> str | None:
    """Return the agency that the sentence between two offsets names as its source; the first of several."""
    if not any(a < end and start < z for a, z in lines_naming(text)):
        return None
    found = [m for r in credit_rules() if r.kind == "report" for m in r.compiled().finditer(text, start, end)]
    first = min(found, key=lambda m: m.start(), default=None)
    return (agency_named(first["agency"]) or first["agency"]) if first else None


def lead_source(document: Document) -> str | None:
    """Return the agency that the first lines of a document name as their source: what follows retells it."""
    return next((c.agency for c in credits(document) if c.kind == "report" and c.evidence.start < _LEAD), None)


def _matches(text: str, rule: CreditRule) -> list[Credit]:
    start, end = {"head": (0, _HEAD), "tail": (len(text) - _TAIL, len(text)), "any": (0, len(text))}[rule.zone]
    return [
        Credit(
            agency=agency_named(m["agency"]) or m["agency"],
            kind=rule.kind,
            evidence=Evidence(start=m.start(), end=m.end(), quote=m.group()),
        )
        for line in lines_naming(text)
        for m in rule.compiled().finditer(text, *line)
        if start <= m.start() and m.start() < end
    ]
