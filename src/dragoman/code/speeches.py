"""On which day somebody spoke, where it is told once and the speech goes on. What is said is read elsewhere."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from dragoman import tree
from dragoman.code.timing import Timing
from dragoman.code.voices import Voices
from dragoman.records import Party, Record, When
from dragoman.scheme.states import state_name
from dragoman.scheme.words import in_class

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REACH = 3  # sentences from one word of a speaker to his next; a report that turns away for longer has left the speech


class Words(Record, frozen=True):
    """A verb by which somebody speaks: its token and the names of whoever speaks."""

    token: int
    speakers: frozenset[str]


class Speeches:
    """The times of speaking of one document, by the token of the verb of speaking."""

    def __init__(self, timing: Timing, cues: AbstractSet[int], spoken: Iterable[Words] = ()) -> None:
        self.parse = timing.parse
        self.timing = timing
        self._cues = cues
        self._when: dict[int, When] = {}
        last: dict[str, int] = {}  # the token at which each speaker was last heard
        for w in sorted(spoken, key=lambda w: w.token):
            before = max((last[n] for n in w.speakers if n in last), default=None)
            found = timing.when(w.token) or (self._continued(before, w.token) if before is not None else None)
            if found is not None:
                self._when[w.token] = found
            if found is not None and _DAY.fullmatch(found.edtf):
                last |= dict.fromkeys(w.speakers, w.token)

    def when(self, i: int) -> When | None:
        """Return when the words of the verb at token `i` were spoken, by its own time or that of the speech."""
        return self._when.get(i)

    def _continued(self, before: int, i: int) -> When | None:
        """Return the time of the words before where those at `i` go on with them: told in the past, no other time."""
        tokens, then = self.parse.tokens, self._when[before]
        first, last = tokens[before].sentence, tokens[i].sentence
        if last - first > _REACH or not self._is_narrated(i):
            return None
        roots = (self.parse.sentences[n].root for n in range(first + 1, last + 1))
        others = (w for r in roots if (w := self.timing.when(r)) is not None)
        if any(w.edtf != then.edtf for w in others):
            return None
        return When(edtf=then.edtf, text=then.text, start=then.start, end=then.end, basis=_said_before(then.basis))

    def _is_narrated(self, i: int) -> bool:
        """Return whether a verb tells what was done then: the plain past, no *had*, no *earlier*, not in quotation."""
        t = self.parse.tokens[i]
        helpers = {a.text.lower() for a in tree.children(self.parse, i, "aux")}
        inside = self.timing.quoted(t.start) or any(a.i in self._cues for a in tree.ancestors(self.parse, i))
        told = t.tag == "VBD" or (t.tag == "VBG" and helpers & {"was", "were"})
        apart = any(in_class(c.lemma, "other_time") for c in tree.children(self.parse, i, "advmod"))
        return bool(told) and not apart and not inside


def words_of(voices: Voices) -> list[Words]:
    """Return the verbs of the attributions of a document with their speakers, nameless ones and states left out."""
    found = []
    for a in voices.attributions:
        speakers = named(v.actor for v in voices.voices(a))
        tokens = (tree.head_of_span(voices.parse, c.start, c.end) for c in a.cue)
        found += [Words(token=i, speakers=speakers) for i in tokens if i >= 0]
    return found


def named(parties: Iterable[Party | None]) -> frozenset[str]:
    """Return the names of parties that one can hear speak: a person, a body; a state speaks with too many mouths."""
    return frozenset(p.name for p in parties if p is not None and p.name != state_name(p.country or ""))


def _said_before(basis: str) -> str:
    return f"{basis.split(',', maxsplit=1)[0]}, same speech"
