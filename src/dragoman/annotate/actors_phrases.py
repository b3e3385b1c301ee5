"""One noun group read as a party: a known name, a titled person, an office, a body or a kind of people. Other groups are not asked here."""

from msgspec.structs import replace

from dragoman import tree
from dragoman.annotate.actors_groups import Group
from dragoman.annotate.actors_match import Hit, agent_at, word_pieces
from dragoman.annotate.actors_people import Book, person_at
from dragoman.records import ActorMention, Parse, Record
from dragoman.scheme.actors import Entry, in_office, lexicon, standing, words
from dragoman.scheme.actors_towns import town_country


class Candidate(Record, frozen=True):
    """A mention with what coreference asks of it. `noun` is the class noun or category, `open` says that its state is still sought."""

    mention: ActorMention
    first: int
    last: int
    noun: str = ""
    category: str = ""
    gender: str = ""
    plural: bool = False
    definite: bool = False
    open: bool = False
    entry: Entry | None = None  # a person of the lexicon, for later surnames


_STATE_BODIES = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
_KINDS = {"person": "person", "people": "people", "government": "government", "organisation": "organisation", "group": "group"}
REACH_BEFORE = 8  # tokens before a company's name that can describe it
FORMER = frozenset(
    "former ex retired ousted deposed disgraced fallen late then-former exiled toppled erstwhile onetime one-time ex-".split()
)
_FOREIGN_TIE = frozenset(
    "backed led funded allied trained supported made built born supplied friendly sponsored aligned brokered mediated printed armed occupied".split()
)
_NOT_A_BODY = frozenset(("state", "party", "mission", "office", "division", "command", "intelligence", "executive", "authority"))


def read_group(parse: Parse, group: Group, hits: list[Hit], owner: Candidate | None, book: Book, published: str | None) -> list[Candidate]:
    """Return the parties that a noun group names: one for the whole group, or one for each name that modifies a thing."""
    first, last = _trim(parse, group)
    if first > last:
        return []
    person = person_at(parse, first, last, hits, book)
    if person:
        return [_person(parse, first, person, hits, owner, published)]
    tail = next((h for h in hits if h.last == last), None)
    agent = agent_at(parse, first, last)
    cut = next((h for h in hits if agent and h.first < agent[0] <= h.last), None)
    if cut and cut.last < last:  # "European Union members" are no union members
        agent = agent_at(parse, cut.last + 1, last)
    if tail and not (agent and agent[0] < tail.first):
        others = [h for h in hits if h is not tail and h.entries[0].kind != "demonym"]
        return [*_modifiers(parse, others, published), _named(parse, tail, published, basis="name")]
    if agent and agent[1].name == "state" and parse.tokens[last + 1 : last + 2] and parse.tokens[last + 1].text == "-":
        return []
    if agent and parse.tokens[last].pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X"):
        return [_agent(parse, first, last, agent, hits, owner, published)]
    unknown = _unknown_body(parse, first, last)
    if unknown:
        return [_body(parse, first, last, unknown, hits, owner)]
    return _modifiers(parse, hits, published)


def _trim(parse: Parse, group: Group) -> tuple[int, int]:
    """Return the group without its determiners and predeterminers."""
    first = group.first
    while first < group.last and (parse.tokens[first].tag in ("DT", "PDT", "WDT", "WP$") or not any(c.isalnum() for c in parse.tokens[first].text)):
        first += 1
    return first, group.last


def make(parse: Parse, first: int, last: int, **fields: object) -> ActorMention:
    """Return a mention over tokens `first` to `last`."""
    s = tree.span(parse, first, last)
    given = {"name": s.text, "head": tree.head_of_span(parse, s.start, s.end), **fields}
    return ActorMention(start=s.start, end=s.end, text=s.text, **given)  # type: ignore[arg-type]


def _definite(parse: Parse, first: int) -> bool:
    return first > 0 and parse.tokens[first - 1].lemma.lower() in ("the", "this", "that", "these", "those", "both")


def is_plural(parse: Parse, i: int) -> bool:
    """Return whether token `i` is a plural noun."""
    return parse.tokens[i].tag in ("NNS", "NNPS")


# ---------------------------------------------------------------- names
def _named(parse: Parse, hit: Hit, published: str | None, basis: str) -> Candidate:
    """Return the candidate of a known name; several readings are told apart by kind."""
    entry = hit.entries[0]
    kinds = {"state": "state", "demonym": "state", "nationals": "people", "capital": "government", "seat": "government", "region": "state"}
    held = standing(entry, published)
    name = lexicon().states.get(entry.country or "", entry.name) if entry.kind in ("demonym", "capital", "seat") and not entry.category else entry.name
    if entry.kind == "nationals":
        name = tree.span(parse, hit.first, hit.last).text
    mention = make(
        parse, hit.first, hit.last, name=name, country=entry.country, kind=kinds.get(entry.kind, entry.kind),
        sectors=held.sectors if held else entry.sectors, basis=basis if entry.kind not in ("capital", "seat") else entry.kind,
    )
    return Candidate(
        mention=mention, first=hit.first, last=hit.last, noun=entry.category or entry.kind, category=entry.kind,
        plural=entry.kind == "nationals",
    )


def _modifiers(parse: Parse, hits: list[Hit], published: str | None) -> list[Candidate]:
    """Return the states, bodies and persons named before a thing: "Russian bases", "U.S. sanctions", "Houthi attack"."""
    found = []
    for h in hits:
        if h.entries[0].kind in ("capital", "seat"):
            continue
        if h.entries[0].kind == "person":
            found.append(_known_person(parse, h.first, h, None, None, (), published))
        else:
            found.append(_named(parse, h, published, basis="demonym" if h.entries[0].kind == "demonym" else "modifier"))
    return found


# ---------------------------------------------------------------- persons
def _person(parse: Parse, first: int, person: Hit, hits: list[Hit], owner: Candidate | None, published: str | None) -> Candidate:
    """Return a person with the office, state and sectors that the words before the name give, or that the date gives."""
    title = agent_at(parse, first, person.first - 1) if person.first > first else None
    before = [h for h in hits if h.last < person.first]
    country = _country_of(parse, before, owner) or (None if before or not title else _described(parse, title[0]))
    start = min([person.first, *([title[0]] if title else []), *([before[0].first] if title and before else [])])
    words_before = {parse.tokens[i].lemma.lower() for i in range(first, person.first)}
    sectors = title[1].sectors if title else ()
    role = title[1].name if title else None
    if words_before & FORMER:
        sectors = ("ELI", *(s for s in sectors if s != "ELI"))
        role = f"former {role}" if role else None
        start = first
    return _known_person(parse, start, person, country, role, sectors, published)


def _known_person(
    parse: Parse, start: int, person: Hit, country: str | None, role: str | None, sectors: tuple[str, ...], published: str | None
) -> Candidate:
    entry = _best_holder(person.entries, role, country, published)
    held = standing(entry, published)
    known = held_sectors(entry, published)
    if sectors[:1] == ("ELI",):
        known = sectors
    full = len(word_pieces(parse.tokens[person.first : person.last + 1])) > 1
    mention = make(
        parse, start, person.last, name=entry.name, country=country if entry.country is None else entry.country,
        sectors=known or sectors, role=role or (held.role if held else None), kind="person",
        basis="office" if role else "name" if full else "surname",
        head=tree.head_of_span(parse, parse.tokens[person.first].start, parse.tokens[person.last].end),
    )
    if entry.kind == "unknown" and mention.country is None:
        mention = make(parse, start, person.last, **{**_kept(mention), "country": country})
    return Candidate(
        mention=mention, first=start, last=person.last, noun="person", category="person", gender=entry.gender,
        entry=entry if entry.tenures else None, open=mention.country is None,
    )


def _kept(m: ActorMention) -> dict[str, object]:
    return {"name": m.name, "sectors": m.sectors, "role": m.role, "kind": m.kind, "basis": m.basis, "head": m.head}


def held_sectors(entry: Entry, published: str | None) -> tuple[str, ...]:
    """Return the sectors of a person on a date; one whose offices have all ended is of the former elite."""
    held = standing(entry, published)
    if held is None:
        return entry.sectors
    if in_office(held, published) or published is None or not set(held.sectors) & {"GOV", "LEG"}:
        return held.sectors
    return ("ELI", *held.sectors)


def _best_holder(entries: tuple[Entry, ...], role: str | None, country: str | None, published: str | None) -> Entry:
    """Return the entry that fits best: the state named, the office named, in office on the day, the last to begin."""
    def fit(entry: Entry) -> tuple[bool, bool, bool, str]:
        held = standing(entry, published)
        return (
            country is not None and entry.country == country, bool(role and held and role in held.role),
            bool(held and in_office(held, published)), held.since if held else "",
        )

    return max(entries, key=fit)


# ---------------------------------------------------------------- offices, bodies, kinds of people
def _country_of(parse: Parse, hits: list[Hit], owner: Candidate | None) -> str | None:
    """Return the state that the modifiers or the owner give; a "Russia-backed" force is not Russia's."""
    for h in hits:
        if not _foreign(parse, h) and h.entries[0].country:
            return h.entries[0].country
    return owner.mention.country if owner else None


def _of_others(parse: Parse, first: int, at: int) -> bool:
    """Return whether the words before say that these are not the state's own: "foreign forces"."""
    return any(t.lemma.lower() in words("not_home") for t in parse.tokens[first:at])


def _town_before(parse: Parse, first: int, at: int, before: list[Hit]) -> str | None:
    """Return the state of a town named before an office: "Shanghai police"."""
    name = [t for t in parse.tokens[first:at] if t.pos == "PROPN"]
    return town_country(tree.span(parse, name[0].i, name[-1].i).text) if name and not before else None


def _foreign(parse: Parse, hit: Hit) -> bool:
    after = parse.tokens[hit.last + 1 : hit.last + 3]
    return len(after) == 2 and after[0].text in ("-", "–") and after[1].text.lower() in _FOREIGN_TIE


def _agent(
    parse: Parse, first: int, last: int, agent: tuple[int, Entry], hits: list[Hit], owner: Candidate | None, published: str | None
) -> Candidate:
    at, entry = agent
    before = [h for h in hits if h.first < at]
    country = _country_of(parse, before, owner) or _town_before(parse, first, at, before)
    if owner and country and owner.mention.country == country and not before and owner.mention.kind != "pronoun":
        first = owner.first
    sectors = _agent_sectors(parse, first, at, entry, before, owner, published)
    states = lexicon().states
    own = entry.category == "government" and country in states and entry.sectors == ("GOV",) and entry.name in words("government")
    kind = "people" if entry.category == "person" and is_plural(parse, last) else _KINDS[entry.category]
    plural = is_plural(parse, last) or entry.name in words("collective")
    mention = make(
        parse, first, last, country=country, sectors=sectors, kind=kind, basis="office" if country else "agent",
        role=entry.name if entry.category == "person" else None,
        **({"name": states[country]} if own and country else {}),
    )
    body = agent_at(parse, first, at - 1) if at > first and not before else None
    if body and entry.category == "person" and body[1].category != "person" and sectors[:1] == ("GOV",) and body[1].sectors:
        mention = replace(mention, sectors=body[1].sectors)
    definite = _definite(parse, first) or bool(body and set(body[1].sectors) & _STATE_BODIES)
    tied = country is None and not before and not _of_others(parse, first, at)
    return Candidate(
        mention=mention, first=first, last=last, noun=entry.name, category=entry.category, plural=plural, definite=definite, open=tied
    )


def _agent_sectors(
    parse: Parse, first: int, at: int, entry: Entry, before: list[Hit], owner: Candidate | None, published: str | None
) -> tuple[str, ...]:
    lemmas = {parse.tokens[i].lemma.lower() for i in range(first, at)} | {parse.tokens[at].text.lower().split("-")[0]}
    if lemmas & FORMER and entry.category == "person":
        return ("ELI", *(s for s in entry.sectors if s != "ELI"))
    own = next((h.entries[0] for h in reversed(before) if h.entries[0].kind in ("organisation", "group")), None)
    if own:
        held = standing(own, published)
        sectors = held.sectors if held else own.sectors
        if sectors and (own.kind == "group" or entry.sectors[:1] == ("GOV",)):
            return sectors
    return entry.sectors


def _unknown_body(parse: Parse, first: int, last: int) -> tuple[str, ...] | None:
    """Return the sectors of a capitalised name that its last word or the parser makes an organisation; None where neither does."""
    t = parse.tokens[last]
    if not t.text[:1].isupper():
        return None
    endings = lexicon().endings
    found = endings.get(t.text.rstrip(".").lower())
    if found is not None and first < last and parse.tokens[last - 1].text[:1].isupper():
        return found
    return () if t.ent == "ORG" and t.pos == "PROPN" else None


def _described(parse: Parse, start: int) -> str | None:
    """Return the state that the description before a name gives: "Austrian mortar and shell maker X"."""
    names = lexicon()
    for t in reversed(parse.tokens[max(0, start - REACH_BEFORE) : start]):
        known = names.entries.get((t.text.lower(),)) if t.text[:1].isupper() else None
        if known and known[0].kind in ("demonym", "state", "organisation"):
            return known[0].country
        if t.pos not in ("NOUN", "ADJ", "CCONJ", "ADV") and t.text not in ("-", ",") and t.dep != "amod":
            return None
    return None


def _body(parse: Parse, first: int, last: int, sectors: tuple[str, ...], hits: list[Hit], owner: Candidate | None) -> Candidate:
    start = last
    while start > first and (parse.tokens[start - 1].text[:1].isupper() or parse.tokens[start - 1].text in ("-", "&", "of")):
        start -= 1
    country = _country_of(parse, [h for h in hits if h.last < last], owner) or _described(parse, start)
    mention = make(parse, start, last, country=country, sectors=sectors, kind="organisation", basis="name")
    return Candidate(mention=mention, first=start, last=last, noun=parse.tokens[last].text.lower(), category="organisation", open=country is None)
