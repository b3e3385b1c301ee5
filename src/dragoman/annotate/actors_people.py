"""Persons: full names, surnames after a full name, names behind a title. What a title means is not read here."""

from dragoman.annotate.actors_match import Hit, agent_at, word_pieces
from dragoman.records import Parse, Token
from dragoman.scheme.actors import Entry, Key, in_office, lexicon, pieces, surname, words

_PARTICLES = frozenset("al el bin bint ibn von van der de dela la le da dos di ben abu".split())
_OFFICE = 8  # words of an office behind a name: *the former deputy foreign minister*
_OF_TITLE = ("ADJ", "NOUN", "PROPN", "PUNCT", "ADV")
_MIDDLE = 4  # letters: shorter middle names are initials and given names more often than surnames
_OFFICES = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "EDU", "ELI"))
_NAMING = ("PERSON", "ORG", "")  # what the tagger may take a lone surname for; days and towns are none
_LEADING = frozenset(("president", "prime minister", "chancellor", "premier", "supreme leader", "secretary general"))
_HONORIFICS = frozenset(
    "mr mrs ms miss dr sir lord lady dame sen rep gov gen lt col maj capt sgt prof rev madam mme sheikh".split()
)


class Book:
    """The persons of a document so far, by the folded pieces of their surname."""

    def __init__(self, published: str | None = None) -> None:
        """Open an empty book for a document of this ISO day."""
        self.published = published
        self._by_surname: dict[Key, Entry] = {}
        # "Ana Lima Duarte" may go by Lima: the document outweighs a namesake in the lexicon.
        self._by_middle: dict[Key, Entry] = {}

    def add(self, entry: Entry, *names: str) -> None:
        """Note a person under every surname that `names` give."""
        for name in (entry.name, *names):
            key = surname(name, entry.country)
            if key:
                self._by_surname[key] = entry
            for word in pieces(name)[1:-1]:
                if len(word) >= _MIDDLE and word not in _PARTICLES:
                    self._by_middle[word,] = entry

    def find(self, key: Key) -> Entry | None:
        """Return the person last noted under a surname; particles before it don't count."""
        while len(key) > 1 and key[0] in _PARTICLES:
            key = key[1:]
        return self._by_surname.get(key) or self._by_middle.get(key)


def person_at(parse: Parse, first: int, last: int, hits: list[Hit], book: Book) -> Hit | None:
    """Return the person whose name ends the tokens first..last; None where no person is plain."""
    known = next((h for h in hits if h.last == last and h.entries[0].kind == "person"), None)
    if known:
        return known
    if any(h.last == last for h in hits):
        return None
    start = _name_start(parse, first, last, hits)
    if start > last:
        return None
    return _surname(parse, first, start, last, book) or _new_person(parse, first, start, last)


def _name_start(parse: Parse, first: int, last: int, hits: list[Hit]) -> int:
    """Return the first token of the capitalised run that ends at `last`, behind any title; last + 1 for none."""
    taken = {i for h in hits for i in range(h.first, h.last + 1)}
    start = last + 1
    while start > first and start - 1 not in taken and _name_word(parse.tokens[start - 1]):
        start -= 1
    while start <= last and (
        parse.tokens[start].text in "-–'’" or parse.tokens[start].text.rstrip(".").lower() in _HONORIFICS
    ):
        start += 1
    while start <= last and any(c.isupper() for c in parse.tokens[start].text):
        title = next((a for a in range(last - 1, start - 1, -1) if is_title(parse, start, a)), None)
        if title is None:
            break
        start = title + 1
    return start


def _name_word(t: Token) -> bool:
    capital = t.text[:1].isupper() and t.pos in ("PROPN", "NOUN", "ADJ", "X", "VERB", "INTJ", "ADV", "ADP")
    return capital or t.text == "-" or t.text in _PARTICLES


def is_title(parse: Parse, first: int, last: int) -> bool:
    """Return whether the tokens end with a title: an office, or a lower-case word for a kind of person ("activist")."""
    title = agent_at(parse, first, last)
    if title is None or title[1].category != "person":
        return False
    return bool(set(title[1].sectors) & _OFFICES) or parse.tokens[title[0]].text[:1].islower()


def _surname(parse: Parse, first: int, start: int, last: int, book: Book) -> Hit | None:
    """Return a person known from the document, or one of the lexicon whom a lone surname can only mean."""
    key = tuple(p.word for p in word_pieces(parse.tokens[start : last + 1]))
    if not key:
        return None
    noted = book.find(key)
    if noted:
        return Hit(first=start, last=last, entries=(noted,))
    while len(key) > 1 and key[0] in _PARTICLES:
        key = key[1:]
    known = lexicon().surnames.get(key, ())
    titled = start > first and (
        agent_at(parse, first, start - 1) is not None or parse.tokens[start - 1].text.rstrip(".").lower() in _HONORIFICS
    )
    if titled and known:
        return Hit(first=start, last=last, entries=known)
    leading = tuple(e for e in known if _leads(e, book.published))
    if not leading and parse.tokens[last].ent not in _NAMING:
        return None
    known = leading or tuple(e for e in known if _well_known(e, book.published))
    if len({e.name for e in known}) == 1 and key[0] not in words("plain_surname"):
        return Hit(first=start, last=last, entries=known)
    return None


def _leads(entry: Entry, published: str | None) -> bool:
    """Return whether somebody leads a state on the day: before all namesakes, it is he whom news names so."""
    return any(t.role in _LEADING and in_office(t, published) for t in entry.tenures)


def _well_known(entry: Entry, published: str | None) -> bool:
    """Return whether news may name somebody by the surname alone: who leads or led a state, or holds an office now."""
    return any(t.role in _LEADING or in_office(t, published) for t in entry.tenures)


def _new_person(parse: Parse, first: int, start: int, last: int) -> Hit | None:
    """Return an unknown person where the parser or a title says so."""
    tail = parse.tokens[last]
    title = agent_at(parse, first, start - 1) if start > first else None
    if tail.text.rstrip(".").lower() in lexicon().endings or agent_at(parse, last, last):
        return None
    titled = title is not None and is_title(parse, first, start - 1) and tail.pos == "PROPN"
    honoured = start > first and parse.tokens[start - 1].text.rstrip(".").lower() in _HONORIFICS
    full = last > start and tail.ent == "PERSON" and all(t.ent == "PERSON" for t in parse.tokens[start : last + 1])
    if not (titled or honoured or full or (last > start and tail.pos == "PROPN" and _office_behind(parse, last))):
        return None
    name = parse.text[parse.tokens[start].start : tail.end]
    return Hit(first=start, last=last, entries=(Entry(name=name, kind="unknown"),))


def _office_behind(parse: Parse, last: int) -> bool:
    """Return whether an office set off by commas follows a name: *Jane Doe, the Ruritanian finance minister,*."""
    behind = parse.tokens[last + 1 : last + 3 + _OFFICE]
    if len(behind) < 3 or behind[0].text != "," or behind[1].text.lower() not in ("the", "a", "an", "its", "their"):
        return False
    end = next((t.i for t in behind[2:] if t.text == "," or t.pos not in _OF_TITLE), None)
    if end is None or end - 1 <= behind[1].i:
        return False
    title = agent_at(parse, behind[2].i, end - 1)
    return title is not None and title[1].category == "person" and bool(set(title[1].sectors) & _OFFICES)
