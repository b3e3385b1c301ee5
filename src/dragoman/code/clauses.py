"""The tree around a verb or noun: auxiliaries, negation, the word that governs it. No verdict on what happened."""

from dragoman.records import Parse, Token
from dragoman.scheme.status import status_lexicon
from dragoman.tree import children

CONDITION = frozenset({"if", "unless", "whether", "lest", "provided"})
GIVEN = frozenset({"the", "this", "these", "those", "that"})
AHEAD = frozenset({"until", "till", "once", "when", "before", "after", "as"})
UNREAL_PREPOSITIONS = frozenset({"instead", "rather"})
NOBODY = frozenset({"no", "neither", "none", "nobody", "nothing", "nor", "zero"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
NOUNS = frozenset({"NOUN", "PROPN"})


def auxiliaries(parse: Parse, token: Token) -> list[Token]:
    """Return the auxiliaries of a verb; a joined verb without its own shares those of the first."""
    own = children(parse, token.i, "aux", "auxpass")
    if not own and token.dep == "conj" and shares(parse, token):
        return auxiliaries(parse, parse.tokens[token.head])
    return own


def shares(parse: Parse, token: Token) -> bool:
    """Return whether a joined word stands under the same words as the first: a like form, no subject of its own."""
    head = parse.tokens[token.head]
    if token.pos in NOUNS:
        return head.pos in NOUNS
    alike = token.tag == head.tag or {token.tag, head.tag} <= {"VBN", "VBD"}
    return alike and not children(parse, token.i, "aux", "auxpass", *sorted(SUBJECTS))


def slot_of(parse: Parse, token: Token) -> tuple[Token, tuple[str, ...]] | None:
    """Return the word that governs `token` and the slots in which it stands, the likeliest first."""
    head = parse.tokens[token.head]
    if token.dep in {"ROOT", "conj"} or head.i == token.i:
        return None
    if token.dep in {"pobj", "pcomp"} and (head.dep == "prep" or head.pos in {"ADP", "SCONJ", "ADV", "PART"}):
        top = head
        while top.dep in {"prep", "pcomp", "advmod"} and parse.tokens[top.head].pos == "ADP" and top.head != top.i:
            top = parse.tokens[top.head]
        governor = parse.tokens[top.head]
        agent = top.dep == "agent"
        return (governor, (head.text.lower(), token.dep)) if governor.i != top.i and not agent else None
    if token.dep in {"dobj", "nsubjpass", "attr", "oprd"}:
        return head, ("dobj",)
    if token.dep == "compound" and head.pos in NOUNS and head.pos != "PROPN":
        return head, ("of",)
    if token.dep in {"xcomp", "ccomp"}:
        return head, (token.dep, "ccomp" if token.dep == "xcomp" else "xcomp")
    if token.dep == "advcl" and to_infinitive(parse, token):
        return (head, ("xcomp",)) if status_lexicon().embeds.get((head.lemma, head.pos, "xcomp")) else None
    if token.dep in {"acl", "relcl"} and (
        to_infinitive(parse, token) or any(c.text.lower() == "that" for c in children(parse, token.i, "mark"))
    ):
        return head, ("acl", "ccomp", "to")
    if token.dep == "nsubj":
        bare = head.tag == "VBN" and not children(parse, head.i, "aux", "auxpass")  # "with more shipments expected"
        return head, ("dobj",) if bare else ("nsubj",)
    if token.dep == "advcl" and token.tag == "VBG":
        return head, ("participle",)
    if token.dep == "advcl" and token.tag in {"VBZ", "VBP"} and timed(parse, token):
        return head, ("time",)
    if token.dep == "acl" and token.tag in {"VBG", "VBN"}:
        return head, ("described",)
    return None


def negation(parse: Parse, token: Token) -> str | None:
    """Return the word that negates a verb: not, never, no longer, a subject or object with no, without."""
    for c in children(parse, token.i):
        low = c.text.lower()
        if c.dep == "neg" or low in {"never", "hardly", "scarcely", "neither", "nor"}:
            return c.text
        if (
            c.dep in {"advmod", "npadvmod"}
            and low == "longer"
            and any(k.text.lower() == "no" for k in children(parse, c.i))
        ):
            return "no longer"
        if c.dep in {"nsubj", "nsubjpass", "dobj", "attr"}:
            if low in NOBODY:
                return c.text
            found = next((k.text for k in children(parse, c.i, "det", "neg") if k.text.lower() in NOBODY), None)
            if found:
                return found
    head = parse.tokens[token.head]
    if token.dep == "pcomp" and head.text.lower() in UNREAL_PREPOSITIONS:
        return head.text
    if (
        token.dep == "pcomp"
        and head.text.lower() in {"of", "than"}
        and parse.tokens[head.head].text.lower() in UNREAL_PREPOSITIONS
    ):
        return parse.tokens[head.head].text
    return None


def definite(parse: Parse, token: Token) -> list[Token]:
    """Return the words that make a noun one that is taken for granted: the, this, its."""
    return [c for c in children(parse, token.i, "det", "poss") if c.dep == "poss" or c.text.lower() in GIVEN]


def timed(parse: Parse, token: Token) -> bool:
    """Return whether a clause gives the time of another (until, once, when), which lies ahead in the present tense."""
    return any(c.text.lower() in AHEAD for c in children(parse, token.i, "mark", "advmod"))


def to_infinitive(parse: Parse, token: Token) -> bool:
    """Return whether a verb is an infinitive with "to"."""
    return token.tag == "VB" and any(c.text.lower() == "to" for c in children(parse, token.i, "aux"))


def conditional(parse: Parse, token: Token) -> bool:
    """Return whether a clause with "if" depends on a verb."""
    return any(
        k.text.lower() in CONDITION
        for c in children(parse, token.i, "advcl")
        for k in children(parse, c.i, "mark", "advmod")
    )
