"""The corpus of the project: sentences labelled by hand, in the format of corpus/README.md. No scoring here."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.errors import StopRun
from dragoman.records import Record

TYPES = frozenset(
    """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
    COERCE ASSAULT NONE""".split()
)
STATUSES = frozenset(
    "occurred ongoing planned negotiating requested refused denied negated hypothetical cancelled".split()
)
CONTEXTS = frozenset(
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic
    legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality
    diplomatic territory peacekeeping health asylum migration disasters natural_resource environment technology
    terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking""".split()
)
CERTAINTIES = frozenset({"hedged", "disputed"})
Offsets = tuple[int, int]


class Act(Record, frozen=True):
    """One labelled trigger: offsets in the sentence; a party outside of the sentence is its name."""

    trigger: Offsets
    type: str
    actors: tuple[Offsets | str, ...] = ()
    recipients: tuple[Offsets | str, ...] = ()
    status: str | None = None
    certainty: str = "stated"
    historical: bool = False


class Said(Record, frozen=True):
    """Who says what: offsets of source, cue and the parts of the content."""

    source: Offsets
    cue: Offsets
    content: tuple[Offsets, ...]


class Labelled(msgspec.Struct, kw_only=True):
    """A sentence with its labels; `where` is file and line, `report` the head of its article."""

    where: str
    text: str
    report: tuple[str, str, str] | None = None
    acts: list[Act] = []
    voices: list[Said] = []
    idle: list[tuple[Offsets, ...]] = []
    contexts: tuple[str, ...] | None = None  # None: not labelled


def read_corpus(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of a file; raises StopRun at the first line that is wrong."""
    now: Labelled | None = None
    report: tuple[str, str, str] | None = None
    for number, raw in enumerate(path.read_text("utf8").splitlines(), 1):
        line, where = raw.strip(), f"{path.name}:{number}"
        if not line or line.startswith("#"):
            continue
        kind, _, rest = line.partition(" ")
        if kind == "D":
            publisher, published, title = _fields(rest, 3, where)
            report = (publisher, published, title)
        elif kind == "S":
            if now is not None:
                yield now
            now = Labelled(where=where, text=rest.strip(), report=report)
        elif now is None or kind not in ("E", "A", "P", "C"):
            raise StopRun(f"{where}: a line begins with D, S, E, A, P or C, this one with {kind!r}")
        elif kind == "E":
            now.acts.append(read_act(now.text, rest, where))
        elif kind == "C":
            now.contexts = tuple(c.strip() for c in rest.split(" + ") if c.strip() != "none")
            unknown = set(now.contexts) - CONTEXTS
            if unknown:
                raise StopRun(f"{where}: no context is called {', '.join(sorted(unknown))}")
        elif kind == "A":
            source, cue, content = _fields(rest, 3, where)
            parts = tuple(find(now.text, part, where) for part in content.split(" // "))
            now.voices.append(Said(source=find(now.text, source, where), cue=find(now.text, cue, where), content=parts))
        else:
            now.idle.append(tuple(find(now.text, part, where) for part in rest.split(" + ")))
    if now is not None:
        yield now


def is_dev(path: Path) -> bool:
    """Return whether a file is kept from all models: every third of each writer's, by its number."""
    return int("".join(c for c in path.stem if c.isdigit())) % 3 == 0


def part(folder: Path, *, dev: bool) -> list[Labelled]:
    """Return the sentences of the dev or the training part, in the order of files and lines."""
    files = sorted(p for p in folder.rglob("*.txt") if is_dev(p) == dev)
    return [s for p in files for s in read_corpus(p) if s.text]


def find(text: str, words: str, where: str) -> Offsets:
    """Return where the words stand in the text, as whole words; `words#2` is the second place."""
    words, _, nth = words.strip().partition("#")
    edge = r"(?<!\w)" if words[:1].isalnum() else ""
    hits = [m.span() for m in re.finditer(edge + re.escape(words) + (r"(?!\w)" if words[-1:].isalnum() else ""), text)]
    if not words or len(hits) < int(nth or 1):
        raise StopRun(f"{where}: {words!r} is not in the sentence" + (f" {nth} times" if nth else ""))
    return hits[int(nth or 1) - 1]


def _fields(rest: str, count: int, where: str) -> list[str]:
    parts = [p.strip() for p in rest.split("|")]
    if len(parts) != count:
        raise StopRun(f"{where}: {count} fields wanted between '|', {len(parts)} found")
    return parts


def read_act(text: str, rest: str, where: str) -> Act:
    """Return the act of an `E` line whose words stand in `text`; raises StopRun where one does not."""
    parts = [p.strip() for p in rest.split("|")]
    if len(parts) < 2 or parts[1] not in TYPES:
        raise StopRun(f"{where}: trigger | TYPE wanted")
    trigger = find(text, parts[0], where)
    if parts[1] == "NONE":
        return Act(trigger=trigger, type="NONE")
    if len(parts) != 4 or ">" not in parts[2]:
        raise StopRun(f"{where}: trigger | type | actors > recipients | status wanted")
    actors, _, recipients = parts[2].partition(">")
    status, *marks = [m.strip() for m in parts[3].split(",")]
    if status not in STATUSES or not set(marks) <= CERTAINTIES | {"historical"}:
        raise StopRun(f"{where}: {parts[3]!r} is no status, certainty, background")
    certainty = next((m for m in marks if m in CERTAINTIES), "stated")
    return Act(
        trigger=trigger, type=parts[1], actors=_parties(text, actors, where),
        recipients=_parties(text, recipients, where), status=status, certainty=certainty,
        historical="historical" in marks,
    )  # fmt: skip


def _parties(text: str, words: str, where: str) -> tuple[Offsets | str, ...]:
    names = [w.strip() for w in words.split(" + ") if w.strip()]
    return tuple(w[1:] if w.startswith("=") else find(text, w, where) for w in names)
