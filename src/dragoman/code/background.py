"""Which predicates are background: a closed period, a year or more before the report. Dates are resolved elsewhere."""

import re
from collections.abc import Callable

from dragoman.records import Parse, Token
from dragoman.scheme.status import status_lexicon
from dragoman.tree import children

YEAR = re.compile(r"(?:1[89]|20)\d\d$")
DECADE = re.compile(r"(?:(?:1[89]|20)?\d0)s$")
PERIODS = frozenset("war conflict era rule presidency occupation reign regime revolution uprising".split())
LONG_AGO = frozenset({"year", "decade", "century"})
PRESENT_TAGS = frozenset({"VBZ", "VBP"})
PAST_TAGS = frozenset({"VBD", "VBN"})
# A time of its own in the days or weeks before the report: the background of the clause above isn't this one's.
RECENT = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow overnight now".split()
)
RECENT_SPANS = frozenset({"week", "month", "weekend", "night", "day", "morning", "hour", "minute"})
NEARBY = frozenset({"this", "last", "past", "previous", "earlier", "ago"})
TIES = frozenset({"after", "when", "while", "as", "before"})
# Nouns that draw "during the war" to themselves, wherever the parser hangs it.
HARM = frozenset("casualty death killing victim crime abuse atrocity loss damage role conduct".split())


class Background:
    """Tells for each token of a parse whether what it names lies a year or more back."""

    def __init__(self, parse: Parse, published: str | None) -> None:
        self.parse = parse
        self.year = int(published[:4]) if published and YEAR.match(published[:4]) else None
        self.words = status_lexicon().background
        self._known: dict[int, bool] = {}

    def holds(self, i: int) -> bool:
        """Return whether the event that token `i` names is background."""
        if i not in self._known:
            self._known[i] = False
            self._known[i] = self._read(self.parse.tokens[i])
        return self._known[i]

    def _read(self, t: Token) -> bool:
        if t.pos not in {"VERB", "AUX"}:
            if not self._own(t) and self._within(t, self._recent):
                return False
            return self._own(t) or self._dated(t) or (t.head != t.i and self.holds(self._clause(t)))
        if t.tag in PRESENT_TAGS or self._perfect(t):
            return False
        if self._own(t) or any(self._own(c) for c in children(self.parse, t.i, "xcomp")) or self._continues(t):
            return True
        if t.dep == "ROOT" or t.head == t.i or self._within(t, self._recent):
            return False
        above = self._clause(t)
        tied = any(c.text.lower() in TIES for c in children(self.parse, t.i, "mark", "advmod"))
        if t.dep == "advcl" and t.tag != "VBG" and not tied:
            return False
        if t.dep in {"relcl", "conj"} and t.tag not in PAST_TAGS:
            return False
        return self.holds(above)

    def _dated(self, t: Token) -> bool:
        """Return whether a time of long ago, hung on a verb in the present, must belong to this noun before it."""
        verb = self.parse.tokens[self._clause(t)]
        if verb.tag not in PRESENT_TAGS and not self._perfect(verb):
            return False
        return any(self._long_ago(c) for c in children(self.parse, verb.i, "npadvmod") if c.i > t.i > verb.i)

    def _continues(self, t: Token) -> bool:
        """Return whether a clause with "after" takes up the story of a sentence before that is background itself."""
        if (
            t.dep != "advcl"
            or t.tag != "VBD"
            or not any(c.text.lower() == "after" for c in children(self.parse, t.i, "mark"))
        ):
            return False
        return t.i < t.head and t.sentence > 0 and self.holds(self.parse.sentences[t.sentence - 1].root)

    def _clause(self, t: Token) -> int:
        """Return the nearest verb above a token, or the root."""
        i = t.head
        while self.parse.tokens[i].head != i and self.parse.tokens[i].pos not in {"VERB", "AUX"}:
            i = self.parse.tokens[i].head
        return i

    def _perfect(self, t: Token) -> bool:
        """Return whether a verb stands in the present perfect: what it names reaches to the report."""
        return any(
            c.text.lower() in {"has", "have", "'ve", "’ve", "will", "would"} for c in children(self.parse, t.i, "aux")
        )

    def _own(self, t: Token) -> bool:
        """Return whether a time of long ago stands in the token's own phrase, no other clause between."""
        return self._within(t, self._long_ago)

    def _within(self, t: Token, test: Callable[[Token], bool]) -> bool:
        """Return whether a word of the token's own phrase passes; what dates a verb's object isn't the verb's."""
        todo = [c for c in children(self.parse, t.i) if c.pos not in {"VERB", "AUX"} or c.dep == "amod"]
        while todo:
            c = todo.pop()
            if test(c):
                return True
            todo += [
                k
                for k in children(self.parse, c.i)
                if k.pos not in {"VERB", "AUX"} and not (t.pos == "VERB" and self._of_object(c, k))
            ]
        return False

    def _of_object(self, c: Token, k: Token) -> bool:
        """Return whether `k` dates the object or subject `c` itself: "the 2018 attack", "the invasion of 2014"."""
        core = c.dep in {"dobj", "nsubj", "nsubjpass", "attr"}
        return core and (
            k.dep in {"nummod", "compound", "amod", "nmod"} or (k.dep == "prep" and k.text.lower() == "of")
        )

    def _recent(self, c: Token) -> bool:
        low = c.text.lower()
        if low in RECENT:
            return True
        if YEAR.match(low) and c.pos != "PROPN":
            return self.year is not None and int(low) >= self.year
        near = {k.text.lower() for k in children(self.parse, c.i)} | {self.parse.tokens[c.head].text.lower()}
        return (c.lemma in RECENT_SPANS and bool(near & NEARBY)) or (c.lemma == "year" and "this" in near)

    def _long_ago(self, c: Token) -> bool:
        low = c.text.lower()
        if YEAR.match(low) and c.pos != "PROPN":
            return self.year is not None and int(low) < self.year
        if DECADE.match(low):
            return True
        if low == "ago":
            return any(k.lemma in LONG_AGO for k in children(self.parse, c.i))
        if c.lemma in LONG_AGO and any(
            k.text.lower() in {"last", "previous"} for k in children(self.parse, c.i, "amod")
        ):
            return c.lemma != "year" or self.year is not None
        if c.dep == "amod" and low in self.words:
            return True
        return c.lemma in PERIODS and c.dep == "pobj" and self._throughout(self.parse.tokens[c.head])

    def _throughout(self, preposition: Token) -> bool:
        """Return whether a preposition dates the clause; "casualties during the war" dates the casualties only."""
        before = self.parse.tokens[preposition.i - 1] if preposition.i else preposition
        return preposition.text.lower() in {"during", "throughout"} and (
            before.lemma not in HARM or preposition.head == before.i
        )
