"""Joining frame and encoder to one type, and what a record's confidence is made of."""

import pytest

from dragoman.code import confidence, kinds
from dragoman.code.encoder import TYPES, WordReading
from dragoman.code.roles import Roles
from dragoman.scheme.confidence import NAMES, confidence_weights
from dragoman.scheme.plover import Frame


def reading(**shares: float) -> WordReading:
    """Return a reading with these shares of types; the rest goes to NONE."""
    types = dict.fromkeys(TYPES, 0.0) | shares
    types["NONE"] = 1 - sum(shares.values())
    return WordReading(types=types, status={"occurred": 1.0}, facts={"fact": 1.0})


def frame(kind: str, strength: str) -> Frame:
    return Frame(id="x", type=kind, act=kind, strength=strength)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "told", "expected"),
    [
        (frame("AID", "strong"), None, ("AID", "frame")),
        (frame("AID", "strong"), reading(AID=0.5), ("AID", "frame")),
        (frame("AID", "strong"), reading(AID=0.01), ("AID", "frame")),  # what a plain word says stands
        (frame("AID", "weak"), None, None),
        (frame("AID", "weak"), reading(COOPERATE=0.6), ("AID", "frame and encoder")),
        (frame("AID", "weak"), reading(AID=0.1), None),
        (frame("AID", "weak"), reading(ASSAULT=0.9), ("ASSAULT", "encoder")),
        (None, None, None),
        (None, reading(PROTEST=0.9), ("PROTEST", "encoder")),
        (None, reading(PROTEST=0.2), None),
        (None, reading(PROTEST=0.3, ACCUSE=0.3, REQUEST=0.3), None),  # an act, but of no clear type
    ],
)
def test_decide(given: Frame | None, told: WordReading | None, expected: tuple[str, str] | None) -> None:
    kind = kinds.decide(given, told)
    assert (kind and (kind.type, kind.basis)) == expected


def test_confidence_is_the_sum_of_its_ingredients() -> None:
    kind = kinds.decide(frame("AID", "strong"), reading(AID=0.9))
    assert kind is not None
    found = confidence.features(
        frame=frame("AID", "strong"), noun=True, kind=kind, reading=reading(AID=0.9), roles=Roles()
    )
    parts = confidence.ingredients(found, kind)
    assert {i.name for i in parts} == {"base", "strong trigger", "type", "one side", "noun", "basis"}
    assert 0 < confidence.squash(parts) < 1
    assert confidence.squash([]) == 0.5


def test_every_ingredient_has_a_weight() -> None:
    assert set(confidence_weights()) == set(NAMES)
