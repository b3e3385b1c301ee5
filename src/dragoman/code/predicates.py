"""Finding predicates: every verb and event noun of a parse. Their status is read in `status` and `background`."""

from dragoman.code.background import Background
from dragoman.code.leaning import CLASSES, lean, speaks_to_reader
from dragoman.code.status import ACTUAL, Finding, StatusReader
from dragoman.records import Parse, Predicate, Token
from dragoman.scheme.status import status_lexicon

DECIDED = frozenset({"negated", "denied", "refused", "cancelled", "negotiating"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def find_predicates(parse: Parse, published: str | None = None) -> list[Predicate]:
    """Return the predicates of a parse in text order; `published` (an ISO date) tells which years are background."""
    reader, past = StatusReader(parse), Background(parse, published)
    found = []
    for t in parse.tokens:
        if not is_predicate(t):
            continue
        f = settle(reader, t)
        found.append(
            Predicate(
                start=t.start, end=t.end, text=t.text, token=t.i, status=f.status, certainty=f.certainty, cue=f.cue,
                historical=past.holds(t.i),
            )
        )  # fmt: skip
    return found


def settle(reader: StatusReader, token: Token) -> Finding:
    """Return the status of a predicate: that of the rules, or of the model in text that speaks to its reader.

    There, what is asked, ordered or imagined counts as not done (negated) where the model, trained on how a crowd read
    such text, says so. Negotiations, refusals, denials and requests made in so many words stay what they are.
    """
    found = reader.status(token.i)
    if (
        found.status in DECIDED
        or (found.lexical and found.status == "requested")
        or not speaks_to_reader(reader.parse, token)
    ):
        return found
    shares = lean(reader, token)
    best = max(CLASSES, key=lambda c: shares[c])
    if best == "counter":
        return Finding(status="negated", certainty=found.certainty, cue=found.cue)
    if best == "uncertain" and found.status in ACTUAL:
        return Finding(status="hypothetical", certainty=found.certainty, cue=found.cue)
    return found


def is_predicate(token: Token) -> bool:
    """Return whether a token names an event or state: a verb that is no auxiliary, or a noun for an act."""
    if token.pos in {"VERB", "AUX"}:
        return token.dep not in {"aux", "auxpass", "prep", "case", "mark"} and token.tag in VERB_TAGS
    if token.pos != "NOUN":
        return False
    return token.lemma in status_lexicon().nouns
