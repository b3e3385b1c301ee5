"""Which words of a document may name an act: predicates that fit a trigger frame. Parties come later."""

from dragoman import tree
from dragoman.code.kinds import decide
from dragoman.code.parties import ActorIndex
from dragoman.code.reader import Reader
from dragoman.code.slots import Slots, noun_slots, verb_slots
from dragoman.code.subjects import is_verb, surface_subject
from dragoman.records import Parse, Record, Token
from dragoman.scheme import plover, themes
from dragoman.scheme.plover import Around, Frame, PartOfSpeech
from dragoman.scheme.words import in_class

# Verbs of saying carry what is said; the act, if any, is in it. They are no act of their own.
_SPANS = frozenset({"during", "since", "amid", "throughout", "amidst"})
_NAMING = frozenset({"name", "identify", "quote"})
_EMPTY = frozenset({"be", "have", "do", "get", "become", "remain", "seem"})  # say nothing of their own
# *said no to*, *fell victim to*
_SAID = ("oprd", "attr", "acomp", "advmod", "prt", "xcomp", "advcl", "intj", "npadvmod")
_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "pcomp")


class Candidate(Record, frozen=True):
    """A predicate that may be an act: its token, the frame that matched (None: any transitive verb), its slots."""

    token: int
    pos: str  # verb or noun
    frame: Frame | None
    slots: Slots
    others: tuple[Frame, ...] = ()  # further frames that fit, asked where the first finds too few parties
    light: int | None = None  # the light verb that carries an event noun
    consumed: tuple[int, ...] = ()  # tokens that belong to this act and name none of their own


def find_candidates(index: ActorIndex, reader: Reader) -> list[Candidate]:
    """Return the candidates in text order; a noun that a verb's frame has taken up is not listed again.

    A word without a frame is one where the encoder takes it for an act.
    """
    tokens = index.parse.tokens
    verbs = [
        c
        for t in tokens
        if is_verb(t) and (t.dep != "amod" or t.tag == "VBD")
        for c in _verb_candidate(index, reader, t)
    ]
    taken = {i for c in verbs for i in (c.token, *c.consumed)}
    nouns = [
        c for t in tokens if t.pos in ("NOUN", "PROPN") and t.i not in taken for c in _noun_candidate(index, reader, t)
    ]
    judging = [c for t in tokens if t.pos == "ADJ" and t.i not in taken for c in _adjective_candidate(index, reader, t)]
    return sorted(verbs + nouns + judging, key=lambda c: c.token)


def _verb_candidate(index: ActorIndex, reader: Reader, t: Token) -> list[Candidate]:
    if _is_of_source(index.parse, t):
        return []
    slots = verb_slots(index.parse, t.i)
    frames = matching_frames(index, slots, _lemma(t), "verb")
    frame = frames[0] if frames else None
    if frame is None or not frame.objects:
        carried = _carried_noun(index, t, slots)
        if carried is not None:
            return [carried]
    if frame is None and (t.lemma.lower() in _EMPTY or _is_purpose(index.parse, t) or not _is_act(reader, t)):
        return []
    if frame is None and in_class(t.lemma, "resting") and any(in_class(p, "locative") for p in slots.fillers):
        return []  # *the palace lies on the river*
    consumed = _consumed(index.parse, slots, frame)
    return [Candidate(token=t.i, pos="verb", frame=frame, slots=slots, others=frames[1:], consumed=consumed)]


def _is_of_source(parse: Parse, t: Token) -> bool:
    """Return whether a verb only describes who speaks: *an official who asked not to be named*."""
    if t.dep == "relcl":
        below = [parse.tokens[i] for i in tree.subtree(parse, t.i)]
        return any(b.lemma == "anonymity" or (b.lemma in _NAMING and b.tag in ("VBN", "VBD")) for b in below)
    return t.dep == "acl" and t.lemma == "brief" and t.tag == "VBN"


def _tells_source(parse: Parse, i: int) -> bool:
    """Return whether a noun is what a source knows of: *people with knowledge of the talks*, *close to the talks*."""
    prep = tree.head(parse, i)
    return in_class(tree.head(parse, prep.i).lemma, "source_phrase")


def _is_act(reader: Reader, t: Token) -> bool:
    """Return whether the encoder alone takes a word for an act; of nouns, which name much besides, it must be surer."""
    reading = reader.word(t.i)
    return reading is not None and decide(None, reading, noun=t.pos == "NOUN") is not None


def _is_purpose(parse: Parse, t: Token) -> bool:
    """Return whether a verb only says what something else was done for: *closed schools to curb the disease*."""
    return t.dep == "advcl" and any(k.tag == "TO" for k in tree.children(parse, t.i, "aux"))


def matching_frames(index: ActorIndex, slots: Slots, lemma: str, pos: PartOfSpeech) -> tuple[Frame, ...]:
    """Return the frames of a lemma whose conditions hold, the most specific first."""
    frames = plover.frames_for(lemma, pos)
    if not frames:
        return ()
    here = around(index, slots, pos)
    return tuple(f for f in frames if plover.fits(f, here))


def _lemma(t: Token) -> str:
    return t.lemma.lower()


def _consumed(parse: Parse, slots: Slots, frame: Frame | None) -> tuple[int, ...]:
    """Return the objects that complete the frame's meaning (*sign an agreement*) and so name no act of their own."""
    if frame is None or not frame.objects:
        return ()
    return tuple(i for i in slots.get("object") if parse.tokens[i].pos == "NOUN")


def _carried_noun(index: ActorIndex, t: Token, slots: Slots) -> Candidate | None:
    """Return the event noun that a light verb carries, with the slots of both: in *held a call with*, the call."""
    for o in slots.get("object"):
        noun = _lemma(index.parse.tokens[o])
        if not themes.is_light(_lemma(t), noun):
            continue
        merged = _merge(slots, noun_slots(index.parse, o))
        frames = matching_frames(index, merged, noun, "noun")
        if frames:
            return Candidate(token=o, pos="noun", frame=frames[0], slots=merged, others=frames[1:], light=t.i)
    return None


def _merge(verb: Slots, noun: Slots) -> Slots:
    """Return the noun's slots with the light verb's subject and prepositions where the noun has none."""
    fillers = {k: v for k, v in verb.fillers.items() if k != "object"} | noun.fillers
    return Slots(predicate=noun.predicate, passive=verb.passive, fillers=fillers, clause=noun.clause)


def _noun_candidate(index: ActorIndex, reader: Reader, t: Token) -> list[Candidate]:
    if t.dep in ("compound", "amod") and tree.head(index.parse, t.i).pos in ("NOUN", "PROPN"):
        return []  # *attack helicopter*, *peace talks*: the head noun is the one to ask
    if t.dep == "pobj" and _tells_source(index.parse, t.i):
        return []
    if t.dep == "pobj" and tree.head(index.parse, t.i).lemma in _SPANS:
        return []  # *during the civil war* says when
    if (
        t.ent == "DATE"
        and t.tag == "NNP"
        and not tree.children(index.parse, t.i, "amod", "compound", "poss", "nmod", "npadvmod")
    ):
        return []  # the month of March
    if t.i in index.by_head:
        return []  # a name such as *Strike Force* is a party, no act
    slots = noun_slots(index.parse, t.i)
    frames = matching_frames(index, slots, _lemma(t), "noun")
    if not frames and (t.pos != "NOUN" or not _is_act(reader, t)):
        return []
    return [Candidate(token=t.i, pos="noun", frame=next(iter(frames), None), slots=slots, others=frames[1:])]


def _adjective_candidate(index: ActorIndex, reader: Reader, t: Token) -> list[Candidate]:
    """Return an adjective that the encoder takes for an act: *the verdict was shameful*, *a shameful verdict*."""
    up = tree.head(index.parse, t.i)
    if t.dep not in ("acomp", "oprd", "amod") or up.i == t.i or not _is_act(reader, t):
        return []
    said_of = surface_subject(index.parse, up.i) if t.dep != "amod" else (up.i,)
    slots = Slots(predicate=t.i, passive=False, fillers={"object": said_of} if said_of else {})
    return [Candidate(token=t.i, pos="noun", frame=None, slots=slots)]


def around(index: ActorIndex, slots: Slots, pos: str) -> Around:
    """Return what stands around a predicate, as the frames ask for it."""
    parse = index.parse
    objects = slots.get("object") if pos == "verb" else (*slots.get("object"), *slots.get("of"))
    kinds = ("to-inf", "that", "ing")
    before = tree.children(parse, slots.predicate, "amod", "compound", "nmod", "advmod", "neg", "nummod")
    return Around(
        objects=frozenset(w for i in objects for w in _words(index, i)),
        party=any(index.parties(i, owners=False)[0] for i in objects),
        subjects=frozenset(w for i in slots.get("subject") for w in _measured(index, i)),
        beside=_beside(index, slots),
        preps=(frozenset(slots.fillers) - {"subject", "object", "indirect", "poss", "amod"})
        | _before_doing(parse, slots),
        particles=frozenset([slots.particle] if slots.particle else []),
        modifiers=frozenset(_lemma(c) for c in before) | _negated_aim(parse, slots.predicate),
        complements=frozenset(k for k in kinds if _has_complement(parse, slots.predicate, k)),
    )


def _before_doing(parse: Parse, slots: Slots) -> frozenset[str]:
    """Return the prepositions before a deed: *decided against sending*."""
    preps = tree.children(parse, slots.predicate, "prep")
    return frozenset(p.lemma.lower() for p in preps if tree.children(parse, p.i, "pcomp"))


def _negated_aim(parse: Parse, i: int) -> frozenset[str]:
    """Return *not* where what a noun is about is a deed left undone: *the decision not to extradite*."""
    return frozenset("not" for c in tree.children(parse, i, "acl") if tree.children(parse, c.i, "neg"))


def _beside(index: ActorIndex, slots: Slots) -> frozenset[str]:
    """Return the lemmas behind the predicate's prepositions, of its complements, and of what is said of its object."""
    v = slots.predicate
    behind = [
        i for k, f in slots.fillers.items() if k not in ("subject", "object", "indirect", "poss", "amod") for i in f
    ]
    said = [c.i for c in tree.children(index.parse, v, *_SAID)]
    return frozenset(w for i in (*behind, *slots.clause, *said) for w in _words(index, i))


def _measured(index: ActorIndex, i: int) -> tuple[str, ...]:
    """Return the lemma of a filler and of what it is a measure of: *tonnes of wheat*."""
    of = [
        o.i
        for p in tree.children(index.parse, i, "prep")
        if p.lemma == "of"
        for o in tree.children(index.parse, p.i, "pobj")
    ]
    return tuple(w for j in (i, *of) for w in _words(index, j))


def _words(index: ActorIndex, i: int) -> tuple[str, ...]:
    """Return the lemma of a filler; for a pronoun also the noun that it stands for."""
    t = index.parse.tokens[i]
    if in_class(t.lemma, "phone_call") and any(
        in_class(c.lemma, "medium") for c in tree.children(index.parse, i, "compound")
    ):
        return (_lemma(t), f"phone {_lemma(t)}")  # *made a phone call* makes no demand
    named = [m.name.split()[-1].lower() for m in index.at(i) if t.pos == "PRON" and m.name]
    return (_lemma(t), *named, *(n.removesuffix("s") for n in named))


def _has_complement(parse: Parse, i: int, kind: str) -> bool:
    """Return whether token `i` has a complement of this kind: to-inf, that or ing."""
    for c in tree.children(parse, i, *_COMPLEMENTS):
        to = any(k.tag == "TO" for k in tree.children(parse, c.i, "aux"))
        if (
            (kind == "to-inf" and to)
            or (kind == "that" and c.dep in ("ccomp", "acl") and not to)
            or (kind == "ing" and c.tag == "VBG")
        ):
            return True
    return kind == "ing" and any(
        c.tag == "VBG" for p in tree.children(parse, i, "prep") for c in tree.children(parse, p.i, "pcomp")
    )


def complement_heads(parse: Parse, candidate: Candidate) -> tuple[int, ...]:
    """Return the tokens that head what the act is about: its clausal complements and the nouns in its theme slots."""
    frame, slots = candidate.frame, candidate.slots
    heads = [*slots.clause, *(_infinitives(parse, candidate.token) if candidate.pos == "verb" else ())]
    for slot in frame.theme if frame else ("object",):
        heads += [i for i in slots.get(slot) if i not in heads]
    for noun in list(heads):  # *announced plans to pull out*: the plan's own complement belongs to the announcement too
        heads += [c.i for c in tree.children(parse, noun, "acl", "xcomp", "conj") if c.i not in heads]
    return tuple(heads)


def _infinitives(parse: Parse, v: int) -> list[int]:
    """Return the infinitives that the parser takes for purposes: *agreed with Norland to open a plant*."""
    return [
        c.i for c in tree.children(parse, v, "advcl") if any(k.tag == "TO" for k in tree.children(parse, c.i, "aux"))
    ]
