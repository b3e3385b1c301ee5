"""How sure a mention is, with the ingredients that made it so: each adds to the log-odds. No decision is taken here.

The weights were fitted by `scripts/calibrate.py` to records that are right or wrong near facts noted by hand.
"""

import math
from collections.abc import Sequence

from dragoman.code.encoder import WordReading
from dragoman.code.kinds import NONE, Kind
from dragoman.code.roles import Roles
from dragoman.records import Ingredient
from dragoman.scheme.confidence import confidence_weights
from dragoman.scheme.plover import Frame

ENCODER = "encoder"  # a party that the encoder put on a side


def features(
    *, frame: Frame | None, noun: bool, kind: Kind, reading: WordReading | None, roles: Roles
) -> list[tuple[str, str, float]]:
    """Return what speaks for and against a record: the name of the weight, what is shown of it, how much there is.

    That a report hedges, or tells of a plan, is no reason to doubt the record of it.
    """
    sides = sum((bool(roles.actors), bool(roles.recipients) or len(roles.actors) > 1))
    found: list[tuple[str, str, float]] = [("base", "an act read from the text", 1.0)]
    if kind.basis in ("modal", "verdict", "listed"):
        found.append(("spoken", kind.basis, 1.0))
    elif frame is not None:
        found.append((f"{'strong' if frame.strength == 'strong' else 'ambiguous'} trigger", frame.id, 1.0))
    elif reading is not None:
        found.append(("bare trigger", "no frame", 1.0))
        found.append(("act", f"{1.0 - reading.types[NONE]:.2f}", 1.0 - reading.types[NONE]))
    if reading is not None:
        share = max(reading.types.get(kind.type, 0.0), reading.types.get(kind.act, 0.0))
        found.append(("type", f"{kind.type} {share:.2f}", share))
    found.append(("two sides" if sides == 2 else "one side", f"{sides} of 2 sides", float(sides > 0)))
    inferred = [i for i in dict.fromkeys(roles.inferred) if i != ENCODER]
    if inferred:
        found.append(("inferred", ", ".join(inferred), 1.0))
    if ENCODER in roles.inferred:
        found.append(("filled", ENCODER, 1.0))
    if noun:
        found.append(("noun", "told by a noun", 1.0))
    return found


def ingredients(found: Sequence[tuple[str, str, float]], kind: Kind) -> tuple[Ingredient, ...]:
    """Return the ingredients with their weights, and how the type was decided."""
    weights = confidence_weights()
    parts = [Ingredient(name=n, value=shown, weight=round(weights[n] * much, 2)) for n, shown, much in found]
    return (*parts, Ingredient(name="basis", value=kind.basis, weight=0.0))


def squash(parts: Sequence[Ingredient]) -> float:
    """Return the probability that the weights add up to, two decimals."""
    return round(1 / (1 + math.exp(-sum(p.weight for p in parts))), 2)
