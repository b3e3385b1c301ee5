"""A text cut at the ends of its marks, which may overlap: pieces that a page draws in their order. No markup here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from dragoman.answer.explain import Mark, marks_of
from dragoman.records import EventMention

AROUND = 60  # characters of context on both sides of a mark that lies outside the sentence


class Spanned(Protocol):
    """Anything with offsets into a text."""

    @property
    def start(self) -> int:
        """Return the offset of its first character."""

    @property
    def end(self) -> int:
        """Return the offset behind its last character."""


class Piece(NamedTuple):
    """A stretch of text under the same marks throughout; `begun` begin and `ended` end with it."""

    text: str
    marks: tuple[Spanned, ...]
    begun: tuple[Spanned, ...]
    ended: tuple[Spanned, ...]


class Excerpt(NamedTuple):
    """A stretch of a document with what is marked in it."""

    start: int
    pieces: tuple[Piece, ...]
    before: bool  # whether the document goes on before it, and behind it
    behind: bool


def cut(text: str, marks: Iterable[Spanned], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """Return the pieces of `text[start:end]`; joined they are that text. Marks outside of it are left out."""
    end = len(text) if end is None else end
    opening: dict[int, list[Spanned]] = defaultdict(list)
    ending: dict[int, list[Spanned]] = defaultdict(list)
    for m in marks:
        if m.start < m.end and m.start < end and m.end > start:
            opening[max(m.start, start)].append(m)
            ending[min(m.end, end)].append(m)
    held: list[Spanned] = []
    pieces: list[Piece] = []
    at = start
    for cut_at in sorted({*opening, *ending, end} - {start}):
        begun = opening.get(at, [])
        held += begun
        if at < cut_at:
            done = ending.get(cut_at, [])
            pieces.append(Piece(text[at:cut_at], tuple(held), tuple(begun), tuple(m for m in held if m in done)))
            held = [m for m in held if m not in done]
        at = cut_at
    return tuple(pieces)


def excerpts(mention: EventMention, text: str) -> tuple[Excerpt, ...]:
    """Return the sentence of a mention and where else its words stand, marked, in the order of the text."""
    marks = [m for m in marks_of(mention, text) if m.label != "evidence"]
    wanted = [(mention.sentence.start, mention.sentence.end), *((e.start, e.end) for e in mention.evidence)]
    wanted += [_around(m, text) for m in marks if not any(a <= m.start and m.end <= z for a, z in wanted)]
    return tuple(
        Excerpt(a, cut(text, marks, a, z), before=a > 0, behind=z < len(text.rstrip())) for a, z in _joined(wanted)
    )


def _around(m: Mark, text: str) -> tuple[int, int]:
    """Return a mark with some words on both sides, no further than its line."""
    low, high = max(0, m.start - AROUND), min(len(text), m.end + AROUND)
    low = max(low, text.rfind("\n", 0, m.start) + 1)
    line_end = text.find("\n", m.end)
    high = min(high, line_end if line_end >= 0 else high)
    while 0 < low < m.start and not text[low - 1].isspace():
        low += 1
    while m.end < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for a, z in sorted(s for s in spans if 0 <= s[0] < s[1]):
        if found and a <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(z, found[-1][1]))
        else:
            found.append((a, z))
    return found
