"""Cuts the lines of a page that are no text of the report, and sets captions aside. What stays is never changed."""

import re
from dataclasses import dataclass
from itertools import pairwise

from dragoman.records import Record
from dragoman.scheme.boilerplate import line_pattern
from dragoman.sources import dates
from dragoman.text import fold

# What makes a line a paragraph of the report and not a heading, a link or a caption: a stop and so many words.
# Set on 167 Wikinews articles and 2,028 pages of local news, whose sentences stay; headlines in lists rarely stop.
_BODY_WORDS = 9
_LONG_WORDS = 20  # a teaser in a list of other stories is shorter (2,028 local news pages)
_LONGEST = 500  # characters: no boilerplate pattern is tried on a longer line
_CAPTION_LONGEST = 320
_HEAD_LINES = 15  # a page's head furniture ends within so many lines
_SHORT = 5  # words of a line at the very end that is a site's name, not text
_TAIL_SHORT_LINES = 3  # more short lines at the end are a list of the report
_REPEAT_WORDS = 4  # a line of fewer words may begin two different lines by chance
_CREDIT_WORDS = 8  # what a repeated caption has more than its first copy is a credit of so many words at most
_WRAP_MIN, _WRAP_MAX, _WRAP_SHARE = (
    45,
    100,
    0.4,
)  # hard-wrapped text: so long are its lines, and so many of them end within a sentence
_STOP = (".", "!", "?", "…")
_CLOSERS = "\"'”’)]» \u200d"


@dataclass(slots=True)
class _Line:
    """One line that is not blank. `kept` falls when it is cut; `inside` marks the lines of a hard-wrapped paragraph."""

    start: int
    end: int  # past the line's terminator
    text: str
    inside: bool = False
    kept: bool = True

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def stops(self) -> bool:
        return self.text.rstrip(_CLOSERS).endswith(_STOP)

    @property
    def body(self) -> bool:
        return self.inside or (self.words >= _BODY_WORDS and self.stops)


class Cleaned(Record, frozen=True):
    """A text without boilerplate, the captions that stood in it, the publication date that its head states."""

    text: str
    captions: tuple[str, ...] = ()
    stated: str | None = None


def clean(text: str, *, title: str | None = None, publisher: str | None = None) -> Cleaned:
    """Return `text` without its boilerplate lines; every other line stays as it is, to the character."""
    lines = _lines(text)
    _mark_wraps(lines)
    stated = next((d for x in lines[:_HEAD_LINES] if not x.inside and (d := dates.stated(x.text))), None)
    captions: list[str] = []
    if any(x.body for x in lines):
        _cut_repeats(lines, captions, title)
        _cut_captions(lines, captions, title)
        _cut_sections(lines)
        _cut_anywhere(lines, title)
        _cut_head(lines, title)
        _cut_tail(lines, publisher)
    return Cleaned(text=_without(text, lines), captions=tuple(dict.fromkeys(captions)), stated=stated)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        if raw.strip():
            found.append(_Line(at, at + len(raw), raw.strip()))
        at += len(raw)
    return found


def _runs_on(first: _Line, second: _Line) -> bool:
    """Say whether the second line looks like the hard-wrapped rest of the first, which is long and does not stop."""
    return first.kept and first.end == second.start and _WRAP_MIN <= len(first.text) <= _WRAP_MAX and not first.stops


def _mark_wraps(lines: list[_Line]) -> None:
    """Mark lines that continue a hard-wrapped sentence or are continued, where the text as a whole is hard-wrapped."""
    wraps = [_runs_on(a, b) for a, b in pairwise(lines)]
    if sum(wraps) < _WRAP_SHARE * len(lines):
        return
    for i, wrapped in enumerate(wraps):
        if wrapped:
            lines[i].inside = lines[i + 1].inside = True


def _is_title(line: _Line, title: str | None) -> bool:
    return title is not None and fold(line.text) == fold(title)


def _cut_repeats(lines: list[_Line], captions: list[str], title: str | None) -> None:
    """Cut a line that stands twice, perhaps with a credit stuck to it: a caption. A title or sentence stays once."""
    for first, second in pairwise(lines):
        if not (first.kept and _repeats(first, second)):
            continue
        if first is lines[0] or _is_title(first, title) or (first.body and first.text == second.text):
            second.kept = second.text != first.text
        else:
            first.kept = second.kept = False
            captions.append(first.text)


def _repeats(first: _Line, second: _Line) -> bool:
    if first.words < _REPEAT_WORDS or len(first.text) > _CAPTION_LONGEST or not second.text.startswith(first.text):
        return False
    rest = second.text[len(first.text) :]
    credit = not rest or (len(rest.split()) <= _CREDIT_WORDS and not rest.rstrip(_CLOSERS).endswith(_STOP))
    return credit and (not first.stops or not rest or line_pattern("credit").search(rest) is not None)


def _cut_captions(lines: list[_Line], captions: list[str], title: str | None) -> None:
    """Cut lines that open as a caption or end in a picture's credit; the words before the credit are the caption."""
    for x in lines:
        if not x.kept or x.inside or len(x.text) > _CAPTION_LONGEST or _is_title(x, title):
            continue
        credit = line_pattern("credit").search(x.text)
        if credit or line_pattern("caption").match(x.text):
            x.kept = False
            words = _caption_words(x.text, credit.start() if credit else len(x.text))
            captions += [words] if words else []


def _caption_words(line: str, credit: int) -> str:
    """Return a caption without its label and its credit; "" for a credit alone, which has names only."""
    label, _, rest = line.partition(":")
    if line_pattern("caption").match(line) and rest and len(label.split()) <= 2:
        rest = rest[: credit - len(label) - 1].strip() if credit > len(label) else rest.strip()
        return rest if any(w[0].islower() for w in rest.split()) else ""
    return line[:credit].strip()


def _cut_anywhere(lines: list[_Line], title: str | None) -> None:
    """Cut lines that are boilerplate wherever they stand, and pointers to other stories with their headline."""
    for i, x in enumerate(lines):
        if not x.kept or x.inside or len(x.text) > _LONGEST or _is_title(x, title):
            continue
        if line_pattern("link").match(x.text):
            x.kept = False
            below = lines[i + 1] if i + 1 < len(lines) else None
            bare = ":" not in x.text.rstrip(":") and x.words <= 3
            if below and bare and not below.stops and not below.inside:
                below.kept = False
        elif line_pattern("cut").match(x.text) and not _first_heading(x, lines):
            x.kept = i > 0 and x.stops and _runs_on(lines[i - 1], x)


def _first_heading(x: _Line, lines: list[_Line]) -> bool:
    """Say whether a line is the first of the text and long enough for its headline ("Live: talks begin in Geneva")."""
    return x is lines[0] and x.words > _SHORT and x.text[0].isalpha()


def _cut_sections(lines: list[_Line]) -> None:
    """Cut the heading of a list of other stories and the list: to the end, or until the report goes on."""
    for i, x in enumerate(lines):
        if x.kept and not x.inside and i and line_pattern("section").match(x.text):
            rest = [y for y in lines[i + 1 :] if y.kept]
            last = (
                len(rest) if _no_report(rest, lines[:i]) else next((n for n, y in enumerate(rest) if y.body), len(rest))
            )
            for y in [x, *rest[:last]]:
                y.kept = False


def _no_report(rest: list[_Line], before: list[_Line]) -> bool:
    """Say whether only teasers follow a section heading: late, none long, not more sentences than headlines."""
    sentences = sum(y.body for y in rest)
    late = sum(len(y.text) for y in before) >= sum(len(y.text) for y in rest)
    return (
        late and not any(y.inside or (y.stops and y.words >= _LONG_WORDS) for y in rest) and 2 * sentences <= len(rest)
    )


def _cut_head(lines: list[_Line], title: str | None) -> None:
    """Cut bylines and navigation before the first paragraph; with a known title, every short line above it."""
    first_body = next((i for i, x in enumerate(lines) if x.kept and x.body), len(lines))
    head = lines[: min(first_body, _HEAD_LINES)]
    at = next((i for i, x in enumerate(head) if _is_title(x, title)), 0)
    for i, x in enumerate(head):
        above = i < at and x.words <= _BODY_WORDS and not dates.is_date_line(x.text)
        if above or (i > 0 and i != at and len(x.text) <= _LONGEST and line_pattern("head").match(x.text)):
            x.kept = False


def _cut_tail(lines: list[_Line], publisher: str | None) -> None:
    """Cut credits, addresses and the site's name after the last paragraph."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].kept or _is_tail(lines[end - 1], publisher)):
        end -= 1
        lines[end].kept = False
    short = end
    while short > 1 and _is_site_line(lines[short - 1]):
        short -= 1
    # A name by itself may be a signature; beside an address or a list of stories that was cut it is the site's.
    if end < len(lines) and 0 < end - short <= _TAIL_SHORT_LINES:
        for x in lines[short:end]:
            x.kept = False


def _is_tail(x: _Line, publisher: str | None) -> bool:
    if x.inside:
        return False
    if publisher and fold(x.text) == fold(publisher):
        return True
    return len(x.text) <= _LONGEST and line_pattern("tail").match(x.text) is not None


def _is_site_line(x: _Line) -> bool:
    """Say whether a last line is too short and open-ended for text: no stop, no list mark, no quotation's speaker."""
    return x.kept and x.words <= _SHORT and not x.inside and not x.stops and not re.match(r"[—–\-*•\d\"“'‘(]", x.text)


def _without(text: str, lines: list[_Line]) -> str:
    """Return the text without the lines that fell."""
    pieces, at = [], 0
    for x in lines:
        if not x.kept:
            pieces.append(text[at : x.start])
            at = x.end
    return "".join([*pieces, text[at:]])
