"""The words of a text for comparing copies: folded, with offsets, quotations marked. It compares nothing."""

import bisect
import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.records import Record
from dragoman.scheme.agencies import credit_rules, house_pattern, lines_naming
from dragoman.text import paragraphs

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\Wa-z_])|\n\s*\n|(?<=[.!?\"”])\n")
_MARK = re.compile(r"[“”«»„\"]|‘(?=\w)|(?<=[\w.,!?…])’(?!\w)")
_OPENING, _CLOSING = "“«„‘", "”»’"


class Words(Record, frozen=True):
    """The words of a text: folded, their offsets, and which are the document's own (outside quotation marks)."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    own: tuple[bool, ...]


@functools.lru_cache(maxsize=256)  # a document meets its candidates one after another
def words_of(text: str) -> Words:
    """Return the words of a text; quotations, credits of agencies and sentences on the page itself are not its own."""
    found = [*_WORD.finditer(text)]
    starts = [m.start() for m in found]
    own = [True] * len(found)
    for start, end in (*quotations(text), *_credit_spans(text), *_house_spans(text)):
        for i in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)):
            own[i] = False
    return Words(
        folded=tuple(m.group().casefold().replace("’", "'") for m in found),
        starts=tuple(starts),
        ends=tuple(m.end() for m in found),
        own=tuple(own),
    )


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the quotations of a text, marks included; one left open ends with its paragraph."""
    return [span for block in paragraphs(text) for span in _quotations(text, block.start, block.end)]


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun, mark = -1, ""
    for m in _MARK.finditer(text, start, end):
        if begun < 0 and _opens(text, m):
            begun, mark = m.start(), m.group()
        elif begun >= 0 and _closes(mark, m.group()):
            yield begun, m.end()
            begun = -1
    if begun >= 0 and mark != "‘":  # an opening single mark may be an apostrophe
        yield begun, end


def _opens(text: str, m: re.Match[str]) -> bool:
    """Say whether a mark opens a quotation: by its shape, a straight one by standing before a word."""
    if m.group() != '"':
        return m.group() in _OPENING
    return text[m.end() : m.end() + 1].strip() != ""


def _closes(opening: str, mark: str) -> bool:
    return mark in ("’" if opening == "‘" else '"' if opening == '"' else "”»")


def _credit_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of datelines and contributions: two reports from one town share these without copying."""
    for rule in credit_rules():
        if rule.kind != "report":
            for line in lines_naming(text):
                yield from (m.span() for m in rule.compiled().finditer(text, *line))


def _house_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences in which the page speaks of itself or to its reader."""
    pattern = house_pattern()
    yield from (span for span in sentences(text) if pattern.search(text, *span))


@functools.lru_cache(maxsize=1024)  # asked anew for each mention of a document
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of the sentences of a text: cut at stops before capitals and at ends of paragraphs."""
    cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    return tuple((a, z) for a, z in pairwise(cuts) if text[a:z].strip())


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the offsets of the sentence that holds an offset."""
    found = sentences(text)
    i = max(0, bisect.bisect_right([s for s, _ in found], offset) - 1)
    return found[i] if found else (0, len(text))
