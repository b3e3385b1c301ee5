"""According to whom: the attribution chain of an act, nearest voice first."""

from dragoman import tree
from dragoman.code.parties import ActorIndex, party
from dragoman.code.subjects import surface_subject
from dragoman.records import Annotated, AttributionSpan, Party, Span, Token, Voice
from dragoman.scheme import speech

# Cues by which a source tells what it knows. The others (planning, asking, judging) are acts of the source itself.
_QUOTES = ('"', "“")
_QUOTED_SENTENCES = 8  # a quotation longer than this is looked through no further
_HE_SHE = frozenset({"he", "she"})
_SPOKEN_BACK = 6  # sentences; farther speakers are guesses
_VOICED = ("say", "show", "seem", "hold", "")


class Voices:
    """The attributions of one document, asked by predicate."""

    def __init__(self, annotated: Annotated, index: ActorIndex) -> None:
        self.parse = annotated.parse
        self.index = index
        self.attributions = annotated.attributions
        spans = (c for a in annotated.attributions for c in a.cue)
        self.cues = {t.i for c in spans for t in tree.tokens_between(self.parse, c.start, c.end)}

    def over(self, i: int) -> list[AttributionSpan]:
        """Return the attributions whose content holds token `i`, the narrowest first; none holds its own cue."""
        t = self.parse.tokens[i]
        held = [
            a
            for a in self.attributions
            if any(s.start <= t.start and t.end <= s.end for s in a.content)
            and not any(c.start <= t.start and t.end <= c.end for c in (*a.cue, *a.source))
            and (speech.cue_kind(self.parse, a.cue) in _VOICED or _is_quotation(a))
        ]
        return sorted(held, key=lambda a: (sum(s.end - s.start for s in a.content), a.content[0].start))

    def chain(self, i: int) -> tuple[Voice, ...]:
        """Return the voices that token `i` rests on; none where the outlet itself speaks."""
        found: list[Voice] = []
        for a in self.over(i):
            for v in self.voices(a):
                if v.source not in {f.source for f in found}:
                    found.append(v)
        return tuple(found) or self._implied(i)

    def voices(self, a: AttributionSpan) -> list[Voice]:
        """Return one voice a source of the attribution: joined sources apart, each with its party if it is one."""
        cue = " ".join(c.text for c in a.cue)
        return [
            Voice(source=name, actor=who, kind=speech.voice_kind(self.parse, (s,)), cue=cue, start=at.start, end=at.end)
            for s in a.source
            for name, who, at in self._named(s)
        ]

    def _named(self, s: Span) -> list[tuple[str, Party | None, Span]]:
        """Return the names and parties in a source span, each with the span that names it."""
        i = tree.head_of_span(self.parse, s.start, s.end)
        if i < 0:
            return [(s.text, None, s)]
        found: list[tuple[str, Party | None, Span]] = []
        for j in (i, *tree.conjuncts(self.parse, i)):
            if not s.start <= self.parse.tokens[j].start < s.end:
                continue
            at = s if j == i else tree.phrase(self.parse, j)
            direct = [(party(m), m.kind) for m in self.index.at(j)]
            if not direct and (before := self._speaking_before(self.parse.tokens[j])) is not None:
                direct = [(before, "pronoun")]
            found += [(_shown(p, kind, at.text), p, at) for p, kind in direct] or [(at.text, None, at)]
        return found or [(s.text, None, s)]

    def _speaking_before(self, t: Token) -> Party | None:
        """Return whom *he said* means after quotations of one person: the tie of pronouns stops at long ones."""
        if t.text.lower() not in _HE_SHE:
            return None
        heads = [tree.head_of_span(self.parse, s.start, s.end) for a in self.attributions for s in a.source]
        near = [i for i in sorted(heads) if 0 <= i < t.i and t.sentence - self.parse.tokens[i].sentence <= _SPOKEN_BACK]
        people = [party(m) for i in near for m in self.index.at(i) if m.kind in ("person", "pronoun") and m.name]
        return people[-1] if len({p.name for p in people}) == 1 else None

    def speaker(self, i: int) -> Party | None:
        """Return the party whose words token `i` stands in: the nearest voice that is a party."""
        return next((p for v in self.chain(i) if (p := v.actor or self._by_name(v)) is not None), None)

    def _by_name(self, v: Voice) -> Party | None:
        """Return a voice of some name as a party although no list and no tagger knows it, of the state of its office.

        *Arnel dela Cruz of the army's Western Command* speaks for whoever the army is of.
        """
        name = v.source.split(",")[0].split(" of ")[0].removeprefix("the ").strip()
        if v.kind != "named" or not name[:1].isupper() or not 1 < len(name.split()) <= 5:
            return None
        inside = (m for t in tree.tokens_between(self.parse, v.start, v.end) for m in self.index.by_head.get(t.i, ()))
        office = next((m for m in inside if m.country), None)
        country, sectors = (office.country, office.sectors) if office is not None else (None, ())
        return Party(name=name, country=country, sectors=sectors, text=v.source, start=v.start, end=v.end)

    def _implied(self, i: int) -> tuple[Voice, ...]:
        """Return whoever the sentence before an unattributed quotation is about: *X mocked the plan. "It is ..."*."""
        s = tree.sentence_of(self.parse, i)
        opening = self._opening_quote(s.i, self.parse.tokens[i].start)
        if opening is None or opening == 0:
            return ()
        before = self.parse.sentences[opening - 1]
        if before.block != s.block or self.parse.text[before.end : self.parse.sentences[opening].start].count("\n"):
            return ()
        for k in surface_subject(self.parse, before.root):
            for m in self.index.at(k):
                if m.kind == "person":
                    return (Voice(source=m.name, actor=party(m), kind="named", cue="", start=m.start, end=m.end),)
        return ()

    def _opening_quote(self, number: int, at: int) -> int | None:
        """Return the sentence in which the quotation around offset `at` opens; None where there is none around it."""
        for n in range(number, max(-1, number - _QUOTED_SENTENCES), -1):
            text = self.parse.text[self.parse.sentences[n].start : at]
            opens, closes = text.count("“") + text.count('"') % 2, text.count("”")
            if opens > closes and text.lstrip()[:1] in _QUOTES:
                return n
        return None


def _is_quotation(a: AttributionSpan) -> bool:
    """Return whether the content is given in the source's own words, whatever the cue: *he defended it: "..."*."""
    return any(q in s.text for s in a.content for q in ('"', "“", "”"))


def _shown(p: Party, kind: str, words: str) -> str:
    """Return how a voice is shown: persons, and whom a pronoun stands for, by name; others in the text's words."""
    return p.name if kind in ("person", "pronoun") else words
