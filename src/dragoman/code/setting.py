"""When and where an act took place: times and places tied to predicates by syntax, none where none is plain."""

import re
from datetime import date

import msgspec

from dragoman import tree
from dragoman.code.anchors import anchors
from dragoman.code.subjects import is_verb
from dragoman.records import Annotated, Parse, PlaceMention, TimeExpression, Token, When, Where
from dragoman.scheme.words import in_class

_FINITE = (
    "VBD",
    "VBZ",
    "VBP",
    "MD",
)  # *since the firm was sold in May* has an act of its own, *to please them, in May* has not
_GOAL = frozenset({"to", "into", "from"})  # the end of a movement: its place only where nothing else is given
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DURING = frozenset({"in", "during", "by", "at", "amid"})  # what stands in such a phrase has the time of the act
_LATER = frozenset({"after", "following"})
_OPEN_END = {"after": "{}/..", "following": "{}/..", "before": "../{}"}
_DEEPEST = 4  # clauses to climb; newswire sentences rarely nest deeper
_TODAY = frozenset({"today", "tonight", "this", "today's", "morning's"})
_OPENS = 45  # characters: *To modernize its military, in 2018,* still opens a sentence


class Setting:
    """The times and places of one document by the predicate that each belongs to."""

    def __init__(self, annotated: Annotated, predicates: set[int]) -> None:
        self.parse = annotated.parse
        self.predicates = predicates
        self.attributions = annotated.attributions
        self.day = (annotated.document.published or "")[:10]
        self.times = [t for t in annotated.times if t.type != "SET" and t.edtf and not self._borrowed(t)]
        self.places = list(annotated.places)
        self._times = anchors(self.parse, [(t.start, t.end) for t in self.times], predicates, times=True)
        self._places = anchors(self.parse, [(p.start, p.end) for p in self.places], predicates)

    def _borrowed(self, t: TimeExpression) -> bool:
        """Return whether a time has its day from the page and not from the words: *shortly after midnight*."""
        on_page = bool(self.day) and (t.edtf or "").startswith(self.day)
        return on_page and t.type == "TIME" and not any(w in t.text.lower().split() for w in _TODAY)

    def _said_on(self, t: TimeExpression) -> str | None:
        """Return the date of a time, reckoned from the day of speaking where it is a speaker's *today* or *yesterday*.

        None where that day is not told: the page's own day may be put in its place by no means.
        """
        if (
            t.basis != "publication"
            or not _DAY.fullmatch((t.edtf or "")[:10])
            or "/" in (t.edtf or "")
            or not self._quoted(t)
        ):
            return t.edtf
        for a in self.attributions:
            if any(s.start <= t.start and t.end <= s.end for s in a.content):
                cues = (tree.head_of_span(self.parse, c.start, c.end) for c in a.cue)
                times = [self.times[n] for i in cues for n in self._times.get(i, ()) if not self._quoted(self.times[n])]
                day = next((x.edtf[:10] for x in times if x.edtf and _DAY.fullmatch(x.edtf[:10])), None)
                if day is not None:
                    ahead = date.fromisoformat((t.edtf or "")[:10]) - date.fromisoformat(self.day)
                    return (date.fromisoformat(day) + ahead).isoformat()
        return None

    def _quoted(self, t: TimeExpression) -> bool:
        """Return whether a time stands between quotation marks in its paragraph."""
        start = self.parse.text.rfind("\n", 0, t.start) + 1
        before = self.parse.text[start : t.start]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def when(self, i: int, light: int | None = None, *, own: bool = False, depth: int = 0) -> When | None:
        """Return the time of the act at token `i`: its own, else that of the clause it stands in.

        `own`: the act is not as real as that clause (*promised on Monday to send*), so that it takes no time from it.
        """
        for j, basis in [(i, "own clause"), *([(light, "light verb")] if light is not None else [])]:
            found = self._tied(j, basis)
            if found is not None:
                return found
        if own or depth > _DEEPEST:
            return None
        for j, basis in self._lent(i):
            found = self._tied(j, basis)
            if found is not None:
                return found
        above = self._governor(i)
        taken = self._relative_time(i)
        if taken is not None:
            return taken
        found = self.when(above[0], depth=depth + 1) if above is not None else None
        if above is not None and found is not None:
            return msgspec.structs.replace(found, basis=f"{found.basis.split(',')[0]}, {above[1]}")
        return self._opening(i)

    def _tied(self, j: int, basis: str) -> When | None:
        """Return the best of the times that hang on token `j`."""
        found = [self.times[n] for n in self._times.get(j, []) if self._said_on(self.times[n])]
        best = min(found, key=lambda t: self._rank(t, j), default=None)
        return self._record(best, basis) if best is not None else None

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
        found += [(c.i, "its happening") for c in self._happenings(i)]
        if is_verb(parse.tokens[i]):  # *killed in a bombing that took place on Monday*
            within = [p for p in tree.children(parse, i, "prep") if p.lemma in _DURING]
            nouns = [o.i for p in within for o in tree.children(parse, p.i, "pobj")]
            found += [(k, "event within") for o in nouns for k in (o, *(c.i for c in self._happenings(o)))]
        return found

    def _happenings(self, i: int) -> list[Token]:
        """Return the verbs that say of the event noun at `i` no more than when or where it was: *the talks held in*."""
        t, up = self.parse.tokens[i], tree.head(self.parse, i)
        below = tree.children(self.parse, i, "relcl", "acl")
        over = [up] if t.dep in ("nsubj", "nsubjpass") else []
        return [v for v in (*below, *over) if in_class(v.lemma, "happening") and v.i not in self.predicates]

    def _governor(self, i: int) -> tuple[int, str] | None:
        """Return the verb above the act at `i` whose time is the act's too, and how it was reached."""
        t, up = self.parse.tokens[i], tree.head(self.parse, i)
        if not is_verb(t):
            above = next((a for a in tree.ancestors(self.parse, i) if is_verb(a)), None)
            return (above.i, "governing clause") if above is not None else None
        if t.dep == "pcomp" and up.lemma in _DURING and is_verb(tree.head(self.parse, up.i)):
            return up.head, "governing clause"  # *responded on Monday by expelling*
        if t.dep == "xcomp" and is_verb(up):
            return up.i, "governing clause"
        bare = t.tag in ("VBG", "VBN") and not tree.children(self.parse, i, "aux")
        if t.dep in ("advcl", "acl", "pcomp") and bare and is_verb(up):
            return up.i, "governing clause"
        if t.dep == "conj" and is_verb(up) and not tree.children(self.parse, i, "nsubj", "nsubjpass"):
            return up.i, "coordinated clause"
        return None

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
        means = (p for p in tree.children(self.parse, i, "prep") if p.lemma in _DURING)
        by = [c for p in means for c in tree.children(self.parse, p.i, "pcomp")]
        return [t for t in (*on, *by) if t.i > i and t.i not in self.predicates and t.tag in ("VBN", "VBG")]

    def where(self, i: int, light: int | None = None) -> Where | None:
        """Return the place of the act at token `i`, stated by a locative phrase of its own clause."""
        for j in (i, *([light] if light is not None else [])):
            found = [(self.places[n], self._prep(self.places[n])) for n in self._places.get(j, [])]
            ranked = sorted(
                ((p, q) for p, q in found if in_class(q, "locative") or q == "object"),
                key=lambda pq: (pq[1] in _GOAL, pq[0].kind in ("country", "region"), pq[0].start),
            )
            if ranked:
                return place(ranked[0][0])
        return self._relative(i)

    def _relative(self, i: int) -> Where | None:
        """Return the place of the clause that *where* takes up: *met in Norport, where they signed*."""
        for r in (self.parse.tokens[i], *tree.ancestors(self.parse, i)):
            noun = tree.head(self.parse, r.i)
            if r.dep == "relcl" and any(t.text.lower() == "where" for t in self.parse.tokens[noun.i + 1 : r.i]):
                above = next((a.i for a in tree.ancestors(self.parse, noun.i) if is_verb(a)), -1)
                named = [p for p in self.places if tree.head_of_span(self.parse, p.start, p.end) == noun.i]
                return place(named[0]) if named else self.where(above) if 0 <= above < i else None
        return None

    def within(self, start: int, end: int) -> Where | None:
        """Return the place that a locative phrase names in a stretch: *control of the island*, *troops to the gulf*."""
        inside = [p for p in self.places if start <= p.start and p.end <= end]
        found = [p for p in inside if in_class(q := self._prep(p), "locative") or q in ("of", "object")]
        return place(found[0]) if found else None

    def _prep(self, p: PlaceMention) -> str:
        """Return the preposition that governs a place, "object" for the place visited or left, "" for anything else."""
        i = tree.head_of_span(self.parse, p.start, p.end)
        t = self.parse.tokens[i]
        while t.dep in ("compound", "conj", "appos", "poss", "nmod") and t.head != t.i:
            t = tree.head(self.parse, t.i)
        if t.dep == "pobj":
            return tree.head(self.parse, t.i).lemma.lower()
        moved = in_class(tree.head(self.parse, t.i).lemma, "motion")
        return "object" if t.dep == "dobj" and (moved or p.kind != "country") else ""


def place(p: PlaceMention) -> Where:
    """Return the place record of a toponym."""
    return Where(
        name=p.name,
        country=p.country,
        lat=p.lat,
        lon=p.lon,
        geonameid=p.geonameid,
        text=p.text,
        start=p.start,
        end=p.end,
    )


def _vague(t: TimeExpression) -> bool:
    """Return whether the time is an open interval, which says less than a closed one."""
    return t.edtf is None or ".." in t.edtf


def is_past_year(edtf: str, published: str | None) -> bool:
    """Return whether the act lies in an earlier calendar year named as such, or a year and more before the report."""
    if not published:
        return False
    last = edtf.rsplit("/", maxsplit=1)[-1]
    if last in ("..", ""):
        return False
    last = last.strip("~?%")
    if len(last) == 4:
        return last < published[:4]
    year_ago = f"{int(published[:4]) - 1}{published[4:10]}"
    return last[:10] <= year_ago[: len(last)]
