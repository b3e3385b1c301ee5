"""The brief between two parties: one record with sections of lines, what is not settled, and on whom it rests."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from dragoman.answer.choose import Chosen, choose
from dragoman.answer.filters import asked_for, english
from dragoman.answer.identities import sides
from dragoman.answer.lines import Line, lines
from dragoman.answer.parties import Side, is_of
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
HAPPENED, NOT = frozenset({"occurred", "ongoing"}), frozenset({"denied", "negated", "cancelled"})


class Section(Record, frozen=True):
    """A titled list of lines."""

    name: str
    title: str
    lines: tuple[Line, ...]


class Brief(Record, frozen=True):
    """What stands between two parties, as of a day. Empty sections are left out."""

    a: str
    b: str
    as_of: str | None
    only: str  # the other filters in English, "" where none were used
    reports: int
    outlets: tuple[str, ...]
    cooperative: int
    conflictual: int
    since: str | None
    in_talks: int
    sections: tuple[Section, ...]
    not_settled: tuple[str, ...]
    sources: str  # on how many independent tellings it all rests

    @property
    def head(self) -> str:
        """Return how much was read, and up to when."""
        outlets = count(len(self.outlets), "outlet")
        only = f" · only {self.only}" if self.only else ""
        return f"{count(self.reports, 'report')}, {outlets} · as of {self.as_of or 'an unknown day'}{only}"

    @property
    def course(self) -> str:
        """Return the counts of acts in one sentence."""
        since = f" since {self.since}" if self.since else ""
        talks = "; talks under way" if self.in_talks else ""
        return f"{self.cooperative} cooperative and {self.conflictual} conflictual acts{since}{talks}."


def brief(store: Store, a: str, b: str, asked: Mapping[str, Any]) -> Brief:
    """Return the brief between the parties that `a` and `b` name; raises StopRun where they are one and the same."""
    one, other = map(sides(store, asked), (a, b))
    if one.words == other.words or (one.actor and one.actor == other.actor):
        raise StopRun(f"{a} and {b} are the same party; name two")
    _known(store, one, other)
    chosen = choose(store, one, other, asked)
    corrected = _corrected(chosen)
    standing = [c for c in chosen if c.mention.id not in corrected]
    drawn = lines(standing, SECTIONS)
    counted = [x for x in drawn if x.section not in UNCOUNTED and x.status != "hypothetical"]
    documents = {c.document.id: c.document for c in chosen}
    return Brief(
        a=one.label,
        b=other.label,
        as_of=max(asked_for(asked).get("as_of", ()), default=None) or _latest(documents.values()),
        only=english({name: value for name, value in asked.items() if name != "as_of"}),
        reports=len(documents),
        outlets=tuple(sorted({d.publisher or "unnamed outlet" for d in documents.values()})),
        cooperative=sum(x.quad <= 2 for x in counted),
        conflictual=sum(x.quad > 2 for x in counted),
        since=min((x.date.partition("/")[0] for x in counted if x.date and x.date[0].isdigit()), default=None),
        in_talks=sum(x.section == "talks" and x.status != "hypothetical" for x in drawn),
        sections=tuple(
            Section(name=name, title=title, lines=found)
            for name, title in SECTIONS
            if (found := tuple(x for x in drawn if x.section == name))
        ),
        not_settled=tuple(_not_settled(drawn, [c for c in chosen if c.mention.id in corrected])),
        sources=_sources(drawn),
    )


def _known(store: Store, *sides: Side) -> None:
    """Raise StopRun for a name that is no state and that no entry of the ledger speaks of: a slip of the pen."""
    for one in sides:
        if one.country or one.actor:
            continue
        if not any(is_of(one, p) for m in store.mentions() for p in (*m.actors, *m.recipients)):
            raise StopRun(
                f"no party {one.asked!r} in this ledger; `dragoman actors` lists them, states go by name or code"
            )


def _latest(documents: Any) -> str | None:
    """Return the day of the newest report."""
    return max((d.published[:10] for d in documents if d.published), default=None)


# ---------------------------------------------------------------- corrections
def _corrected(chosen: Sequence[Chosen]) -> set[str]:
    """Return the entries of an earlier version whose sentence the later version no longer has."""
    documents = {c.document.id: c.document for c in chosen}
    later = _later_versions(list(documents.values()))
    return {
        c.mention.id
        for c in chosen
        if c.document.id in later
        and c.document.text[c.mention.sentence.start : c.mention.sentence.end] not in later[c.document.id].text
    }


def _later_versions(documents: Sequence[Document]) -> dict[str, Document]:
    """Return document id → the next version of it: one that says so, or a later one at the same address."""
    found = {d.supersedes: d for d in documents if d.supersedes}
    by_url: dict[str, list[Document]] = defaultdict(list)
    for d in documents:
        if d.url and d.published:
            by_url[d.url].append(d)
    for versions in by_url.values():
        versions.sort(key=lambda d: (d.published or "", d.id))
        found |= {old.id: new for old, new in pairwise(versions) if (old.published or "") < (new.published or "")}
    return found


# ---------------------------------------------------------------- what is not settled
def _not_settled(drawn: Sequence[Line], corrected: Sequence[Chosen]) -> list[str]:
    """Return one sentence a doubt: contradictions, corrections, hedges, voices without a name, missing dates."""
    news = [x for x in drawn if x.section not in ("background", "context")]
    doubts = [*_contradictions(news), *_corrections(corrected)]
    doubts += [f"“{doubt}” [{x.number}]" for x in news for doubt in x.doubts]
    undated = [x for x in news if x.section == "delivered" and not x.date]
    lists = (
        ("hedged or disputed in the reports", [x for x in news if x.certainty != "stated"]),
        ("on unnamed voices only", [x for x in news if x.unnamed_only]),
        ("delivered on a day not given", undated),
    )
    return doubts + [f"{text}: {_numbers(found)}" for text, found in lists if found]


def _contradictions(news: Sequence[Line]) -> list[str]:
    """Return the lines on one act between the same parties that can't both hold: done and not done, other figures."""
    found = []
    for x, y in combinations(news, 2):
        if x.act != y.act or {*x.parties.split(" → ")} != {*y.parties.split(" → ")}:
            continue
        both, same_day = {x.status, y.status}, x.date is not None and x.date == y.date
        if both & HAPPENED and both & NOT and (same_day or not x.date or not y.date):
            found.append(f"told as {x.status} [{x.number}] and as {y.status} [{y.number}]: {x.what}, {x.parties}")
        elif same_day and x.status == y.status and x.details != y.details and {*x.outlets} != {*y.outlets}:
            found.append(f"told differently for {x.date}: {x.what}, {x.parties} {_numbers([x, y])}")
    return found


def _corrections(corrected: Sequence[Chosen]) -> list[str]:
    """Return what a later version of the same report no longer says."""
    said: dict[str, list[Chosen]] = defaultdict(list)
    for c in corrected:
        sentence = c.document.text[c.mention.sentence.start : c.mention.sentence.end]
        said[" ".join(sentence.split())].append(c)
    return [
        f"corrected since by {group[0].document.publisher or 'the outlet'}: “{sentence}” ({group[0].mention.id[:8]})"
        for sentence, group in said.items()
    ]


def _numbers(found: Sequence[Line]) -> str:
    return " ".join(f"[{x.number}]" for x in found)


# ---------------------------------------------------------------- on whom it rests
def _sources(drawn: Sequence[Line]) -> str:
    """Return how much of the brief rests on one telling."""
    outlets = {outlet for x in drawn for outlet in x.outlets}
    if not drawn:
        return "nothing in the ledger stands between the two"
    if len(outlets) == 1:
        return "everything above rests on one outlet; no independent origin confirms any of it yet"
    several = [x for x in drawn if x.origins > 1 and len(x.outlets) > 1]
    copied = [x for x in drawn if x.origins == 1 and len(x.outlets) > 1]
    text = f"{len(drawn) - len(several)} of {count(len(drawn), 'entry')} rest on a single telling"
    if several:
        text += f"; told independently by more than one outlet: {_numbers(several)}"
    if copied:
        text += f"; the same words in several outlets, so one origin: {_numbers(copied)}"
    return text
