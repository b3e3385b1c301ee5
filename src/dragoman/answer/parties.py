"""What a user calls a party (RUS, "Russia", "Vladimir Putin") and whether a record speaks of it. No SQL, no prose."""

from collections.abc import Iterable

from dragoman.answer import states as known
from dragoman.records import EventMention, Party, Record
from dragoman.text import fold


class Side(Record, frozen=True):
    """A party as asked for: a country by its code, or a name. `words` are folded names that speak of it in a theme."""

    asked: str
    label: str
    country: str | None
    words: tuple[str, ...]


def side(asked: str) -> Side:
    """Return the party that `asked` names: a country by code, name or alias; otherwise a name to be looked for."""
    plain = " ".join(asked.split())
    country = known.country(plain)
    if country is None:
        return Side(asked=plain, label=plain, country=None, words=(fold(plain),))
    names = (country.name, *country.aliases, *country.adjectives, *country.people, *country.capitals, *country.seats)
    words = tuple(dict.fromkeys(fold(n) for n in names))
    return Side(asked=plain, label=country.name, country=country.code, words=words)


def is_of(one: Side, party: Party) -> bool:
    """Return whether `party` is, or belongs to, the side."""
    if one.country:
        return party.country == one.country or (party.country is None and fold(party.name) == fold(one.label))
    return f" {one.words[0]} " in f" {fold(party.name)} "


def among(one: Side, parties: Iterable[Party]) -> bool:
    """Return whether one of `parties` is of the side."""
    return any(is_of(one, p) for p in parties)


def touches(one: Side, mention: EventMention) -> bool:
    """Return whether the theme or the place speaks of the side, though it need not be a party."""
    if one.country and mention.where and mention.where.country == one.country:
        return True
    theme = mention.theme
    said = (theme.text, theme.origin, theme.destination, *theme.projects) if theme else ()
    return any(f" {word} " in f" {fold(text)} " for text in said if text for word in one.words)
