"""One noun group read as a party: a name, a titled person, an office, a body or a kind of people. No other groups."""

from dragoman import tree
from dragoman.annotate.actors_groups import Group
from dragoman.annotate.actors_match import Hit, agent_at
from dragoman.annotate.actors_people import Book, person_at
from dragoman.records import ActorMention, Parse, Record
from dragoman.scheme import plover
from dragoman.scheme.actors import Entry, in_office, lexicon, standing, words
from dragoman.scheme.actors_towns import town_country
from dragoman.scheme.words import in_class


class Candidate(Record, frozen=True):
    """A mention with what coreference asks of it: its class noun; `open` where its state is still sought."""

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
_NAMED = {"demonym": "state", "region": "state", "nationals": "people", "capital": "government", "seat": "government"}
REACH_BEFORE = 8  # tokens before a company's name that can describe it


class Scene(Record, frozen=True):
    """What a noun group is read with: the names in it, its owner, the persons so far, the day of publication."""

    parse: Parse
    hits: list[Hit]
    owner: Candidate | None
    book: Book
    published: str | None


def read_group(scene: Scene, group: Group) -> list[Candidate]:
    """Return the parties that a noun group names: one for the whole, or one for each name that modifies a thing."""
    parse, hits = scene.parse, scene.hits
    first, last = _trim(parse, group)
    if first > last:
        return []
    person = person_at(parse, first, last, hits, scene.book)
    if person:
        return [_person(scene, first, person)]
    tail = next((h for h in hits if h.last == last), None)
    agent = agent_at(parse, first, last)
    cut = next((h for h in hits if agent and h.first < agent[0] <= h.last), None)
    if cut and cut.last < last:  # "European Union members" are no union members
        agent = agent_at(parse, cut.last + 1, last)
    if tail and not (agent and agent[0] < tail.first):
        others = [h for h in hits if h is not tail and h.entries[0].kind != "demonym"]
        return [*_modifiers(scene, others), _named(scene, tail, basis="name")]
    if agent and agent[1].name == "state" and parse.tokens[last + 1 : last + 2] and parse.tokens[last + 1].text == "-":
        return []
    if agent and parse.tokens[last].pos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "X"):
        return [_agent(scene, first, last, agent)]
    unknown = _unknown_body(parse, first, last)
    if unknown:
        return [_body(scene, first, last, unknown)]
    return _modifiers(scene, hits) or _doers(scene, first, last)


def _trim(parse: Parse, group: Group) -> tuple[int, int]:
    """Return the group without its determiners and predeterminers."""
    first = group.first
    while first < group.last and (
        parse.tokens[first].tag in ("DT", "PDT", "WDT", "WP$") or not any(c.isalnum() for c in parse.tokens[first].text)
    ):
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
def _named(scene: Scene, hit: Hit, basis: str) -> Candidate:
    """Return the candidate of a known name; several readings are told apart by kind."""
    parse, entry = scene.parse, hit.entries[0]
    held = standing(entry, scene.published)
    name = entry.name
    if entry.kind in ("demonym", "capital", "seat") and not entry.category:
        name = lexicon().states.get(entry.country or "", entry.name)
    elif entry.kind == "nationals":
        name = tree.span(parse, hit.first, hit.last).text
    mention = make(
        parse,
        hit.first,
        hit.last,
        name=name,
        country=entry.country,
        kind=_NAMED.get(entry.kind, entry.kind),
        sectors=held.sectors if held else entry.sectors,
        basis=basis if entry.kind not in ("capital", "seat") else entry.kind,
    )
    return Candidate(
        mention=mention,
        first=hit.first,
        last=hit.last,
        noun=entry.category or entry.kind,
        category=entry.kind,
        plural=entry.kind == "nationals",
    )


def _modifiers(scene: Scene, hits: list[Hit]) -> list[Candidate]:
    """Return the states, bodies and persons named before a thing: "Russian bases", "Houthi attack"."""
    found = []
    for h in hits:
        if h.entries[0].kind in ("capital", "seat"):
            continue
        if h.entries[0].kind == "person":
            found.append(_known_person(scene, h.first, h, _Title()))
        else:
            found.append(_named(scene, h, basis="demonym" if h.entries[0].kind == "demonym" else "modifier"))
    return found


def _doers(scene: Scene, first: int, last: int) -> list[Candidate]:
    """Return the kind of people or the body named before what it does: "police violence", "two army raids"."""
    act = scene.parse.tokens[last]
    if last == first or act.pos != "NOUN" or not plover.frames_for(act.lemma.lower(), "noun"):
        return []
    if in_class(scene.parse.tokens[last - 1].lemma, "means"):
        return []  # *a drone strike*, *a customs agreement*
    agent = agent_at(scene.parse, first, last - 1)
    return [_agent(scene, agent[0], last - 1, agent)] if agent else []


# ---------------------------------------------------------------- persons
class _Title(Record, frozen=True):
    """What the words before a name say."""

    country: str | None = None
    role: str | None = None
    sectors: tuple[str, ...] = ()
    former: bool = False


def _person(scene: Scene, first: int, person: Hit) -> Candidate:
    """Return a person with the office, state and sectors that the words before the name or the date give."""
    parse = scene.parse
    title = agent_at(parse, first, person.first - 1) if person.first > first else None
    before = [h for h in scene.hits if h.last < person.first]
    country = _country_of(parse, before, scene.owner)
    if title and not before and not country:
        country = _described(parse, title[0])
    start = min([person.first, *([title[0]] if title else []), *([before[0].first] if title and before else [])])
    former = _is_former(parse, first, title[0] if title else person.first)
    sectors = title[1].sectors if title else ()
    role = title[1].name if title else None
    if former:
        start, sectors = first, ("ELI", *(s for s in sectors if s != "ELI"))
        role = f"former {role}" if role else None
    return _known_person(scene, start, person, _Title(country=country, role=role, sectors=sectors, former=former))


def _is_former(parse: Parse, first: int, title: int) -> bool:
    """Return whether "former" belongs to the title at `title` and to no other before it ("former guard Judge X")."""
    for i in range(first, title + 1):
        if parse.tokens[i].lemma.lower().removesuffix("-") in words("former"):
            return not any(agent_at(parse, i + 1, k) for k in range(i + 1, title))
    return False


def _known_person(scene: Scene, start: int, person: Hit, title: _Title) -> Candidate:
    """Return a person by what is known of the name; what the text says of the office wins over the lexicon's dates."""
    parse = scene.parse
    entry = _best_holder(person.entries, title, scene.published)
    held = standing(entry, scene.published)
    sectors = held_sectors(entry, scene.published) or title.sectors
    if title.former or (title.sectors and sectors[:1] == ("ELI",)):
        sectors = title.sectors
    named = tree.span(parse, person.first, person.last)
    country = entry.country or title.country
    mention = make(
        parse,
        start,
        person.last,
        name=entry.name,
        country=country,
        sectors=sectors,
        kind="person",
        role=title.role or (held.role if held else entry.category) or None,
        basis="office" if title.role else "name" if len(named.text.split()) > 1 else "surname",
        head=tree.head_of_span(parse, named.start, named.end),
    )
    return Candidate(
        mention=mention,
        first=start,
        last=person.last,
        noun="person",
        category="person",
        gender=entry.gender,
        entry=entry if entry.tenures else None,
        open=country is None,
    )


def held_sectors(entry: Entry, published: str | None) -> tuple[str, ...]:
    """Return the sectors of a person on a date; one whose offices have all ended is of the former elite."""
    held = standing(entry, published)
    if held is None:
        return entry.sectors
    if in_office(held, published) or published is None or not set(held.sectors) & {"GOV", "LEG"}:
        return held.sectors
    return ("ELI", *held.sectors)


def _best_holder(entries: tuple[Entry, ...], title: _Title, published: str | None) -> Entry:
    """Return the entry that fits best: the state named, the office named, in office on the day, the last to begin."""

    def fit(entry: Entry) -> tuple[bool, bool, bool, str]:
        held = standing(entry, published)
        return (
            title.country is not None and entry.country == title.country,
            bool(title.role and held and title.role in held.role),
            bool(held and in_office(held, published)),
            held.since if held else "",
        )

    return max(entries, key=fit)


# ---------------------------------------------------------------- offices, bodies, kinds of people
def _country_of(parse: Parse, hits: list[Hit], owner: Candidate | None) -> str | None:
    """Return the state that the modifiers or the owner give; a "Russia-backed" force is not Russia's."""
    for h in hits:
        if not _foreign(parse, h) and h.entries[0].country:
            return h.entries[0].country
    return owner.mention.country if owner else None


def _of_others(parse: Parse, first: int, last: int) -> bool:
    """Return whether the words before say that these are not the state's own: "foreign forces"."""
    return any(t.lemma.lower() in words("not_home") for t in parse.tokens[first:last])


def _town_before(parse: Parse, first: int, at: int, before: list[Hit]) -> str | None:
    """Return the state of a town named before an office: "Shanghai police"."""
    name = [t for t in parse.tokens[first:at] if t.pos == "PROPN"]
    return town_country(tree.span(parse, name[0].i, name[-1].i).text) if name and not before else None


def _foreign(parse: Parse, hit: Hit) -> bool:
    after = parse.tokens[hit.last + 1 : hit.last + 3]
    return len(after) == 2 and after[0].text in ("-", "–") and after[1].text.lower() in words("foreign_tie")


def _agent(scene: Scene, first: int, last: int, agent: tuple[int, Entry]) -> Candidate:
    """Return an office, a body or a kind of people with the state and sectors that its own words and its owner give."""
    parse, owner = scene.parse, scene.owner
    at, entry = agent
    before = [h for h in scene.hits if h.first < at]
    country = _country_of(parse, before, owner) or _town_before(parse, first, at, before)
    if owner and country and owner.mention.country == country and not before and owner.mention.kind != "pronoun":
        first = owner.first
    body = agent_at(parse, first, at - 1) if at > first and not before else None
    sectors = _agent_sectors(scene, agent, before, first)
    if body and entry.category == "person" and body[1].category != "person" and sectors[:1] == ("GOV",):
        sectors = body[1].sectors or sectors
    states = lexicon().states
    plain = entry.category == "government" and entry.name in words("government") and country in states
    mention = make(
        parse,
        first,
        last,
        country=country,
        sectors=sectors,
        basis="office" if country else "agent",
        kind="people" if entry.category == "person" and is_plural(parse, last) else entry.category,
        role=entry.name if entry.category == "person" else None,
        **({"name": states[country]} if plain and country else {}),
    )
    return Candidate(
        mention=mention,
        first=first,
        last=last,
        noun=entry.name,
        category=entry.category,
        plural=is_plural(parse, last) or entry.name in words("collective"),
        definite=_definite(parse, first) or bool(body and set(body[1].sectors) & _STATE_BODIES),
        open=country is None and not before and not _of_others(parse, first, last),
    )


def _agent_sectors(scene: Scene, agent: tuple[int, Entry], before: list[Hit], first: int) -> tuple[str, ...]:
    """Return the sectors of an office or people: former ones are ELI, a group's men are what the group is."""
    at, entry = agent
    tokens = scene.parse.tokens
    said = {tokens[i].lemma.lower() for i in range(first, at)} | {tokens[at].text.lower().split("-")[0]}
    if said & words("former") and entry.category == "person":
        return ("ELI", *(s for s in entry.sectors if s != "ELI"))
    own = next((h.entries[0] for h in reversed(before) if h.entries[0].kind in ("organisation", "group")), None)
    if own:
        held = standing(own, scene.published)
        sectors = held.sectors if held else own.sectors
        if sectors and (own.kind == "group" or entry.sectors[:1] == ("GOV",)):
            return sectors
    return entry.sectors


def _unknown_body(parse: Parse, first: int, last: int) -> tuple[str, ...] | None:
    """Return the sectors of a name that its last word or the parser makes an organisation; None where neither does."""
    t = parse.tokens[last]
    if not t.text[:1].isupper():
        return None
    found = lexicon().endings.get(t.text.rstrip(".").lower())
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


def _body(scene: Scene, first: int, last: int, sectors: tuple[str, ...]) -> Candidate:
    parse, start = scene.parse, last
    while start > first and (
        parse.tokens[start - 1].text[:1].isupper() or parse.tokens[start - 1].text in ("-", "&", "of")
    ):
        start -= 1
    before = [h for h in scene.hits if h.last < last]
    country = _country_of(parse, before, scene.owner) or _described(parse, start)
    mention = make(parse, start, last, country=country, sectors=sectors, kind="organisation", basis="name")
    return Candidate(
        mention=mention,
        first=start,
        last=last,
        noun=parse.tokens[last].text.lower(),
        category="organisation",
        open=country is None,
    )
