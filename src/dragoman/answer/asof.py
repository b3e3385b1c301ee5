"""Events as the ledger would have told them with the documents published by a day. No SQL of its own, no wording."""

from collections.abc import Collection, Mapping
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
    asked_of = conditions(asked, sides(store, asked))
    day = day_of(asked)
    if day is None:
        return store.events(*asked_of)
    return events_with(store, store.mention_ids(*asked_of), day)


def day_of(asked: Mapping[str, Any]) -> str | None:
    """Return the last day of what `as_of` asks for; None where it is not asked."""
    days = asked_for(asked).get("as_of", ())
    return max((last_day("--as-of", d) for d in days), default=None)


def events_with(store: Store, mentions: Collection[str], day: str | None) -> list[Event]:
    """Return the events that hold any of these mentions, now or (published by then) as the ledger of a day had them."""
    if day is None:
        return store.events_holding(mentions)
    wanted = set(mentions)
    with store.consulting() as shelf:
        hanging = shelf.tellings(store.hanging_with(wanted))
        told = {x.mention.id: x for x in hanging if x.published and x.published[:10] <= day}
        made = events_of(told, standing(shelf, told), origins_of(shelf, told.values(), day))
    found = [e for some in made.values() for e in some if wanted & set(e.mentions)]
    return sorted(found, key=lambda e: order(told[e.id]))
