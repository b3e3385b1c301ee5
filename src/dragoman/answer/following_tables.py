"""Dossiers, flows, sums and contacts as flat tables, and the words of their cells. Nothing is chosen here."""

from collections.abc import Sequence

from dragoman.answer.following import OpenDossier
from dragoman.answer.markdown import plain
from dragoman.answer.tables import Column, Table, table
from dragoman.answer.words import called, names, stage_words, sum_words
from dragoman.records import Contact, Dossier, Flow, Party
from dragoman.resolve.flows import FlowSum, amount_words

DOSSIERS: tuple[Column, ...] = (
    ("id", "text", lambda d: d.id),
    ("kind", "text", lambda d: d.kind),
    ("title", "text", lambda d: d.title),
    ("parties", "list", lambda d: names(d.parties)),
    ("state", "text", lambda d: d.state),
    ("stages", "list", lambda d: [stage_words(s) for s in d.stages]),
    ("amounts", "list", lambda d: [sum_words(a) for a in d.amounts]),
    ("first_told", "text", lambda d: min((s.told for s in d.stages if s.told), default=None)),
    ("last_told", "text", lambda d: max((s.told for s in d.stages if s.told), default=None)),
    ("events", "list", lambda d: list(d.events)),
)
STAGES: tuple[Column, ...] = (
    ("stage", "text", lambda s: s.stage),
    ("planned", "truth", lambda s: s.planned),
    ("date", "text", lambda s: s.date),
    ("told", "text", lambda s: s.told),
    ("certainty", "text", lambda s: s.certainty),
    ("sources", "list", lambda s: list(s.sources)),
    ("event", "text", lambda s: s.event),
)
FLOWS: tuple[Column, ...] = (
    ("event", "text", lambda f: f.event),
    ("date", "text", lambda f: f.date),
    ("told", "text", lambda f: f.told),
    ("of", "text", lambda f: f.of),
    ("origin", "text", lambda f: end_words(f.origin) or None),
    ("target", "text", lambda f: end_words(f.target) or None),
    ("goods", "text", lambda f: f.goods),
    ("commodity", "text", lambda f: f.commodity),
    ("low", "number", lambda f: f.low),
    ("high", "number", lambda f: f.high),
    ("unit", "text", lambda f: f.unit),
    ("carrier", "text", lambda f: f.carrier),
    ("imo", "text", lambda f: f.imo),
    ("flag", "text", lambda f: f.flag),
    ("route", "list", lambda f: list(f.route)),
    ("status", "text", lambda f: f.status),
    ("certainty", "text", lambda f: f.certainty),
    ("again", "text", lambda f: f.again),
    ("doubts", "list", lambda f: list(f.doubts)),
)
SUMS: tuple[Column, ...] = (
    ("month", "text", lambda s: s.month),
    ("of", "text", lambda s: s.of),
    ("origin", "text", lambda s: s.origin),
    ("target", "text", lambda s: s.target),
    ("commodity", "text", lambda s: s.commodity),
    ("low", "number", lambda s: s.low),
    ("high", "number", lambda s: s.high),
    ("unit", "text", lambda s: s.unit),
    ("flows", "integer", lambda s: s.flows),
    ("unmeasured", "integer", lambda s: s.unmeasured),
    ("events", "list", lambda s: list(s.events)),
)
CONTACTS: tuple[Column, ...] = (
    ("event", "text", lambda c: c.event),
    ("date", "text", lambda c: c.date),
    ("told", "text", lambda c: c.told),
    ("form", "text", lambda c: c.form),
    ("level", "text", lambda c: c.level),
    ("parties", "list", lambda c: names(c.parties)),
    ("place", "text", lambda c: c.place),
    ("status", "text", lambda c: c.status),
)


def dossiers_table(found: Sequence[Dossier]) -> Table:
    """Return one row a dossier."""
    return table(DOSSIERS, found)


def stages_table(opened: OpenDossier) -> Table:
    """Return one row a stage of a dossier."""
    return table(STAGES, opened.dossier.stages)


def flows_table(found: Sequence[Flow]) -> Table:
    """Return one row a flow."""
    return table(FLOWS, found)


def sums_table(found: Sequence[FlowSum]) -> Table:
    """Return one row a sum."""
    return table(SUMS, found)


def contacts_table(found: Sequence[Contact]) -> Table:
    """Return one row a contact."""
    return table(CONTACTS, found)


# ---------------------------------------------------------------- words
def end_words(p: Party | None) -> str:
    """Return an end of a flow: the party, with its state where it is none itself; "" where it is not told."""
    if p is None:
        return ""
    state = called(p.country) if p.country and len(p.country) == len("SYR") else None
    return p.name if state in (None, p.name, p.country) else f"{p.name} ({state})"


def flow_words(f: Flow) -> str:
    """Return what is moved: `20,000 tonne wheat`, `$5 million`, `diesel`."""
    amount = amount_words(f.low, f.high, f.unit)
    goods = "" if f.commodity == "money" and amount else f.goods or f.commodity or ""
    return " ".join(part for part in (amount, goods) if part)


def opened_markdown(opened: OpenDossier) -> str:
    """Return an opened dossier as Markdown."""
    d = opened.dossier
    parts = [f"# {plain(d.title)}", "", f"{d.kind}, {' – '.join(names(d.parties))} · {d.state} · `{d.id}`", ""]
    parts += ["| stage | date | told | certainty | per |", "| --- | --- | --- | --- | --- |"]
    for s in d.stages:
        cells = (
            s.stage + (" (planned)" if s.planned else ""), s.date or "", (s.told or "")[:10], s.certainty,
            ", ".join(s.sources),
        )  # fmt: skip
        parts.append("| " + " | ".join(plain(c).replace("|", "\\|") for c in cells) + " |")
    parts += ["", *(f"- {plain(sum_words(a))}" for a in d.amounts), *([""] if d.amounts else [])]
    parts += [
        f"- {(t.published or '')[:10]} {plain(t.publisher or '')}: {plain(t.said)} `{t.mention}`" for t in opened.told
    ]
    return "\n".join([*parts, ""])
