"""Who acts in a clause: passives, inherited and reclaimed subjects, coordination. Prepositions are in `slots`."""

from collections.abc import Iterable
from itertools import pairwise

from dragoman import tree
from dragoman.records import Parse, Token
from dragoman.scheme.words import in_class

PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
OBJECTS = ("dobj", "oprd")
_GIVING = frozenset(
    {"give", "award", "offer", "grant", "hand", "pay", "promise", "owe", "send", "show", "teach", "deny"}
)
_CAUSING = ("have", "get", "see")
_RELATIVES = frozenset({"which", "who", "that", "whom"})


def is_verb(token: Token) -> bool:
    """Return whether the token is a verb form, participles tagged as adjectives left out."""
    if token.dep == "prep":  # *according to*, *including*, *following*
        return False
    return token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass"))


def is_passive(parse: Parse, v: int) -> bool:
    """Return whether the verb is a passive, a reduced passive participle after its noun included."""
    t = parse.tokens[v]
    if tree.children(parse, v, "auxpass"):
        return True
    if tree.children(parse, v, *PASSIVE_SUBJECTS):
        return t.tag != "VBD"
    if _misread(parse, v):
        return False
    if tree.children(parse, v, "agent") and not tree.children(parse, v, "nsubj"):
        return True
    if (
        t.tag == "VBN"
        and t.dep == "ccomp"
        and tree.head(parse, v).lemma in _CAUSING
        and not tree.children(parse, v, "aux")
    ):
        return True  # *had their assets frozen*
    if t.tag != "VBN" or tree.children(parse, v, "aux"):
        return (
            t.dep == "conj"
            and t.tag == "VBN"
            and is_passive(parse, t.head)
            and not tree.children(parse, v, "nsubj", "csubj", "expl")
        )
    return t.dep in ("acl", "amod", "advcl", "relcl") and not tree.children(parse, v, *OBJECTS)


def _misread(parse: Parse, v: int) -> bool:
    """Return whether a past tense was parsed as a modifier of a root noun: *The minister left*, *They voted by ...*."""
    t = parse.tokens[v]
    if t.dep != "acl" or not tree.is_root(parse, t.head):
        return False
    gerund = any(tree.children(parse, a.i, "pcomp") for a in tree.children(parse, v, "agent"))
    acts = v == t.head + 1 and t.lemma not in _GIVING and bool(tree.children(parse, v, "dobj"))  # *a coup removed him*
    return t.tag == "VBD" or (t.tag == "VBN" and (gerund or acts))


def unfold(parse: Parse, heads: Iterable[int]) -> tuple[int, ...]:
    """Return the heads with the nouns coordinated to them; a relative pronoun gives way to its antecedent."""
    found: list[int] = []
    for h in heads:
        for real in _counted(parse, antecedent(parse, h)):
            for i in (real, *tree.conjuncts(parse, real), *_behind_name(parse, real), *_instances(parse, real)):
                if i not in found and not is_verb(parse.tokens[i]) and robbed(parse, i) is None:
                    found.append(i)
    return tuple(found)


def _counted(parse: Parse, i: int) -> tuple[int, ...]:
    """Return the noun that a quantity counts: in *thousands of casualties*, the casualties."""
    if not in_class(parse.tokens[i].lemma, "quantifier"):
        return (i,)
    of = [o.i for p in tree.children(parse, i, "prep") if p.lemma == "of" for o in tree.children(parse, p.i, "pobj")]
    return tuple(of) or (i,)


def robbed(parse: Parse, i: int) -> int | None:
    """Return the verb whose subject token `i` is although the parser joined it to the object before.

    In *the troops beat the rebels and Norland would send help*, Norland is parsed as a second object of *beat*.
    """
    t = parse.tokens[i]
    if t.dep != "conj" or t.pos not in ("NOUN", "PROPN", "PRON") or i + 1 >= len(parse.tokens):
        return None
    after = parse.tokens[i + 1]
    verb = parse.tokens[after.head] if after.dep in ("aux", "auxpass") else after
    finite = after.tag in ("MD", "VBZ", "VBP", "VBD") and verb.i > i and verb.sentence == t.sentence
    if (
        not finite
        or verb.dep not in ("conj", "ccomp", "ROOT")
        or tree.children(parse, verb.i, "nsubj", *PASSIVE_SUBJECTS)
    ):
        return None
    return verb.i if is_verb(verb) else None


def reads_as_adjective(parse: Parse, v: int) -> bool:
    """Return whether a past tense stands before its own object as if it were an adjective."""
    return parse.tokens[v].dep == "amod" and parse.tokens[v].tag == "VBD"


def own_subject(parse: Parse, v: int) -> list[int]:
    """Return the subjects that the parser gives a verb, the nearest of several; one that it gave away is taken back."""
    own = tree.children(parse, v, "nsubj", *PASSIVE_SUBJECTS)
    if not own:  # the parser now and then hangs the subject on the auxiliary
        own = [
            s
            for a in tree.children(parse, v, "aux", "auxpass")
            for s in tree.children(parse, a.i, "nsubj", *PASSIVE_SUBJECTS)
        ]
    if own:
        before = [s.i for s in own if s.i < v]
        if len(before) > 1 and all(_is_joined(parse, i, k) for i, k in pairwise(before)):
            return before  # *A, the minister, and B met*, parsed as two subjects
        return before[-1:] or [own[0].i]
    if reads_as_adjective(parse, v):  # "The British gave up the island", parsed as a noun phrase
        return [i for i in range(v - 1, max(-1, v - 4), -1) if parse.tokens[i].pos in ("NOUN", "PROPN", "ADJ")][:1]
    marked = [o.i for m in tree.children(parse, v, "mark") for o in tree.children(parse, m.i, "pobj") if o.i < v]
    if marked:  # "after the minister resigned", parsed as "after the minister"
        return marked[-1:]
    first = min((a.i for a in tree.children(parse, v, "aux", "auxpass")), default=v)
    return [first - 1] if first > 0 and robbed(parse, first - 1) == v else []


def _behind_name(parse: Parse, i: int) -> list[int]:
    """Return the names joined to the apposition of `i`: *the Norse premier, A, and the Danish premier, B*."""
    if tree.children(parse, i, "conj"):
        return []
    named = [a for a in tree.children(parse, i, "appos") if a.pos == "PROPN"]
    joined = [k for a in named for k in tree.conjuncts(parse, a.i)]
    return [k for k in joined if parse.tokens[k].pos == "PROPN" or tree.children(parse, k, "appos")]


def _is_joined(parse: Parse, i: int, k: int) -> bool:
    """Return whether nothing but *and* and what belongs to the two stands between two nouns."""
    within = {*tree.subtree(parse, i), *tree.subtree(parse, k)}
    between = [t for t in parse.tokens[i + 1 : k] if t.i not in within]
    joins = [t for t in parse.tokens[i + 1 : k] if t.dep == "cc" and t.head == i]
    return bool(joins) and all(t.pos == "PUNCT" or t.dep == "cc" for t in between)


def _instances(parse: Parse, i: int) -> list[int]:
    """Return the nouns given as instances of noun `i`: *allies such as Germany*, *firms including Siemens*."""
    found: list[int] = []
    for p in tree.children(parse, i, "prep"):
        such = any(c.lemma == "such" for c in tree.children(parse, p.i))
        if p.text.lower() in ("including", "like") or (p.text.lower() == "as" and such):
            found += [k for o in tree.children(parse, p.i, "pobj") for k in (o.i, *tree.conjuncts(parse, o.i))]
    return found


def antecedent(parse: Parse, i: int) -> int:
    """Return the noun that a relative pronoun stands for; the token itself otherwise."""
    t = parse.tokens[i]
    if t.text.lower() not in _RELATIVES or t.tag not in ("WDT", "WP", "IN"):
        return i
    for a in tree.ancestors(parse, i):
        if a.dep == "relcl":
            return a.head
    return i


def surface_subject(parse: Parse, v: int, depth: int = 0) -> tuple[int, ...]:
    """Return the tokens that the clause of `v` has as its subject, inherited where the clause has none of its own."""
    own = own_subject(parse, v)
    if own:
        return tuple(dict.fromkeys([*own, *unfold(parse, own)])) if robbed(parse, own[0]) == v else unfold(parse, own)
    return inherited_subject(parse, v, depth) if depth < 6 else ()


def inherited_subject(parse: Parse, v: int, depth: int) -> tuple[int, ...]:
    """Return the subject that a clause without one takes from the clause above it."""
    t, up = parse.tokens[v], tree.head(parse, v)
    if up.i == v:
        return ()
    if t.dep in ("xcomp", "ccomp") and is_verb(up):
        return controlled(parse, up.i, depth) if t.dep == "xcomp" or t.tag in ("VB", "VBG") else ()
    if t.dep in ("xcomp", "ccomp", "advcl") and up.pos == "ADJ":  # "is ready to talk"
        above = governor(parse, up.i)
        return surface_subject(parse, above, depth + 1) if above is not None else ()
    if t.dep in ("conj", "advcl", "dep", "prep") and is_verb(up):
        return surface_subject(parse, up.i, depth + 1)
    if t.dep == "acl":
        return _subject_of_modifier(parse, v, up, depth)
    if t.dep == "relcl":
        return (
            unfold(parse, [up.i]) if not any(c.tag in ("WDT", "WP") for c in tree.children(parse, v, *OBJECTS)) else ()
        )
    if t.dep in ("pcomp", "pobj"):
        return _subject_of_gerund(parse, up, depth)
    return ()


def _subject_of_modifier(parse: Parse, v: int, noun: Token, depth: int) -> tuple[int, ...]:
    """Return who acts in a modifier of a noun: "troops *holding* the town", "its wish to *stay*"."""
    if parse.tokens[v].tag == "VBG" or _misread(parse, v):
        return unfold(parse, [noun.i])
    if parse.tokens[v].tag == "VBN":
        return ()
    owner = tree.children(parse, noun.i, "poss")
    if owner:
        return unfold(parse, (o.i for o in owner))
    for p in tree.children(parse, noun.i, "prep"):
        if p.lemma == "by":
            return unfold(parse, (c.i for c in tree.children(parse, p.i, "pobj")))
    above = governor(parse, noun.i)
    return surface_subject(parse, above, depth + 1) if above is not None else ()


def _subject_of_gerund(parse: Parse, prep: Token, depth: int) -> tuple[int, ...]:
    """Return who acts in "by arresting", "after leaving": the subject of the clause that the preposition belongs to."""
    up = tree.head(parse, prep.i)
    if is_verb(up):
        if in_class(up.lemma, "blaming") and not is_passive(parse, up.i):
            return unfold(parse, (o.i for o in tree.children(parse, up.i, *OBJECTS)))
        return surface_subject(parse, up.i, depth + 1)
    owner = tree.children(parse, up.i, "poss")
    if owner:
        return unfold(parse, (o.i for o in owner))
    above = governor(parse, up.i)
    return surface_subject(parse, above, depth + 1) if above is not None else ()


def controlled(parse: Parse, v: int, depth: int) -> tuple[int, ...]:
    """Return who acts in the infinitive below `v`: its object for verbs of asking and forcing, else its subject."""
    if in_class(parse.tokens[v].lemma, "object_control") and not is_passive(parse, v):
        objects = tree.children(parse, v, "dobj", "dative")
        if objects:
            return unfold(parse, (o.i for o in objects))
        for p in tree.children(parse, v, "prep"):
            if p.lemma in ("on", "upon", "to", "for"):
                return unfold(parse, (c.i for c in tree.children(parse, p.i, "pobj")))
    return surface_subject(parse, v, depth + 1)


def governor(parse: Parse, i: int) -> int | None:
    """Return the nearest verb above token `i`, None at the top of a verbless sentence."""
    return next((a.i for a in tree.ancestors(parse, i) if is_verb(a)), None)
