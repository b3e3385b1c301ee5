"""What a generated scenario is known to hold (truth.json of evals/scenario) as records. No scoring here."""

from pathlib import Path

import msgspec

from dragoman.errors import StopRun
from dragoman.records import Record

# PLOVER's types of an act told with a status: a plan is AGREE; to call off a meeting is REJECT, to cut aid SANCTION.
TYPES_AS_TOLD = {"planned": ("AGREE",), "cancelled": ("REJECT", "SANCTION")}
HEADLINE = "headline"  # a telling that only repeats the body; it is not scored


class Telling(Record, frozen=True):
    """One sentence that tells an event: `document` counts from 0, offsets are of the document's text."""

    id: str
    document: int
    start: int
    end: int
    role: str
    status: str
    told: dict[str, str]
    voice: str
    background: bool
    origin: str
    published: str
    copy_of: str | None = None
    variant: str = ""


class TrueVersion(Record, frozen=True):
    """One value of a field and when it was first told."""

    value: str
    since: str


class TrueDisagreement(Record, frozen=True):
    """A field on which tellers differ; `corrected` where only an article put right since told otherwise."""

    field: str
    versions: tuple[TrueVersion, ...]
    corrected: bool = False


class TrueEvent(Record, frozen=True):
    """One event and every sentence that tells it."""

    id: str
    act: str
    date: str
    status: str
    origins: int
    tellings: tuple[Telling, ...]
    kind: str = ""
    also: tuple[str, ...] = ()
    disagreements: tuple[TrueDisagreement, ...] = ()

    @property
    def scored(self) -> tuple[Telling, ...]:
        """The tellings that count: those of the body."""
        return tuple(t for t in self.tellings if t.role != HEADLINE)


class TrueDocument(Record, frozen=True):
    """How a document came about."""

    url: str
    published: str
    origin_group: str
    kind: str


class TrueStage(Record, frozen=True):
    """A step of a dossier."""

    stage: str
    event: str
    planned: bool
    date: str | None = None


class TrueDossier(Record, frozen=True):
    """A matter with its steps."""

    id: str
    kind: str
    stages: tuple[TrueStage, ...]


class TrueFlow(Record, frozen=True):
    """What one event moves, or promises to move (`of`: pledged, committed, delivered), in a month."""

    event: str
    origin: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    month: str = ""
    of: str = msgspec.field(name="class", default="delivered")


class Truth(Record, frozen=True):
    """Everything that is scored."""

    events: tuple[TrueEvent, ...]
    documents: tuple[TrueDocument, ...]
    look_alikes: tuple[tuple[str, str], ...] = ()
    dossiers: tuple[TrueDossier, ...] = ()
    flows: tuple[TrueFlow, ...] = ()


def load_truth(path: Path) -> Truth:
    """Return the truth of a scenario's truth.json; StopRun where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Truth)
    except (OSError, msgspec.DecodeError) as fault:
        raise StopRun(f"{path}: no truth of a scenario: {fault}") from fault
