"""Finding predicates: every verb and event noun of a parse. Their status is read in `status` and `background`."""

from collections.abc import Mapping

from dragoman.code.background import Background
from dragoman.code.reader import Reader
from dragoman.code.status import ACTUAL, Finding, StatusReader
from dragoman.records import Parse, Predicate, Token
from dragoman.scheme.status import status_lexicon
from dragoman.tree import children

# Which class of factuality a status belongs to, and how sure the encoder must be to put a predicate into another class
# than the rules do: chosen on the dev splits of the two factuality sets, in steps of 0.1; for records between parties,
# where the rules know most of what matters, on the articles noted by hand.
CLASS = {
    "occurred": "fact", "ongoing": "fact", "planned": "uncertain", "hypothetical": "uncertain",
    "requested": "uncertain", "negotiating": "uncertain", "negated": "counter", "denied": "counter",
    "refused": "counter", "cancelled": "counter",
}  # fmt: skip
SURE = {"fact": 0.60, "uncertain": 0.50, "counter": 0.60}
SURE_OF_RECORDS = dict.fromkeys(SURE, 0.90)
PARTIES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
QUOTES = frozenset({'"', "``", "''", "“", "”"})
PERSONAL = frozenset({"you", "your", "yours", "yourself", "i", "my", "me", "mine", "myself"})
SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
DECIDED = frozenset({"negated", "denied", "refused", "cancelled", "negotiating"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


def find_predicates(
    parse: Parse, published: str | None = None, reader: Reader | None = None, sure: Mapping[str, float] = SURE
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


def settle(rules: StatusReader, token: Token, words: Reader, sure: Mapping[str, float]) -> Finding:
    """Return the status of a predicate: that of the rules, or of another class where the encoder is sure of it.

    What a word of the sentence marks (a negation, a modal, *planned*, *denied*) stands, but in text that
    speaks to its reader, where orders, questions and wishes are marked by few words. Negotiations, refusals and denials
    always stand.
    """
    found = rules.status(token.i)
    marked = found.status in DECIDED or (found.lexical and found.status == "requested")
    told = words.word(token.i)
    if marked or told is None or (found.cue is not None and not speaks_to_reader(rules.parse, token)):
        return found
    own = "uncertain" if found.certainty == "hedged" and found.status in ACTUAL else CLASS[found.status]
    best = max(told.facts, key=lambda c: (told.facts[c], c))
    if best == "fact" and found.certainty != "stated":
        return found
    if best == own or told.facts[best] < sure[best]:
        return found
    status = max((s for s in CLASS if CLASS[s] == best), key=lambda s: (told.status[s], s))
    return Finding(status=status, certainty="stated" if best == "fact" else found.certainty, cue=found.cue)


def speaks_to_reader(parse: Parse, token: Token) -> bool:
    """Return whether a predicate's sentence asks, orders or tells of its writer, names no party and quotes nobody."""
    s = parse.sentences[token.sentence]
    here = parse.tokens[s.first : s.last]
    words = {t.text.lower() for t in here}
    if any(t.ent in PARTIES for t in here) or words & QUOTES:
        return False
    order = parse.tokens[s.root].tag in ("VB", "VBP") and not children(parse, s.root, *SUBJECTS)
    return "?" in words or bool(words & PERSONAL) or order


def is_predicate(token: Token) -> bool:
    """Return whether a token names an event or state: a verb that is no auxiliary, or a noun for an act."""
    if token.pos in {"VERB", "AUX"}:
        return token.dep not in {"aux", "auxpass", "prep", "case", "mark"} and token.tag in VERB_TAGS
    if token.pos != "NOUN":
        return False
    return token.lemma in status_lexicon().nouns
