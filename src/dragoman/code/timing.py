"""When an act took place: times tied to predicates by syntax, none where none is plain. Places live in `placing`."""

import re
from datetime import date, timedelta

import msgspec

from dragoman import tree
from dragoman.code.anchors import anchors
from dragoman.code.lending import DURING, governor, happenings, hit_by, told_along
from dragoman.code.subjects import is_verb
from dragoman.edtf import bounds
from dragoman.records import Annotated, AttributionSpan, TimeExpression, Token, When

_FINITE = ("VBD", "VBZ", "VBP", "MD")  # *since it was sold in May* has an act of its own, *to please them, in May* none
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LATER = frozenset({"after", "following"})
_OPEN_END = {"after": "{}/..", "following": "{}/..", "before": "../{}"}
_DEEPEST = 4  # clauses to climb; newswire sentences rarely nest deeper
_TODAY = frozenset({"today", "tonight", "this", "today's", "morning's"})
_BEFORE_DATELINE = re.compile(r"(?:[^\W\d_a-z][\w.'’()/-]*,? ?){1,6}")  # places in capitals at the head of a paragraph
_AFTER_DATELINE = re.compile(r"(?:,? \d{4})?\s*(?:\([^()\n]{2,40}\))?\s*[-–—]{1,2}\s")
_EDGE_OF_YEAR = re.compile(r"(\d{4})-(?:01/\1-03|10/\1-12)")
_ZONES = timedelta(days=1)  # what happened this morning in Asia is dated a day after the American page that tells it
_OPENS = 45  # characters: *To modernize its military, in 2018,* still opens a sentence


class Timing:
    """The times of one document by the predicate that each belongs to."""

    def __init__(self, annotated: Annotated, predicates: set[int]) -> None:
        self.parse = annotated.parse
        self.predicates = predicates
        self.attributions = annotated.attributions
        self.day = (annotated.document.published or "")[:10]
        self.times = [t for t in annotated.times if t.type != "SET" and t.edtf and not self._borrowed(t)]
        self._times = anchors(self.parse, [(t.start, t.end) for t in self.times], predicates, times=True)

    def _borrowed(self, t: TimeExpression) -> bool:
        """Return whether a time has its day from page or dateline, not from the words: *shortly after midnight*."""
        on_page = bool(self.day) and (t.edtf or "").startswith(self.day)
        by_clock = on_page and t.type == "TIME" and not any(w in t.text.lower().split() for w in _TODAY)
        return by_clock or self._in_dateline(t)

    def _in_dateline(self, t: TimeExpression) -> bool:
        """Return whether a time dates the report, not what it tells: *ASMARA, June 7 (Reuters) - …*."""
        text = self.parse.text
        before = text[text.rfind("\n", 0, t.start) + 1 : t.start]
        return bool(_BEFORE_DATELINE.fullmatch(before) and _AFTER_DATELINE.match(text, t.end))

    def _said_on(self, t: TimeExpression) -> str | None:
        """Return the date of a time, reckoned from the day of speaking where it is a speaker's *today* or *yesterday*.

        None where that day is not told: the page's own day may be put in its place by no means.
        """
        edtf = t.edtf or ""
        named = t.basis != "publication" or "/" in edtf or not _DAY.match(edtf)
        if named or not self.quoted(t.start):
            return edtf
        cues = [c for a in self.attributions if _holds(a, t) for c in a.cue]
        tied = (n for c in cues for n in self._times.get(tree.head_of_span(self.parse, c.start, c.end), ()))
        days = (x.edtf[:10] for n in tied if (x := self.times[n]).edtf and not self.quoted(x.start))
        day = next((d for d in days if _DAY.fullmatch(d)), None)
        if day is None:
            return None
        ahead = date.fromisoformat(edtf[:10]) - date.fromisoformat(self.day)
        return (date.fromisoformat(day) + ahead).isoformat()

    def quoted(self, at: int) -> bool:
        """Return whether an offset stands between quotation marks in its paragraph."""
        start = self.parse.text.rfind("\n", 0, at) + 1
        before = self.parse.text[start:at]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def when(
        self, i: int, light: int | None = None, *, own: bool = False, done: bool = False, depth: int = 0
    ) -> When | None:
        """Return the time of the act at token `i`: its own, else that of the clause it stands in.

        `own`: the act is not as real as that clause (*promised on Monday to send*), so that it takes no time from it.
        `done`: it has occurred, so that no day after the report dates it (*announced sanctions, to begin on Monday*).
        """
        for j, basis in [(i, "own clause"), *([(light, "light verb")] if light is not None else [])]:
            found = self._tied(j, basis, done=done)
            if found is not None:
                return found
        if own or depth > _DEEPEST:
            return None
        for j, basis in self._lent(i):
            found = self._tied(j, basis, done=done)
            if found is not None:
                return found
        above = governor(self.parse, i)
        taken = self._relative_time(i)
        if taken is not None:
            return taken
        found = self.when(above[0], done=done, depth=depth + 1) if above is not None else None
        if above is not None and found is not None:
            return msgspec.structs.replace(found, basis=f"{found.basis.split(',')[0]}, {above[1]}")
        return self._opening(i)

    def _tied(self, j: int, basis: str, *, done: bool) -> When | None:
        """Return the best of the times that hang on token `j`; of what is done, none that lies ahead."""
        tied = (self.times[n] for n in self._times.get(j, []))
        found = [t for t in tied if self._said_on(t) and not (done and self._ahead(t))]
        best = min(found, key=lambda t: self._rank(t, j), default=None)
        return self._record(best, basis) if best is not None else None

    def _ahead(self, t: TimeExpression) -> bool:
        """Return whether a time begins after the day of the report."""
        first = bounds(t.edtf)[0]
        if first is None or not _DAY.fullmatch(self.day):
            return False
        return date.fromisoformat(first) > date.fromisoformat(self.day) + _ZONES

    def _record(self, t: TimeExpression, basis: str) -> When:
        """Return the time record of an expression; *after Friday* and *before June* leave one end open."""
        edtf, i = self._said_on(t) or "", tree.head_of_span(self.parse, t.start, t.end)
        prep = tree.head(self.parse, i).lemma.lower() if self.parse.tokens[i].dep == "pobj" else ""
        if t.type == "DATE" and ".." not in edtf and prep in _OPEN_END:
            edtf = _OPEN_END[prep].format(*edtf.split("/")[:: -1 if prep in _LATER else 1])
        return When(edtf=edtf, text=t.text, start=t.start, end=t.end, basis=f"{t.basis}, {basis}")

    def _rank(self, t: TimeExpression, i: int) -> tuple[bool, bool, bool, int]:
        """Return what orders the times of token `i`: closed ones, points before stretches, adverbials, the nearest."""
        near = abs(t.start - self.parse.tokens[i].start)
        return _vague(t), t.type == "DURATION", not self._adverbial(t), near

    def _adverbial(self, t: TimeExpression) -> bool:
        """Return whether a time says when, and is no part of a name or a noun phrase (*Agenda 2030*)."""
        head = self.parse.tokens[tree.head_of_span(self.parse, t.start, t.end)]
        return head.dep in ("pobj", "npadvmod", "advmod", "prep", "pcomp")

    def _opening(self, i: int) -> When | None:
        """Return the time that opens the sentence, wherever the parser hung it, for the act of the main clause."""
        s = tree.sentence_of(self.parse, i)
        if i != s.root and tree.first_conjunct(self.parse, i) != s.root:
            return None
        for t in self.times:
            opens = s.start <= t.start <= s.start + _OPENS and t.end <= self.parse.tokens[i].start
            if (
                opens
                and t.edtf
                and not any(o.tag in _FINITE for o in tree.tokens_between(self.parse, s.start, t.start))
            ):
                return When(edtf=t.edtf, text=t.text, start=t.start, end=t.end, basis=f"{t.basis}, opens the sentence")
        return None

    def _lent(self, i: int) -> list[tuple[int, str]]:
        """Return the tokens below the act at `i` or around its noun whose time is its own, nearest first."""
        parse = self.parse
        found = [(c.i, "participle") for c in self._idle_participles(i)]
        found += [(c.i, "its happening") for c in happenings(self.parse, self.predicates, i)]
        if not is_verb(parse.tokens[i]):
            return found
        along = [c.i for c in told_along(parse, i)]
        found += [(k, "told along") for k in along]
        found += [(s.i, "event that did it") for s in hit_by(parse, i)]
        found += [(c.i, "infinitive") for c in tree.children(parse, i, "xcomp") if self._is_past(i, c.i)]
        within = [p for v in (i, *along) for p in tree.children(parse, v, "prep") if p.lemma in DURING]
        for o in (o.i for p in within for o in tree.children(parse, p.i, "pobj")):
            # *killed in a bombing that took place on Monday*
            found += [(k, "event within") for k in (o, *(c.i for c in happenings(parse, self.predicates, o)))]
        return found

    def _is_past(self, i: int, below: int) -> bool:
        """Return whether the time of an infinitive is that of the past act above it: *voted to leave on Friday*."""
        days = [self.times[n].edtf or "" for n in self._times.get(below, ())]
        past = self.parse.tokens[i].tag == "VBD" and bool(days) and bool(self.day)
        return past and all(_DAY.match(d) is not None and d < self.day for d in days)

    def _relative_time(self, i: int) -> When | None:
        """Return the time that a clause with *when* is said of: *since June, when the cabinet proposed the bill*."""
        t = self.parse.tokens[i]
        if t.dep not in ("relcl", "advcl") or not any(
            c.lemma.lower() == "when" for c in tree.children(self.parse, i, "advmod")
        ):
            return None
        noun = self.parse.tokens[t.head]
        of = (t for t in self.times if t.start <= noun.start and noun.end <= t.end and t.edtf)
        found = next(of, None)
        return When(
            edtf=(found.edtf or "").strip("./"), text=found.text, start=found.start, end=found.end,
            basis=f"{found.basis}, relative clause",
        ) if found is not None else None  # fmt: skip

    def _idle_participles(self, i: int) -> list[Token]:
        """Return the participles on the objects of `i` that are no act: the parser hangs the clause's time on them."""
        nouns = [c.i for c in tree.children(self.parse, i, "dobj", "oprd", "attr", "nsubjpass")]
        for n in nouns:
            of = (p for p in tree.children(self.parse, n, "prep") if p.lemma == "of")
            nouns += [o.i for p in of for o in tree.children(self.parse, p.i, "pobj")]
        on = [c for n in nouns for c in tree.children(self.parse, n, "acl") if c.tag == "VBN"]
        means = (p for p in tree.children(self.parse, i, "prep") if p.lemma in DURING)
        by = [c for p in means for c in tree.children(self.parse, p.i, "pcomp")]
        return [t for t in (*on, *by) if t.i > i and t.i not in self.predicates and t.tag in ("VBN", "VBG")]


def _holds(a: AttributionSpan, t: TimeExpression) -> bool:
    """Return whether a time stands in what an attribution gives as said."""
    return any(s.start <= t.start and t.end <= s.end for s in a.content)


def _vague(t: TimeExpression) -> bool:
    """Return whether the time is an open interval, which says less than a closed one."""
    return t.edtf is None or ".." in t.edtf


def is_past_year(edtf: str, published: str | None) -> bool:
    """Return whether the act lies in an earlier calendar year named as such, or a year and more before the report."""
    if not published:
        return False
    edge = _EDGE_OF_YEAR.fullmatch(edtf)
    if edge:  # "late last year" names the year as much as "last year" does
        return edge[1] < published[:4]
    last = edtf.rsplit("/", maxsplit=1)[-1]
    if last in ("..", ""):
        return False
    last = last.strip("~?%")
    if len(last) == 4:
        return last < published[:4]
    year_ago = f"{int(published[:4]) - 1}{published[4:10]}"
    return last[:10] <= year_ago[: len(last)]
