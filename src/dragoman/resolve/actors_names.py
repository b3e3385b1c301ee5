"""What a name in a mention is: a state, a person, a lone surname, an office, a body, or a description. No joining."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterator

from dragoman.names import compare
from dragoman.names.organisation_parts import organisations
from dragoman.names.person_parts import persons
from dragoman.names.sounds import skeleton
from dragoman.names.words import SOUND, Word, likeness, word
from dragoman.records import Record
from dragoman.scheme.actors import Entry, Key, in_office, lexicon, pieces, surname, words

STATE, PERSON, SURNAME, OFFICE, BODY, OTHER = "state", "person", "surname", "office", "body", "other"
_PLACES = frozenset(("state", "demonym", "nationals"))
_SPELLING = 0.85  # told in part is no spelling: `names` gives that 0.86 less for each word, a variant 0.9 and more
_BODIES = frozenset(("organisation", "group"))
# What a sector says of a name that no role stands with: these are of firms, media and forces rather than of persons.
_BODY_SECTORS = frozenset(("BUS", "JRN", "MIL", "COP", "LEG", "REB", "UAF", "PTY", "CVL", "LAB"))


class Named(Record, frozen=True):
    """A name as read. One `kind`, `key` and country are one name; `known` is its entry in our lists.

    `core` is what the joining looks at: the words of a person, the office, the words of a body without its country.
    """

    kind: str
    key: Key
    country: str | None
    core: Key = ()
    known: str = ""


@functools.lru_cache(maxsize=65536)
def named(name: str, country: str | None, sector: str | None = None, *, titled: bool = False) -> Named:
    """Read a name beside what its mentions say of it; `country` None where it is not said, `titled` with any role."""
    key = pieces(name)
    key = key[1:] if key[:1] == ("the",) and len(key) > 1 else key
    known = entry_of(key, country)
    if known is not None:
        return _known(key, known, country)
    office = sole_office(" ".join(without_country(key)))
    if office and country:
        return Named(kind=OFFICE, key=(office,), country=country, core=(office,))
    if body := _state_body(key, country):
        return Named(kind=BODY, key=body, country=country, core=body)
    if not _capital(name) or not key or any(map(str.isdigit, key)):
        return Named(kind=OTHER, key=key, country=country)
    if key[-1] in lexicon().endings or (not titled and sector in _BODY_SECTORS and key[-1:] not in lexicon().surnames):
        return Named(kind=BODY, key=key, country=country)
    if key in lexicon().agents or key[-1:] in lexicon().agents:
        return Named(kind=OTHER, key=key, country=country)
    core = tuple(w.text for w in person_words(name))
    if len(core) < 2:
        return Named(kind=SURNAME, key=core or key, country=country, core=core)
    return Named(kind=PERSON, key=key, country=country, core=core, known=_listed_spelling(name, core, country))


def entry_of(key: Key, country: str | None) -> Entry | None:
    """Return the one entry of our lists with these folded words that fits the country; None for none or several."""
    found = [
        e
        for e in lexicon().entries.get(key, ())
        if e.kind in ("state", "person", *_BODIES) and (country is None or e.country == country)
    ]
    return found[0] if len({(e.kind, e.name, e.country) for e in found}) == 1 else None


def _known(key: Key, entry: Entry, country: str | None) -> Named:
    if entry.kind == "state":
        return Named(kind=STATE, key=(entry.country or "",), country=entry.country, known=entry.name)
    whole = _whole(entry)
    if entry.kind == "person":
        core = tuple(w.text for w in person_words(" ".join(key)))
        return Named(kind=PERSON, key=key, country=entry.country, core=core, known=whole)
    return Named(kind=BODY, key=key, country=country or entry.country, known=whole)


def person_words(name: str) -> tuple[Word, ...]:
    """Return the words of a person's name without titles, particles and articles."""
    found = persons(name)
    return found[0].words if found else ()


# ---------------------------------------------------------------- countries in names
def without_country(key: Key) -> Key:
    """Return the words of a name without the state's name or adjective in front, or behind "of": "foreign minister"."""
    for n in (3, 2, 1):
        if len(key) > n and _is_place(key[:n]):
            rest = key[n:]
            return rest[1:] if rest[0] == "s" and len(rest) > 1 else rest
        if len(key) > n + 1 and key[-n - 1] == "of" and _is_place(key[-n:]):
            return key[: -n - 1]
    return key


def _is_place(key: Key) -> bool:
    return any(e.kind in _PLACES for e in lexicon().entries.get(key, ()))


# ---------------------------------------------------------------- offices
@functools.lru_cache(maxsize=4096)
def sole_office(role: str) -> str:
    """Return the office that a role names and that one person holds at a time; "" for other roles and former holders.

    Acting and interim holders hold it too.
    """
    told = pieces(role)
    while told and told[0] in words("acting"):
        told = told[1:]
    office = " ".join(told).replace("defense", "defence")
    return office if office in words("sole_office") else ""


# ---------------------------------------------------------------- bodies
def _state_body(key: Key, country: str | None) -> Key:
    """Return the consonants of the words of a body that a state has one of ("Russia's air force"); () for others."""
    if country is None or not words("state_body") & set(key):
        return ()
    rest = without_country(key)
    of = rest.index("of") if "of" in rest else len(rest)
    head = rest[of - 1]
    if head not in words("state_body") or (head in words("many_bodies") and len(rest) == 1):
        return ()
    told = [w for o in organisations(" ".join(rest))[:1] for w in o.words]
    found = sorted({skeleton(w.text) or w.text for w in told if w.text not in words("body_filler")})
    return tuple(found) if len(found) < 5 else ()


def _capital(name: str) -> bool:
    """Return whether a name is written as a proper name: no word of content begins with a small letter."""
    told = [w for w in name.split() if len(w) > 3 or w[:1].isupper()]
    return bool(told) and not any(w[:1].islower() and "-" not in w for w in told)


# ---------------------------------------------------------------- persons
@functools.cache
def _spellings() -> dict[Entry, tuple[str, ...]]:
    """Return each listed person and body with all spellings of the name."""
    book, found = lexicon(), defaultdict(list)
    for key, entries in book.entries.items():
        for e in entries:
            if e.kind in ("person", *_BODIES):
                found[e].append(min(book.spellings[key]))
    return {e: tuple(names) for e, names in found.items()}


def _listed_spelling(name: str, core: Key, country: str | None) -> str:
    """Return the listed person of the country of whose name this is another spelling ("Abu Mohamad al-Joulani")."""
    rivals = [e for e in lexicon().surnames.get(core[-1:], ()) if country and e.country == country]
    fits = [e for e in rivals if any(compare(name, n).score >= _SPELLING for n in _spellings().get(e, ()))]
    return _whole(fits[0]) if len(fits) == 1 else ""


def listed_names(lone: Key, known: Collection[str]) -> frozenset[str]:
    """Return the spellings, in our lists, of those among its entries (as `Named.known`) and of who bears a surname."""
    found = {n for e, names in _spellings().items() if _whole(e) in known for n in names}
    return frozenset(found | {n for e in lexicon().surnames.get(lone, ()) for n in _spellings().get(e, ())})


def _whole(entry: Entry) -> str:
    return f"{entry.name}|{entry.country or ''}"


def listed_bearers(lone: Named, on: str | None) -> set[str]:
    """Return the listed persons whom a lone surname can mean on a day, as `Named.known` has them.

    Those in office on the day; without such, the only one of that name.
    """
    found = [e for e in lexicon().surnames.get(lone.core[-1:], ()) if lone.country in (None, e.country)]
    serving = [e for e in found if any(in_office(t, on) for t in e.tenures)]
    return {_whole(e) for e in serving or (found if len(found) == 1 else ())}


def family_names(named_: Named) -> tuple[Word, ...]:
    """Return the words by which a person may be named alone: the last, and the first where families come first."""
    found = [named_.core[-1:], surname(" ".join(named_.core), named_.country)]
    return tuple(word(w) for w in dict.fromkeys(w for some in found for w in some))


def bears(lone: Named, full: Named) -> bool:
    """Return whether a lone surname can be that of a full name."""
    return any(likeness(word(lone.core[-1]), w) >= SOUND for w in family_names(full)) if lone.core else False


def person_keys(core: Key) -> frozenset[str]:
    """Return the keys of a person's name by which its other spellings are found: pairs of words by their consonants."""
    told = [list(_word_keys(word(w))) for w in core if len(w) > 1]
    return frozenset(
        "+".join(sorted((a, b))) for i, one in enumerate(told) for two in told[:i] for a in one for b in two
    )


def initial_key(core: Key) -> str:
    """Return the first letter of a person's name with the consonants of the last word."""
    return f"{core[0][0]}.{next(_word_keys(word(core[-1])))}"


@functools.lru_cache(maxsize=65536)
def word_keys(text: str) -> frozenset[str]:
    """Return the keys of one folded word of a name."""
    return frozenset(_word_keys(word(text)))


def _word_keys(w: Word) -> Iterator[str]:
    """Yield the consonants of a word in its commonest spelling, and of the names that it is short for."""
    name = min(w.names or w.fathers, default="").partition(":")[2] or w.text
    yield skeleton(name).replace("l", "r") or w.sound
    for full in sorted(w.nicknames):
        canonical = min(word(full).names, default="").partition(":")[2] or full
        yield skeleton(canonical).replace("l", "r") or full
