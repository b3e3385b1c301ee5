"""Ordinary case for paragraphs in capitals, code point for code point, so that offsets hold. The parser isn't asked.

Parser, names and lexicons go by case, and old wire copy has none. What is a word of the language is told by the caller
(`Kinds`); what is a name, by the tables of the package, by the company that a word keeps, and by the ordinary
paragraphs of the same text. A word that nothing knows gets a capital: in news most of them are names.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import msgspec

from dragoman.annotate.recase_words import (
    FAITHS,
    PLACED,
    WORD,
    Kinds,
    belongs,
    bracketed,
    common,
    counted,
    rare,
    seen,
    spelling,
)
from dragoman.records import Block, Document, Parse, Record
from dragoman.scheme import actors, calendar
from dragoman.scheme.gazetteer import gazetteer, place_words
from dragoman.text import fold

SHARE = 0.8  # of the letters that are capitals: the rest are slips of the wire ("GARCiA", "McCANN")
LEAST = 20  # letters: a shorter line is as likely written so in ordinary text, and tells of no act
LONGEST = 8  # words of a name of the tables of actors
LONGEST_PLACE = 4
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b[^\W\d_]\.(?=\s+[^\W\d_])")
_WITHIN = re.compile(r"[ \n\t\r]*[ \n\t\r.&'’/-]?[ \n\t\r]*")  # what may stand between two words of a name
_STOPS = re.compile(
    r"[.!?…][\"'”’)\]]*\s+[\"'“‘(\[]*|(?<=[,:])\s+[\"“]|--\s*(?=\[)|^[^.\n]{1,60}--\s*|^\[[^\]\n]*\]\s*"
    r"|\[(?:TEXT|REPORT|EXCERPT|ARTICLE|COMMUNIQUE|COMMENTARY|EDITORIAL|PASSAGE|INTERVIEW)[^\]]*\]\s*"
)
_SHORTENED = frozenset("mr mrs ms dr gen col capt lt maj sgt sen rep gov st no prof rev".split())
_SIDES = frozenset("north south east west central latin middle far".split())
_LANDS = frozenset("america africa asia europe east".split())
_UNITS = frozenset("department province municipality battalion brigade regiment".split())
_OPENING = frozenset("san santa santo sao saint el la los las puerto villa rio".split())  # of places, before any word
_JOINING = frozenset("de del la las los y da von van bin ibn".split())  # small inside names
_TIED = frozenset("in of since until last this next early late mid by during between from before after".split())
_ALSO_MONTHS = frozenset(("march", "may", "august"))


def recased(text: str, blocks: Iterable[Block], kinds: Kinds) -> str:
    """Return `text` with its blocks in capitals in ordinary case, of the same length; itself where there is none."""
    loud = [b for b in blocks if in_capitals(text[b.start : b.end])]
    if not loud:
        return text
    parts, at = [], 0
    for b in loud:
        parts += [text[at : b.start], text[b.start : b.end]]
        at = b.end
    parts.append(text[at:])
    ordinary, short = seen("\n".join(parts[::2])), bracketed(text, kinds)
    parts[1::2] = [_Paragraph(p, kinds, ordinary, short).written() for p in parts[1::2]]
    return "".join(parts)


def in_capitals(text: str) -> bool:
    """Return whether hardly a letter of a paragraph is lower case, and the letters are enough to say so."""
    upper = sum(map(str.isupper, text))
    return upper >= LEAST * SHARE and upper >= SHARE * max(LEAST, sum(map(str.isalpha, text)))


class _Paragraph:
    """The words of one paragraph, and for each how it is written and whether it is (part of) a name."""

    def __init__(self, text: str, kinds: Kinds, ordinary: Mapping[str, str], short: frozenset[str]) -> None:
        self.text, self.kinds, self.short = text, kinds, short
        self.spans = [m.span() for m in WORD.finditer(text)]
        self.low = [text[a:z].lower() for a, z in self.spans]
        self.forms = [ordinary.get(w, w) for w in self.low]
        self.names = [form[:1].isupper() for form in self.forms]
        self.joined = [bool(_WITHIN.fullmatch(text[a[1] : b[0]])) for a, b in pairwise(self.spans)]

    def written(self) -> str:
        """Return the paragraph in ordinary case."""
        steps = (self._unknown, self._places, self._listed, self._acronyms, self._dates, self._company, self._titles)
        for step in (*steps, self._starts):
            step()
        out = list(self.text)
        for (a, z), form in zip(self.spans, self.forms, strict=True):
            if len(form) == z - a:
                out[a:z] = map(_cased, self.text[a:z], form)
        for m in _INITIALS.finditer(self.text):
            out[m.start() : m.end()] = m[0]
        return "".join(out)

    def _name(self, i: int, form: str = "") -> None:
        self.forms[i] = form or self.low[i][:1].upper() + self.low[i][1:]
        self.names[i] = True

    def _unknown(self) -> None:
        for i, w in enumerate(self.low):
            a, z = self.spans[i]
            ending = self.text[:a].endswith(("'", "’")) and len(w) < 3  # "'s", "'ve"
            denial = self.text.startswith(("'T", "’T"), z)  # "wouldn't"
            if w.isalpha() and not ending and not denial and (w in FAITHS or not common(w, self.kinds)):
                self._name(i)

    def _runs(self, longest: int) -> Iterable[tuple[int, int]]:
        """Yield first and last of all runs that can be one name, from left to right, the longer first."""
        for i in range(len(self.low)):
            end = i
            while end < len(self.joined) and self.joined[end] and end - i + 1 < longest:
                end += 1
            yield from ((i, j) for j in range(end, i - 1, -1))

    def _places(self) -> None:
        """Places of several words, one of them no word of the language, or that open as places do."""
        done = -1
        for i, j in self._runs(LONGEST_PLACE):
            if i <= done or i == j or not (self.low[i] in _OPENING or any(self.names[i : j + 1])):
                continue
            if gazetteer().has(fold(" ".join(self.low[i : j + 1]))):
                for k in range(i, j + 1):
                    small = k > i and self.low[k] in _JOINING | {"of", "and", "the"}
                    self._name(k, self.low[k] if small else "")
                done = j

    def _listed(self) -> None:
        """Names of the tables of actors and holidays, in the spelling of the table."""
        done = -1
        for i, j in self._runs(LONGEST):
            if i <= done:
                continue
            form = spelling(tuple(map(fold, self.low[i : j + 1])))
            if form is None or (i == j and not self._stands(i, form[0])):
                continue
            for k, word in zip(range(i, j + 1), form, strict=True):
                self._name(k, word)
                self.names[k] = word[:1].isupper()
            done = j

    def _stands(self, i: int, form: str) -> bool:
        """Return whether a word that is a name of the tables is one here: "who" is none, "us" after "the" is."""
        word = self.low[i]
        known = self.kinds(word)
        if word == "us":
            return i > 0 and self.low[i - 1] == "the"
        if not known or (known == {"noun"} and not counted(word)):
            return True
        kind = {e.kind for e in actors.lexicon().entries.get((fold(word),), ())}
        return bool(kind & PLACED) and not form.isupper() and "function" not in known

    def _acronyms(self) -> None:
        for i, w in enumerate(self.low):
            bare = 1 < len(w) < 6 and w.isalpha() and not re.search("[aeiouy]", w)
            bare = bare and not self.kinds(w) and w not in _SHORTENED
            numbered = len(w) == 1 and re.match(r"-\d", self.text[self.spans[i][1] :])  # "M-19"
            if w in self.short or bare or numbered or re.fullmatch(r"[a-z]+\d+[a-z]*", w):
                self._name(i, w.upper())

    def _dates(self) -> None:
        """Months and weekdays; those that are words as well beside a number, or after a word that ties a month."""
        months, days = calendar.words("months", "word", "form"), calendar.words("weekdays", "word", "form")
        for i, w in enumerate(self.low):
            if w not in months and w not in days:
                continue
            number = any(n[:1].isdigit() for n in self.low[max(0, i - 1) : i + 2])
            tied = i > 0 and self.low[i - 1] in _TIED and w in _ALSO_MONTHS
            if number or tied or (len(w) > 3 and not self.kinds(w) - {"noun"}):
                self._name(i)
                self.names[i] = False

    def _company(self) -> None:
        """Words that go with the names beside them: particles, surnames that are words, what ends a name."""
        titles, surnames = place_words()["title"], actors.words("plain_surname")
        ends = place_words()["street"] | actors.words("ending") | _UNITS
        for i, (here, after) in enumerate(pairwise(self.low)):
            if not self.joined[i]:
                continue
            own = self.names[i] and not belongs(here)
            if here in _JOINING and i and self.names[i - 1] and self.joined[i - 1] and not self._plain(i + 1):
                self.forms[i] = here
                self._name(i + 1)
            elif (here in _OPENING and not self.names[i]) or (here in _SIDES and after in _LANDS):
                self._name(i)
                self._name(i + 1)
            elif self.names[i] and re.fullmatch("[ivx]{2,4}", after):
                self._name(i + 1, after.upper())
            elif not self.names[i + 1] and (
                (own and (after in ends or rare(after, self.kinds)))
                or (here in titles and after in surnames and not self._plain(i + 1))
            ):
                self._name(i + 1)

    def _plain(self, i: int) -> bool:
        return "function" in self.kinds(self.low[i]) or self.low[i] == "said"

    def _titles(self) -> None:
        titles = place_words()["title"]
        for i in range(len(self.low) - 1):
            named = self.names[i + 1] and self.joined[i] and not belongs(self.low[i + 1])
            if named and self.low[i] in titles:
                self.forms[i] = self.low[i][:1].upper() + self.low[i][1:]

    def _starts(self) -> None:
        """A capital for the first word of each sentence."""
        index = {a: i for i, (a, _) in enumerate(self.spans)}
        for at in [0, *(m.end() for m in _STOPS.finditer(self.text) if not self._shortened(m.start()))]:
            first = WORD.search(self.text, at)
            if first is not None:
                i = index.get(first.start())
                if i is not None:
                    self.forms[i] = self.forms[i][:1].upper() + self.forms[i][1:]

    def _shortened(self, stop: int) -> bool:
        """Return whether the stop at this offset ends an abbreviation or an initial."""
        before = re.search(r"[^\W_]+$", self.text[max(0, stop - 8) : stop])
        if before is None or self.text[stop] != ".":
            return False
        return before[0].lower() in _SHORTENED or (len(before[0]) == 1 and before[0].isalpha())


def _cased(given: str, form: str) -> str:
    """Return a letter in the case of another, itself where that would take more than one code point."""
    lower = given.lower()
    return lower if form.islower() and len(lower) == 1 else given


# ---------------------------------------------------------------- back to what was given
def as_given(value: Any, text: str) -> Any:
    """Return records (or tuples of them) with the words of their spans as `text` has them; parse and document stay."""
    if isinstance(value, tuple):
        return tuple(as_given(v, text) for v in value)
    if not isinstance(value, Record) or isinstance(value, (Parse, Document)):
        return value
    inner = ((f, getattr(value, f)) for f in value.__struct_fields__)
    changed = {f: as_given(v, text) for f, v in inner if isinstance(v, (Record, tuple))}
    start, end = getattr(value, "start", -1), getattr(value, "end", -1)
    for field in ("text", "quote"):
        said = getattr(value, field, None)
        if said and said.lower() == text[start:end].lower():
            changed[field] = text[start:end]
    return msgspec.structs.replace(value, **changed)
