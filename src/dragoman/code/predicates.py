"""Finding predicates: every verb and event noun of a parse with its own status. The status itself is read in `status` and `background`."""

from dragoman.code.background import Background
from dragoman.code.status import StatusReader
from dragoman.records import Parse, Predicate, Token
from dragoman.scheme.status import status_lexicon

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def find_predicates(parse: Parse, published: str | None = None) -> list[Predicate]:
    """Return the predicates of a parse in text order; `published` (an ISO date) tells which years are background."""
    reader, past = StatusReader(parse), Background(parse, published)
    found = []
    for t in parse.tokens:
        if not is_predicate(parse, t):
            continue
        f = reader.status(t.i)
        found.append(
            Predicate(
                start=t.start, end=t.end, text=t.text, token=t.i, status=f.status, certainty=f.certainty, cue=f.cue,
                historical=past.holds(t.i),
            )
        )  # fmt: skip
    return found


def is_predicate(parse: Parse, token: Token) -> bool:
    """Return whether a token names an event or state: a verb that is no auxiliary, or a noun that stands for an act."""
    if token.pos in {"VERB", "AUX"}:
        return token.dep not in {"aux", "auxpass", "prep", "case", "mark"} and token.tag in VERB_TAGS
    if token.pos != "NOUN":
        return False
    return token.lemma in status_lexicon().nouns
