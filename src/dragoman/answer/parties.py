"""What a user calls a party (RUS, "Russia", "Vladimir Putin") and whether a record speaks of it. No SQL, no prose."""

from collections.abc import Iterable

import msgspec

from dragoman.answer.states import state
from dragoman.records import EventMention, Party, Record
from dragoman.text import fold

Spelling = tuple[str, str | None]  # a folded name and the country that was read with it


class Side(Record, frozen=True):
    """A party as asked for: a country by its code, or a name. `words` are folded names that speak of it in a theme.

    Where the ledger knows who a name means, `actor` is its id, `spellings` are the names that are always this actor's,
    and `within` has document → those that are its in that document only. `literal`: any name with these words will do.
    """

    asked: str
    label: str
    country: str | None
    words: tuple[str, ...]
    actor: str | None = None
    literal: bool = True
    spellings: frozenset[Spelling] = frozenset()
    within: dict[str, frozenset[Spelling]] = msgspec.field(default_factory=dict)


def side(asked: str) -> Side:
    """Return the party that `asked` names: a country by code, name or alias; otherwise a name to be looked for."""
    plain = " ".join(asked.split())
    found = state(plain)
    if found is None:
        return Side(asked=plain, label=plain, country=None, words=(fold(plain),))
    return Side(asked=plain, label=found.name, country=found.code, words=found.words)


def dyad_keys(one: Side) -> list[str]:
    """Return what a state goes by in `dyad_day`: its code, or the name where a report gave no code."""
    return [k for k in (one.country, fold(one.label)) if k]


def is_of(one: Side, party: Party, document: str = "") -> bool:
    """Return whether `party`, as a document names it, is or belongs to the side."""
    name = fold(party.name)
    if one.country:
        return party.country == one.country or (party.country is None and name == fold(one.label))
    if one.literal and f" {one.words[0]} " in f" {name} ":
        return True
    spelling = (name, party.country)
    return spelling in one.spellings or spelling in one.within.get(document, ())


def among(one: Side, parties: Iterable[Party], document: str = "") -> bool:
    """Return whether one of `parties`, as a document names them, is of the side."""
    return any(is_of(one, p, document) for p in parties)


def touches(one: Side, mention: EventMention) -> bool:
    """Return whether the theme or the place speaks of the side, though it need not be a party."""
    if one.country and mention.where and mention.where.country == one.country:
        return True
    theme = mention.theme
    said = (theme.text, theme.origin, theme.destination, *theme.projects) if theme else ()
    return any(f" {word} " in f" {fold(text)} " for text in said if text for word in one.words)
