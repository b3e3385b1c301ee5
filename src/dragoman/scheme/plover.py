"""The event types of PLOVER and the trigger frames of each, read from data/plover. Coding lives elsewhere."""

import functools
import hashlib
from collections import defaultdict
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

from dragoman.errors import StopRun
from dragoman.scheme.themes import named_lists

Slot = Literal[
    "subject", "object", "indirect", "by", "of", "to", "for", "with", "against", "on", "from", "between", "at", "in",
    "into", "over", "about", "among", "toward", "towards", "behind", "upon", "near", "outside", "along", "around",
    "onto", "off", "as", "before", "opposite", "under", "through", "poss", "amod", "xsubject", "clause", "content",
]  # fmt: skip
Strength = Literal["strong", "weak"]
Needs = Literal["actor", "recipient", "both", "either", "none"]  # none: the act is told without a party
Complement = Literal["to-inf", "that", "ing"]
Status = Literal[
    "occurred", "ongoing", "planned", "negotiating", "requested", "refused", "denied", "negated", "hypothetical",
    "cancelled",
]  # fmt: skip
PartOfSpeech = Literal["verb", "noun"]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that trigger an event type, what must stand beside them, and where the parties stand.

    Slots name logical places: the subject of a passive fills `object`, its by-phrase `subject`; a noun's `subject` is
    that of its light verb ("held a call"). They are tried in order: a symmetric frame takes all that are filled as
    actors, any other the first one filled.
    """

    id: str
    type: str = ""  # filled by the loader with the type of the file
    act: str = ""  # the type of the act itself where it differs ("pledged aid": AGREE, act AID)
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    particle: str | None = None
    objects: tuple[str, ...] = ()  # lemmas, "@list" names, "@party" (a named party)
    not_objects: tuple[str, ...] = ()
    preps: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # lemmas of the subject, as for objects
    beside: tuple[str, ...] = ()  # a lemma behind a preposition, heading a complement, or said of the object ("home")
    modifiers: tuple[str, ...] = ()  # an event noun needs one of these adjectives or compounds ("phone call")
    not_modifiers: tuple[str, ...] = ()
    complement: Complement | None = None
    actor: tuple[Slot, ...] = ("subject", "by", "poss", "amod")
    recipient: tuple[Slot, ...] = ("object",)
    theme: tuple[Slot, ...] = ()
    symmetric: bool = False
    needs: Needs = "either"
    status: Status | None = None
    strength: Strength = "strong"
    home: bool = False  # by its nature done in the doer's own land: an emergency, a curfew, the sheltering of refugees
    contexts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()

    @property
    def specificity(self) -> int:
        """Return how many conditions must hold beside the lemma."""
        return sum(map(bool, self._conditions))

    @property
    def _conditions(self) -> tuple[object, ...]:
        return (
            self.objects, self.preps, self.modifiers, self.particle, self.complement, self.subjects, self.beside,
        )  # fmt: skip


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a predicate: lemmas in lower case.

    `objects` are the heads of its logical objects with their conjuncts, `party` says whether one of them is a party.
    """

    objects: frozenset[str] = frozenset()
    party: bool = False
    preps: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()


class EventType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the sixteen event types, with the scores of its modes and its frames in the order of the file."""

    type: str
    quad: int
    score: float
    definition: str
    not_here: str = ""
    note: str = ""
    recipient_required: bool = False
    planned_as: str = ""  # the type of a planned act of this type; its own where the file gives none
    threatened_as: str = ""  # the type where the plan is addressed to the other party as a threat
    modes: dict[str, float] = {}
    frame: tuple[Frame, ...] = ()


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    list: dict[str, tuple[str, ...]]


# ---------------------------------------------------------------- what others ask
def types() -> tuple[EventType, ...]:
    """Return the sixteen event types in the order of their names."""
    return tuple(_types().values())


def event_type(name: str) -> EventType:
    """Return the event type of that name; KeyError where there is none."""
    return _types()[name]


def frames_for(lemma: str, pos: PartOfSpeech) -> tuple[Frame, ...]:
    """Return the frames that a lemma can trigger, those with more conditions first, strong before weak."""
    return _index().get((pos, lemma.lower()), ())


def fits(frame: Frame, around: Around) -> bool:
    """Return whether the conditions of a frame hold in what stands around its trigger."""
    if frame.particle and frame.particle not in around.particles:
        return False
    if frame.preps and around.preps.isdisjoint(frame.preps):
        return False
    if frame.subjects and around.subjects.isdisjoint(_words(frame.subjects)):
        return False
    if frame.beside and around.beside.isdisjoint(_words(frame.beside)):
        return False
    if frame.complement and frame.complement not in around.complements:
        return False
    if frame.modifiers and around.modifiers.isdisjoint(_words(frame.modifiers)):
        return False
    if not around.modifiers.isdisjoint(_words(frame.not_modifiers)):
        return False
    if not around.objects.isdisjoint(_words(frame.not_objects)):
        return False
    return not frame.objects or _object_fits(frame, around)


def score_of(name: str, mode: str | None = None) -> float:
    """Return the score of an event type, or of its mode where one is given."""
    kind = event_type(name)
    return kind.modes[mode] if mode else kind.score


@functools.cache
def scheme_hash() -> str:
    """Return the SHA-256 over the files of the scheme, in name order."""
    digest = hashlib.sha256()
    for file in sorted(_folder().iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


# ---------------------------------------------------------------- loading
def _folder() -> Traversable:
    return resources.files("dragoman") / "data" / "plover"


@functools.cache
def _types() -> dict[str, EventType]:
    files = (f for f in _folder().iterdir() if f.name.endswith(".toml") and f.name != "lists.toml")
    loaded = {f.name.removesuffix(".toml"): _load(f) for f in sorted(files, key=lambda f: f.name)}
    for name, kind in loaded.items():
        _check(name, kind, loaded)
    return loaded


def _load(file: Traversable) -> EventType:
    try:
        kind = msgspec.toml.decode(file.read_bytes(), type=EventType)
    except (msgspec.ValidationError, msgspec.DecodeError) as fault:
        raise StopRun(f"data/plover/{file.name}: {fault}") from fault
    frames = tuple(_complete(f, kind.type) for f in kind.frame)
    return msgspec.structs.replace(kind, frame=frames, planned_as=kind.planned_as or kind.type)


def _complete(frame: Frame, name: str) -> Frame:
    return msgspec.structs.replace(frame, type=name, act=frame.act or name)


def _check(name: str, kind: EventType, loaded: dict[str, EventType]) -> None:
    """Raise StopRun, with the path to the fault, where a file contradicts itself or the others."""
    where = f"data/plover/{name}.toml"
    if kind.type != name:
        raise StopRun(f"{where}: type: {kind.type!r} is not the name of the file")
    seen: set[str] = set()
    for frame in kind.frame:
        path = f"{where}: frame {frame.id}"
        faults = [
            (frame.id in seen, "id given twice"),
            (not frame.verbs and not frame.nouns, "neither verbs nor nouns"),
            (frame.act not in loaded, f"act: no event type {frame.act!r}"),
            (bool(frame.mode) and not _has_mode(loaded, frame), f"mode: {frame.act} has no {frame.mode!r}"),
        ]
        faults += [(word not in _lists(), f"no list {word!r}") for word in _list_names(frame)]
        for wrong, message in faults:
            if wrong:
                raise StopRun(f"{path}: {message}")
        seen.add(frame.id)


def _has_mode(loaded: dict[str, EventType], frame: Frame) -> bool:
    return frame.act in loaded and frame.mode in loaded[frame.act].modes


def _list_names(frame: Frame) -> list[str]:
    words = frame.objects + frame.not_objects + frame.modifiers + frame.not_modifiers + frame.subjects + frame.beside
    return [w[1:] for w in words if w.startswith("@") and w != "@party"]


@functools.cache
def _index() -> dict[tuple[str, str], tuple[Frame, ...]]:
    found: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in (f for kind in types() for f in kind.frame):
        for verb in dict.fromkeys(frame.verbs):
            found["verb", verb].append(frame)
        for noun in dict.fromkeys(frame.nouns):
            found["noun", noun].append(frame)
    return {key: tuple(sorted(frames, key=_rank)) for key, frames in found.items()}


def _rank(frame: Frame) -> tuple[int, bool]:
    return -frame.specificity, frame.strength == "weak"


# ---------------------------------------------------------------- word lists
@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    file = _folder() / "lists.toml"
    try:
        own = msgspec.toml.decode(file.read_bytes(), type=_Lists).list
    except (msgspec.ValidationError, msgspec.DecodeError) as fault:
        raise StopRun(f"data/plover/lists.toml: {fault}") from fault
    return {**named_lists(), **{name: frozenset(words) for name, words in own.items()}}


@functools.cache
def _words(entries: tuple[str, ...]) -> frozenset[str]:
    """Return the lemmas that entries stand for, lists opened."""
    opened: set[str] = set()
    for entry in entries:
        opened |= _lists()[entry[1:]] if entry.startswith("@") and entry != "@party" else {entry}
    return frozenset(opened)


def _object_fits(frame: Frame, around: Around) -> bool:
    if "@party" in frame.objects and around.party:
        return True
    return not around.objects.isdisjoint(_words(frame.objects))
