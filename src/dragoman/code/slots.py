"""The grammatical slots of a predicate (subject, object, by, to, with ...) as token indices; no parties, no types."""

from dragoman import tree
from dragoman.code.subjects import (
    OBJECTS,
    inherited_subject,
    is_passive,
    is_verb,
    own_subject,
    reads_as_adjective,
    surface_subject,
    unfold,
)
from dragoman.records import Parse, Record, Token
from dragoman.scheme import plover, themes
from dragoman.scheme.words import in_class

_PARTICLES = frozenset(
    {
        "out",
        "off",
        "down",
        "up",
        "back",
        "over",
        "in",
        "away",
        "together",
        "ashore",
        "home",
        "forward",
        "through",
        "apart",
        "free",
        "aside",
    }
)
_HYPHENS = frozenset("-–—/")
_MADE = frozenset(
    {
        "make",
        "level",
        "direct",
        "send",
        "address",
        "launch",
        "aim",
        "carry",
        "impose",
        "raise",
        "voice",
        "inflict",
        "lay",
    }
)
_AIMED = ("to", "on", "against", "at", "with", "for")
_NO_SLOT = frozenset({"according", "including", "due", "because", "owing"})  # sources, instances, reasons take no part


class Slots(Record, frozen=True):
    """What stands in each slot of a predicate: tokens that head the fillers, coordination unfolded."""

    predicate: int
    passive: bool
    fillers: dict[str, tuple[int, ...]]
    particle: str | None = None
    clause: tuple[int, ...] = ()  # heads of clausal complements

    def get(self, slot: str) -> tuple[int, ...]:
        """Return the tokens of `slot`, none where it is empty."""
        return self.fillers.get(slot, ())


def verb_slots(parse: Parse, v: int) -> Slots:
    """Return the slots of a verb, passives turned round: `subject` acts, `object` undergoes."""
    passive = is_passive(parse, v)
    fillers = _prepositions(parse, v)
    objects = unfold(parse, (o.i for o in tree.children(parse, v, *OBJECTS)))
    if reads_as_adjective(parse, v):
        objects = unfold(parse, [parse.tokens[v].head])
    if passive:
        own = own_subject(parse, v)
        undergoes = surface_subject(parse, v) if own else _undergoer(parse, v)
        fillers["object"], fillers["subject"] = undergoes, fillers.get("by", ())
        if objects:
            fillers.setdefault("indirect", objects)
    else:
        fillers["subject"], fillers["object"] = surface_subject(parse, v), objects
    datives = unfold(
        parse, (c.i for d in tree.children(parse, v, "dative") for c in (tree.children(parse, d.i, "pobj") or [d]))
    )
    if datives:
        fillers["indirect"] = datives
    for o in (*fillers["object"], *_of(parse, fillers["object"])):  # "sent arms to Syria": "to" hangs on the arms
        names_act = bool(plover.frames_for(parse.tokens[o].lemma, "noun"))
        for slot, found in _prepositions(parse, o).items():
            if (slot != "of" or not names_act) and _free(parse, fillers.get(slot, ())):
                fillers[slot] = found
    for c in tree.children(parse, v, "attr", "acomp"):  # "was critical of the bank"
        for slot, found in _prepositions(parse, c.i).items():
            fillers.setdefault(slot, found)
    if "from" not in fillers and (origin := _origin(parse, fillers)):
        fillers["from"] = origin
    wanted = [
        c
        for c in tree.children(parse, v, "advcl", "ccomp")
        if any(m.text.lower() == "for" for m in tree.children(parse, c.i, "mark"))
    ]
    for c in wanted:  # "called for the bill to be dropped"
        fillers.setdefault("for", unfold(parse, own_subject(parse, c.i)))
    return Slots(
        predicate=v,
        passive=passive,
        fillers={k: f for k, f in fillers.items() if f},
        particle=_particle(parse, v),
        clause=tuple(
            dict.fromkeys([*(c.i for c in tree.children(parse, v, "ccomp", "xcomp", "pcomp")), *(c.i for c in wanted)])
        ),
    )


def _particle(parse: Parse, v: int) -> str | None:
    """Return the particle of a phrasal verb, one that the parser takes for an adverb or a bare preposition included."""
    for c in tree.children(parse, v, "prt", "advmod", "prep"):
        if c.dep == "prt" or (c.text.lower() in _PARTICLES and c.i == v + 1 and not tree.children(parse, c.i, "pobj")):
            return c.text.lower()
    return None


def _of(parse: Parse, nouns: tuple[int, ...]) -> list[int]:
    """Return the nouns that an *of* ties to these: *a shipment of grain from Norland* hangs the origin on the grain."""
    return [
        o.i
        for n in nouns
        for p in tree.children(parse, n, "prep")
        if p.lemma == "of"
        for o in tree.children(parse, p.i, "pobj")
    ]


def _origin(parse: Parse, fillers: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return where goods behind a preposition come from: *docked with grain from Norland*, *took delivery of grain*."""
    goods = (*fillers.get("with", ()), *fillers.get("of", ()))
    return next((f for g in (*goods, *_of(parse, goods)) if (f := _prepositions(parse, g).get("from", ()))), ())


def _free(parse: Parse, fillers: tuple[int, ...]) -> bool:
    """Return whether a slot holds nothing but times: *lifted on Friday sanctions on Norland*."""
    return all(parse.tokens[i].ent in ("DATE", "TIME") for i in fillers)


def _undergoer(parse: Parse, v: int) -> tuple[int, ...]:
    """Return the noun that a reduced passive modifies, or the inherited subject of a coordinated passive."""
    t = parse.tokens[v]
    return unfold(parse, [t.head]) if t.dep in ("acl", "amod", "relcl") else inherited_subject(parse, v, 0)


def _prepositions(parse: Parse, i: int) -> dict[str, tuple[int, ...]]:
    """Return the objects of the prepositions that hang on token `i`, by preposition."""
    found: dict[str, tuple[int, ...]] = {}
    for p in tree.children(parse, i, "prep", "agent", "dative", "prt", "advmod"):
        if p.text.lower() in _NO_SLOT:
            continue
        objects = unfold(parse, (o.i for o in tree.children(parse, p.i, "pobj"))) or _doing(parse, p)
        if p.lemma == "between":
            objects = (*objects, *_second(parse, objects))
        name = "by" if p.dep == "agent" else p.lemma.lower()
        if objects:
            found[name] = (*found.get(name, ()), *objects)
        media = [o for o in tree.children(parse, p.i, "pobj") if in_class(o.lemma, "medium")]
        for deeper in [d for m in media for d in tree.children(parse, m.i, "prep") if d.lemma in ("with", "to")]:
            inner = unfold(parse, (o.i for o in tree.children(parse, deeper.i, "pobj")))  # "spoke by telephone with X"
            found[deeper.lemma] = (*found.get(deeper.lemma, ()), *inner)
        for deeper in tree.children(parse, p.i, "prep"):  # "along with X", "up to X"
            inner = unfold(parse, (o.i for o in tree.children(parse, deeper.i, "pobj")))
            if inner:
                found.setdefault(deeper.lemma.lower(), inner)
    return found


def _doing(parse: Parse, p: Token) -> tuple[int, ...]:
    """Return the doers whose participle the parser took for what they did: *seized by advancing troops*."""
    if p.dep != "agent":
        return ()
    verbs = [g for g in tree.children(parse, p.i, "pcomp") if g.tag == "VBG" and g.i == p.i + 1]
    doers = [o.i for g in verbs for o in tree.children(parse, g.i, "dobj") if o.i == g.i + 1 and o.tag == "NNS"]
    return unfold(parse, doers)


def _second(parse: Parse, objects: tuple[int, ...]) -> list[int]:
    """Return the other of two whom the parser made a subject: *a call between Norland and Sudland turned to trade*."""
    if len(objects) != 1:
        return []
    joins = [c for c in tree.children(parse, objects[0], "cc") if c.text.lower() == "and"]
    behind = parse.tokens[joins[0].i + 1 : joins[0].i + 12] if joins and not tree.conjuncts(parse, objects[0]) else ()
    return [t.i for t in behind if t.dep in ("nsubj", "nsubjpass") and min(tree.subtree(parse, t.i)) == joins[0].i + 1][
        :1
    ]


def noun_slots(parse: Parse, n: int) -> Slots:
    """Return the slots of an event noun: possessor, nationality words before it, prepositional phrases, clauses."""
    fillers = _prepositions(parse, n)
    possessors = tree.children(parse, n, "poss")
    fillers["poss"] = unfold(parse, (p.i for p in possessors))
    before = tree.children(parse, n, "amod", "compound", "nmod", "npadvmod")
    fillers["amod"] = tuple(i for c in before for i in (*_hyphened(parse, c.i), c.i, *tree.conjuncts(parse, c.i)))
    up = tree.head(parse, n)
    if parse.tokens[n].dep == "pobj" and up.lemma == "under" and "on" not in fillers:  # "a tanker under U.S. sanctions"
        bearer = tree.head(parse, up.i)
        placed = verb_slots(parse, bearer.i) if is_verb(bearer) and in_class(bearer.lemma, "putting") else None
        if placed is not None:  # "Norland placed the banks under sanctions"
            fillers["on"], fillers["subject"] = placed.get("object"), placed.get("subject")
        else:
            fillers["on"] = unfold(parse, [bearer.i]) if not is_verb(bearer) else surface_subject(parse, bearer.i)
    if (
        parse.tokens[n].dep == "pobj"
        and up.lemma == "of"
        and in_class(tree.head(parse, up.i).lemma, "bearer")
        and "on" not in fillers
    ):
        fillers["on"] = surface_subject(
            parse, tree.head(parse, tree.head(parse, up.i).i).i
        )  # "is the subject of U.S. sanctions"
    top = tree.head(parse, carrier_of(parse, n))
    if top.lemma == "come" and "by" not in fillers:  # "statements of condemnation came from"
        fillers["by"] = _prepositions(parse, top.i).get("from", ())
    if not fillers.get("by"):  # "attack claimed by X", "visit carried out by X"
        fillers["by"] = tuple(
            i for c in tree.children(parse, n, "acl") if c.tag == "VBN" for i in _prepositions(parse, c.i).get("by", ())
        )
    for c in tree.children(parse, n, "acl"):  # "the accusation made by X against Y"
        light = c.tag == "VBN" and c.lemma in _MADE
        for slot in ("against", "to", "on") if light else ():
            found = _prepositions(parse, c.i).get(slot, ())
            if found and slot not in fillers and not _free(parse, found):
                fillers[slot] = found
    if parse.tokens[n].dep in ("nsubj", "nsubjpass") and in_class(tree.head(parse, n).lemma, "conveying"):
        sent = _prepositions(parse, parse.tokens[n].head)  # "the request went from Norland to Sudland"
        fillers = {k: sent[k] for k in ("from", "to", "by") if k in sent and not _free(parse, sent[k])} | fillers
    for slot, found in _of_relative(parse, n).items():  # "the attack that Norland made on the port"
        if _free(parse, fillers.get(slot, ())):
            fillers[slot] = found
    verb, named = tree.head(parse, n), (*fillers.get("on", ()), *fillers.get("against", ()))
    if parse.tokens[n].dep == "nsubj" and in_class(verb.lemma, "impact") and _free(parse, named):
        fillers["on"] = unfold(parse, (o.i for o in tree.children(parse, verb.i, *OBJECTS)))  # "a blast hit the bank"
    return Slots(
        predicate=n,
        passive=False,
        fillers={k: f for k, f in fillers.items() if f},
        clause=tuple(c.i for c in tree.children(parse, n, "acl", "ccomp") if c.dep == "ccomp" or c.tag == "VB"),
    )


def _hyphened(parse: Parse, i: int) -> list[int]:
    """Return the name that a hyphen joins before another: *the Chile-Peru talks*."""
    joined = tree.children(parse, i, "compound", "nmod", "npadvmod")
    return [c.i for c in joined if c.i == i - 2 and parse.tokens[i - 1].text in _HYPHENS]


def _of_relative(parse: Parse, n: int) -> dict[str, tuple[int, ...]]:
    """Return who did it to whom by the relative clause in which a light verb has the noun for its object."""
    for c in tree.children(parse, n, "relcl", "acl"):
        objects = [o for o in tree.children(parse, c.i, *OBJECTS) if o.tag not in ("WDT", "WP")]
        light = c.lemma in _MADE or themes.is_light(c.lemma, parse.tokens[n].lemma.lower())
        doers = own_subject(parse, c.i)
        if not light or objects or is_passive(parse, c.i) or not doers or n in doers:
            continue
        return {"subject": unfold(parse, doers)} | {
            k: f for k, f in _prepositions(parse, c.i).items() if k in _AIMED and not _free(parse, f)
        }
    return {}


def carrier_of(parse: Parse, n: int) -> int:
    """Return the noun at the top of quantifying phrases over `n`: in "a series of attacks", *series*."""
    up = tree.head(parse, n)
    if parse.tokens[n].dep == "pobj" and up.lemma == "of":
        top = tree.head(parse, up.i)
        if in_class(top.lemma, "quantifier") or in_class(top.lemma, "wording"):
            return top.i
    return n
