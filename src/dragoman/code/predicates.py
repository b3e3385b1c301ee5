"""Finding predicates: every verb and event noun of a parse. Their status is read in `status` and `background`."""

from dragoman.code import factuality
from dragoman.code.background import Background
from dragoman.code.reader import Reader
from dragoman.code.status import ACTUAL, Finding, StatusReader
from dragoman.records import Parse, Predicate, Token
from dragoman.scheme.status import status_lexicon

# Which class of factuality a status belongs to, and how sure rules and encoder together must be to put a predicate into
# another class than the rules do: of records between parties the rules know most of what matters (chosen on the
# articles noted by hand).
CLASS = {
    "occurred": "fact", "ongoing": "fact", "planned": "uncertain", "hypothetical": "uncertain",
    "requested": "uncertain", "negotiating": "uncertain", "negated": "counter", "denied": "counter",
    "refused": "counter", "cancelled": "counter",
}  # fmt: skip
SURE, SURE_OF_RECORDS = 0.5, 0.9
DECIDED = frozenset({"denied", "refused", "negotiating"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def find_predicates(
    parse: Parse, published: str | None = None, reader: Reader | None = None, sure: float = SURE
) -> list[Predicate]:
    """Return the predicates of a parse in text order; `published` (an ISO date) tells which years are background."""
    rules, past, words = StatusReader(parse), Background(parse, published), reader or Reader(parse)
    found = []
    for t in parse.tokens:
        if not is_predicate(t):
            continue
        f = settle(rules, t, words, sure)
        found.append(
            Predicate(
                start=t.start, end=t.end, text=t.text, token=t.i, status=f.status, certainty=f.certainty, cue=f.cue,
                historical=past.holds(t.i),
            )
        )  # fmt: skip
    return found


def settle(rules: StatusReader, token: Token, words: Reader, sure: float) -> Finding:
    """Return the status of a predicate: that of the rules, or of another class where rules and encoder outweigh it.

    Negotiations, refusals, denials and hedges always stand; whatever else a word of the sentence marks (a negation, a
    modal, *planned*) stands but in text that speaks to its reader, where orders and wishes are marked by few words.
    """
    found = rules.status(token.i)
    told = words.word(token.i)
    if told is None or found.status in DECIDED:
        return found
    if found.cue is not None and (sure > SURE or not factuality.speaks_to_reader(rules.parse, token)):
        return found
    own = "uncertain" if found.certainty == "hedged" and found.status in ACTUAL else CLASS[found.status]
    shares = factuality.shares(rules.parse, token, found, told)
    best = max(shares, key=lambda c: (shares[c], c))
    if best == own or shares[best] < sure or (best == "fact" and found.certainty != "stated"):
        return found
    status = max((s for s in CLASS if CLASS[s] == best), key=lambda s: (told.status[s], s))
    return Finding(status=status, certainty=found.certainty, cue=found.cue)


def is_predicate(token: Token) -> bool:
    """Return whether a token names an event or state: a verb that is no auxiliary, or a noun for an act."""
    if token.pos in {"VERB", "AUX"}:
        return token.dep not in {"aux", "auxpass", "prep", "case", "mark"} and token.tag in VERB_TAGS
    if token.pos != "NOUN":
        return False
    return token.lemma in status_lexicon().nouns
