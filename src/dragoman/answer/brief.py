"""The brief between two parties: one record of their relations, what changed, what is open, and on whom it rests."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.answer.changes import Change, changes, since_day
from dragoman.answer.doubts import Claimed, Differing, Row, claimed, differing, not_settled, sources
from dragoman.answer.filters import asked_for, english
from dragoman.answer.gather import Gathered, gather
from dragoman.answer.identities import must_know, sides
from dragoman.answer.latest import Cut
from dragoman.answer.lines import Line, lines
from dragoman.answer.threads import Matter, Moved, contacts, flows, groups, matters
from dragoman.answer.words import count
from dragoman.errors import StopRun
from dragoman.records import Document, Record
from dragoman.store import Store

SECTIONS = (
    ("talks", "In talks"),
    ("asked", "Asked and answered"),
    ("delivered", "Delivered"),
    ("planned", "Planned"),
    ("contacts", "Contacts"),
    ("conflict", "Measures and conflict"),
    ("other", "Other acts"),
    ("not_done", "Denied, not done or called off"),
    ("context", "One of the two, in the same reports"),
    ("background", "Background (not counted)"),
)
UNCOUNTED = ("background", "context", "not_done")
DONE = ("occurred", "ongoing")


class Section(Record, frozen=True):
    """A titled list of lines."""

    name: str
    title: str
    lines: tuple[Line, ...]


class State(Record, frozen=True):
    """Relations in numbers: events between the two, each once, however often it is told."""

    done: tuple[int, int, int, int]  # by quad class: cooperation in words, in deeds; conflict in words, in deeds
    asked: int  # demands and refusals
    planned: int
    in_talks: int
    since: str | None  # the day on which the first of those counted was told
    origins: int  # independent origins of those counted


class Brief(Record, frozen=True):
    """What stands between two parties, as of a day. Empty sections are left out; numbers are those of the lines."""

    a: str
    b: str
    as_of: str | None
    only: str  # the other filters in English, "" where none were used
    cut: Cut | None  # what of a large ledger was read; None: all that names the two
    reports: int
    outlets: tuple[str, ...]
    state: State
    changed_since: str | None
    changed: tuple[Change, ...]
    dossiers: tuple[Matter, ...]
    sections: tuple[Section, ...]
    flows: tuple[Moved, ...]
    disagreements: tuple[Differing, ...]
    one_side: tuple[Claimed, ...]
    not_settled: tuple[Row, ...]
    sources: tuple[Row, ...]  # on how many independent origins it all rests

    @property
    def head(self) -> str:
        """Return how much was read, and up to when."""
        outlets = count(len(self.outlets), "outlet")
        only = f" · only {self.only}" if self.only else ""
        read = f"{count(self.reports, 'report')}, {outlets} · as of {self.as_of or 'an unknown day'}{only}"
        return f"{read} · {_cut_words(self.cut)}" if self.cut else read

    @property
    def lines(self) -> dict[int, Line]:
        """Return number → line."""
        return {x.number: x for section in self.sections for x in section.lines}


def brief(store: Store, a: str, b: str, asked: Mapping[str, Any], changed_since: str | None = None) -> Brief:
    """Return the brief between the parties that `a` and `b` name; raises StopRun where they are one and the same.

    `changed_since` is the day after which things are new; without it the thirty days before the day of the brief.
    """
    one, other = map(sides(store, asked), (a, b))
    if one.words == other.words or (one.actor and one.actor == other.actor):
        raise StopRun(f"{a} and {b} are the same party; name two")
    must_know(store, one, other)
    g = gather(store, one, other, asked)
    drawn, grouped = lines(g, contacts(g), SECTIONS), groups(g)
    documents = {c.document.id: c.document for c in (*g.chosen, *g.corrected)}.values()
    since = since_day(changed_since, g.day or _latest(documents))
    return Brief(
        a=one.label,
        b=other.label,
        as_of=max(asked_for(asked).get("as_of", ()), default=None) or _latest(documents),
        cut=g.cut,
        only=english({name: value for name, value in asked.items() if name != "as_of"}),
        reports=len(documents),
        outlets=tuple(sorted({d.publisher or "unnamed outlet" for d in documents})),
        state=_state(g, drawn),
        changed_since=since,
        changed=changes(store, g, drawn, since),
        dossiers=matters(g, drawn, grouped),
        sections=tuple(_sections(drawn)),
        flows=flows(g, drawn, grouped),
        disagreements=differing(drawn),
        one_side=claimed(g, drawn),
        not_settled=not_settled(drawn, g.corrected),
        sources=sources(g, drawn),
    )


def _cut_words(cut: Cut) -> str:
    """Return what of a large ledger was read, and how to see what was not."""
    of = f" of {cut.of:,} events" if cut.of is not None else ""
    since = f", since {cut.since}" if cut.since else ""
    return f"drawn from the reports that tell the latest {cut.events}{of} between the two{since}; earlier ones: --as-of"


def _latest(documents: Iterable[Document]) -> str | None:
    """Return the day of the newest report."""
    return max((d.published[:10] for d in documents if d.published), default=None)


def _sections(drawn: Sequence[Line]) -> Iterable[Section]:
    for name, title in SECTIONS:
        found = tuple(x for x in drawn if x.section == name)
        if found:
            yield Section(name=name, title=title, lines=found)


def _state(g: Gathered, drawn: Sequence[Line]) -> State:
    """Return the counts of what is counted: no background, nothing of one party alone, nothing called off."""
    counted = [x for x in drawn if x.section not in UNCOUNTED and x.status != "hypothetical"]
    done = [x.quad for x in counted if x.status in DONE and x.section not in ("talks", "asked")]
    return State(
        done=(done.count(1), done.count(2), done.count(3), done.count(4)),
        asked=sum(x.section == "asked" for x in counted),
        planned=sum(x.section == "planned" for x in counted),
        in_talks=sum(x.section == "talks" for x in counted),
        since=min((x.published[:10] for x in counted if x.published), default=None),
        origins=len({g.origins[m] for x in counted for m in x.ids}),
    )
