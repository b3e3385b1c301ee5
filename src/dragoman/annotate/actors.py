"""The parties of a text: states, governments, persons in office, bodies, groups, kinds of people, and the words that stand for them."""

from dragoman import tree
from dragoman.annotate import coref
from dragoman.annotate.actors_groups import Group, noun_groups
from dragoman.annotate.actors_match import Hit, known_names
from dragoman.annotate.actors_people import Book
from dragoman.annotate.actors_phrases import Candidate, read_group
from dragoman.annotate.syntax import parse_text
from dragoman.records import ActorMention, Parse
from dragoman.scheme.actors import Entry


def actors_of_text(text: str, published: str | None = None) -> list[ActorMention]:
    """Return the parties that a bare text or phrase names, in text order; offices as of the ISO date `published`."""
    return find_actors(parse_text(text), published)


def find_actors(parse: Parse, published: str | None) -> list[ActorMention]:
    """Return the parties of a parse in text order; only mentions that share one span (a pair, "both countries") overlap."""
    hits = known_names(parse)
    groups = noun_groups(parse, hits)
    by_token = {i: h for h in hits for i in range(h.first, h.last + 1)}
    book = Book()
    read: dict[int, list[Candidate]] = {}
    before: list[Candidate] = []
    for n, group in enumerate(groups):
        read[n] = _read(parse, group, by_token, read, book, before, published)
        before += read[n]
    return _top([c.mention for found in read.values() for c in found])


def _read(
    parse: Parse, group: Group, by_token: dict[int, Hit], read: dict[int, list[Candidate]], book: Book,
    before: list[Candidate], published: str | None,
) -> list[Candidate]:
    t = parse.tokens[group.first]
    if t.tag in ("PRP", "PRP$") and group.first == group.last:
        of = coref.resolve_pronoun(parse, t, before)
        return [coref.pronoun_mention(parse, t, of)] if of else []
    hits = list(dict.fromkeys(by_token[i] for i in range(group.first, group.last + 1) if i in by_token))
    owners = read.get(group.owner, [])
    found = read_group(parse, group, hits, owners[-1] if owners else None, book, published)
    for c in found:
        if c.category == "person" and c.gender + c.noun and c.mention.kind == "person" and c.noun == "person":
            book.add(Entry(name=c.mention.name, kind="person", country=c.mention.country, gender=c.gender, sectors=c.mention.sectors))
    return found


def _top(found: list[ActorMention]) -> list[ActorMention]:
    """Return the mentions in text order without those inside another."""
    found = sorted(found, key=lambda m: (m.start, -m.end))
    top: list[ActorMention] = []
    for m in found:
        if not top or m.start >= top[-1].end or (m.start, m.end) == (top[-1].start, top[-1].end):
            top.append(m)
    return top
