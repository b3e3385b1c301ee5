"""Who met, visited or phoned whom, in which form and at what level. Pure."""

from collections.abc import Mapping, Sequence

from dragoman.records import Contact, Event, Party, Telling
from dragoman.resolve.consensus import order
from dragoman.resolve.facets import keys_of
from dragoman.resolve.phrases import words
from dragoman.scheme import matters as known
from dragoman.text import fold

OPEN = frozenset({"requested", "hypothetical", "refused", "negated"})  # no contact, and none in sight
PHONE = "phone"  # the end of every word for a call: phone, telephone
BY_MODE = {"phone": "phone", "visit": "visit"}


def contacts(events: Sequence[Event], tellings: Mapping[str, Telling]) -> list[Contact]:
    """Return the contacts among these events, in the order of their first telling.

    A contact is a CONSULT, done, planned, called off or denied, of two parties that bear different names or states; a
    guest's host is the state of the place. The level is that of the lower of the two sides where their offices are
    told (a minister whom a president receives: ministers), `others` where none is.
    """
    found = []
    for e in events:
        told = sorted((tellings[i] for i in e.mentions if i in tellings), key=order)
        parties = _parties(e)
        if e.act == "CONSULT" and e.status not in OPEN and len(keys_of(parties)) > 1:
            found.append(_contact(e, told, parties))
    return sorted(found, key=lambda c: (c.told is None, c.told or "", c.event))


def _contact(e: Event, told: Sequence[Telling], parties: tuple[Party, ...]) -> Contact:
    return Contact(
        event=e.id,
        form=form(e, told),
        level=level(parties, told),
        parties=parties,
        date=e.when.edtf if e.when else None,
        told=e.published,
        place=e.where.name if e.where else None,
        status=e.status,
    )


def _parties(e: Event) -> tuple[Party, ...]:
    """Return both sides; where only one is told, with the state in whose country it was."""
    parties = (*e.actors, *e.recipients)
    host = e.where.country if e.where else None
    names = known.state_names()
    if host in names and parties and host not in keys_of(parties) and len(keys_of(parties)) == 1:
        return (*parties, Party(name=names[host], country=host))
    return parties


def form(e: Event, told: Sequence[Telling]) -> str:
    """Return phone, visit, meeting or talks: by the mode, by who met, else by the first word that says it."""
    by_mode = next((BY_MODE[m] for m in e.modes if m in BY_MODE), None)
    if by_mode:
        return by_mode
    if any(known.form_of(w) == "talks" for p in (*e.actors, *e.recipients) for w in words(p.name)):
        return "talks"
    said = [known.form_of(w) for t in told for w in (*words(t.mention.predicate.text), *_opening(t))]
    first = next((f for f in said if f), "talks")
    by_phone = first == "talks" and any(w.endswith(PHONE) for t in told for w in words(t.said))
    return "phone" if by_phone else first


def _opening(t: Telling) -> tuple[str, ...]:
    """Return the verb of what is planned: *plans to visit*."""
    theme = words(t.mention.theme.text) if t.mention.theme else ()
    return theme[1:2] if theme[:1] == ("to",) else ()


def level(parties: Sequence[Party], told: Sequence[Telling]) -> str:
    """Return the level of a contact: of each side its highest office, of the sides the lower."""
    sides: dict[str, int] = {}
    everyone = [*parties, *(p for t in told for p in (*t.mention.actors, *t.mention.recipients))]
    ours = set(keys_of(tuple(parties)))
    for p in everyone:
        side = p.country or fold(p.name)
        found = known.level_of(p.role or "") or known.level_of(p.text) or known.level_of(p.name)
        if found and side in ours:
            rank = known.LEVELS.index(found)
            sides[side] = min(rank, sides.get(side, rank))
    return known.LEVELS[max(sides.values())] if sides else "others"
