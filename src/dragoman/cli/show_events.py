"""Events and actors opened, decisions and doubts drawn with rich. What they say is decided by `answer`."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.event import Opened, Told
from dragoman.answer.identities import OpenedActor, actor_lines
from dragoman.answer.review import Decision, Doubt
from dragoman.answer.words import clip, count, date_words, parties_words
from dragoman.cli.show import ID, STATUS, acts
from dragoman.records import Disagreement, Event, Ingredient
from dragoman.text import fold

LONG = 200  # characters of a sentence shown: four lines at 80 columns
MAIN = 5  # reasons shown of those for and against, the weightiest


def opened(answer: Opened) -> RenderableType:
    """Return an event: head, fields, tellings, differences, decisions."""
    parts: list[RenderableType] = [_head(answer.event), Text(), _told(answer.told)]
    if answer.event.disagreements:
        parts += [Text(), Text("WHERE THEY DIFFER", style="bold"), *map(_differing, answer.event.disagreements)]
    if answer.event.rules:
        chosen = "; ".join(f"{field}: {rule}" for field, rule in answer.event.rules)
        parts += [Text(), Text(f"shown above by rule: {chosen}", style="dim")]
    if answer.decisions:
        parts += [Text(), Text("DECIDED", style="bold"), decisions(answer.decisions)]
    return Group(*parts)


def actor(answer: OpenedActor) -> RenderableType:
    """Return an actor: head, names, offices, why they are one, events."""
    a = answer.actor
    head = Text(a.name, style="bold").append(f"  {a.country or ''}  {a.kind}", style="")
    counts = f"{count(a.acts, 'act')}, {a.receives} received, {count(a.documents, 'report')} · {a.id}"
    parts: list[RenderableType] = [head, Text(counts, style="dim"), Text(), _actor_rows(answer)]
    return Group(*parts, Text(), Text("LATEST", style="bold"), acts(answer.events))


def _actor_rows(answer: OpenedActor) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(style="bold", no_wrap=True)
    drawn.add_column(overflow="fold")
    for title, lines in actor_lines(answer):
        drawn.add_row(title.upper(), Text("\n".join(lines)))
    return drawn


def _head(e: Event) -> RenderableType:
    head = Text(f"{e.act}{'' if e.type == e.act else f' ({e.type})'}  ", style="bold")
    head.append(parties_words(e.actors, e.recipients)).append("  ").append(e.status, style=STATUS.get(e.status, ""))
    when = " ".join(date_words(e.when.edtf).split()) if e.when else "undated"
    place = f" · {e.where.name}" if e.where else ""
    theme = f" · {clip(e.theme.text)}" if e.theme else ""
    return Group(head, Text(f"{when}{place}{theme}"), Text(f"{_rests_on(e)} · {e.id}", style="dim"))


def _rests_on(e: Event) -> str:
    """Return on whom the event rests, in words."""
    if e.corroboration is None:
        return count(e.origins, "origin")
    c = e.corroboration
    kinds = ((c.third, "third party or outlet"), (c.party, "party to it"), (c.anonymous, "unnamed voice"))
    parted = ", ".join(f"{n} by {name}" for n, name in kinds if n)
    return f"{count(c.origins, 'independent origin')} ({parted}) in {count(len(c.outlets), 'outlet')}"


def _told(told: Sequence[Told]) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("id", "told", "by"):
        drawn.add_column(name, no_wrap=name != "by", overflow="fold")
    drawn.add_column("what", ratio=1, overflow="fold")
    for x in told:
        says = " ← ".join(x.says)
        by = Text(x.publisher or "unnamed outlet")
        by.append("" if x.origin == fold(x.publisher or "") else f"\nas {x.origin}", style="dim")
        what = Text(f"{says}: " if says else "", style="dim")
        what.append(clip(x.said, LONG), style="")
        what.append(
            f"\n{x.status}{'' if x.certainty == 'stated' else f', {x.certainty}'}", style=STATUS.get(x.status, "")
        )
        what.append(f"\n{_why(x)}" if x.nearest else "", style="dim")
        drawn.add_row(Text(x.mention[:ID], style="dim"), Text((x.published or "–")[:10]), by, what)
    return drawn


def _why(x: Told) -> str:
    return f"one with {(x.nearest or '')[:ID]} ({x.score:+.1f}): {_reasons(x.reasons)}"


def _reasons(found: Sequence[Ingredient]) -> str:
    """Return the weightiest reasons in words."""
    shown = sorted((i for i in found if i.name != "base"), key=lambda i: -abs(i.weight))[:MAIN]
    return ", ".join(f"{i.name} {i.value} {i.weight:+.1f}" for i in shown)


def _differing(d: Disagreement) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(style="bold", no_wrap=True)
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for i, v in enumerate(d.versions):
        since = f"since {v.first_told[:10]}" if v.first_told else ""
        sources = f"{', '.join(v.sources)} · {count(v.origins, 'origin')} {since}"
        drawn.add_row("" if i else d.field, Text(v.value), Text(sources, style="dim"))
    return Padding(drawn, (0, 0, 0, 2))


def decisions(found: Sequence[Decision]) -> RenderableType:
    """Return the table of decisions."""
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("id", "when", "by", "decision", "why"):
        drawn.add_column(name, overflow="fold")
    for d in found:
        j = d.judgement
        what = f"{j.verdict} {j.a[:ID]} {j.b[:ID]}".rstrip()
        undone = f" (undone {j.withdrawn_at[:10]})" if j.withdrawn_at else ""
        drawn.add_row(Text(d.id[:ID], style="dim"), j.at[:10], Text(j.by), Text(what + undone), Text(j.note))
    return Group(drawn, Text(count(len(found), "decision"), style="dim"))


def queue(found: Sequence[Doubt]) -> RenderableType:
    """Return the pairs that the rules are unsure of, each with its two sentences and what speaks for and against."""
    parts: list[RenderableType] = []
    for x in found:
        for m, said in zip((x.a, x.b), x.said, strict=True):
            parts.append(Text(f"{m.id[:ID]}  {m.act} {parties_words(m.actors, m.recipients)}: {clip(said, LONG)}"))
        parts += [Text(f"  {x.score:+.1f}: {_reasons(x.reasons)}", style="dim"), Text()]
    return Group(*parts, Text(count(len(found), "pair"), style="dim"))
