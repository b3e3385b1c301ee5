"""Quotation marks: which tokens stand inside which quotation, and in which paragraph. No speakers and no cues."""

import bisect

from dragoman.records import Parse, Record
from dragoman.text import paragraphs

OPENING = frozenset("“«„")
CLOSING = frozenset("”»")
STRAIGHT = frozenset({'"', "``", "''"})
MARKS = OPENING | CLOSING | STRAIGHT


class Quotes(Record, frozen=True):
    """Which quotation each token stands in (-1: none; the marks belong to it), and which paragraph each sentence."""

    quote: tuple[int, ...]
    paragraph: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]  # first and last token, inclusive
    open_ended: tuple[bool, ...]  # the paragraph ended before the quotation was closed


def find_quotes(parse: Parse) -> Quotes:
    """Return the quotations of a parse, found paragraph by paragraph."""
    paragraph = _paragraphs(parse)
    quote = [-1] * len(parse.tokens)
    spans: list[tuple[int, int]] = []
    open_ended: list[bool] = []
    for first, last in _runs(parse, paragraph):
        for a, z, unclosed in _pair(parse, first, last):
            for i in range(a, z + 1):
                quote[i] = len(spans)
            spans.append((a, z))
            open_ended.append(unclosed)
    return Quotes(quote=tuple(quote), paragraph=tuple(paragraph), spans=tuple(spans), open_ended=tuple(open_ended))


def _paragraphs(parse: Parse) -> list[int]:
    """Return the paragraph number of each sentence."""
    starts = [b.start for b in paragraphs(parse.text)]
    return [bisect.bisect_right(starts, s.start) for s in parse.sentences]


def _runs(parse: Parse, paragraph: list[int]) -> list[tuple[int, int]]:
    """Return the token ranges (end exclusive) of the paragraphs."""
    runs: list[tuple[int, int]] = []
    for s in parse.sentences:
        if runs and s.i and paragraph[s.i] == paragraph[s.i - 1]:
            runs[-1] = (runs[-1][0], s.last)
        else:
            runs.append((s.first, s.last))
    return runs


def _pair(parse: Parse, first: int, last: int) -> list[tuple[int, int, bool]]:
    """Return (first token, last token, unclosed) of the quotations of one paragraph."""
    found: list[tuple[int, int, bool]] = []
    begun = -1
    for i in range(first, last):
        if parse.tokens[i].text not in MARKS:
            continue
        opens = _opens(parse, i, inside=begun >= 0)
        if opens and begun < 0:
            begun = i
        elif not opens and begun >= 0:
            found.append((begun, i, False))
            begun = -1
    if begun >= 0:
        found.append((begun, last - 1, True))
    return found


def _opens(parse: Parse, i: int, *, inside: bool) -> bool:
    """Return whether the mark at token `i` opens a quotation: by its shape, the white space around it, or in turn."""
    t = parse.tokens[i]
    if t.text in OPENING or t.text in CLOSING:
        return t.text in OPENING
    before = parse.text[t.start - 1 : t.start]
    after = parse.text[t.end : t.end + 1]
    free_before = not before or before.isspace() or before in "([—–-"
    free_after = not after or after.isspace() or after in ".,;:!?)]—–-"
    if free_before != free_after:
        return free_before
    return not inside
