"""The front door of comparing names: which comparison a kind of entity asks for."""

import functools

from dragoman.names.match import Match, Reason
from dragoman.names.organisation import compare_organisations
from dragoman.names.organisation_parts import organisations
from dragoman.names.person import compare_persons
from dragoman.names.thing import compare_addresses, compare_vessels

# Kinds of FollowTheMoney. All others are read as LegalEntity: a person, unless a name says that it is none.
_PERSONS = frozenset(("Person",))
_ORGANISATIONS = frozenset(("Organization", "Company", "PublicBody", "Organisation"))
_VESSELS = frozenset(("Vessel", "Airplane", "Vehicle"))


def name_similarity(a: str, b: str, kind: str = "Person") -> float:
    """Return how like two names are, 0 to 1; 0.7 and over = the same name. `kind` as in FollowTheMoney.

    Raises ValueError for names that are no strings.
    """
    _check(a, b)
    return (_compare(a, b, kind) if a <= b else _compare(b, a, kind)).score


def compare(a: str, b: str, kind: str = "Person") -> Match:
    """Compare two names of entities of a kind (of FollowTheMoney) and return the score with its reasons.

    The score is the same whichever name comes first. Raises ValueError for names that are no strings.
    """
    _check(a, b)
    if a <= b:
        return _compare(a, b, kind)
    match = _compare(b, a, kind)
    return Match(
        score=match.score,
        reasons=tuple(Reason(rule=r.rule, a=r.b, b=r.a, likeness=r.likeness) for r in match.reasons),
    )


def _check(a: object, b: object) -> None:
    if not isinstance(a, str) or not isinstance(b, str):
        wrong = b if isinstance(a, str) else a
        raise ValueError(f"wants two names as str, not {type(wrong).__name__}")  # noqa: TRY004 - as documented


def _compare(a: str, b: str, kind: str) -> Match:
    """Compare two names in this order: the parts of the comparison may hang on it where words tie."""
    if a == b and a.strip():
        return Match(score=1.0, reasons=(Reason(rule="same name", a=a, b=b, likeness=1.0),))
    if kind in _PERSONS:
        return compare_persons(a, b)
    if kind in _ORGANISATIONS:
        return compare_organisations(a, b)
    if kind in _VESSELS:
        return compare_vessels(a, b)
    if kind == "Address":
        return compare_addresses(a, b)
    return compare_organisations(a, b) if _no_person(a) or _no_person(b) else compare_persons(a, b)


@functools.lru_cache(maxsize=32768)
def _no_person(name: str) -> bool:
    """Return whether a name shows that it is no person's: a legal form, a number, a word of organisations."""
    return any(o.legal or o.numbers or any(k in ("plain", "telling") for k in o.kinds) for o in organisations(name))
