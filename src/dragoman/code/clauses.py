"""The tree around a verb or noun: auxiliaries, negation, the word that governs it. No verdict on what happened."""

from dragoman.records import Parse, Token
from dragoman.scheme.speech import cue_kinds
from dragoman.scheme.status import status_lexicon
from dragoman.tree import children

CONDITION = frozenset({"if", "unless", "whether", "lest", "provided"})
GIVEN = frozenset({"the", "this", "these", "those", "that"})
AHEAD = frozenset({"until", "till", "once", "when", "before", "after", "as"})
UNREAL_PREPOSITIONS = frozenset({"instead", "rather"})
NOBODY = frozenset({"no", "neither", "none", "nobody", "nothing", "nor", "zero"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
NOUNS = frozenset({"NOUN", "PROPN"})
PRESENT_TAGS = frozenset({"VBZ", "VBP"})
WHENEVER = frozenset({"when", "whenever", "wherever"})
WHOEVER = frozenset({"whoever", "whatever", "whichever", "whenever"})
RANKED = frozenset({"first", "second", "third", "last", "latest", "only", "next", "one"})
COUNTED_BY = frozenset({"among", "amongst", "of"})
TELLING_KINDS = frozenset({"say", "judge"})
TOGETHER = frozenset({"discuss", "protest", "demonstrate", "mark", "mourn", "celebrate", "debate"})
ADOPT = frozenset({"adopt", "pass", "approve", "enact", "endorse", "sign", "ratify", "promulgate"})


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
        return head, (token.dep, "ccomp" if token.dep == "xcomp" else "xcomp", "means", *told_by(token))
    if token.dep == "advcl" and to_infinitive(parse, token):
        told = told_by(token)
        return (head, ("xcomp", "means", *told)) if _asks_for(head, "xcomp", "means", *told) else None
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


def told_by(token: Token) -> tuple[str, ...]:
    """Return the slot where saying or gathering is done by its very means: "took the floor to thank"."""
    told = cue_kinds().get(f"{token.lemma}/VERB") in TELLING_KINDS or token.lemma in TOGETHER
    return ("telling",) if told else ()


def _asks_for(head: Token, *slots: str) -> bool:
    return any((head.lemma, head.pos, slot) in status_lexicon().embeds for slot in slots)


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
    """Return whether a verb is an infinitive with "to", active or passive: "to impose", "to be imposed"."""
    bare = token.tag == "VB" or any(c.tag == "VB" and c.lemma == "be" for c in children(parse, token.i, "auxpass"))
    return bare and any(c.text.lower() == "to" for c in children(parse, token.i, "aux"))


def conditional(parse: Parse, token: Token) -> bool:
    """Return whether a clause with "if" depends on a verb."""
    return any(
        k.text.lower() in CONDITION
        for c in children(parse, token.i, "advcl")
        for k in children(parse, c.i, "mark", "advmod")
    )


def generic(parse: Parse, token: Token) -> str | None:
    """Return the word that makes a clause in the present hold for any such case: "when one is attacked", "whoever"."""
    aux = {a.text.lower() for a in children(parse, token.i, "aux", "auxpass")}
    present = token.tag in PRESENT_TAGS or (token.tag == "VBN" and bool(aux & {"is", "are"}) and "been" not in aux)
    if not present:
        return None
    above = parse.tokens[token.head]
    if token.dep == "advcl" and (above.tag in PRESENT_TAGS or auxiliaries(parse, above)):
        return next((c.text for c in children(parse, token.i, "advmod", "mark") if c.text.lower() in WHENEVER), None)
    return next((c.text for c in children(parse, token.i, "nsubj", "nsubjpass") if c.text.lower() in WHOEVER), None)


def customary(parse: Parse, token: Token) -> str | None:
    """Return the word that calls what an infinitive names usual: "it is common for states to expel envoys"."""
    head = parse.tokens[token.head]
    if not to_infinitive(parse, token) or head.lemma != "be":
        return None
    usual = status_lexicon().embeds
    found = children(parse, head.i, "acomp", "attr", "oprd")
    return next((c.text for c in found if (c.lemma.lower(), c.pos, "custom") in usual), None)


def counted(parse: Parse, token: Token) -> Token | None:
    """Return the verb that holds an infinitive for done: "was among the states to sign", "was the first to sign"."""
    if not (token.tag == "VB" and any(c.text.lower() == "to" for c in children(parse, token.i, "aux"))):
        return None
    head = parse.tokens[token.head]
    if head.lemma == "be":
        verb, near = head, [c for c in children(parse, head.i) if c.i < token.i]
    elif head.pos in NOUNS | {"NUM", "ADJ", "PRON"}:
        verb, near = _over(parse, head), [head, parse.tokens[head.head]]
    elif head.text.lower() in COUNTED_BY:
        verb, near = parse.tokens[head.head], [head]
    else:
        return None
    if verb.lemma not in {"be", "become"} or token.i == verb.i:
        return None
    among = any(c.text.lower() in {"among", "amongst"} for c in near)
    ranked = any(c.text.lower() in RANKED for n in near for c in [n, *children(parse, n.i, "amod", "nummod")])
    past = verb.tag in {"VBD", "VBN"}
    return verb if (among and past) or (ranked and (past or verb.tag in PRESENT_TAGS)) else None


def _over(parse: Parse, noun: Token) -> Token:
    """Return the word above a noun, over "among" and "one of"."""
    t = parse.tokens[noun.head]
    while t.dep != "ROOT" and (t.pos == "ADP" or t.text.lower() in RANKED) and t.head != t.i:
        t = parse.tokens[t.head]
    return t


def enacted(parse: Parse, noun: Token) -> bool:
    """Return whether a bill or motion is what a verb of passing passes."""
    verb = parse.tokens[noun.head]
    return noun.dep in {"dobj", "nsubjpass"} and verb.lemma in ADOPT


def any_under(parse: Parse, noun: Token) -> Token | None:
    """Return the nearest verb above a noun with "any": what negates that verb negates the noun."""
    if not any(c.text.lower() == "any" for c in children(parse, noun.i, "det")):
        return None
    t = parse.tokens[noun.head]
    while t.head != t.i and t.pos not in {"VERB", "AUX"}:
        t = parse.tokens[t.head]
    return t if t.pos in {"VERB", "AUX"} else None


def holds_now(parse: Parse, verb: Token) -> bool:
    """Return whether a verb stands in the present; the parser takes many a plural present for a bare form."""
    aux = {a.text.lower() for a in auxiliaries(parse, verb)}
    subject = children(parse, verb.i, "nsubj")
    bare = verb.tag == "VB" and not aux and bool(subject) and subject[0].tag in {"NNS", "NNPS"}
    return verb.tag in PRESENT_TAGS or bare or bool(aux & {"is", "are", "has", "have", "'s", "'re", "'ve"})
