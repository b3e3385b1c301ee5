"""Events clustered anew from the mentions that had been published by a day. What is asked for is found in `asof`."""

from collections.abc import Collection, Mapping
from typing import Any

from dragoman.answer.conditions import last_day
from dragoman.answer.filters import asked_for
from dragoman.records import Event
from dragoman.resolve.consensus import order
from dragoman.resolve.keep import events_of, origins_of, standing
from dragoman.store import Store


def day_of(asked: Mapping[str, Any]) -> str | None:
    """Return the last day of what `as_of` asks for; None where it is not asked."""
    days = asked_for(asked).get("as_of", ())
    return max((last_day("--as-of", d) for d in days), default=None)


def events_with(store: Store, mentions: Collection[str], day: str | None) -> list[Event]:
    """Return the events that hold any of these mentions, now or (published by then) as the ledger of a day had them."""
    if day is None:
        return store.events_holding(mentions)
    wanted = set(mentions)
    together = store.hanging_with(wanted)
    with store.consulting() as shelf:
        hanging = shelf.tellings(together)
        told = {x.mention.id: x for x in hanging if x.published and x.published[:10] <= day}
        made = events_of(told, standing(shelf, told), origins_of(shelf, told.values(), day))
    found = [e for some in made.values() for e in some if wanted & set(e.mentions)]
    return sorted(found, key=lambda e: order(told[e.id]))
