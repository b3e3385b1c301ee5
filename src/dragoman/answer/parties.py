"""What a user calls a party (RUS, "Russia", "Vladimir Putin") and whether a record speaks of it. No SQL, no prose."""

from collections.abc import Iterable

from dragoman.answer.states import state
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
    found = state(plain)
    if found is None:
        return Side(asked=plain, label=plain, country=None, words=(fold(plain),))
    return Side(asked=plain, label=found.name, country=found.code, words=found.words)


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
