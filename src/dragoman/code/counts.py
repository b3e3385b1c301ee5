"""Which number belongs to which act: tolls, troops, money and goods tied to event mentions, none where none is plain.

`figures.py` reads the numbers, `tolls.py` who is counted as what.
"""

import re
from collections.abc import Sequence

import msgspec

from dragoman import tree
from dragoman.code.desk import Desk, Draft
from dragoman.code.figures import Figures
from dragoman.code.slots import verb_slots
from dragoman.code.subjects import is_verb
from dragoman.code.tolls import Toll, tolls
from dragoman.records import Count, EventMention, Quantity, Token
from dragoman.scheme import counts as words
from dragoman.scheme.calendar import currencies
from dragoman.scheme.calendar import words as words_of
from dragoman.scheme.themes import goods_class, is_accident

# Acts that a count of each kind may belong to; the first of them also from a sentence that goes on about them.
_VIOLENT, _SEIZING = ("ASSAULT",), ("COERCE", "ASSAULT")
_GIVING = ("AID", "COOPERATE", "AGREE", "SANCTION", "COERCE", "CONCEDE", "RETREAT", "REQUEST", "SUPPORT")
ACTS = {
    "killed": (*_VIOLENT, "PROTEST"),
    "wounded": (*_VIOLENT, "PROTEST"),
    "missing": (*_VIOLENT, "COERCE"),
    "displaced": (*_VIOLENT, "COERCE", "MOBILIZE"),
    "detained": _SEIZING,
    "released": ("RETREAT", "CONCEDE", "COOPERATE", "AGREE", "AID"),
    "troops": ("MOBILIZE", "RETREAT", "AID", "COOPERATE", "AGREE", "CONCEDE", "THREATEN", "ASSAULT", "COERCE"),
    "money": _GIVING,
    "goods": (*_GIVING, "MOBILIZE"),
}
_RESUMED = {"killed": _VIOLENT, "wounded": _VIOLENT, "missing": _VIOLENT, "displaced": _VIOLENT, "detained": _SEIZING}
# Sentences back to the act that a toll goes on about: of those read in MUC-4 and Wikinews, all from further off were
# of other acts.
_REACH = 3
_BESIDE = 2  # rank of an act that stands neither above nor below the word that counts
_HARM = ("killed", "wounded", "missing", "displaced")
_REAL = ("occurred", "ongoing")
_SIZE = re.compile(r"(?:multi-?|several-|a\s+)?(?:million|billion|trillion)-", re.IGNORECASE)
_POINTING = frozenset({"it", "this", "that", "which"})
_DEFINITE = frozenset({"the", "this", "these", "that", "those"})
_CLOSED = ("including", "include")
_EACH = re.compile(r"\s+(?:apiece|each|per|a)\b")


def counted(desk: Desk, drafts: Sequence[Draft], mentions: Sequence[EventMention]) -> list[EventMention]:
    """Return the mentions with their counts in text order; `drafts` are those that the mentions were made from."""
    if not desk.annotated.quantities and not mentions:
        return list(mentions)
    return _Tying(desk, drafts, mentions).tied()


class _Tying:
    """The mentions of one document, by the tokens that stand for each, and the counts found for them."""

    def __init__(self, desk: Desk, drafts: Sequence[Draft], mentions: Sequence[EventMention]) -> None:
        self.desk, self.parse, self.mentions = desk, desk.parse, mentions
        by_start = {m.predicate.start: n for n, m in enumerate(mentions)}
        self.token: dict[int, int] = {}  # mention by any of its tokens
        self.own: dict[int, int] = {}  # token of its predicate by mention
        for d in drafts:
            n = by_start.get(self.parse.tokens[d.candidate.token].start)
            if n is None:
                continue
            self.own[n] = d.candidate.token
            for i in (d.candidate.token, d.candidate.light, d.content_token, *d.candidate.consumed):
                if i is not None and i >= 0:
                    self.token.setdefault(i, n)
        self.found: dict[int, list[Count]] = {n: [] for n in range(len(mentions))}
        self.here: dict[int, list[int]] = {}  # mentions by sentence
        for n, i in self.own.items():
            self.here.setdefault(self.parse.tokens[i].sentence, []).append(n)

    def tied(self) -> list[EventMention]:
        """Return the mentions with all counts."""
        self._persons()
        for q in self.desk.annotated.quantities:
            count = _thing(q)
            n = self._above(q) if count is not None else None
            if n is not None and count is not None and self._fits(n, count.of):
                self._add(n, self._with_currency(n, count) if count.of == "money" else count)
        return [
            msgspec.structs.replace(m, counts=tuple(sorted(self.found[n], key=lambda c: (c.start, c.end, c.of))))
            if self.found[n]
            else m
            for n, m in enumerate(self.mentions)
        ]

    def _persons(self) -> None:
        """Tie the tolls: those whose word is an act's own, then those of the rest of its sentence, then others."""
        all_of = tolls(self.parse, Figures(self.parse, self.desk.annotated.quantities))
        rest: list[Toll] = []
        taken: set[tuple[int, str]] = set()
        for t in all_of:
            n = self.token.get(t.token)
            if n is not None and self._fits(n, t.of):
                self._add(n, self._count(t))
                taken.add((n, t.of))
            else:
                rest.append(t)
        for t in rest:
            n = self._beside(t, taken)
            if n is None and not self._told_here(t):
                n = self._before(t)
            if n is not None:
                self._add(n, self._count(t))
                if self.parse.tokens[t.token].sentence == self.parse.tokens[self.own[n]].sentence:
                    taken.add((n, t.of))

    # ------------------------------------------------------------ within the sentence
    def _beside(self, t: Toll, taken: set[tuple[int, str]]) -> int | None:
        """Return the act of the toll's own sentence: the nearest above, else the nearest below or beside it."""
        past = (p := self.desk.predicates.get(t.token)) is not None and p.historical
        fit = [
            n
            for n in self.here.get(self.parse.tokens[t.token].sentence, [])
            if self._fits(n, t.of) and (n, t.of) not in taken and (self.mentions[n].historical or not past)
        ]
        above = [a.i for a in tree.ancestors(self.parse, t.token)]
        below = set(tree.subtree(self.parse, t.token))
        ranks = {n: self._rank(n, t.token, above, below) for n in fit}
        near = [n for n in fit if ranks[n][0] < _BESIDE or self._may_stand_beside(t, self.own[n])]
        return min(near, key=lambda n: ranks[n], default=None)

    def _may_stand_beside(self, t: Toll, act: int) -> bool:
        """Return whether a toll may belong to an act elsewhere in its sentence: not from a clause on another noun.

        *The raid preceded another, where ten people died.*
        """
        inside = (self.parse.tokens[t.token], *tree.ancestors(self.parse, t.token))
        clauses = [a for a in inside if a.dep == "relcl"]
        return t.of != "missing" and all(act in tree.subtree(self.parse, a.head) for a in clauses)

    def _rank(self, n: int, token: int, above: list[int], below: set[int]) -> tuple[int, int]:
        i = self.own[n]
        if i in above:
            return 0, above.index(i)
        return (1 if i in below else _BESIDE), abs(i - token)

    def _told_here(self, t: Toll) -> bool:
        """Return whether the toll's sentence tells another act of violence or arrest, or names who did it."""
        sentence = self.parse.tokens[t.token].sentence
        wanted = _RESUMED.get(t.of, ())
        if any(self._fits(n, t.of) for n in self.here.get(sentence, [])):
            return True
        others = [
            c
            for c in self.desk.candidates
            if self.parse.tokens[c.token].sentence == sentence and c.frame is not None and c.token != t.token
        ]
        if any(c.frame is not None and c.frame.type in wanted and not self._points(c.token) for c in others):
            return True
        word = self.parse.tokens[t.token]
        doers = verb_slots(self.parse, t.token).get("subject") if is_verb(word) and word.lemma != "die" else ()
        own = words.triggers(word.lemma, "verb")
        return any(x.slot == "object" for x in own) and any(not self._points(i) for i in doers)

    def _points(self, i: int) -> bool:
        """Return whether a word takes up what was told: *the attack*, *it*."""
        t = self.parse.tokens[i]
        return t.text.lower() in _POINTING or any(
            d.lemma.lower() in _DEFINITE for d in tree.children(self.parse, i, "det")
        )

    # ------------------------------------------------------------ from sentence to sentence
    def _before(self, t: Toll) -> int | None:
        """Return the last act of the kind told before, not far back; None for a toll of something else or not real."""
        predicate = self.desk.predicates.get(t.token)
        if predicate is not None and (predicate.historical or predicate.status not in _REAL):
            return None
        wanted = _RESUMED.get(t.of, ())
        sentence = self.parse.tokens[t.token].sentence
        if self._is_period(sentence) or self._is_mishap(sentence):
            return None
        before = [
            n
            for n, i in self.own.items()
            if 0 < sentence - self.parse.tokens[i].sentence <= _REACH and self.mentions[n].act in wanted
        ]
        if not before:
            return None
        last = max(before, key=lambda n: self.own[n])
        m = self.mentions[last]
        return last if m.status in _REAL and not m.historical else None

    def _is_period(self, sentence: int) -> bool:
        """Return whether a sentence speaks of a year or of an open time: *13,000 have died since 1980*."""
        s = self.parse.sentences[sentence]
        within = [x.edtf or "" for x in self.desk.annotated.times if s.start <= x.start < s.end]
        return any(".." in e or (len(e) == len("2025") and e.isdigit()) for e in within)

    def _is_mishap(self, sentence: int) -> bool:
        """Return whether a sentence names an accident or a disaster."""
        s = self.parse.sentences[sentence]
        pos = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb"}
        return any(is_accident(t.lemma, pos.get(t.pos, "")) for t in self.parse.tokens[s.first : s.last])

    # ------------------------------------------------------------ money and goods
    def _above(self, q: Quantity) -> int | None:
        """Return the act that governs a quantity: the nearest verb or act above it, through *worth* and the like."""
        i = tree.head_of_span(self.parse, q.start, q.end)
        if i < 0 or self._is_aside(q, i):
            return None
        below = self.parse.tokens[i]
        for t in (below, *tree.ancestors(self.parse, i)):
            if t.text.lower() in _CLOSED:
                return None
            if t.i in self.token:
                return (
                    None if below.dep == "conj" and t.i != i else self.token[t.i]
                )  # *the arrest of 8 and the loss of 5*
            below = t
            if words.in_class(t.lemma, "through"):  # *the package consists of $12 million*
                said_of = [s for s in tree.children(self.parse, t.i, "nsubj", "nsubjpass") if s.i in self.token]
                if said_of:
                    return self.token[said_of[0].i]
            if is_verb(t) and not self._opens(t):
                return None
        return None

    def _opens(self, t: Token) -> bool:
        """Return whether a verb lets what is above it through: *worth*, *totalling*, *agreed to pay*."""
        return words.in_class(t.lemma, "through") or t.dep == "xcomp"

    def _is_aside(self, q: Quantity, i: int) -> bool:
        """Return whether a quantity is a gloss, a price a piece, or what acts and is not moved."""
        before, after = self.parse.text[: q.start].rstrip(), self.parse.text[q.end : q.end + 12]
        t = self.parse.tokens[i]
        up = tree.head(self.parse, i)
        acts = (t.dep == "nsubj" and bool(tree.children(self.parse, t.head, "dobj"))) or up.dep == "agent"
        return before.endswith(("(", ";", "of which")) or bool(_EACH.match(after)) or acts or self._is_gloss(t)

    def _is_gloss(self, t: Token) -> bool:
        """Return whether money is told again in another currency: *$10 million, some 4 billion pesos*."""
        up = tree.head(self.parse, t.i)
        sums = (q for q in self.desk.annotated.quantities if q.kind == "money")
        return t.dep == "appos" and any(q.start <= up.start < q.end for q in sums)

    def _with_currency(self, n: int, count: Count) -> Count:
        """Return money told in a word of several states (*pesos*) in the currency of the one named, else in None."""
        said = count.text.lower().split()
        local = currencies(said[-1]) if said else {}
        if not local or " ".join(said[-2:]) in words_of("currencies", "word", "code"):
            return count
        m = self.mentions[n]
        layers = self.desk.annotated
        nearest = [p.country for p in (*m.actors, *m.recipients)]
        for countries in (nearest, [*(a.country for a in layers.actors), *(p.country for p in layers.places)]):
            codes = {local[c] for c in countries if c in local}
            if codes:
                return msgspec.structs.replace(count, unit=codes.pop() if len(codes) == 1 else None)
        return msgspec.structs.replace(count, unit=None)

    # ------------------------------------------------------------ records
    def _fits(self, n: int, of: str) -> bool:
        m = self.mentions[n]
        if of in _HARM and not m.actors and self._is_mishap(self.parse.tokens[self.own[n]].sentence):
            return False
        return m.act in ACTS[of]

    def _count(self, t: Toll) -> Count:
        f = t.figure
        text = self.parse.text[f.start : f.end]
        return Count(of=t.of, low=f.low, high=f.high, unit=None, text=text, start=f.start, end=f.end)

    def _add(self, n: int, count: Count) -> None:
        """Add a count to a mention, one told again left out."""
        if not any(
            (c.of, c.low, c.high, c.unit) == (count.of, count.low, count.high, count.unit) for c in self.found[n]
        ):
            self.found[n].append(count)


def _thing(q: Quantity) -> Count | None:
    """Return the money or the goods that a quantity is; *multibillion-dollar* is a size, without bounds."""
    if q.kind == "money":
        low, high = (None, None) if _SIZE.match(q.text) else (q.low, q.high)
        return Count(of="money", low=low, high=high, unit=q.unit, text=q.text, start=q.start, end=q.end)
    unit = words.goods_unit(q.kind, q.unit or "")
    if unit is None and q.kind == "count" and goods_class(q.unit or "") not in (None, "money", "troops"):
        unit = ("piece", 1.0)
    if unit is None or q.kind not in ("count", "measure"):
        return None
    low, high = (None if b is None else b * unit[1] for b in (q.low, q.high))
    return Count(of="goods", low=low, high=high, unit=unit[0], text=q.text, start=q.start, end=q.end)
