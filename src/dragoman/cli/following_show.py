"""Dossiers, flows and contacts drawn for the terminal with rich. What they say is decided by `answer`."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.following import OpenDossier
from dragoman.answer.following_tables import end_words, flow_words
from dragoman.answer.words import clip, count, date_words, names, sum_words
from dragoman.cli.show import ID, STATUS
from dragoman.records import Contact, Dossier, Flow, Stage
from dragoman.resolve.flows import FlowSum, amount_words

STAGE = {
    "proposed": "yellow",
    "negotiating": "blue",
    "agreed": "green",
    "signed": "green",
    "ratified": "green",
    "under way": "green",
    "delivered": "green",
    "suspended": "red",
    "refused": "red",
    "cancelled": "red",
    "ended": "red",
    "planned": "cyan",
}
TITLE, SAID = 60, 160  # characters of a title in a list, of a sentence in an opened dossier


def dossiers(found: Sequence[Dossier]) -> RenderableType:
    """Return the list of dossiers: title and parties, the stages on a line, the state that each has reached."""
    drawn = _table("id", "kind", ("matter", 2), ("course", 2), "state")
    for d in found:
        title = Text(clip(d.title, TITLE)).append(f"\n{' – '.join(names(d.parties))}", style="dim")
        drawn.add_row(_id(d.id), Text(d.kind), title, course(d.stages), Text(d.state, style=STAGE.get(d.state, "")))
    return Group(drawn, Text(count(len(found), "dossier"), style="dim"))


def course(stages: Sequence[Stage]) -> Text:
    """Return the stages on a line, planned ones in brackets: `proposed 2025-01 → signed 2025-03-05 → (ratified)`."""
    text = Text()
    for i, s in enumerate(stages):
        text.append(" → " if i else "")
        name = f"({s.stage})" if s.planned else s.stage
        text.append(name, style="cyan" if s.planned else STAGE.get(s.stage, ""))
        if s.date:
            text.append(f" {s.date}", style="dim")
    return text


def opened(answer: OpenDossier) -> RenderableType:
    """Return one dossier: head, stages on a line and in a table, amounts, and the sentences that it rests on."""
    d = answer.dossier
    head = Text(d.title, style="bold").append(f"  {d.kind}", style="dim")
    head.append("  ").append(d.state, style=STAGE.get(d.state, ""))
    parts: list[RenderableType] = [head, Text(f"{' – '.join(names(d.parties))} · {d.id}", style="dim"), Text()]
    parts += [course(d.stages), Text(), _stages(d.stages), Text()]
    if d.amounts:
        parts += [Text("\n".join(sum_words(a) for a in d.amounts)), Text()]
    return Group(*parts, Text("REPORTS", style="bold"), Padding(_told(answer), (0, 0, 0, 1)))


def _stages(stages: Sequence[Stage]) -> Table:
    drawn = _table("stage", "date", "told", "certainty", ("per", 1), "event")
    for s in stages:
        name = Text(
            f"{s.stage} (planned)" if s.planned else s.stage, style="cyan" if s.planned else STAGE.get(s.stage, "")
        )
        row = (Text(date_words(s.date) if s.date else "–"), Text((s.told or "–")[:10]), Text(s.certainty))
        drawn.add_row(name, *row, Text(", ".join(s.sources)), _id(s.event))
    return drawn


def _told(answer: OpenDossier) -> Table:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    drawn.add_column(no_wrap=True)
    for t in answer.told:
        said = Text(clip(t.said, SAID)).append(f"\n{t.publisher or 'unnamed outlet'}", style="dim")
        drawn.add_row(Text((t.published or "undated")[:10]), said, _id(t.mention))
    return drawn


def flows(found: Sequence[Flow]) -> RenderableType:
    """Return the list of flows; what is only told again, and what is in doubt, says so."""
    drawn = _table("event", "date", ("from → to", 2), ("what", 2), "of")
    for f in found:
        ends = Text(f"{end_words(f.origin) or '?'} → {end_words(f.target) or '?'}")
        of = Text(f.of, style=STATUS.get({"delivered": "occurred"}.get(f.of, f.of), ""))
        of.append("" if f.certainty == "stated" else f"\n{f.certainty}", style="dim")
        of.append("\ntold again" if f.again else "", style="dim")
        drawn.add_row(_id(f.event), Text(date_words(f.date, f.told)), ends, _what(f), of)
    return Group(drawn, Text(count(len(found), "flow"), style="dim"))


def _what(f: Flow) -> Text:
    """Return what is moved, and below it how and which doubts there are."""
    ship = " ".join(x for x in (f.carrier, f"IMO {f.imo}" if f.imo else None, f"({f.flag})" if f.flag else None) if x)
    ends = {end_words(f.origin), end_words(f.target)}
    route = " → ".join(x for x in f.route if x not in ends)
    text = Text(flow_words(f))
    for more in (ship, f"by way of {route}" if route else "", *(clip(d) for d in f.doubts)):
        text.append(f"\n{more}" if more else "", style="dim")
    return text


def sums(found: Sequence[FlowSum]) -> RenderableType:
    """Return the sums by month."""
    drawn = _table("month", ("from → to", 1), "commodity", "amount", "of", "flows")
    for s in found:
        amount = amount_words(s.low, s.high, s.unit) if s.flows > s.unmeasured else "not told"
        without = f" ({s.unmeasured} without a number)" if 0 < s.unmeasured < s.flows else ""
        drawn.add_row(
            Text(s.month or "undated"), Text(f"{s.origin or '?'} → {s.target or '?'}"), Text(s.commodity or "–"),
            Text(amount), Text(s.of), Text(f"{s.flows}{without}"),
        )  # fmt: skip
    return Group(drawn, Text(count(len(found), "sum"), style="dim"))


def contacts(found: Sequence[Contact]) -> RenderableType:
    """Return the list of contacts."""
    drawn = _table("event", "date", "form", "level", ("who", 1), "where", "status")
    for c in found:
        drawn.add_row(
            _id(c.event), Text(date_words(c.date, c.told)), Text(c.form), Text(c.level),
            Text(" – ".join(names(c.parties))), Text(c.place or "–"), Text(c.status, style=STATUS.get(c.status, "")),
        )  # fmt: skip
    return Group(drawn, Text(count(len(found), "contact"), style="dim"))


def _table(*columns: str | tuple[str, int]) -> Table:
    """Return an empty table; a column with a number folds and shares the width by it."""
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for c in columns:
        if isinstance(c, tuple):
            drawn.add_column(c[0], overflow="fold", ratio=c[1])
        else:
            drawn.add_column(c, no_wrap=True)
    return drawn


def _id(id_: str) -> Text:
    return Text(id_[:ID], style="dim")
