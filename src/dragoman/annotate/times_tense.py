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
_RANKS = frozenset("first second third last only latest".split())
_BEFORE_NOUN = frozenset("poss compound nmod amod".split())


def direction(parse: Parse, start: int, end: int, *, day: bool = False) -> str:
    """Return "past", "future" or "" (the verb does not tell) for the expression at these offsets.

    `day`: it names a day, which "for" sets ahead ("called a strike for Monday", against "the figures for July").
    """
    i = head_of_span(parse, start, end)
    if i < 0:
        return ""
    noun = _noun_after(parse, i)
    if _set_for(parse, start) or (day and noun is None and _for_that_day(parse, start, end)):
        return "future"
    found = _governed(parse, start, end)
    if found == "future" and noun is not None and _sense(noun) not in {"appointed", "fixed"}:
        return ""  # "they will discuss Monday's attack": what the verb says holds for the talk, not for the attack
    return found


def _governed(parse: Parse, start: int, end: int) -> str:
    """Return the direction that the nearest verb above gives which has one."""
    i = head_of_span(parse, start, end)
    sentence = parse.tokens[i].sentence
    for token in (parse.tokens[i], *ancestors(parse, i)):
        if token.sentence != sentence:
            break
        if token.pos not in {"VERB", "AUX"} or _begins_after(parse, token, end):
            continue
        if found := _tense(parse, token):
            moved = _sense(token) == "defer" or (token.tag == "VBN" and _plans(token))
            put_off = found == "past" and moved and not _auxiliary(parse, token, "had")
            ahead = put_off and _looks_ahead(parse, start, end)
            return "future" if ahead or (found == "past" and _appoints(parse, token, start)) else found
    return "future" if _looks_ahead(parse, start, end) else ""


def _begins_after(parse: Parse, verb: Token, end: int) -> bool:
    """Return whether the verb is an infinitive that begins behind the time: "offered on Monday to resign"."""
    return any(a.text.lower() == "to" and a.start >= end for a in children(parse, verb.i, "aux"))


def _noun_after(parse: Parse, i: int) -> Token | None:
    """Return the noun that a time stands before as its possessor or attribute: "Monday's attack", "the May vote"."""
    time, noun = parse.tokens[i], parse.tokens[parse.tokens[i].head]
    return noun if time.dep in _BEFORE_NOUN and noun.i > i and noun.pos in {"NOUN", "PROPN"} else None


def _for_that_day(parse: Parse, start: int, end: int) -> bool:
    """Return whether "for" sets something for the day: "a strike for Monday", not "the toll for Monday"."""
    before = tokens_between(parse, max(0, start - 12), start)
    after = tokens_between(parse, end, end + 3)
    if not before or before[-1].text.lower() != "for" or (after and after[0].tag == "POS"):
        return False
    above = parse.tokens[before[-1].head]
    return _sense(above) != "measured" and not _auxiliary(parse, above, "had")


def _appoints(parse: Parse, verb: Token, start: int) -> bool:
    """Return whether a verb told in the past sets what is to be on the day: "planned a rally on Monday"."""
    sense = _sense(verb)
    if sense not in {"plan", "schedule"} or verb.tag != "VBD":
        return False
    asked = (o for p in children(parse, verb.i, "prep") if p.text.lower() == "for" for o in children(parse, p.i))
    objects = [o for o in (*children(parse, verb.i, "dobj"), *asked) if verb.end <= o.start and o.end <= start]
    return any(sense == "schedule" or _sense(o) in {"appointed", "staged"} for o in objects)


def comes(parse: Parse, start: int, end: int) -> bool:
    """Return whether the verb above only says that something came or happened then ("the speech came a week after")."""
    i = head_of_span(parse, start, end)
    verb = next((t for t in ancestors(parse, i) if t.pos in {"VERB", "AUX"}), None) if i >= 0 else None
    return verb is not None and verb.lemma.lower() in _COMING


def term(parse: Parse, start: int, end: int) -> str:
    """Return "in" or "within" where that word makes a length the term of what will be ("will leave in two weeks").

    "The biggest cut in two years" hangs on a noun, "within a week of the vote" counts from elsewhere: "" for both.
    """
    i = head_of_span(parse, start, end)
    before = tokens_between(parse, max(0, start - 8), start)
    after = tokens_between(parse, end, end + 4)
    if i < 0 or not before or (after and after[0].text.lower() in {"of", "'s", "’s"}):
        return ""
    prep = before[-1]
    tied = parse.tokens[i].head == prep.i and parse.tokens[prep.head].pos in {"VERB", "AUX"}
    said = prep.text.lower()
    return said if said in {"in", "within"} and tied and _governed(parse, start, end) == "future" else ""


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
        if _prospective(parse, verb):
            return "future"
        planned = head.i != verb.i and _plans(head)
        return ("past" if _over(parse, head) else "future") if planned else ""
    if verb.tag in {"VBZ", "VBP"} and any(_plans(a) for a in children(parse, verb.i, "acomp")):  # "is due on Monday"
        return "future"
    if verb.tag in {"VBZ", "VBP"}:  # "they meet on Monday", "they plan to": what is fixed is told in the present
        return "future" if _fixed(parse, verb) or (_plans(verb) and _has_aim(parse, verb)) else ""
    if verb.tag == "VBG":
        return "future" if texts & {"is", "are", "am", "'s", "'re", "'m"} else ""
    if verb.tag == "VBN":  # "talks planned on Monday" lie ahead, "a truce agreed on Monday" was agreed then
        return "future" if _sense(verb) == "schedule" else "" if texts & _PRESENT else "past"
    return ""


def _fixed(parse: Parse, verb: Token) -> bool:
    """Return whether what the verb tells has its appointed day: "meets", "takes effect", "the vote is"."""
    objects = children(parse, verb.i, "nsubj" if verb.lemma.lower() == "be" else "dobj")
    return _sense(verb) == "fixed" or any(_sense(o) in {"appointed", "fixed"} for o in objects)


def _prospective(parse: Parse, verb: Token) -> bool:
    """Return whether an infinitive says what will be done with a thing: "sanctions, to be imposed on Monday".

    "The first woman to be killed" has been, "he flew home to be honoured" tells a purpose: the comma sets those apart.
    """
    to = next(a for a in children(parse, verb.i, "aux") if a.text.lower() == "to")
    passive = any(a.text.lower() == "be" for a in children(parse, verb.i, "auxpass"))
    apart = to.i > 0 and parse.tokens[to.i - 1].text == ","
    if apart:
        return passive or _fixed(parse, verb)
    above = parse.tokens[verb.head]
    ranked = any(t.tag == "JJS" or t.text.lower() in _RANKS for t in (above, *children(parse, above.i)))
    return passive and verb.dep in {"acl", "relcl"} and above.pos in {"NOUN", "PROPN"} and not ranked


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
    return _sense(verb) in {"plan", "schedule"}


def _sense(token: Token) -> str:
    """Return what data/calendar/planning.tsv says of a word: which way it makes a time look; "" where nothing."""
    senses = words("planning", "lemma", "sense")
    return senses.get(token.lemma.lower()) or senses.get(token.text.lower(), "")


def _auxiliary(parse: Parse, verb: Token, text: str) -> bool:
    return any(a.text.lower() == text for a in children(parse, verb.i, "aux", "auxpass"))


def _has_aim(parse: Parse, verb: Token) -> bool:
    """Return whether a verb of planning has what it plans: "plan to meet", "predict landfall"."""
    return _sense(verb) == "schedule" or _has_infinitive(parse, verb) or bool(children(parse, verb.i, "dobj"))


def _has_infinitive(parse: Parse, verb: Token) -> bool:
    return any(
        any(a.text.lower() == "to" for a in children(parse, x.i, "aux"))
        for x in children(parse, verb.i, "xcomp", "ccomp")
    )
