"""Numbers of a parse by the token that they stand at: counted nouns, bare numbers, *a soldier*, sums over *and*."""

from collections.abc import Sequence

from dragoman import tree
from dragoman.records import Parse, Quantity, Record, Token
from dragoman.scheme import counts as words
from dragoman.scheme.themes import goods_class

_SINGLE = frozenset({"a", "an", "one", "another"})
_PART = frozenset({"including", "include", "like", "among"})  # what follows is part of what was counted before
_CLASSES = frozenset({"troops", "relief", None})  # classes of goods that may be nouns for persons


class Figure(Record, frozen=True):
    """A number of things or persons: bounds as in `records.Count`, the token and lemma of the noun, "" for none."""

    start: int
    end: int
    low: float | None
    high: float | None
    noun: str
    token: int


class Figures:
    """The figures of one document by token."""

    def __init__(self, parse: Parse, quantities: Sequence[Quantity]) -> None:
        self.parse = parse
        self._at: dict[int, Quantity] = {}
        for q in quantities:
            if q.kind in ("count", "number"):
                self._at |= {t.i: q for t in tree.tokens_between(parse, q.start, q.end)}

    def at(self, i: int) -> Figure | None:
        """Return the figure that token `i` heads; a single person told with *a*, *one* or *another* counts one."""
        q = self._at.get(i)
        if q is None:
            return self._single(self.parse.tokens[i])
        noun = q.unit or next((self.parse.tokens[o].lemma.lower() for o in self._below(i)), "")  # *500 of its troops*
        return Figure(start=q.start, end=q.end, low=q.low, high=q.high, noun=noun, token=i)

    def _single(self, t: Token) -> Figure | None:
        if t.text.lower() in ("one", "another") and t.dep not in ("nummod", "det", "conj"):
            if tree.children(self.parse, t.i, "det", "neg"):  # *no one*
                return None
            return Figure(start=t.start, end=t.end, low=1, high=1, noun="", token=t.i)
        if t.tag not in ("NN", "NNP", "JJ") or not (words.is_person(t.lemma) or t.ent == "NORP"):
            return None
        said = [d for d in tree.children(self.parse, t.i, "det", "nummod") if d.text.lower() in _SINGLE]
        if not said or words.in_class(t.lemma, "group"):
            return None
        return Figure(start=said[0].start, end=t.end, low=1, high=1, noun=t.lemma.lower(), token=t.i)

    def total(self, tokens: Sequence[int], under: int, wants: str) -> Figure | None:
        """Return the sum of what these tokens head, those below `under` as a part of others left out.

        A single person named beside the counted ones counts one; others without a number leave the top open.
        """
        heads = [i for i in tokens if not self._is_part(i, under)]
        found = [(i, f) for i in heads if (f := self._told(i, wants)) is not None or self._is_human(i)]
        counted = self._joined(list({(f.start, f.end): f for _, f in found if f is not None}.values()))
        if not counted or any(f.low is None and f.high is None for f in counted):
            return None
        first = counted[0]
        if len(counted) == 1 and not any(f is None for _, f in found):
            return first
        others = [i for i, f in found if f is None]
        single = [self.parse.tokens[i] for i in others if self._is_one(i)]
        ones = len(single)
        closed = ones == len(others) and all(f.high is not None for f in counted)
        low = sum(f.low or 0 for f in counted) + ones
        high = sum(f.high or 0 for f in counted) + ones
        spans = [*((f.start, f.end) for f in counted), *((t.start, t.end) for t in single)]
        start, end = min(a for a, _ in spans), max(z for _, z in spans)
        return Figure(start=start, end=end, low=low, high=high if closed else None, noun=first.noun, token=first.token)

    def _joined(self, counted: list[Figure]) -> list[Figure]:
        """Return the figures less those behind a verb: *free the eight accused of kidnapping six*."""
        ordered = sorted(counted, key=lambda f: f.start)
        return [
            f
            for f in ordered
            if not any(t.pos == "VERB" for t in tree.tokens_between(self.parse, ordered[0].end, f.start))
        ]

    def _told(self, i: int, wants: str) -> Figure | None:
        """Return the figure at a token or, of *a total of 39 people*, below it, where it is of the wanted kind."""
        for j in (i, *self._of(i)):
            f = self.at(j)
            if f is not None and self._is_wanted(f, wants):
                return f
        return None

    def _of(self, i: int) -> list[int]:
        lemma = self.parse.tokens[i].lemma
        return self._below(i) if words.in_class(lemma, "group") or lemma == "total" else []

    def _below(self, i: int) -> list[int]:
        """Return the nouns that *of* ties to a token; a pronoun says nothing of what is counted."""
        return [
            o.i
            for p in tree.children(self.parse, i, "prep")
            if p.lemma == "of"
            for o in tree.children(self.parse, p.i, "pobj")
            if o.pos != "PRON"
        ]

    def _is_wanted(self, f: Figure, wants: str) -> bool:
        """Return whether what is counted is what a trigger takes; *two families* are no number of persons."""
        if words.in_class(f.noun, "group"):
            return False
        if wants in ("civilian", "troops", "captive"):
            return words.in_class(f.noun, wants)
        if not f.noun:
            return True
        of_people = any(t.ent == "NORP" and t.tag.startswith("NN") for t in self._noun_tokens(f))
        if words.is_person(f.noun) or of_people:
            return True
        return wants == "any" and goods_class(f.noun) in _CLASSES

    def _noun_tokens(self, f: Figure) -> list[Token]:
        return tree.tokens_between(self.parse, f.start, f.end)[-1:]

    def _is_human(self, i: int) -> bool:
        t = self.parse.tokens[i]
        return t.ent in ("PERSON", "NORP") or words.is_person(t.lemma)

    def _is_one(self, i: int) -> bool:
        t = self.parse.tokens[i]
        return (t.tag == "NNP" and t.ent == "PERSON") or (
            t.tag == "NN" and words.is_person(t.lemma) and not words.in_class(t.lemma, "group")
        )

    def _is_part(self, i: int, under: int) -> bool:
        """Return whether a token stands below *including*, so that it is counted already."""
        if any(t.i == i for t in tree.ancestors(self.parse, under)):  # *among dozens who died*
            return False
        for t in tree.ancestors(self.parse, i):
            if t.i == under:
                return False
            if t.text.lower() in _PART or t.lemma.lower() in _PART:
                return True
        return False
