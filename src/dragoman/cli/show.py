"""Answers drawn for the terminal with rich: tables, an explanation. What they say is decided by `answer`."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.explain import Explanation
from dragoman.answer.tables import Table as Flat
from dragoman.answer.words import count, date_words, parties_words
from dragoman.records import Event, EventMention

STATUS = {
    "occurred": "green",
    "ongoing": "green",
    "planned": "cyan",
    "negotiating": "blue",
    "requested": "yellow",
    "refused": "red",
    "denied": "red",
    "negated": "red",
    "cancelled": "red",
    "hypothetical": "magenta",
}
LABEL = {
    "predicate": "bold",
    "actor": "bold green",
    "recipient": "bold cyan",
    "theme": "yellow",
    "when": "magenta",
    "where": "blue",
    "voice": "red",
    "count": "green",
    "evidence": "underline",
}
# Shown in the table on the screen, which can't hold every column; the other forms have them all.
ON_SCREEN = {
    "id", "published", "publisher", "title", "mentions", "read_at", "name", "also", "country", "roles", "acts",
    "receives", "documents", "where", "stage", "reason",
}  # fmt: skip
ID = 8  # characters of an id on the screen: enough for `explain` in a ledger of some ten thousand entries


def acts(found: Sequence[Event | EventMention]) -> RenderableType:
    """Return the table of events or mentions: id, date, act, who to whom and about what, status."""
    drawn = Table(box=None, expand=False, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("id", "when", "act"):
        drawn.add_column(name, no_wrap=True)
    drawn.add_column("who → whom, what", overflow="fold", ratio=1)
    drawn.add_column("status", no_wrap=True)
    for x in found:
        act = Text(x.act if x.type == x.act else f"{x.act}\n({x.type})")
        when = Text(date_words(x.when.edtf) if x.when else "–")
        drawn.add_row(
            Text(x.id[:ID], style="dim"),
            when,
            act,
            _who_what(x),
            _status(x.status, x.certainty, historical=x.historical),
        )
    return Group(drawn, Text(count(len(found), "entry"), style="dim"))


def _who_what(x: Event | EventMention) -> Text:
    text = Text(parties_words(x.actors, x.recipients))
    if x.theme:
        text.append(f"\n{' '.join(x.theme.text.split())}", style="dim")
    return text


def _status(status: str, certainty: str = "stated", *, historical: bool = False) -> Text:
    text = Text(status, style=STATUS.get(status, ""))
    for extra in ([] if certainty == "stated" else [certainty]) + (["background"] if historical else []):
        text.append(f"\n{extra}", style="dim")
    return text


def flat(table: Flat) -> RenderableType:
    """Return the columns of a flat table that fit a screen."""
    shown = [i for i, name in enumerate(table.columns) if name in ON_SCREEN]
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for i in shown:
        number = table.kinds[i] == "integer"
        drawn.add_column(
            table.columns[i].replace("_", " "), justify="right" if number else "left", overflow="fold",
            no_wrap=table.columns[i] in ("id", "country", "published"),
        )  # fmt: skip
    for row in table.rows:
        drawn.add_row(*(_cell(table.columns[i], row[i]) for i in shown))
    return Group(drawn, Text(count(len(table.rows), "row"), style="dim"))


def _cell(name: str, value: Any) -> Text:
    if isinstance(value, list):
        value = ", ".join(value)
    text = "–" if value in (None, "") else str(value)
    cut = {"id": ID, "published": 10, "read_at": 16}.get(name, len(text))
    return Text(text[:cut])


# ---------------------------------------------------------------- one entry
def explanation(answer: Explanation) -> RenderableType:
    """Return the sentence with its spans marked, what each resolved to, the confidence and the versions."""
    m = answer.mention
    sentence = Text(answer.sentence)
    for k in answer.marks:
        start, end = k.start - answer.sentence_start, k.end - answer.sentence_start
        if start >= 0:
            sentence.stylize(LABEL.get(k.label, ""), start, end)
    head = Text(f"{m.act}{'' if m.type == m.act else f' ({m.type})'}  ", style="bold")
    head.append(parties_words(m.actors, m.recipients)).append("  ").append_text(_status(m.status))
    return Group(
        head, Text(f"{m.certainty}{', background' if m.historical else ''} · {m.id}", style="dim"), Text(),
        Padding(sentence, (0, 0, 0, 2)), Text(), _marks(answer), Text(), _confidence(answer), Text(), _origin(answer),
    )  # fmt: skip


def _marks(answer: Explanation) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("part", "words", "read as", "at"):
        drawn.add_column(name, overflow="fold")
    for k in answer.marks:
        words = Text(" ".join(k.text.split()), style=LABEL.get(k.label, ""))
        drawn.add_row(k.label, words, Text(k.value or ""), Text(f"{k.start}–{k.end}", style="dim"))
    return drawn


def _confidence(answer: Explanation) -> RenderableType:
    drawn = Table(box=None, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    drawn.add_column(f"confidence {answer.confidence:.2f}")
    drawn.add_column("found", overflow="fold")
    drawn.add_column("log-odds", justify="right")
    for part in answer.ingredients:
        drawn.add_row(Text(part.name), Text(part.value), f"{part.weight:+.2f}")
    return drawn


def _origin(answer: Explanation) -> RenderableType:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(style="bold")
    drawn.add_column(overflow="fold")
    for name, value in answer.facts():
        drawn.add_row(name, Text(value))
    return drawn
