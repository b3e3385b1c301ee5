"""Which PLOVER type an act is: the trigger frame joined with the encoder. What the parties are is not asked here."""

from dragoman.records import Record
from dragoman.scheme import plover
from dragoman.scheme.plover import Frame

# Set while reading the errors of the nine dev articles, by single trials and not by a sweep: lower admits verbs that
# set a scene, higher loses real acts of ambiguous verbs. `evals/` notices a move.
WEAK_AGREES = 0.15  # an ambiguous trigger whose conditions hold stands if its quad class has this share of the types
WEAK_BARE = 0.40  # ... and one without conditions from here on
ENCODER_OVERRULES = 0.80  # ... or gives way to another type of the encoder from here on
ENCODER_ALONE = 0.90  # a verb without a frame needs this and two parties
NOTHING = 0.50  # above this share of "none" an ambiguous trigger is no act


class Kind(Record, frozen=True):
    """The decided type with the type of the act itself, and how it was decided."""

    type: str
    act: str
    mode: str | None
    basis: str  # frame, frame and encoder, encoder
    probability: float | None  # the encoder's share for the type, None where it was not asked


def decide(frame: Frame | None, probabilities: dict[str, float] | None, *, both: bool) -> Kind | None:
    """Return the kind of an act, None where it is none. `both`: there is a party on either side."""
    if frame is not None and frame.strength == "strong":
        share = probabilities.get(frame.type, 0.0) if probabilities else None
        return Kind(type=frame.type, act=frame.act, mode=frame.mode, basis="frame", probability=share)
    if probabilities is None:
        return None
    best = max((t for t in probabilities if t != "none"), key=lambda t: (probabilities[t], t))
    top, none = probabilities[best], probabilities.get("none", 0.0)
    if frame is not None and _agrees(frame, probabilities, both=both):
        return Kind(
            type=frame.type,
            act=frame.act,
            mode=frame.mode,
            basis="frame and encoder",
            probability=probabilities.get(frame.type, 0.0),
        )
    bar = ENCODER_OVERRULES if frame is not None else ENCODER_ALONE
    if both and top >= bar and none < NOTHING:
        return Kind(type=best, act=best, mode=None, basis="encoder", probability=top)
    return None


def _agrees(frame: Frame, probabilities: dict[str, float], *, both: bool) -> bool:
    """Return whether the encoder bears out an ambiguous trigger.

    With one party marked the encoder says "none" to most sentences, acts or not (it learnt pairs): there its answer is
    read among the types alone.
    """
    some = sum(v for t, v in probabilities.items() if t != "none") or 1.0
    share = sum(v for t, v in probabilities.items() if t != "none" and _quad(t) == _quad(frame.type)) / some
    if both and some < 1 - NOTHING:
        return frame.specificity > 0 and share >= WEAK_BARE
    return share >= (WEAK_AGREES if frame.specificity else WEAK_BARE)


def _quad(name: str) -> int:
    return plover.event_type(name).quad


def recorded_type(kind: Kind, status: str) -> str:
    """Return the type PLOVER records: a planned material act goes by its verbal type, the act keeps its own."""
    if kind.type == kind.act and (status == "planned" or (status == "negotiating" and kind.type != "CONSULT")):
        return plover.event_type(kind.type).planned_as
    return kind.type


def score(name: str, modes: tuple[str, ...]) -> float:
    """Return the score of a type, or of its first mode."""
    return plover.score_of(name, modes[0] if modes and modes[0] in plover.event_type(name).modes else None)
