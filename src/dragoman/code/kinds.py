"""Which PLOVER type an act is: the trigger frame joined with the encoder. What the parties are is not asked here."""

from dragoman.code.encoder import WordReading
from dragoman.records import Record
from dragoman.scheme import plover
from dragoman.scheme.plover import Frame

NONE = "NONE"
# Swept one by one on the shared articles and the seen ones of evals/articles: lower admits verbs that set a scene,
# higher loses acts that no frame foresees.
WEAK_ACTS = 0.35  # an ambiguous trigger is no act where the encoder gives less than this to there being one
BARE_ACTS, BARE_NOUNS = 0.60, 0.70  # a word without a frame needs this share ...
AGREES = 0.80  # a weak frame names the type where the encoder gives its quad class this share of the types
OVERRULES = 0.70  # another type of the encoder stands in place of a frame's from this share of the types on
CLEAR, CLEAR_NOUNS = 0.50, 0.60  # ... and one type with this share of the types


class Kind(Record, frozen=True):
    """The decided type with the type of the act itself, and how it was decided."""

    type: str
    act: str
    mode: str | None
    basis: str  # frame, frame and encoder, encoder
    probability: float | None  # the encoder's share for the type, None where it was not asked


def decide(frame: Frame | None, reading: WordReading | None, *, noun: bool = False) -> Kind | None:
    """Return the kind of an act, None where it is none; `reading` is None beyond the encoder's reach.

    `noun`: the word is a noun, which without a frame names an act only where the encoder is surer.
    """
    if reading is None:
        return _by_frame(frame, None, "frame") if frame is not None and frame.strength == "strong" else None
    acts = 1.0 - reading.types[NONE]
    shares = {t: p / max(acts, 1e-6) for t, p in reading.types.items() if t != NONE}
    best = max(shares, key=lambda t: (shares[t], t))
    clear = acts >= (BARE_NOUNS if noun else BARE_ACTS) and shares[best] >= (CLEAR_NOUNS if noun else CLEAR)
    if frame is None:
        return _by_encoder(best, reading) if clear else None
    strong = frame.strength == "strong"
    if not strong and acts < WEAK_ACTS:
        return None
    if not strong and _overruled(frame, shares, best):
        return _by_encoder(best, reading)
    if strong or _quad_share(frame.type, shares) >= AGREES:
        return _by_frame(frame, reading, "frame" if strong else "frame and encoder")
    return _by_encoder(best, reading) if clear else None


def acts(reading: WordReading | None) -> float:
    """Return how sure the encoder is that a word tells an act at all."""
    return 1.0 - reading.types[NONE] if reading is not None else 0.0


def _overruled(frame: Frame, shares: dict[str, float], best: str) -> bool:
    """Return whether the encoder is sure of a type of another quad class than the frame's own and its act's."""
    quads = {_quad(frame.type), _quad(frame.act or frame.type)}
    return _quad(best) not in quads and shares[best] >= OVERRULES


def _quad_share(name: str, shares: dict[str, float]) -> float:
    return sum(p for t, p in shares.items() if _quad(t) == _quad(name))


def _by_frame(frame: Frame, reading: WordReading | None, basis: str) -> Kind:
    share = reading.types.get(frame.type, 0.0) if reading is not None else None
    return Kind(type=frame.type, act=frame.act, mode=frame.mode, basis=basis, probability=share)


def _by_encoder(best: str, reading: WordReading) -> Kind:
    return Kind(type=best, act=best, mode=None, basis="encoder", probability=reading.types[best])


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
