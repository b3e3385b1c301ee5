"""When and where an act took place: times and places tied to predicates by syntax, none where none is plain."""

from dragoman import tree
from dragoman.code.anchors import anchors
from dragoman.code.subjects import is_verb
from dragoman.records import Annotated, Parse, PlaceMention, TimeExpression, Token, When, Where
from dragoman.scheme.words import in_class

_FINITE = ("VBD", "VBZ", "VBP", "MD")  # *since the firm was sold in May* has an act of its own, *to please them, in May* has not
_GOAL = frozenset({"to", "into", "from"})  # the end of a movement: its place only where nothing else is given
_TODAY = frozenset({"today", "tonight", "this", "today's", "morning's"})
_OPENS = 45  # characters: *To modernize its military, in 2018,* still opens a sentence


class Setting:
    """The times and places of one document by the predicate that each belongs to."""

    def __init__(self, annotated: Annotated, predicates: set[int]) -> None:
        self.parse = annotated.parse
        self.predicates = predicates
        day = (annotated.document.published or "")[:10]
        self.times = [t for t in annotated.times if t.type != "SET" and t.edtf and not self._borrowed(t, day)]
        self.places = list(annotated.places)
        self._times = anchors(self.parse, [(t.start, t.end) for t in self.times], predicates, times=True)
        self._places = anchors(self.parse, [(p.start, p.end) for p in self.places], predicates)

    def _borrowed(self, t: TimeExpression, day: str) -> bool:
        """Return whether a time has its day from the page and not from the words.

        *Shortly after midnight* names no day, and *today* in a quotation is the day of speaking: neither may put the
        day of publication in as the day of the act.
        """
        if not day or not (t.edtf or "").startswith(day):
            return False
        if t.type == "TIME" and not any(w in t.text.lower().split() for w in _TODAY):
            return True
        return t.basis in ("publication", "tense") and self._quoted(t)

    def _quoted(self, t: TimeExpression) -> bool:
        """Return whether a time stands between quotation marks in its paragraph."""
        start = self.parse.text.rfind("\n", 0, t.start) + 1
        before = self.parse.text[start : t.start]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def when(self, i: int, light: int | None = None, *, own: bool = False) -> When | None:
        """Return the time of the act at token `i`: its own, else that of the clause it stands in.

        `own`: the act is not as real as that clause (*promised on Monday to send*), so that it takes no time from it.
        """
        for j, basis in self._sources(i, light)[: 1 + (light is not None) if own else None]:
            found = [self.times[n] for n in self._times.get(j, [])]
            best = min(found, key=lambda t, j=j: self._rank(t, j), default=None)  # type: ignore[misc]
            if best is not None and best.edtf:
                return When(
                    edtf=best.edtf, text=best.text, start=best.start, end=best.end, basis=f"{best.basis}, {basis}"
                )
        return None if own else self._opening(i)

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
            if opens and t.edtf and not any(o.tag in _FINITE for o in tree.tokens_between(self.parse, s.start, t.start)):
                return When(edtf=t.edtf, text=t.text, start=t.start, end=t.end, basis=f"{t.basis}, opens the sentence")
        return None

    def _sources(self, i: int, light: int | None) -> list[tuple[int, str]]:
        """Return the tokens whose time is the act's own, nearest first."""
        found = [(i, "own clause")]
        if light is not None:
            found.append((light, "light verb"))
        t = self.parse.tokens[i]
        found += [(c.i, "participle") for c in self._idle_participles(i)]
        up = tree.head(self.parse, i)
        if not is_verb(t):
            above = next((a for a in tree.ancestors(self.parse, i) if is_verb(a)), None)
            if above is not None:
                found.append((above.i, "governing clause"))
                found += [(c.i, "participle") for c in self._idle_participles(above.i)]
        elif (
            t.dep in ("xcomp", "advcl", "acl", "pcomp")
            and t.tag in ("VBG", "VBN")
            and is_verb(up)
            and not tree.children(self.parse, i, "aux")
        ):
            found.append((up.i, "governing clause"))
        elif t.dep == "conj" and is_verb(up) and not tree.children(self.parse, i, "nsubj", "nsubjpass"):
            found.append((up.i, "coordinated clause"))
        return found

    def _idle_participles(self, i: int) -> list[Token]:
        """Return the participles on the objects of `i` that are no act: the parser hangs the clause's time on them."""
        nouns = [c.i for c in tree.children(self.parse, i, "dobj", "oprd", "attr", "nsubjpass")]
        for n in nouns:
            of = (p for p in tree.children(self.parse, n, "prep") if p.lemma == "of")
            nouns += [o.i for p in of for o in tree.children(self.parse, p.i, "pobj")]
        on = [c for n in nouns for c in tree.children(self.parse, n, "acl") if c.tag == "VBN"]
        by = [c for p in tree.children(self.parse, i, "prep") for c in tree.children(self.parse, p.i, "pcomp")]
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
