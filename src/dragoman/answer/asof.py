"""Events as the ledger would have told them with the documents published by a day. No SQL of its own, no wording."""

from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.answer.conditions import conditions, last_day
from dragoman.answer.filters import asked_for
from dragoman.answer.identities import sides
from dragoman.records import Event
from dragoman.resolve.consensus import order
from dragoman.resolve.keep import events_of, origins_of, standing
from dragoman.store import Store


def events(store: Store, asked: Mapping[str, Any]) -> list[Event]:
    """Return the events with at least one mention that satisfies the filters, in the order of their first telling.

    With `as_of` they are clustered anew from the mentions of that day: what later reports joined is apart again, and
    what they added is not known yet.
    """
    days = asked_for(asked).get("as_of", ())
    if not days:
        return store.events(*conditions(asked, sides(store, asked)))
    wanted = store.mention_ids(*conditions(asked, sides(store, asked)))
    return events_with(store, wanted, max(last_day("--as-of", d) for d in days))


def events_with(store: Store, mentions: Iterable[str], day: str) -> list[Event]:
    """Return the events of a day's ledger that hold one of these mentions."""
    wanted = set(mentions)
    with store.consulting() as shelf:
        hanging = shelf.tellings(store.hanging_with(wanted))
        told = {x.mention.id: x for x in hanging if x.published and x.published[:10] <= day}
        made = events_of(told, standing(shelf, told), origins_of(shelf, told.values(), day))
    found = [e for some in made.values() for e in some if wanted & set(e.mentions)]
    return sorted(found, key=lambda e: order(told[e.id]))
