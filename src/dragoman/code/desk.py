"""What coding one document asks for, made once: layers by token, candidates, predicates. No decisions here."""

from dragoman.code.candidates import Candidate, find_candidates
from dragoman.code.kinds import Kind
from dragoman.code.parties import ActorIndex
from dragoman.code.predicates import SURE_OF_RECORDS, find_predicates
from dragoman.code.reader import Reader
from dragoman.code.roles import Roles
from dragoman.code.setting import Setting
from dragoman.code.voices import Voices
from dragoman.records import Annotated, Record


class Draft(Record, frozen=True):
    """A candidate with its parties, its type and the type of what it is about."""

    candidate: Candidate
    roles: Roles
    kind: Kind
    content: Kind | None = None
    content_token: int = -1  # the predicate of what it is about
    status: str | None = None  # where the draft's making fixes it (a demand is requested), else the predicate's


class Desk:
    """All that coding one document asks for."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.parse = annotated.parse
        self.index = ActorIndex(annotated)
        self.reader = Reader(self.parse)
        self.candidates = find_candidates(self.index, self.reader)
        self.voices = Voices(annotated, self.index)
        told = find_predicates(self.parse, annotated.document.published, self.reader, SURE_OF_RECORDS)
        self.predicates = {p.token: p for p in told}

    def setting(self, acts: set[int]) -> Setting:
        """Return the times and places by act; only acts hold them, so that they climb past other words."""
        return Setting(self.annotated, acts)
