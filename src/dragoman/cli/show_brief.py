"""The brief drawn for the terminal with rich. What it says, and where it is cut short, is decided by `answer`."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.brief import Brief
from dragoman.answer.brief_words import SIDE, Part, course, line_notes, line_text, mark, parts
from dragoman.answer.lines import Line
from dragoman.answer.words import date_words, numbered
from dragoman.cli.show import STATUS


def brief(answer: Brief, *, whole: bool = False) -> RenderableType:
    """Return a brief, each line with who says so and its number; long parts cut short unless `whole`."""
    drawn: list[RenderableType] = [_head(answer)]
    drawn += [part for found in parts(answer, whole=whole) for part in (Text(), _part(found))]
    return Group(*drawn)


def _head(answer: Brief) -> RenderableType:
    top = Table.grid(expand=True, padding=(0, 2, 0, 0))
    top.add_column(style="bold", ratio=1)
    top.add_column(justify="right", style="dim")
    top.add_row(f"{answer.a} – {answer.b}".upper(), Text(answer.head))
    return Group(top, *map(Text, course(answer.state)))


def _part(part: Part) -> RenderableType:
    body = _lines(part) if part.lines else _rows(part)
    more = [Text(f"   … and {part.left} more: --all shows them", style="dim")] if part.left else []
    return Group(Text(part.title.upper(), style="bold"), Padding(body, (0, 0, 0, 1)), *more)


def _rows(part: Part) -> RenderableType:
    drawn = Table.grid(padding=(0, 1, 0, 0))
    drawn.add_column(width=1)
    drawn.add_column(overflow="fold")
    for row in part.rows:
        drawn.add_row("–", Text(row.text).append(f" {numbered(row.numbers)}", style="dim"))
    return drawn


def _lines(part: Part) -> RenderableType:
    drawn = Table.grid(expand=True, padding=(0, 1, 0, 0))
    drawn.add_column(width=1)
    drawn.add_column(width=10, no_wrap=False, overflow="fold")
    drawn.add_column(ratio=3, overflow="fold")
    drawn.add_column(ratio=2, overflow="fold")
    drawn.add_column(justify="right", no_wrap=True)
    for x in part.lines:
        sign = Text(mark(x), style=STATUS.get(x.status, ""))
        date = Text(date_words(x.date, x.published), style="" if x.date else "dim")
        style = "dim" if part.name in SIDE else ""
        drawn.add_row(sign, date, _body(x, style), _notes(x), Text(f"[{x.number}]", style="dim"))
    return drawn


def _body(x: Line, style: str) -> Text:
    head, *rest = line_text(x)
    text = Text(head, style=style)
    for line in rest:
        text.append(f"\n{line}", style="dim")
    return text


def _notes(x: Line) -> Text:
    text = Text(style="dim")
    for i, note in enumerate(line_notes(x)):
        text.append("\n" if i else "").append(note, style=STATUS.get(note, ""))
    return text
