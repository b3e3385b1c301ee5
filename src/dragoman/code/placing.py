"""Where an act took place: places tied to predicates by syntax, none where none is plain. Times live in `timing`."""

from collections.abc import Iterable

from dragoman import tree
from dragoman.code.anchors import anchors
from dragoman.code.lending import governor, happenings, hit_by, told_along
from dragoman.code.sites import Site, sites
from dragoman.code.subjects import is_verb
from dragoman.records import Annotated, Where
from dragoman.scheme.words import in_class

_GOAL = frozenset({"to", "into", "from"})  # the end of a movement: its place only where nothing else is given
_COARSE = {"country": 3, "region": 3, "admin1": 2, "island": 2, "water": 2, "city": 1, "admin2": 1}  # the finest wins
_OPENS = 6  # words: *In the northern town of Norport,* still opens a sentence
_DEEPEST = 4  # clauses to climb, as for times


class Placing:
    """The places of one document by the predicate that each belongs to."""

    def __init__(self, annotated: Annotated, predicates: set[int]) -> None:
        self.parse = annotated.parse
        self.predicates = predicates
        self.sites = sites(annotated)
        self._sites = anchors(self.parse, [(s.place.start, s.place.end) for s in self.sites], predicates)

    def where(self, i: int, light: int | None = None, *, parties: Iterable[int] = (), depth: int = 0) -> Where | None:
        """Return the place of the act at token `i`, stated by a locative phrase of its clause or of the one above.

        `parties`: tokens of whoever takes part; what they name is a place only where one is or goes there.
        """
        taken = frozenset(parties)
        own = [i, *([light] if light is not None else []), *(v.i for v in happenings(self.parse, self.predicates, i))]
        events = [e.i for e in hit_by(self.parse, i)]
        own += [*(c.i for c in told_along(self.parse, i)), *events]
        for j in own:
            found = self._best(j, taken)
            if found is not None:
                return found
        before = next((w for e in (i, *events) if (w := self._before_noun(e, taken)) is not None), None)
        return before or self._relative(i) or self._shared(i, taken, depth) or self._opening(i)

    def within(self, start: int, end: int) -> Where | None:
        """Return the place that a locative phrase names in a stretch: *control of the island*, *troops to the gulf*."""
        inside = [s for s in self.sites if start <= s.place.start and s.place.end <= end]
        found = [s for s in inside if in_class(s.prep, "locative") or s.prep in ("of", "object")]
        return found[0].where() if found else None

    def below(self, i: int, taken: frozenset[int] = frozenset()) -> Where | None:
        """Return the place of what an act forbids or is to bring about: *barred it from landing in Norland*."""
        parse = self.parse
        preps = tree.children(parse, i, "prep")
        barred = [c.i for p in preps if p.lemma == "from" for c in tree.children(parse, p.i, "pcomp")]
        nouns = [c.i for c in tree.children(parse, i, "dobj")]
        nouns += [o.i for p in preps if p.lemma == "for" for o in tree.children(parse, p.i, "pobj")]
        below = [c.i for n in nouns for c in tree.children(parse, n, "relcl", "acl")]
        aims = [c.i for c in tree.children(parse, i, "xcomp")] + below
        meant = [a for a in aims if any(x.text.lower() == "to" for x in tree.children(parse, a, "aux"))]
        found = (w for v in (*barred, *meant) if (w := self._best(v, taken)) is not None)
        return next(found, None)

    def _best(self, j: int, taken: frozenset[int]) -> Where | None:
        """Return the finest of the places that hang on token `j`."""
        here = [self.sites[n] for n in self._sites.get(j, [])]
        fit = [s for s in here if self._stands(s, taken)]
        ranked = sorted(fit, key=lambda s: (s.prep in _GOAL, _COARSE.get(s.place.kind or "", 0), s.place.start))
        return ranked[0].where() if ranked else None

    def _stands(self, s: Site, taken: frozenset[int]) -> bool:
        """Return whether a place says where: no party that something is done to or given to."""
        if s.prep == "object":
            verb = tree.head(self.parse, s.head).lemma
            return (
                in_class(verb, "motion")
                or in_class(verb, "striking")
                or (s.place.kind != "country" and s.head not in taken)
            )
        moved = s.prep not in _GOAL or s.head not in taken or s.place.kind != "country"
        return in_class(s.prep, "locative") and moved

    def _before_noun(self, i: int, taken: frozenset[int]) -> Where | None:
        """Return the town or site that stands before the noun of an act: *the Norport bombing*."""
        if is_verb(self.parse.tokens[i]):
            return None
        before = {c.i for c in tree.children(self.parse, i, "compound", "nmod")} - taken
        fine = (s for s in self.sites if s.head == i or s.token in before)
        return next((s.where() for s in fine if s.token in before and s.place.kind in ("city", "facility")), None)

    def _relative(self, i: int) -> Where | None:
        """Return the place of the clause that *where* takes up: *met in Norport, where they signed*."""
        for r in (self.parse.tokens[i], *tree.ancestors(self.parse, i)):
            noun = tree.head(self.parse, r.i)
            if r.dep == "relcl" and any(t.text.lower() == "where" for t in self.parse.tokens[noun.i + 1 : r.i]):
                above = next((a.i for a in tree.ancestors(self.parse, noun.i) if is_verb(a)), -1)
                named = [s for s in self.sites if noun.i in (s.token, s.head)]
                return named[0].where() if named else self.where(above) if 0 <= above < i else None
        return None

    def _shared(self, i: int, taken: frozenset[int], depth: int) -> Where | None:
        """Return the place of the clause that the act's own is part of: *gathered in Norport and burnt flags*."""
        above = governor(self.parse, i) if is_verb(self.parse.tokens[i]) else None
        return self.where(above[0], parties=taken, depth=depth + 1) if above is not None and depth < _DEEPEST else None

    def _opening(self, i: int) -> Where | None:
        """Return the place that opens the sentence, for its main clauses: *In Norland, where ..., two were jailed*."""
        s = tree.sentence_of(self.parse, i)
        if tree.first_conjunct(self.parse, i) != s.root:
            return None
        prep = self.parse.tokens[s.first].lemma.lower()
        for site in self.sites:
            if s.first < site.head <= min(s.first + _OPENS, i - 1) and site.prep == prep:
                return site.where() if in_class(prep, "locative") and prep not in _GOAL else None
        return None
