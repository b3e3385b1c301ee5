"""Numbers of persons by the word that says what befell them: *killed 12*, *19 dead*, *the toll rose to 19*. No acts."""

from collections.abc import Iterator

from dragoman import tree
from dragoman.code.figures import Figure, Figures
from dragoman.code.slots import verb_slots
from dragoman.code.subjects import unfold
from dragoman.records import Parse, Record, Token
from dragoman.scheme import counts as words
from dragoman.scheme.counts import Trigger

_HEADINGS = ("title", "heading", "caption")
_VALUES = frozenset({"to", "at", "of", "above", "over", "past", "around", "about"})
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}
_SUBJECTS = ("nsubj", "nsubjpass")


class Toll(Record, frozen=True):
    """A number of persons: what befell them, how many, and the token of the word that says so."""

    of: str
    figure: Figure
    token: int


def tolls(parse: Parse, figures: Figures) -> list[Toll]:
    """Return the tolls of the body of a document in text order, none twice."""
    found: dict[tuple[str, int, int], Toll] = {}
    for t in parse.tokens:
        if parse.sentences[t.sentence].block in _HEADINGS:
            continue
        for trigger, fillers in _filled(parse, t):
            if _is_either(parse, t, trigger.of):
                continue
            own = [i for i in fillers if i == t.i or not _is_told_otherwise(parse.tokens[i], trigger.of)]
            figure = _just_before(figures, t, trigger) or figures.total(own, t.i, trigger.wants)
            if figure is not None:
                found.setdefault((trigger.of, figure.start, figure.end), Toll(of=trigger.of, figure=figure, token=t.i))
    return sorted(found.values(), key=lambda x: (x.figure.start, x.token))


def _filled(parse: Parse, t: Token) -> Iterator[tuple[Trigger, tuple[int, ...]]]:
    """Yield the triggers of a word with the tokens that stand in their slots."""
    pos = "noun" if t.pos == "ADJ" and t.dep == "pobj" else _POS.get(t.pos, "")  # *the number of dead*
    for trigger in words.triggers(t.lemma, pos):
        if t.pos in ("VERB", "AUX"):
            yield trigger, _of_verb(parse, t, trigger.slot)
        else:
            yield trigger, _of_noun(parse, t, trigger.slot)
    for trigger in words.triggers(t.text, "adjective"):
        yield trigger, _of_adjective(parse, t)


def _just_before(figures: Figures, t: Token, trigger: Trigger) -> Figure | None:
    """Return the bare number before a participle or adjective: *two dead and three wounded*, however it was parsed."""
    if t.i == 0 or trigger.slot != "object" or t.tag not in ("VBN", "JJ"):
        return None
    found = figures.at(t.i - 1)
    return found if found is not None and not found.noun and (found.low or 0) > 1 else None


def _is_either(parse: Parse, t: Token, of: str) -> bool:
    """Return whether *or* joins a word to one that says another thing of the same people: *killed or captured*."""
    joined = [*tree.children(parse, t.i, "conj"), *([tree.head(parse, t.i)] if t.dep == "conj" else [])]
    either = any(c.lemma == "or" for j in (t, *joined) for c in tree.children(parse, j.i, "cc"))
    return either and any(_is_told_otherwise(j, of) for j in joined)


def _is_told_otherwise(t: Token, of: str) -> bool:
    """Return whether a word itself says that something else befell those it counts: *two dead and three wounded*."""
    said = (*words.triggers(t.text, "adjective"), *words.triggers(t.lemma, _POS.get(t.pos, "")))
    return any(x.of != of and x.slot in ("object", "self") for x in said)


def _of_verb(parse: Parse, t: Token, slot: str) -> tuple[int, ...]:
    """Return who undergoes (or, as subject, does) what a verb says; *30 wounded* without its auxiliary too."""
    slots = verb_slots(parse, t.i)
    found = slots.get(slot)
    if not found and slot == "object" and t.tag in ("VBN", "VBD"):
        bare = [*slots.get("subject"), *(c.i for c in tree.children(parse, t.i, "nummod"))]
        found = tuple(i for i in bare if parse.tokens[i].tag == "CD" or t.tag == "VBN")
    return () if _has_own(parse, t, found) else found


def _has_own(parse: Parse, t: Token, found: tuple[int, ...]) -> bool:
    """Return whether a joined participle has people of its own before it: *two were killed and several wounded*."""
    before = parse.tokens[t.i - 1]
    return t.dep == "conj" and t.tag == "VBN" and before.pos in ("ADJ", "DET", "PRON", "NOUN") and before.i not in found


def _of_noun(parse: Parse, t: Token, slot: str) -> tuple[int, ...]:
    up = tree.head(parse, t.i)
    if slot == "of":
        return _below(parse, t.i, frozenset({"of"}))
    if slot == "self":
        return (t.i,)
    if slot == "life":
        if not words.in_class(up.lemma, "lives"):
            return ()
        if up.lemma == "lose" and tree.children(parse, t.i, "poss"):  # *60 people lost their lives*
            return verb_slots(parse, up.i).get("subject")
        return _below(parse, t.i, frozenset({"of"})) or (t.i,)
    if slot == "toll":
        before = [c.lemma.lower() for c in tree.children(parse, t.i, "compound", "amod")]
        return _value(parse, t) if "death" in before or not tree.children(parse, t.i, "compound") else ()
    over = tree.head(parse, up.i)  # *the number of dead*
    counted = t.dep == "pobj" and up.lemma == "of" and over.lemma in ("number", "toll")
    return _value(parse, over) if counted else ()


def _value(parse: Parse, noun: Token) -> tuple[int, ...]:
    """Return the number that a noun such as *toll* is said to have: *rose to 19*, *put at 19*, *is 19*, *of 19*."""
    up = tree.head(parse, noun.i)
    found = list(_below(parse, noun.i, _VALUES - {"of"} if noun.lemma == "number" else _VALUES))
    if noun.dep in (*_SUBJECTS, "dobj"):
        found += _below(parse, up.i, _VALUES)
        found += [c.i for c in tree.children(parse, up.i, "attr", "dobj", "npadvmod") if c.i != noun.i]
    return tuple(i for i in found if parse.tokens[i].tag == "CD" or parse.tokens[i].pos == "NOUN")[:1]


def _of_adjective(parse: Parse, t: Token) -> tuple[int, ...]:
    """Return whom an adjective is said of: *19 dead*, *left 19 people dead*, *68 are missing*."""
    up = tree.head(parse, t.i)
    own = [c.i for c in tree.children(parse, t.i, "nummod", "quantmod", *_SUBJECTS)]
    if own:
        return unfold(parse, own)
    if t.dep in ("amod", "acl", "relcl", "appos") and up.i < t.i:
        return (up.i,)
    if t.dep in ("acomp", "oprd", "xcomp", "advcl", "ccomp") and up.pos in ("VERB", "AUX"):
        slots = verb_slots(parse, up.i)
        return slots.get("subject") if t.dep == "acomp" and not slots.get("object") else slots.get("object")
    return ()


def _below(parse: Parse, i: int, prepositions: frozenset[str]) -> tuple[int, ...]:
    """Return the objects of these prepositions on token `i`."""
    direct = tree.children(parse, i, "prep")
    deeper = [d for p in direct if p.lemma == "from" for d in tree.children(parse, p.i, "prep")]  # *from 40 to 60*
    objects = [
        o.i for p in (*direct, *deeper) if p.lemma.lower() in prepositions for o in tree.children(parse, p.i, "pobj")
    ]
    return unfold(parse, objects)
