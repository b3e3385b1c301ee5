"""The parties of a text: states, persons in office, bodies, groups, and the words that stand for them. No roles."""

from itertools import pairwise

from msgspec.structs import replace

from dragoman import tree
from dragoman.annotate import coref
from dragoman.annotate.actors_groups import Group, noun_groups
from dragoman.annotate.actors_links import apposed, container, covering, joined_states, linked, sent_to, with_matter
from dragoman.annotate.actors_match import Hit, known_names
from dragoman.annotate.actors_people import Book
from dragoman.annotate.actors_phrases import Candidate, Scene, read_group
from dragoman.annotate.actors_seats import is_party
from dragoman.annotate.coref_phrases import resolve_definite, same_office, same_people
from dragoman.annotate.syntax import parse_text
from dragoman.records import ActorMention, Parse
from dragoman.scheme.actors import Entry, lexicon, words

_OF_A_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))  # bodies and people that belong to some state
_PRONOUNS = frozenset(("PRP", "PRP$"))
Read = dict[int, list[Candidate]]  # number of a noun group -> its parties


def actors_of_text(text: str, published: str | None = None) -> list[ActorMention]:
    """Return the parties that a bare text or phrase names, in text order; offices as of the ISO date `published`."""
    return find_actors(parse_text(text), published)


def find_actors(parse: Parse, published: str | None) -> list[ActorMention]:
    """Return the parties of a parse in text order; only mentions on one span overlap (a pair: "both countries")."""
    hits = known_names(parse)
    groups = noun_groups(parse, hits)
    read = _read_groups(parse, groups, hits, published)
    _link(parse, groups, read)
    _refer(parse, groups, read)
    found = [c.mention for n in sorted(read) for c in read[n] if is_party(parse, c)]
    return _agreed(_top(found))


def _read_groups(parse: Parse, groups: list[Group], hits: list[Hit], published: str | None) -> Read:
    """Read every noun group by its own words and its owner's; pronouns wait."""
    by_token = {i: h for h in hits for i in range(h.first, h.last + 1)}
    book = Book(published)
    read: Read = {}
    for n, group in enumerate(groups):
        if _is_pronoun(parse, group):
            continue
        inside = list(dict.fromkeys(by_token[i] for i in range(group.first, group.last + 1) if i in by_token))
        owner = _owner(read, group)
        read[n] = read_group(Scene(parse=parse, hits=inside, owner=owner, book=book, published=published), group)
        for c in read[n]:
            if c.noun == "person":
                book.add(c.entry or _introduced(c))
    return read


def _owner(read: Read, group: Group) -> Candidate | None:
    found = read.get(group.owner, [])
    return found[-1] if found else None


def _is_pronoun(parse: Parse, group: Group) -> bool:
    return group.first == group.last and parse.tokens[group.first].tag in _PRONOUNS


def _introduced(c: Candidate) -> Entry:
    """Return a person as the document has introduced him, for later surnames."""
    m = c.mention
    return Entry(
        name=m.name, kind="person", country=m.country, gender=c.gender, sectors=m.sectors, category=m.role or ""
    )


def _link(parse: Parse, groups: list[Group], read: Read) -> None:
    """Give parties what the phrases around them say: of whom, of what, in apposition to whom."""
    _send(parse, groups, read)
    by_token = covering([c for n in sorted(read) for c in read[n]])
    for n in sorted(read, reverse=True):  # from the right: "members of the guard of Syria" needs the guard first
        read[n] = [with_matter(parse, linked(parse, c, by_token), by_token) for c in read[n]]
        whole = container(parse, groups[n], by_token)
        read[n] = [whole] if whole else read[n]
        by_token.update(covering(read[n]))
    for n in sorted(read):
        read[n] = [each for c in read[n] for each in joined_states(parse, apposed(parse, c, by_token), by_token)]


def _send(parse: Parse, groups: list[Group], read: Read) -> None:
    """Join envoys with the name that follows the state they are sent to."""
    order = sorted(read)
    for n, after in pairwise(order):
        if read[n] and read[after] and groups[after].first <= read[n][-1].last + 3:
            whole = sent_to(parse, read[n][-1], read[after])
            if whole:
                read[n], read[after] = [whole], []


def _refer(parse: Parse, groups: list[Group], read: Read) -> None:
    """Resolve in text order what refers back: pronouns, definite phrases, whose "the government" is."""
    known = _known([c.mention for found in read.values() for c in found])
    read.update({n: [_recognised(c, known) for c in found] for n, found in read.items()})
    whole = [c for found in read.values() for c in found]
    before: list[Candidate] = []
    for n, group in enumerate(groups):
        if _is_pronoun(parse, group):
            of = coref.resolve_pronoun(parse, parse.tokens[group.first], before, whole)
            read[n] = [coref.stand_in(parse, group.first, group.last, of, "pronoun")] if of else []
        elif not read[n] or (
            len(read[n]) == 1 and (read[n][0].open or _is_stateless(read[n][0]) or _of_a_bloc(parse, group, read[n][0]))
        ):
            read[n] = resolve_definite(parse, group, before) or [
                _settled(parse, c, _owner(read, group), before, whole) if c.open else c for c in read[n]
            ]
        before += [c for c in read[n] if is_party(parse, c)]


def _is_stateless(c: Candidate) -> bool:
    """Return whether people are named by their office alone: *the two foreign ministers*."""
    return c.plural and c.mention.kind == "people" and c.mention.country is None


def _of_a_bloc(parse: Parse, group: Group, c: Candidate) -> bool:
    """Return whether the group is one state of many: in "the European nation" the adjective names no party."""
    return (
        c.last < group.last
        and c.mention.country in ("EUR", None)
        and parse.tokens[group.last].lemma in words("definite_state")
    )


def _settled(
    parse: Parse, c: Candidate, owner: Candidate | None, before: list[Candidate], whole: list[Candidate]
) -> Candidate:
    """Return an office or body without a state with the one that its owner, its holder or the text before gives."""
    if c.category == "person" and not c.plural and c.definite:
        holder = same_office(c, before)
        if holder:
            return coref.stand_in(parse, c.first, c.last, holder, "office")
    beside = _beside(parse, c, before)
    if beside:
        return _of_state(c, beside, "coordination")
    if owner and owner.mention.country:
        return _of_state(c, owner.mention.country, "possessive")
    if c.noun in words("states_at_large"):
        return c
    if c.noun == "person":
        titled = set(c.mention.sectors) & _OF_A_STATE
        return _of_state(c, coref.dominant_state(whole), "document") if titled else c
    if c.plural and c.category in ("person", "people") and _is_counted(parse, c):
        taken_up = same_people(parse, c, before)
        if taken_up:
            return _of_state(c, taken_up, "people")
    if set(c.mention.sectors) & _OF_A_STATE and (c.definite or c.plural or c.category != "person"):
        return _of_state(c, coref.antecedent_state(parse, c.mention.head, before, whole), "antecedent")
    if (c.plural or c.definite) and c.category != "organisation":
        return _of_state(c, coref.dominant_state(whole), "document")
    return c


def _is_counted(parse: Parse, c: Candidate) -> bool:
    """Return whether people are the ones told of before: *the sailors*, *six sailors*; not *sailors* at large."""
    return c.definite or any(k.pos == "NUM" for k in tree.children(parse, c.mention.head, "nummod"))


def _beside(parse: Parse, c: Candidate, before: list[Candidate]) -> str | None:
    """Return the state of the person of office that `c` is joined to: "Russian minister A and special envoy B"."""
    if c.category != "person" or parse.tokens[c.mention.head].dep != "conj":
        return None
    with_ = tree.head(parse, c.mention.head).i
    return next((b.mention.country for b in before if b.category == "person" and b.first <= with_ <= b.last), None)


def _of_state(c: Candidate, country: str | None, basis: str) -> Candidate:
    if country is None:
        return c
    plain = c.category == "government" and c.noun in words("government")
    name = lexicon().states.get(country, c.mention.name) if plain else c.mention.name
    return replace(c, mention=replace(c.mention, name=name, country=country, basis=basis), open=False)


def _agreed(found: list[ActorMention]) -> list[ActorMention]:
    """Give a person or body without a state the one that it has elsewhere, by its name or the first word of it."""
    known = _known(found)
    return [
        replace(m, country=known.get(m.name) or known.get(m.name.split()[0]))
        if m.country is None and m.kind in ("person", "organisation") and m.basis != "agent"
        else m
        for m in found
    ]


def _known(found: list[ActorMention]) -> dict[str, str]:
    """Return the states of persons and bodies by their names and by the first words of those."""
    known: dict[str, str] = {}
    for m in found:
        if m.kind in ("person", "organisation") and m.country and m.basis in ("office", "name", "apposition"):
            known.setdefault(m.name, m.country)
            known.setdefault(m.name.split()[0], m.country)
    return known


def _recognised(c: Candidate, known: dict[str, str]) -> Candidate:
    """Return a person named again with the state that his office gave him where he was introduced."""
    country = known.get(c.mention.name) if c.noun == "person" and c.open else None
    return replace(c, mention=replace(c.mention, country=country), open=False) if country else c


def _top(found: list[ActorMention]) -> list[ActorMention]:
    """Return the mentions in text order without those inside another."""
    found = sorted(found, key=lambda m: (m.start, -m.end))
    top: list[ActorMention] = []
    for m in found:
        if not top or m.start >= top[-1].end or (m.start, m.end) == (top[-1].start, top[-1].end):
            top.append(m)
    return top
