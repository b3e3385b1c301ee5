"""What a search found, drawn for the terminal with rich: a part for each kind, the words found in bold."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answer.search import Found
from dragoman.answer.search_tables import TITLES, Line, lines
from dragoman.answer.words import count, date_words
from dragoman.cli.show import ID

FOUND = "bold"


def found(answer: Found) -> RenderableType:
    """Return the hits under the names of their kinds."""
    parts: list[RenderableType] = []
    every = list(lines(answer))
    for kind, some in groupby(every, key=lambda x: x.kind):
        parts += [Text(TITLES[kind].upper(), style="bold"), Padding(_hits(list(some)), (0, 0, 1, 1))]
    more = f"; more with --cursor {answer.next}" if answer.next else ""
    return Group(*parts, Text(count(len(every), "hit") + more, style="dim"))


def _hits(some: list[Line]) -> Table:
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True)
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for x in some:
        drawn.add_row(Text(x.id[:ID], style="dim"), Text(date_words(x.date) if x.date else ""), _words(x))
    return drawn


def _words(x: Line) -> Text:
    """Return the name of a hit, what is known of it, and the words in which it was found."""
    text = Text(" ".join(x.name.split())).append(f"  {x.about}" if x.about else "", style="dim")
    if x.words and x.words != x.name:
        text.append("\n").append_text(_marked(x))
    elif x.marks:
        text = _marked(x).append(f"  {x.about}", style="dim")
    return text


def _marked(x: Line) -> Text:
    """Return the words with those found in bold; white space as single spaces, so that offsets hold."""
    text = Text("".join(" " if c.isspace() else c for c in x.words))
    for a, b in x.marks:
        text.stylize(FOUND, a, b)
    return text
