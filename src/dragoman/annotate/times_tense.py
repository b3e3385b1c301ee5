"""Which way a time expression looks, past or future, by the verb that governs it. Dates are worked out elsewhere."""

from dragoman.records import Parse, Token
from dragoman.scheme.calendar import words
from dragoman.tree import ancestors, children, head_of_span, tokens_between

_MODALS = frozenset("will shall wo 'll ca can may might must should would could".split())
_PAST_AUXILIARIES = frozenset(["was", "were", "did", "had", "has", "have", "been"])
_AHEAD = frozenset("by until till before from starting beginning through effective due".split())


def direction(parse: Parse, start: int, end: int) -> str:
    """Return "past", "future" or "" (the verb does not tell) for the expression at these offsets."""
    i = head_of_span(parse, start, end)
    if i < 0:
        return ""
    sentence = parse.tokens[i].sentence
    for token in (parse.tokens[i], *ancestors(parse, i)):
        if token.sentence != sentence:
            break
        if token.pos in {"VERB", "AUX"} and (found := _tense(parse, token)):
            return found
    return "future" if _looks_ahead(parse, start) else ""


def _looks_ahead(parse: Parse, start: int) -> bool:
    before = tokens_between(parse, max(0, start - 12), start)
    return bool(before) and before[-1].text.lower() in _AHEAD


def _tense(parse: Parse, verb: Token) -> str:
    """Return the direction that one verb gives: its modal, its auxiliaries, its form, the verb that plans it."""
    auxiliaries = children(parse, verb.i, "aux", "auxpass")
    texts = {a.text.lower() for a in auxiliaries}
    if any(a.tag == "MD" for a in auxiliaries) or texts & _MODALS:
        return "past" if "have" in texts else "future"
    if verb.tag == "VBD" or texts & _PAST_AUXILIARIES:
        return "future" if verb.tag == "VBN" and not texts & {"did", "had"} and _plans(verb) and _has_infinitive(parse, verb) else "past"
    if "to" in texts:
        head = parse.tokens[verb.head]
        return "future" if head.i != verb.i and _plans(head) else ""
    if verb.tag == "VBG":
        return "future" if texts & {"is", "are", "am", "'s", "'re", "'m"} else ""
    if verb.tag == "VBN":
        return "future" if _plans(verb) else "past"
    return ""


def _plans(verb: Token) -> bool:
    return verb.lemma.lower() in words("planning", "lemma", "lemma") or verb.text.lower() in words("planning", "lemma", "lemma")


def _has_infinitive(parse: Parse, verb: Token) -> bool:
    return any(any(a.text.lower() == "to" for a in children(parse, x.i, "aux")) for x in children(parse, verb.i, "xcomp", "ccomp"))
