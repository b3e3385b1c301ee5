"""Which way a time expression looks, past or future, by the verb that governs it. Dates are worked out elsewhere."""

import re

from dragoman.records import Parse, Token
from dragoman.scheme.calendar import words
from dragoman.tree import ancestors, children, head_of_span, tokens_between

_MODALS = frozenset("will shall wo 'll ca can may might must should would could".split())
_PAST_AUXILIARIES = frozenset(["was", "were", "did", "had", "has", "have", "been"])
_NONE = frozenset("no none nobody neither".split())
_PRESENT = frozenset("is are 's 're am".split())
_SET = re.compile(
    r"\b(?:effective|payable|as (?:soon|early|late) as|(?:planned|scheduled|slated|set|billed) for)\s+"
    r"(?:on\s+|early\s+|late\s+)?$",
    re.IGNORECASE,
)
_COMING = frozenset(["come", "happen", "occur", "be", "follow"])
_AHEAD = frozenset("by until till to before from starting beginning through effective due".split())


def direction(parse: Parse, start: int, end: int) -> str:
    """Return "past", "future" or "" (the verb does not tell) for the expression at these offsets."""
    i = head_of_span(parse, start, end)
    if i < 0:
        return ""
    if _set_for(parse, start):
        return "future"
    sentence = parse.tokens[i].sentence
    for token in (parse.tokens[i], *ancestors(parse, i)):
        if token.sentence != sentence:
            break
        if token.pos in {"VERB", "AUX"} and (found := _tense(parse, token)):
            moved = _sense(token) == "defer" or (token.tag == "VBN" and _plans(token))
            put_off = found == "past" and moved and not _auxiliary(parse, token, "had")
            return "future" if put_off and _looks_ahead(parse, start, end) else found
    return "future" if _looks_ahead(parse, start, end) else ""


def comes(parse: Parse, start: int, end: int) -> bool:
    """Return whether the verb above only says that something came or happened then ("the speech came a week after")."""
    i = head_of_span(parse, start, end)
    verb = next((t for t in ancestors(parse, i) if t.pos in {"VERB", "AUX"}), None) if i >= 0 else None
    return verb is not None and verb.lemma.lower() in _COMING


def _set_for(parse: Parse, start: int) -> bool:
    """Return whether the words before set the date, in whatever tense: "effective June 1", "as soon as Tuesday"."""
    return _SET.search(parse.text, max(0, start - 24), start) is not None


def _looks_ahead(parse: Parse, start: int, end: int) -> bool:
    before = tokens_between(parse, max(0, start - 12), start)
    after = tokens_between(parse, end, end + 3)
    return bool(before) and before[-1].text.lower() in _AHEAD and not (after and after[0].tag == "POS")


def _tense(parse: Parse, verb: Token) -> str:
    """Return the direction that one verb gives: its modal, its auxiliaries, its form, the verb that plans it."""
    auxiliaries = children(parse, verb.i, "aux", "auxpass")
    texts = {a.text.lower() for a in auxiliaries}
    if any(a.tag == "MD" for a in auxiliaries) or texts & _MODALS:
        return "past" if "have" in texts or ("could" in texts and _denied(parse, verb)) else "future"
    if verb.tag == "VBD" or texts & _PAST_AUXILIARIES:
        return (
            "future"
            if verb.tag == "VBN" and not texts & {"did", "had"} and _plans(verb) and _has_infinitive(parse, verb)
            else "past"
        )
    if "to" in texts:
        head = parse.tokens[verb.head]
        if head.lemma.lower() == "be" and head.tag in {"VBZ", "VBP"} and head.i < verb.i:
            return "future"  # "they are to meet on Friday"
        planned = head.i != verb.i and _plans(head)
        return ("past" if _over(parse, head) else "future") if planned else ""
    if verb.tag in {"VBZ", "VBP"} and any(_plans(a) for a in children(parse, verb.i, "acomp")):  # "is due on Monday"
        return "future"
    if verb.tag in {"VBZ", "VBP"}:  # "they meet on Monday", "they plan to": what is fixed is told in the present
        return "future" if _sense(verb) == "fixed" or (_plans(verb) and _has_infinitive(parse, verb)) else ""
    if verb.tag == "VBG":
        return "future" if texts & {"is", "are", "am", "'s", "'re", "'m"} else ""
    if verb.tag == "VBN":
        return "future" if _plans(verb) else "" if texts & _PRESENT else "past"
    return ""


def _denied(parse: Parse, verb: Token) -> bool:
    """Return whether the clause is negated: "could not be reached", "no official could", "neither could"."""
    subjects = children(parse, verb.i, "nsubj", "nsubjpass")
    words_in = {t.text.lower() for s in subjects for t in (s, *children(parse, s.i, "det", "preconj", "cc"))}
    return bool(children(parse, verb.i, "neg")) or bool(words_in & _NONE)


def _over(parse: Parse, head: Token) -> bool:
    """Return whether the plan itself is behind: "had been due to expire"."""
    near = {a.text.lower() for a in children(parse, head.i, "aux", "auxpass")}
    above = {a.text.lower() for a in children(parse, head.head, "aux", "auxpass")} if head.pos == "ADJ" else set()
    return "had" in near | above


def _plans(verb: Token) -> bool:
    return _sense(verb) == "plan"


def _sense(verb: Token) -> str:
    """Return "plan" or "defer" for a word whose complement lies ahead, "fixed" for what has an appointed day, or ""."""
    senses = words("planning", "lemma", "sense")
    return senses.get(verb.lemma.lower()) or senses.get(verb.text.lower(), "")


def _auxiliary(parse: Parse, verb: Token, text: str) -> bool:
    return any(a.text.lower() == text for a in children(parse, verb.i, "aux", "auxpass"))


def _has_infinitive(parse: Parse, verb: Token) -> bool:
    return any(
        any(a.text.lower() == "to" for a in children(parse, x.i, "aux"))
        for x in children(parse, verb.i, "xcomp", "ccomp")
    )
