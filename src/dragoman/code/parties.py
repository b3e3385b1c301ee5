"""Which party stands at which token: the actor and place layers asked by token. No roles here."""

from collections import defaultdict

import msgspec

from dragoman import tree
from dragoman.records import ActorMention, Annotated, Parse, Party, PlaceMention
from dragoman.scheme import plover, themes
from dragoman.scheme.states import state_name
from dragoman.scheme.words import in_class

_NAME_WORDS = 8  # a thing that is no known party is named by its phrase; longer phrases name nothing
_NAMED_KINDS = ("person", "organisation", "group", "government")
_OWNERS = ("poss", "amod", "compound", "nmod", "npadvmod")
_OF = ("of", "from", "for")
_BOTH = 2
_TAKING_UP = frozenset({"the", "this", "that", "these", "those"})
_GUESSED = ("document", "antecedent", "")  # bases of a state that nothing beside the words gives


class ActorIndex:
    """Which party stands at which token. Built once a document."""

    def __init__(self, annotated: Annotated) -> None:
        self.parse = annotated.parse
        self.by_head: dict[int, list[ActorMention]] = defaultdict(list)
        self.covering: dict[int, list[ActorMention]] = defaultdict(list)
        self.places: dict[int, PlaceMention] = {}
        for m in annotated.actors:
            self.by_head[m.head].append(m)
            for t in tree.tokens_between(self.parse, m.start, m.end):
                self.covering[t.i].append(m)
        for p in annotated.places:
            for t in tree.tokens_between(self.parse, p.start, p.end):
                self.places[t.i] = p

    def at(self, i: int) -> list[ActorMention]:
        """Return the mentions headed by token `i`, else those whose span ends the phrase there."""
        direct = self.by_head.get(i, [])
        if direct:
            return direct
        return [m for m in self.covering.get(i, []) if m.head < 0 or self.parse.tokens[m.head].head == i or m.head == i]

    def place_at(self, i: int) -> PlaceMention | None:
        """Return the place that token `i` names or that stands before it: *Damascus airport*."""
        before = [c.i for c in tree.children(self.parse, i, "compound", "poss", "nmod")]
        return next((self.places[j] for j in (i, *before) if j in self.places), None)

    def guessed(self, i: int) -> bool:
        """Return whether the state of the party at token `i` is only that of the text around it: *19 people*."""
        found = self.at(i)
        return bool(found) and all(m.basis in _GUESSED for m in found)

    def state_of_thing(self, i: int) -> str | None:
        """Return the state that a thing belongs to: *the Blue Heron*, elsewhere *the Blue Heron, a Maltese tanker*.

        Asked are the words around it, then those around the same name, or the same noun with its article, before.
        """
        t = self.parse.tokens[i]
        own = self._owner_state(i)
        if own or t.pos not in ("PROPN", "NOUN"):
            return own
        if t.pos == "NOUN" and not any(d.lemma.lower() in _TAKING_UP for d in tree.children(self.parse, i, "det")):
            return None
        same = [k for k in self.parse.tokens if k.i != i and k.pos == t.pos and k.lemma == t.lemma]
        if t.pos == "PROPN":
            name = _name(self.parse, i)
            return next((s for k in same if _name(self.parse, k.i) == name and (s := self._owner_state(k.i))), None)
        return next((s for k in reversed(same) if k.i < i and (s := self._owner_state(k.i))), None)

    def _owner_state(self, i: int) -> str | None:
        """Return the one state that owns a thing by an adjective, a possessor, an apposition or what it is of."""
        heads = [i, *(a.i for a in tree.children(self.parse, i, "appos"))]
        if self.parse.tokens[i].dep == "appos":
            heads.append(self.parse.tokens[i].head)
        up = tree.head(self.parse, i)
        if up.lemma == "of" and in_class(tree.head(self.parse, up.i).lemma, "town"):
            heads.append(up.head)  # *the Cambodian town of X*
        found = {
            p.country
            for h in heads
            if not self.at(h)
            for p in self.parties(h)[0]
            if p.country and self.parse.tokens[h].ent not in ("DATE", "TIME")
        }
        return found.pop() if len(found) == 1 else None

    def parties(self, i: int, *, owners: bool = True) -> tuple[tuple[Party, ...], str]:
        """Return the parties at token `i` and how they were found: "" outright, else owner or of."""
        direct = [m for m in self.at(i) if m.kind != "pronoun" or m.name]
        renamed = [m for a in tree.children(self.parse, i, "appos") for m in self.at(a.i) if m.kind in _NAMED_KINDS]
        named = [m for m in renamed if m.kind == "person"]
        joint = self._of_several(i, direct) if owners else ()
        if joint:
            return joint, "owner"
        if direct and not (
            named and all(m.kind in ("people", "state") for m in direct)
        ):  # *a Dane, Jens Holm,* is the man
            return _told_apart(direct), ""
        if renamed:  # *one of these groups, the Northern Front*
            return tuple(party(m) for m in named or renamed), ""
        if owners:
            for c in tree.children(self.parse, i, *_OWNERS):
                if in_class(c.lemma, "means"):
                    continue  # *a drone attack*, *a customs agreement*
                found = [p for k in (c.i, *tree.conjuncts(self.parse, c.i)) for p in self.parties(k, owners=False)[0]]
                if found:
                    return tuple(found), "owner"
            for p in tree.children(self.parse, i, "prep"):
                if _owns(p.lemma, self.parse.tokens[i].lemma):
                    heads = [
                        k
                        for o in tree.children(self.parse, p.i, "pobj")
                        for k in (o.i, *tree.conjuncts(self.parse, o.i))
                    ]
                    found = [q for k in heads for q in self.parties(k, owners=False)[0]]
                    if found:
                        return tuple(found), "of"
        return (), ""

    def _seated(self, i: int) -> tuple[Party, ...]:
        """Return the state of a town that stands for it: *negotiators from Lima and Santiago*."""
        spot = self.places.get(i)
        return (place_party(spot),) if spot is not None and spot.country else ()

    def _of_several(self, i: int, direct: list[ActorMention]) -> tuple[Party, ...]:
        """Return people of several states, each with its own: *envoys of Chile and Peru*, *the two states' envoys*."""
        if (
            len(direct) != 1
            or direct[0].kind not in ("people", "organisation", "government")
            or self.parse.tokens[i].tag not in ("NNS", "NNPS")
        ):
            return ()
        heads = tree.children(self.parse, i, "poss", "amod", "nmod")
        for p in tree.children(self.parse, i, "prep"):
            heads += tree.children(self.parse, p.i, "pobj") if p.lemma in _OF else []
        tokens = [k for h in heads for k in (h.i, *tree.conjuncts(self.parse, h.i))]
        owners = [q for k in tokens for q in self.parties(k, owners=False)[0] or self._seated(k)]
        states = dict.fromkeys(q.country for q in owners if q.country)
        if len(states) != _BOTH or direct[0].country not in (None, *states):
            return ()
        return tuple(
            msgspec.structs.replace(party(direct[0]), name=f"{direct[0].name} ({state_name(c)})", country=c)
            for c in states
        )


def _told_apart(mentions: list[ActorMention]) -> tuple[Party, ...]:
    """Return the parties of mentions at one word; of *the navies of Chile and Peru*, each is known by its state."""
    same = len({m.name for m in mentions}) < len({m.country for m in mentions})
    found = [party(m) for m in mentions]
    if not same:
        return tuple(found)
    return tuple(
        msgspec.structs.replace(p, name=f"{p.name} ({state_name(p.country)})") if p.country else p for p in found
    )


def party(m: ActorMention) -> Party:
    """Return the party that an actor mention names."""
    return Party(name=m.name, country=m.country, sectors=m.sectors, role=m.role, text=m.text, start=m.start, end=m.end)


def place_party(p: PlaceMention) -> Party:
    """Return the state that a place stands in, as a party: who visits Damascus visits Syria."""
    return Party(
        name=state_name(p.country) if p.country else p.name, country=p.country, text=p.text, start=p.start, end=p.end
    )


def _owns(preposition: str, noun: str) -> bool:
    """Return whether what a preposition ties to a noun is its owner: *a pact with*, *banks from*, *grain from*."""
    if preposition == "from":  # assurances, demands, attacks from somebody have a slot for him
        return all(f.type == "AID" for f in plover.frames_for(noun, "noun"))
    return preposition in ("of", "by") or (preposition == "with" and themes.theme_kind(noun) == "agreement")


def _name(parse: Parse, i: int) -> str:
    return " ".join(parse.tokens[j].text for j in (*(c.i for c in tree.children(parse, i, "compound")), i))


def thing(parse: Parse, i: int) -> Party | None:
    """Return a named or described thing that is no known party, by its phrase: *oil depots*, *the old cathedral*."""
    t = parse.tokens[i]
    if t.ent in ("DATE", "TIME"):
        return None
    people = t.pos == "NUM" and t.dep in ("dobj", "nsubjpass")  # *at least twenty were killed*
    if not people and (t.pos not in ("NOUN", "PROPN") or t.tag in ("WDT", "WP")):
        return None
    s = tree.phrase(
        parse,
        i,
        without=frozenset(
            {"relcl", "acl", "appos", "prep", "punct", "cc", "conj", "det", "predet", "advmod", "npadvmod"}
        ),
    )
    if len(s.text.split()) > _NAME_WORDS:
        return None
    return Party(name=s.text, text=s.text, start=s.start, end=s.end)
